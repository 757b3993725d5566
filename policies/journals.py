"""Journal lists: imported from CSV, checked row by row, kept with their version, loaded fast.

The lists folder holds, for each list, ``<list>.jsonl`` (our columns only) and ``<list>.json`` (its version).
Both are replaced atomically: a run beside an import sees the old list or the new one, never half of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from domain.base import Record
from domain.errors import InputError, SetupError
from domain.review import JournalLists, JournalRow

_COLUMNS = tuple(JournalRow.model_fields)
_SHOWN_FAULTS = 20
_KINDS = frozenset({"counterfeit", "illegal", "nested", "hijacked", "warning", "predatory"})
_ISSN_LIKE = re.compile(r"[0-9OlI]{4}-?[0-9OlI]{3}[0-9OlIXx]")
_LONGEST_CELL = 2000


class ListKind(StrEnum):
    REGISTER = "register"
    BLACKLIST = "blacklist"


class ListVersion(Record):
    """What is in force: when it was imported, from which bytes, and how many rows."""

    kind: ListKind
    sha256: str
    imported: str
    rows: int
    source: str


def import_list(csv_path: Path, kind: ListKind | str, lists_folder: Path, source: str = "") -> ListVersion:
    """Import a UTF-8 CSV with a header row; ``title`` is required, unknown columns are dropped.

    Raises InputError, with the line number of every faulty row, and then changes nothing.
    """
    wanted = ListKind(kind)
    try:
        content = csv_path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            "file.unreadable", f"名录文件 {csv_path.name} 无法读取：{error.strerror}。", csv_path.name
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "file.unreadable",
            f"名录文件 {csv_path.name} 不是 UTF-8 编码，请另存为“CSV UTF-8”后再导入。",
            csv_path.name,
        ) from error
    rows = _checked(text, wanted, csv_path.name)
    version = ListVersion(
        kind=wanted,
        sha256=hashlib.sha256(content).hexdigest(),
        imported=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        rows=len(rows),
        source=source or csv_path.name,
    )
    lists_folder.mkdir(parents=True, exist_ok=True)
    _replace(lists_folder / f"{wanted.value}.jsonl", _written(rows))
    _replace(lists_folder / f"{wanted.value}.json", version.model_dump_json(indent=1))
    return version


def _checked(text: str, kind: ListKind, name: str) -> tuple[JournalRow, ...]:
    # Lines end where CSV says; str.splitlines would also end them at U+2028 and the like, within a title.
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        header = [column.strip() for column in reader.fieldnames or ()]
    except csv.Error as error:
        raise InputError(
            "form.value-format", f"名录文件 {name} 第1行格式有误（{error}），请改正后重新导入。", name
        ) from error
    needed = {"title"} | ({"kind"} if kind is ListKind.BLACKLIST else set())
    missing = needed - set(header)
    if missing:
        raise InputError(
            "form.value-format",
            f"名录文件 {name} 第1行缺少列：{'、'.join(sorted(missing))}。请补上表头后再导入。",
            name,
        )
    reader.fieldnames = header
    rows: list[JournalRow] = []
    faults: list[str] = []
    try:
        for raw in reader:
            cells = {
                key: (value or "").strip()
                for key, value in raw.items()
                if key and isinstance(value, str | None)
            }
            problems = list(_problems(cells, kind, None in raw))
            if problems:
                faults.append(f"第{reader.line_num}行：{'；'.join(problems)}")
            else:
                rows.append(_row(cells))
    except csv.Error as error:
        faults.append(f"第{reader.line_num}行：格式有误（{error}）")
    if not rows and not faults:
        faults.append("没有任何数据行")
    if faults:
        more = f"（另有{len(faults) - _SHOWN_FAULTS}处）" if len(faults) > _SHOWN_FAULTS else ""
        shown = "\n".join(faults[:_SHOWN_FAULTS])
        raise InputError(
            "form.value-format", f"名录文件 {name} 有误，未导入：\n{shown}{more}\n请改正后重新导入。", name
        )
    return tuple(rows)


def _problems(cells: dict[str, str], kind: ListKind, too_many: bool) -> Iterator[str]:
    if too_many:
        yield "单元格比表头多，可能是逗号未加引号"
    if not cells.get("title"):
        yield "缺少刊名（title）"
    issns = [one.strip() for one in re.split(r"[;；]", cells.get("issn", "")) if one.strip()]
    if not all(_ISSN_LIKE.fullmatch(one) for one in issns):
        yield f"ISSN“{cells['issn'][:30]}”不是8位号码"
    if kind is ListKind.BLACKLIST and cells.get("kind") not in _KINDS:
        yield f"类别（kind）“{cells.get('kind', '')[:30]}”应为 {'、'.join(sorted(_KINDS))} 之一"
    if any(len(value) > _LONGEST_CELL for value in cells.values()):
        yield f"单元格超过{_LONGEST_CELL}字"


def _row(cells: dict[str, str]) -> JournalRow:
    """A row as a record. Anything but a plain no says that a genuine journal may bear the title."""
    given = cells.get("genuine_title_exists", "").lower()
    formers = tuple(one.strip() for one in re.split(r"[;；|]", cells.get("former_titles", "")) if one.strip())
    plain = {
        key: cells.get(key, "") for key in _COLUMNS if key not in ("former_titles", "genuine_title_exists")
    }
    if plain["kind"] == "nested":
        plain["kind"] = "counterfeit"
    return JournalRow.model_construct(
        None,
        **plain,
        former_titles=formers,
        genuine_title_exists=given not in ("", "0", "no", "false", "否", "无"),
    )


def _written(rows: Iterable[JournalRow]) -> str:
    lines = []
    for row in rows:
        cells: dict[str, object] = dict(row)
        cells["former_titles"] = list(row.former_titles)
        lines.append(json.dumps([cells[name] for name in _COLUMNS], ensure_ascii=False))
    return "\n".join([json.dumps(_COLUMNS), *lines]) + "\n"


def _replace(path: Path, text: str) -> None:
    """Write beside the file, flush to disk, and put it in its place in one step."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def load_lists(folder: Path) -> JournalLists:
    """The lists in force in a folder; empty where none was imported. The same files give the same record.

    Raises SetupError where a stored list is damaged.
    """
    return _loaded(*(_stamp(folder / f"{kind.value}.jsonl") for kind in ListKind))


