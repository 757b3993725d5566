"""Cursors of lists: opaque to the caller, the place where the last page ended to us."""

from __future__ import annotations

import base64
import binascii
import uuid
from datetime import datetime

from store.listing import Place
from web.api import problems


def written(place: Place) -> str:
    moment, identifier = place
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {identifier}".encode()).decode().rstrip("=")


def read(cursor: str) -> Place:
    """Raises a 422 problem for what was not made by ``written``."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, identifier = base64.urlsafe_b64decode(padded.encode("ascii")).decode().split(" ")
        place = datetime.fromisoformat(moment), str(uuid.UUID(identifier))
        if place[0].tzinfo is None:
            raise ValueError("a time without a zone")
    except (ValueError, binascii.Error, UnicodeError):
        raise problems.invalid("翻页标记（cursor）无效，请从第一页重新开始。") from None
    return place
