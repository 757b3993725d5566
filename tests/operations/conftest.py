"""The databases, clock and place of the worker's tests."""

from tests.work.conftest import clock, database, place, url

__all__ = ["clock", "database", "place", "url"]
