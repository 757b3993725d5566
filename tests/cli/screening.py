"""``hezheng screen`` as people start it, for tests with the real reader."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "fixtures" / "demo"


@dataclass(frozen=True)
class Screened:
    """``applications`` by folder name; ``problems``: input that is no application."""

    status: int
    applications: dict[str, dict[str, Any]]
    problems: list[dict[str, Any]]

    def flags(self, name: str) -> list[dict[str, Any]]:
        application = self.applications[name]
        return [*(flag for file in application["files"] for flag in file["flags"]), *application["flags"]]


def screen(folder: Path) -> Screened:
    """Screen every application under ``folder`` in a process of its own."""
    command = [sys.executable, "-m", "cli", "screen", str(folder), "--format", "json", "--workers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280)  # noqa: S603
    assert done.stdout, done.stderr[-2000:]
    document = json.loads(done.stdout)
    applications = {Path(one["path"]).name: one for one in document["applications"]}
    return Screened(done.returncode, applications, document["errors"])
