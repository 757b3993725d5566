"""Take a coloured seal's ink off the print beneath it, by how both swallow light.

Ink and print lie over one another like two filters, so their optical densities add up (Beer and Lambert):
every pixel's three densities are a share of the ink's own three and a share of the print's, which are equal.
Two unknowns, three equations. One channel alone (the red one) fails where the ink is dark in it too.
"""

from __future__ import annotations

import cv2
import numpy as np

from ocr.seals.ink import chroma, flattened
from ocr.seals.shapes import Pixels, Plane

_COLOURED = 40.0
"""Chroma (0-255) from which a pixel surely shows ink."""
_LEAST_INKED = 30
_DARKEST = 6.0
_FULL = 0.02
"""Share of the brightness that the darkest print lets through."""


def densities(flat: Pixels) -> Plane:
    """Optical density (natural logarithm) by channel of a picture on white paper, H×W×3."""
    return np.asarray(-np.log(np.maximum(flat.astype(np.float32), _DARKEST) / 255.0), np.float32)


def ink_direction(flat: Pixels) -> Plane | None:
    """The ink's densities, the strongest 1: the median over pixels that show their colour plainly.

    None where nothing is coloured: a grey seal cannot be told from print by colour.
    """
    colour = chroma(flat)
    inked = colour > _COLOURED
    if int(inked.sum()) < _LEAST_INKED:
        return None
    strong = inked & (colour >= np.percentile(colour[inked], 40))
    found = densities(flat)[strong]
    # The palest third: there no print lies beneath, which would draw the mixture towards grey.
    grey = found.min(axis=1)
    alone = found[grey <= np.percentile(grey, 35)]
    direction = np.median(alone / np.maximum(alone.max(axis=1, keepdims=True), 1e-3), axis=0)
    return np.asarray(direction, np.float32)


def print_density(flat: Pixels, direction: Plane) -> Plane:
    """The print's share of every pixel's density, H×W, nought or more; channels count as they are bright."""
    density = densities(flat)
    # A density's error grows as the light dwindles: weight each channel by its brightness squared.
    weight = (flat.astype(np.float32) / 255.0 + 0.04) ** 2
    ink_ink = (weight * direction * direction).sum(axis=2)
    ink_print = (weight * direction).sum(axis=2)
    print_print = weight.sum(axis=2)
    with_ink = (weight * direction * density).sum(axis=2)
    with_print = (weight * density).sum(axis=2)
    determinant = np.maximum(ink_ink * print_print - ink_print * ink_print, 1e-6)
    printed = (ink_ink * with_print - ink_print * with_ink) / determinant
    inked = (print_print * with_ink - ink_print * with_print) / determinant
    printed = np.where(inked < 0, with_print / print_print, printed)
    return np.asarray(np.maximum(printed, 0), np.float32)


def without_coloured_ink(patch: Pixels) -> Pixels | None:
    """The patch as grey print on white, H×W×3; None where its seal has no colour."""
    flat = flattened(np.ascontiguousarray(patch), step=4)
    direction = ink_direction(flat)
    if direction is None:
        return None
    printed = print_density(flat, direction)
    # What JPEG left of the ink's colour along its edges is a thin shade: lift the paper over it.
    light = np.exp(-printed)
    grey = np.clip((light - _FULL) / (1 - _FULL), 0, 1) * 255
    return np.asarray(cv2.cvtColor(grey.astype(np.uint8), cv2.COLOR_GRAY2RGB), np.uint8)
