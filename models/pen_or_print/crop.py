"""A stretch of writing as the network is shown it, in teaching and in use alike."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

HEIGHT, WIDTH = 40, 128
_AROUND = 0.12
_STEP = 0.6
"""Windows along a long crop, in widths of a window."""


def framed_crop(
    picture: npt.NDArray[np.uint8], box: tuple[float, float, float, float]
) -> npt.NDArray[np.uint8]:
    """The first window of a box as the network sees it: HEIGHT × WIDTH, ink high, paper 0."""
    return windows(picture, box)[0]


def windows(
    picture: npt.NDArray[np.uint8], box: tuple[float, float, float, float]
) -> list[npt.NDArray[np.uint8]]:
    """A box of a picture at the network's height, in one or more overlapping windows."""
    tall = max(box[3] - box[1], 4.0)
    margin = _AROUND * tall
    scale = HEIGHT / (tall + 2 * margin)
    width = max(round((box[2] - box[0] + 2 * margin) * scale), 8)
    place = np.array(
        [[scale, 0, (margin - box[0]) * scale], [0, scale, (margin - box[1]) * scale]], np.float32
    )
    how = cv2.INTER_AREA if scale < 0.7 else cv2.INTER_LINEAR
    flat = cv2.warpAffine(picture, place, (width, HEIGHT), flags=how, borderMode=cv2.BORDER_REPLICATE)
    grey = flat.min(axis=2).astype(np.float32)
    paper = max(float(np.percentile(grey, 90)), 40.0)
    ink = np.clip((paper - grey) / paper * 1.25, 0, 1)
    if width <= WIDTH:
        starts = [0]
        ink = np.pad(ink, ((0, 0), (0, WIDTH - width)))
    else:
        count = int(np.ceil((width - WIDTH) / (_STEP * WIDTH))) + 1
        starts = [round(start) for start in np.linspace(0, width - WIDTH, count)]
    return [np.asarray(ink[:, start : start + WIDTH] * 255, np.uint8) for start in starts]
