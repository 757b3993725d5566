"""What the search starts from: a few small sound and odd inputs for every target. Seeded, people invented."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from bench.fuzz_dressing import PARTS, part_of_xlsx
from domain.errors import FileProblem
from fixtures.hostile import build, pdfs
from intake import child, wire
from intake.wire import DrawnPage, Run

_SIDE = (40, 30)
_CSV = "title,issn,cn,sponsor,status,frequency\n建筑结构,1002-848X,11-2833/TU,某学会,现刊,月刊\n"
_BLACK = "kind,title,issn,cn,reason,source,genuine_title_exists\ncounterfeit,城市建设,,,冒名,通知,是\n"
_DECLARATION = {
    "plan": "shaoxing-construction-2020",
    "level": "正高级工程师",
    "applicant": {
        "name": "陈知远",
        "id_number": "330602198503124530",
        "current_title": {"name": "高级工程师"},
    },
    "continuing_education": [{"year": 2018, "total": 96, "professional": 62.5}],
    "papers": [{"title": "某桥", "authors": ["陈知远"], "issn": "1002-848X", "year": 2018, "pages": "12-16"}],
    "assessments": [{"year": 2019, "result": "合格"}],
    "evidence": [{"file": "ce-2018.jpg", "kind": "ce_record", "copy": False, "about": "papers/0"}],
}
_NAMES = (
    "N申报/declaration.json\n../x\n/etc/x\nC:\\x\na/./b//c\na\\..\\b\nCON\n\u202egpj.exe\na.zip\n"
    + "深/" * 20
    + "x"
)


def pictures() -> list[bytes]:
    found = []
    for mode in ("RGB", "L", "1", "P", "RGBA", "LA", "CMYK", "I;16", "I", "F", "YCbCr"):
        for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP"):
            stream = io.BytesIO()
            try:
                Image.new(mode, _SIDE).save(
                    stream, kind, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"
                )
            except (OSError, ValueError, KeyError):
                continue
            found.append(stream.getvalue())
    frames = [Image.new("RGB", _SIDE, (shade, 0, 0)) for shade in (0, 90, 180)]
    for kind, more in (("TIFF", {"compression": "tiff_lzw"}), ("PNG", {}), ("WEBP", {})):
        stream = io.BytesIO()
        frames[0].save(stream, kind, save_all=True, append_images=frames[1:], **more)
        found.append(stream.getvalue())
    return found


def books() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        return [path.read_bytes() for path in pdfs.build(Path(folder)) if path.stat().st_size < 20_000]


def openings() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        odd = [build.truncated_jpeg, build.text_named_jpg, build.noise_named_png, build.huge_png_header]
        return [make(home).read_bytes() for make in odd] + pictures() + books()[:4]


def streams() -> list[bytes]:
    """What children send: pages, a page that failed, a refusal."""
    run = Run("学时 96", 0.1, 0.1, 0.5, 0.2, False)
    drawn = DrawnPage(4, 2, bytes(24), (run, run), born_digital=True)
    whole, failed = io.BytesIO(), io.BytesIO()
    child.send(whole, wire.Frame.START, wire.pack_start(2, None))
    child.send_page(whole, 1, drawn)
    child.send_page(whole, 2, wire.RefusedError(FileProblem.TOO_LARGE, wire.Reason.TOO_MANY_PIXELS))
    child.send(whole, wire.Frame.END, wire.END.pack(2))
    child.send_failure(failed, wire.RefusedError(FileProblem.ENCRYPTED, wire.Reason.LOCKED))
    single = io.BytesIO()
    child.send(single, wire.Frame.START, wire.pack_start(1, wire.Picture(4, 2, "JPEG", (255, 0, 0), 3.5)))
    child.send_page(single, 1, drawn)
    return [whole.getvalue(), failed.getvalue(), single.getvalue()]


def declarations() -> list[bytes]:
    text = json.dumps(_DECLARATION, ensure_ascii=False)
    odd = [
        '{"applicant": {"name": "\\ud800"}}',
        '{"applicant": {"name": "x"}, "continuing_education": [{"year": 1e999}]}',
    ]
    return [text.encode(), text.encode("utf-16"), text.encode("gb18030"), b"[" * 3000, *map(str.encode, odd)]


def workbooks() -> list[bytes]:
    from intake.template import write_template

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.xlsx"
        write_template(path)
        return [path.read_bytes(), *(part_of_xlsx(number) for number in range(len(PARTS)))]


def archives() -> list[bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("申报/declaration.json", '{"applicant": {"name": "陈"}}')
        archive.writestr("申报/a.jpg", b"\xff\xd8\xff")
        archive.writestr("inner.zip", stream.getvalue()[:40])
    return [stream.getvalue(), _NAMES.encode()]


def lists() -> list[bytes]:
    return [_CSV.encode(), _BLACK.encode(), ('title,issn\n"a\u2028b\x85c",\n').encode()]


SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "opening": openings,
    "wire": streams,
    "pdf": books,
    "pictures": pictures,
    "declarations": declarations,
    "workbook": workbooks,
    "archives": archives,
    "lists": lists,
}


def plant(target: str, folder: Path) -> None:
    """Write the seeds of a target into its corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(SEEDS[target]()):
        (folder / f"seed-{number:03d}").write_bytes(content)
