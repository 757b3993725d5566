"""Chinese and romanised personal names in author lines, also where an engine lost the spaces between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from fields.paper_words import TITLE_ENDS, TITLE_WORDS
from fields.surnames import HAN, HAN_RUN, LEAST, begins_as_name, one_name, run_of_names

_LATIN_NAME = re.compile(
    r"(?:[A-Z]{2,}(?:[ -]?[A-Z]{2,})?,? ?[A-Z][a-z]+(?:[ '’-]?[A-Za-z]?[a-z]+)?"
    r"|[A-Z][a-z]+(?:-[A-Za-z]?[a-z]+)?(?: [A-Z]\.?){0,2} [A-Z][A-Za-z][a-z'’-]*)"
)
_SEPARATORS = re.compile(r"[\s,，、;；/／|｜\d*＊∗⁎†‡#△▲☆★①-⑳¹²³⁴-⁹]+")
_MARKS_BEFORE = re.compile(r"^(?:作者[:：]?|文[/／|｜:：]|[◎□○●■◆◇△▲※/／|｜·•—\-–_:：\s]+)+")
_BRACKETS = re.compile(r"^[(（\[【〔<《]\s*(.+?)\s*[)）\]】〕>》]$")
_UNIT_BRACKET = re.compile(r"\s*[(（][^()（）]*(?:公司|大学|学院|[院局所站]|中心|集团)[^()（）]{0,12}[)）]$")
"""The employer behind an author's name."""
_NOTE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


class Split(NamedTuple):
    """A text whose end is a list of names. ``sure`` 0-1: 1 = marked off, lower = told by the names' shape."""

    head: str
    names: tuple[str, ...]
    sure: float


def author_list(text: str, *, placed: bool = False) -> tuple[str, ...]:
    """The names, where the whole text is a list of names (labels, superscripts, 等 dropped); else ``()``.

    ``placed``: the text stands where names stand, so that a name which is also a word (万元) counts.
    """
    body = _MARKS_BEFORE.sub("", text.strip())
    inside = _BRACKETS.match(body)
    body = inside.group(1) if inside else _NOTE.sub(" ", body)
    body = re.sub(r"(?:等|et al\.?|整理|译|摄影)\s*$", "", body.strip(" .。…:："))
    if not body:
        return ()
    if not HAN_RUN.search(body):
        return _latin_names(body)
    tokens = _lone_characters_joined([token for token in _SEPARATORS.split(body) if token])
    names: list[str] = []
    strange = 0
    for token in tokens:
        found = _token_names(token)
        if found:
            names += found
        elif placed and begins_as_name(token):
            names.append(token)
        elif re.fullmatch(f"[{HAN}]{{2,3}}", token) and token not in TITLE_WORDS:
            names.append(token)
            strange += 1
        elif not re.fullmatch(r"[A-Za-z,.]{1,2}", token):
            return ()
    return tuple(names) if len(names) - strange > strange or (names and not strange) else ()


def _token_names(token: str) -> tuple[str, ...]:
    dotted = token.strip("·.")
    if "·" in dotted:
        parts = [part for part in dotted.split("·") if part]
        if all(one_name(part) for part in parts):
            return tuple(parts)
        return (dotted,) if re.fullmatch(f"[{HAN}]{{2,6}}(?:·[{HAN}]{{2,6}}){{1,2}}", dotted) else ()
    found = run_of_names(dotted)
    if found and (len(found[0]) > 1 or found[1] >= LEAST - 0.3):
        return found[0]
    return ()


def _lone_characters_joined(tokens: list[str]) -> list[str]:
    """“王 明” stands spread out so that it is as wide as a name of three characters."""
    joined: list[str] = []
    place = 0
    while place < len(tokens):
        pair = tokens[place : place + 2]
        if len(pair) == 2 and all(re.fullmatch(f"[{HAN}]", token) for token in pair):
            joined.append("".join(pair))
            place += 2
        else:
            joined.append(tokens[place])
            place += 1
    return joined


def _latin_names(text: str) -> tuple[str, ...]:
    body = re.sub(r"[\d*†‡#]+(?:\s*,\s*[\d*†‡#]+)*", "", text)
    parts = [part.strip() for part in re.split(r"[,;，；、&]| and ", body) if part.strip()]
    if parts and all(_LATIN_NAME.fullmatch(part) for part in parts):
        return tuple(parts)
    return ()


def names_at_end(text: str) -> Split | None:
    """Part a title from the names after it. ``None`` where the end does not look like names."""
    body = text.rstrip(" .。…·,，、;；/／|｜")
    body = _UNIT_BRACKET.sub("", body)
    bracket = re.search(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]$", body)
    if bracket and (inside := author_list(bracket.group(1))):
        return Split(body[: bracket.start()].rstrip(), inside, 0.95)
    latin = re.search(
        r"(?:[\s,;/]|(?<=[a-z\u4e00-\u9fff]))"
        r"((?:[A-Z]{2,} ?[A-Z][a-z]+(?:[-' ]?[a-z]+)?(?:\s*[,;，]\s*)?)+)$",
        body,
    )
    if latin and (inside := _latin_names(latin.group(1))):
        return Split(body[: latin.start()].rstrip(" ,;/"), inside, 0.85)
    marked = _marked_off(body)
    glued = _glued(marked.head if marked else body, after=bool(marked))
    if marked and glued and (marked.sure < 0.9 or glued.sure >= 0.85):
        return Split(glued.head, glued.names + marked.names, min(glued.sure, marked.sure))
    return marked or glued


def _marked_off(body: str) -> Split | None:
    """Names at the end that separators mark off. Less sure after a comma: a name may be glued before it."""
    pieces = list(re.finditer(r"[^\s,，、;；/／|｜]+", body))
    start, count = len(pieces), 0
    while start > 1:
        token = pieces[start - 1].group()
        alone = (
            start >= 2
            and re.fullmatch(f"[{HAN}]", token)
            and re.fullmatch(f"[{HAN}]", pieces[start - 2].group())
        )
        step = 2 if alone else 1
        run = "".join(piece.group() for piece in pieces[start - step : start])
        if start - step < 1 or not _token_names(re.sub(r"[\d*]+$", "", run)):
            break
        start, count = start - step, count + 1
    if not count:
        return None
    head = body[: pieces[start].start()]
    names = author_list(body[pieces[start].start() :])
    if not names or len(head.strip()) < 4:
        return None
    comma = head.rstrip() != head.rstrip().rstrip(",，、;；")
    return Split(head.rstrip(" ,，、;；/／|｜"), names, 0.6 if comma else 0.9)


def _glued(body: str, after: bool) -> Split | None:
    """Names right at the end of a title, told by their shape and the title's last word."""
    run = re.search(f"[{HAN}]+$", body)
    if not run:
        return None
    best: tuple[float, Split] | None = None
    for size in range(2, min(len(run.group()), 24) + 1):
        head, tail = body[:-size], body[-size:]
        found = run_of_names(tail)
        if found is None or len(head.strip()) < 4:
            continue
        names, mean = found
        ends = head.endswith(TITLE_ENDS) or bool(re.search(r"[)）】\]”\"》A-Za-z\d?？!！]$", head))
        score = sum(1.0 for _ in names) * (1.2 + mean) + (2.5 if ends else 0.0) + (0.5 if after else 0.0)
        sure = 0.85 if ends and mean > -1.3 else 0.7 if ends or (after and mean > -0.8) else 0.5
        if mean < LEAST or (not ends and mean < -0.7 and not after):
            continue
        if best is None or score > best[0]:
            best = (score, Split(head.rstrip(), names, sure))
    return best[1] if best else None
