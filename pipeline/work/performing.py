"""One job after another. What cannot be done now stays in the ledger: a job ends done, failed, or waiting."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path

from domain.errors import SetupError
from pipeline.work.holding import LetGo
from pipeline.work.judging import judge
from pipeline.work.reading import read
from pipeline.work.workplace import Workplace
from store.applications import JUDGE, READ
from store.batches import UNPACK
from store.errors import LeaseLostError
from store.jobs import Lease

log = logging.getLogger(__name__)


def work_until_idle(workplace: Workplace) -> int:
    """Do what waits until nothing does, or the worker stops. Returns how many jobs were done."""
    done = 0
    while not workplace.stopping() and work_next(workplace):
        done += 1
    return done


def work_next(workplace: Workplace) -> bool:
    """Do the next job: of the first queue that has one, so that nobody waits behind a batch.

    Nor behind the file of a batch that is in hand: jobs of earlier queues are done between two of its pages.
    """
    for number, queue in enumerate(workplace.queues):
        lease = workplace.ledger.take((queue,), workplace.name)
        if lease is not None:
            sooner = replace(workplace, queues=workplace.queues[:number], interrupting=True)
            perform(replace(workplace, between_pages=partial(work_until_idle, sooner)), lease)
            return True
    return False


def perform(workplace: Workplace, lease: Lease) -> None:
    """Do a job. Raises ``SetupError`` where the reader is not fit for use: the job then waits, unblamed.

    A failure of ours (database away, disk full) leaves the job to its lease: it is tried again when that has
    run out, and failed with a reason when it never succeeds.
    """
    try:
        _do(workplace, lease)
    except LetGo:
        _give_back(workplace, lease)
    except LeaseLostError:
        log.warning("job %s went on elsewhere; its result here is thrown away", lease.job)
    except SetupError:
        _give_back(workplace, lease)
        raise
    except Exception as problem:  # noqa: BLE001 - whatever it is, the other jobs go on
        # Neither the message nor the values around it: they may hold what stands in the evidence.
        place = traceback.extract_tb(problem.__traceback__)[-1]
        told = (type(problem).__name__, Path(place.filename).name, place.lineno)
        log.error("job %s (%s) stopped: %s at %s:%s", lease.job, lease.kind, *told)


def _do(workplace: Workplace, lease: Lease) -> None:
    if lease.kind == READ:
        read(workplace, lease)
    elif lease.kind == JUDGE:
        judge(workplace, lease)
    elif lease.kind == UNPACK:
        from pipeline.work.unpack import unpack  # archives and tables: most workers' days have none

        unpack(workplace, lease)
    else:
        raise ValueError(lease.kind)


def _give_back(workplace: Workplace, lease: Lease) -> None:
    """The job waits again at once; where that cannot be written, when its lease has run out."""
    try:
        workplace.ledger.release(lease)
    except LeaseLostError:
        log.warning("job %s was taken over before it was given back", lease.job)
    except Exception as problem:  # noqa: BLE001 - the lease runs out by itself
        log.warning("job %s not given back: %s", lease.job, type(problem).__name__)
