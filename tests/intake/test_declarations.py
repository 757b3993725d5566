"""declaration.json: what is wrong is named in Chinese words, and nothing raises anything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.declaration import Declaration
from domain.errors import InputError
from intake.declarations import parse_declaration, read_declaration

WHOLE = {
    "plan": "shaoxing-construction-2020",
    "applicant": {"name": "王小明", "current_title": {"name": "高级工程师", "obtained": "2013-12"}},
    "continuing_education": [{"year": 2018, "total": 96, "professional": 62.5}],
    "papers": [{"title": "论钢结构", "authors": ["王小明", "李四"], "year": 2018}],
    "evidence": [{"file": "ce-2018.jpg", "kind": "ce_record", "copy": True}],
    "another_program": {"kept": "aside"},
}


def parsed(data: object) -> Declaration:
    return parse_declaration(json.dumps(data, ensure_ascii=False).encode(), "declaration.json")


def wrong(data: object) -> str:
    with pytest.raises(InputError) as error:
        parsed(data)
    assert error.value.code == "form.value-format"
    return error.value.message


def changed(key: str, value: object) -> dict[str, object]:
    return {**WHOLE, key: value}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_declaration_is_read_in_any_usual_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "declaration.json"
    path.write_bytes(json.dumps(WHOLE, ensure_ascii=False).encode(encoding))
    declaration = read_declaration(path)
    assert declaration.applicant.name == "王小明"
    assert declaration.papers[0].authors == ("王小明", "李四")
    assert declaration.continuing_education[0].professional == 62.5
    assert declaration.evidence[0].copy_ is True


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            changed("continuing_education", [{"year": "二〇一八"}]),
            "continuing_education（继续教育）第1项的 year（年度）应为整数（现为“二〇一八”）",
        ),
        (
            changed("continuing_education", [{"year": 2018}, {"year": 2019, "total": "多"}]),
            "continuing_education（继续教育）第2项的 total（总学时）应为数字",
        ),
        (
            changed("continuing_education", [{"year": 2018, "total": float("nan")}]),
            "continuing_education（继续教育）第1项的 total（总学时）应为数字",
        ),
        (changed("papers", [{"year": 2018}]), "papers（论文）第1项的 title（题名）没有填写"),
        (changed("papers", "无"), "papers（论文）应为列表"),
        (
            changed("evidence", [{"file": "a.jpg", "kind": "selfie"}]),
            "evidence（佐证材料）第1项的 kind（材料种类）",
        ),
        (changed("evidence", [{"file": "a.jpg", "copy": "是"}]), "copy（是否复印件）应为true或false"),
        (changed("applicant", {"name": ""}), "applicant（申报人）的 name（姓名）不能为空"),
        (changed("applicant", "王小明"), "applicant（申报人）应为一组字段"),
        ({}, "applicant（申报人）没有填写"),
        ([], "一组字段"),
    ],
)
def test_a_wrong_field_is_named(data: object, words: str) -> None:
    assert words in wrong(data)


def test_many_mistakes_are_counted_not_all_listed() -> None:
    message = wrong(changed("assessments", [{"year": "x"}] * 9))
    assert message.count("应为整数") == 5
    assert "另有4处" in message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"applicant": \n {"name": }}', "第2行第11个字符"),
        (b"", "第1行"),
        (b"\xff\xfe\x00", "不是有效的JSON"),
        (b"[" * 100_000, "不是有效的JSON"),
        (b'{"a": ' + b"1" * 5000 + b"}", "不是有效的JSON"),
    ],
)
def test_malformed_json_is_said_plainly(content: bytes, words: str) -> None:
    with pytest.raises(InputError) as error:
        parse_declaration(content, "declaration.json")
    assert words in error.value.message


def test_a_declaration_too_large_or_absent_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "declaration.json"
    with pytest.raises(InputError, match="无法读取"):
        read_declaration(path)
    path.write_bytes(b" " * (2 * 1024 * 1024 + 1))
    with pytest.raises(InputError, match="超过2MB"):
        read_declaration(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*Declaration.model_fields, "name", "year"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(data=json_values)
def test_any_json_gives_a_declaration_or_an_input_error(data: object) -> None:
    content = json.dumps(data).encode()
    try:
        outcome = parse_declaration(content, "declaration.json").applicant.name
    except InputError as refused:
        outcome = refused.message
    assert outcome
