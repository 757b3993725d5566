"""Small pages for ``bench.under_seal``: a name, a unit and a day in print (or by hand) beneath a seal.

Two sets that share nothing: *choosing* (thresholds may be chosen on it) and *reporting* (faces, names,
units and seeds that were never used for choosing).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from fixtures.canvas import Canvas
from fixtures.content import person_name
from fixtures.fonts import FACES, Face, has_glyph
from fixtures.ink import clouds
from fixtures.page import Picture
from fixtures.seal_variety import BOTTOMS, unit_name
from fixtures.seals import INKS, SealSpec, draw_seal, multiplied, random_spec
from fixtures.truth import Points, bounds, carried

INK_NAMES = ("light red", "dark red", "blue", "grey", "bilevel")
WIDTH, HEIGHT = 152.0, 102.0
"""Millimetres: 900 x 600 pixels at 150 dpi."""

FACES.setdefault("gbsn", Face("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, "fonts-arphic-gbsn00lp"))
FACES.setdefault("gkai", Face("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp"))
FACES.setdefault("zenhei", Face("truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"))
FACES.setdefault("hanazono", Face("truetype/hanazono/HanaMinA.ttf", 0, "fonts-hanazono"))
FACES.setdefault("cns_sung", Face("truetype/cns11643/TW-Sung-98_1.ttf", 0, "fonts-cns11643-sung"))
FACES.setdefault("microhei", Face("truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei"))


@dataclass(frozen=True, slots=True)
class Stock:
    """Where a set takes its faces, hands, names and seeds from."""

    faces: tuple[str, ...]
    hands: tuple[str, ...]
    first_seed: int
    own_words: bool
    """Names and units from the reporting set's own words, not from those that the fixtures use."""


STOCKS = {
    "choosing": Stock(
        ("song", "song", "fangsong", "hei", "kai", "gbsn", "gkai", "zenhei"),
        ("long_cang", "zhi_mang_xing"),
        1000,
        own_words=False,
    ),
    "reporting": Stock(("hanazono", "cns_sung", "microhei"), ("ma_shan_zheng",), 9000, own_words=True),
}
_TOWNS = (
    "丽水市",
    "衢州市",
    "嘉善县",
    "龙港市",
    "玉环市",
    "镇江市",
    "芜湖市",
    "莆田市",
    "景德镇市",
    "烟台市",
)
_NAMES = ("旭日", "长虹", "华夏", "东升", "百川", "凌云", "启明", "远航", "润禾", "方圆", "精诚", "汇通")
_WORK = (
    "公路养护",
    "地基基础工程",
    "电梯安装",
    "桥梁隧道工程",
    "给排水设备",
    "古建筑修缮",
    "通风管道",
    "招标代理",
)
_BODIES = (
    "教育局",
    "水务集团有限公司",
    "公路管理中心",
    "质量安全监督站",
    "城乡规划编制研究中心",
    "建设工程学会",
)
_FORMS = ("有限公司", "有限责任公司", "集团有限公司", "设计事务所")
_SURNAMES = "柴褚盛葛骆项祝阮翁舒裘俞屠虞章"
_GIVEN = "晓月秋冬梅桂珍玉凤琴素云霞雪莲兰香菊巧妙思雨欣怡佳琪雅婷颖慧岚"
_FIGURES = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value beneath the seal: its kind, the whole printed line, and the line's place in pixels."""

    kind: str
    text: str
    points: Points

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return bounds(self.points)


@dataclass(frozen=True, slots=True)
class SealedPage:
    """``pixels`` with the seal, ``bare`` the same sheet without it, H x W x 3 RGB."""

    pixels: Picture
    bare: Picture
    ink: str
    dpi: int
    wanted: tuple[Wanted, ...]
    seal_box: tuple[float, float, float, float]


def sealed_page(set_name: str, ink: str, number: int) -> SealedPage:
    """Page ``number`` of a set: the same every time."""
    stock = STOCKS[set_name]
    rng = random.Random(stock.first_seed * 1000 + number * 10 + INK_NAMES.index(ink))  # noqa: S311
    # A bilevel scan at less than 150 dpi cannot be read even without a seal.
    dpi = rng.choice((150, 200, 300) if ink == "bilevel" else (100, 120, 150, 150, 200, 200, 250, 300))
    canvas = Canvas(WIDTH, HEIGHT, dpi, paper=_paper(rng))
    unit, person, day = _unit(rng, stock), _person(rng, stock), _day(rng)
    places = _fields(canvas, rng, stock, unit, person, day)
    x, y = _seal_place(rng, places, dpi)
    spec = _spec(rng, stock, ink, unit if rng.random() < 0.6 else _unit(rng, stock))
    bare = np.asarray(canvas.image, np.uint8).copy()
    pixels, seal = _pressed(bare, spec, x, y, dpi, opaque=rng.random() < 0.5)
    damage = _Damage.drawn(rng, bare.shape[:2], ink)
    crossed = tuple(
        replace(one, points=carried(one.points, damage.matrix))
        for one in places
        if _touches(bounds(one.points), bounds(seal))
    )
    outline = bounds(carried(seal, damage.matrix))
    return SealedPage(damage.done(pixels), damage.done(bare), ink, dpi, crossed, outline)


