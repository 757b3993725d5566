"""The committee's packet in print: a cover, then a sheet (or more) an applicant, each flag with its place.

A free Chinese face is embedded (``report/font``), as far as it is used, so that it prints alike everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from html import escape
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from domain.kinds import Severity
from domain.packet import PacketCover, PacketFlag, PacketSheet
from report.packet_words import UNDECIDED, decision_words, told, verdict_words
from report.privacy import Privacy
from report.words import SEVERITIES

FACE = "hezheng"
_FONT = Path(__file__).with_name("font") / "wqy-microhei.ttf"
_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_CROP_WIDTH, _CROP_HEIGHT = 62 * mm, 60 * mm
_INK, _GREY, _LINE, _PAPER = (
    HexColor("#1d2733"),
    HexColor("#5b6672"),
    HexColor("#cfd6de"),
    HexColor("#f5f7f9"),
)
_WHITE = HexColor("#ffffff")
_NO_GLYPH = "〓"
_PADDINGS = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
_COLOURS = {
    Severity.ERROR: HexColor("#b3261e"),
    Severity.WARNING: HexColor("#9a6700"),
    Severity.INFO: HexColor("#2f5f8f"),
}
_VERDICT_COLOURS = {"fail": "#b3261e", "review": "#9a6700", "pass": "#2e7d32", "": "#5b6672"}


def _style(size: float, colour: object = _INK, **others: object) -> ParagraphStyle:
    given: dict[str, object] = {"fontName": FACE, "fontSize": size, "leading": size * 1.5, "wordWrap": "CJK"}
    return ParagraphStyle("", textColor=colour, **(given | others))


_TITLE, _HEAD, _TEXT, _SMALL = _style(20), _style(14), _style(10), _style(8.5, _GREY)
_CELL, _RIGHT = _style(9), _style(9, alignment=TA_RIGHT)
_QUOTE = _style(8.5, _GREY, leftIndent=6, borderPadding=(0, 0, 0, 6))


def write_packet(cover: PacketCover, sheets: Iterable[PacketSheet], target: Path, privacy: Privacy) -> None:
    """Write the PDF. ``sheets`` are taken one after another."""
    if FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FACE, str(_FONT)))
    document = BaseDocTemplate(
        str(target),
        pagesize=A4,
        title=f"评审材料核对汇总 {privacy.text(cover.batch)}",
        author="核证",
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
    )
    frame = Frame(_MARGIN, 16 * mm, _WIDTH, A4[1] - 34 * mm, leftPadding=0, rightPadding=0)
    label = privacy.text(cover.batch)
    document.addPageTemplates([PageTemplate("page", [frame], onPage=lambda canvas, _: _foot(canvas, label))])
    document.build(list(_story(cover, sheets, privacy)))


def _story(cover: PacketCover, sheets: Iterable[PacketSheet], privacy: Privacy) -> Iterable[Flowable]:
    yield NextPageTemplate("page")
    yield from _cover(cover, privacy)
    for sheet in sheets:
        yield PageBreak()
        yield from _sheet(sheet, privacy)


def _foot(canvas: Canvas, label: str) -> None:
    canvas.saveState()
    canvas.setFont(FACE, 8)
    canvas.setFillColor(_GREY)
    canvas.drawString(_MARGIN, 9 * mm, f"核证 · {label}"[:60])
    canvas.drawRightString(A4[0] - _MARGIN, 9 * mm, f"第 {canvas.getPageNumber()} 页")
    canvas.restoreState()


def _cover(cover: PacketCover, privacy: Privacy) -> Iterable[Flowable]:
    yield Paragraph("评审材料核对汇总", _TITLE)
    yield Spacer(0, 4 * mm)
    yield Paragraph(_plain(cover.batch, privacy), _HEAD)
    yield Paragraph(f"生成时间 {told(cover.made_at)}　生成人 {_plain(cover.made_by, privacy)}", _SMALL)
    yield Spacer(0, 6 * mm)
    rows = [[Paragraph("结论", _SMALL), Paragraph("人数", _style(8.5, _GREY, alignment=TA_RIGHT))]]
    for verdict in ("fail", "review", "pass", ""):
        if number := cover.verdicts.get(verdict, 0):
            rows.append([Paragraph(verdict_words(verdict), _TEXT), Paragraph(str(number), _RIGHT)])
    rows.append([Paragraph("合计", _TEXT), Paragraph(str(sum(cover.verdicts.values())), _RIGHT)])
    yield Table(rows, [60 * mm, 25 * mm], hAlign="LEFT", style=[("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE)])
    yield Spacer(0, 6 * mm)
    yield Paragraph("程序只指出问题、所在位置和通知依据，不作评审决定；“待核”须由人核对后认定。", _SMALL)
    if cover.problems:
        yield Spacer(0, 6 * mm)
        yield Paragraph("未能纳入核对的内容", _HEAD)
        for path, message in cover.problems:
            yield Paragraph(f"{_plain(path, privacy)}：{_plain(message, privacy)}", _CELL)


def _sheet(sheet: PacketSheet, privacy: Privacy) -> Iterable[Flowable]:
    colour = _VERDICT_COLOURS[sheet.verdict]
    verdict = f'<font color="{colour}">{verdict_words(sheet.verdict)}</font>'
    name = Paragraph(_plain(sheet.applicant, privacy), _style(16))
    yield Table(
        [[name, Paragraph(verdict, _style(13, alignment=TA_RIGHT))]],
        [_WIDTH * 0.62, _WIDTH * 0.38],
        style=[
            ("LINEBELOW", (0, 0), (-1, 0), 1, _INK),
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ],
    )
    about = " · ".join(
        part for part in (sheet.organisation, sheet.path, f"材料{sheet.files}个共{sheet.pages}页") if part
    )
    yield Spacer(0, 1.5 * mm)
    yield Paragraph(_plain(about, privacy), _SMALL)
    if sheet.unread:
        yield Paragraph(f"未能读取：{_plain('、'.join(sheet.unread), privacy)}", _style(9, "#b3261e"))
    yield Spacer(0, 4 * mm)
    if not sheet.flags:
        words = "未发现问题。程序只核对通知中可核对的要求，其余仍需按通知审核。"
        yield Paragraph(words if sheet.verdict else "尚未核对完，请稍后重新生成。", _TEXT)
    for flag in sheet.flags:
        yield KeepTogether(_flag(flag, privacy))


def _flag(flag: PacketFlag, privacy: Privacy) -> list[Flowable]:
    """Words at the left, the place on the page at the right, the decision beneath."""

    def plain(text: str) -> str:
        return _plain(text, privacy)

    colour = _COLOURS[flag.severity]
    place = f"{flag.file} 第{flag.page}页" if flag.file and flag.page else flag.file or "整份申报"
    head = f"{flag.number}　{SEVERITIES[flag.severity]}"
    words: list[Flowable] = [
        Paragraph(
            f'<font color="{colour.hexval().replace("0x", "#")}">{head}</font>　{plain(place)}', _SMALL
        ),
        Paragraph(plain(flag.message), _TEXT),
    ]
    compared = [
        f"{label} {plain(value)}" for label, value in (("应为", flag.expected), ("实为", flag.found)) if value
    ]
    if compared:
        words.append(Paragraph("；".join(compared), _CELL))
    if flag.advice:
        words.append(Paragraph(plain(flag.advice), _CELL))
    words.append(Spacer(0, 1 * mm))
    words.append(Paragraph(f"“{plain(flag.quote)}”", _QUOTE))
    words.append(Paragraph(f"{plain(flag.notice)}　{plain(flag.requirement)}", _QUOTE))
    words.append(Spacer(0, 1 * mm))
    words += _decisions(flag, privacy)
    crop = _crop(flag)
    widths = [_WIDTH - _CROP_WIDTH - 6 * mm, _CROP_WIDTH + 6 * mm] if crop else [_WIDTH]
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), _PAPER),
        ("LINEBEFORE", (0, 0), (0, -1), 2.2, colour),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]
    return [Table([[words, crop] if crop else [words]], widths, style=style, spaceAfter=3.5 * mm)]


def _decisions(flag: PacketFlag, privacy: Privacy) -> Iterable[Flowable]:
    """The last one counts and stands first; earlier ones stay to be seen."""
    if not flag.decisions:
        yield Paragraph(UNDECIDED, _SMALL)
    for number, one in enumerate(reversed(flag.decisions)):
        reason = f"：{_plain(one.reason, privacy)}" if one.reason else ""
        words = f"{decision_words(one)}{reason}　{_plain(one.by, privacy)}　{told(one.at)}"
        yield Paragraph(words if number == 0 else f"此前　{words}", _CELL if number == 0 else _SMALL)


def _plain(text: str, privacy: Privacy) -> str:
    """Masked, and a character that the face does not have as 〓, so that it is seen to be missing."""
    known = pdfmetrics.getFont(FACE).face.charToGlyph
    shown = "".join(
        one if one == " " or ord(one) in known else _NO_GLYPH for one in _on_one_line(text, privacy)
    )
    return escape(shown)


def _on_one_line(text: str, privacy: Privacy) -> str:
    return "".join(
        " " if one.isspace() else one for one in privacy.text(text) if one.isprintable() or one.isspace()
    )


def _crop(flag: PacketFlag) -> Table | None:
    if flag.crop is None:
        return None
    width, height = ImageReader(io.BytesIO(flag.crop)).getSize()
    scale = min(_CROP_WIDTH / width, _CROP_HEIGHT / height)
    picture = Image(io.BytesIO(flag.crop), width * scale, height * scale)
    return Table(
        [[picture]],
        style=[
            ("BOX", (0, 0), (-1, -1), 0.4, _LINE),
            ("BACKGROUND", (0, 0), (-1, -1), _WHITE),
            *((side, (0, 0), (-1, -1), 1) for side in _PADDINGS),
        ],
    )