_Stamp = tuple[Path, int, int]


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return (path, 0, 0)
    return (path, status.st_mtime_ns, status.st_ino)


@lru_cache(maxsize=4)
def _loaded(register: _Stamp, blacklist: _Stamp) -> JournalLists:
    return JournalLists.model_construct(register_rows=_read(register), blacklist_rows=_read(blacklist))


def _read(stamp: _Stamp) -> tuple[JournalRow, ...]:
    """Rows as they were validated at import: building them anew would cost a second at every start."""
    path, changed, _ = stamp
    if not changed:
        return ()
    try:
        header, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        if tuple(json.loads(header)) != _COLUMNS:
            raise ValueError("columns")
        table = json.loads(f"[{','.join(lines)}]")
        return tuple(_restored(cells) for cells in table)
    except (OSError, ValueError, TypeError) as error:
        raise SetupError(f"期刊名录 {path.name} 已损坏，请重新导入（hezheng journals import）。") from error


def _restored(cells: list[object]) -> JournalRow:
    values: dict[str, Any] = dict(zip(_COLUMNS, cells, strict=True))
    formers = values["former_titles"]
    values["former_titles"] = tuple(formers) if isinstance(formers, list) else ()
    return JournalRow.model_construct(None, **values)


def list_versions(folder: Path) -> tuple[ListVersion, ...]:
    """Versions of the lists in force, for reports and ``doctor``."""
    found = []
    for kind in ListKind:
        path = folder / f"{kind.value}.json"
        if path.is_file():
            found.append(ListVersion.model_validate_json(path.read_text(encoding="utf-8")))
    return tuple(found)
