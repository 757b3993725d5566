"""Where each role begins, and the links at the top of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from store.accounts import Role

ROLES = {Role.APPLICANT: "申报人", Role.CLERK: "核对人员", Role.ADMIN: "管理员"}


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    words: str


_BATCHES, _HELP = Link("/batches", "批量预审"), Link("/help", "帮助")
_LINKS = {
    Role.APPLICANT: (Link("/mine", "我的申报"), _HELP),
    Role.CLERK: (Link("/queue", "待审队列"), _BATCHES, _HELP),
    Role.ADMIN: (Link("/admin", "管理"), Link("/queue", "待审队列"), _BATCHES, _HELP),
}
"""The first is the role's own home."""


def home_of(role: Role) -> str:
    return _LINKS[role][0].path


def links_of(role: Role) -> tuple[Link, ...]:
    return _LINKS[role]
