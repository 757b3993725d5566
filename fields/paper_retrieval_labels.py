"""What the labels of a database's page say of a paper: 作者, 刊名, 出处, 年卷期, 页码."""

from __future__ import annotations

import re

from domain.facts import Field
from fields.layout import Sheet
from fields.paper_identity import bare_name
from fields.paper_labels import labelled
from fields.paper_names import author_list
from fields.paper_numbers import issue_of, year_of

_PAGES = re.compile(r"(\d{1,4})[-—–~](\d{1,4})")
_PAGES_AFTER_ISSUE = re.compile(r"(?:期|\(\d{1,2}\))[,，:：]?[Pp]?\.?(\d{1,4})[-—–~](\d{1,4})")
"""《…》2018年第5期32-35,共4页 · 2018,48(5):12-16"""


def labelled_facts(sheets: tuple[Sheet, ...]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    title = labelled(sheets, "title")
    if title and len(title.text) >= 4:
        fields["title"] = title
    authors = labelled(sheets, "authors")
    names = author_list(authors.raw) if authors else ()
    if authors and names:
        fields["authors"] = authors.model_copy(update={"value": ";".join(names)})
    journal = labelled(sheets, "journal")
    if journal and (name := journal_name(journal.text)):
        fields["journal"] = journal.model_copy(update={"value": name})
        fields |= year_and_issue(journal)
    year_issue = labelled(sheets, "year_issue")
    if year_issue:
        fields |= year_and_issue(year_issue)
    for name in ("employer",):
        found = labelled(sheets, name)
        if found:
            fields[name] = found
    date = labelled(sheets, "date")
    if date and "year" not in fields and (year := year_of(date.text)):
        fields["year"] = date.model_copy(update={"value": int(year.value)})
    pages = labelled(sheets, "pages")
    for field, pattern in ((pages, _PAGES), (journal, _PAGES_AFTER_ISSUE), (year_issue, _PAGES_AFTER_ISSUE)):
        told = pattern.search(re.sub(r"\s", "", field.raw)) if field else None
        if field and told:
            fields["pages"] = field.model_copy(update={"value": f"{int(told[1])}-{int(told[2])}"})
            break
    return fields


def journal_name(text: str) -> str:
    """《建筑结构》2018年第5期 → 建筑结构."""
    quoted = re.search(r"《([^》]+)》", text)
    if quoted:
        return bare_name(quoted[1])
    head = re.match(r"[^\d.,，;；]{2,30}", text)
    name = bare_name(head.group()) if head else ""
    return name if len(re.findall(r"[\u3400-\u9fffA-Za-z]", name)) >= 2 else ""


def year_and_issue(field: Field) -> dict[str, Field]:
    """2018,48(5) · 2018年第5期 · 2018-05."""
    text = re.sub(r"\s", "", field.raw)
    fields: dict[str, Field] = {}
    found = issue_of(text)
    if found:
        fields["issue"] = field.model_copy(
            update={"value": found[0].value, "confidence": field.confidence * found[0].sure}
        )
    year = re.search(r"(?:19|20)\d{2}", text)
    if year:
        fields["year"] = field.model_copy(update={"value": int(year.group())})
    return fields
