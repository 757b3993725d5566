"""The upper border of a picture: where a head-and-shoulders portrait shows its background (in the child)."""

from __future__ import annotations

from math import sqrt

from PIL import Image

# Shares of the picture. Hair rarely reaches the topmost strip, shoulders lie below the side strips;
# the outermost hundredth is left out, where scanners and cutters leave a rim.
_RIM = 0.01
_TOP_STRIP = 0.06
_SIDE_STRIP = 0.07
_SIDE_ENDS = 0.40
_LEAST_SIDE = 20


def border(image: Image.Image) -> tuple[tuple[int, int, int] | None, float]:
    """Mean RGB (0-255) and standard deviation of brightness of an RGB picture's upper border.

    The border is the strip along the top and the upper parts of both sides. None for a tiny picture.
    """
    width, height = image.size
    if min(width, height) < _LEAST_SIDE:
        return None, 0.0
    rim_x, rim_y = round(width * _RIM), round(height * _RIM)
    top, ends = round(height * _TOP_STRIP), round(height * _SIDE_ENDS)
    side = round(width * _SIDE_STRIP)
    strips = [
        image.crop((rim_x, rim_y, width - rim_x, top)),
        image.crop((rim_x, top, side, ends)),
        image.crop((width - side, top, width - rim_x, ends)),
    ]
    strips = [strip for strip in strips if strip.width and strip.height]
    colours = _summed([strip.histogram() for strip in strips])
    brightness = _summed([strip.convert("L").histogram() for strip in strips])
    red, green, blue = (round(_mean(colours[start : start + 256])) for start in (0, 256, 512))
    return (red, green, blue), _deviation(brightness)


def _summed(histograms: list[list[int]]) -> list[int]:
    return [sum(counts) for counts in zip(*histograms, strict=True)]


def _mean(histogram: list[int]) -> float:
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


def _deviation(histogram: list[int]) -> float:
    mean = _mean(histogram)
    squares = sum((value - mean) ** 2 * count for value, count in enumerate(histogram))
    return sqrt(squares / sum(histogram))
