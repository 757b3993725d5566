"""What documents said, remembered for a while: every file that comes has its application judged anew.

The files that came before it are the same then, and to understand one takes longer than to check it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace

from domain.declaration import DeclaredEvidence
from domain.facts import Document
from domain.reading import Reading
from pipeline.tools import JudgingTools

MOST = 128
"""Documents that are kept, those needed last: a few applications that are being filled in."""


def remembering(make: Callable[[], JudgingTools], most: int = MOST) -> Callable[[], JudgingTools]:
    """``make``, whose tools understand a reading again only after ``most`` others.

    Within a process the same bytes are read alike, so a reading is known by their digest.
    """
    kept: OrderedDict[tuple[str, str, DeclaredEvidence | None], Document] = OrderedDict()

    def tools() -> JudgingTools:
        made = make()

        def understand(reading: Reading, declared: DeclaredEvidence | None) -> Document:
            key = (reading.sha256, reading.path, declared)
            if key not in kept:
                kept[key] = made.understand(reading, declared)
            kept.move_to_end(key)
            if len(kept) > most:
                kept.popitem(last=False)
            return kept[key]

        return replace(made, understand=understand)

    return tools
