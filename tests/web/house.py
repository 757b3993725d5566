"""Shorthands of the API's tests: people with tokens, applications, uploads, work done without a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from domain.kinds import Outcome, ReadingStatus, Verdict
from domain.reading import PageQuality, PageReading, Reading
from domain.review import ApplicationReview, CheckResult, EvidenceFile, FileReview
from pipeline.work.kept import review_text
from pipeline.work.performing import work_until_idle
from store import accounts, judgements
from store.accounts import Role
from store.applications import files_in_force
from store.judgements import RaisedFlag
from store.tables import ApplicationRow, FileRow
from tests.pipeline import recorded
from tests.work.office import workplace
from web.service import Service

API = "/api/v1"
DECLARED: dict[str, Any] = {
    "plan": "general",
    "applicant": {"name": "某人", "employer": "某某有限公司", "id_number": "330602199001011234"},
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


class Rings:
    """A bell that remembers where it was rung."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def ring(self, queue: str) -> None:
        self.heard.append(queue)


@dataclass
class Person:
    """Somebody with a token. ``ask`` sends a request of theirs."""

    client: TestClient
    name: str
    token: str

    def ask(self, method: str, path: str, **options: Any) -> Response:
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        answer: Response = self.client.request(method, API + path, headers=headers, **options)
        return answer

    def get(self, path: str, **options: Any) -> Any:
        """The document at ``path``, which must be there."""
        answer = self.ask("GET", path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def opens(self, declared: Any = None) -> str:
        """The id of a new application of theirs."""
        answer = self.ask("POST", "/applications", json=declared or DECLARED)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def uploads(self, application: str, content: bytes = PNG, name: str = "扫描件.png", **said: Any) -> str:
        """The id of a new file of that application."""
        answer = self.sends(application, content, name, **said)
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def sends(
        self,
        application: str,
        content: bytes = PNG,
        name: str = "扫描件.png",
        headers: Any = None,
        **said: Any,
    ) -> Response:
        path = f"/applications/{application}/files"
        return self.ask("POST", path, files={"file": (name, content)}, data=said, headers=headers or {})


@dataclass
class House:
    service: Service
    client: TestClient
    known: dict[str, Person] = field(default_factory=dict)

    @property
    def rings(self) -> list[str]:
        bell = self.service.bell
        assert isinstance(bell, Rings)
        return bell.heard

    def person(
        self, name: str, role: Role, grants: Sequence[tuple[str, str]] = (), password: str = ""
    ) -> Person:
        """Somebody of that role; grants are (plan, organisation). Hashing a password takes its time."""
        now = self.service.clock()
        with self.service.database.writing() as session:
            user = accounts.create_user(session, now, name, role, password)
            token = accounts.create_token(session, now, user)
            for plan, organisation in grants:
                accounts.grant(session, user, plan, organisation)
        return Person(self.client, name, token)

    @property
    def applicant(self) -> Person:
        return self._once("申报人甲", Role.APPLICANT)

    @property
    def stranger(self) -> Person:
        return self._once("申报人乙", Role.APPLICANT)

    @property
    def clerk(self) -> Person:
        """Granted the plan ``general``."""
        return self._once("核对人员", Role.CLERK, [("general", "*")])

    @property
    def clerk_of_all(self) -> Person:
        return self._once("总核对人员", Role.CLERK, [("*", "*")])

    @property
    def admin(self) -> Person:
        return self._once("管理员", Role.ADMIN)

    def judged(self, application: str, verdict: str, *flags: dict[str, Any]) -> list[str]:
        """A review of the application as it stands; ids of the flags raised, in order."""
        now = self.service.clock()
        with self.service.database.writing() as session:
            row = session.get_one(ApplicationRow, application)
            raised = [RaisedFlag(str(flag.get("file") or ""), flag) for flag in flags]
            files = files_in_force(session, application)
            review = review_text(_review(row, files, verdict))
            judgements.keep_review(session, now, row, row.revision, verdict, raised, review, {"rules": "1"})
            for file in files:
                file.status = "done"
            rows = judgements.current_flags(session, application)
        return [next(row.id for row in rows if row.code == flag["code"]) for flag in flags]

    def works(self) -> int:
        """Let a worker with the recorded engine do what waits; how many jobs it did."""
        place = workplace(self.service.database, self.service.settings.data, self.service.clock)
        return work_until_idle(place)

    def _once(self, name: str, role: Role, grants: Sequence[tuple[str, str]] = ()) -> Person:
        if name not in self.known:
            self.known[name] = self.person(name, role, grants)
        return self.known[name]


def _review(application: ApplicationRow, files: Sequence[FileRow], verdict: str) -> ApplicationReview:
    """What the recorded engine would keep of the application; flags come from their own rows."""
    read = []
    for file in files:
        reading = Reading(
            path=file.name,
            sha256=file.sha256,
            size=1,
            media_type="image/png",
            status=ReadingStatus.COMPLETE,
            pages=(PageReading(number=1, width=40, height=60, quality=PageQuality(sharpness=1.0)),),
        )
        evidence = EvidenceFile(reading=reading, document=recorded.understand(reading, None))
        read.append(FileReview(file=evidence, flags=()))
    outcomes = {"tamper.text-layer": Outcome.FLAGGED, "evidence.kind": Outcome.PASSED}
    return ApplicationReview(
        path=application.id,
        applicant=application.applicant,
        plan=application.plan,
        verdict=Verdict(verdict),
        files=tuple(read),
        flags=(),
        results=tuple(
            CheckResult(check=check, requirement="R-1", outcome=outcome)
            for check, outcome in outcomes.items()
        ),
    )


def flag(code: str, severity: str = "error", **more: Any) -> dict[str, Any]:
    """A flag as the contract writes it."""
    return {
        "code": code,
        "severity": severity,
        "message": "身份证号330602199001011234与申报不符。",
        "advice": "请核对后重新上传。",
        "requirement": {"id": "R-1", "notice": "通知", "quote": "原文"},
        "file": None,
        "page": 1,
        "box": [0.1, 0.2, 0.3, 0.4],
        "expected": None,
        "found": None,
        "confidence": 0.9,
        **more,
    }
