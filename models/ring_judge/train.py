"""Teach the judge of rings on drawn cut-outs and write its weights; see ``card.md``.

python -m models.ring_judge.train --minutes 25 --seed 41 --out models/ring_judge/ring_judge.onnx
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from fixtures.seals import DrawnSeal
from models.ring_judge.drawing import cut
from models.ring_judge.network import RingJudge
from models.seal_finder.drawing import Banks, banks
from ocr.seals.ring_judge import SIDE

BATCH = 64
HALVED = bool(torch.cpu._is_avx512_bf16_supported())
MEAN_OVER = 0.998
HELD_OUT = 2000


class Drawn(Dataset[tuple[Tensor, Tensor]]):
    """Cut-outs numbered from ``first``."""

    def __init__(self, stock: Banks, seals: tuple[DrawnSeal, ...], first: int, count: int) -> None:
        self.stock, self.seals, self.first, self.count = stock, seals, first, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, Tensor]:
        drawn = cut(self.stock, self.seals, self.first + index)
        return torch.from_numpy(drawn.picture).permute(2, 0, 1), torch.tensor(float(drawn.seal))


def told(network: nn.Module, held: list[tuple[Tensor, Tensor]]) -> str:
    """Share of held-out seals called none and of others called a seal."""
    network.eval()
    with torch.no_grad():
        said = torch.cat([network(picture.float() / 255) for picture, _ in held])
    network.train()
    true = torch.cat([seal for _, seal in held]) > 0.5
    missed, false = float((said[true] < 0).float().mean()), float((said[~true] > 0).float().mean())
    return f"held out: seals missed {missed:.4f}, others called a seal {false:.4f}"


def main() -> None:
    """Train for the given minutes on one thread; export a running mean of the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--seed", type=int, default=41)
    parser.add_argument("--seals", type=int, default=1800)
    parser.add_argument("--pages", type=int, default=220)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", type=Path, help="weights (.pt) to go on from")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    stock = banks(asked.seed, asked.seals, asked.pages)
    seals = tuple(one for one in stock.seals if one.truth.shape not in ("square", "rectangle"))
    network: Any = RingJudge().to(memory_format=torch.channels_last)
    if asked.start:
        network.load_state_dict(torch.load(asked.start))
    print("parameters", sum(parameter.numel() for parameter in network.parameters()), flush=True)
    mean: Any = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(MEAN_OVER), use_buffers=True
    )
    optimiser = torch.optim.AdamW(network.parameters(), lr=asked.rate, weight_decay=1e-3)
    first = asked.seed * 10_000_000
    held = list(DataLoader(Drawn(stock, seals, first + 9_000_000, HELD_OUT), batch_size=200))
    loader = DataLoader(
        Drawn(stock, seals, first, 5_000_000), batch_size=BATCH, num_workers=1, prefetch_factor=4
    )
    begin, seen, running = time.monotonic(), 0, 0.7
    network.train()
    for step, (picture, seal) in enumerate(loader):
        done = (time.monotonic() - begin) / (asked.minutes * 60)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            rate = asked.rate * min(done / 0.04 + 0.02, 1.0) * (0.5 + 0.5 * float(np.cos(np.pi * done)))
            group["lr"] = max(rate, 1e-5)
        with torch.autocast("cpu", torch.bfloat16, HALVED):
            logit = network((picture.float() / 255).contiguous(memory_format=torch.channels_last))
        loss = nn.functional.binary_cross_entropy_with_logits(logit.float(), 0.98 * seal + 0.01)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        if step < 200:
            mean.module.load_state_dict(network.state_dict())
        else:
            mean.update_parameters(network)
        seen += len(picture)
        running = 0.98 * running + 0.02 * loss.item()
        if step % 100 == 0:
            print(f"{done:.3f} seen {seen} loss {running:.4f}", flush=True)
        if step % 1000 == 999:
            print(told(mean.module, held), flush=True)
    print(told(mean.module, held))
    export(mean.module, asked.out)
    print(f"done: {seen} cut-outs in {(time.monotonic() - begin) / 60:.1f} minutes", flush=True)


def export(network: nn.Module, path: Path) -> None:
    """Write the weights, and the network for ONNX Runtime with any number of cut-outs."""
    network.eval()
    torch.save(network.state_dict(), path.with_suffix(".pt"))
    with torch.no_grad():
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, SIDE, SIDE),),
            str(path),
            dynamo=False,
            opset_version=17,
            input_names=["picture"],
            output_names=["logit"],
            dynamic_axes={"picture": {0: "rings"}, "logit": {0: "rings"}},
        )


if __name__ == "__main__":
    main()
