"""All six plans on drawn applications: planted defects found, errors and warnings on clean ones.

    python -m bench.plans_drawn [--seed 2] [--share 1.0] [--processes 2] [--floors FILE [--write]] [--verbose]
    python -m bench.plans_drawn --drawn DIR --readings DIR

Applications are drawn (fonts needed), read and judged by the real program. ``--readings`` keeps what was read
by the files' digests and reads only what is not there yet, so that a change of readers or checks is measured
in seconds. A defect is found where its code was raised with the file that it is about, at the severity that
the notice calls for; one raised as a warning only is counted apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.plans_figures import figures, printed
from bench.plans_floors import fallen, write_floors
from bench.plans_perfect import read_perfectly
from bench.plans_reading import read_stored
from bench.plans_screening import screened
from fixtures.plans.batch import applications, write_lists
from fixtures.plans.writing import write


def draw(out: Path, seed: int, share: float) -> None:
    """The batch under ``out``, unless it lies there already."""
    if (out / "journals").is_dir():
        return
    for one in applications(seed, share=share):
        write(one, out)
    write_lists(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--drawn", type=Path, help="folder of the batch; drawn there if it is empty")
    parser.add_argument("--readings", type=Path, help="folder where readings are kept")
    parser.add_argument(
        "--perfect", action="store_true", help="as a perfect engine would read: nothing is read"
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--verbose", action="store_true", help="warnings on clean applications one by one")
    parser.add_argument("--floors", type=Path, help="fail where a figure is past the bound in this file")
    parser.add_argument("--write", action="store_true", help="write the bounds of this run into the file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        drawn = arguments.drawn or Path(scratch) / "drawn"
        draw(drawn, arguments.seed, arguments.share)
        store = arguments.readings or Path(scratch) / "readings"
        readings = (
            read_perfectly(drawn) if arguments.perfect else read_stored(drawn, store, arguments.processes)
        )
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
