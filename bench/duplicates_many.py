"""Prints of many pages out of a few: sheets of one form, other pages, and twins planted among them."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from domain.traces import PagePrint, PageTraces, SealPrint, SignaturePrint
from forensics.prints import (
    INK_LEVELS,
    PAGE_LEVELS,
    PAGE_SIDES,
    SEAL_SIDE,
    SIGNATURE_SIDES,
    hash_of,
    packed,
    unpacked,
)

Picture = NDArray[np.float32]
PLANTED = 50


@dataclass(frozen=True, slots=True)
class Many:
    pages: list[PagePrint]
    seals: list[SealPrint]
    signatures: list[SignaturePrint]
    planted: set[tuple[int, int]]
    """Places of the twins, the same among pages, seals and signatures."""


def many(known: list[PageTraces], count: int, seed: int = 9000) -> Many:
    """Every third page is a sheet of the first known one's form."""
    chance = np.random.default_rng(seed)
    pages = [_levels(one.print.picture, PAGE_SIDES, PAGE_LEVELS) for one in known if one.print]
    seals = [
        _levels(one.picture, (SEAL_SIDE, SEAL_SIDE), INK_LEVELS)
        for traces in known
        for one in traces.seal_prints
    ]
    strokes = [
        _levels(one.picture, SIGNATURE_SIDES, INK_LEVELS)
        for traces in known
        for one in traces.signature_prints
    ]
    made = Many([], [], [], set())
    again = set(chance.choice(count - PLANTED, PLANTED, replace=False).tolist())
    copies = []
    for number in range(count - PLANTED):
        page = pages[0] if number % 3 == 0 else _another(pages[number % len(pages)], chance)
        seal, signature = seals[number % len(seals)], strokes[number % len(strokes)]
        drawn = _sheet(page, chance), _pressed(seal, chance), _pressed(signature, chance)
        _add(made, *drawn)
        if number in again:
            copies.append((number, drawn))
    for number, drawn in copies:
        made.planted.add((number, len(made.pages)))
        _add(made, *(_saved_again(one, chance) for one in drawn))
    return made


def _levels(picture: str, sides: tuple[int, int], count: int) -> Picture:
    return np.asarray(unpacked(picture, *sides) / (count - 1), np.float32)


def _add(made: Many, page: Picture, seal: Picture, strokes: Picture) -> None:
    made.pages.append(PagePrint(hash=hash_of(page), picture=packed(page, PAGE_LEVELS)))
    made.seals.append(SealPrint(seal=0, hash=hash_of(seal), picture=packed(seal, INK_LEVELS)))
    made.signatures.append(SignaturePrint(mark=0, hash=hash_of(strokes), picture=packed(strokes, INK_LEVELS)))


def _sheet(page: Picture, chance: np.random.Generator) -> Picture:
    """Another sheet of the form: other words in a dozen places, laid on the glass a little otherwise."""
    sheet = page.copy()
    height, width = sheet.shape
    for _ in range(12):
        across, down = int(chance.integers(8, 40)), int(chance.integers(3, 5))
        left, top = int(chance.integers(0, width - across)), int(chance.integers(0, height - down))
        sheet[top : top + down, left : left + across] = chance.choice((0.3, 0.6, 1.0), (down, across))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.normal(0, 0.6), 1.0)
    matrix = np.asarray(turn, np.float64)
    matrix[:, 2] = matrix[:, 2] + chance.uniform(-0.5, 0.5, 2)
    return np.asarray(cv2.warpAffine(sheet, matrix, (width, height), borderValue=(1.0,)), np.float32)


def _another(page: Picture, chance: np.random.Generator) -> Picture:
    """Another page altogether: its lines in another order, some mirrored."""
    rows = np.array_split(page, 17)
    turned = [rows[place][:, :: int(chance.choice((-1, 1)))] for place in chance.permutation(17)]
    return np.concatenate(turned)


def _pressed(ink: Picture, chance: np.random.Generator) -> Picture:
    """The same stamp or hand once more: other pressure from place to place."""
    coarse = chance.normal(0.8, 0.5, (9, 9)).astype(np.float32)
    pressure = cv2.resize(coarse, ink.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(ink * pressure + chance.normal(0, 0.15, ink.shape), 0, 1), np.float32)


def _saved_again(picture: Picture, chance: np.random.Generator) -> Picture:
    """One cell in a hundred is another level then, as in drawn pages that were saved again."""
    return np.asarray(np.clip(picture + chance.normal(0, 0.008, picture.shape), 0, 1), np.float32)
