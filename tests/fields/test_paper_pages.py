"""Covers, copyright pages, articles, database pages and queries: recorded readings and pages by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kinds import PAPER_PARTS, EvidenceKind
from domain.reading import PageQuality, PageReading
from fields.layout import Sheet, lay_out
from fields.registry import Found, readers
from tests.fields.pages import line

READINGS = Path(__file__).parents[2] / "fixtures" / "readings"
PARTS = {kind: reader for kind, reader in readers().items() if kind in PAPER_PARTS}
Written = tuple[float, float, str, float]


def sheet_of(lines: list[Written], tilt: float = 0.8, number: int = 1) -> Sheet:
    placed = tuple(line(x, y, text, size, tilt) for x, y, text, size in lines)
    return lay_out(
        PageReading(number=number, width=1000, height=1414, quality=PageQuality(sharpness=1), lines=placed)
    )


def recorded(name: str) -> Sheet:
    return lay_out(PageReading.model_validate_json((READINGS / f"{name}.json").read_text(encoding="utf-8")))


def told(sheet: Sheet) -> tuple[EvidenceKind, Found]:
    kind = max(PARTS, key=lambda kind: PARTS[kind].score(sheet).value)
    return kind, PARTS[kind].read((sheet,))


def values(found: Found) -> dict[str, object]:
    return {name: field.value for name, field in found.fields.items()}


NUMBERS = {
    "journal": "结构工程与材料",
    "issn": "1007-8924",
    "cn": "33-1299/TU",
    "year": 2018,
    "issue": "5",
    "sponsor": "浙江省越州土木建筑学会",
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("journal_cover_band", EvidenceKind.JOURNAL_COVER),
        ("journal_copyright_list", EvidenceKind.JOURNAL_COPYRIGHT),
    ],
)
def test_recorded_cover_and_copyright_page(name: str, kind: EvidenceKind) -> None:
    found_kind, found = told(recorded(name))
    assert found_kind is kind
    assert values(found).items() >= NUMBERS.items()


def test_recorded_photo_of_an_article() -> None:
    kind, found = told(recorded("paper_article_phone"))
    assert kind is EvidenceKind.PAPER_ARTICLE
    assert values(found) == {
        "title": "预应力管桩施工风险评估方法",
        "authors": "吴德;邵启明",
        "employer": "绍兴市上虞区暨辰工程监理有限公司",
        "journal": "结构工程与材料",
        "year": 2018,
        "issue": "5",
        "issn": "1007-8924",
        "pages": "32-35",
        "article_number": "1007-8924(2018)05-0032-04",
    }


def test_spaced_and_vertical_mastheads() -> None:
    across = [(0.12 + place * 0.2, 0.1, char, 0.1) for place, char in enumerate("建筑结构")]
    down = [(0.1, 0.1 + place * 0.1, char, 0.1) for place, char in enumerate("施工技术")]
    rest: list[Written] = [
        (0.4, 0.6, "中国科技核心期刊", 0.03),
        (0.7, 0.85, "2018.5", 0.05),
        (0.1, 0.9, "Vol.48 No.5 总第512期", 0.02),
    ]
    for masthead, name in ((across, "建筑结构"), (down, "施工技术")):
        kind, found = told(sheet_of([*masthead, *rest]))
        assert kind is EvidenceKind.JOURNAL_COVER
        assert {key: values(found)[key] for key in ("journal", "issue", "year")} == {
            "journal": name,
            "issue": "5",
            "year": 2018,
        }


def test_a_label_that_the_genuine_journal_never_had_is_kept() -> None:
    lines: list[Written] = [
        (0.1, 0.1, "建筑学前沿研究", 0.1),
        (0.4, 0.2, "（中文版）", 0.04),
        (0.4, 0.3, "2018年5月(上)", 0.04),
        (0.4, 0.36, "第13期", 0.04),
    ]
    found = values(told(sheet_of(lines))[1])
    assert found["journal"] == "建筑学前沿研究(中文版)"
    assert (found["issue"], found["issue_label"]) == ("13", "上")


ARTICLE: list[Written] = [
    (0.08, 0.04, "浙江建筑，第35卷，第5期，2018年5月", 0.015),
    (0.2, 0.1, "软土地区深基坑支护结构变形控制研究", 0.032),
    (0.3, 0.13, "——以绍兴某地铁车站为例", 0.022),
    (0.4, 0.17, "王 明    李建国", 0.02),
    (
        0.1,
        0.2,
        "(1.绍兴市某某建设有限公司, 浙江 绍兴 312000; 2.越州大学建筑工程学院, 浙江 绍兴 312000)",
        0.013,
    ),
    (0.1, 0.24, "[摘 要] 结合绍兴某地铁车站深基坑工程", 0.017),
    (0.1, 0.27, "[关键词] 深基坑；支护", 0.017),
    (0.1, 0.3, "中图分类号：TU753 文献标识码：B 文章编号：1008-3707(2018)05-0012-05", 0.017),
]


def test_an_article_with_subtitle_and_two_units() -> None:
    kind, found = told(sheet_of(ARTICLE))
    assert kind is EvidenceKind.PAPER_ARTICLE
    assert values(found) == {
        "title": "软土地区深基坑支护结构变形控制研究——以绍兴某地铁车站为例",
        "authors": "王明;李建国",
        "employer": "绍兴市某某建设有限公司;越州大学建筑工程学院",
        "journal": "浙江建筑",
        "year": 2018,
        "issue": "5",
        "issn": "1008-3707",
        "pages": "12-16",
        "article_number": "1008-3707(2018)05-0012-05",
    }


def test_running_text_continues_an_article_and_another_abstract_begins_one() -> None:
    reader = PARTS[EvidenceKind.PAPER_ARTICLE]
    prose = sheet_of(
        [
            (0.1, 0.1 + 0.03 * place, "结果表明该支护体系的变形满足规范要求并留有余量", 0.018)
            for place in range(20)
        ],
        number=2,
    )
    first = sheet_of(ARTICLE)
    assert reader.continues(first, prose)
    assert reader.begins(first)
    assert not reader.begins(prose)


WANFANG: list[Written] = [
    (0.1, 0.03, "万方数据知识服务平台", 0.025),
    (0.1, 0.08, "装配式混凝土框架节点抗震性能试验研究", 0.03),
    (0.1, 0.13, "摘要：", 0.018),
    (0.25, 0.13, "为研究装配式混凝土框架节点的抗震性能", 0.018),
    (0.1, 0.17, "作者：", 0.018),
    (0.25, 0.17, "张三  李四", 0.018),
    (0.1, 0.2, "作者单位：", 0.018),
    (0.25, 0.2, "绍兴市某某设计院有限公司", 0.018),
    (0.1, 0.23, "刊名：", 0.018),
    (0.25, 0.23, "建筑结构", 0.018),
    (0.1, 0.26, "年，卷(期)：", 0.018),
    (0.25, 0.26, "2018，48(5)", 0.018),
    (0.1, 0.29, "页码：", 0.018),
    (0.25, 0.29, "12-16", 0.018),
]
CNKI: list[Written] = [
    (0.1, 0.03, "中国知网", 0.025),
    (0.3, 0.07, "建筑结构 . 2018 ,48 (05) : 12-16", 0.018),
    (0.2, 0.11, "装配式混凝土框架节点抗震性能试验研究", 0.032),
    (0.4, 0.15, "张三1  李四2", 0.018),
    (0.1, 0.2, "摘要：为研究装配式混凝土框架节点的抗震性能", 0.018),
    (0.1, 0.23, "关键词：装配式；节点；", 0.018),
    (0.1, 0.26, "专辑：工程科技Ⅱ辑", 0.018),
    (0.1, 0.29, "分类号：TU375", 0.018),
    (0.1, 0.33, "手机阅读  HTML阅读  CAJ下载  PDF下载", 0.018),
    (0.6, 0.33, "下载：215  页码：12-16  页数：5", 0.018),
]
VIP: list[Written] = [
    (0.1, 0.03, "维普资讯 中文期刊服务平台", 0.025),
    (0.1, 0.08, "《装配式混凝土框架节点抗震性能试验研究》", 0.03),
    (0.1, 0.13, "作 者：张三 李四", 0.018),
    (0.1, 0.17, "出 处：《建筑结构》2018年第5期12-16,共5页", 0.018),
    (0.1, 0.2, "关 键 词：装配式 节点", 0.018),
    (0.1, 0.23, "分 类 号：TU375", 0.018),
]


@pytest.mark.parametrize(("lines", "source"), [(WANFANG, "万方数据"), (CNKI, "中国知网"), (VIP, "维普")])
def test_detail_pages_of_databases(lines: list[Written], source: str) -> None:
    kind, found = told(sheet_of(lines))
    assert kind is EvidenceKind.PAPER_RETRIEVAL
    wanted = {
        "title": "装配式混凝土框架节点抗震性能试验研究",
        "authors": "张三;李四",
        "journal": "建筑结构",
        "year": 2018,
        "issue": "5",
        "source": source,
    }
    assert values(found).items() >= wanted.items()


def test_a_list_of_results() -> None:
    heads = [
        (x, 0.12, text, 0.016)
        for x, text in ((0.06, "序号"), (0.22, "题名"), (0.5, "作者"), (0.62, "来源"), (0.75, "发表时间"))
    ]
    cells: list[Written] = [
        (0.07, 0.16, "1", 0.016),
        (0.13, 0.15, "装配式混凝土框架节点", 0.016),
        (0.13, 0.17, "抗震性能试验研究", 0.016),
        (0.5, 0.16, "张三;李四", 0.016),
        (0.61, 0.16, "建筑结构", 0.016),
        (0.75, 0.16, "2018-05-20", 0.016),
        (0.07, 0.21, "2", 0.016),
        (0.13, 0.21, "某深基坑支护设计", 0.016),
        (0.5, 0.21, "王建国", 0.016),
        (0.61, 0.21, "施工技术", 0.016),
        (0.75, 0.21, "2017-03-10", 0.016),
    ]
    kind, found = told(sheet_of([(0.1, 0.04, "中国知网 检索结果", 0.025), *heads, *cells]))
    assert kind is EvidenceKind.PAPER_RETRIEVAL
    assert [row.fields["title"].value for row in found.rows] == [
        "装配式混凝土框架节点抗震性能试验研究",
        "某深基坑支护设计",
    ]
    assert found.rows[1].fields["journal"].value == "施工技术"


def test_the_press_authoritys_query() -> None:
    lines: list[Written] = [
        (0.3, 0.04, "国家新闻出版署 期刊查询", 0.025),
        (0.1, 0.12, "期刊名称：建筑结构", 0.018),
        (0.1, 0.15, "国内统一刊号：CN11-2833/TU", 0.018),
        (0.1, 0.18, "ISSN：1002-848X", 0.018),
        (0.1, 0.21, "主办单位：某某建设科技信息研究院", 0.018),
    ]
    kind, found = told(sheet_of(lines))
    assert kind is EvidenceKind.JOURNAL_QUERY
    assert values(found) == {
        "journal": "建筑结构",
        "cn": "11-2833/TU",
        "issn": "1002-848X",
        "sponsor": "某某建设科技信息研究院",
    }


_WORDS = st.sampled_from(
    [
        "目录",
        "摘要",
        "关键词：",
        "第5期",
        "2018年",
        "ISSN 1007-8924",
        "CN 33-1299/TU",
        "主办：",
        "作者",
        "知网",
        "12",
        "(7)",
        "…",
        "/",
        "张三 李四",
        "题名",
        "来源",
        "期刊名称",
        "文章编号：1008-3707(2018)05-0012-05",
        "增刊",
        "[J].建筑,2018,4(5):1-2",
        "《》",
        "（",
        "第期",
        "〇",
        "王",
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 0.9),
            st.floats(0.02, 0.98),
            st.one_of(_WORDS, st.text(min_size=1, max_size=12)),
            st.floats(0.004, 0.09),
        ),
        max_size=25,
    )
)
def test_no_reader_raises_on_random_lines(lines: list[Written]) -> None:
    sheet = sheet_of([each for each in lines if each[2].strip()])
    for reader in PARTS.values():
        assert 0 <= reader.score(sheet).value <= 1
        reader.begins(sheet)
        reader.continues(sheet, sheet)
        for row in reader.read((sheet, sheet)).rows:
            assert row.fields
