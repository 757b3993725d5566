"""Find the applications of a batch: which folders they are, which files are their evidence.

Nothing is opened but declarations. Links are never followed, so no application can reach outside itself.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from domain.declaration import Declaration, DeclaredEvidence
from domain.errors import FileProblem, InputError
from domain.settings import Limits
from intake import declarations, workbook
from intake.names import safe_name

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "__macosx"})
_EVIDENCE_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".pdf", ".heic", ".gif"}
)
_DEEPEST = 16
_FILES_MOST = 100_000


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One file to read. ``name``: relative to the application's folder, as shown; never opened by it."""

    path: Path
    name: str
    declared: DeclaredEvidence | None


@dataclass(frozen=True, slots=True)
class Application:
    """One folder with a declaration. ``declaration`` is None where it could not be used."""

    folder: Path
    name: str
    declaration: Declaration | None
    evidence: tuple[EvidenceEntry, ...]
    problems: tuple[InputError, ...] = ()

    @property
    def to_read(self) -> tuple[EvidenceEntry, ...]:
        """The files to read. Of an application without a usable declaration, none: nothing could be judged.

        A JSON file that nobody declared lies beside the declaration as data, not as evidence.
        """
        if self.declaration is None:
            return ()
        return tuple(
            entry
            for entry in self.evidence
            if entry.declared is not None or entry.path.suffix.lower() != ".json"
        )


@dataclass(frozen=True, slots=True)
class Batch:
    applications: tuple[Application, ...]
    problems: tuple[InputError, ...]
    """What belongs to no application: folders without a declaration, rows without a folder."""


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    files: tuple[str, ...]
    folders: tuple[_Folder, ...]


def find_applications(root: Path, limits: Limits | None = None) -> Batch:
    """All applications under ``root`` at any depth, in the order of their paths.

    A folder is an application if it holds ``declaration.json`` or is named in the root's
    ``declarations.xlsx``; its own file comes first where there are both.
    """
    problems: list[InputError] = []
    rows: Mapping[str, Declaration | InputError] = {}
    tree = _tree(root, 0, [_FILES_MOST])
    if workbook.FILE_NAME in tree.files:
        try:
            rows = workbook.read_workbook(root / workbook.FILE_NAME, limits or Limits())
        except InputError as error:
            problems.append(error)
    homes = [folder for folder in _every(tree) if _is_home(folder, rows)]
    rows = {**rows, **_ambiguous(homes, rows)}
    applications = tuple(_application(folder, root, rows) for folder in homes)
    known = {_key(folder.path.name) for folder in homes}
    problems += [_rows_without_folder(name) for name in rows if name not in known]
    problems += [_without_declaration(folder, root) for folder in _orphans(tree, rows)]
    return Batch(applications, tuple(problems))


def _tree(path: Path, depth: int, left: list[int]) -> _Folder:
    files: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower() in _CLUTTER:
                    continue
                left[0] -= 1
                if left[0] < 0:
                    raise InputError(
                        FileProblem.TOO_LARGE.value,
                        f"文件夹“{safe_name(path.name)}”里的文件超过{_FILES_MOST}个，请分批提交。",
                        safe_name(path.name),
                    )
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
    except OSError:
        raise InputError(
            FileProblem.UNREADABLE.value,
            f"文件夹“{safe_name(path.name)}”无法打开，请核对路径和权限。",
            safe_name(path.name),
        ) from None
    below = [_tree(path / name, depth + 1, left) for name in sorted(folders)] if depth < _DEEPEST else []
    return _Folder(path, tuple(sorted(files)), tuple(below))


def _every(tree: _Folder) -> Iterator[_Folder]:
    yield tree
    for folder in tree.folders:
        yield from _every(folder)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_home(folder: _Folder, rows: Mapping[str, object]) -> bool:
    return declarations.FILE_NAME in folder.files or _key(folder.path.name) in rows


