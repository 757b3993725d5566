"""The faces to teach on: where they are, which characters they have, and what stands in for those they lack.

Debian packages and npm's, by ``fixtures/setup_fonts.sh`` and ``fetch_faces.sh``. Faces of Taiwan and Japan
lack many simplified characters; another face of their kind lends them. The faces of the reports are none of
these, and those of ``HELD_OUT`` are for choosing alone.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import ImageFont

from fixtures.fonts import ROOT

Mask = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]

EM = 64
"""Height of a character's square in pixels."""
_DEBIAN = "/usr/share/fonts/"
_FETCHED = f"{ROOT}/.cache/fonts/"
_TEACHING = f"{_FETCHED}teaching/"
_LENT = 0.5
"""At most this share of a name is lent by another face."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """``share``: how often it is drawn; ``lender``: the face that stands in for characters it lacks."""

    path: str
    index: int = 0
    share: int = 1
    lender: str = ""


FACES = {
    "song": Typeface(_DEBIAN + "opentype/noto/NotoSerifCJK-Regular.ttc", 2, 4),
    "song_bold": Typeface(_DEBIAN + "opentype/noto/NotoSerifCJK-Bold.ttc", 2, 2),
    "song_black": Typeface(_DEBIAN + "opentype/noto/NotoSerifCJK-Black.ttc", 2, 1),
    "song_light": Typeface(_DEBIAN + "opentype/noto/NotoSerifCJK-Light.ttc", 2, 2),
    "hei": Typeface(_DEBIAN + "opentype/noto/NotoSansCJK-Regular.ttc", 2, 2),
    "hei_bold": Typeface(_DEBIAN + "opentype/noto/NotoSansCJK-Bold.ttc", 2, 1),
    "hei_light": Typeface(_DEBIAN + "opentype/noto/NotoSansCJK-Light.ttc", 2, 1),
    "hei_black": Typeface(_DEBIAN + "opentype/noto/NotoSansCJK-Black.ttc", 2, 1),
    "kai": Typeface(_DEBIAN + "truetype/arphic/ukai.ttc", 0, 1),
    "wenkai": Typeface(_DEBIAN + "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, 1),
    "fangsong": Typeface(_DEBIAN + "truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0, 2),
    "gb_song": Typeface(_DEBIAN + "truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, 4),
    "gb_kai": Typeface(_DEBIAN + "truetype/arphic-gkai00mp/gkai00mp.ttf", 0, 2),
    "zenhei": Typeface(_DEBIAN + "truetype/wqy/wqy-zenhei.ttc", 0, 2),
    "han": Typeface(_DEBIAN + "truetype/babelstone/BabelStoneHan.ttf", 0, 4),
    "xiaowei": Typeface(_FETCHED + "zcool-xiaowei-chinese-simplified-400-normal.woff", 0, 2),
    "huangyou": Typeface(_FETCHED + "zcool-qingke-huangyou-chinese-simplified-400-normal.woff", 0, 1),
    "fandol_song": Typeface(_TEACHING + "FandolSong-Regular.otf", 0, 5),
    "fandol_song_bold": Typeface(_TEACHING + "FandolSong-Bold.otf", 0, 3),
    "fandol_hei": Typeface(_TEACHING + "FandolHei-Regular.otf", 0, 2),
    "fandol_hei_bold": Typeface(_TEACHING + "FandolHei-Bold.otf", 0, 1),
    "fandol_fang": Typeface(_TEACHING + "FandolFang-Regular.otf", 0, 5),
    "puhuiti": Typeface(_TEACHING + "AlibabaPuHuiTi-3-55-Regular.ttf", 0, 2),
    "puhuiti_bold": Typeface(_TEACHING + "AlibabaPuHuiTi-3-95-ExtraBold.ttf", 0, 1),
    "lubrifont": Typeface(_TEACHING + "wdxl-lubrifont-sc-chinese-simplified-400-normal.woff", 0, 1),
    "kuaile": Typeface(_TEACHING + "zcool-kuaile-chinese-simplified-400-normal.woff", 0, 1),
    "cw_ming": Typeface(_TEACHING + "cwming.ttf", 0, 3, "fandol_song"),
    "cw_fang": Typeface(_TEACHING + "cwfs.ttf", 0, 3, "fandol_fang"),
    "cw_kai": Typeface(_TEACHING + "cwkai.ttf", 0, 2, "gb_kai"),
    "cw_hei": Typeface(_TEACHING + "cwheib.ttf", 0, 1, "fandol_hei_bold"),
    "cw_yuan": Typeface(_TEACHING + "cwyen.ttf", 0, 1, "fandol_hei"),
    "big5_ming": Typeface(_TEACHING + "bsmi00lp.ttf", 0, 3, "gb_song"),
    "big5_kai": Typeface(_TEACHING + "bkai00mp.ttf", 0, 1, "gb_kai"),
    "ipamj": Typeface(_TEACHING + "ipamjm.ttf", 0, 3, "song"),
    "ipaex_mincho": Typeface(_TEACHING + "ipaexm.ttf", 0, 1, "song_light"),
    "ipaex_gothic": Typeface(_TEACHING + "ipaexg.ttf", 0, 1, "hei"),
    "biz_mincho": Typeface(_TEACHING + "BIZUDMincho-Regular.ttf", 0, 2, "fandol_song"),
    "cedar": Typeface(_TEACHING + "MTLc3m.ttf", 0, 1, "hei"),
    "maruberi": Typeface(_TEACHING + "MTLmr3m.ttf", 0, 1, "hei_light"),
    "klee": Typeface(_TEACHING + "KleeOne-SemiBold.ttf", 0, 1, "wenkai"),
}
HELD_OUT = {
    "uming": Typeface(_TEACHING + "uming.ttc", 0, 2),
    "fandol_kai": Typeface(_TEACHING + "FandolKai-Regular.otf", 0, 1),
    "harmony": Typeface(_TEACHING + "HarmonyOS_Sans_SC_Regular.ttf", 0, 1),
}
_ALL = {**FACES, **HELD_OUT}


@lru_cache(maxsize=64)
def _font(family: str) -> ImageFont.FreeTypeFont:
    face = _ALL[family]
    return ImageFont.truetype(face.path, EM, index=face.index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=64)
def _nothing(family: str) -> bytes:
    return bytes(_font(family).getmask("\uffff"))


@lru_cache(maxsize=60000)
def _own_glyph(family: str, character: str) -> Mask | None:
    font = _font(family)
    mask, (left, top) = font.getmask2(character, mode="L")
    if mask.size[0] == 0 or bytes(mask) == _nothing(family):
        return None
    drawn = np.asarray(mask, np.uint8).reshape(mask.size[1], mask.size[0])
    if not drawn.any():
        return None
    ascent, descent = font.getmetrics()
    tall = max(ascent + descent, EM, drawn.shape[0])  # some faces state less than they draw
    cell = np.zeros((tall, max(round(font.getlength(character)), left + drawn.shape[1])), np.uint8)
    place = min(max(top, 0), tall - drawn.shape[0])
    cell[place : place + drawn.shape[0], max(left, 0) : max(left, 0) + drawn.shape[1]] = drawn[
        :, : cell.shape[1] - max(left, 0)
    ]
    middle = tall // 2
    return cell[max(middle - EM * 9 // 16, 0) : middle + EM * 9 // 16]


def glyph(family: str, character: str) -> Mask | None:
    """The character in its em square, ``EM`` pixels high; ``None`` where neither face nor lender has it."""
    own = _own_glyph(family, character)
    lender = _ALL[family].lender
    return _own_glyph(lender, character) if own is None and lender else own


def draws(family: str, text: str) -> bool:
    """Whether the face has every character of ``text`` itself."""
    return all(_own_glyph(family, character) is not None for character in text if character != " ")


def face_for(rng: random.Random, text: str, *, held_out: bool = False) -> str:
    """A face that can draw all of ``text``; Noto Serif (held out: AR PL UMing) where no other can."""
    faces = HELD_OUT if held_out else FACES
    names, shares = list(faces), [face.share for face in faces.values()]
    wanted = [character for character in text if character != " "]
    for _ in range(4):
        family = rng.choices(names, shares)[0]
        if any(glyph(family, character) is None for character in wanted):
            continue
        if sum(_own_glyph(family, character) is None for character in wanted) <= _LENT * len(wanted):
            return family
    return "uming" if held_out else "song"
