"""New records and elements of generated sequences, each made out of a few numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.records.fields import FieldKind
from services.records.people import Role
from tests.services.store.oracle import Key, Record
from tests.services.store.reading import TAGGED, blank

Records = Mapping[Key, Record]
Action = tuple[str, int, int, int, str | None]

WORDS: Final = ("Łukasz", "Đorđe Ørn", 'O\'Brien "Bo"', "ß/ſ", "名前", "x" * 300, "line\nline", "Anna", "Anna B.", None)
LIFECYCLES: Final = ("prospect", "customer", "churned", None)
STAGES: Final = ("open", "open", "won", "lost")
CURRENCIES: Final = ("EUR", "JPY", None)


def keys_of(records: Records, kind: str) -> list[Key]:
    """The records of a kind in the order in which they came."""
    return [key for key in records if key[0] == kind]


def uid_among(records: Records, kind: str, number: int) -> str | None:
    """One record of a kind; None when there is none."""
    keys = keys_of(records, kind)
    return keys[number % len(keys)][1] if keys else None


def point(number: int, other: int, primary: bool) -> Record:
    """A way to reach somebody."""
    kind = ("email", "phone", "address", "url")[number % 4]
    raw = {"email": f"a{other % 7}@example.org", "phone": f"040 123{other}"}.get(kind, f"text {other}")
    normal = {"phone": f"+4940123{other}"}.get(kind, raw.lower())
    city = "Gdańsk" if kind == "address" and other % 2 else None
    record = {"kind": kind, "label": "", "raw": raw, "normal": normal, "is_primary": int(primary), "city": city}
    flags = {"verified": 1 if other % 5 == 1 else None, "bounced": 1 if other % 5 == 2 else None}
    return record | {"region": None, "postal_code": None, "country": None} | flags


class Maker:
    """Makes records and elements; `random_bytes` makes the uids of elements."""

    def __init__(self, random_bytes: Callable[[int], bytes]) -> None:
        self._random_bytes = random_bytes

    def fresh(self) -> str:
        """The uid of a new element."""
        return self._random_bytes(16).hex()

    def made(self, records: Records, action: Action, now: int) -> Record | None:
        """The new record that an action means; None when there must not be another one."""
        kind, one, two, _, word = action
        record = blank(kind)
        record["created_at"] = now
        getattr(self, f"_fill_{kind}")(records, record, one, two, word)
        names = [other["name"] for key, other in records.items() if key[0] == "setting"]
        return None if kind == "setting" and record["name"] in names else record

    def element(self, records: Records, part: str, one: int, two: int, word: str | None) -> Record | None:
        """A new element of a part; None when there is nobody whom it could name."""
        made: dict[str, Callable[[], Record]] = {
            "points": lambda: point(one, two, primary=False),
            "domains": lambda: {"domain": f"firm{one % 5}.example", "position": two % 3 - 1},
            "roles": lambda: self._role(uid_among(records, "company", one), word),
            "relations": lambda: {"other": uid_among(records, "contact", one), "kind": "assistant", "note": word},
            "consents": lambda: {
                "channel": ("email", "sms")[one % 2],
                "state": ("granted", "withdrawn")[two % 2],
                "basis": "consent" if two % 3 else None,
                "decided_at": two,
                "proof": word,
            },
            "contacts": lambda: {
                "contact": uid_among(records, "contact", one),
                "role": ("champion", "")[two % 2],
                "is_primary": two % 2,
            },
            "attendees": lambda: {
                "contact": uid_among(records, "contact", one) if two % 3 else None,
                "email": f"a{one % 7}@example.org",
                "name": word,
                "response": ("accepted", None)[two % 2],
                "role": None,
                "is_organizer": two % 2,
            },
        }
        needed = {"roles": "company", "relations": "other", "contacts": "contact"}.get(part)
        element = made[part]()
        return None if needed is not None and element[needed] is None else element

    def _add(self, records: Records, record: Record, part: str, one: int, two: int, word: str | None) -> None:
        element = self.element(records, part, one, two, word)
        if element is not None:
            record[part][self.fresh()] = element

    @staticmethod
    def _role(company: str | None, word: str | None) -> Record:
        return {"company": company, "role": word or "", "is_primary": 1, "started_on": None, "ended_on": None}

    def _fill_contact(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            first_name=word, last_name=WORDS[one % len(WORDS)], lifecycle=LIFECYCLES[two % 4], source="manual"
        )
        for index in range(one % 3):
            record["points"][self.fresh()] = point(index, two + index, index == 0)
        if one % 2:
            self._add(records, record, "roles", two, two, word)
        if one % 5 == 0:
            self._add(records, record, "relations", two, two, word)
            self._add(records, record, "consents", one, two, word)

    def _fill_company(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=word or "Nameless", size=one, lifecycle=LIFECYCLES[two % 4])
        for position in range(one % 3):
            record["domains"][self.fresh()] = {"domain": f"firm{(two + position) % 5}.example", "position": position}
        if one % 2:
            record["points"][self.fresh()] = point(1, two, primary=True)

    def _fill_pipeline(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=word or "Renewals", currency=CURRENCIES[two % 3], position=one % 5)

    def _fill_stage(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            pipeline=uid_among(records, "pipeline", two),
            name=word or "Talk",
            kind=STAGES[one % 4],
            probability=two % 101,
            rotting_days=None if two % 3 else 14,
            required_fields='["amount"]' if one % 5 == 0 else None,
            position=one % 7,
        )

    def _fill_deal(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        stage = uid_among(records, "stage", one)
        record.update(
            title=word or "Offer",
            amount=None if one % 4 == 0 else two * 100,
            currency=CURRENCIES[two % 3],
            company=uid_among(records, "company", one) if two % 3 else None,
            stage=stage,
            pipeline=None if stage is None else records["stage", stage]["pipeline"],
            stage_entered_at=record["created_at"],
            status="open",
            next_step=word,
        )
        for number in range(two % 3):
            self._add(records, record, "contacts", one + number, number + 1, word)

    def _fill_lead(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=word, company=WORDS[one % len(WORDS)], status="new", source="Fair", score=two % 100)
        for index in range(one % 3):
            record["points"][self.fresh()] = point(index, two + index, index == 0)

    def _fill_activity(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            type="note",
            occurred_at=record["created_at"],
            recorded_at=record["created_at"],
            subject=word,
            body=WORDS[two % len(WORDS)],
            pinned=one % 2,
            contact=uid_among(records, "contact", one),
            company=uid_among(records, "company", two),
            deal=uid_among(records, "deal", two) if one % 3 == 0 else None,
            lead=uid_among(records, "lead", two) if one % 4 == 0 else None,
        )
        for number in range(two % 3):
            participant = uid_among(records, "contact", one + number)
            if participant is not None:
                record["participants"][participant] = {}

    def _fill_task(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            title=word or "Call back",
            status="open",
            due_at=record["created_at"] + two * 3_600_000,
            all_day=one % 2,
            recurrence="FREQ=WEEKLY" if two % 3 == 0 else None,
            priority="normal",
            contact=uid_among(records, "contact", one) if one % 3 else None,
            deal=uid_among(records, "deal", two) if one % 3 == 1 else None,
            lead=uid_among(records, "lead", two) if one % 3 == 2 else None,
        )

    def _fill_event(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(
            title=word or "Meeting",
            starts_at=record["created_at"] + two * 3_600_000,
            all_day=0,
            status="confirmed",
            sequence=one % 3,
            location=WORDS[two % len(WORDS)],
            deal=uid_among(records, "deal", one) if two % 2 else None,
            recurrence_of=uid_among(records, "event", one) if one % 4 == 0 else None,
        )
        for number in range(one % 3):
            self._add(records, record, "attendees", two + number, number, word)

    def _fill_file(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        kind = ("contact", "company", "deal", "lead", "activity")[one % 5]
        record.update(name=word or "offer.pdf", media_type="application/pdf", size=two, digest=f"{two:064x}")
        record[kind] = uid_among(records, kind, two)

    def _fill_saved_view(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        owner = uid_among(records, "user", one)
        record.update(entity="deal", name=f"{word}", query=f"amount>{two}", descending=one % 2, position=two)
        record["owner"] = owner

    def _fill_distinct_pair(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        first, second = sorted((uid_among(records, "contact", number) or "") for number in (one, two))
        record.update(entity="contact", first=first, second=second)

    def _fill_tag(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"{word} {one % 5}")

    def _fill_custom_field(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        entity = TAGGED[one % len(TAGGED)]
        record.update(entity=entity, name=f"{word}", kind=FieldKind.TEXT.value, personal=two % 2, position=one)

    def _fill_setting(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"setting.{one % 4}", value=f'"{two}"')

    def _fill_user(self, records: Records, record: Record, one: int, two: int, word: str | None) -> None:
        record.update(name=f"user {one}", role=list(Role)[two % 3].value, territory=word)


def template_records(maker: Maker, now: int) -> list[tuple[str, dict[str, Any]]]:
    """What there is of selling and planning before a sequence begins: how each is to be made, in this order."""
    return [
        ("pipeline", {"name": "Sales", "position": 0}),
        *(
            ("stage", {"name": name, "kind": kind, "probability": 0, "position": place, "pipeline": ("pipeline", 0)})
            for place, (name, kind) in enumerate((("Talk", "open"), ("Won", "won"), ("Lost", "lost")))
        ),
        *(
            (
                "deal",
                {
                    "title": title,
                    "amount": amount,
                    "currency": "EUR",
                    "status": "open",
                    "stage_entered_at": now,
                    "company": ("company", 0),
                    "stage": ("stage", 0),
                    "pipeline": ("pipeline", 0),
                    "contacts": {maker.fresh(): {"contact": ("contact", 0), "role": "champion", "is_primary": 1}},
                },
            )
            for title, amount in (("Angebot Łódź", 120_000), ("Renewal", None))
        ),
        ("lead", {"name": "Bo Ek", "company": "Ørsted", "status": "new", "points": {maker.fresh(): point(0, 3, True)}}),
        (
            "task",
            {
                "title": "Call back",
                "status": "open",
                "all_day": 0,
                "due_at": now,
                "deal": ("deal", 0),
                "lead": ("lead", 0),
            },
        ),
        (
            "event",
            {
                "title": "Demo",
                "starts_at": now,
                "all_day": 0,
                "status": "confirmed",
                "sequence": 0,
                "deal": ("deal", 0),
                "attendees": {
                    maker.fresh(): {
                        "contact": ("contact", 0),
                        "email": "0@x.org",
                        "name": "Anna",
                        "response": None,
                        "role": None,
                        "is_organizer": 1,
                    }
                },
            },
        ),
        ("file", {"name": "offer.pdf", "size": 7, "digest": "ab" * 32, "deal": ("deal", 1)}),
    ]
