"""Import and loading of journal lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import InputError, SetupError
from policies.journals import ListKind, import_list, list_versions, load_lists

REGISTER = (
    "title,issn,cn,former_titles,status,sponsor\n"
    "样例结构,0378-5955,33-1999/TU,样例土木;样例老刊,在刊,某单位\n"
)
BLACKLIST = (
    "title,issn,cn,kind,genuine_title_exists,match_hint\n"
    "样例前沿（中文版）,,,counterfeit,0,title_blocks\n"
    "样例结构,,,counterfeit,partial,\n"
)


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_import_then_load(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    version = import_list(_file(tmp_path, REGISTER), ListKind.REGISTER, lists)
    import_list(_file(tmp_path, BLACKLIST, "utf-8-sig"), "blacklist", lists)
    loaded = load_lists(lists)
    (row,) = loaded.register_rows
    assert (row.title, row.former_titles, row.status) == ("样例结构", ("样例土木", "样例老刊"), "在刊")
    assert [one.genuine_title_exists for one in loaded.blacklist_rows] == [False, True]
    assert version.rows == 1
    assert [one.kind for one in list_versions(lists)] == [ListKind.REGISTER, ListKind.BLACKLIST]
    assert list_versions(lists)[0].sha256 == version.sha256
    assert {path.name for path in lists.iterdir()} == {
        "register.jsonl",
        "register.json",
        "blacklist.jsonl",
        "blacklist.json",
    }


def test_loaded_again_it_is_the_same_record_until_a_new_import(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    import_list(_file(tmp_path, REGISTER), ListKind.REGISTER, lists)
    first = load_lists(lists)
    assert load_lists(lists) is first
    import_list(_file(tmp_path, REGISTER.replace("样例结构", "样例桥梁")), ListKind.REGISTER, lists)
    assert load_lists(lists).register_rows[0].title == "样例桥梁"


def test_nothing_imported(tmp_path: Path) -> None:
    loaded = load_lists(tmp_path / "lists")
    assert loaded.register_rows == ()
    assert loaded.blacklist_rows == ()
    assert list_versions(tmp_path / "lists") == ()


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("name\n甲\n", "register", "第1行缺少列：title"),
        ("title\n甲\n", "blacklist", "第1行缺少列：kind"),
        ("title,issn\n甲,12\n", "register", "第2行：ISSN“12”不是8位号码"),
        ("title,issn\n甲,\n,0378-5955\n", "register", "第3行：缺少刊名"),
        ("title,kind\n甲,bad\n", "blacklist", "第2行：类别"),
        ("title\n甲,乙\n", "register", "第2行：单元格比表头多"),
        ("title\n", "register", "没有任何数据行"),
    ],
)
def test_faulty_rows_are_named_and_nothing_changes(tmp_path: Path, text: str, kind: str, said: str) -> None:
    lists = tmp_path / "lists"
    with pytest.raises(InputError, match=said):
        import_list(_file(tmp_path, text), kind, lists)
    assert not lists.exists()


def test_another_encoding_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        import_list(_file(tmp_path, REGISTER, "gb18030"), "register", tmp_path / "lists")


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="无法读取"):
        import_list(tmp_path / "none.csv", "register", tmp_path / "lists")


def test_a_damaged_list_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    import_list(_file(tmp_path, REGISTER), ListKind.REGISTER, lists)
    (lists / "register.jsonl").write_text("[", encoding="utf-8")
    with pytest.raises(SetupError, match="重新导入"):
        load_lists(lists)


def test_a_title_with_a_rare_line_mark_stays_one_title(tmp_path: Path) -> None:
    """U+2028 ended a row at import, and came back as a comma when the list was loaded."""
    titles = ["建筑\u2028结构", "城市\x85建设"]
    source = tmp_path / "list.csv"
    source.write_text("title,issn\n" + "".join(f"{title},\n" for title in titles), encoding="utf-8")
    import_list(source, "register", tmp_path / "lists")
    assert [row.title for row in load_lists(tmp_path / "lists").register_rows] == titles


def test_an_endless_heading_is_refused_by_name(tmp_path: Path) -> None:
    """``csv`` gave up on the heading outside of what was caught."""
    source = tmp_path / "list.csv"
    source.write_text("title," + "x" * 200_000 + "\n建筑结构,\n", encoding="utf-8")
    with pytest.raises(InputError, match="第1行"):
        import_list(source, "register", tmp_path / "lists")