def _paper(rng: random.Random) -> tuple[int, int, int]:
    light = rng.randint(236, 255)
    return (light, light - rng.randint(0, 6), light - rng.randint(0, 18))


def _unit(rng: random.Random, stock: Stock) -> str:
    if not stock.own_words:
        return unit_name(rng)
    town = rng.choice(_TOWNS)
    if rng.random() < 0.35:
        return town + rng.choice(_BODIES)
    return town + rng.choice(_NAMES) + rng.choice(_WORK) + rng.choice(_FORMS)


def _person(rng: random.Random, stock: Stock) -> str:
    if not stock.own_words:
        return person_name(rng)
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2))))


def _day(rng: random.Random) -> str:
    year, month, day = rng.randint(2008, 2023), rng.randint(1, 12), rng.randint(1, 28)
    shape = rng.random()
    if shape < 0.5:
        return f"{year}年{month}月{day}日"
    if shape < 0.8:
        mark = rng.choice("..-")
        return f"{year}{mark}{month:02}{mark}{day:02}"
    return f"{''.join(_FIGURES[int(figure)] for figure in str(year))}年{_spoken(month)}月{_spoken(day)}日"


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十")[tens] + (_FIGURES[ones] if ones else "")


def _fields(
    canvas: Canvas, rng: random.Random, stock: Stock, unit: str, person: str, day: str
) -> tuple[Wanted, ...]:
    """Some print above, then name, unit and day beneath one another, as at the foot of a certificate."""
    size = rng.uniform(10.5, 15)
    family = rng.choice([face for face in stock.faces if has_glyph(face, "〇") or "〇" not in day])
    canvas.text(WIDTH / 2, 10, rng.choice(("证 明", "聘 书", "情况说明")), 18, family, align="centre")
    body = f"兹证明{person}同志在我单位从事专业技术工作，表现良好，考核合格，特此证明。"
    canvas.paragraph(10, 20, WIDTH - 20, body, 12, family)
    by_hand = rng.random() < 0.15
    texts = {
        "name": rng.choice(("姓名：", "申报人：", "经办人：")) + person,
        "unit": rng.choice(("", "", "单位：", "工作单位：")) + unit,
        "date": rng.choice(("", "", "日期：")) + day,
    }
    order = rng.choice((("name", "unit", "date"), ("unit", "date", "name"), ("name", "date", "unit")))
    step = size * 0.353 * rng.uniform(1.5, 2.1)
    top = rng.uniform(46, 58)
    right = rng.choice((True, False))
    places: list[Wanted] = []
    room = WIDTH - 24
    longest = max(canvas.length(text, size, family) for text in texts.values())
    size *= min(room / longest, 1.0)
    for row, kind in enumerate(order):
        hand = by_hand and kind == "name"
        face = rng.choice(stock.hands) if hand else family
        spare = room - canvas.length(texts[kind], size, face)
        shift = rng.uniform(0, min(spare, 8.0)) if right else rng.uniform(0, min(spare, 40.0))
        x = WIDTH - 12 - shift if right else 12 + shift
        align = "right" if right else "left"
        larger = size * 1.25 if hand else size
        canvas.text(x, top + row * step, texts[kind], larger, face, align=align)
        places.append(Wanted(kind, texts[kind], canvas.lines[-1].points))
    return tuple(places)


def _seal_place(rng: random.Random, places: tuple[Wanted, ...], dpi: int) -> tuple[float, float]:
    """Millimetres: ring, characters or star come to lie across one of the values."""
    left, top, right, bottom = bounds(rng.choice(places).points)
    x = rng.uniform(left, right) / dpi * 25.4
    y = (
        (top + bottom) / 2 / dpi * 25.4
        + rng.choice((0.0, 0.0, -14.0, 14.0, -19.0, 19.0))
        + rng.uniform(-3, 3)
    )
    return min(max(x, 22.0), WIDTH - 20), min(max(y, 30.0), HEIGHT - 18)


