"""How many rows of a crowded contents page are read right: forty articles in two columns, every page style.

    python -m bench.contents [--pages 20] [--share 1.0] [--seed 9000] [--choose] [--save DIR] [--verbose]
    python -m bench.contents --saved DIR

A row is right where title, authors and page are: the title letter for letter (punctuation and spaces aside),
all authors, the page number. Pages are drawn with faces that nothing was taught or chosen on, from titles
whose words the generator's demo does not use; ``--choose`` draws with the generator's own faces instead, for
looking at failures. ``--share`` reads that share of the pages only.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.facts import Facts
from domain.kinds import ReadingStatus
from domain.page import PageImage
from domain.reading import PageReading, Reading
from fields import understand
from fixtures import content, damage, fonts
from fixtures.canvas import Canvas
from fixtures.documents import contents_two_columns, journal
from fixtures.page import Page
from matching.text import bare
from ocr import Reader

REPORT_FACES = {
    "hanazono": fonts.Face("truetype/hanazono/HanaMinA.ttf", 0, "fonts-hanazono"),
    "cns11643": fonts.Face("truetype/cns11643/TW-Sung-98_1.ttf", 0, "fonts-cns11643-sung"),
    "microhei": fonts.Face("truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei"),
}
FIRST_REPORT_SEED = 9000
ARTICLES = 40
_TOPICS = (
    "城镇污水处理厂提标改造", "固体废物填埋场渗滤液", "近岸海域富营养化", "燃煤锅炉超低排放",
    "乡镇饮用水水源地", "竹林碳汇计量", "杉木人工林抚育间伐", "国土空间规划双评价", "耕地质量等别更新",
    "露天矿山边坡生态修复", "大断面浅埋暗挖隧道", "UHPC湿接缝", "C60自密实混凝土", "BIM+GIS集成平台",
    "PM2.5与O3协同控制",
    "不动产登记数据整合", "滑坡灾害易发性", "轻钢龙骨隔墙", "超高层泵送顶升", "老旧桥梁拓宽拼接",
    "VOCs无组织排放", "声屏障降噪", "化工园区地下水", "退役电池梯次利用", "纺织印染废水回用",
)  # fmt: skip
_ENDS = (
    "的研究", "的若干思考", "影响因素分析", "评价方法及其应用", "关键技术", "现状、问题与对策",
    "数值模拟与现场实测", "——以浙东某县为例", "的实践与探索（上）", "技术路线比选", "效果评估",
    "标准体系探讨", "试验研究与机理分析",
    "在长三角地区的推广应用及其经济效益分析", "中若干常见质量问题的成因与防治措施", "综述", "初探",
)  # fmt: skip
_STARTS = ("", "", "", "基于遥感影像的", "浅谈", "关于", "新时期", "考虑季节变化的", "某")


def drawn(seed: int, layout: str, face: str | None, dpi: int) -> Page:
    """One page of forty articles, undamaged."""
    rng = content.dice(seed)
    issue = journal.Issue(
        content.journal(rng), rng.randint(2014, 2023), rng.randint(1, 6), rng.randint(8, 40)
    )
    sheet = Canvas(dpi=dpi, only_family=face)
    return contents_two_columns.draw(issue, _articles(rng), layout, rng, sheet)


def _articles(rng: random.Random) -> tuple[content.Article, ...]:
    found: dict[str, content.Article] = {}
    page = rng.choice((1, 1, 3, 121))
    while len(found) < ARTICLES:
        title = rng.choice(_STARTS) + rng.choice(_TOPICS) + rng.choice(_ENDS)
        if title in found:
            continue
        last = page + rng.randint(2, 6)
        authors = tuple(content.person_name(rng) for _ in range(rng.choice((1, 1, 2, 2, 3))))
        found[title] = content.Article(title, authors, page, last)
        page = last + 1
    return tuple(found.values())


def read(page: Page, reader: Reader) -> PageReading:
    height, width = page.pixels.shape[:2]
    return reader.read(PageImage(number=1, width=width, height=height, pixels=page.pixels.tobytes()))


def facts_of(reading: PageReading) -> Facts:
    whole = Reading(
        path="contents.jpg", sha256="0" * 64, size=1, media_type="image/jpeg",
        status=ReadingStatus.COMPLETE, pages=(reading,),
    )  # fmt: skip
    return understand(whole).facts[0]


def judged(
    found: Facts, truth: Sequence[Mapping[str, object]]
) -> list[tuple[bool, Mapping[str, object], dict[str, str]]]:
    """For every true row: whether it was read right, the truth, and what came nearest to it."""
    rows = [{name: field.text for name, field in row.fields.items()} for row in found.rows_of("entry")]
    by_title: dict[str, dict[str, str]] = {bare(row.get("title", "")): row for row in rows}
    by_page = {row["page"]: row for row in rows if "page" in row}
    result = []
    for wanted in truth:
        title = bare(str(wanted["title"]))
        row = by_title.get(title) or by_page.get(str(wanted["page"])) or {}
        right = (
            bare(row.get("title", "")) == title
            and row.get("authors") == wanted["authors"]
            and row.get("page") == wanted["page"]
        )
        result.append((right, wanted, row))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20, help="pages of each damage")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=FIRST_REPORT_SEED)
    parser.add_argument("--choose", action="store_true", help="the generator's own faces")
    parser.add_argument("--save", type=Path, help="folder for readings and truths")
    parser.add_argument("--saved", type=Path, help="judge the readings that --save kept; nothing is read")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    if arguments.saved:
        _judge_saved(arguments.saved)
        return
    faces: tuple[str | None, ...] = (None,) if arguments.choose else tuple(REPORT_FACES)
    fonts.FACES.update(REPORT_FACES)
    reader = Reader()
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for number in range(max(1, round(arguments.pages * arguments.share))):
        layout = contents_two_columns.LAYOUTS[number % len(contents_two_columns.LAYOUTS)]
        clean = drawn(
            arguments.seed + number, layout, faces[number % len(faces)], (150, 200)[number // 2 % 2]
        )
        for name, harm in (("flatbed", damage.flatbed), ("photo", damage.phone)):
            page = harm(clean, content.dice(arguments.seed + number))
            reading = read(page, reader)
            if arguments.save:
                _save(arguments.save / f"{name}-{number:02d}-{layout}.json", reading, page)
            rows = judged(facts_of(reading), page.truth.rows)
            for key in ((name, "all"), (name, layout)):
                tally[key][0] += sum(right for right, _, _ in rows)
                tally[key][1] += len(rows)
            for right, wanted, row in rows if arguments.verbose else ():
                if not right:
                    print(f"  {name} {number} {layout}: {wanted} <> {row}")
    _print(tally)


def _print(tally: Mapping[tuple[str, str], Sequence[int]]) -> None:
    for (name, layout), (good, whole) in sorted(tally.items()):
        print(f"{name:<8}{layout:<11}{good}/{whole} = {good / whole:.3f}")


def _judge_saved(folder: Path) -> None:
    tally: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        name, _, layout = path.stem.split("-")
        rows = judged(facts_of(PageReading.model_validate(told["reading"])), told["truth"]["rows"])
        for key in ((name, "all"), (name, layout)):
            tally[key][0] += sum(right for right, _, _ in rows)
            tally[key][1] += len(rows)
    _print(tally)


def _save(path: Path, reading: PageReading, page: Page) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    truth = {"kind": page.truth.kind, "fields": page.truth.fields, "rows": list(page.truth.rows)}
    path.write_text(
        json.dumps({"reading": json.loads(reading.model_dump_json()), "truth": truth}, ensure_ascii=False),
        "utf-8",
    )


if __name__ == "__main__":
    main()
