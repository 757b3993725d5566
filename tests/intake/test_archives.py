"""A zip may be hostile: nothing outside the folder, no link, nothing twice, nothing past a limit."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from domain.errors import InputError
from intake.archives import ArchiveLimits, unpack_archive

LIMITS = ArchiveLimits(entries=50, entry_bytes=100_000, total_bytes=300_000)


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def unmarked(path: Path, names: list[bytes]) -> Path:
    """A zip as older Windows programs write it: names in the system's encoding, and no word of which."""
    local, central = b"", b""
    for name in names:
        numbers = (20, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, len(name), 0)
        central += struct.pack("<4sH", b"PK\x01\x02", 20) + struct.pack("<HHHHHIIIHH", *numbers)
        central += struct.pack("<HHHII", 0, 0, 0, 0, len(local)) + name
        local += b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", *numbers) + name + b"x"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(names), len(names), len(central), len(local), 0)
    path.write_bytes(local + central + end)
    return path


def unpacked(source: Path, limits: ArchiveLimits = LIMITS) -> tuple[dict[str, bytes], list[InputError]]:
    """What lies in the target by path, and what was told. Nothing may lie beside the target."""
    target = source.parent / "room" / "target"
    target.mkdir(parents=True)
    problems = unpack_archive(source, "一批.zip", target, limits)
    assert list(target.parent.iterdir()) == [target]
    files = [path for path in target.rglob("*") if not path.is_dir()]
    assert not any(path.is_symlink() for path in files)
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in files}, list(problems)


def test_folders_and_files_come_out(tmp_path: Path) -> None:
    wanted = {"2020/张三/declaration.json": b"{}", "2020/张三/证书/a.jpg": b"a" * 90_000}
    clutter = {"__MACOSX/2020/._a": b"x", "2020/.DS_Store": b"x"}
    assert unpacked(zipped(tmp_path / "a.zip", wanted | clutter)) == (wanted, [])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_tell_their_encoding(tmp_path: Path, encoding: str) -> None:
    names = ["申报\\张三\\聘书.jpg", "申报/李四/鎏.jpg"]  # 0x5C is a second byte of GBK too
    files, problems = unpacked(unmarked(tmp_path / "a.zip", [name.encode(encoding) for name in names]))
    assert sorted(files) == ["申报/张三/聘书.jpg", "申报/李四/鎏.jpg"]
    assert problems == []


def test_bytes_that_are_no_text_still_have_a_name(tmp_path: Path) -> None:
    files, problems = unpacked(unmarked(tmp_path / "a.zip", [b"\xff\xff.jpg", b"b.jpg"]))
    assert len(files) == 2
    assert problems == []


@pytest.mark.parametrize(
    "name", ["../escaped.txt", "a/../../escaped.txt", "/etc/escaped", "C:\\escaped.txt", "..\\escaped.txt"]
)
def test_nothing_gets_outside(tmp_path: Path, name: str) -> None:
    files, problems = unpacked(zipped(tmp_path / "a.zip", {name: b"x", "good.txt": b"good"}))
    assert files == {"good.txt": b"good"}
    assert [problem.code for problem in problems] == ["file.unsupported"]
    assert "以外" in problems[0].message


def test_links_are_told_and_left_out(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.jpg")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("link.jpg/inside", b"x")
    files, problems = unpacked(tmp_path / "a.zip")
    assert files == {"link.jpg/inside": b"x"}
    assert "链接" in problems[0].message


def test_the_same_name_twice_keeps_the_first(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.jpg", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.jpg", b"second")
        archive.writestr("a.jpg/below", b"third")
    files, problems = unpacked(tmp_path / "a.zip")
    assert files == {"a.jpg": b"first"}
    assert len(problems) == 2


def test_a_bomb_costs_its_file_alone(tmp_path: Path) -> None:
    files, problems = unpacked(zipped(tmp_path / "a.zip", {"bomb.bmp": b"\0" * 200_000, "good.txt": b"good"}))
    assert files == {"good.txt": b"good"}
    assert [problem.code for problem in problems] == ["file.too-large"]


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"bomb.bmp": b"\0" * 200_000})
    lying = source.read_bytes().replace(struct.pack("<I", 200_000), struct.pack("<I", 10))
    source.write_bytes(lying)
    files, problems = unpacked(source)
    assert files == {}
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("files", "limits"),
    [
        ({f"{number}.bmp": b"\0" * 90_000 for number in range(4)}, LIMITS),
        ({f"{number}.txt": b"x" for number in range(51)}, LIMITS),
    ],
)
def test_past_the_limits_of_the_whole_nothing_is_taken(
    tmp_path: Path, files: dict[str, bytes], limits: ArchiveLimits
) -> None:
    with pytest.raises(InputError, match="分成几批") as raised:
        unpacked(zipped(tmp_path / "a.zip", files), limits)
    assert raised.value.code == "file.too-large"


def inner(tmp_path: Path, files: Mapping[str, bytes]) -> bytes:
    return zipped(tmp_path / "inner", files).read_bytes()


def test_a_zip_of_zips_is_unpacked_once_more_and_no_deeper(tmp_path: Path) -> None:
    deepest = inner(tmp_path, {"a.txt": b"a"})
    zhang = inner(tmp_path, {"declaration.json": b"{}", "more.zip": deepest})
    files, problems = unpacked(zipped(tmp_path / "a.zip", {"张三.ZIP": zhang, "坏.zip": b"no zip"}))
    assert files == {"张三/declaration.json": b"{}"}
    assert sorted(problem.name for problem in problems) == ["坏.zip", "张三/more.zip"]


def test_limits_hold_for_nested_archives_together(tmp_path: Path) -> None:
    one = inner(tmp_path, {"a.bmp": b"\0" * 90_000})
    with pytest.raises(InputError, match="分成几批"):
        unpacked(zipped(tmp_path / "a.zip", {f"{number}.zip": one for number in range(4)}))


def test_what_is_no_zip_or_is_cut_off_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"Rar!\x1a\x07" + b"x" * 100)
    with pytest.raises(InputError, match="不是zip"):
        unpacked(tmp_path / "a.zip")


def test_damage_in_one_file_costs_that_file_alone(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"bad.txt": b"bad" * 1000, "good.txt": b"good"})
    content = bytearray(source.read_bytes())
    content[45] ^= 0xFF
    source.write_bytes(content)
    files, problems = unpacked(source)
    assert files == {"good.txt": b"good"}
    assert [problem.code for problem in problems] == ["file.unreadable"]


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", {"a.txt": b"a"})
    content = bytearray(source.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    source.write_bytes(content)
    files, problems = unpacked(source)
    assert files == {}
    assert [problem.code for problem in problems] == ["file.encrypted"]


def test_odd_names_become_fit_for_the_disk(tmp_path: Path) -> None:
    long = "很长" * 100 + ".jpg"
    files, problems = unpacked(zipped(tmp_path / "a.zip", {"a\u202egpj.exe": b"1", long: b"2", " ": b"3"}))
    assert len(files) == 3
    assert problems == []
    assert any(name.startswith("很长") and name.endswith(".jpg") for name in files)
    deep = zipped(tmp_path / "deep.zip", {"/".join("abcdefghijklmnop"): b"x"})
    (tmp_path / "room" / "target").rename(tmp_path / "old")
    (tmp_path / "room").rmdir()
    assert [problem.code for problem in unpacked(deep)[1]] == ["file.unsupported"]
