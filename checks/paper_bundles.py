"""Which documents belong to which paper: by what the applicant said (``about``), else by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checks.evidence import UNDECLARED, may_hide
from domain.declaration import DeclaredPaper
from domain.facts import Facts
from domain.geometry import Box
from domain.kinds import PAPER_PARTS, EvidenceKind
from domain.reading import Line, PageReading
from domain.review import Dossier, EvidenceFile
from matching.journals import titles_alike
from matching.likeness import Likeness
from matching.papers import FOUND, compare_issues, compare_titles, title_found

_ABOUT = re.compile(r"papers/([0-9]{1,3})")
_PAPER_KINDS = PAPER_PARTS | {EvidenceKind.PAPER}


@dataclass(frozen=True, slots=True)
class Part:
    """One document that shows a part of a paper."""

    file: EvidenceFile
    facts: Facts

    @property
    def pages(self) -> tuple[PageReading, ...]:
        return tuple(page for page in self.file.reading.pages if page.number in self.facts.pages)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One paper: as declared (None where only evidence exists) and all that shows it."""

    paper: DeclaredPaper | None
    parts: tuple[Part, ...]
    files: tuple[EvidenceFile, ...]
    """Files with these parts, and files that were declared to be about this paper."""
    loose: tuple[EvidenceFile, ...] = ()
    """Files with parts of some paper that could not be told."""

    def of(self, *kinds: EvidenceKind) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.facts.kind in kinds)

    @property
    def title(self) -> str:
        if self.paper is not None:
            return self.paper.title
        for part in self.of(EvidenceKind.PAPER_ARTICLE, EvidenceKind.PAPER_RETRIEVAL):
            field = part.facts.get("title")
            if field is not None:
                return field.text
        return ""

    @property
    def shown(self) -> str:
        """How messages call the paper."""
        return f"论文《{self.title.strip('《》')}》" if self.title else "论文材料"


def bundles(dossier: Dossier) -> tuple[Bundle, ...]:
    """One bundle a declared paper; without declared papers, one for what evidence of papers there is."""
    papers = dossier.declaration.papers
    if not papers:
        return tuple(_undeclared(dossier))
    parts: list[list[Part]] = [[] for _ in papers]
    files: list[list[EvidenceFile]] = [[] for _ in papers]
    loose: list[EvidenceFile] = []
    for file in dossier.files:
        told = _told(file, len(papers))
        if told is not None:
            files[told].append(file)
            parts[told] += _parts(file)
            continue
        for part in _parts(file):
            owners = _owners(part, papers)
            for owner in owners:
                parts[owner].append(part)
                if file not in files[owner]:
                    files[owner].append(file)
            if not owners and file not in loose:
                loose.append(file)
        declared = file.declared.kind if file.declared else None
        if not _parts(file) and declared in _PAPER_KINDS:
            loose.append(file)
    return tuple(
        Bundle(paper, tuple(some), tuple(these), tuple(loose))
        for paper, some, these in zip(papers, parts, files, strict=True)
    )


def may_hold(bundle: Bundle, dossier: Dossier, kind: EvidenceKind) -> bool:
    """Whether a part of this kind may be there though the reading did not make it out."""
    undeclared = tuple(
        file
        for file in dossier.files
        if (file.declared.kind if file.declared else None) in UNDECLARED and not _parts(file)
    )
    candidates = tuple(dict.fromkeys((*(file.path for file in (*bundle.files, *bundle.loose, *undeclared)),)))
    near = tuple(file for file in dossier.files if file.path in candidates)
    if bundle.loose or may_hide(dossier.model_copy(update={"files": near}), {kind, EvidenceKind.PAPER}):
        return True
    return any(_unknown_pages(file) for file in bundle.files)


def _unknown_pages(file: EvidenceFile) -> bool:
    """A page whose kind could not be told, beyond the text that goes on after an article's first page."""
    before = None
    for page, kind in zip(file.reading.pages, file.document.page_kinds, strict=False):
        if kind is EvidenceKind.OTHER and not page.quality.blank:
            goes_on = before is EvidenceKind.PAPER_ARTICLE and len(page.lines) >= _PAGE_OF_TEXT
            if not goes_on:
                return True
        else:
            before = kind
    return False


