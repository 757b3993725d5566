"""``make serve``: everything started on a data folder of its own, with the demo batch loaded.

The first start makes three accounts with drawn passwords, brings the demo batch as the clerk would, and opens
one application of the applicant's own. Later starts find all of it there. The passwords lie beside the data,
for the eyes of whoever started it alone; they open nothing but this demo.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from domain.settings import Settings
from policies import ListKind, import_list
from store import accounts, people
from store.accounts import Role
from store.applications import add_file, open_application
from store.batches import open_batch
from store.blobs import Blobs, blobs_for
from store.database import Database
from store.migrating import migrate
from store.tables import UserRow
from web.pages.accounts import new_password

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "fixtures" / "demo"
FOLDER = ROOT / ".cache" / "demo"
OWN = "04-hours-short"
"""The applicant's own: with something to put right."""
PEOPLE = {"申报人": Role.APPLICANT, "核对人": Role.CLERK, "管理员": Role.ADMIN}
PORT = 8000


def main(port: int) -> int:
    settings = Settings(data=FOLDER, HEZHENG_LISTS=FOLDER / "lists")
    passwords = FOLDER / "accounts.json"
    if not passwords.is_file():
        told = load(settings)
        # Written last and at once: a start that was broken off begins anew.
        _write(passwords, json.dumps(told, ensure_ascii=False))
    told = json.loads(passwords.read_text(encoding="utf-8"))
    _say(told, port)
    environment = os.environ | {"HEZHENG_DATA": str(FOLDER), "HEZHENG_LISTS": str(FOLDER / "lists")}
    hezheng = str(Path(sys.executable).with_name("hezheng"))
    try:
        return subprocess.run(
            [hezheng, "serve", "--port", str(port)], check=False, env=environment
        ).returncode
    except KeyboardInterrupt:
        return 0


def load(settings: Settings) -> dict[str, str]:
    """Accounts, lists, the batch and an application; returns the passwords by account."""
    settings.data.mkdir(parents=True, exist_ok=True)
    for leftover in settings.data.glob("hezheng.db*"):
        leftover.unlink()
    database, blobs = Database(settings.database_url), blobs_for(settings)
    migrate(database)
    for kind in ListKind:
        import_list(DEMO / "journals" / f"{kind.value}.csv", kind, settings.lists)
    now = datetime.now(UTC)
    told = {name: new_password() for name in PEOPLE}
    with database.writing() as session:
        users = {
            name: accounts.create_user(session, now, name, role, told[name]) for name, role in PEOPLE.items()
        }
        people.grant(session, now, users["管理员"], users["核对人"], "*", "*")
        blob = blobs.put([_zipped(DEMO)], settings.batch_bytes)
        open_batch(session, now, users["核对人"], blob, "演示批次.zip")
    _apply(database, blobs, now, users["申报人"])
    database.close()
    return told


def _apply(database: Database, blobs: Blobs, now: datetime, owner: UserRow) -> None:
    folder = DEMO / OWN
    declaration = json.loads((folder / "declaration.json").read_text(encoding="utf-8"))
    with database.writing() as session:
        row = open_application(session, now, owner, declaration)
        for told in declaration["evidence"]:
            content = (folder / told["file"]).read_bytes()
            blob = blobs.put([content], len(content))
            add_file(
                session,
                now,
                owner,
                row,
                blob,
                told["file"],
                kind=told.get("kind") or "",
                is_copy=bool(told.get("copy")),
                about=told.get("about") or "",
            )


def _zipped(folder: Path) -> bytes:
    """The applications of the batch, without their truth."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.glob("*/*")):
            if (path.parent / "declaration.json").is_file() and path.name != "truth.json":
                archive.write(path, path.relative_to(folder).as_posix())
    return packed.getvalue()


def _write(path: Path, text: str) -> None:
    arriving = path.with_suffix(".arriving")
    arriving.touch(mode=0o600)
    arriving.write_text(text, encoding="utf-8")
    arriving.replace(path)


def _say(passwords: dict[str, str], port: int) -> None:
    print(f"演示网址：http://127.0.0.1:{port}")
    print("演示账号（只用于演示数据）：")
    for name, password in passwords.items():
        print(f"  {name}　密码 {password}")
    print("首次启动时，演示批次在后台读取，几分钟内陆续出结果。按 Ctrl+C 停止。", flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else PORT))
