"""Things on a page that look like seals and are none. ``ALL``: each as often as it should be drawn."""

from models.seal_finder.negatives.other_marks import (
    barcode,
    boxed_words,
    chart,
    coffee_ring,
    coloured_box,
    drawn_circle,
    handwriting,
    ornament,
    qr_code,
)
from models.seal_finder.negatives.paint import COLOURS, REDS
from models.seal_finder.negatives.roundels import (
    emblem,
    lettered_roundel,
    medal,
    national_emblem,
    printed_ring,
    quality_mark,
    roundel,
    school_badge,
)

__all__ = ["ALL", "COLOURS", "REDS"]

ALL = (
    emblem, national_emblem, roundel, lettered_roundel, lettered_roundel, quality_mark, qr_code, drawn_circle,
    drawn_circle, coffee_ring, medal, ornament, handwriting, handwriting, chart, printed_ring, coloured_box,
    coloured_box, barcode, boxed_words, boxed_words, school_badge, school_badge,
)  # fmt: skip