_PAGE_OF_TEXT = 15
"""Lines that make a page of running text rather than a cover or a form."""


def _told(file: EvidenceFile, count: int) -> int | None:
    about = file.declared.about if file.declared else None
    match = _ABOUT.fullmatch(about) if about else None
    number = int(match[1]) if match else count
    return number if number < count else None


def _parts(file: EvidenceFile) -> list[Part]:
    return [Part(file, facts) for facts in file.document.facts if facts.kind in PAPER_PARTS]


def _owners(part: Part, papers: tuple[DeclaredPaper, ...]) -> tuple[int, ...]:
    """The papers that a document fits best; all of them where a page serves several (one issue's cover)."""
    if len(papers) == 1:
        return (0,)
    scores = [_fit(part, paper) for paper in papers]
    best = max(scores)
    return tuple(place for place, score in enumerate(scores) if score == best) if best > 0 else ()


def _fit(part: Part, paper: DeclaredPaper) -> float:
    facts, score = part.facts, 0.0
    title = facts.get("title")
    if title is not None and compare_titles(paper.title, title.text) is Likeness.SAME:
        score += 2
    elif facts.kind in (
        EvidenceKind.JOURNAL_CONTENTS,
        EvidenceKind.PAPER_ARTICLE,
        EvidenceKind.PAPER_RETRIEVAL,
    ):
        score += 2 * (max((best_on_page(paper.title, page)[0] for page in part.pages), default=0.0) >= FOUND)
    journal = facts.get("journal")
    if journal is not None and paper.journal and titles_alike(paper.journal, journal.text):
        score += 1
        year, issue = facts.get("year"), facts.get("issue")
        if year is not None and paper.year is not None:
            score += 0.3 if year.number == paper.year else -0.3
        if issue is not None and paper.issue:
            score += 0.3 if compare_issues(paper.issue, issue.text) is Likeness.SAME else -0.3
    return round(score, 3)


def _undeclared(dossier: Dossier) -> Iterator[Bundle]:
    files = [file for file in dossier.files if _parts(file)]
    parts = [part for file in files for part in _parts(file)]
    articles = [part for part in parts if part.facts.kind is EvidenceKind.PAPER_ARTICLE]
    if not parts:
        return
    if len(articles) <= 1:
        yield Bundle(None, tuple(parts), tuple(files))
        return
    for file in files:
        yield Bundle(None, tuple(_parts(file)), (file,), tuple(one for one in files if one is not file))


def best_on_page(title: str, page: PageReading) -> tuple[float, Box | None]:
    """How surely a title stands on a page (0-1), and where: in a line, or broken over up to three lines."""
    return _best_on_lines(title, page.lines)


@lru_cache(maxsize=1024)
def _best_on_lines(title: str, lines: tuple[Line, ...]) -> tuple[float, Box | None]:
    best: tuple[float, Box | None] = (0.0, None)
    for line in lines:
        together = [line]
        for _ in range(3):
            score = title_found(title, "".join(one.text for one in together))
            if score > best[0] + 1e-9:
                best = (score, Box.around(one.box for one in together))
            below = _below(together[-1], lines)
            if below is None:
                break
            together.append(below)
        if best[0] >= 1.0:
            break
    return best


def _below(line: Line, lines: tuple[Line, ...]) -> Line | None:
    """The next line in the same column, no further than two of its heights away."""
    box = line.box
    near = [
        other
        for other in lines
        if box.centre.y < other.box.top + other.box.height / 2
        and other.box.top - box.bottom < 2 * box.height
        and min(other.box.right, box.right) - max(other.box.left, box.left) > 0
        and other is not line
        and other.box.top > box.top + box.height / 2
    ]
    return min(near, key=lambda other: (other.box.top, other.box.left), default=None)
