"""False alarms and misses of every check at a few values of each of its thresholds.

    python -m bench.thresholds [--drawn DIR --readings DIR] [--forgeries N] [--write]

Judged are the demo's recorded readings; the applications of ``bench.plans_drawn`` in DIR that were read
whole (nothing is read here) or, with ``--perfect``, such applications drawn anew and read as a perfect engine
would; and drawn forgeries. A false alarm is a flag of the check that no planted defect accounts for; a miss
is a planted code of the check that no check raised. ``--write`` keeps the figures where
``hezheng thresholds`` shows them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import checks
from bench.plans_drawn import draw
from bench.plans_perfect import read_perfectly
from bench.plans_reading import read_stored
from bench.thresholds_cases import Case, Planted, drawn, forgeries
from checks.registry import all_checks
from checks.thresholds import THRESHOLDS, Threshold
from domain.kinds import Severity
from domain.plan import Plan
from domain.review import Flag
from domain.tuning import Measured, Measurements, ThresholdMeasured
from fixtures.readings.record_demo import DEMO, demo_readings
from pipeline.measurements import FILE


def values(one: Threshold) -> tuple[float, ...]:
    """Both bounds, the default, and halfway between."""
    halfway = ((one.least + one.default) / 2, (one.default + one.most) / 2)
    return tuple(sorted({round(value, 4) for value in (one.least, one.default, one.most, *halfway)}))


def measured(one: Threshold, value: float, cases: Sequence[Case]) -> Measured:
    errors = warnings = planted = missed = softened = 0
    for case in cases:
        own = _flags_at(one, value, case)
        others = [flag for each in case.results if each.check != one.check for flag in each.flags]
        unaccounted = [flag for flag in own if flag.code not in case.allowed]
        alarms = {(flag.code, flag.file, flag.page, flag.found): flag for flag in unaccounted}
        errors += sum(flag.severity is Severity.ERROR for flag in alarms.values())
        warnings += sum(flag.severity is Severity.WARNING for flag in alarms.values())
        for defect in case.planted:
            if defect.code in all_checks()[one.check].codes:
                planted += 1
                found = [flag for flag in (*own, *others) if _fits(flag, defect)]
                missed += not found
                softened += bool(found) and _softened(found, defect)
    return Measured(
        value=value,
        false_errors=errors,
        false_warnings=warnings,
        planted=planted,
        missed=missed,
        softened=softened,
    )


def _flags_at(one: Threshold, value: float, case: Case) -> list[Flag]:
    plan = _only(one, value, case.dossier.plan)
    if not plan.requirements:
        return []
    results = checks.run(case.dossier.model_copy(update={"plan": plan}))
    return [flag for result in results for flag in result.flags]


def _only(one: Threshold, value: float, plan: Plan) -> Plan:
    """The plan with the uses of this check alone, at this value."""
    requirements = []
    for requirement in plan.requirements:
        uses = tuple(
            use.model_copy(update={"parameters": {**use.parameters, one.name: value}})
            for use in requirement.checks
            if use.check == one.check
        )
        if uses:
            requirements.append(requirement.model_copy(update={"checks": uses}))
    return plan.model_copy(update={"requirements": tuple(requirements)})


def _fits(flag: Flag, defect: Planted) -> bool:
    told = flag.severity is not Severity.INFO
    return told and flag.code == defect.code and defect.file in (None, flag.file)


def _softened(found: Sequence[Flag], defect: Planted) -> bool:
    return defect.severity == "error" and all(flag.severity is not Severity.ERROR for flag in found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawn", type=Path, help="a batch drawn by bench.plans_drawn")
    parser.add_argument("--readings", type=Path, help="what was read of it")
    parser.add_argument("--perfect", action="store_true", help="draw a batch; read as a perfect engine would")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--forgeries", type=int, default=0, metavar="N", help="uploads of each kind")
    parser.add_argument("--write", action="store_true", help="keep the figures for hezheng thresholds")
    given = parser.parse_args()
    if bool(given.drawn) != bool(given.readings):
        parser.error("--drawn and --readings go together")
    cases = list(drawn(DEMO, demo_readings()))
    on = [_told("演示批次（真实识别结果）", cases)]
    if given.drawn:
        read = list(drawn(given.drawn, read_stored(given.drawn, given.readings, 0)))
        on.append(_told("bench.plans_drawn 的申报（真实识别结果）", read))
        cases += read
    elif given.perfect:
        with tempfile.TemporaryDirectory() as scratch:
            draw(Path(scratch), given.seed, given.share)
            read = list(drawn(Path(scratch), read_perfectly(Path(scratch))))
        on.append(_told("bench.plans_drawn 的申报（按无误识别）", read))
        cases += read
    if given.forgeries:
        forged = list(forgeries(given.forgeries))
        spoilt = sum(bool(one.planted) for one in forged)
        on.append(f"bench.forgeries 的单个文件 {len(forged)} 个，其中伪造 {spoilt} 个")
        cases += forged
    found = []
    for one in THRESHOLDS:
        rows = tuple(measured(one, value, cases) for value in values(one))
        found.append(ThresholdMeasured(check=one.check, name=one.name, values=rows))
        for row in rows:
            mark = "*" if row.value == one.default else " "
            print(
                f"{mark} {one.key} {row.value:g}: false errors {row.false_errors}, false warnings "
                f"{row.false_warnings}, missed {row.missed} of {row.planted}, softened {row.softened}",
                flush=True,
            )
    if given.write:
        result = Measurements(on=tuple(on), thresholds=tuple(found))
        FILE.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return 0


def _told(name: str, cases: Sequence[Case]) -> str:
    pages = sum(len(file.reading.pages) for case in cases for file in case.dossier.files)
    clean = sum(not case.planted for case in cases)
    return f"{name}：申报 {len(cases)} 份（无问题 {clean} 份），{pages} 页"


if __name__ == "__main__":
    sys.exit(main())
