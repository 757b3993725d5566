"""Teach the eye for single characters: windows drawn on the fly, one thread.

    python -m models.seal_characters.train --minutes 50 --out DIR

Needs PyTorch, onnx, onnxscript and the faces of ``models/seal_reader/typefaces.py``. Writes
``seal_characters.onnx``, ``taught.pt`` and a line of figures every few minutes.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from pathlib import Path

import torch
from torch.nn import functional

from models.seal_characters.export import export
from models.seal_characters.glyphs import CHARACTERS, Glyphs
from models.seal_characters.network import CharacterEye
from models.seal_characters.restoring import restored
from models.seal_characters.windows import drawn

VALIDATION_SEED = 4001
HALVED = bool(torch.cpu._is_avx512_bf16_supported())
"""bfloat16 is twice as fast where the processor has it, and many times slower where it has not."""
BATCH = 128
_SMOOTHED = 0.05


def validate(network: CharacterEye, held_out: Glyphs) -> str:
    """Share of windows in faces that are not taught whose character is first, and among the first five."""
    state, rng = torch.get_rng_state(), random.Random(VALIDATION_SEED)  # noqa: S311
    torch.manual_seed(VALIDATION_SEED)
    first, five, count = 0, 0, 0
    network.eval()
    for _ in range(24):
        windows, wanted = drawn(held_out, BATCH, rng)
        with torch.no_grad():
            best = network(windows).topk(5).indices
        first += int((best[:, 0] == wanted).sum())
        five += int((best == wanted[:, None]).any(1).sum())
        count += BATCH
    torch.set_rng_state(state)
    return f"held-out faces: first {first / count:.3f}, among five {five / count:.3f} of {count}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--resume", type=Path, help="weights (.pt, or the committed .onnx) to go on from")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311
    random.seed(arguments.seed)
    glyphs, held_out = Glyphs(), Glyphs(held_out=True)
    network = _begun(arguments.resume, glyphs, rng).to(memory_format=torch.channels_last)
    print(f"at first: {validate(network, held_out)}", flush=True)
    smooth = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=0.02)
    began, told, running, step = time.time(), time.time(), 9.0, 0
    while (done := (time.time() - began) / 60 / arguments.minutes) < 1:
        step += 1
        for part in optimiser.param_groups:
            part["lr"] = arguments.rate * min(step / 100, 1) * (0.01 + (1 + math.cos(math.pi * done)) / 2)
        windows, wanted = drawn(glyphs, BATCH, rng)
        network.train()
        with torch.autocast("cpu", torch.bfloat16, HALVED):
            scores = network(windows.to(memory_format=torch.channels_last))
        # Balanced softmax (Ren et al., 2020): how often a character is drawn leaves no leaning towards it.
        loss = functional.cross_entropy(
            scores.float() + glyphs.often.log(), wanted, label_smoothing=_SMOOTHED
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        _follow(smooth, network, min(0.999, (1 + step) / (10 + step)))
        running = 0.98 * running + 0.02 * float(loss.detach())
        if time.time() - told > 360:
            told = time.time()
            print(
                f"{(told - began) / 60:.1f} min, {step * BATCH} windows, loss {running:.2f}; "
                f"{validate(smooth, held_out)}",
                flush=True,
            )
            torch.save(smooth.state_dict(), arguments.out / "taught.pt")
    print(f"{step * BATCH} windows, {validate(smooth, held_out)}", flush=True)
    torch.save(smooth.state_dict(), arguments.out / "taught.pt")
    export(smooth, arguments.out / "seal_characters.onnx")


def _begun(start: Path | None, glyphs: Glyphs, rng: random.Random) -> CharacterEye:
    if start is not None and start.suffix == ".onnx":
        return restored(start, len(CHARACTERS), (drawn(glyphs, BATCH, rng)[0] for _ in range(12)))
    network = CharacterEye(len(CHARACTERS))
    if start is not None:
        network.load_state_dict(torch.load(start))
    return network


def _follow(smooth: CharacterEye, network: CharacterEye, keep: float) -> None:
    with torch.no_grad():
        for slow, fast in zip(smooth.state_dict().values(), network.state_dict().values(), strict=True):
            if slow.dtype.is_floating_point:
                slow.lerp_(fast, 1 - keep)
            else:
                slow.copy_(fast)


if __name__ == "__main__":
    main()
