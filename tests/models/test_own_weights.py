"""Networks of our own: they come with the program, by hash, and are missed where they are not there."""

from pathlib import Path

import pytest

import models
from domain.errors import SetupError
from models import WeightState, sessions
from models.fetching import sha256_of, verify
from models.manifest import OwnWeight, own_weights, weight, weights

LARGEST = 10_000_000
"""Bytes: what a clone should not have to carry more of."""


def test_every_network_of_our_own_is_committed_small_and_the_one_of_the_manifest() -> None:
    for own in own_weights():
        assert own.path.stat().st_size <= LARGEST
        assert sha256_of(own.path) == own.sha256
        assert own.licence
        assert own.path.with_name("card.md").is_file()
        assert models.weight_path(own.name) == own.path


def test_names_are_unique_among_fetched_and_own() -> None:
    names = [entry.name for entry in weights()] + [entry.name for entry in own_weights()]
    assert len(names) == len(set(names))
    assert isinstance(weight("seal_finder"), OwnWeight)


def test_verify_needs_nothing_fetched_for_our_own(tmp_path: Path) -> None:
    states = {report.name: report.state for report in verify(tmp_path)}
    assert all(states[own.name] is WeightState.PRESENT for own in own_weights())
    assert states["line_detection"] is WeightState.MISSING


def test_a_lost_own_network_is_no_matter_of_fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = OwnWeight(name="lost", description="", file="nowhere/lost.onnx", sha256="0" * 64, licence="MIT")
    monkeypatch.setattr(sessions, "weight", lambda name: lost)
    with pytest.raises(SetupError, match="重新安装"):
        models.weight_path("lost")
