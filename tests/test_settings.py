from pathlib import Path

import pytest

from domain.settings import load_settings


def test_weights_fetched_once_serve_every_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = tmp_path / "common"
    (common / "models").mkdir(parents=True)
    monkeypatch.setattr("domain.settings.default_data", lambda: common)
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path / "other"))
    assert load_settings().models == common / "models"
    (tmp_path / "other" / "models").mkdir(parents=True)
    assert load_settings().models == tmp_path / "other" / "models"


def test_lists_may_lie_apart_from_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEZHENG_DATA", str(tmp_path))
    monkeypatch.delenv("HEZHENG_LISTS", raising=False)
    assert load_settings().lists == tmp_path / "lists"
    monkeypatch.setenv("HEZHENG_LISTS", str(tmp_path / "others"))
    assert load_settings().lists == tmp_path / "others"
