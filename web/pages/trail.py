"""The audit trail: the newest entries, those of one application, and whether the chain holds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response
from sqlalchemy import select

from report.privacy import Privacy
from report.words import VERDICTS
from store import audit, listing
from store.accounts import Role
from store.listing import Wanted
from store.tables import ApplicationRow, AuditRow
from web.api import documents
from web.api.applications import Identifier
from web.api.desk import Visit
from web.pages.door import AtDoor
from web.pages.rendering import page
from web.pages.routing import page_router

router = page_router()

ENTRIES, APPLICATIONS = 50, 20
ACTIONS = {
    "application.opened": "新建申报",
    "declaration.replaced": "修改申报内容",
    "file.received": "上传材料",
    "application.judged": "完成核对",
    "application.examined": "审核完毕",
    "claim.taken_over": "接手审核",
    "flag.decided": "处理问题",
    "id_numbers.shown": "查看完整身份证号",
    "batch.received": "上传批次",
    "batch.unpacked": "批次解压完毕",
    "session.opened": "登录",
    "session.closed": "退出",
    "user.added": "添加账号",
    "user.granted": "授权",
    "user.grant_withdrawn": "收回授权",
    "user.disabled": "停用账号",
    "user.enabled": "恢复账号",
    "user.password_reset": "重设密码",
    "user.role_changed": "改变角色",
    "token.created": "生成接口令牌",
    "journals.imported": "导入期刊名录",
    "threshold.moved": "改动检查阈值",
}
WORDS = {
    "plan": "计划",
    "batch": "批次",
    "revision": "第几版",
    "file": "文件编号",
    "sha256": "文件摘要",
    "bytes": "字节",
    "replaces": "替换",
    "verdict": "结论",
    "flags": "问题数",
    "flag": "问题编号",
    "code": "问题代码",
    "decision": "决定",
    "reason": "理由",
    "review": "核对编号",
    "from": "原为",
    "to": "改为",
    "user": "账号",
    "role": "角色",
    "organisation": "单位",
    "kind": "名录",
    "rows": "条数",
    "source": "来源",
    "judged_anew": "重新核对份数",
}
_VERDICTS = {one.value: words for one, words in VERDICTS.items()}


@router.get("/admin/audit")
def newest(
    request: Request,
    door: AtDoor,
    q: Annotated[str, Query(max_length=80, pattern=r"^[^\x00]*$")] = "",
    before: Annotated[int, Query(ge=0, le=2**62)] = 0,
) -> Response:
    """``q``: who or whose employer, to find the application; ``before``: a sequence number."""
    with door.reading(Role.ADMIN) as visit:
        wanted = Wanted(words=q.strip())
        found = listing.applications(visit.session, visit.user, wanted, None, APPLICATIONS) if q else []
        query = select(AuditRow).order_by(AuditRow.sequence.desc()).limit(ENTRIES + 1)
        rows = [*visit.session.scalars(query.where(AuditRow.sequence < before) if before else query)]
        last = rows[ENTRIES - 1].sequence if len(rows) > ENTRIES else 0
        return page(
            request,
            visit,
            "admin_audit.html",
            q=q,
            found=found,
            entries=[_entry(row) for row in rows[:ENTRIES]],
            total=audit.head(visit.session)[0],
            names=_names(visit, rows),
            first="/admin/audit" if before else "",
            next=f"/admin/audit?before={last}" if last else "",
        )


@router.get("/admin/audit/chain")
def chain(request: Request, door: AtDoor) -> Response:
    """Every entry is gone through: asked for, not done by the way."""
    with door.reading(Role.ADMIN) as visit:
        number, digest = audit.head(visit.session)
        broken = audit.broken_at(visit.session)
        return page(request, visit, "parts/chain.html", number=number, digest=digest, broken=broken)


@router.get("/admin/audit/{id}")
def of_application(request: Request, identifier: Identifier, door: AtDoor) -> Response:
    with door.reading(Role.ADMIN) as visit:
        row = visit.application(identifier)
        entries = [_entry(one) for one in audit.of_subject(visit.session, row.id)]
        return page(request, visit, "admin_trail.html", row=row, entries=entries)


def _entry(row: AuditRow) -> dict[str, Any]:
    details = documents.masked(row.details, Privacy())
    return {
        "sequence": row.sequence,
        "at": row.at,
        "actor": {"hezheng": "程序", "command line": "命令行"}.get(row.actor, row.actor),
        "action": ACTIONS.get(row.action, row.action),
        "subject": row.subject,
        "details": [
            (WORDS[name], _VERDICTS.get(str(value), value))
            for name, value in details.items()
            if name in WORDS and value != ""
        ],
        "digest": row.digest,
    }


def _names(visit: Visit, rows: list[AuditRow]) -> dict[str, str]:
    """Applicants of the applications that entries are about, by the application's id."""
    subjects = {row.subject for row in rows}
    found = visit.session.execute(
        select(ApplicationRow.id, ApplicationRow.applicant).where(ApplicationRow.id.in_(subjects))
    )
    return {row.id: row.applicant for row in found}
