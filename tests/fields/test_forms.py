"""Forms, letters and prints in wordings of other hands than the generator's."""

from __future__ import annotations

import pytest

from domain.geometry import Box, Point, Quad
from domain.kinds import SealColour, SealShape
from domain.reading import Line, PageReading, Seal
from tests.fields.pages import facts, grid, page, rows, values


def seal(left: float, top: float, text: str = "绍兴市样例有限公司") -> Seal:
    """A round seal of usual size with its corner at (left, top)."""
    box = Box(left=left, top=top, right=left + 0.2, bottom=top + 0.2 / 1.414)
    return Seal(
        box=box, shape=SealShape.ROUND, colour=SealColour.RED, text=text, confidence=0.97, text_confidence=0.9
    )


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("公示期：2020年8月10日至8月14日，期间无异议。", "2020-08-10", "2020-08-14"),
        ("于2020年8月10日至14日在公司公告栏公示，未收到任何异议。", "2020-08-10", "2020-08-14"),
        ("自2020年8月10日起至2020年8月16日止公示，没有收到反映。", "2020-08-10", "2020-08-16"),
        ("公示时间：2020.8.10—2020.8.14，无不同意见", "2020-08-10", "2020-08-14"),
    ],
)
def test_periods_of_publicity(said: str, start: str, end: str) -> None:
    found = values(facts(page([(0.12, 0.3, said)], title="公示情况证明")))
    assert (found["start"], found["end"], found["objections"]) == (start, end, False)


@pytest.mark.parametrize(
    ("said", "objections"),
    [
        ("公示期间收到群众举报1件，已转纪检部门核实。", True),
        ("公示期满，无人提出异议。", False),
        ("公示期内未接到任何单位和个人的举报。", False),
        ("公示结果：无异议", False),
    ],
)
def test_objections(said: str, objections: bool) -> None:
    found = facts(page([(0.12, 0.3, said)], title="关于张三同志公示结果的报告"))
    assert found.fields["objections"].value is objections


def test_what_says_neither_leaves_objections_open() -> None:
    assert "objections" not in facts(page([(0.12, 0.3, "现予公示。")], title="公示材料")).fields


def test_a_sum_of_insurance_in_prose() -> None:
    text = (
        "兹证明王小明，身份证号330602198001010011，2018年3月至2020年7月在我市参加职工养老保险，共缴费29个月。"
    )
    lines = [(0.1, 0.25, text[:34]), (0.1, 0.28, text[34:])]
    lines += [(0.6, 0.5, "绍兴市社会保险事业管理中心"), (0.65, 0.53, "2020年8月3日")]
    found = values(facts(page(lines, title="参保缴费证明")))
    assert (found["name"], found["months"]) == ("王小明", 29)
    assert (found["start"], found["end"], found["province"]) == ("2018-03", "2020-07", "浙江")


def test_a_verification_code_in_groups() -> None:
    lines = [
        (0.1, 0.2, "姓名"), (0.3, 0.2, "王小明"), (0.1, 0.24, "院校名称"), (0.3, 0.24, "样例大学"),
        (0.1, 0.28, "层次"), (0.3, 0.28, "硕士研究生"),
        (0.1, 0.5, "在线验证码"), (0.3, 0.5, "A1B2 C3D4 E5F6 G7H8"), (0.1, 0.55, "有效期至 2020年12月31日"),
    ]  # fmt: skip
    found = values(facts(page(lines, title="教育部学历证书电子注册备案表")))
    assert found["verification_code"] == "A1B2C3D4E5F6G7H8"
    assert (found["school"], found["level"], found["valid_until"]) == ("样例大学", "硕士研究生", "2020-12-31")


