"""Things on a page that look like seals and are none: emblems, roundels, QR codes, rings of coffee."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from fixtures.arcs import draw_arc_text

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

REDS: tuple[Colour, ...] = ((200, 30, 30), (220, 40, 50), (170, 20, 30), (230, 60, 40))
COLOURS: tuple[Colour, ...] = (
    *REDS,
    (30, 70, 160),
    (20, 120, 60),
    (230, 160, 30),
    (40, 40, 40),
    (150, 90, 40),
)


HAN = "中国大学北京上海江浙南华东西工业理科技师范医农林海洋交通财经政法建筑"


def emblem(page: Picture, rng: random.Random) -> None:
    """A filled red disc with yellow stars, as on licences and certificates."""
    x, y, radius = _place(page, rng, 12, 60)
    cv2.circle(page, (x, y), radius, rng.choice(REDS), -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius, (225, 180, 60), max(radius // 6, 1), cv2.LINE_AA)
    for _ in range(5):
        point = (x + rng.randint(-radius // 2, radius // 2), y + rng.randint(-radius // 2, radius // 4))
        _star(page, point, max(radius // 6, 2), (240, 210, 60))


def roundel(page: Picture, rng: random.Random) -> None:
    """A logo: a filled disc or band with letters in white, or a plain geometric figure."""
    x, y, radius = _place(page, rng, 10, 50)
    colour = rng.choice(COLOURS)
    cv2.circle(page, (x, y), radius, colour, -1, cv2.LINE_AA)
    style = rng.random()
    if style < 0.4:
        cv2.circle(page, (x, y), int(radius * 0.6), (255, 255, 255), -1, cv2.LINE_AA)
        cv2.circle(page, (x, y), int(radius * 0.45), colour, -1, cv2.LINE_AA)
    elif style < 0.7:
        points = [
            (x + int(radius * 0.7 * math.cos(a)), y + int(radius * 0.7 * math.sin(a)))
            for a in np.linspace(0, 2 * math.pi, rng.randint(4, 8))
        ]
        cv2.polylines(page, [np.array(points)], True, (255, 255, 255), max(radius // 8, 1), cv2.LINE_AA)
    else:
        letters = "".join(rng.choices("ABCDEFMSTU", k=rng.randint(1, 3)))
        cv2.putText(
            page,
            letters,
            (x - radius // 2, y + radius // 4),
            cv2.FONT_HERSHEY_SIMPLEX,
            radius / 30,
            (255, 255, 255),
            max(radius // 12, 1),
            cv2.LINE_AA,
        )


def quality_mark(page: Picture, rng: random.Random) -> None:
    """An oval or C-shaped accreditation mark with latin letters and a number beneath."""
    x, y, radius = _place(page, rng, 10, 36)
    colour = rng.choice(COLOURS)
    start = rng.randint(0, 90)
    cv2.ellipse(
        page,
        (x, y),
        (radius, int(radius * rng.uniform(0.5, 1))),
        0,
        start,
        start + rng.randint(220, 360),
        colour,
        max(radius // 6, 1),
        cv2.LINE_AA,
    )
    cv2.putText(
        page,
        rng.choice(("MA", "CAL", "CNAS", "ISO", "CE")),
        (x - radius // 2, y + radius // 5),
        cv2.FONT_HERSHEY_DUPLEX,
        radius / 36,
        colour,
        max(radius // 10, 1),
        cv2.LINE_AA,
    )
    cv2.putText(
        page,
        str(rng.randint(10**8, 10**9)),
        (x - radius, y + radius + 10),
        cv2.FONT_HERSHEY_SIMPLEX,
        0.3,
        colour,
        1,
        cv2.LINE_AA,
    )


def qr_code(page: Picture, rng: random.Random) -> None:
    """A grid of black and white modules with its three corner squares."""
    cells = rng.choice((21, 25, 29, 33))
    module = rng.randint(1, 4)
    modules = np.random.default_rng(rng.randrange(1 << 30)).integers(0, 2, (cells, cells)).astype(np.uint8)
    for row, column in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        modules[row : row + 7, column : column + 7] = 0
        modules[row + 1 : row + 6, column + 1 : column + 6] = 1
        modules[row + 2 : row + 5, column + 2 : column + 5] = 0
    picture = np.repeat(np.repeat(modules * 255, module, 0), module, 1)
    side = picture.shape[0]
    height, width = page.shape[:2]
    if side >= min(height, width):
        return
    top, left = rng.randint(0, height - side - 1), rng.randint(0, width - side - 1)
    page[top : top + side, left : left + side] = picture[:, :, None]


def drawn_circle(page: Picture, rng: random.Random) -> None:
    """A pen's circle round a word: open, uneven, with nothing along it."""
    x, y, radius = _place(page, rng, 8, 70)
    flat = rng.uniform(0.4, 1.0)
    turn = rng.uniform(0, 6)
    points = []
    for step in np.linspace(turn, turn + 2 * math.pi * rng.uniform(0.9, 1.15), 60):
        wobble = radius * (1 + 0.08 * math.sin(3 * step + turn) + rng.gauss(0, 0.01))
        points.append((x + int(wobble * math.cos(step)), y + int(wobble * flat * math.sin(step))))
    cv2.polylines(page, [np.array(points)], False, rng.choice(COLOURS), rng.randint(1, 3), cv2.LINE_AA)


