"""Teach the seal finder on drawn pages and write its weights; see ``card.md`` for how and when.

python -m models.seal_finder.train --minutes 70 --seed 20 --out models/seal_finder/seal_finder.onnx
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from models.seal_finder.drawing import SIDE, Banks, banks, sample
from models.seal_finder.network import STRIDE, SealFinder
from models.seal_finder.restoring import restored

CELLS = SIDE // STRIDE
BATCH = 8
HALVED = bool(torch.cpu._is_avx512_bf16_supported())
"""bfloat16 is twice as fast where the processor has it, and many times slower where it has not."""
MEAN_OVER = 0.998
"""Share of the old in the running mean of the weights, per step."""


class Drawn(Dataset[tuple[Tensor, Tensor, Tensor, Tensor]]):
    """Samples numbered from ``first``; each is drawn when it is asked for."""

    def __init__(self, stock: Banks, first: int, count: int) -> None:
        self.stock, self.first, self.count = stock, first, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        drawn = sample(self.stock, self.first + index)
        heat, reach, weight = targets(drawn.boxes)
        picture = torch.from_numpy(drawn.picture).permute(2, 0, 1)
        return picture, torch.from_numpy(heat), torch.from_numpy(reach), torch.from_numpy(weight)


def targets(
    boxes: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Heat (3 x cells x cells), reach (4 x ...) and its weight (cells x cells) for rows of class and box."""
    heat = np.zeros((3, CELLS, CELLS), np.float32)
    reach = np.ones((4, CELLS, CELLS), np.float32)
    weight = np.zeros((CELLS, CELLS), np.float32)
    centres = (np.arange(CELLS, dtype=np.float32) + 0.5) * STRIDE
    for kind, left, top, right, bottom in boxes:
        x, y = (left + right) / 2, (top + bottom) / 2
        spread_x, spread_y = max((right - left) / 9, 2.5), max((bottom - top) / 9, 2.5)
        bump = np.exp(-((centres - y) ** 2) / (2 * spread_y**2))[:, None] * np.exp(
            -((centres - x) ** 2) / (2 * spread_x**2)
        )
        column, row = min(int(x / STRIDE), CELLS - 1), min(int(y / STRIDE), CELLS - 1)
        bump[row, column] = 1.0
        np.maximum(heat[int(kind)], bump, out=heat[int(kind)])
        near = (bump > 0.5) & (bump >= weight)
        rows, columns = np.nonzero(near)
        sides = (
            centres[columns] - left,
            centres[rows] - top,
            right - centres[columns],
            bottom - centres[rows],
        )
        for channel, value in enumerate(sides):
            reach[channel, rows, columns] = np.maximum(value, 1.0)
        weight[rows, columns] = bump[rows, columns]
    return heat, reach, weight


def loss_of(
    heat: Tensor, reach: Tensor, wanted: Tensor, far: Tensor, weight: Tensor
) -> tuple[Tensor, Tensor]:
    """CenterNet's focal loss on the heat, and 1 - IoU on the boxes."""
    heat = heat.clamp(1e-4, 1 - 1e-4)
    centre = (wanted >= 0.999).float()
    here = -centre * (1 - heat) ** 2 * torch.log(heat)
    there = -(1 - centre) * (1 - wanted) ** 4 * heat**2 * torch.log(1 - heat)
    focal = (here + there).sum() / centre.sum().clamp(min=1)
    area = (reach[:, 0] + reach[:, 2]) * (reach[:, 1] + reach[:, 3])
    true = (far[:, 0] + far[:, 2]) * (far[:, 1] + far[:, 3])
    shared = torch.minimum(reach, far)
    overlap = (shared[:, 0] + shared[:, 2]) * (shared[:, 1] + shared[:, 3])
    iou = overlap / (area + true - overlap)
    logs = (torch.log(reach) - torch.log(far)).abs().mean(1)
    box = ((1 - iou + 0.5 * logs) * weight).sum() / weight.sum().clamp(min=1)
    return focal, box


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=70)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--seals", type=int, default=1600)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--save-every", type=float, default=5.0, help="minutes between files written")
    parser.add_argument("--start", type=Path, help="weights (.pt, or the committed .onnx) to go on from")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest rate of learning")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def _begun(start: Path | None, stock: Banks, seed: int) -> SealFinder:
    if start is None:
        return SealFinder()
    if start.suffix == ".onnx":
        drawn = Drawn(stock, seed * 10_000_000 + 5_000_000, 160)
        return restored(
            start,
            (torch.stack([drawn[k + i][0] for i in range(16)]).float() / 255 for k in range(0, 160, 16)),
        )
    network = SealFinder()
    network.load_state_dict(torch.load(start))
    return network


def main() -> None:
    """Train for the given minutes on one thread with a cosine rate; export a running mean of the weights."""
    arguments = _arguments()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    begin = time.monotonic()
    stock = banks(arguments.seed, arguments.seals, arguments.pages)
    print(f"stock drawn in {time.monotonic() - begin:.0f} s", flush=True)
    network: Any = _begun(arguments.start, stock, arguments.seed).to(memory_format=torch.channels_last)
    print("parameters", sum(parameter.numel() for parameter in network.parameters()), flush=True)
    mean: Any = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEAN_OVER), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=1e-4)
    samples = Drawn(stock, arguments.seed * 10_000_000, 2_500_000)
    loader = DataLoader(samples, batch_size=BATCH, num_workers=1, prefetch_factor=4)
    begin, saved, seen = time.monotonic(), time.monotonic(), 0
    running = np.zeros(2)
    network.train()
    for step, (picture, wanted, far, weight) in enumerate(loader):
        done = (time.monotonic() - begin) / (arguments.minutes * 60)
        if done >= 1:
            break
        rate = arguments.rate * min(done / 0.04 + 0.02, 1.0) * (0.5 + 0.5 * float(np.cos(np.pi * done)))
        for group in optimiser.param_groups:
            group["lr"] = max(rate, 1e-5)
        with torch.autocast("cpu", torch.bfloat16, HALVED):
            heat, reach = network((picture.float() / 255).contiguous(memory_format=torch.channels_last))
        focal, box = loss_of(heat, reach, wanted, far, weight)
        optimiser.zero_grad()
        (focal + box).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        # A mean over a fixed number of steps starts far from anything learned; let it grow with the steps.
        if step < 200:
            mean.module.load_state_dict(network.state_dict())
        else:
            mean.update_parameters(network)
        seen += len(picture)
        now = np.array([focal.item(), box.item()])
        running = 0.98 * running + 0.02 * now if step else now
        if step % 50 == 0:
            print(f"{done:.3f} seen {seen} heat {running[0]:.3f} box {running[1]:.3f}", flush=True)
        if time.monotonic() - saved > arguments.save_every * 60:
            saved = time.monotonic()
            export(mean.module, arguments.out)
    export(mean.module, arguments.out)
    print(f"done: {seen} samples in {(time.monotonic() - begin) / 60:.1f} minutes", flush=True)


def export(network: nn.Module, path: Path) -> None:
    """Write the weights, and the network for ONNX Runtime with free height and width."""
    network.eval()
    torch.save(network.state_dict(), path.with_suffix(".pt"))
    with torch.no_grad():
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, SIDE, 512),),
            str(path),
            dynamo=False,
            opset_version=17,
            input_names=["picture"],
            output_names=["heat", "reach"],
            dynamic_axes={
                "picture": {2: "height", 3: "width"},
                "heat": {2: "h", 3: "w"},
                "reach": {2: "h", 3: "w"},
            },
        )
    network.train()


if __name__ == "__main__":
    main()
