"""The clerk's page: one file to open in a browser, with page pictures, framed places and the flags.

All text from outside passes ``html.escape``; the page may load nothing from anywhere (content policy).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

from domain.geometry import Box
from domain.kinds import Severity, Verdict
from domain.plan import Plan
from domain.review import ApplicationReview, FileReview
from domain.screening import PagePictures, Screening
from policies.names import KIND_NAMES
from report.contents import read_values
from report.embedding import embedded_pictures
from report.numbering import NumberedFlag, numbered
from report.outcomes import requirement_states
from report.privacy import Privacy
from report.words import SEVERITIES, VERDICTS

_TEMPLATES = Path(__file__).with_name("templates")


def write_html(
    screening: Screening, plans: Mapping[str, Plan], pictures: PagePictures, target: Path, privacy: Privacy
) -> None:
    """Write the page. ``plans``: by id, those that the applications were judged by."""
    reviews = screening.applications
    sources = embedded_pictures(reviews, pictures, target.parent)
    batch = [
        {
            "files": [
                {
                    "label": f"{file.file.path}　{KIND_NAMES[file.file.document.kind.name]}",
                    "pages": [
                        sources.get((file.file.reading.sha256, page.number), "")
                        for page in file.file.reading.pages
                    ],
                }
                for file in review.files
            ]
        }
        for review in reviews
    ]
    page = Template((_TEMPLATES / "report.html").read_text(encoding="utf-8")).substitute(
        style=(_TEMPLATES / "report.css").read_text(encoding="utf-8"),
        script=(_TEMPLATES / "report.js").read_text(encoding="utf-8"),
        totals=_totals(reviews),
        filters=_filters(reviews),
        people="".join(_person(review) for review in reviews),
        applications="".join(_application(review, plans.get(review.plan), privacy) for review in reviews),
        batch=json.dumps(batch, ensure_ascii=False).replace("<", "\\u003c"),
    )
    target.write_text(page, encoding="utf-8")


def _totals(reviews: Sequence[ApplicationReview]) -> str:
    counts = Counter(review.verdict for review in reviews)
    parts = [f"<span>申报<b>{len(reviews)}</b>份</span>"]
    parts += [f"<span>{words}<b>{counts[verdict]}</b></span>" for verdict, words in VERDICTS.items()]
    return "".join(parts)


def _filters(reviews: Sequence[ApplicationReview]) -> str:
    present = {review.verdict for review in reviews}
    buttons = ['<button data-verdict="" aria-pressed="true">全部</button>']
    buttons += [
        f'<button data-verdict="{verdict}" aria-pressed="false">{words}</button>'
        for verdict, words in VERDICTS.items()
        if verdict in present
    ]
    return "".join(buttons)


def _person(review: ApplicationReview) -> str:
    counts = Counter(flag.severity for flag in review.all_flags)
    told = "　".join(f"{SEVERITIES[one]} {counts[one]}" for one in Severity if counts[one]) or "无问题"
    return (
        f'<li><button class="person" data-verdict="{review.verdict}">'
        f'<span class="chip {review.verdict}">{VERDICTS[review.verdict]}</span>'
        f'<span class="name">{escape(review.applicant or "（未知）")}</span>'
        f'<span class="folder">{escape(review.path)}</span><span class="counts">{told}</span></button></li>'
    )


def _application(review: ApplicationReview, plan: Plan | None, privacy: Privacy) -> str:
    flags = numbered(review)
    judged = [one for one in flags if one.flag.severity is not Severity.INFO]
    notes = [one for one in flags if one.flag.severity is Severity.INFO]
    indices = {file.file.path: index for index, file in enumerate(review.files)}
    parts = [
        '<section class="application" hidden>',
        f"<h2>{escape(review.applicant or '（未知）')}"
        f'<span class="chip {review.verdict}">{VERDICTS[review.verdict]}</span></h2>',
        f'<p class="about">{escape(review.path)}　{escape(plan.title if plan else review.plan)}</p>',
        *(_flag(one, indices, privacy) for one in judged),
    ]
    if review.verdict is Verdict.PASS:
        parts.append('<p class="none">未发现问题。程序只核对下列要求，其余仍需按通知审核。</p>')
    if notes:
        parts += ["<h3>流程与提示</h3>", *(_flag(one, indices, privacy) for one in notes)]
    parts += ["<h3>材料与识别内容</h3>", *(_contents(file, indices, privacy) for file in review.files)]
    if plan is not None:
        parts += ["<h3>核对情况</h3>", _results(review, plan)]
    return "".join([*parts, "</section>"])


def _flag(one: NumberedFlag, indices: Mapping[str, int], privacy: Privacy) -> str:
    flag = one.flag
    place = "整份申报"
    if flag.file is not None:
        place = f"{flag.file} 第{flag.page}页" if flag.page else flag.file
    at = ""
    if one.file is not None:
        at = f' data-file="{indices[one.file.file.path]}" data-page="{flag.page or 1}"{_box(flag.box)}'
    compared = [
        f"<span><i>{label}</i>{escape(privacy.text(value))}</span>"
        for label, value in (("应为", flag.expected), ("实为", flag.found))
        if value is not None
    ]
    severity = flag.severity
    cited = f"{escape(flag.requirement.notice)}　{escape(flag.requirement.id)}"
    return (
        f'<article class="flag {severity}" data-severity="{severity}" data-number="{one.number}"{at}>'
        f'<div class="head"><span class="chip {severity}">{one.number}　{SEVERITIES[severity]}</span>'
        f'<span class="place" title="{escape(place)}">{escape(place)}</span></div>'
        f'<p class="message">{escape(privacy.text(flag.message))}</p>'
        f"{_wrapped('div', 'compare', ''.join(compared))}"
        f"{_wrapped('p', 'advice', escape(privacy.text(flag.advice)))}"
        f"<blockquote><q>{escape(flag.requirement.quote)}</q>"
        f"<cite>{cited}</cite></blockquote></article>"
    )


def _wrapped(tag: str, name: str, content: str) -> str:
    return f'<{tag} class="{name}">{content}</{tag}>' if content else ""


def _box(box: Box | None) -> str:
    return f' data-box="{",".join(f"{value:.5f}" for value in box.corners)}"' if box else ""


def _contents(file: FileReview, indices: Mapping[str, int], privacy: Privacy) -> str:
    evidence = file.file
    index = indices[evidence.path]
    rows = [
        f"<tr><td>{escape(value.label)}</td><td>"
        f'<button class="field-link" data-file="{index}" data-page="{value.field.where.page}"'
        f"{_box(value.field.where.box)}>{escape(value.text)}</button></td></tr>"
        for value in read_values(evidence, privacy)
    ]
    pages = f"{len(evidence.reading.pages)} 页" if evidence.reading.pages else "无法读取"
    return (
        f"<details><summary>{escape(evidence.path)} "
        f"<small>{KIND_NAMES[evidence.document.kind.name]} · {pages}</small></summary>"
        f"<table>{''.join(rows) or '<tr><td>没有识别出可核对的内容</td></tr>'}</table></details>"
    )


def _results(review: ApplicationReview, plan: Plan) -> str:
    rows = [
        f'<tr title="{escape(state.requirement.quote)}"><td>{escape(state.requirement.id)}</td>'
        f"<td>{escape(state.requirement.title)}{_wrapped('div', 'note', escape(state.note))}</td>"
        f'<td class="outcome-{state.outcome or "none"}">{state.words}</td></tr>'
        for state in requirement_states(review, plan)
    ]
    return f"<details><summary>通知逐条要求的核对情况</summary><table>{''.join(rows)}</table></details>"
