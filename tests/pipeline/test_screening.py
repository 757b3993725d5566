"""The line over a batch with a recorded engine: order, faults, duplicates, progress."""

from pathlib import Path

import pytest
from PIL import Image

from domain.declaration import Applicant, Declaration
from domain.errors import FileProblem, InputError, SetupError
from domain.kinds import ReadingStatus, Severity, Verdict
from domain.screening import PagePictures, PageProgress, Screening
from intake.applications import Application, Batch, EvidenceEntry
from pipeline.batch import Progress
from pipeline.inspection import inspect
from pipeline.pool import MakeTools
from pipeline.screening import screen
from tests.pipeline import recorded


def application(folder: Path, name: str, **files: str) -> Application:
    """An application whose files say what becomes of them; ``a_pdf`` is written as ``a.pdf``."""
    own = folder / name
    own.mkdir()
    entries = []
    for key, content in files.items():
        shown = key.replace("_", ".")
        (own / shown).write_text(content, encoding="utf-8")
        entries.append(EvidenceEntry(own / shown, shown, None))
    declaration = Declaration(applicant=Applicant(name=name), plan=recorded.PLAN.id)
    return Application(own, name, declaration, tuple(entries))


def screened(
    *applications: Application,
    workers: int = 2,
    plan_id: str | None = None,
    pictures: PagePictures | None = None,
    progress: Progress = lambda event: None,
) -> Screening:
    return screen(
        Batch(applications, ()),
        recorded.reading_tools,
        recorded.judging_tools(),
        workers=workers,
        plan_id=plan_id,
        pictures=pictures,
        progress=progress,
    )


def test_one_bad_file_costs_no_other_and_is_named(tmp_path: Path) -> None:
    result = screened(
        application(tmp_path, "张三", a_pdf="pages 2", b_pdf="code file.encrypted", c_pdf="crash"),
        application(tmp_path, "李四", d_pdf="die\nof memory", e_pdf="pages 1"),
        application(tmp_path, "王五", f_pdf="page-fails 3"),
    )
    assert [review.applicant for review in result.applications] == ["张三", "李四", "王五"]
    codes = {
        file.file.path: [flag.code for flag in file.flags]
        for review in result.applications
        for file in review.files
    }
    assert codes["a.pdf"] == ["page.illegible"]
    assert codes["b.pdf"] == ["file.encrypted"]
    assert codes["c.pdf"] == ["file.unreadable"]
    assert codes["d.pdf"] == ["file.unreadable"]
    assert codes["e.pdf"] == []
    assert [problem.path for problem in result.problems] == ["张三/b.pdf", "张三/c.pdf", "李四/d.pdf"]
    partly = result.applications[2].files[0].file.reading
    assert partly.status is ReadingStatus.PARTIAL
    assert [page.problem for page in partly.pages] == [None, FileProblem.UNREADABLE, None]
    assert [review.verdict for review in result.applications] == [
        Verdict.FAIL,
        Verdict.REVIEW,
        Verdict.REVIEW,
    ]


def test_a_file_error_makes_the_verdict_fail_and_keeps_the_own_name(tmp_path: Path) -> None:
    result = screened(application(tmp_path, "张三", a_pdf="code file.encrypted"))
    flag = result.applications[0].files[0].flags[0]
    assert "“a.pdf”" in flag.message
    assert flag.severity is Severity.ERROR
    assert result.applications[0].verdict is Verdict.FAIL


@pytest.mark.parametrize("content", ["crash", "die", "unread"])
def test_a_fault_of_ours_is_never_laid_on_the_file(tmp_path: Path, content: str) -> None:
    result = screened(application(tmp_path, "张三", a_pdf=content, b_pdf="pages 1"))
    review = result.applications[0]
    assert [(flag.code, flag.severity) for flag in review.all_flags] == [
        ("file.unreadable", Severity.WARNING)
    ]
    flag = review.files[0].flags[0]
    assert flag.message == "系统读取文件“a.pdf”时发生内部错误，请人工核对；申报人无需重新上传。"
    assert "重新扫描" not in flag.advice
    assert review.verdict is Verdict.REVIEW
    assert [problem.ours for problem in result.problems] == [True]


def test_a_fault_of_ours_does_not_soften_the_errors_beside_it(tmp_path: Path) -> None:
    result = screened(application(tmp_path, "张三", a_pdf="crash", b_pdf="code file.encrypted"))
    assert result.applications[0].verdict is Verdict.FAIL


def test_a_broken_declaration_stays_in_the_list(tmp_path: Path) -> None:
    error = InputError("form.value-format", "declaration.json 不是有效的 JSON。", "坏申报/declaration.json")
    broken = Application(tmp_path, "坏申报", None, (), (error,))
    result = screened(broken, application(tmp_path, "张三", a_pdf="pages 1"))
    assert [(one.path, one.verdict) for one in result.applications] == [
        ("坏申报", Verdict.FAIL),
        ("张三", Verdict.PASS),
    ]
    assert [(flag.code, flag.file) for flag in result.applications[0].flags] == [
        ("form.value-format", "declaration.json")
    ]
    assert [problem.path for problem in result.problems] == ["坏申报/declaration.json"]


def test_a_declared_file_that_is_absent_is_named_and_flagged(tmp_path: Path) -> None:
    whole = application(tmp_path, "张三", a_pdf="pages 1")
    error = InputError("file.unreadable", "申报了“b.pdf”，但文件夹里没有这个文件。", "b.pdf")
    result = screened(Application(whole.folder, whole.name, whole.declaration, whole.evidence, (error,)))
    assert [(flag.code, flag.file) for flag in result.applications[0].flags] == [("file.unreadable", "b.pdf")]
    assert result.applications[0].verdict is Verdict.FAIL
    assert [problem.path for problem in result.problems] == ["张三/b.pdf"]


