"""The import as plainly as it can be done, in 80 lines: driver, normaliser, lists and executemany."""

import hashlib
import hmac
import os
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from services.clock import SystemClock, to_millis
from services.identity import UidSource
from services.importing.detection import detect
from services.importing.mapping import propose
from services.importing.reading import RowStream
from services.importing.rows import RowNormaliser
from services.records.fields import EntityKind
from services.store.engine import connect
from services.values.coercion import Reading
from services.values.phones import search_forms
from services.values.text import fold


def import_plainly(file: Path, workspace: Path, base: Reading, actor: bytes, device: bytes) -> None:
    """Fill an empty workspace from `file` in one transaction, with all rows that our import leaves."""
    con, uids, now = connect(workspace, None), UidSource(SystemClock()), to_millis(SystemClock().now())
    reading = (shape := detect(file)).reading(base)
    normalise = RowNormaliser(EntityKind.CONTACT, shape, propose(EntityKind.CONTACT, shape, reading=reading), reading)
    rows: dict[str, list[dict[str, Any]]] = {}
    firms: dict[str, tuple[int, bytes]] = {}
    con.execute("BEGIN IMMEDIATE")
    seq, hlc = con.execute("SELECT seq, hlc FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    batch, chain = con.execute("SELECT id + 1, chain FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    header, hlc, people = uids.new(), max(hlc, (now << 16) - 1), 0
    said = header + actor + f"import\0contact.import\0import\0{now}\0".encode()
    digests = hashlib.sha256(chain + hashlib.sha256(said).digest())

    def add(table: str, **values: Any) -> None:
        rows.setdefault(table, []).append(values)

    def note(kind: str, uid: bytes, opened: dict[str, Any], hidden: dict[str, Any]) -> None:
        nonlocal seq, hlc
        seq, hlc, salt, fields, personal = seq + 1, hlc + 1, os.urandom(16), orjson.dumps(opened), orjson.dumps(hidden)
        row = b"2 %d %b create %d " % (hlc, kind.encode(), len(fields)) + uid + fields + personal
        at = {"seq": seq, "batch": batch, "hlc": hlc, "schema": 2, "entity": kind, "entity_uid": uid, "op": "create"}
        add("change", **at, fields=fields, personal=personal, row_digest=hmac.digest(salt, row, "sha256"))
        add("entity_salt", entity_uid=uid, salt=salt, first_seq=seq)
        digests.update(rows["change"][-1]["row_digest"])

    def firm(name: str) -> tuple[int, bytes]:
        if (key := fold(name)) not in firms:
            number, uid = firms.setdefault(key, (len(firms) + 1, uids.new()))
            add("company", id=number, uid=uid, name=name, sort_name=key, created_at=now)
            add("search_name", rowid=number * 16 + 2, name=key, company="", email="", phone="", other="")
            note("company", uid, {"created_at": now}, {"name": name})
        return firms[key]

    con.execute("INSERT INTO batch(id,uid,kind,label_code,actor,origin,device,started_at,counts,source_digest,chain) VALUES "
                "(?,?,'import','contact.import',?,'import',?,?,'{}',?,x'')", (batch, header, actor, device, now, hashlib.sha256(file.read_bytes()).digest()))  # fmt: skip
    with RowStream(file, shape) as stream:
        records = iter(stream)
        while piece := [normalise(*row).draft for row in islice(records, 500)]:  # type: ignore[misc,union-attr]
            for draft, (company, link) in [(draft, firm(str(draft.fields["company"]))) for draft in piece]:
                people, uid, role, values = people + 1, uids.new(), uids.new(), draft.fields
                names: dict[str, Any] = {name: values[name] for name in ("first_name", "last_name", "title")}
                shown, opened = f"{names['first_name']} {names['last_name']}", {"source": "import", "created_at": now, "lifecycle": "prospect"}  # fmt: skip
                add("contact", id=people, uid=uid, **names, **opened, company_id=company, display_name=shown, sort_name=fold(f"{names['last_name']} {names['first_name']}"))  # fmt: skip
                for p in draft.points:
                    point, own = uids.new(), {"raw": p.raw, "normal": p.normal}
                    form = {"kind": p.kind.value, "label": p.label, "is_primary": 1}
                    add("contact_point", uid=point, contact_id=people, **form, **own)
                    opened[f"points/{point.hex()}"], names[f"points/{point.hex()}"] = form, own
                add("contact_company", uid=role, contact_id=people, company_id=company, role="", is_primary=1)
                opened[f"roles/{role.hex()}"], names[f"roles/{role.hex()}"] = {"company": link.hex(), "is_primary": 1}, {"role": ""}  # fmt: skip
                email, phone = (next(p.normal for p in draft.points if p.kind == kind) for kind in ("email", "phone"))
                add("search_name", rowid=people * 16 + 1, name=fold(shown), company=fold(str(values["company"])), email=fold(email), phone=" ".join(search_forms(phone)), other=fold(names["title"]))  # fmt: skip
                note("contact", uid, opened, names)
                add("lifecycle_change", seq=seq, entity="contact", entity_uid=uid, before=None, after="prospect", changed_at=now)  # fmt: skip
            for table, values in rows.items():
                con.executemany(f"INSERT INTO {table}({','.join(values[0])}) VALUES ({','.join('?' * len(values[0]))})", [tuple(row.values()) for row in values])  # fmt: skip
            words = (w for row in rows["search_name"] for w in f"{row['name']} {row['company']}".split())
            terms = {(word,) for word in words if len(word) > 2}
            con.executemany("INSERT OR IGNORE INTO search_term VALUES (?)", sorted(terms))
            rows.clear()
    done = (orjson.dumps({"company.create": len(firms), "contact.create": people}).decode(), digests.digest(), batch)
    con.execute("UPDATE batch SET counts = ?, chain = ? WHERE id = ?", done)
    con.execute("COMMIT")
    con.close()
