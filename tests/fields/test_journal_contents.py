"""Contents pages: every common layout, skewed, and readings of drawn pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.facts import Row
from domain.reading import PageReading
from fields import journal_contents
from fields.layout import lay_out
from fields.paper_titles import tidy
from fields.spans import weight
from tests.fields.pages import line

READINGS = Path(__file__).parents[2] / "fixtures" / "readings"
ENTRIES = (
    ("装配式混凝土框架节点抗震性能试验研究", ("张三", "李四"), 1),
    ("绍兴某深基坑支护设计与施工监测", ("王建国", "陈志远"), 6),
    ("BIM技术在装配式建筑施工管理中的应用", ("周明",), 12),
    ("预应力混凝土连续梁桥施工控制", ("赵海峰", "钱伟", "孙丽华"), 17),
    ("绿色建筑评价标准的对比分析", ("吴晓东",), 23),
    ("既有住宅加装电梯的设计要点", ("郑军", "冯雪"), 28),
    ("软土地基处理方法综述", ("陈晨",), 34),
    ("大跨度钢结构屋盖整体提升技术", ("韩梅", "朱强", "秦岚"), 51),
)
SIZE = 0.019
Placed = tuple[float, float, str]


def at_right(edge: float, middle: float, text: str) -> Placed:
    return (edge - SIZE * sum(map(weight, text)), middle, text)


def one_line() -> list[Placed]:
    return [
        (0.1, 0.2 + place * 0.04, f"{title}……………{' '.join(names)}（{page}）")
        for place, (title, names, page) in enumerate(ENTRIES)
    ]


def pieces() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.04
        found += [(0.1, y, f"{title}…"), at_right(0.85, y, " ".join(names)), at_right(0.92, y, f"({page})")]
    return found


def names_below() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.07
        found += [
            (0.1, y, f"{title}······"),
            at_right(0.92, y, str(page)),
            at_right(0.92, y + 0.03, ",".join(names)),
        ]
    return found


def names_with_page() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.07
        found += [
            (0.1, y, title),
            (0.16, y + 0.03, "，".join(names) + "……"),
            at_right(0.92, y + 0.03, f"P{page}"),
        ]
    return found


def pages_in_front() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.07
        found += [(0.1, y, f"{page:03d}"), (0.16, y, title), (0.16, y + 0.03, " ".join(names))]
    return found


def two_columns() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        x, y = 0.06 + (place // 4) * 0.48, 0.2 + (place % 4) * 0.08
        found += [(x, y, title), at_right(x + 0.42, y + 0.03, f"{' '.join(names)} /{page}")]
    return found


def names_first() -> list[Placed]:
    found: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.04
        found += [(0.1, y, " ".join(names)), (0.32, y, f"{title}…"), at_right(0.92, y, str(page))]
    return found


def spaces_lost() -> list[Placed]:
    return [
        (0.1, 0.2 + place * 0.04, f"{title}{''.join(names)}{page}")
        for place, (title, names, page) in enumerate(ENTRIES)
    ]


LAYOUTS = (
    one_line,
    pieces,
    names_below,
    names_with_page,
    pages_in_front,
    two_columns,
    names_first,
    spaces_lost,
)


def contents(placed: list[Placed], tilt: float = 0.0, heading: bool = True) -> PageReading:
    from domain.reading import PageQuality

    lines = [line(x, y, text, SIZE, tilt) for x, y, text in placed]
    if heading:
        lines.insert(0, line(0.42, 0.05, "建 筑 结 构", 0.035, tilt))
        lines.insert(1, line(0.35, 0.09, "2018年第5期 第48卷 总第512期", SIZE, tilt))
        lines.insert(2, line(0.46, 0.13, "目  次", 0.028, tilt))
    return PageReading(
        number=1, width=1000, height=1414, quality=PageQuality(sharpness=1), lines=tuple(lines)
    )


def as_tuple(row: Row) -> tuple[str, str, str]:
    title, authors, page = row.get("title"), row.get("authors"), row.get("page")
    return (title.text if title else "", authors.text if authors else "", page.text if page else "")


WANTED = [(title, ";".join(names), str(page)) for title, names, page in ENTRIES]


@pytest.mark.parametrize("tilt", [0.0, 1.8, -2.5])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_gives_title_authors_and_page(layout: object, tilt: float) -> None:
    assert callable(layout)
    found = journal_contents.read((lay_out(contents(layout(), tilt)),))
    assert [as_tuple(row) for row in found.rows] == WANTED


def test_the_header_names_journal_year_and_issue_but_not_the_running_total() -> None:
    fields = journal_contents.read((lay_out(contents(pieces(), 1.0)),)).fields
    assert {name: fields[name].value for name in ("journal", "year", "issue")} == {
        "journal": "建筑结构", "year": 2018, "issue": "5",
    }  # fmt: skip


def test_a_title_over_two_lines_is_one_entry_and_a_heading_is_none() -> None:
    first, second = "基于性能的超高层框架核心筒结构抗震设计方法及其在绍兴某工程中的", "应用研究"
    placed: list[Placed] = [(0.1, 0.2, "【结构工程】")]
    for place in range(4):
        y = 0.24 + place * 0.09
        placed += [
            (0.1, y, first),
            (0.1, y + 0.03, f"{second}……"),
            at_right(0.92, y + 0.03, str(1 + place * 5)),
        ]
        placed += [at_right(0.92, y + 0.06, "张三 李四")]
    placed += [(0.1, 0.61, "岩土工程"), (0.1, 0.64, "软土地基处理方法综述……"), at_right(0.92, 0.64, "40")]
    rows = journal_contents.read((lay_out(contents(placed, 1.0)),)).rows
    assert [as_tuple(row)[0] for row in rows] == [first + second] * 4 + ["软土地基处理方法综述"]


def test_an_entry_whose_number_was_not_read_stays_an_entry() -> None:
    placed = [each for each in pieces() if each[2] != "(17)"]
    rows = journal_contents.read((lay_out(contents(placed, 1.0)),)).rows
    assert [as_tuple(row)[:2] for row in rows] == [wanted[:2] for wanted in WANTED]
    assert as_tuple(rows[3])[2] == ""


def test_a_title_over_its_names_stays_an_entry_though_its_number_was_passed_over() -> None:
    """Without its number a title and its names were taken for the beginning of the next title."""
    for lost in (0, 4, len(ENTRIES) - 1):
        placed: list[Placed] = []
        for place, (title, names, page) in enumerate(ENTRIES):
            y = 0.2 + place * 0.07
            placed += [(0.1, y, title), (0.16, y + 0.03, "，".join(names))]
            placed += [] if place == lost else [at_right(0.92, y, str(page))]
        rows = journal_contents.read((lay_out(contents(placed, 1.0)),)).rows
        wanted = [*WANTED[:lost], (*WANTED[lost][:2], ""), *WANTED[lost + 1 :]]
        assert [as_tuple(row) for row in rows] == wanted


@pytest.mark.parametrize(
    ("read", "title"),
    [
        ("竹林碳汇计量一一以浙东某县为例", "竹林碳汇计量——以浙东某县为例"),
        ("UHPC湿接缝一以浙东某县为例", "UHPC湿接缝——以浙东某县为例"),
        ("某小区V0Cs无组织排放的若于思考", "某小区VOCs无组织排放的若干思考"),
        ("轻钢龙骨隔墙现状、间题与对策", "轻钢龙骨隔墙现状、问题与对策"),
        ("车间题名牌的设置", "车间题名牌的设置"),
        ("城市道路与地块一一对应的编码方法", "城市道路与地块一一对应的编码方法"),
        ("碳达峰之一以某县为例", "碳达峰之一以某县为例"),
        ("C20混凝土B0级墙板", "C20混凝土B0级墙板"),
    ],
)
def test_usual_slips_of_engines_are_undone_in_titles(read: str, title: str) -> None:
    assert tidy(read) == title


def test_names_glued_to_the_title_are_less_sure_and_the_unsplit_text_is_kept() -> None:
    row = journal_contents.read((lay_out(contents(spaces_lost())),)).rows[0]
    title, authors = row.get("title"), row.get("authors")
    assert title is not None
    assert authors is not None
    assert title.raw == "装配式混凝土框架节点抗震性能试验研究张三李四"
    assert authors.confidence < 0.9


def test_english_entries() -> None:
    placed: list[Placed] = [(0.1, 0.1, "CONTENTS")]
    for place, title in enumerate(
        ("Seismic behavior of precast joints", "Soft soil treatment: a review", "Wind loads on towers")
    ):
        placed += [(0.1, 0.2 + 0.05 * place, f"{title} …… ZHANG San, LI Si ({1 + 7 * place})")]
    rows = journal_contents.read((lay_out(contents(placed, heading=False)),)).rows
    assert as_tuple(rows[1]) == ("Soft soil treatment: a review", "ZHANG San;LI Si", "8")


def test_a_second_page_is_known_without_a_heading_and_prose_is_no_contents() -> None:
    assert journal_contents.score(lay_out(contents(pieces(), 1.0, heading=False))).value > 0.6
    prose: list[Placed] = [
        (0.1, 0.1 + 0.03 * place, "结果表明装配式节点的承载力与现浇节点相当并满足规范要求" + str(place))
        for place in range(20)
    ]
    assert journal_contents.score(lay_out(contents(prose, heading=False))).value < 0.6


@pytest.mark.parametrize(
    ("name", "count", "entry"),
    [
        ("columns", 14, ("预应力管桩施工风险评估方法", "吴德;邵启明", "32")),
        ("leaders", 14, ("预应力管桩施工风险评估方法", "吴德;邵启明", "32")),
        ("stacked", 14, ("预应力管桩施工风险评估方法", "吴德;邵启明", "32")),
    ],
)
def test_recorded_readings(name: str, count: int, entry: tuple[str, str, str]) -> None:
    text = (READINGS / f"journal_contents_{name}.json").read_text(encoding="utf-8")
    sheet = lay_out(PageReading.model_validate_json(text))
    found = journal_contents.read((sheet,))
    assert len(found.rows) == count
    assert entry in [as_tuple(row) for row in found.rows]
    assert journal_contents.score(sheet).value > 0.9


def test_an_imprint_beside_the_entries_does_not_get_into_the_titles() -> None:
    words = (
        "主管：某某省科学技术协会",
        "主办：某某省土木学会",
        "主编：王五",
        "ISSN 1007-8924",
        "CN 33-1299/TU",
        "定价：15",
    )
    placed: list[Placed] = [(0.02, 0.2 + place * 0.05, text) for place, text in enumerate(words)]
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.06
        placed += [(0.36, y, title), at_right(0.95, y + 0.03, f"{' '.join(names)}…{page}")]
    rows = journal_contents.read((lay_out(contents(placed, 1.0)),)).rows
    assert [as_tuple(row) for row in rows] == WANTED


def test_an_english_title_under_an_entry_is_not_part_of_the_next() -> None:
    placed: list[Placed] = []
    for place, (title, names, page) in enumerate(ENTRIES):
        y = 0.2 + place * 0.07
        placed += [(0.1, y, f"{title} {' '.join(names)}…"), at_right(0.92, y, str(page))]
        placed += [(0.1, y + 0.03, "Experimental study on seismic behavior of precast concrete frame joints")]
    rows = journal_contents.read((lay_out(contents(placed, 1.0)),)).rows
    assert [as_tuple(row) for row in rows if row.get("page")] == WANTED