def coffee_ring(page: Picture, rng: random.Random) -> None:
    """A soft brown stain, darker at its rim."""
    x, y, radius = _place(page, rng, 25, 90)
    stain: NDArray[np.float32] = np.zeros(page.shape[:2], np.float32)
    cv2.circle(stain, (x, y), radius, (rng.uniform(0.2, 0.5),), rng.randint(2, 7), cv2.LINE_AA)
    cv2.circle(stain, (x, y), radius, (rng.uniform(0.02, 0.1),), -1, cv2.LINE_AA)
    soft = np.asarray(cv2.GaussianBlur(stain, (0, 0), rng.uniform(1, 2.5)), np.float32)[:, :, None]
    page[:] = (page * (1 - soft) + np.array((130, 90, 50)) * soft).astype(np.uint8)


def medal(page: Picture, rng: random.Random) -> None:
    """A golden disc with a ribbon or rays."""
    x, y, radius = _place(page, rng, 12, 50)
    for side in (-1, 1):
        ribbon = np.array(
            [(x, y), (x + side * radius, y + 2 * radius), (x + side * radius // 3, y + 2 * radius)]
        )
        cv2.fillPoly(page, [ribbon], rng.choice(REDS), cv2.LINE_AA)
    for angle in np.linspace(0, 2 * math.pi, 24, endpoint=False):
        end = (x + int(radius * 1.12 * math.cos(angle)), y + int(radius * 1.12 * math.sin(angle)))
        cv2.line(page, (x, y), end, (210, 160, 40), 2, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius, (225, 180, 60), -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), int(radius * 0.8), (190, 140, 30), 1, cv2.LINE_AA)
    if rng.random() < 0.5:
        _star(page, (x, y), radius // 2, rng.choice(REDS))


def ornament(page: Picture, rng: random.Random) -> None:
    """A certificate's border: rows of small coloured figures."""
    height, width = page.shape[:2]
    colour = rng.choice(COLOURS)
    step, radius, inset = rng.randint(8, 22), rng.randint(3, 9), rng.randint(6, 24)
    for x in range(inset, width - inset, step):
        for y in (inset, height - inset):
            cv2.circle(page, (x, y), radius, colour, 1, cv2.LINE_AA)
    for y in range(inset, height - inset, step):
        for x in (inset, width - inset):
            cv2.circle(page, (x, y), radius, colour, 1, cv2.LINE_AA)


def lettered_roundel(page: Picture, rng: random.Random) -> None:
    """A badge in print: letters round a picture, crisp, often white on a filled band."""
    x, y, radius = _place(page, rng, 16, 75)
    side = 4 * radius + 8
    layer = Image.new("L", (side, side), 0)
    draw, centre, outer = ImageDraw.Draw(layer), side / 2, 2 * radius
    band = rng.uniform(0.6, 0.72)
    filled = rng.random() < 0.55
    draw.ellipse(
        (centre - outer, centre - outer, centre + outer, centre + outer),
        fill=255 if filled else 0,
        outline=255,
        width=max(outer // 40, 2),
    )
    mask = Image.new("L", (side, side), 0)
    size = outer * rng.uniform(0.17, 0.24)
    middle = outer * (1 + band) / 2
    if rng.random() < 0.6:
        text = "".join(rng.choices(HAN, k=rng.randint(4, 9)))
        draw_arc_text(
            mask,
            text,
            rng.choice(("kai", "song_bold", "hei")),
            size,
            1.0,
            (centre, centre),
            (middle, middle),
            rng.uniform(90, 170),
        )
    else:
        text = "".join(rng.choices("ABCDEFGHILMNOPRSTUVY·", k=rng.randint(10, 24)))
        draw_arc_text(
            mask, text, "hei_bold", size * 0.8, 1.0, (centre, centre), (middle, middle), rng.uniform(140, 230)
        )
    latin = "".join(rng.choices("ABCDEFGHILMNOPRSTUVY·", k=rng.randint(8, 20)))
    draw_arc_text(
        mask,
        latin,
        "hei_bold",
        size * 0.75,
        1.0,
        (centre, centre),
        (middle, middle),
        rng.uniform(100, 160),
        below=True,
    )
    ground, letters = np.asarray(layer, np.uint8), np.asarray(mask, np.uint8)
    face: Picture = np.ascontiguousarray(
        np.asarray(cv2.subtract(ground, letters) if filled else cv2.max(ground, letters), np.uint8)
    )
    inner = int(outer * band)
    middle_point = (side // 2, side // 2)
    cv2.circle(face, middle_point, inner, (0 if rng.random() < 0.7 else 255,), -1, cv2.LINE_AA)
    cv2.circle(face, middle_point, inner, (255,), max(outer // 50, 1), cv2.LINE_AA)
    for _ in range(rng.randint(2, 5)):
        points = [
            (int(centre + rng.uniform(-0.6, 0.6) * inner), int(centre + rng.uniform(-0.6, 0.6) * inner))
            for _ in range(rng.randint(3, 5))
        ]
        cv2.fillPoly(face, [np.array(points)], (rng.choice((255, 255, 128)),), cv2.LINE_AA)
    if rng.random() < 0.5:
        cv2.putText(
            face,
            str(rng.randint(1890, 1999)),
            (side // 2 - inner // 2, side // 2 + int(inner * 0.8)),
            cv2.FONT_HERSHEY_DUPLEX,
            inner / 45,
            (255,),
            max(inner // 25, 1),
            cv2.LINE_AA,
        )
    small = np.asarray(cv2.resize(face, (side // 2, side // 2), interpolation=cv2.INTER_AREA), np.uint8)
    _painted(page, small, x, y, rng.choice(COLOURS), solid=rng.random() < 0.4)


def _painted(page: Picture, cover: Picture, x: int, y: int, colour: Colour, solid: bool) -> None:
    """Opaque paint through ``cover`` (0-255) about (x, y); ``solid``: on a white disc."""
    height, width = page.shape[:2]
    top, left = y - cover.shape[0] // 2, x - cover.shape[1] // 2
    y0, x0, y1, x1 = (
        max(top, 0),
        max(left, 0),
        min(top + cover.shape[0], height),
        min(left + cover.shape[1], width),
    )
    if y0 >= y1 or x0 >= x1:
        return
    if solid:
        cv2.circle(page, (x, y), cover.shape[0] // 2, (255, 255, 255), -1, cv2.LINE_AA)
    share = cover[y0 - top : y1 - top, x0 - left : x1 - left, None].astype(np.float32) / 255
    page[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * (1 - share) + np.array(colour, np.float32) * share).astype(
        np.uint8
    )


def national_emblem(page: Picture, rng: random.Random) -> None:
    """Red disc, golden stars and gate, a wreath of grain round it, a wheel and ribbons below."""
    x, y, radius = _place(page, rng, 10, 55)
    gold = (rng.randint(200, 240), rng.randint(160, 190), rng.randint(40, 90))
    red = rng.choice(REDS)
    if rng.random() < 0.3:
        red, gold = (90, 90, 90), (200, 200, 200)
    for angle in np.linspace(math.radians(120), math.radians(420), 30):
        place = (x + int(radius * math.cos(angle)), y + int(radius * math.sin(angle)))
        cv2.ellipse(
            page,
            place,
            (max(radius // 6, 2), max(radius // 11, 1)),
            math.degrees(angle) + 60,
            0,
            360,
            gold,
            -1,
            cv2.LINE_AA,
        )
    cv2.circle(page, (x, y), int(radius * 0.86), red, -1, cv2.LINE_AA)
    _star(page, (x, y - radius // 2), max(radius // 5, 2), gold)
    for shift in (-0.5, -0.2, 0.2, 0.5):
        _star(
            page,
            (x + int(shift * radius), y - int((0.1 + 0.2 * (0.5 - abs(shift))) * radius)),
            max(radius // 10, 1),
            gold,
        )
    cv2.rectangle(
        page, (x - int(0.55 * radius), y + radius // 5), (x + int(0.55 * radius), y + radius // 2), gold, -1
    )
    cv2.circle(page, (x, y + int(0.9 * radius)), max(radius // 4, 2), gold, max(radius // 12, 1), cv2.LINE_AA)
    for side in (-1, 1):
        points = [
            (x, y + radius),
            (x + side * radius, y + int(1.05 * radius)),
            (x + side * int(0.6 * radius), y + int(1.25 * radius)),
        ]
        cv2.fillPoly(page, [np.array(points)], red, cv2.LINE_AA)


def handwriting(page: Picture, rng: random.Random) -> None:
    """A pen's loops, ticks and underlines, most of them red or blue."""
    x, y, size = _place(page, rng, 8, 40)
    colour = rng.choice(COLOURS)
    points = []
    for _ in range(rng.randint(4, 18)):
        x, y = x + rng.randint(-size // 2, size), y + rng.randint(-size // 2, size // 2)
        points.append((x, y))
    smooth = cv2.GaussianBlur(np.array(points, np.float32)[:, None, :], (1, 3), 0).astype(np.int32)
    cv2.polylines(page, [smooth], False, colour, rng.randint(1, 3), cv2.LINE_AA)


def chart(page: Picture, rng: random.Random) -> None:
    """A pie, a ring or a clock face."""
    x, y, radius = _place(page, rng, 12, 80)
    start = 0
    while start < 360:
        end = start + rng.randint(20, 140)
        cv2.ellipse(
            page, (x, y), (radius, radius), 0, start, min(end, 360), rng.choice(COLOURS), -1, cv2.LINE_AA
        )
        start = end
    if rng.random() < 0.5:
        cv2.circle(page, (x, y), int(radius * rng.uniform(0.4, 0.85)), (255, 255, 255), -1, cv2.LINE_AA)


def printed_ring(page: Picture, rng: random.Random) -> None:
    """A ring in print with nothing along it: a seal's empty place, a figure in a drawing, a numbered disc."""
    x, y, radius = _place(page, rng, 6, 90)
    colour = rng.choice(COLOURS)
    if rng.random() < 0.3:
        for angle in range(0, 360, rng.choice((6, 10, 15))):
            cv2.ellipse(page, (x, y), (radius, radius), 0, angle, angle + 4, colour, 1, cv2.LINE_AA)
    else:
        cv2.ellipse(
            page,
            (x, y),
            (radius, int(radius * rng.choice((1, 1, 0.6)))),
            0,
            0,
            360,
            colour,
            rng.randint(1, 4),
            cv2.LINE_AA,
        )
        if rng.random() < 0.4:
            cv2.circle(page, (x, y), int(radius * 0.8), colour, 1, cv2.LINE_AA)
    if rng.random() < 0.4:
        cv2.putText(
            page,
            str(rng.randint(1, 99)),
            (x - radius // 3, y + radius // 4),
            cv2.FONT_HERSHEY_SIMPLEX,
            radius / 30,
            colour,
            1,
            cv2.LINE_AA,
        )


def coloured_box(page: Picture, rng: random.Random) -> None:
    """A button, a highlighted cell or an empty frame: corners as stamps have, and nothing of theirs."""
    x, y, size = _place(page, rng, 8, 50)
    far = (x + int(size * rng.uniform(0.8, 5)), y + size)
    colour = rng.choice(COLOURS)
    style = rng.random()
    cv2.rectangle(page, (x, y), far, colour, -1 if style < 0.45 else rng.randint(1, 2))
    if style > 0.8:
        cv2.rectangle(page, (x + 3, y + 3), (far[0] - 3, far[1] - 3), colour, 1)
    if style < 0.3:
        cv2.putText(
            page,
            "".join(rng.choices("ABCDEFGR0123456789", k=rng.randint(2, 6))),
            (x + 4, y + int(size * 0.7)),
            cv2.FONT_HERSHEY_SIMPLEX,
            size / 40,
            (255, 255, 255),
            1,
            cv2.LINE_AA,
        )


def barcode(page: Picture, rng: random.Random) -> None:
    """Upright bars, with figures under them."""
    x, y, size = _place(page, rng, 14, 50)
    for _ in range(rng.randint(20, 60)):
        cv2.rectangle(page, (x, y), (x + rng.randint(0, 2), y + size), (20, 20, 20), -1)
        x += rng.randint(2, 5)


def _star(page: Picture, centre: tuple[int, int], radius: int, colour: Colour) -> None:
    points = []
    for index in range(10):
        reach = radius if index % 2 == 0 else radius * 0.4
        angle = -math.pi / 2 + index * math.pi / 5
        points.append((centre[0] + int(reach * math.cos(angle)), centre[1] + int(reach * math.sin(angle))))
    cv2.fillPoly(page, [np.array(points)], colour, cv2.LINE_AA)


def _place(page: Picture, rng: random.Random, least: int, most: int) -> tuple[int, int, int]:
    height, width = page.shape[:2]
    return rng.randint(0, width - 1), rng.randint(0, height - 1), rng.randint(least, most)


ALL = (
    emblem, national_emblem, roundel, lettered_roundel, lettered_roundel, quality_mark, qr_code, drawn_circle,
    drawn_circle, coffee_ring, medal, ornament, handwriting, handwriting, chart, printed_ring, coloured_box,
    coloured_box, barcode,
)  # fmt: skip
