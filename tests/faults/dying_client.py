"""``python -m tests.faults.dying_client NAME CONTENT``: an API that is killed between commit and ring."""

from __future__ import annotations

import os
import signal
import sys

from domain.settings import load_settings
from pipeline.work.workplace import workplace_for
from tests.work.office import Office

if __name__ == "__main__":
    office = Office(workplace_for(load_settings()))
    office.upload(office.apply(sys.argv[1]), sys.argv[2])
    os.kill(os.getpid(), signal.SIGKILL)
