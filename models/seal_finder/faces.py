"""Seals of every sort to learn from, drawn once and pressed anew for every sample."""

from __future__ import annotations

import random
from dataclasses import replace

import cv2
import numpy as np

from fixtures.ink import clouds
from fixtures.seals import DrawnSeal, Picture, SealSpec, draw_seal, random_spec

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "绍兴市建筑设计院有限责任公司工程局委员会人力资源社会保障住房城乡水利交通集团股份研究所学校医院技术检测监理勘察规划园林环境科技"
)
_UNIT_ENDS = (
    "有限公司", "有限责任公司", "设计院", "研究院", "人力资源和社会保障局", "住房和城乡建设局", "委员会",
    "大学", "股份有限公司", "集团有限公司", "管理处", "学校", "杂志社", "编辑部", "人民医院", "工程公司",
    "税务局",
)  # fmt: skip
_BOTTOMS = (
    "", "", "人事专用章", "合同专用章", "业务专用章", "财务专用章", "专用章", "人事处", "证书专用章",
    "发票专用章",
)  # fmt: skip
_STAMPS = (
    "核对无误", "与原件核对无误", "复印件与原件一致", "经核对与原件相符", "原件已核", "已审核", "作废",
    "副本", "收讫", "现金付讫", "同意", "绝密", "受控文件", "骑缝", "已盖章", "正本", "机密", "急件", "验讫",
    "已核销", "存档", "银行收讫", "已登记", "校对章", "审核专用章", "合格", "附件",
)  # fmt: skip
_LATIN = "ABCDEFGHIKLMNOPRSTUVWY"
_CYRILLIC = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЯ"
_FAMILIES = ("song", "song_bold", "hei", "hei_bold", "kai", "wenkai", "fangsong")


def seal(rng: random.Random) -> DrawnSeal:
    """One seal: shape, face, ink and wear at random."""
    name = "".join(rng.choices(COMMON, k=rng.randint(2, 10))) + rng.choice(_UNIT_ENDS)
    colour = rng.choices(("red", "blue", "black"), (0.66, 0.2, 0.14))[0]
    spec = random_spec(rng, name, rng.choice(_BOTTOMS), colour)
    tilt = rng.uniform(-180, 180) if rng.random() < 0.25 else rng.gauss(0, 12)
    spec = replace(spec, wear=rng.uniform(0, 0.75), pressure=rng.uniform(0.4, 1.0), tilt=tilt)
    if rng.random() < 0.1:
        spec = replace(spec, family=rng.choice(_FAMILIES))
    shape = rng.choices(("round", "oval", "square", "rectangle", "foreign"), (0.29, 0.14, 0.24, 0.29, 0.04))[
        0
    ]
    dpi = rng.choice((80, 110, 140))
    if shape == "square":
        return _square(spec, name, rng, dpi)
    if shape == "rectangle":
        return draw_seal(_rectangle(spec, name, rng), dpi)
    if shape == "oval":
        spec = _oval(spec, rng)
    if shape == "foreign":
        letters = rng.choice((_LATIN, _CYRILLIC))
        text = "·".join("".join(rng.choices(letters, k=rng.randint(3, 9))) for _ in range(rng.randint(2, 5)))
        spec = replace(
            spec,
            text=text,
            arc=rng.uniform(220, 330),
            stretch=0.9,
            character=spec.character * 0.8,
            wear=rng.uniform(0.15, 0.6),
            second_ring=rng.choice((0.0, 0.8)),
            bottom_text="",
            star=rng.choice((0.0, spec.star)),
            family="hei",
        )
    elif rng.random() < 0.1:
        return _with_emblem(draw_seal(replace(spec, star=0.0), dpi), rng)
    elif rng.random() < 0.1:
        spec = replace(spec, star=0.0)
    return draw_seal(spec, dpi)


def _oval(spec: SealSpec, rng: random.Random) -> SealSpec:
    return replace(
        spec,
        shape="oval",
        height=spec.width * rng.uniform(0.6, 0.8),
        star=0.0,
        arc=min(spec.arc, 240.0),
        character=spec.character * 0.75,
    )