def _spec(rng: random.Random, stock: Stock, ink: str, text: str) -> SealSpec:
    family = "blue" if ink == "blue" else "red"
    spec = random_spec(rng, text, rng.choice(BOTTOMS) if rng.random() < 0.3 else "", family)
    colour = rng.choice(INKS[family])
    if ink == "light red":
        colour = (rng.randint(200, 245), rng.randint(40, 105), rng.randint(40, 105))
    elif ink == "dark red":
        colour = (rng.randint(112, 165), rng.randint(10, 36), rng.randint(14, 44))
    strong = ink in ("dark red", "bilevel")
    size = rng.choice((30.0, 36.0, 38.0, 40.0, 40.0, 42.0, 42.0, 45.0))
    grown = size / spec.width
    spec = replace(
        spec,
        ink=colour,
        width=size,
        height=size * rng.choice((1.0, 1.0, 1.0, 1.0, 0.72)),
        star=spec.star * grown,
        character=spec.character * grown,
        family=rng.choice(stock.faces),
        tilt=rng.uniform(-25, 25),
        wear=rng.uniform(0.0, 0.35),
        pressure=rng.uniform(0.85, 1.0) if strong else rng.uniform(0.6, 0.95),
    )
    return replace(spec, shape="oval", star=0.0) if spec.height < spec.width else spec


def _pressed(
    sheet: Picture, spec: SealSpec, x: float, y: float, dpi: int, *, opaque: bool
) -> tuple[Picture, Points]:
    """Ink as a filter over the print, or (``opaque``) as paint that hides a part of it."""
    seal = draw_seal(spec, dpi)
    height, width = seal.rgba.shape[:2]
    left, top = round(x * dpi / 25.4 - width / 2), round(y * dpi / 25.4 - height / 2)
    moved = tuple((px + left, py + top) for px, py in seal.truth.points)
    under = multiplied(sheet, seal.rgba, left, top)
    if not opaque:
        return under, moved
    layer: NDArray[np.float32] = np.zeros((*sheet.shape[:2], 4), np.float32)
    x0, y0, x1, y1 = (
        max(left, 0),
        max(top, 0),
        min(left + width, sheet.shape[1]),
        min(top + height, sheet.shape[0]),
    )
    layer[y0:y1, x0:x1] = seal.rgba[y0 - top : y1 - top, x0 - left : x1 - left]
    share = layer[..., 3:] / 255
    # Paint hides about a third of what lies below; the rest shines through it.
    over = sheet * (1 - share) + layer[..., :3] * share
    mixed = np.where(sheet.min(axis=2, keepdims=True) < 200, 0.35 * over + 0.65 * under, under)
    return np.clip(mixed, 0, 255).astype(np.uint8), moved


def _touches(line: tuple[float, ...], seal: tuple[float, ...]) -> bool:
    """The seal's box covers at least an eighth of the line's."""
    wide = min(line[2], seal[2]) - max(line[0], seal[0])
    high = min(line[3], seal[3]) - max(line[1], seal[1])
    return wide > 0 and high > 0 and wide * high > 0.125 * (line[2] - line[0]) * (line[3] - line[1])


@dataclass(frozen=True, slots=True)
class _Damage:
    """What the way to the upload does to a sheet: the same for it with and without its seal."""

    matrix: NDArray[np.float64]
    light: NDArray[np.float32]
    noise: NDArray[np.float32]
    blur: float
    quality: int
    ink: str
    contrast: float
    shift: float
    level: float

    @classmethod
    def drawn(cls, rng: random.Random, shape: tuple[int, int], ink: str) -> _Damage:
        height, width = shape
        matrix = np.eye(3)
        matrix[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), rng.gauss(0, 0.8), 1.0)
        generator = np.random.default_rng(rng.randrange(1 << 30))
        light = 1 - rng.uniform(0, 0.18) * clouds(generator, shape, 3)[..., None]
        noise = generator.normal(0, rng.uniform(0.5, 4), (height, width, 1)).astype(np.float32)
        return cls(
            matrix,
            light,
            noise,
            blur=rng.choice((0.0, 0.4, 0.6, 0.9)),
            quality=rng.randint(55, 95),
            ink=ink,
            contrast=rng.uniform(1.0, 1.35),
            shift=rng.uniform(0, 16),
            level=rng.uniform(130, 185),
        )

    def done(self, sheet: Picture) -> Picture:
        height, width = sheet.shape[:2]
        paper = tuple(int(value) for value in np.median(sheet[::8, ::8], axis=(0, 1)))
        turned = cv2.warpAffine(
            sheet, self.matrix[:2], (width, height), flags=cv2.INTER_CUBIC, borderValue=paper
        )
        values = turned.astype(np.float32) * self.light
        if self.ink in ("grey", "bilevel"):
            grey = values @ np.array([0.30, 0.59, 0.11], np.float32)
            values = np.repeat(((grey - 128) * self.contrast + 128 + self.shift)[..., None], 3, axis=2)
        if self.blur:
            values = np.asarray(cv2.GaussianBlur(values, (0, 0), self.blur), np.float32)
        values = values + self.noise
        if self.ink == "bilevel":
            values = np.where(values > self.level, 255.0, 0.0)
            return np.asarray(values, np.uint8)
        pixels = np.clip(values, 0, 255).astype(np.uint8)
        coded = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, self.quality])[1]
        return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])