def _application(folder: _Folder, root: Path, rows: Mapping[str, Declaration | InputError]) -> Application:
    name = (
        safe_name(folder.path.relative_to(root).as_posix()) if folder.path != root else safe_name(root.name)
    )
    problems: list[InputError] = []
    declaration: Declaration | None = None
    try:
        if declarations.FILE_NAME in folder.files:
            shown = f"{name}/{declarations.FILE_NAME}"
            declaration = declarations.read_declaration(folder.path / declarations.FILE_NAME, shown)
        else:
            row = rows[_key(folder.path.name)]
            if isinstance(row, InputError):
                raise row
            declaration = row
    except InputError as error:
        problems.append(error)
    paths = {_key(path.relative_to(folder.path).as_posix()): path for path in _evidence(folder, rows)}
    declared, unmatched = _matched(declaration, set(paths), name)
    evidence = tuple(
        EvidenceEntry(path, safe_name(key), declared.get(key)) for key, path in sorted(paths.items())
    )
    return Application(folder.path, name, declaration, evidence, (*problems, *unmatched))


def _evidence(folder: _Folder, rows: Mapping[str, object]) -> Iterator[Path]:
    """Files of the folder and of sub-folders that are no applications of their own."""
    own = {declarations.FILE_NAME, workbook.FILE_NAME}
    yield from (folder.path / name for name in folder.files if name not in own)
    for below in folder.folders:
        if not _is_home(below, rows):
            yield from _evidence(below, rows)


def _matched(
    declaration: Declaration | None, present: set[str], application: str
) -> tuple[dict[str, DeclaredEvidence], list[InputError]]:
    """Declared entries by the file they name; entries that name no file of this application are reported."""
    found: dict[str, DeclaredEvidence] = {}
    problems: list[InputError] = []
    for entry in declaration.evidence if declaration else ():
        steps = _key(entry.file.strip()).replace("\\", "/")
        key = PurePosixPath(steps).as_posix()
        shown = safe_name(entry.file)
        if steps.startswith("/") or ".." in PurePosixPath(steps).parts or ":" in steps[:3]:
            words = f"“{application}”的佐证材料“{shown}”指向申报文件夹以外，请改为文件夹内的文件名。"
            problems.append(InputError(declarations.CODE, words, shown))
        elif key not in present:
            words = (
                f"“{application}”申报了佐证材料“{shown}”，但文件夹里没有这个文件，请补充上传或核对文件名。"
            )
            problems.append(InputError(FileProblem.UNREADABLE.value, words, shown))
        else:
            found.setdefault(key, entry)
    return found, problems


def _orphans(folder: _Folder, rows: Mapping[str, object]) -> Iterator[_Folder]:
    """Folders with evidence that belongs to no application: nobody would ever look at it."""
    if _is_home(folder, rows):
        return
    if not _has_home(folder, rows) and _has_evidence(folder):
        yield folder
        return
    for below in folder.folders:
        yield from _orphans(below, rows)


def _has_evidence(folder: _Folder) -> bool:
    return any(Path(name).suffix.lower() in _EVIDENCE_ENDINGS for name in folder.files)


def _has_home(folder: _Folder, rows: Mapping[str, object]) -> bool:
    return any(_is_home(below, rows) for below in _every(folder))


def _without_declaration(folder: _Folder, root: Path) -> InputError:
    inside = folder.path != root
    name = safe_name(folder.path.relative_to(root).as_posix() if inside else root.name)
    words = (
        f"文件夹“{name}”里有佐证材料，但没有{declarations.FILE_NAME}，"
        f"请补充申报表数据，或在{workbook.FILE_NAME}中填写该文件夹。"
    )
    return InputError(declarations.CODE, words, name)


def _rows_without_folder(name: str) -> InputError:
    shown = safe_name(name)
    words = f"“{workbook.FILE_NAME}”中填写了“{shown}”，但没有找到同名文件夹，请核对文件夹名。"
    return InputError(declarations.CODE, words, shown)


def _ambiguous(homes: list[_Folder], rows: Mapping[str, object]) -> dict[str, InputError]:
    """Rows that fit more than one folder: one applicant's values must not be held against another."""
    names = [_key(home.path.name) for home in homes if declarations.FILE_NAME not in home.files]
    twice = {name for name in names if names.count(name) > 1 and name in rows}
    return {
        name: InputError(
            declarations.CODE,
            f"“{workbook.FILE_NAME}”中的“{safe_name(name)}”对应多个同名文件夹，请改用不同的文件夹名。",
            safe_name(name),
        )
        for name in twice
    }
