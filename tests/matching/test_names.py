"""Names: same, perhaps the same, somebody else's."""

import pytest

from matching.likeness import Likeness
from matching.names import normal_name, same_person


@pytest.mark.parametrize(
    "read",
    ["陈知远", "陈 知 远", "姓名：陈知远", "陈知远先生", "陳知遠", "陈知远同志", "陈知远 男"],
)
def test_same(read: str) -> None:
    assert same_person("陈知远", read) is Likeness.SAME


def test_dotted_names() -> None:
    assert same_person("阿卜杜·热合曼", "阿卜杜热合曼") is Likeness.SAME


@pytest.mark.parametrize(
    ("expected", "read", "confidence"),
    [
        ("王建国", "王健国", 1.0),
        ("王建国", "王建", 1.0),
        ("王建国", "", 1.0),
        ("王建国", "12345", 1.0),
        ("王建国", "绍兴市建设工程有限公司", 1.0),
        ("王建国", "王建军", 0.8),
        ("王建国", "李四光", 0.3),
    ],
)
def test_unsure(expected: str, read: str, confidence: float) -> None:
    assert same_person(expected, read, confidence) is Likeness.SIMILAR


@pytest.mark.parametrize("read", ["王建军", "李四光", "李四", "欧阳修远"])
def test_another(read: str) -> None:
    assert same_person("王建国", read) is Likeness.DIFFERENT


@pytest.mark.parametrize("name", ["高工", "李男", "男女"])
def test_a_name_that_reads_like_a_title_stays_whole(name: str) -> None:
    assert normal_name(name) == name
