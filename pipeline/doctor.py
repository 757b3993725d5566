"""What the program needs of the machine: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import os
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from domain.errors import SetupError
from domain.settings import Settings, load_settings
from pipeline import doctor_service
from pipeline.findings import Finding

OLDEST, NEWEST = (3, 11), (3, 12)
LIBRARIES = (
    "numpy", "onnxruntime", "cv2", "PIL", "pypdfium2", "pyclipper", "rapidfuzz", "stdnum", "opencc",
    "python_calamine", "xlsxwriter", "chinese_calendar", "pydantic", "yaml", "rich", "typer",
)  # fmt: skip
SYNC_ADVICE = "请在项目目录运行 make setup 重新安装依赖。"


def examine(settings: Settings | None = None) -> tuple[Finding, ...]:
    """Look at everything; nothing is changed but a probe file that is taken away again."""
    try:
        settings = settings or load_settings()
    except SetupError as error:
        return (_python(), _libraries(), Finding(subject="设置", present=False, message=str(error)))
    return (
        _python(),
        _libraries(),
        _opencv(),
        _data_folder(settings.data),
        _weights(settings),
        _lists(settings),
        _plans(settings),
        _thresholds(settings),
        *doctor_service.examine(settings),
    )


def _python() -> Finding:
    found = sys.version_info[:2]
    told = ".".join(map(str, sys.version_info[:3]))
    if OLDEST <= found <= NEWEST:
        return Finding(subject="Python", present=True, message=told)
    return Finding(subject="Python", present=False, message=f"现为 {told}，请改用 Python 3.11 或 3.12。")


def _libraries() -> Finding:
    lacking = [name for name in LIBRARIES if find_spec(name) is None]
    if lacking:
        message = f"缺少 {'、'.join(lacking)}。{SYNC_ADVICE}"
        return Finding(subject="程序库", present=False, message=message)
    return Finding(subject="程序库", present=True, message=f"{len(LIBRARIES)} 个均已安装")


def _opencv() -> Finding:
    """Several OpenCV wheels write into one folder and break each other."""
    installed = sorted(
        {
            name.lower()
            for distribution in metadata.distributions()
            if (name := distribution.metadata["Name"]) and name.lower().startswith("opencv-")
        }
    )
    if len(installed) == 1:
        return Finding(subject="OpenCV", present=True, message=f"只有一个：{installed[0]}")
    told = f"装了 {len(installed)} 个：{'、'.join(installed) or '无'}，应恰好一个。"
    return Finding(subject="OpenCV", present=False, message=f"{told}请删除 .venv 后运行 make setup。")


def _data_folder(folder: Path) -> Finding:
    probe = folder / f".probe-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        message = f"“{folder}”不可写（{error.strerror}）。请修改权限，或用环境变量 HEZHENG_DATA 指定别处。"
        return Finding(subject="数据目录", present=False, message=message)
    return Finding(subject="数据目录", present=True, message=f"“{folder}”可写")


def _weights(settings: Settings) -> Finding:
    import models

    reports = models.verify(settings.models)
    bad = [report.name for report in reports if report.state is not models.WeightState.PRESENT]
    if bad:
        message = f"缺少或已损坏：{'、'.join(bad)}。请运行 hezheng models fetch。"
        return Finding(subject="识别模型", present=False, message=message)
    return Finding(subject="识别模型", present=True, message=f"{len(reports)} 个，校验无误")


def _lists(settings: Settings) -> Finding:
    from policies.journals import load_lists

    lists = load_lists(settings.lists)
    told = f"名录 {len(lists.register_rows)} 条，黑名单 {len(lists.blacklist_rows)} 条"
    if lists.register_rows and lists.blacklist_rows:
        return Finding(subject="期刊名录", present=True, message=told)
    advice = "未导入时期刊只按刊号规则核对；可用 hezheng journals import 导入。"
    return Finding(subject="期刊名录", present=False, optional=True, message=f"{told}。{advice}")


def _plans(settings: Settings) -> Finding:
    """Plans that are built in and those added to the data folder; a draft is no mistake."""
    from pipeline.plans import validate_plan
    from policies.plan_files import BUILT_IN, plan_ids

    added = sorted(settings.plans.glob("*.toml"))
    built_in = [BUILT_IN / f"{name}.toml" for name in plan_ids() if (BUILT_IN / f"{name}.toml").is_file()]
    reports = {path.name: validate_plan(path) for path in (*built_in, *added)}
    wrong = [f"{name}（{len(report.errors)} 处错误）" for name, report in reports.items() if report.errors]
    if wrong:
        message = f"{'、'.join(wrong)}。请运行 hezheng plans validate 查看并改正。"
        return Finding(subject="评审计划", present=False, message=message)
    drafts = sum(report.plan is not None and report.plan.draft for report in reports.values())
    told = f"{len(reports)} 个，没有错误" + (f"，其中草稿 {drafts} 个" if drafts else "")
    return Finding(subject="评审计划", present=True, message=told)


def _thresholds(settings: Settings) -> Finding:
    from pipeline.thresholds import load_thresholds, told

    try:
        values = load_thresholds(settings.thresholds)
    except SetupError as error:
        return Finding(subject="检查阈值", present=False, message=str(error))
    return Finding(subject="检查阈值", present=True, message=told(values) or "均为默认")