def test_experts_side_by_side() -> None:
    lines = [
        (0.1, 0.2, "被推荐人：王小明"),
        (0.1, 0.4, "专家姓名：陈知远"), (0.55, 0.4, "专家姓名：林一凡"),
        (0.1, 0.44, "职称：教授级高级工程师"), (0.55, 0.44, "职称：研究员"),
        (0.1, 0.6, "专家签名：陈知远"), (0.55, 0.6, "专家签名："),
        (0.1, 0.64, "2020年8月5日"), (0.55, 0.64, "年 月 日"),
    ]  # fmt: skip
    found = facts(page(lines, title="专家推荐意见表"))
    assert values(found)["name"] == "王小明"
    first, second = sorted(rows(found, "expert"), key=lambda row: str(row["name"]), reverse=True)
    assert (first["name"], first["signed"], first["date"]) == ("陈知远", True, "2020-08-05")
    assert (second["name"], second["signed"], "date" in second) == ("林一凡", False, False)
    assert all(row.fields["signed"].confidence < 0.9 for row in found.rows if not row.fields["signed"].value)


def _form(*seals: Seal) -> PageReading:
    lines = [
        (0.1, 0.2, "姓名：王小明"),
        (0.08, 0.35, "所在单位意见"), (0.7, 0.4, "（盖章）"), (0.68, 0.43, "2020年8月5日"),
        (0.08, 0.55, "主管部门意见"), (0.7, 0.6, "（盖章）"), (0.68, 0.63, "年 月 日"),
        (0.08, 0.75, "人社部门意见"), (0.7, 0.8, "（盖章）"), (0.68, 0.83, "2020年9月1日"),
    ]  # fmt: skip
    return page(lines, title="破格申报审批表").model_copy(update={"seals": seals})


def test_places_to_stamp() -> None:
    found = rows(facts(_form(seal(0.64, 0.35), seal(0.64, 0.74, "绍兴市样例局"))), "place")
    told = {str(row["role"]): (row["seal"], row.get("unit"), row.get("date")) for row in found}
    assert told == {
        "unit": ("sealed", "绍兴市样例有限公司", "2020-08-05"),
        "authority": ("empty", None, None),
        "personnel": ("sealed", "绍兴市样例局", "2020-09-01"),
    }


def test_an_empty_place_is_unsure_while_a_seal_lies_astray() -> None:
    sure = {row.fields["role"].value: row.fields["seal"].confidence for row in facts(_form()).rows}
    stray = {
        row.fields["role"].value: row.fields["seal"].confidence for row in facts(_form(seal(0.3, 0.0))).rows
    }
    assert sure["unit"] > 0.9 > stray["unit"]


def test_points_and_their_sum() -> None:
    lines = [(x, 0.3, text) for x, text in ((0.1, "评价项目"), (0.5, "满分"), (0.7, "自评分"))]
    for place, (item, most, score) in enumerate((("学识水平", "40", "35"), ("工作业绩", "60", "52.5"))):
        lines += [(x, 0.34 + 0.04 * place, text) for x, text in ((0.1, item), (0.5, most), (0.7, score))]
    lines += [(0.1, 0.42, "总分"), (0.5, 0.42, "100"), (0.7, 0.42, "87.5")]
    found = facts(page(lines, title="量化评价表"))
    assert (values(found)["score"], values(found)["full"]) == (87.5, 100)
    assert [row["score"] for row in rows(found, "item")] == [35, 52.5]


