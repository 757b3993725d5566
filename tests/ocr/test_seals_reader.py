"""The taught reader of seals: it is there, it is the one of the card, it reads drawn seals, strips alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

import models
from domain.geometry import Box
from models.fetching import sha256_of
from models.manifest import own_weights
from ocr.recognition import LineRecogniser
from ocr.seals import SealTextDetector, find_seals
from ocr.seals.gatekeeper import gate
from ocr.seals.preparation import prepared
from ocr.seals.reading import SealText, read_ring
from ocr.seals.recogniser import ReadLine, StripReader
from ocr.seals.shapes import Ellipse, Family, Pixels, Plane
from ocr.seals.strip_reader import seal_characters, strip_reader

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
PAGES = (
    "01-clean/ce-2018.jpg",
    "01-clean/assessment.jpg",
    "02-clean-paper/appointment-1.jpg",
    "04-hours-short/ce-2018.jpg",
    "09-paper/ce-2019.jpg",
)
LARGEST = 12_000_000
"""Bytes: what the tree is to carry at most for this network."""


def test_the_weights_lie_beside_their_card_and_are_the_ones_of_the_manifest() -> None:
    mine = [weight for weight in own_weights() if weight.name.startswith("seal_reader")]
    assert {weight.name for weight in mine} == {"seal_reader", "seal_reader_alphabet"}
    for weight in mine:
        assert sha256_of(weight.path) == weight.sha256
        assert weight.path.stat().st_size < LARGEST
        assert weight.path.with_name("card.md").is_file()


def test_the_alphabet_has_every_character_once_and_what_names_are_written_in() -> None:
    characters = seal_characters()
    assert characters[0] == ""
    assert len(set(characters)) == len(characters)
    assert set("绍兴市柯桥区岩土勘察设计研究院有限责任公司障嶂仲中县()（）0123456789ABC") < set(characters)


@pytest.mark.reader
def test_the_network_gives_one_probability_a_character() -> None:
    (_, seen), *_ = strip_reader().read_seen([np.full((48, 400, 3), 255, np.uint8)])
    assert seen.shape == (50, len(seal_characters()))
    assert seen.sum(axis=1) == pytest.approx(np.ones(50), abs=1e-3)


@pytest.mark.reader
def test_an_empty_strip_is_not_made_up() -> None:
    assert strip_reader().read([np.full((48, 500, 3), 255, np.uint8)])[0].text == ""


@pytest.mark.reader
def test_drawn_seals_are_read() -> None:
    """Seven seals of the demo batch, red and photocopied, most with print across: a regression shows here."""
    exact, likeness = 0, []
    for name in PAGES:
        folder, file = name.split("/")
        truth = json.loads((DEMO / folder / "truth.json").read_text(encoding="utf-8"))
        picture = np.asarray(Image.open(DEMO / name).convert("RGB"), np.uint8)
        for seal in truth["files"][file]["pages"][0]["seals"]:
            said = read(picture, Box.clipped(*seal["box"]), "red" if seal["colour"] == "red" else "dark")
            right = said.text == seal["text"]
            exact += right
            assert right or said.confidence < 0.6, "what is not read right is not sure"
            likeness.append(Levenshtein.normalized_similarity(said.text, seal["text"]))
            assert said.alternatives[0] == said.text
            assert {strip.view for strip in said.strips} >= {"clean", "raw"}
    assert len(likeness) == 7
    assert exact >= 4
    assert min(likeness) > 0.85


def read(picture: Pixels, box: Box, family: Family) -> SealText:
    """The seal in ``box``, found as nearly as a finder would find it."""
    height, width = picture.shape[:2]
    about = Ellipse(
        box.centre.x * width, box.centre.y * height, box.width * width / 2, box.height * height / 2
    ).moved(3, -4)
    looked = gate(picture, about, SealTextDetector(models.session("seal_text_detection")))
    return read_ring(prepared(picture, about, family), looked, strip_reader())


@pytest.mark.reader
@pytest.mark.parametrize("degrees", [0, 35])
def test_rows_and_number_are_read_level_however_the_seal_leans(degrees: int) -> None:
    picture = np.asarray(Image.open(DEMO / "05-hours-declared" / "appointment-1.jpg").convert("RGB"))
    truth = json.loads((DEMO / "05-hours-declared" / "truth.json").read_text(encoding="utf-8"))
    seals = truth["files"]["appointment-1.jpg"]["pages"][0]["seals"]
    (wanted,) = (seal for seal in seals if seal["bottom_text"])
    height, width = picture.shape[:2]
    box = Box.clipped(*wanted["box"])
    middle = (box.centre.x * width, box.centre.y * height)
    turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    turned = np.asarray(cv2.warpAffine(picture, turn, (width, height)), np.uint8)
    said = read(turned, box, "red")
    assert said.bottom_text == wanted["bottom_text"]
    assert Levenshtein.normalized_similarity(said.code, wanted["code"]) > 0.6


@pytest.mark.reader
@pytest.mark.parametrize("mirrored", [True, False])
def test_what_reads_in_a_mirror_is_known_as_the_stamp_itself(mirrored: bool) -> None:
    """Asked only where hardly any paper shows, as between the letters of a rubber face."""
    picture = np.asarray(Image.open(DEMO / "01-clean" / "ce-2018.jpg").convert("RGB"), np.uint8)
    truth = json.loads((DEMO / "01-clean" / "truth.json").read_text(encoding="utf-8"))
    box = Box.clipped(*truth["files"]["ce-2018.jpg"]["pages"][0]["seals"][0]["box"])
    if mirrored:
        picture = np.ascontiguousarray(picture[:, ::-1])
        box = Box.clipped(1 - box.right, box.top, 1 - box.left, box.bottom)
    height, width = picture.shape[:2]
    about = Ellipse(
        box.centre.x * width, box.centre.y * height, box.width * width / 2, box.height * height / 2
    )
    seal = prepared(picture, about, "red")
    looked = gate(picture, about, SealTextDetector(models.session("seal_text_detection")))
    assert seal.covered < 0.5
    assert not read_ring(seal, looked, strip_reader()).mirrored
    assert read_ring(replace(seal, covered=0.9), looked, strip_reader()).mirrored == mirrored


@pytest.mark.reader
def test_the_taught_reader_is_used_on_strips_alone() -> None:
    """Lines of a page and rows of stamps go to the stock recogniser, and no strip of a ring does."""
    stamps, strips = Counted(LineRecogniser()), Counted(strip_reader())
    picture = np.asarray(Image.open(DEMO / "01-clean" / "ce-2018.jpg").convert("RGB"), np.uint8)
    detector = SealTextDetector(models.session("seal_text_detection"))
    found = find_seals(picture, stamps, detector, strips)
    assert any(seal.text == "绍兴市建设行业继续教育服务中心" for seal in found)
    assert strips.crops > 0
    assert stamps.crops == 0, "the page has no square stamp"


class Counted:
    """A recogniser that counts what it is handed."""

    def __init__(self, inner: StripReader) -> None:
        self._inner, self.crops = inner, 0

    @property
    def alphabet(self) -> Sequence[str]:
        return self._inner.alphabet

    def read(self, crops: Sequence[Pixels]) -> Sequence[ReadLine]:
        self.crops += len(crops)
        return self._inner.read(crops)

    def read_seen(self, crops: Sequence[Pixels]) -> Sequence[tuple[ReadLine, Plane]]:
        self.crops += len(crops)
        return self._inner.read_seen(crops)
