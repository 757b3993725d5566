"""Round marks with letters or pictures that are no seals: emblems of schools and states, marks of quality."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from fixtures.arcs import draw_arc_text
from models.seal_finder.negatives.paint import COLOURS, REDS, Picture, painted, place, star

HAN = "中国大学北京上海江浙南华东西工业理科技师范医农林海洋交通财经政法建筑"


def emblem(page: Picture, rng: random.Random) -> None:
    """A filled red disc with yellow stars, as on licences and certificates."""
    x, y, radius = place(page, rng, 12, 60)
    cv2.circle(page, (x, y), radius, rng.choice(REDS), -1, cv2.LINE_AA)
    cv2.circle(page, (x, y), radius, (225, 180, 60), max(radius // 6, 1), cv2.LINE_AA)
    for _ in range(5):
        point = (x + rng.randint(-radius // 2, radius // 2), y + rng.randint(-radius // 2, radius // 4))
        star(page, point, max(radius // 6, 2), (240, 210, 60))


def national_emblem(page: Picture, rng: random.Random) -> None:
    """Red disc, golden stars and gate, a wreath of grain round it, a wheel and ribbons below."""
    x, y, radius = place(page, rng, 10, 55)
    gold = (rng.randint(200, 240), rng.randint(160, 190), rng.randint(40, 90))
    red = rng.choice(REDS)
    if rng.random() < 0.3:
        red, gold = (90, 90, 90), (200, 200, 200)
    for angle in np.linspace(math.radians(120), math.radians(420), 30):
        point = (x + int(radius * math.cos(angle)), y + int(radius * math.sin(angle)))
        cv2.ellipse(
            page,
            point,
            (max(radius // 6, 2), max(radius // 11, 1)),
            math.degrees(angle) + 60,
            0,
            360,
            gold,
            -1,
            cv2.LINE_AA,
        )
    cv2.circle(page, (x, y), int(radius * 0.86), red, -1, cv2.LINE_AA)
    star(page, (x, y - radius // 2), max(radius // 5, 2), gold)
    for shift in (-0.5, -0.2, 0.2, 0.5):
        star(
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


def roundel(page: Picture, rng: random.Random) -> None:
    """A logo: a filled disc or band with letters in white, or a plain geometric figure."""
    x, y, radius = place(page, rng, 10, 50)
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


def lettered_roundel(page: Picture, rng: random.Random) -> None:
    """A badge in print: letters round a picture, crisp, often white on a filled band."""
    x, y, radius = place(page, rng, 16, 75)
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
    painted(page, small, x, y, rng.choice(COLOURS), solid=rng.random() < 0.4)


def quality_mark(page: Picture, rng: random.Random) -> None:
    """An oval or C-shaped accreditation mark with latin letters and a number beneath."""
    x, y, radius = place(page, rng, 10, 36)
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


def medal(page: Picture, rng: random.Random) -> None:
    """A golden disc with a ribbon or rays."""
    x, y, radius = place(page, rng, 12, 50)
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
        star(page, (x, y), radius // 2, rng.choice(REDS))


def printed_ring(page: Picture, rng: random.Random) -> None:
    """A ring in print with nothing along it: a seal's empty place, a figure in a drawing, a numbered disc."""
    x, y, radius = place(page, rng, 6, 90)
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


