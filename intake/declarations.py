"""declaration.json to ``domain.declaration.Declaration``; what is wrong with it is said in Chinese."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.declaration import Declaration
from domain.errors import InputError
from intake.names import safe_name

PlaceOf = Callable[[tuple[int | str, ...]], str | None]
FILE_NAME = "declaration.json"
CODE = "form.value-format"
_LARGEST = 2 * 1024 * 1024
_ERRORS_SHOWN = 5
_VALUE_SHOWN = 30

_WORDS = {
    "applicant": "申报人",
    "name": "名称",
    "applicant.name": "姓名",
    "id_number": "身份证号",
    "employer": "工作单位",
    "current_title": "现任职称",
    "obtained": "取得时间",
    "plan": "评审计划",
    "level": "申报级别",
    "route": "申报途径",
    "continuing_education": "继续教育",
    "year": "年度",
    "total": "总学时",
    "professional": "专业科目学时",
    "industry_public": "行业公需科目学时",
    "general_public": "一般公需科目学时",
    "papers": "论文",
    "title": "题名",
    "authors": "作者",
    "journal": "期刊",
    "issue": "期号",
    "pages": "页码",
    "certificates": "证书",
    "number": "编号",
    "appointments": "聘任",
    "position": "职务",
    "start": "开始日期",
    "end": "结束日期",
    "assessments": "年度考核",
    "result": "考核结果",
    "statement": "本人述职",
    "submitted": "申报日期",
    "education": "学历",
    "school": "毕业院校",
    "graduated": "毕业时间",
    "abroad": "是否国（境）外学历",
    "later": "是否后学历",
    "projects": "项目",
    "collective": "是否集体项目",
    "category": "申报专业类别",
    "last_review": "上次评审",
    "passed": "是否通过",
    "new_work": "是否有新业绩",
    "registration_revoked": "撤销注册日期",
    "publicity": "公示",
    "social_security_province": "社保缴纳省份",
    "employer_kind": "单位性质",
    "evidence": "佐证材料",
    "file": "文件",
    "kind": "材料种类",
    "copy": "是否复印件",
    "about": "证明内容",
}
_EXPECTED = {
    "int": "应为整数",
    "float": "应为数字",
    "finite_number": "应为数字",
    "string_too_long": "过长",
    "string_pattern_mismatch": "格式不正确",
    "string": "应为文字",
    "bool": "应为true或false",
    "tuple": "应为列表",
    "model": "应为一组字段",
    "enum": "不是可用的种类名称",
    "literal": "不是可用的取值",
    "missing": "没有填写",
}


def read_declaration(path: Path, shown_name: str = FILE_NAME) -> Declaration:
    """The declaration in the JSON file ``path``. Raises InputError (``form.value-format``)."""
    name = safe_name(shown_name)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError:
        raise InputError(CODE, f"申报表数据“{name}”无法读取，请核对文件后重新提交。", name) from None
    if len(content) > _LARGEST:
        raise InputError(CODE, f"申报表数据“{name}”超过2MB，请删去多余内容后重新提交。", name)
    return parse_declaration(content, name)


def parse_declaration(content: bytes, name: str) -> Declaration:
    """The declaration in JSON ``content``: UTF-8 with or without a byte-order mark, UTF-16 or GB 18030."""
    try:
        data = json.loads(_decoded(content))
    except json.JSONDecodeError as error:
        raise InputError(
            CODE,
            f"申报表数据“{name}”第{error.lineno}行第{error.colno}个字符处不是有效的JSON格式，请改正后重新提交。",
            name,
        ) from None
    except (ValueError, RecursionError):
        raise InputError(
            CODE, f"申报表数据“{name}”不是有效的JSON格式，请另存为UTF-8编码的JSON文件后重新提交。", name
        ) from None
    return validated(data, name)


def validated(data: object, name: str, place: PlaceOf = lambda path: None) -> Declaration:
    """``data`` as a declaration, or an InputError that names each wrong field in Chinese.

    ``place``: where the value at a path stands in a file of another form, as words before its name.
    """
    if not isinstance(data, dict):
        raise InputError(
            CODE, f"申报表数据“{name}”应是一组字段（以“{{”开头），请按样例填写后重新提交。", name
        )
    try:
        return Declaration.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        wrong = [
            wording_of(item["loc"], item["type"], item["input"], place(item["loc"]))
            for item in found[:_ERRORS_SHOWN]
        ]
        more = f"；另有{len(found) - _ERRORS_SHOWN}处" if len(found) > _ERRORS_SHOWN else ""
        raise InputError(
            CODE, f"申报表数据“{name}”中{'；'.join(wrong)}{more}。请改正后重新提交。", name
        ) from None


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def wording_of(path: Iterable[int | str], kind: str, value: Any, before: str | None = None) -> str:
    """What is wrong with the value at ``path``; ``kind`` is pydantic's name of the error.

    ``before`` says where it stands, in place of the lists that it lies in.
    """
    steps = tuple(path)
    place = f"{before}{_place(steps[-1:])}" if before else _place(steps)
    if kind == "string_too_short":
        return f"{place}不能为空"
    expected = next((words for start, words in _EXPECTED.items() if kind.startswith(start)), "格式不正确")
    if kind == "missing" or isinstance(value, dict | list | tuple):
        return f"{place}{expected}"
    shown = safe_name(str(value)) if value not in (None, "") else "空"
    return f"{place}{expected}（现为“{shown[:_VALUE_SHOWN]}”）"


def words_of(key: str) -> str:
    """What a key means, for people; ``applicant.name`` and ``name`` are told apart by what is before it."""
    last = key.rsplit(".", 1)[-1]
    return _WORDS.get(key) or _WORDS.get(last) or ""


def _place(path: tuple[int | str, ...]) -> str:
    """``("papers", 0, "year")`` as ``papers（论文）第1项的 year（年度）``; keys are what the file has."""
    words = ""
    before = ""
    for step in path:
        if isinstance(step, int):
            words += f"第{step + 1}项"
        else:
            meaning = _WORDS.get(f"{before}.{step}") or _WORDS.get(step)
            words += f"{'的 ' if words else ' '}{step}{f'（{meaning}）' if meaning else ' '}"
            before = step
    return words
