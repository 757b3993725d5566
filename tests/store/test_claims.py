"""Claims: of two clerks who come at once, one has the application and the other is told who."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from store import accounts, applications, claims
from store.accounts import Role
from store.claims import Claim
from store.database import Database
from store.tables import UserRow
from tests.store.conftest import Clock


def people(database: Database, clock: Clock) -> tuple[list[UserRow], str]:
    """Two clerks, and an application."""
    with database.writing() as session:
        owner = accounts.create_user(session, clock(), "申报人", Role.APPLICANT)
        clerks = [accounts.create_user(session, clock(), name, Role.CLERK) for name in ("周核", "吴核")]
        declared = {"applicant": {"name": "某人"}}
        return clerks, applications.open_application(session, clock(), owner, declared).id


def test_of_two_at_once_exactly_one_holds_it_and_both_know_who(database: Database, clock: Clock) -> None:
    clerks, application = people(database, clock)
    ready = Barrier(2)

    def come(clerk: UserRow) -> Claim:
        ready.wait()
        with database.writing() as session:
            return claims.claim(session, clock(), clerk, application)

    with ThreadPoolExecutor(2) as both:
        found = list(both.map(come, clerks))
    assert sorted(one.own for one in found) == [False, True]
    assert len({one.holder for one in found}) == 1


def test_a_claim_lapses_is_released_and_is_taken_over(database: Database, clock: Clock) -> None:
    (one, other), application = people(database, clock)
    with database.writing() as session:
        assert claims.claim(session, clock(), one, application).own
        assert not claims.claim(session, clock(), other, application).own
        assert claims.take_over(session, clock(), other, application).own
        assert claims.claim(session, clock(), one, application).holder == "吴核"
        claims.release(session, one, application)
        assert not claims.claim(session, clock(), one, application).own
        clock.wait(claims.LIFE.total_seconds() + 1)
        assert claims.claim(session, clock(), one, application).own
        claims.release(session, one, application)
        assert claims.claim(session, clock(), other, application).own
