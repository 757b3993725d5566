"""Every seed of the fuzzer through its target, without atheris: what the search starts from is no failure."""

from __future__ import annotations

import pytest

from bench.fuzz_packages import PACKAGES
from bench.fuzz_seeds import SEEDS
from bench.fuzz_targets import TARGETS


def test_every_target_has_seeds_and_packages() -> None:
    assert set(TARGETS) == set(SEEDS) == set(PACKAGES)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_every_seed_gets_an_answer(target: str) -> None:
    for content in SEEDS[target]():
        TARGETS[target](content)
