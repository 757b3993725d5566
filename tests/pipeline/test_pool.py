"""A worker that hangs or dies costs only its own file."""

from pathlib import Path

from domain.settings import Limits
from pipeline.pool import FileRead, ReadJob, read_all
from tests.pipeline import recorded


def test_a_hanging_worker_is_ended_and_the_rest_is_read(tmp_path: Path) -> None:
    contents = {"hang": "hang", "die": "die", "one": "pages 1", "two": "pages 2"}
    jobs = []
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        jobs.append(ReadJob(name, tmp_path / name, name, name))
    events = read_all(jobs, recorded.reading_tools, workers=1, limits=Limits(), silence_seconds=6.0)
    readings = {event.key: event.reading for event in events if isinstance(event, FileRead)}
    assert set(readings) == set(contents)
    assert {name for name, reading in readings.items() if reading.error is not None} == {"hang", "die"}
    assert len(readings["two"].pages) == 2
