"""Where a page states that it agrees with its original: in its lines as read, or in a closer look.

Only lines with a word of the matter cost anything. A hand's statement is read by the recogniser's own
probabilities; one under a seal is looked for again with the seal's ink taken off, one over print with the
print taken off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from domain.kinds import SealShape
from domain.reading import Line, Seal
from ocr.marks.completing import completed
from ocr.marks.grey import lifted
from ocr.marks.patch import Corners, Detector, MarkReader, Patch, cut_patch, on_page, straight
from ocr.marks.phrases import FoundPhrase, day_label, find_phrase, is_talk, signer_label
from ocr.marks.scoring import Fit, best_fit
from ocr.marks.statement import Row, Statement, width_of
from ocr.marks.views import coloured_only
from ocr.seals.ink import flattened
from ocr.seals.overlay import without_ink
from ocr.seals.shapes import Pixels

_WORDS = re.compile(r"核对|核.无误|对无|无误|原件|与原|复印件|相符|已核|核验|查验|此件|本件")
_FRAGMENT = re.compile(r"[核误符致验]")
_CHARACTERS = frozenset("核对原件误符致复印验")
_MOST_WIDE = 16
"""Han characters of the longest line that may be a statement with what stands beside it."""
_SHORT = 5
_PARAGRAPH = 3
"""Rows above that may begin the sentence."""
_SENTENCE_ENDS = ("。", "！", "？", "；", "：", ";", ":", ".")
_CLOSER_LOOKS = 3


def find_statements(
    picture: Pixels, lines: Sequence[Line], seals: Sequence[Seal], reader: MarkReader, detect: Detector
) -> list[Statement]:
    """The page's statements; without a word of the matter there are none, at no cost."""
    rows = [Row(line.text, line.confidence, _pixels(line, picture)) for line in lines]
    found = stated(rows)
    if found:
        return found
    suspects = [row for row in rows if _suspect(row, seals, picture) and not in_prose(row, rows)]
    suspects += _stamps(seals, picture)
    if not suspects:
        return []
    picture = flattened(picture)
    clean = without_ink(picture, seals)
    found = [said for row in suspects if (said := _said(row, (picture, clean), reader)) is not None]
    found = found or [said for row in suspects if (said := completed(row, seals, (picture, clean), reader))]
    for row in sorted(suspects, key=lambda one: -len(one.text))[:_CLOSER_LOOKS]:
        if found:
            break
        patch = cut_patch(picture, clean, row.corners, width_of(row.text))
        found = _closer(lifted(patch, seals)[0], reader, detect)
    return found


def stated(rows: Sequence[Row]) -> list[Statement]:
    """Statements that can be read off the rows, alone or broken over two; the better reading wins."""
    singles = [(row,) for row in rows]
    near = [row for row in rows if len(row.text) <= 10]
    pairs = [(near[first], near[second]) for first, second in _continuing(near)]
    offers: list[tuple[float, tuple[Row, ...], FoundPhrase]] = []
    for group in (*singles, *pairs):
        text = "".join(row.text for row in group)
        phrase = find_phrase(text)
        if phrase is None or (len(group) == 2 and not _broken_over(phrase, group)):
            continue
        if in_prose(group[0], rows):
            continue
        offers.append((len(phrase.text) - 2.5 * phrase.wrong - (0 if phrase.whole else 3), group, phrase))
    taken: list[Row] = []
    found: list[Statement] = []
    for _, group, phrase in sorted(offers, key=lambda offer: -offer[0]):
        if any(row is other for row in group for other in taken):
            continue
        taken += group
        confidence = min(row.confidence for row in group)
        corners = tuple(row.corners for row in group)
        found.append(Statement(phrase, corners, width_of(group[0].text), confidence))
    return found


def _broken_over(phrase: FoundPhrase, group: Sequence[Row]) -> bool:
    """The statement begins in the first row and ends in the second, which is no label (验证人：…)."""
    first = len(group[0].text)
    if signer_label(group[1].text) is not None or day_label(group[1].text) is not None:
        return False
    return phrase.start < first - 1 and phrase.end > first + 1 and phrase.wrong <= (len(phrase.text) > _SHORT)


def in_prose(row: Row, rows: Sequence[Row]) -> bool:
    """The row goes on with a sentence that begins above it and speaks of rules, requests or promises."""
    text, at = row.text, row
    for _ in range(_PARAGRAPH):
        above = next((one for one in rows if one is not at and _same_paragraph(one, at)), None)
        if above is None or above.text.endswith(_SENTENCE_ENDS):
            return False
        text, at = above.text + text, above
        if is_talk(text):
            return True
    return False


def _same_paragraph(above: Row, row: Row) -> bool:
    """Print of one size, line upon line."""
    alike = max(above.tall, row.tall) < 1.35 * min(above.tall, row.tall)
    return alike and width_of(above.text) > _SHORT and _continues(above, row)


