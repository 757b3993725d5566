"""The parent loads no decoder, and the child only the one it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.hostile import build, pdfs

ROOT = Path(__file__).resolve().parents[2]
DECODERS = ("PIL", "pypdfium2", "pikepdf", "cv2", "numpy", "python_calamine")


def loaded(code: str, *arguments: str, source: Path | None = None) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after running ``code``."""
    ending = "\nsys.stderr.write(' '.join({name.partition('.')[0] for name in sys.modules}))"
    with (source or Path("/dev/null")).open("rb") as file:
        done = subprocess.run(  # noqa: S603 - our own interpreter and code
            [
                sys.executable,
                "-c",
                f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{code}{ending}",
                *arguments,
            ],
            stdin=file,
            capture_output=True,
            check=True,
        )
    return set(done.stderr.decode().split())


READ = """
from pathlib import Path
import intake
from domain.settings import Limits
for path in sys.argv[1:]:
    with intake.opened(Path(path), path, Limits()) as file:
        assert all(page.pixels for page in file.pages())
"""

DRAW = """
from intake import child
from intake.wire import KINDS, Job
job = Job(KINDS.index(sys.argv[1]), 1, 9, 10**8, 10**9, 72, 800)
child.serve(sys.stdin.buffer, sys.stdout.buffer, job)
"""


def test_the_parent_never_decodes(tmp_path: Path) -> None:
    files = (build.cmyk_jpeg(tmp_path), pdfs.merged(tmp_path))
    assert loaded(READ, *map(str, files)).isdisjoint(DECODERS)


@pytest.mark.parametrize("kind", ["JPEG", "PDF"])
def test_the_child_loads_what_the_file_needs(kind: str, tmp_path: Path) -> None:
    source = build.cmyk_jpeg(tmp_path) if kind == "JPEG" else pdfs.merged(tmp_path)
    modules = loaded(DRAW, kind, source=source)
    assert ("pypdfium2" in modules) == (kind == "PDF")
    assert modules.isdisjoint({"numpy", "pydantic", "cv2", "pikepdf", "python_calamine"})
    assert "PIL" in modules
