"""Teach the network on drawn crops and write ``pen_or_print.onnx``: minutes on one core.

python -m models.pen_or_print.train [--examples 16000] [--epochs 6] [--seed 11]
"""

from __future__ import annotations

import argparse
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import nn

from fixtures.content import dice
from models.pen_or_print.drawing import HEIGHT, WIDTH, example

OUT = Path(__file__).with_name("pen_or_print.onnx")


class PenOrPrint(nn.Module):
    """1 × HEIGHT × WIDTH of ink, 0-1 → scores for print, pen, nothing."""

    def __init__(self) -> None:
        super().__init__()
        sizes = (1, 24, 48, 72, 96)
        layers: list[nn.Module] = []
        for place, (before, after) in enumerate(pairwise(sizes)):
            stride = 2 if place == 0 else 1
            layers += [nn.Conv2d(before, after, 3, stride, 1), nn.BatchNorm2d(after), nn.ReLU()]
            if 0 < place < 3:
                layers.append(nn.MaxPool2d(2))
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Dropout(0.2), nn.Linear(192, 3))

    def forward(self, ink: torch.Tensor) -> torch.Tensor:
        seen = self.body(ink)
        return self.head(torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1))


def examples(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    rng = dice(seed)
    crops = np.zeros((count, 1, HEIGHT, WIDTH), np.uint8)
    kinds = np.zeros(count, np.int64)
    for index in range(count):
        crops[index, 0], kinds[index] = example(rng)
    return torch.from_numpy(crops), torch.from_numpy(kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--examples", type=int, default=16000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    torch.set_num_threads(1)
    started = time.monotonic()
    crops, kinds = examples(asked.examples, asked.seed)
    held, held_kinds = examples(1500, asked.seed + 1)
    print(f"drawn in {time.monotonic() - started:.0f} s", flush=True)
    network = PenOrPrint()
    optimiser = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=1e-3)
    batches = asked.examples // 64
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=batches * asked.epochs)
    for epoch in range(asked.epochs):
        network.train()
        order = torch.randperm(asked.examples)
        total = 0.0
        for batch in range(batches):
            chosen = order[batch * 64 : batch * 64 + 64]
            loss = nn.functional.cross_entropy(
                network(crops[chosen].float() / 255), kinds[chosen], label_smoothing=0.04
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            plan.step()
            total += float(loss.detach())
        network.eval()
        with torch.no_grad():
            told = torch.cat([network(part.float() / 255).argmax(1) for part in held.split(256)])
        confusion = [
            [int(((held_kinds == true) & (told == said)).sum()) for said in range(3)] for true in range(3)
        ]
        print(f"epoch {epoch}: loss {total / batches:.3f}, held out {confusion}", flush=True)
    shape = {"ink": {0: "crops"}, "scores": {0: "crops"}}
    torch.onnx.export(
        network, (torch.zeros(1, 1, HEIGHT, WIDTH),), str(asked.out), input_names=["ink"],
        output_names=["scores"], dynamic_axes=shape, opset_version=17, dynamo=False,
    )  # fmt: skip
    print(f"{asked.out.name}: {asked.out.stat().st_size} bytes, {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
