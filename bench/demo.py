"""``make demo``: screen the demo batch with the real program, then hold its flags against the truth.

    python -m bench.demo [FOLDER]       another batch of the same make


Exit status 1 where a planted defect was missed or a clean application has an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.agreement import Agreement, agreement, truths_under

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "fixtures" / "demo"
OUT = ROOT / "out" / "demo"
HEZHENG = Path(sys.executable).with_name("hezheng")
LISTS = ROOT / ".cache" / "demo-lists"
"""The invented journals of the batch have lists of their own: nobody else's papers are held against them."""


def main(batch: Path) -> int:
    truths = truths_under(batch)
    if not truths:
        print(f"{batch} 中没有演示申报。", file=sys.stderr)
        return 1
    environment = os.environ | {"HEZHENG_LISTS": str(LISTS)}
    for kind in ("register", "blacklist"):
        imported = [
            str(HEZHENG),
            "journals",
            "import",
            str(batch / "journals" / f"{kind}.csv"),
            "--list",
            kind,
        ]
        subprocess.run(imported, check=True, env=environment)
    (OUT / "report.json").unlink(missing_ok=True)
    started = time.monotonic()
    # Exit status 1 only says that some input was unreadable, which the batch may hold on purpose.
    command = [str(HEZHENG), "screen", str(batch), "--out", str(OUT)]
    done = subprocess.run(command, check=False, env=environment)
    seconds = time.monotonic() - started
    if done.returncode not in (0, 1) or not (OUT / "report.json").is_file():
        print("演示批次核对失败，见上面的说明。", file=sys.stderr)
        return 1
    result = agreement(json.loads((OUT / "report.json").read_text(encoding="utf-8")), truths)
    print_agreement(result)
    print(f"用时 {seconds:.0f} 秒。请用浏览器打开报告：{OUT / 'report.html'}")
    print("同目录另有 report.xlsx、report.json 和标注图 marked/。")
    return 0 if result.good else 1


def print_agreement(result: Agreement) -> None:
    print(f"\n与真值对照：预设问题 {result.planted} 个，查出 {result.found} 个；", end="")
    print(f"无问题申报 {result.clean_applications} 份，误报错误 {len(result.false_errors)} 个；", end="")
    print(f"其余申报的额外错误 {len(result.extra_errors)} 个。")
    for title, ones in (
        ("漏查", result.missed),
        ("误报", result.false_errors),
        ("额外", result.extra_errors),
    ):
        for one in ones:
            print(f"  {title} {one.application}  {one.file or '整份申报'}  {one.code}  {one.message}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO))