def school_badge(page: Picture, rng: random.Random) -> None:
    """A badge of one ink: fine rings, a name bent over the top, a year or pinyin below, a drawing within.

    Unlike a seal it is crisp and even, stands upright, and has a picture where the star would be.
    """
    x, y, radius = place(page, rng, 14, 70)
    side, outer = 4 * radius + 8, 2 * radius
    centre = side // 2
    face: Picture = np.zeros((side, side), np.uint8)
    for reach in rng.choice(((1.0,), (1.0, 0.94), (1.0, 0.66), (1.0, 0.94, 0.66))):
        cv2.circle(face, (centre, centre), int(outer * reach), (255,), max(outer // rng.randint(22, 60), 1))
    letters = Image.new("L", (side, side), 0)
    size = outer * rng.uniform(0.16, 0.25)
    middle = (outer * rng.uniform(0.77, 0.82),) * 2
    name = "".join(rng.choices(HAN, k=rng.randint(4, 10)))
    family = rng.choice(("kai", "song_bold", "hei", "wenkai", "song"))
    draw_arc_text(letters, name, family, size, 1.0, (centre, centre), middle, rng.uniform(100, 240))
    year, latin = str(rng.randint(1890, 2005)), rng.choices("ABCDEGHIJNOSTUXYZ ", k=rng.randint(8, 22))
    below = rng.choice((year, f"·{year}·", "".join(latin)))
    draw_arc_text(letters, below, "hei", size * 0.7, 0.8, (centre, centre), middle,
                  min(6.5 * len(below) + 12, 120), below=True)  # fmt: skip
    face = np.ascontiguousarray(np.maximum(face, np.asarray(letters, np.uint8)))
    _drawing(face, centre, int(outer * 0.5), rng)
    if rng.random() < 0.3:
        disc = np.zeros_like(face)
        cv2.circle(disc, (centre, centre), outer, (255,), -1, cv2.LINE_AA)
        face = np.asarray(cv2.subtract(disc, face), np.uint8)
    small = np.asarray(cv2.resize(face, (side // 2, side // 2), interpolation=cv2.INTER_AREA), np.uint8)
    painted(page, small, x, y, rng.choice((*COLOURS, *REDS)), solid=rng.random() < 0.3)


def _drawing(face: Picture, centre: int, reach: int, rng: random.Random) -> None:
    """A gate, a book, hills, a torch, a letter: what schools put in the middle."""
    line = max(reach // 12, 1)

    def at(x: float, y: float) -> tuple[int, int]:
        return centre + int(x * reach), centre + int(y * reach)

    kind = rng.randrange(6)
    if kind == 0:
        cv2.rectangle(face, at(-0.7, -0.1), at(0.7, 0.5), (255,), line)
        cv2.fillPoly(face, [np.array([at(-0.9, -0.1), at(0, -0.7), at(0.9, -0.1)])], (255,), cv2.LINE_AA)
        for pillar in (-0.4, 0.0, 0.4):
            cv2.line(face, at(pillar, -0.1), at(pillar, 0.5), (255,), line)
    elif kind == 1:
        for flip in (-1, 1):
            page = [at(0, -0.2), at(0.8 * flip, -0.4), at(0.8 * flip, 0.4), at(0, 0.6)]
            cv2.polylines(face, [np.array(page)], True, (255,), line, cv2.LINE_AA)
            for level in (0.0, 0.2):
                cv2.line(face, at(0.15 * flip, level), at(0.65 * flip, level - 0.15), (255,), line)
    elif kind == 2:
        hills = [at(-0.9, 0.5), at(-0.4, -0.3), at(-0.1, 0.1), at(0.35, -0.6), at(0.9, 0.5)]
        cv2.fillPoly(face, [np.array(hills)], (255,), cv2.LINE_AA)
        for level in (0.62, 0.76):
            cv2.line(face, at(-0.7, level), at(0.7, level), (255,), line)
    elif kind == 3:
        cv2.fillPoly(face, [np.array([at(-0.2, 0.8), at(0.2, 0.8), at(0.12, 0), at(-0.12, 0)])], (255,))
        cv2.ellipse(face, at(0, -0.35), (int(0.3 * reach), int(0.45 * reach)), 0, 0, 360, (255,), -1)
    elif kind == 4:
        cv2.putText(face, rng.choice("ABCEHJMNSTUXZ"), at(-0.5, 0.5), cv2.FONT_HERSHEY_DUPLEX, reach / 16,
                    (255,), max(reach // 6, 1), cv2.LINE_AA)  # fmt: skip
    else:
        for turn in np.linspace(0, math.pi, 4, endpoint=False):
            cv2.ellipse(face, (centre, centre), (int(0.8 * reach), int(0.3 * reach)), math.degrees(turn), 0,
                        360, (255,), line, cv2.LINE_AA)  # fmt: skip
