"""Units: the seal's name against the declared one."""

import pytest

from matching.likeness import Likeness
from matching.units import compare_units, issuer_province, normal_unit

UNIT = "绍兴市样例建筑设计院有限公司"


@pytest.mark.parametrize(
    "read",
    [
        UNIT,
        "绍兴市样例建筑设计院有限责任公司",
        "绍兴市样例建筑设计院有限公司人事处",
        "绍兴市样例建筑设计院有限公司人力资源部专用章",
        "绍兴市样例建筑设计院有限公司人事专用章(2)",
        "绍兴市样例建筑设计院有限公司 3306020012345",
        "（绍兴市）样例建筑设计院有限公司",
    ],
)
def test_same(read: str) -> None:
    assert compare_units(UNIT, read) is Likeness.SAME


@pytest.mark.parametrize(
    "read",
    [
        "绍兴市样例建筑没计院有限公司",
        "绍兴市样例建筑设计院有限公司诸暨分公司",
        "样例建筑设计院",
        "绍兴样例建筑设计院有限公司",
        "",
        "章",
    ],
)
def test_unsure(read: str) -> None:
    assert compare_units(UNIT, read) is Likeness.SIMILAR


@pytest.mark.parametrize(
    ("expected", "read"),
    [
        ("绍兴市第一建筑工程公司", "绍兴市第二建筑工程公司"),
        ("新昌县住房和建设局", "新昌区住房和建设局"),
        ("样例东方建设有限公司", "样例西方建设有限公司"),
        ("绍兴市样例建设有限公司", "绍兴市天成建设有限公司"),
        ("绍兴市建设局", "绍兴市水利局"),
    ],
)
def test_near_rivals(expected: str, read: str) -> None:
    assert compare_units(expected, read) is Likeness.DIFFERENT
    assert compare_units(expected, read, confidence=0.6) is not Likeness.SAME


def test_a_poor_reading_of_a_rival_is_not_held_against_anyone() -> None:
    assert compare_units("绍兴市第一建筑工程公司", "绍兴市第二建筑工程公司", 0.6) is Likeness.SIMILAR


def test_a_department_is_not_taken_off_a_unit_that_is_nothing_else() -> None:
    assert normal_unit("人事处") == "人事处"


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("浙江省人力资源和社会保障厅", "浙江"),
        ("嵊州市人力资源和社会保障局", "浙江"),
        ("合肥市职称办公室", "安徽"),
        ("浙G33001234", "浙江"),
        ("苏高职字第12号", "江苏"),
        ("全国样例协会", None),
        ("ZGB33012", None),
    ],
)
def test_issuer_province(text: str, province: str | None) -> None:
    assert issuer_province(text) == province


def test_another_firm_of_the_same_trade_is_different_though_read_unsurely() -> None:
    """Beneath a seal, read with 0.76: 恒岳 is no misreading of 博阳, however much of the trade both share."""
    wanted = "诸暨市博阳市政工程设计研究院有限公司"
    assert compare_units(wanted, "绍兴市柯桥区恒岳市政工程设计研究院有限公司", 0.76) is Likeness.DIFFERENT
    assert compare_units(wanted, "诸暨市博旧市政工程设计研究院有限公司", 0.76) is Likeness.SIMILAR
    assert compare_units(wanted, "诸暨市市政工程设计研究院有限公司", 0.76) is Likeness.SIMILAR
