"""Old batches under other rules: who changes, and by which flags; nothing is read and nothing lost."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from domain.errors import FileProblem, InputError
from domain.kinds import ReadingStatus, Verdict
from domain.plan import Plan
from domain.reading import FileError, Reading
from domain.review import JournalLists, JournalRow
from domain.settings import Limits
from pipeline.kept_batch import NAME, kept
from pipeline.replaying import BatchInFolder, replay, with_plan
from pipeline.tools import JudgingTools
from pipeline.work.versions import reader_version
from policies import load_plan
from tests.pipeline.demo_batch import demo_tools, kept_in, read_demo

PRESENT = reader_version(Limits())
BATCH = ("01-clean", "02-clean-paper", "11-blacklist")
FILES = ("ce-2018.jpg",)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> JudgingTools:
    return demo_tools(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, tools: JudgingTools) -> Path:
    return kept_in(tmp_path_factory.mktemp("out"), read_demo(*BATCH, files=FILES), tools)


def batch(out: Path) -> BatchInFolder:
    return BatchInFolder(out, kept(out), PRESENT)


def asking(total: int) -> Plan:
    """The demo's plan, asking for so many hours in 2018."""
    plan = load_plan("shaoxing-construction-2020")
    requirements = tuple(
        one.model_copy(
            update={
                "checks": tuple(
                    use.model_copy(update={"parameters": {**use.parameters, "years": [2018], "total": total}})
                    if use.check == "hours.minimum"
                    else use
                    for use in one.checks
                )
            }
        )
        for one in plan.requirements
    )
    return plan.model_copy(update={"requirements": requirements})


def test_the_same_rules_change_nobody(out: Path, tools: JudgingTools) -> None:
    told = replay(batch(out), tools, None)
    assert told.applications == len(BATCH)
    assert told.differences == ()
    assert told.notes == ()


def test_a_plan_that_asks_for_more_names_exactly_those_who_have_less(out: Path, tools: JudgingTools) -> None:
    """01 and 02 have 96 hours in 2018, 11 has 98."""
    base = kept_in(out / "90", read_demo(*BATCH, files=FILES), with_plan(tools, asking(90)))
    told = replay(batch(base), with_plan(tools, asking(97)), None)
    assert [one.applicant for one in told.differences] == ["冯行坚", "宋国天"]
    (came,) = told.differences[0].came
    assert (came.code, came.expected, came.found) == ("hours.total-short", "≥ 97", "96")
    assert "每年度不得少于90学时" in came.requirement.quote
    back = replay(
        batch(kept_in(out / "97", read_demo(*BATCH, files=FILES), with_plan(tools, asking(97)))),
        with_plan(tools, asking(90)),
        None,
    )
    assert [[flag.code for flag in one.gone] for one in back.differences] == [["hours.total-short"]] * 2


def test_a_demand_raised_again_is_one_flag_changed(out: Path, tools: JudgingTools) -> None:
    base = kept_in(out / "first", read_demo("01-clean", files=FILES), with_plan(tools, asking(97)))
    (person,) = replay(batch(base), with_plan(tools, asking(99)), None).differences
    assert (person.came, person.gone) == ((), ())
    (change,) = person.changed
    assert (change.before.expected, change.after.expected) == ("≥ 97", "≥ 99")


def test_a_list_with_the_journal_brings_its_flag(out: Path, tools: JudgingTools) -> None:
    row = JournalRow(title="浙东土木", kind="illegal", reason="演示", source="演示")
    black = JournalLists(blacklist_rows=(*tools.lists.blacklist_rows, row))
    told = replay(batch(out), replace(tools, lists=black), None)
    (person,) = told.differences
    assert person.applicant == "宋国天"
    assert "journal.blacklisted" in [flag.code for flag in person.came]
    assert person.after is Verdict.FAIL


def test_one_path_twice_gives_the_same_difference(out: Path, tools: JudgingTools) -> None:
    first, second = (replay(batch(out), with_plan(tools, asking(99)), None) for _ in range(2))
    assert first == second
    assert sum(one.applications for one in first.verdicts) == len(BATCH)


def test_a_file_that_failed_stays_failed(tmp_path: Path, tools: JudgingTools) -> None:
    (read,) = read_demo("01-clean", files=FILES)
    error = FileError(code=FileProblem.ENCRYPTED, message="文件“a.pdf”已加密。")
    locked = Reading(
        path="a.pdf", sha256="", size=1, media_type="?", status=ReadingStatus.UNREADABLE, error=error
    )
    read = read.model_copy(update={"uploads": (*read.uploads, (locked, None))})
    out = kept_in(tmp_path, [read], tools)
    assert "file.encrypted" in {flag.code for flag in kept(out).applications[0].stood.flags}
    assert replay(batch(out), tools, None).differences == ()


def test_readings_are_for_their_owner_alone_and_another_version_is_said(
    tmp_path: Path, tools: JudgingTools
) -> None:
    out = kept_in(tmp_path, read_demo("01-clean", files=FILES), tools, reader="0123456789abcdef")
    assert stat.S_IMODE((out / NAME).stat().st_mode) == 0o600
    (note,) = replay(batch(out), tools, None).notes
    assert "0123456789ab" in note


@pytest.mark.parametrize("cut", [0, 40, -30])
def test_what_is_absent_or_damaged_is_said(out: Path, tmp_path: Path, cut: int) -> None:
    with pytest.raises(InputError, match="重新核对一次"):
        kept(tmp_path)
    (tmp_path / NAME).write_bytes((out / NAME).read_bytes()[: cut or 0])
    with pytest.raises(InputError, match="已损坏"):
        kept(tmp_path)
