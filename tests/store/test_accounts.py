"""Accounts and access: nobody comes in by what is kept, and nobody reaches what is not his."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import access, accounts
from store.accounts import SESSION_LIFE, Role
from store.applications import open_application
from store.database import Database
from store.errors import NameTakenError
from store.tables import ApplicationRow, CredentialRow, UserRow
from tests.store.conftest import Clock

PLAN, OTHER_PLAN = "shaoxing-construction-2020", "fushun-ecology-2024"


def test_password_and_name_are_both_needed(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        accounts.create_user(session, clock(), "窗口一", Role.CLERK, "correct horse")
    with database.reading() as session:
        user = accounts.by_password(session, "窗口一", "correct horse")
        assert user is not None
        assert "correct horse" not in user.password
        assert accounts.by_password(session, "窗口一", "wrong") is None
        assert accounts.by_password(session, "窗口二", "correct horse") is None


def test_an_account_without_password_has_no_password(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        accounts.create_user(session, clock(), "robot", Role.ADMIN)
        assert accounts.by_password(session, "robot", "") is None


def test_a_name_is_given_once(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        accounts.create_user(session, clock(), "a", Role.CLERK)
        with pytest.raises(NameTakenError, match="已存在"):
            accounts.create_user(session, clock(), "a", Role.ADMIN)


def test_a_token_comes_in_until_it_is_revoked_and_is_not_kept(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        user = accounts.create_user(session, clock(), "a", Role.CLERK)
        token = accounts.create_token(session, clock(), user)
        assert token not in repr([row.digest for row in session.scalars(select(CredentialRow))])
        found = accounts.by_credential(session, clock(), token, "token")
        assert found is not None
        assert found[0].id == user.id
        assert accounts.by_credential(session, clock(), token, "session") is None
        accounts.revoke(session, clock(), token)
        assert accounts.by_credential(session, clock(), token, "token") is None


def test_a_session_ends_by_itself_and_with_its_user(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        user = accounts.create_user(session, clock(), "a", Role.CLERK)
        cookie, csrf = accounts.open_session(session, clock(), user)
        found = accounts.by_credential(session, clock(), cookie, "session")
        assert found is not None
        assert found[1] == csrf
        clock.wait(SESSION_LIFE.total_seconds() + 1)
        assert accounts.by_credential(session, clock(), cookie, "session") is None
        cookie, _ = accounts.open_session(session, clock(), user)
        accounts.disable(session, clock(), user)
        assert accounts.by_credential(session, clock(), cookie, "session") is None


def declared(plan: str, employer: str) -> dict[str, object]:
    return {"plan": plan, "applicant": {"name": "某人", "employer": employer}}


def seen(session: Session, user: UserRow) -> set[str]:
    return set(session.scalars(select(ApplicationRow.path).where(access.visible(user))))


def test_each_role_sees_its_own_and_nothing_else(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        people = {
            name: accounts.create_user(session, clock(), name, role)
            for name, role in (
                ("one", Role.APPLICANT),
                ("two", Role.APPLICANT),
                ("all", Role.CLERK),
                ("plan", Role.CLERK),
                ("unit", Role.CLERK),
                ("none", Role.CLERK),
                ("admin", Role.ADMIN),
            )
        }
        accounts.grant(session, people["all"])
        accounts.grant(session, people["plan"], plan=PLAN)
        accounts.grant(session, people["unit"], plan=OTHER_PLAN, organisation="乙公司")
        for owner, plan, employer in (
            ("one", PLAN, "甲公司"),
            ("two", PLAN, "乙公司"),
            ("two", OTHER_PLAN, "乙公司"),
            ("two", OTHER_PLAN, "甲公司"),
        ):
            content = declared(plan, employer)
            row = open_application(
                session, clock(), people[owner], content, path=f"{owner} {plan[:3]} {employer}"
            )
            assert access.may_change(people[owner], row)
            assert not access.may_change(people["all"], row)
        everything = seen(session, people["admin"])
        assert len(everything) == 4
        assert seen(session, people["all"]) == everything
        assert seen(session, people["one"]) == {"one sha 甲公司"}
        assert seen(session, people["two"]) == everything - {"one sha 甲公司"}
        assert seen(session, people["plan"]) == {"one sha 甲公司", "two sha 乙公司"}
        assert seen(session, people["unit"]) == {"two fus 乙公司"}
        assert seen(session, people["none"]) == set()
        row = session.scalars(select(ApplicationRow).where(ApplicationRow.path == "one sha 甲公司")).one()
        assert access.application(session, people["one"], row.id) is row
        assert access.application(session, people["two"], row.id) is None
        assert access.application(session, people["unit"], row.id) is None


def test_an_applicant_never_sees_what_gives_a_forger_away(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        applicant = accounts.create_user(session, clock(), "a", Role.APPLICANT)
        clerk = accounts.create_user(session, clock(), "c", Role.CLERK)
    for code in ("tamper.suspected", "duplicate.across-applications"):
        assert not access.shown(applicant, code)
        assert access.shown(clerk, code)
    assert access.shown(applicant, "seal.missing")
    assert not access.may_decide(applicant)
    assert access.may_decide(clerk)
