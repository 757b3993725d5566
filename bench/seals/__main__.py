"""Seals found and read on drawn and on real pages.

    python -m bench.seals --drawn DIR [--real ../shared/real] [--under] [--processes 2]
        [--json FILE] [--worst DIR] [--floors tenth] [--write-floors tenth]

``DIR`` as ``python -m fixtures.build hard`` writes it. A seal is found where a box overlaps it by half
(intersection over union); a unit's name is read where all its characters are right. Names are counted on
rings whose characters are at least ten pixels high, found or not. Pages with seals are read whole, for their
print has a say in the names; ``--under`` counts the print beneath seals, too. ``--floors`` exits 1 when a
figure has fallen below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.seals.figures import Figures
from bench.seals.floors import fallen, written
from bench.seals.pages import TruePage, drawn_pages, real_pages
from bench.seals.peer import peer_names, peer_shares
from bench.seals.running import measured
from bench.seals.tables import text_of
from bench.seals.worst import write_worst


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--drawn", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--under", action="store_true", help="read the print beneath seals too")
    parser.add_argument("--peer", type=int, default=0, help="hand PaddleOCR's pipeline so many perfect crops")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--json", type=Path, help="all figures as JSON")
    parser.add_argument("--worst", type=Path, help="a folder for crops of what went wrong")
    parser.add_argument("--floors", help="section of baselines/seals.toml to hold the drawn figures against")
    parser.add_argument("--write-floors", help="section to write from this run")
    asked = parser.parse_args()
    sources: dict[str, list[TruePage]] = {}
    if asked.drawn:
        sources["drawn"] = list(drawn_pages(asked.drawn))
    if asked.real:
        sources["real"] = list(real_pages(asked.real))
    document: dict[str, object] = {}
    down: list[str] = []
    for name, pages in sources.items():
        outcomes = measured(pages, under=asked.under and name == "drawn", processes=asked.processes)
        figures = Figures(outcomes)
        print(text_of(name, figures), flush=True)
        peer = peer_shares(peer_names(outcomes, asked.peer)) if asked.peer else {}
        for figure, (share, ours) in peer.items():
            print(f"PaddleOCR {figure}: {share.yes} of {share.of}; ours on the same: {ours.yes}")
        document[name] = {
            "pages": len(pages),
            "seals": len(figures.seals),
            "shares": {key: {"yes": share.yes, "of": share.of} for key, share in figures.shares.items()},
            "milliseconds": figures.milliseconds(),
            "peer": {
                key: {"yes": share.yes, "ours": ours.yes, "of": share.of}
                for key, (share, ours) in peer.items()
            },
        }
        if asked.worst:
            write_worst(outcomes, asked.worst / name)
        section = {"drawn": asked.write_floors, "real": asked.write_floors and "real"}[name]
        if section:
            written(section, figures.shares)
        held = {"drawn": asked.floors, "real": asked.floors and "real"}[name]
        if held:
            down += [f"{name}: {line}" for line in fallen(held, figures.shares)]
    if asked.json:
        asked.json.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    for line in down:
        print(f"below its floor: {line}", file=sys.stderr)
    return 1 if down else 0


if __name__ == "__main__":
    sys.exit(main())
