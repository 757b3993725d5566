"""Teach the seal finder on drawn pages and write ``seal_finder.onnx``; see ``card.md`` for how and when.

    python -m models.seal_finder.train --minutes 60 --seed 20 --out models/seal_finder/seal_finder.onnx
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from models.seal_finder.drawing import SIDE, Banks, banks, sample
from models.seal_finder.network import STRIDE, SealFinder

CELLS = SIDE // STRIDE
BATCH = 8
HIGHEST_RATE = 3e-3


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


def targets(boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Heat (3 x cells x cells), reach (4 x ...) and its weight (cells x cells) for rows of class and box."""
    heat = np.zeros((3, CELLS, CELLS), np.float32)
    reach = np.ones((4, CELLS, CELLS), np.float32)
    weight = np.zeros((CELLS, CELLS), np.float32)
    grid_y, grid_x = np.mgrid[0:CELLS, 0:CELLS].astype(np.float32)
    centre_x, centre_y = (grid_x + 0.5) * STRIDE, (grid_y + 0.5) * STRIDE
    for kind, left, top, right, bottom in boxes:
        x, y = (left + right) / 2, (top + bottom) / 2
        spread_x, spread_y = max((right - left) / 9, 3.0), max((bottom - top) / 9, 3.0)
        bump = np.exp(-((centre_x - x) ** 2 / (2 * spread_x**2) + (centre_y - y) ** 2 / (2 * spread_y**2)))
        column, row = min(int(x / STRIDE), CELLS - 1), min(int(y / STRIDE), CELLS - 1)
        bump[row, column] = 1.0
        np.maximum(heat[int(kind)], bump, out=heat[int(kind)])
        near = (bump > 0.55) & (bump >= weight)
        for channel, value in enumerate((centre_x - left, centre_y - top, right - centre_x, bottom - centre_y)):
            reach[channel][near] = np.maximum(value, 1.0)[near]
        weight[near] = bump[near]
    return heat, reach, weight


def loss_of(heat: Tensor, reach: Tensor, wanted: Tensor, far: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
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
    box = ((1 - iou + 0.3 * logs) * weight).sum() / weight.sum().clamp(min=1)
    return focal, box


def main() -> None:
    """Train for the given minutes with a one-cycle rate, keep a running mean of the weights, export it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--seals", type=int, default=1500)
    parser.add_argument("--pages", type=int, default=900)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(arguments.threads)
    stock = banks(arguments.seed, arguments.seals, arguments.pages)
    network = SealFinder()
    print("parameters", sum(parameter.numel() for parameter in network.parameters()), flush=True)
    mean = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=HIGHEST_RATE, weight_decay=1e-4)
    loader = DataLoader(
        Drawn(stock, arguments.seed * 10_000_000, 10_000_000 // 4), batch_size=BATCH, num_workers=1, prefetch_factor=4
    )
    begin, seen = time.monotonic(), 0
    running = np.zeros(2)
    network.train()
    for step, (picture, wanted, far, weight) in enumerate(loader):
        done = (time.monotonic() - begin) / (arguments.minutes * 60)
        if done >= 1:
            break
        rate = HIGHEST_RATE * min(done / 0.05 + 0.02, 1.0) * (0.5 + 0.5 * float(np.cos(np.pi * done)))
        for group in optimiser.param_groups:
            group["lr"] = max(rate, 1e-5)
        heat, reach = network(picture.float() / 255)
        focal, box = loss_of(heat, reach, wanted, far, weight)
        optimiser.zero_grad()
        (focal + box).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        mean.update_parameters(network)
        seen += len(picture)
        running = 0.98 * running + 0.02 * np.array([focal.item(), box.item()]) if step else np.array([focal.item(), box.item()])
        if step % 50 == 0:
            print(f"{done:.3f} seen {seen} heat {running[0]:.3f} box {running[1]:.3f}", flush=True)
        if step % 500 == 499:
            export(mean.module, arguments.out)
    export(mean.module, arguments.out)
    print(f"done: {seen} pages in {(time.monotonic() - begin) / 60:.1f} minutes", flush=True)


def export(network: nn.Module, path: Path) -> None:
    """Write the network for ONNX Runtime, with free height and width."""
    network.eval()
    with torch.no_grad():
        torch.onnx.export(
            network, (torch.zeros(1, 3, SIDE, 448),), str(path), dynamo=False, opset_version=17,
            input_names=["picture"], output_names=["heat", "reach"],
            dynamic_axes={"picture": {2: "height", 3: "width"}, "heat": {2: "h", 3: "w"}, "reach": {2: "h", 3: "w"}},
        )
    network.train()


if __name__ == "__main__":
    main()
