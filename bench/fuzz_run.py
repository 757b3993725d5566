"""One target in a process of its own: ``python -m bench.fuzz_run TARGET CORPUS [libFuzzer options]``."""

from __future__ import annotations

import sys

import atheris


def main() -> None:
    from bench.fuzz_packages import PACKAGES

    target = sys.argv.pop(1)
    with atheris.instrument_imports(include=list(PACKAGES[target])):
        from bench.fuzz_targets import TARGETS

        call = TARGETS[target]
    atheris.Setup(sys.argv, call)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