def _square(spec: SealSpec, name: str, rng: random.Random, dpi: int) -> DrawnSeal:
    side = rng.uniform(10, 24) if rng.random() < 0.7 else rng.uniform(24, 42)
    length = rng.choice((2, 3, 4, 4, 4)) if side < 24 else rng.randint(4, 16)
    side_wide = side * rng.choice((1.0, 1.0, rng.uniform(0.75, 1.3)))
    spec = replace(
        spec,
        shape="square",
        text=name[:length],
        width=side_wide,
        height=side,
        ring=rng.uniform(0.3, 1.8),
        wear=rng.uniform(0, 0.6),
        family=rng.choice(_FAMILIES),
    )
    drawn = draw_seal(spec, dpi)
    if rng.random() > 0.3:
        return drawn
    # White letters on solid ink (白文), as on many name seals.
    alpha = drawn.rgba[..., 3]
    solid: Picture = np.zeros(alpha.shape, np.uint8)
    cv2.fillPoly(solid, [np.array(drawn.truth.points, np.int32)], (255,), cv2.LINE_AA)
    noise = clouds(np.random.default_rng(rng.randrange(1 << 30)), (alpha.shape[0], alpha.shape[1]), 9)
    level = rng.uniform(0.5, 1.0) * (1 - rng.uniform(0, 0.5) * noise)
    ring = cv2.erode(solid, np.ones((5, 5), np.uint8))
    inverted = np.where(ring > 0, np.clip(solid - alpha * 1.3, 0, 255), np.maximum(alpha, solid * 0.6))
    rgba = drawn.rgba.copy()
    rgba[..., 3] = np.clip(inverted * level, 0, 255).astype(np.uint8)
    return DrawnSeal(rgba, drawn.truth)


def _rectangle(spec: SealSpec, name: str, rng: random.Random) -> SealSpec:
    text = rng.choice(_STAMPS) if rng.random() < 0.55 else name[-rng.randint(2, 16) :]
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        text += "\n" + rng.choice(
            (
                "验证人：", "经办人：", "日期：", "再次复印无效", "专用", name[:6], name[-6:], "专用章",
                f"{rng.randint(1998, 2026)}年{rng.randint(1, 12)}月{rng.randint(1, 31)}日",
                f"{rng.randint(1998, 2026)}-{rng.randint(10, 12)}-{rng.randint(10, 28)}",
                f"第{rng.randint(1, 9999)}号",
            )
        )  # fmt: skip
    longest = max(len(row) for row in text.split("\n"))
    size = rng.uniform(4, 9)
    ring = rng.uniform(0.3, 1.4) if rng.random() < 0.78 else 0.0
    return replace(
        spec,
        shape="rectangle",
        text=text,
        ring=ring,
        tilt=rng.gauss(0, 9) if rng.random() < 0.9 else spec.tilt,
        height=size * rng.uniform(1.15, 1.7) * (1 + text.count("\n")) + 2,
        wear=rng.uniform(0, 0.6),
        width=longest * size * rng.uniform(1.0, 1.4) + 3,
        family=rng.choice(_FAMILIES),
    )


def _with_emblem(drawn: DrawnSeal, rng: random.Random) -> DrawnSeal:
    """A disc full of detail in place of the star: the national emblem on seals of the state."""
    rgba = drawn.rgba.copy()
    height, width = rgba.shape[:2]
    disc: Picture = np.zeros((height, width), np.uint8)
    radius = int(min(height, width) * rng.uniform(0.12, 0.18))
    cv2.circle(disc, (width // 2, height // 2), radius, (255,), -1, cv2.LINE_AA)
    noise = clouds(np.random.default_rng(rng.randrange(1 << 30)), (height, width), max(width // 5, 6))
    rgba[..., 3] = np.maximum(rgba[..., 3], (disc * (noise > rng.uniform(0.35, 0.5)) * 0.8).astype(np.uint8))
    return DrawnSeal(rgba, drawn.truth)
