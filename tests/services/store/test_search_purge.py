"""Words of a removed record leave the file when the index is purged."""

from __future__ import annotations

from pathlib import Path

from services.records.fields import EntityKind
from services.store.search_index import purge
from services.store.store import Store, Surroundings

SECRET = "Zyxwvutsrq"


def _bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_a_removed_word_is_in_no_byte_of_the_file_after_a_purge(tmp_path: Path) -> None:
    path = tmp_path / "plain.mycrm"
    store = Store.create(path, None, Surroundings(device=bytes(16)), uid=bytes(16))
    with store.write("create", "contact.add") as unit:
        documents = []
        for number in range(300):
            document = unit.blank(EntityKind.CONTACT)
            document["first_name"] = SECRET if number == 150 else f"Name{number}"
            documents.append(document)
        unit.create_many(EntityKind.CONTACT, documents)
    with store.write("delete", "contact.delete") as unit:
        unit.edit(EntityKind.CONTACT, 151, lambda document: document.update(deleted_at=1))
    with store.note() as connection:
        # What an erasure does to the record itself is not the index's affair.
        run = connection.exec_driver_sql
        run("UPDATE contact SET first_name = NULL, display_name = '', sort_name = '' WHERE id = 151")
        run("UPDATE change SET personal = NULL WHERE entity_uid = (SELECT uid FROM contact WHERE id = 151)")
        run("DELETE FROM search_term WHERE term = ?", (SECRET.lower(),))
    store.checkpoint()
    assert SECRET.lower().encode() in _bytes_of(path)
    with store.note() as connection:
        purge(connection)
    store.checkpoint()
    store.close()
    assert SECRET.lower().encode() not in _bytes_of(path).lower()
