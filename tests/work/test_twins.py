"""Twins by pictures among all applications of the store: who is told, and what of the other side."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from domain.page import PageImage
from domain.reading import Line, PageReading
from domain.traces import PageTraces
from pipeline.tools import ReadingTools
from pipeline.work.performing import work_until_idle
from pipeline.work.printing import take_missing
from pipeline.work.workplace import Workplace
from store.tables import PrintRow, ReadingRow
from tests.forensics.drawn import page_print, saved_again, sheet
from tests.pipeline import recorded
from tests.store.conftest import Clock
from tests.work.office import Office

TWIN = "duplicate.across-applications"
_QUAD = {"points": [[0.1, 0.1], [0.9, 0.1], [0.9, 0.14], [0.1, 0.14]]}


def _read_page(page: PageImage) -> PageReading:
    line = {"text": "继续教育登记", "raw": "继续教育登记", "confidence": 0.98, "quad": _QUAD}
    return recorded.read_page(page).model_copy(update={"lines": (Line.model_validate(line),)})


def _tools_that_see() -> ReadingTools:
    """The first page of every file is the same picture, each time saved anew; the others are their own."""
    seen = iter(range(1, 1000))

    def examine(page: PageImage, reading: PageReading) -> PageTraces:
        number = next(seen)
        picture = saved_again(sheet(1), number) if page.number == 1 else sheet(100 + number)
        return PageTraces(print=page_print(picture))

    return ReadingTools(opened=recorded.opened, read_page=_read_page, examine=examine)


@pytest.fixture
def seeing(place: Workplace) -> Workplace:
    tools = _tools_that_see()
    return replace(place, reading_tools=lambda: tools)


def handed_in(office: Office, name: str, content: str) -> str:
    application = office.apply(name)
    office.upload(application, content, f"{name}的登记.pdf", kind="ce_record")
    return application


def test_one_scan_saved_again_is_shown_in_both_applications(seeing: Workplace, office: Office) -> None:
    first = handed_in(office, "张三", "pages 1\nas it was scanned")
    work_until_idle(seeing)
    assert office.flags(first) == []
    second = handed_in(office, "李四", "pages 1\nsaved again")
    work_until_idle(seeing)
    (seen,), (told,) = office.flags(second), office.flags(first)
    assert (seen.code, seen.severity, seen.content["found"]) == (TWIN, "warning", first)
    assert (told.code, told.severity, told.content["found"]) == (TWIN, "warning", second)
    assert (len(office.reviews(first)), len(office.reviews(second))) == (2, 1)


def test_the_other_side_is_told_by_its_number_alone(seeing: Workplace, office: Office) -> None:
    first = handed_in(office, "张三", "pages 1\nas it was scanned")
    work_until_idle(seeing)
    second = handed_in(office, "李四", "pages 1\nsaved again")
    work_until_idle(seeing)
    content = json.dumps(office.flags(second)[0].content, ensure_ascii=False)
    assert first in content
    assert "张三" not in content


def test_one_persons_two_applications_are_no_twins(seeing: Workplace, office: Office) -> None:
    applications = [handed_in(office, "张三", f"pages 1\n{number}") for number in range(2)]
    work_until_idle(seeing)
    assert [office.flags(one) for one in applications] == [[], []]


def test_a_file_that_was_replaced_is_compared_no_more(
    seeing: Workplace, office: Office, clock: Clock
) -> None:
    first = office.apply("张三")
    old = office.upload(first, "pages 1\nas it was scanned", kind="ce_record")
    work_until_idle(seeing)
    clock.wait(1)
    office.upload(first, "code file.encrypted", replaces=old, kind="ce_record")
    second = handed_in(office, "李四", "pages 1\nsaved again")
    work_until_idle(seeing)
    assert office.flags(second) == []


def test_readings_from_before_get_their_prints(seeing: Workplace, office: Office) -> None:
    first = handed_in(office, "张三", "pages 1\nas it was scanned")
    work_until_idle(seeing)
    with seeing.database.writing() as session:
        session.execute(delete(PrintRow))
        session.execute(update(ReadingRow).values(printed=False))
        session.add(
            ReadingRow(
                sha256="f" * 64, versions="old", content=b"x\x9c\xab\xae\x05\x00\x01u\x00\xf9",
                read_at=seeing.clock(), printed=False,
            )
        )  # fmt: skip
    assert take_missing(seeing) == 2
    assert take_missing(seeing) == 0
    second = handed_in(office, "李四", "pages 1\nsaved again")
    work_until_idle(seeing)
    assert [flag.content["found"] for flag in office.flags(second)] == [first]
