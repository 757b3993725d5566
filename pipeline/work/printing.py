"""What the store keeps of a reading so that its pages are known again in other applications."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from domain.reading import PageReading, Reading
from matching.text import bare
from pipeline.work.workplace import Workplace
from store import judgements, prints
from store.prints import CONTENTS, HASH_DIGITS, PAGE, SEAL, SIGNATURE, Print

_CONTENTS = ("目录", "目次")
_LONG_LINE = 10
"""Characters (bare) of a line that is hardly anywhere else: a title with its authors."""
_AT_ONCE = 20

log = logging.getLogger(__name__)


def prints_of(reading: Reading) -> list[Print]:
    """The prints of a reading's pages. Those of an older form are left out: nothing compares with them."""
    return [one for page in reading.pages for one in _of_page(page)]


def take_missing(workplace: Workplace) -> int:
    """Take the prints of some readings from before there were any; returns how many were looked at."""
    with workplace.database.reading() as session:
        waiting = judgements.not_printed(session, _AT_ONCE)
    if not waiting:
        return 0
    taken = {key: _prints_in(text) for key, text in waiting.items()}
    with workplace.database.writing() as session:
        for (sha256, versions), found in taken.items():
            if found:
                prints.keep(session, sha256, found)
            judgements.mark_printed(session, sha256, versions)
    return len(waiting)


def _prints_in(text: str) -> list[Print]:
    try:
        return prints_of(Reading.model_validate_json(text))
    except ValidationError:
        return []  # of a form that is read no more


def _of_page(page: PageReading) -> list[Print]:
    traces = page.traces
    found = [Print(SEAL, one.hash, one.picture) for one in traces.seal_prints]
    found += [Print(SIGNATURE, one.hash, one.picture) for one in traces.signature_prints]
    lines = [bare(line.text) for line in page.lines]
    if traces.print is not None and any(lines):
        found.append(Print(PAGE, traces.print.hash, traces.print.picture))
    found = [one for one in found if len(one.hash) == HASH_DIGITS]
    if any(line.startswith(_CONTENTS) for line in lines):
        found.append(Print(CONTENTS, lines=tuple(line for line in lines if len(line) >= _LONG_LINE)))
    return found
