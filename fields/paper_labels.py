"""Labels of journals and databases (刊名, 主办单位, 作者 …) and the value beside or below each.

A page of a database or a copyright page is a list of label and value; engines merge neighbours and drop
colons, so a value ends where the next known label begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from domain.facts import Field
from fields.layout import Sheet, shared_width
from fields.paper_fields import made_of
from fields.spans import Span

_WORDS = """
journal: 期刊名称 刊物名称 出版物名称 期刊中文名 中文刊名 刊名 杂志名称 文献来源 来源期刊 出处 来源 期刊
title: 论文题目 论文题名 中文题名 篇名 题名 论文名称 文章标题 标题 题目
authors: 作者姓名 作者 责任者
employer: 作者单位 作者机构 机构地区 机构 单位
sponsor: 主办单位 主办 主辦單位
supervisor: 主管单位 主管部门 主管
publisher: 出版单位 编辑出版 出版社 出版者 出版
issn: 国际标准连续出版物号 国际标准刊号 ISSN
cn: 国内统一连续出版物号 国内统一刊号 CN
year_issue: 年,卷(期) 年,期 年/期 年卷期 年期 卷期 刊期 期次 发表年期
year: 出版年份 发表年份 出版年 年份
issue: 期号 期数 期
date: 出版日期 出版时间 发表时间 发表日期 见刊日期 在线出版日期
pages: 起止页码 所在页码 页码 页次 页数
source: 来源数据库 数据来源 检索平台 检索网站 数据库
other: 摘要 关键词 基金项目 基金 分类号 专辑 专题 DOI doi 总编辑 主编 副主编 社长 编辑部 编辑 地址
    电话 邮编 邮政编码 传真 邮箱 网址 定价 邮发代号 国外代号 国外发行 国内发行 发行单位 发行 发行范围
    印刷 印刷单位 广告 创刊 创刊时间 语种 开本 出版地 出版周期 协办 承办 被引 下载 所属期刊栏目 语言
    大小 导师 Email E-mail 所在地 文献类型 审批文号 许可证 承印 类别 主题 在线阅读 国际刊号 备注
"""
LABELS: dict[str, tuple[str, ...]] = {
    meaning: tuple(words.split())
    for meaning, words in re.findall(r"^(\w+):((?:.|\n )*)", _WORDS, re.MULTILINE)
}
"""Meaning → words for it, the most telling first."""

_COLON = r"[:：;；\]】》〉]"
_EVERY = sorted({word for words in LABELS.values() for word in words}, key=len, reverse=True)
_AT_START = re.compile(
    rf"^[【\[《〈●■◆·*\W]*(?P<label>{'|'.join(map(re.escape, _EVERY))})(?P<colon>{_COLON}*)"
)
_NEXT = re.compile(rf"(?P<label>{'|'.join(map(re.escape, _EVERY))}){_COLON}")
_MEANING = {word: meaning for meaning, words in LABELS.items() for word in words}
_SHORTEST_WITHOUT_COLON = 4


def labelled(sheets: Iterable[Sheet], meaning: str) -> Field | None:
    """The surest value of a label with that meaning; ``None`` where there is none."""
    best: Field | None = None
    for sheet in sheets:
        for value, sure in values(sheet, meaning):
            found = made_of([value], value.flat, sure)
            if best is None or found.confidence > best.confidence + 0.02:
                best = found
    return best


def values(sheet: Sheet, meaning: str) -> Iterator[tuple[Span, float]]:
    """Every value of a label with that meaning: after it, right of it, or under it."""
    for span in sheet.spans:
        for start, end, label, coloned in _labels_in(span.flat):
            if _MEANING[label] != meaning:
                continue
            rest = span.flat[end:]
            stop = _NEXT.search(rest)
            inline = rest[: stop.start()] if stop else rest
            inner = inline.strip(" ,，。.;；:：|｜")
            if inner:
                if (
                    coloned
                    or len(label) >= _SHORTEST_WITHOUT_COLON
                    or (start == 0 and label in ("作者", "题名", "刊名", "篇名"))
                ):
                    at = end + inline.index(inner)
                    yield span.flat_part(at, at + len(inner)), 1.0 if coloned else 0.9
            elif not stop:
                beside = _beside(sheet, span)
                if beside is not None:
                    yield beside


def _labels_in(text: str) -> Iterator[tuple[int, int, str, bool]]:
    first = _AT_START.match(text)
    if first:
        yield first.start("label"), first.end(), first["label"], bool(first["colon"])
    for found in _NEXT.finditer(text, first.end() if first else 0):
        yield found.start(), found.end(), found["label"], True


def _beside(sheet: Sheet, span: Span) -> tuple[Span, float] | None:
    right = next(sheet.right_of(span), None)
    if right is not None and not _is_label(right.flat):
        part = right.flat.strip(":： ")
        return (
            (right.flat_part(right.flat.index(part), right.flat.index(part) + len(part)), 0.95)
            if part
            else None
        )
    for under in sheet.below(span):
        if _is_label(under.flat):
            return None
        if shared_width(span, under) > 0:
            return under, 0.85
    return None


def _is_label(text: str) -> bool:
    found = _AT_START.match(text)
    return bool(found) and (found.end() == len(text) or bool(found["colon"])) if found else False


def count(sheet: Sheet, *meanings: str) -> int:
    """How many of these labels the page bears at the beginning of a line or before a colon."""
    seen = {_MEANING[label] for span in sheet.spans for _, _, label, _ in _labels_in(span.flat)}
    return len(seen & set(meanings))