def _pixels(line: Line, picture: Pixels) -> Corners:
    size = np.array([picture.shape[1], picture.shape[0]], np.float32)
    return np.array([[point.x, point.y] for point in line.quad.points], np.float32) * size


def _continues(row: Row, below: Row) -> bool:
    """``below`` stands right under ``row`` as that row runs, about as tall, not far to a side."""
    return (0, 1) in _continuing([row, below])


def _continuing(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Every pair of which the second row continues the first; all at once, for a table has hundreds."""
    if len(rows) < 2:
        return []
    corners = np.array([row.corners for row in rows])
    tall = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    along = corners[:, 1] - corners[:, 0]
    length = np.linalg.norm(along, axis=1)
    along = along / np.maximum(length, 1e-6)[:, None]
    middle = corners.mean(axis=1)
    step = middle[None, :] - middle[:, None]
    down = -along[:, None, 1] * step[..., 0] + along[:, None, 0] * step[..., 1]
    aside = np.abs((along[:, None] * step).sum(axis=2))
    taller = np.maximum(tall[:, None], tall[None])
    longest = np.maximum(length[:, None], length[None])
    alike = taller <= 1.7 * np.minimum(tall[:, None], tall[None])
    below = (0.6 * taller < down) & (down < 2.2 * taller) & (aside < 0.6 * longest) & alike
    np.fill_diagonal(below, False)
    return [(int(first), int(second)) for first, second in np.argwhere(below)]


def _suspect(row: Row, seals: Sequence[Seal], picture: Pixels) -> bool:
    """Words of a verification, or the rest of one that a seal lies on."""
    if width_of(row.text) > _MOST_WIDE or is_talk(row.text):
        return False
    if _WORDS.search(row.text) is not None:
        return True
    if len(set(row.text) & _CHARACTERS) >= 2 and len(row.text) <= 2 * _SHORT:
        return True
    label = signer_label(row.text)
    if label is not None:
        return label.label[0] in "验核" or _under(row, seals, picture)
    return len(row.text) <= _SHORT and _FRAGMENT.search(row.text) is not None and _under(row, seals, picture)


def _under(row: Row, seals: Sequence[Seal], picture: Pixels) -> bool:
    x, y = row.corners.mean(axis=0) / np.array([picture.shape[1], picture.shape[0]])
    return any(
        seal.box.left - 0.3 * seal.box.width < x < seal.box.right + 0.1 * seal.box.width
        and seal.box.top < y < seal.box.bottom
        for seal in seals
    )


def _stamps(seals: Sequence[Seal], picture: Pixels) -> list[Row]:
    """Rectangular stamps whose words are of the matter: a framed statement may be taken for a seal."""
    size = np.array([picture.shape[1], picture.shape[0]], np.float32)
    found = []
    for seal in seals:
        if seal.shape is SealShape.RECTANGLE and _WORDS.search(seal.text) is not None:
            left, top, right, bottom = seal.box.corners
            corners = (
                np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32) * size
            )
            found.append(Row(seal.text, seal.confidence, corners))
    return found


def _said(row: Row, pictures: Sequence[Pixels], reader: MarkReader) -> Statement | None:
    """A statement that the row's picture fits though it was read otherwise."""
    if _WORDS.search(row.text) is None and _FRAGMENT.search(row.text) is None:
        return None
    crops = [straight(picture, row.corners) for picture in pictures]
    fit = best_fit(reader.probabilities(crops))
    if fit is None or is_talk(row.text):
        return None
    return Statement(_as_found(fit, row.text), (row.corners,), width_of(row.text), row.confidence)


def _as_found(fit: Fit, text: str) -> FoundPhrase:
    start = min(round(fit.start * len(text)), max(len(text) - 1, 0))
    return FoundPhrase(fit.phrase, start, max(round(fit.end * len(text)), start + 1), fit.wrong)


def _closer(patch: Patch, reader: MarkReader, detect: Detector) -> list[Statement]:
    """Look again about a suspect line: the seals' ink taken off, then the print where the ink has colour."""
    for view in (patch.clean, coloured_only(patch.clean), coloured_only(patch.raw)):
        if view is None:
            continue
        quads = [np.asarray(quad, np.float32) for quad in detect(view)]
        crops = [straight(view, quad) for quad in quads]
        reads = reader.read(crops)
        rows = [
            Row(read.text.strip(), float(read.confidence), on_page(patch, quad))
            for read, quad in zip(reads, quads, strict=True)
        ]
        found = stated(rows)
        if not found:
            likely = [
                (row, crop)
                for row, crop in zip(rows, crops, strict=True)
                if width_of(row.text) <= _MOST_WIDE
                and (_WORDS.search(row.text) or _FRAGMENT.search(row.text))
            ]
            for row, crop in likely:
                fit = best_fit(reader.probabilities([crop]))
                if fit is not None and not is_talk(row.text):
                    found.append(
                        Statement(
                            _as_found(fit, row.text), (row.corners,), width_of(row.text), row.confidence
                        )
                    )
        if found:
            return found
    return []
