"""Documents understood once: an application is judged anew with every file, those before it are the same."""

from __future__ import annotations

from pathlib import Path

from domain.declaration import DeclaredEvidence
from domain.facts import Document, KindGuess
from domain.kinds import EvidenceKind, ReadingStatus
from domain.reading import Reading
from domain.review import JournalLists
from domain.settings import Settings
from pipeline.tools import JudgingTools
from pipeline.work.remembering import remembering
from pipeline.work.workplace import workplace_for


class Understanding:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def tools(self) -> JudgingTools:
        def refused(*_: object) -> object:
            raise AssertionError("nothing is judged here")

        return JudgingTools(
            understand=self.understand,
            run_checks=refused,  # type: ignore[arg-type]
            assemble=refused,  # type: ignore[arg-type]
            load_plan=refused,  # type: ignore[arg-type]
            default_plan="",
            lists=JournalLists(),
        )

    def understand(self, reading: Reading, declared: DeclaredEvidence | None) -> Document:
        self.asked.append(reading.sha256)
        kind = declared.kind if declared and declared.kind else EvidenceKind.OTHER
        return Document(kind=KindGuess(name=kind, confidence=1.0), page_kinds=(), facts=())


def _reading(sha256: str, name: str = "a.jpg") -> Reading:
    return Reading(
        path=name, sha256=sha256, size=1, media_type="image/jpeg", status=ReadingStatus.COMPLETE, pages=()
    )


def test_the_same_bytes_are_understood_once_however_often_tools_are_made() -> None:
    understanding = Understanding()
    make = remembering(understanding.tools)
    first = make().understand(_reading("aa"), None)
    assert make().understand(_reading("aa"), None) is first
    make().understand(_reading("bb"), None)
    assert understanding.asked == ["aa", "bb"]


def test_what_the_applicant_says_of_a_file_is_not_forgotten_over_it() -> None:
    tools = remembering(Understanding().tools)()
    declared = DeclaredEvidence(file="a.jpg", kind=EvidenceKind.CE_RECORD)
    assert tools.understand(_reading("aa"), None).kind.name is EvidenceKind.OTHER
    assert tools.understand(_reading("aa"), declared).kind.name is EvidenceKind.CE_RECORD


def test_the_one_needed_longest_ago_is_forgotten_first() -> None:
    understanding = Understanding()
    tools = remembering(understanding.tools, most=2)()
    for sha256 in ("aa", "bb", "aa", "cc", "aa", "bb"):
        tools.understand(_reading(sha256), None)
    assert understanding.asked == ["aa", "bb", "cc", "bb"]


def test_a_worker_remembers(tmp_path: Path) -> None:
    place = workplace_for(Settings(data=tmp_path))
    reading = _reading("aa")
    assert place.judging_tools().understand(reading, None) is place.judging_tools().understand(reading, None)