def test_data_beside_the_declaration_is_no_evidence(tmp_path: Path) -> None:
    result = screened(application(tmp_path, "张三", a_pdf="pages 1", notes_json="crash"))
    assert [file.file.path for file in result.applications[0].files] == ["a.pdf"]


def test_an_unknown_plan_is_a_problem_of_that_application_only(tmp_path: Path) -> None:
    one = application(tmp_path, "张三", a_pdf="pages 1")
    other = application(tmp_path, "李四", a_pdf="pages 1")
    assert one.declaration is not None
    declaration = one.declaration.model_copy(update={"plan": "no-such-plan"})
    lost = Application(one.folder, one.name, declaration, one.evidence)
    result = screened(lost, other)
    assert [flag.code for flag in result.applications[0].flags] == ["form.value-format"]
    assert result.applications[1].verdict is Verdict.PASS


def test_a_fault_of_ours_in_one_application_does_not_stop_the_rest(tmp_path: Path) -> None:
    result = screened(
        application(tmp_path, "崩溃", a_pdf="pages 1"), application(tmp_path, "张三", a_pdf="pages 2")
    )
    assert "请人工核对" in result.applications[0].flags[0].message
    assert result.applications[0].verdict is Verdict.REVIEW
    assert result.applications[1].verdict is Verdict.REVIEW
    assert len(result.problems) == 1


def test_same_bytes_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "opened.txt"
    monkeypatch.setenv("RECORDED_LOG", str(log))
    result = screen(
        Batch(
            (
                application(tmp_path, "张三", a_pdf="pages 2", b_pdf="pages 2"),
                application(tmp_path, "李四", c_pdf="pages 2"),
            ),
            (),
        ),
        recorded.reading_tools_counted,
        recorded.judging_tools(),
        workers=2,
    )
    assert log.read_text(encoding="utf-8").splitlines() == ["a.pdf"]
    assert [file.file.path for review in result.applications for file in review.files] == [
        "a.pdf",
        "b.pdf",
        "c.pdf",
    ]


def test_progress_tells_every_page_and_every_file(tmp_path: Path) -> None:
    events: list[PageProgress] = []
    screened(
        application(tmp_path, "张三", a_pdf="pages 3", b_pdf="pages 1"), workers=1, progress=events.append
    )
    told = [(event.path, event.page, event.pages, event.files_done) for event in events]
    assert told == [
        ("张三/a.pdf", 1, 3, 0),
        ("张三/a.pdf", 2, 3, 0),
        ("张三/a.pdf", 3, 3, 0),
        ("张三/a.pdf", 0, 0, 1),
        ("张三/b.pdf", 1, 1, 1),
        ("张三/b.pdf", 0, 0, 2),
    ]


def test_pictures_are_kept_upright(tmp_path: Path) -> None:
    pictures = PagePictures(folder=tmp_path / "pages")
    result = screened(application(tmp_path, "张三", a_pdf="pages 2"), pictures=pictures)
    sha256 = result.applications[0].files[0].file.reading.sha256
    with Image.open(pictures.of(sha256, 2)) as picture:
        assert picture.size == (recorded.HEIGHT, recorded.WIDTH)


@pytest.mark.parametrize(
    ("make_tools", "advice"),
    [(recorded.unready_tools, "models fetch"), (recorded.broken_tools, "hezheng doctor")],
)
def test_a_reader_that_cannot_start_stops_the_run_and_says_what_to_do(
    tmp_path: Path, make_tools: MakeTools, advice: str
) -> None:
    with pytest.raises(SetupError, match=advice):
        screen(
            Batch((application(tmp_path, "张三", a_pdf="pages 1"),), ()),
            make_tools,
            recorded.judging_tools(),
            workers=1,
        )


def test_inspect_keeps_order_and_errors(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    good.write_text("pages 2", encoding="utf-8")
    bad.write_text("crash", encoding="utf-8")
    result = inspect(
        (bad, good, tmp_path / "absent.png"), recorded.reading_tools, recorded.understand, workers=2
    )
    assert [len(file.reading.pages) for file in result.files] == [0, 2, 0]
    assert [problem.path for problem in result.problems] == [str(bad), str(tmp_path / "absent.png")]


def test_the_same_proof_in_two_applications_is_shown_in_both(tmp_path: Path) -> None:
    result = screened(
        application(tmp_path, "张三", a_pdf="pages 1"),
        application(tmp_path, "李四", b_pdf="pages 1"),
        application(tmp_path, "王五", c_pdf="pages 1\nanother"),
    )
    flags = [[(one.code, one.severity) for one in review.all_flags] for review in result.applications]
    expected = [("duplicate.across-applications", "warning")]
    assert flags == [expected, expected, []]
    assert result.applications[0].files[0].flags[0].found == "李四/b.pdf"
    assert [one.verdict for one in result.applications] == [Verdict.REVIEW, Verdict.REVIEW, Verdict.PASS]


def test_one_persons_proof_in_two_of_his_own_applications_is_no_duplicate(tmp_path: Path) -> None:
    (tmp_path / "anew").mkdir()
    result = screened(
        application(tmp_path, "张三", a_pdf="pages 1"),
        application(tmp_path / "anew", "张三", b_pdf="pages 1"),
    )
    assert [review.all_flags for review in result.applications] == [(), ()]
