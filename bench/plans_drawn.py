"""All six plans on drawn applications: planted defects found, errors and warnings on clean ones.

    python -m bench.plans_drawn [--seed 2] [--share 1.0] [--processes 2] [--floors FILE [--write]] [--verbose]
    python -m bench.plans_drawn --drawn DIR --readings DIR [--plan ID …] [--so-far]

Applications are drawn (fonts needed), read and judged by the real program. With ``--drawn`` and
``--readings`` a run that was broken off goes on where it stopped: what was drawn stays, and what was read is
kept by the files' digests, so that a change of readers or checks is measured in seconds. ``--plan`` draws
these plans only; ``--so-far`` draws and reads nothing, and judges the applications that were read whole. A
defect is found where its code was raised with the file that it is about, at the severity that the notice
calls for; one raised as a warning only is counted apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.plans_figures import figures, printed
from bench.plans_floors import fallen, write_floors
from bench.plans_perfect import read_perfectly
from bench.plans_reading import read_stored
from bench.plans_screening import screened
from fixtures.plans.batch import applications, write_lists
from fixtures.plans.orderly import PLANS
from fixtures.plans.writing import write


def draw(out: Path, seed: int, share: float, plans: Sequence[str] = tuple(PLANS)) -> None:
    """The batch under ``out``; one whose truth, written last, lies there already is passed over."""
    write_lists(out)
    for one in applications(seed, plans, share):
        if not (out / one.folder / "truth.json").is_file():
            write(one, out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--drawn", type=Path, help="folder of the batch; drawn there if it is empty")
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument("--plan", action="append", choices=tuple(PLANS), help="only this plan; repeatable")
    parser.add_argument("--so-far", action="store_true", help="judge what was read whole; draw, read nothing")
    parser.add_argument(
        "--perfect", action="store_true", help="as a perfect engine would read: nothing is read"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--verbose", action="store_true", help="warnings on clean applications one by one")
    parser.add_argument("--floors", type=Path, help="fail where a figure is past the bound in this file")
    parser.add_argument("--write", action="store_true", help="write the bounds of this run into the file")
    arguments = parser.parse_args()
    if arguments.so_far and (arguments.floors or not (arguments.drawn and arguments.readings)):
        parser.error("--so-far judges part of a kept run, --drawn and --readings; it has no floors")
    with tempfile.TemporaryDirectory() as scratch:
        drawn = arguments.drawn or Path(scratch) / "drawn"
        if not arguments.so_far:
            draw(drawn, arguments.seed, arguments.share, arguments.plan or tuple(PLANS))
        store = arguments.readings or Path(scratch) / "readings"
        if arguments.perfect:
            readings = read_perfectly(drawn)
        else:
            readings = read_stored(drawn, store, 0 if arguments.so_far else arguments.processes)
        result = figures(drawn, screened(drawn, readings))
    print(printed(result, verbose=arguments.verbose))
    if arguments.floors is None:
        return 0
    section = f"seed {arguments.seed} share {arguments.share:g}"
    if arguments.write:
        write_floors(section, result, arguments.floors)
        return 0
    worse = fallen(section, result, arguments.floors)
    for one in worse:
        print(f"FALLEN {one}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
