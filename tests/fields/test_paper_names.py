"""Author lists and names glued to titles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fields.paper_names import author_list, names_at_end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三1，李四2，*，王厚文²", ("张三", "李四", "王厚文")),
        ("刘某诚王德忠李厚文2白云飞1钱楠", ("刘某诚", "王德忠", "李厚文", "白云飞", "钱楠")),
        ("王 明 李 华 张建国", ("王明", "李华", "张建国")),
        ("文/张三", ("张三",)),
        ("欧阳文山、司徒晴", ("欧阳文山", "司徒晴")),
        ("阿不都拉·买买提 张三", ("阿不都拉·买买提", "张三")),
        ("(张三 李四)", ("张三", "李四")),
        ("ZHANG San, LI Si", ("ZHANG San", "LI Si")),
        ("王建设 方向东 李四", ("王建设", "方向东", "李四")),
        ("谢义敏 贾之达", ("谢义敏", "贾之达")),
        ("陈振明龙之有", ("陈振明", "龙之有")),
        ("付伦以胡之泽 黎敬德", ("付伦以", "胡之泽", "黎敬德")),
    ],
)
def test_author_lists(text: str, names: tuple[str, ...]) -> None:
    assert author_list(text.replace("刘某诚", "刘永诚")) == tuple(
        name.replace("刘某诚", "刘永诚") for name in names
    )


@pytest.mark.parametrize(
    "text", ["施工管理", "高层建筑", "金属材料", "地基基础", "方案", "综述与展望", "", "12", "——"]
)
def test_headings_are_no_names(text: str) -> None:
    assert author_list(text) == ()


@pytest.mark.parametrize(
    ("text", "head", "names"),
    [
        ("装配式混凝土结构节点抗震性能研究张三李四", "装配式混凝土结构节点抗震性能研究", ("张三", "李四")),
        ("浅谈建筑工程施工管理 王建国", "浅谈建筑工程施工管理", ("王建国",)),
        ("屋面防水施工万志强 高翔", "屋面防水施工", ("万志强", "高翔")),
        ("BIM技术在工程中的应用(王明,李华)", "BIM技术在工程中的应用", ("王明", "李华")),
        ("绿色建筑评价体系及应用/陈思远 周 明", "绿色建筑评价体系及应用", ("陈思远", "周明")),
        ("深基坑支护体系受力性能分析张三,李四", "深基坑支护体系受力性能分析", ("张三", "李四")),
    ],
)
def test_names_at_the_end_of_a_title(text: str, head: str, names: tuple[str, ...]) -> None:
    split = names_at_end(text)
    assert split is not None
    assert (split.head, split.names) == (head, names)


@pytest.mark.parametrize(
    "title",
    [
        "BIM在施工安全管理中的应用",
        "某住宅工程深基坑支护设计施工图",
        "基于BIM技术的项目管理创新",
        "关于高层建筑施工方案",
        "城市道路边坡温度",
        "绿色建筑技术创新与发展之路",
        "钱塘江治理与生态修复之江村实践",
        "一座古桥的温州之行",
    ],
)
def test_titles_without_names_stay_whole(title: str) -> None:
    assert names_at_end(title) is None


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="王李张明研究设计的 ,，;/()（）12·.…ABab欧阳之*", max_size=30))
def test_never_raises_and_loses_no_title(text: str) -> None:
    split = names_at_end(text)
    if split is not None:
        assert text.startswith(split.head.rstrip()) or split.head in text
        assert all(len(name) >= 2 for name in split.names)
