"""An eye for single characters beside the readers of strips: asked where they doubt, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.fetching import sha256_of
from models.manifest import own_weights
from ocr.recognition import Recognised, collapsed
from ocr.seals.characters import CharacterEye, EyedReader, Probabilities, characters
from ocr.seals.shapes import Pixels

ALPHABET = ("", "江", "汀", "云", "县", "龘")
EYE = ("云", "县", "汀", "江")
STRIP: Pixels = np.zeros((48, 160, 3), np.uint8)
NOTO = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"


class Reads:
    """A reader of strips that sees the same in every crop."""

    alphabet = ALPHABET

    def __init__(self, *steps: dict[str, float]) -> None:
        self.seen: Probabilities = np.array(
            [[step.get(one, 0.0) for one in ALPHABET] for step in steps], np.float32
        )

    def read_seen(self, crops: Sequence[Pixels]) -> list[tuple[Recognised, Probabilities]]:
        return [(collapsed(self.seen, ALPHABET), self.seen) for _ in crops]


class Sees:
    """An eye that sees one thing everywhere, and counts how often it was asked."""

    alphabet = EYE

    def __init__(self, **told: float) -> None:
        self.row = np.array([told.get(one, 0.0) for one in EYE], np.float32)
        self.asked = 0

    def look(self, windows: Sequence[Pixels]) -> Probabilities:
        assert all(window.size for window in windows), "a window beyond the strip is no window"
        self.asked += len(windows)
        return np.tile(self.row, (len(windows), 1))


def doubting(character: str, sure: float, other: str, less: float) -> Reads:
    gap = {"": 1.0}
    doubted = {character: sure, other: less, "": 1 - sure - less}
    return Reads({"云": 1.0}, gap, doubted, gap, {"县": 1.0}, gap)


def test_a_rare_character_in_clear_print_wins_over_the_common_one_of_its_look() -> None:
    """云汀县 was read as 云江县 by both readers of strips, seal after seal."""
    eye = Sees(汀=0.9, 江=0.05)
    ((read, seen),) = EyedReader(doubting("江", 0.7, "汀", 0.2), eye).read_seen([STRIP])
    assert read.text == "云汀县"
    assert seen[2].sum() == pytest.approx(1.0)
    assert seen[2, 0] == pytest.approx(0.1)


def test_what_the_readers_are_sure_of_is_not_asked_about() -> None:
    eye = Sees(汀=1.0)
    reader = doubting("江", 0.99, "汀", 0.001)
    ((read, seen),) = EyedReader(reader, eye).read_seen([STRIP])
    assert (read.text, eye.asked) == ("云江县", 0)
    assert seen is reader.seen


def test_an_eye_that_sees_nothing_clearly_changes_no_word() -> None:
    eye = Sees(云=0.02, 县=0.02, 汀=0.02, 江=0.02)
    assert EyedReader(doubting("江", 0.6, "汀", 0.3), eye).read([STRIP])[0].text == "云江县"


def test_what_neither_reader_thinks_possible_the_eye_alone_cannot_bring_in() -> None:
    """A window may hold half of the neighbour: it is seen clearly and stands elsewhere."""
    eye = Sees(县=0.95, 江=0.02)
    assert EyedReader(doubting("江", 0.7, "汀", 0.2), eye).read([STRIP])[0].text == "云江县"


def test_characters_that_the_eye_does_not_know_are_left_to_the_readers() -> None:
    eye = Sees(汀=0.9)
    ((read, _),) = EyedReader(doubting("龘", 0.6, "汀", 0.3), eye).read_seen([STRIP])
    assert (read.text, eye.asked) == ("云龘县", 0)


def test_two_characters_have_no_usual_step_and_are_not_asked_about() -> None:
    eye = Sees(汀=0.9)
    reader = Reads({"江": 0.6, "汀": 0.3, "": 0.1}, {"": 1.0}, {"县": 1.0})
    assert EyedReader(reader, eye).read([STRIP])[0].text == "江县"
    assert eye.asked == 0


def test_the_weights_lie_beside_their_card_and_are_the_ones_of_the_manifest() -> None:
    mine = [weight for weight in own_weights() if weight.name.startswith("seal_characters")]
    assert {weight.name for weight in mine} == {"seal_characters", "seal_characters_alphabet"}
    for weight in mine:
        assert sha256_of(weight.path) == weight.sha256
        assert weight.path.with_name("card.md").is_file()
    assert len(set(characters())) == len(characters())
    assert set("汀沅渌崤榕塘") < set(characters())


@pytest.mark.reader
def test_the_network_knows_rare_characters_in_print() -> None:
    font = ImageFont.truetype(NOTO, 40, index=2)
    windows = []
    for character in "汀沅渌崤榕江远绿峪格":
        image = Image.new("RGB", (60, 48), "white")
        ImageDraw.Draw(image).text((30, 24), character, fill=(200, 30, 40), font=font, anchor="mm")
        windows.append(np.asarray(image, np.uint8))
    best = CharacterEye().look(windows).argmax(axis=1)
    assert "".join(characters()[index] for index in best) == "汀沅渌崤榕江远绿峪格"


def test_the_eyes_assent_makes_no_reader_surer() -> None:
    """土 for 上 at 0.75 became 0.93, and a clean application's clear seal was called unreadable."""
    reader = doubting("江", 0.75, "汀", 0.1)
    ((_, seen),) = EyedReader(reader, Sees(江=0.9)).read_seen([STRIP])
    assert seen[2, 1] == pytest.approx(0.75)
