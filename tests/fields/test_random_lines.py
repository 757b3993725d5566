"""Whatever lines an engine gives, reading them never raises, and confidences and places stay in range."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.geometry import Point, Quad
from domain.kinds import EvidenceKind, ReadingStatus
from domain.reading import Line, PageQuality, PageReading, Reading
from fields import understand
from fields.labels import words
from fields.layout import lay_out
from fields.registry import readers

_WORDS = st.sampled_from(
    words(
        """
        姓名 身份证号 330602198001010011
        单位 专业科目 行业公需科目 一般公需 合计 学时 96 62学时 2018年度 2018
        聘书 聘期 至今 2014年1月1日 高级工程师 合格 优秀 ☑
        □ 考核结果 年度 序号 课程名称 类别 同志 公司 证书编号
        目录 论文 ： （ ） ㎡ ½ 𠮷 · 2O18年l2月 ISSN1002-848X CN11-2833/TU 第5期 摘要 1 ．
        """
    )
)
_TEXT = st.one_of(
    st.lists(_WORDS, min_size=1, max_size=6).map("".join),
    st.lists(_WORDS, min_size=1, max_size=4).map(" ".join),
    st.text(min_size=1, max_size=12),
)
_SHARE = st.floats(0, 1, allow_nan=False)
_POINT = st.builds(Point, _SHARE, _SHARE)


@st.composite
def _lines(draw: st.DrawFn) -> Line:
    if draw(st.booleans()):
        left, top = draw(_SHARE), draw(_SHARE)
        right, bottom = min(left + draw(_SHARE), 1.0), min(top + 0.02, 1.0)
        points = (Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))
    else:
        points = (draw(_POINT), draw(_POINT), draw(_POINT), draw(_POINT))
    text = draw(_TEXT)
    return Line(text=text, raw=text, confidence=draw(_SHARE), quad=Quad(points=points))


@st.composite
def _pages(draw: st.DrawFn) -> PageReading:
    lines = tuple(draw(st.lists(_lines(), max_size=14)))
    width, height = draw(st.integers(0, 2000)), draw(st.integers(0, 2000))
    quality = PageQuality(sharpness=0.5)
    return PageReading(number=1, width=width, height=height, quality=quality, lines=lines)


def _reading(*pages: PageReading) -> Reading:
    return Reading(
        path="any.pdf",
        sha256="0" * 64,
        size=1,
        media_type="application/pdf",
        status=ReadingStatus.COMPLETE,
        pages=pages,
    )


_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_QUICK
@given(st.lists(_pages(), max_size=2))
def test_understanding_never_raises(pages: list[PageReading]) -> None:
    numbered = [page.model_copy(update={"number": place}) for place, page in enumerate(pages, 1)]
    found = understand(_reading(*numbered))
    assert len(found.page_kinds) == len(pages)
    assert [number for each in found.facts for number in each.pages] == [page.number for page in numbered]


@_QUICK
@given(_pages(), st.sampled_from([kind for kind in EvidenceKind if kind in readers()]))
def test_every_reader_takes_any_page(page: PageReading, kind: EvidenceKind) -> None:
    sheet = lay_out(page)
    reader = readers()[kind]
    assert 0 <= reader.score(sheet).value <= 1
    found = reader.read((sheet,))
    assert all(field.where.page == 1 for field in found.fields.values())
