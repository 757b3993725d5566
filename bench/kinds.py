"""How often a page's kind is told right, with its title and without: a confusion table over every kind.

    python -m bench.kinds [--drawn SEED] [--verbose]

Without ``--drawn`` the recorded readings of the real engine are judged (no network runs); with it, pages of
that seed are drawn anew and taken as a perfect engine would read them. A page without its title has lost
everything in the top seventh of its print. *Unknown* is a page that no kind claims with confidence 0.5.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from domain.geometry import Box
from domain.kinds import ReadingStatus
from domain.reading import PageReading, Reading
from fields import understand

FOLDER = Path(__file__).parents[1] / "fixtures" / "readings"
RECORDED = (FOLDER / "evidence", FOLDER / "forms")
CUT_OFF = 1 / 7
KNOWN = 0.5
UNKNOWN = "unknown"


def recorded() -> Iterator[tuple[str, PageReading]]:
    """True kind and reading of every recorded page."""
    for folder in RECORDED:
        for path in sorted(folder.glob("*.json")):
            told = json.loads(path.read_text("utf-8"))
            yield told["truth"]["kind"], PageReading.model_validate(told["reading"])


def drawn(seed: int) -> Iterator[tuple[str, PageReading]]:
    """Pages of every kind and layout, read without a slip."""
    from fixtures.form_samples import form_pages
    from fixtures.readings.from_truth import reading_of
    from fixtures.samples import clean_pages

    for _, page in (*clean_pages(seed), *form_pages(seed)):
        if page.truth.kind != "id_photo":
            yield page.truth.kind, reading_of(page.truth)


def untitled(page: PageReading) -> PageReading:
    """The page with the top of its print cut off."""
    if not page.lines:
        return page
    whole = Box.around(line.box for line in page.lines)
    low = whole.top + CUT_OFF * whole.height
    return page.model_copy(update={"lines": tuple(line for line in page.lines if line.box.top >= low)})


def kind_of(page: PageReading) -> str:
    """What the page is taken for, or that it is not known."""
    reading = Reading(
        path="page.jpg",
        sha256="0" * 64,
        size=1,
        media_type="image/jpeg",
        status=ReadingStatus.COMPLETE,
        pages=(page,),
    )
    kind = understand(reading).kind
    return kind.name.value if kind.confidence >= KNOWN else UNKNOWN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=int, help="draw pages of this seed instead")
    parser.add_argument("--verbose", action="store_true", help="every kind, not only the confused ones")
    arguments = parser.parse_args()
    pages = list(drawn(arguments.drawn) if arguments.drawn is not None else recorded())
    for name, change in (("whole pages", lambda page: page), ("without title", untitled)):
        table: Counter[tuple[str, str]] = Counter((kind, kind_of(change(page))) for kind, page in pages)
        right = sum(count for (kind, told), count in table.items() if kind == told)
        unknown = sum(count for (_, told), count in table.items() if told == UNKNOWN)
        wrong = len(pages) - right - unknown
        print(f"{name}: {len(pages)} pages, {right} right, {unknown} unknown, {wrong} taken for another kind")
        for (kind, told), count in sorted(table.items()):
            if arguments.verbose or kind != told:
                print(f"  {count:4d}  {kind} -> {told}")


if __name__ == "__main__":
    main()