def _prose(text: str, length: int = 30) -> list[tuple[float, float, str]]:
    return [
        (0.12, 0.25 + 0.03 * n, text[n * length : (n + 1) * length]) for n in range(-(-len(text) // length))
    ]


def test_a_certificate_by_correspondence_and_its_number_is_nobodys_id() -> None:
    said = (
        "学生张小三，性别女，1985年3月5日生，于二〇〇五年三月至二〇〇八年一月在本校函授学习工程造价专业，"
        "修完三年制专科教学计划规定的全部课程，成绩合格，准予毕业。"
    )
    lines = [*_prose(said), (0.12, 0.5, "校名：浙江样例学院"), (0.12, 0.58, "证书编号：123456200806001234")]
    found = values(facts(page(lines, title="成人高等教育毕业证书")))
    assert (found["name"], found["school"], found["level"]) == ("张小三", "浙江样例学院", "专科")
    assert (found["speciality"], found["start"], found["graduated"]) == ("工程造价", "2005-03", "2008-01")
    assert found["number"] == "123456200806001234"
    assert "id_number" not in found


def test_a_masters_degree() -> None:
    said = (
        "李思明，男，1980年3月5日生。在浙江样例大学结构工程学科（专业）已通过硕士学位的课程考试和论文答辩，"
        "成绩合格，根据《中华人民共和国学位条例》的规定，授予工学硕士学位。"
    )
    found = values(facts(page(_prose(said), title="硕士学位证书")))
    assert (found["degree"], found["speciality"], found["proves"]) == ("工学硕士学位", "结构工程", "学位")


@pytest.mark.parametrize(
    ("said", "award", "grade"),
    [
        ("王小明同志：在2019年度小组成果评比中，荣获二等奖，特发此证。", "2019年度小组成果评比", "二等奖"),
        ("授予王小明同志“2018年度先进工作者”荣誉称号。", "2018年度先进工作者", None),
    ],
)  # fmt: skip
def test_awards(said: str, award: str, grade: str | None) -> None:
    found = values(facts(page(_prose(said), title="荣誉证书")))
    assert (found["name"], found["award"], found.get("grade")) == ("王小明", award, grade)


def test_who_took_which_part() -> None:
    lines = [
        (0.1, 0.3, "项目负责人：王小明"),
        (0.1, 0.34, "编写人员：李思 赵敏 钱程"),
        (0.1, 0.38, "审定：周全"),
    ]
    found = rows(facts(page(lines, title="某县填埋场封场工程可行性研究报告")), "person")
    assert [(row["role"], row["name"]) for row in found] == [
        ("项目负责人", "王小明"), ("编写人员", "李思"), ("编写人员", "赵敏"), ("编写人员", "钱程"),
        ("审定", "周全"),
    ]  # fmt: skip


def test_rows_of_a_roster_keep_the_form_they_were_filled_in() -> None:
    """A cell of two lines is one value; the unit of the first row is not the document's."""
    head = ["序号", "姓名", "出生年月", "工作单位", "申报专业类别", "取得时间", "单位考核情况", "备注"]
    first = ["1", "李思", "198008", "样例监测中心", "监测与分析", "201412", "", "参加面试"]
    second = ["2", "王小明", "1975.3", "样例规划院", "规划与管理", "201312", "2017合格", ""]
    columns = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.7, 0.88)
    cells = grid(columns, [head, first, second], pitch=0.06)
    cells += [(0.7, 0.35, "2017合格、2018合格、"), (0.7, 0.37, "2019优秀")]
    told = facts(page(cells, title="高级工程师评审对象花名册"))
    assert "employer" not in told.fields
    assert rows(told, "listed") == [
        {
            "name": "李思", "born": "198008", "employer": "样例监测中心", "category": "监测与分析",
            "obtained": "201412", "results": "2017合格、2018合格、2019优秀", "remark": "参加面试",
        },
        {
            "name": "王小明", "born": "1975.3", "employer": "样例规划院", "category": "规划与管理",
            "obtained": "201312", "results": "2017合格",
        },
    ]  # fmt: skip


def test_labels_read_down_as_one_line_name_each_their_own_place() -> None:
    """Their height was taken for that of print, three cells ran together and no place was the unit's."""
    labels = ("所在单位推荐意见", "主管部门审核意见", "人社部门意见")
    reading = page([(0.68, 0.42 + 0.19 * place, "盖章") for place in range(3)], title="专业技术资格评审表")
    upright = []
    for place, label in enumerate(labels):
        top, bottom = 0.36 + 0.19 * place, 0.36 + 0.19 * place + 0.0175 * len(label)
        corners = [Point(x, y) for x, y in ((0.115, top), (0.14, top), (0.14, bottom), (0.115, bottom))]
        quad = Quad(points=(corners[0], corners[1], corners[2], corners[3]))
        upright.append(Line(text=label, raw=label, confidence=0.98, quad=quad))
    found = facts(reading.model_copy(update={"lines": (*reading.lines, *upright)}))
    told = [(row["role"], row["label"]) for row in rows(found, "place")]
    assert told == list(zip(("unit", "authority", "personnel"), labels, strict=True))
