"""Teach the network and write ``print_under_ink.onnx``; needs PyTorch, takes about forty minutes on one core.

python -m models.print_under_ink.train --minutes 40 --out models/print_under_ink/print_under_ink.onnx
"""

from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.print_under_ink.drawing import Sample, samples, seal
from models.print_under_ink.network import Finished, PrintUnderInk

SEED = 3000
SEALS = 250
POOL = 640
"""Windows kept at hand; every step draws a batch of them and replaces some."""
BATCH = 10
FRESH = 5
RATE = 3e-3
ON_INK = 5.0
"""A pixel under ink counts this often: elsewhere there is little to learn."""


def tensors(batch: list[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    pictures = torch.from_numpy(np.stack([one.picture.transpose(2, 0, 1) for one in batch]))
    wanted = torch.from_numpy(np.stack([one.wanted for one in batch]))[:, None]
    inked = torch.from_numpy(np.stack([one.inked for one in batch]))[:, None]
    return pictures, wanted, inked


def loss_of(logits: Tensor, wanted: Tensor, inked: Tensor) -> Tensor:
    weight = 1 + (ON_INK - 1) * (inked > 0.05)
    cross = torch.nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    apart = (torch.sigmoid(logits) - wanted).abs()
    return ((cross + apart) * weight).sum() / weight.sum()


def taken_up(network: PrintUnderInk, path: Path) -> None:
    """Weights of an ONNX file that ``write`` wrote: each normalisation is folded into its convolution there,
    so it starts as the identity with the folded bias, and its statistics stay as they are."""
    import onnx
    from onnx import numpy_helper

    stored = onnx.load(str(path)).graph
    values = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in stored.initializer}
    folded = iter([node.input for node in stored.node if node.op_type == "Conv"])
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.Conv2d):
                names = next(folded)
                module.weight.copy_(values[names[1]])
                bias = values[names[2]]
                if module.bias is not None:
                    module.bias.copy_(bias)
            elif isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.zero_()
                module.running_var.fill_(1 - module.eps)
                module.weight.fill_(1)
                module.bias.copy_(bias)
    network.eval()


def teach(minutes: float, out: Path, taken_from: Path | None, seed: int, rate: float) -> None:
    rng = random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    seals = [seal(rng) for _ in range(SEALS)]
    pool: list[Sample] = []
    while len(pool) < POOL // 4:
        pool += samples(rng, seals, 4)
    network = PrintUnderInk().to(memory_format=torch.channels_last)
    if taken_from:
        taken_up(network, taken_from)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-4)
    started, step, recent = time.monotonic(), 0, 0.0
    written = 0.0
    while (done := (time.monotonic() - started) / (60 * minutes)) < 1:
        fresh = samples(rng, seals, FRESH)
        for one in fresh:
            if len(pool) < POOL:
                pool.append(one)
            else:
                pool[rng.randrange(POOL)] = one
        batch = fresh + [rng.choice(pool) for _ in range(BATCH - FRESH)]
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, step / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * done)))
        pictures, wanted, inked = tensors(batch)
        loss = loss_of(network(pictures.to(memory_format=torch.channels_last)), wanted, inked)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        step += 1
        recent = 0.98 * recent + 0.02 * float(loss.detach()) if step > 1 else float(loss.detach())
        if step % 50 == 0:
            print(f"{time.monotonic() - started:6.0f} s  step {step}  loss {recent:.4f}", flush=True)
        if done - written > 0.2:
            written = done
            write(network, out)
    write(network, out)
    print(f"{step} steps of {BATCH} windows, {sum(p.numel() for p in network.parameters())} parameters")


def write(network: PrintUnderInk, out: Path) -> None:
    """The network as ONNX, any height and width that are multiples of 16."""
    was = network.training
    network.eval()
    torch.onnx.export(
        Finished(network),
        (torch.zeros(1, 3, 160, 160),),
        str(out),
        input_names=["picture"],
        output_names=["print"],
        dynamic_axes={
            "picture": {0: "n", 2: "height", 3: "width"},
            "print": {0: "n", 2: "height", 3: "width"},
        },
        opset_version=17,
        dynamo=False,
    )
    network.train(was)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", type=Path, dest="taken_from", help="weights to go on from")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rate", type=float, default=RATE)
    asked = parser.parse_args()
    teach(asked.minutes, asked.out, asked.taken_from, asked.seed, asked.rate)


if __name__ == "__main__":
    main()
