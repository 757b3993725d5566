"""The work of a worker: jobs of the ledger, done one after another. No broker is needed to do them.

``performing.perform`` does one job, ``performing.work_until_idle`` all that wait; a ``station`` waits for the
bell.
"""
