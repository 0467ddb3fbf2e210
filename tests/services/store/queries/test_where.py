"""Conditions keep values out of the statement, use the indexes, and refuse what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from services.clock import to_millis
from services.errors import InvalidValue
from services.filtering import EVERYTHING, Comparison, Not, Operator, Or, Query, Words, parse
from services.filtering.tree import ME, Age, AgeUnit, Days, Moment, Pattern, Value
from services.records.fields import EntityKind
from services.store.queries.sorting import order_by
from services.store.queries.where import QueryContext, compile_query
from services.values.text import fold
from tests.services.store.queries.people import (
    OWN_FIELDS,
    Address,
    Book,
    Entry,
    Organisation,
    Person,
    User,
    uid_of,
    write_book,
)

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY
NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
DAY_MS = 86_400_000
BERLIN = ZoneInfo("Europe/Berlin")


def ago(days: float) -> int:
    return to_millis(NOW) - int(days * DAY_MS)


def small_book() -> Book:
    book = Book(users=[User(1, "Lena Hartmann", "lena@mycrm.example"), User(2, "Omar Me", "omar@mycrm.example")])
    book.organisations = [
        Organisation(1, name="Almeda Logistics", domains=("almeda.example", "almeda.test"), size=50, owner=1),
        Organisation(2, name="Ålesund Fisk", domains=("fisk.almeda.example",), size=51),
        Organisation(3, name="Almeda Logistics", deleted_at=1),
    ]
    book.people = [
        Person(1, first_name="Anna", last_name="Berg", company=1, owner=1, lifecycle="customer", tags=("vip",),
               emails=("anna@almeda.example",), phones=("+494012345",), urls=("https://www.almeda.example/de",),
               addresses=(Address("", "Köln", "DE"),)),
        Person(2, first_name="Łukasz", last_name="Annander", company=2, lifecycle="prospect", birthday="--11-14"),
        Person(3, emails=("søren@fisk.example",), bounced=True, owner=2, birthday="1986-11-14", company=3),
        Person(4, first_name="Anna", last_name="Weg", deleted_at=1, company=1, tags=("vip",)),
    ]  # fmt: skip
    book.entries = [
        Entry(1, contact=1, occurred_at=ago(31), subject="Pricing", amount=120_000, currency="EUR"),
        Entry(2, contact=1, occurred_at=ago(3), deleted_at=1),
        Entry(3, contact=2, occurred_at=ago(6.9), body="हिन्दी में बात", amount=1200, currency="JPY"),
        Entry(4, company=2, occurred_at=ago(40)),
        Entry(5, contact=1, occurred_at=ago(33), location="Köln, Dom", participants=(2, 4)),
    ]
    return book


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The small book in an encrypted file."""
    engine = write_book(Path(tmp_path_factory.mktemp("where")) / "small.mycrm", small_book())
    with engine.connect() as made:
        yield made
    engine.dispose()


def context(**changed: object) -> QueryContext:
    values: dict[str, object] = {"now": NOW, "actor": uid_of("user", 1), "custom_fields": OWN_FIELDS} | changed
    return QueryContext(**values)  # type: ignore[arg-type]


def found(connection: Connection, entity: EntityKind, text: str, **changed: object) -> list[int]:
    condition, bound = compile_query(parse(text, entity, OWN_FIELDS), entity, context(**changed))
    state = "NOT NULL" if changed.get("trash") else "NULL"
    sql = f"SELECT t.id FROM {entity} t WHERE t.deleted_at IS {state} AND ({condition}) ORDER BY t.id"
    return [row[0] for row in connection.exec_driver_sql(sql, tuple(bound))]


CASES = [
    (CONTACT, "", [1, 2, 3]),
    (CONTACT, "lifecycle:customer owner:me", [1]),
    (CONTACT, "owner:lena", [1]),
    (CONTACT, 'owner:"me"', [3]),
    (CONTACT, "-owner:me", [2, 3]),
    (CONTACT, "company:almeda*", [1]),
    (CONTACT, 'company:"ÅLESUND fisk"', [2]),
    (CONTACT, "company:alesund*", [2]),
    (CONTACT, "city:koln", [1]),
    (CONTACT, "tag:VIP", [1]),
    (CONTACT, "-tag:vip", [2, 3]),
    (CONTACT, "email:ANNA@almeda.example", [1]),
    (CONTACT, "email:none", [2]),
    (CONTACT, "bounced:yes", [3]),
    (CONTACT, "bounced:no", [1, 2]),
    (CONTACT, "-bounced:yes", [1, 2]),
    (CONTACT, "verified:yes", []),
    (COMPANY, "verified:no", [1, 2]),
    (CONTACT, "phone:040/12345", [1]),
    (CONTACT, 'phone:"+49 40 12345"', [1]),
    (CONTACT, "phone:+49*", [1]),
    (CONTACT, "website:almeda.example/de", [1]),
    (CONTACT, "website:http://www.Almeda.example/de", [1]),
    (CONTACT, "website:almeda.example", []),
    (CONTACT, "website:*almeda*", [1]),
    (CONTACT, "name:anna", [1]),
    (CONTACT, "name:ann*", [1, 2]),
    (CONTACT, 'name:"anna be*"', [1]),
    (CONTACT, "name:lukasz", [2]),
    (CONTACT, "name:soren", [3]),
    (CONTACT, "ann", [1, 2]),
    (CONTACT, "ann alm", [1]),
    (CONTACT, "soren", [3]),
    (CONTACT, "last>30d", [1]),
    (CONTACT, "last<7d", [2]),
    (CONTACT, "last:none", [3]),
    (CONTACT, "-last<7d", [1, 3]),
    (CONTACT, "last:1w..5w", [1]),
    (CONTACT, "birthday<1990", [3]),
    (CONTACT, "birthday:any", [2, 3]),
    (COMPANY, "size>50", [2]),
    (COMPANY, "size:10..50", [1]),
    (COMPANY, "domain:*.almeda.example", [2]),
    (COMPANY, "domain:almeda.example", [1]),
    (COMPANY, "domain:ALMEDA.test", [1]),
    (COMPANY, "domains:almeda.*", [1]),
    (COMPANY, "domain:any", [1, 2]),
    (COMPANY, "domain:none", []),
    (COMPANY, "almeda test", [1]),
    (COMPANY, "last<7d", [2]),
    (COMPANY, "last>30d", [1]),
    (COMPANY, "owner:none", [2]),
    (COMPANY, "logis", [1]),
    (ACTIVITY, "amount:1200", [1, 3]),
    (ACTIVITY, "amount:1200eur", [1]),
    (ACTIVITY, "amount>1199.99jpy", [3]),
    (ACTIVITY, "contact:anna", [1, 5]),
    (ACTIVITY, "contact:anna@almeda.example", [1, 5]),
    (ACTIVITY, "participants:lukasz", [5]),
    (ACTIVITY, "with:lukasz", [5]),
    (ACTIVITY, "with:anna", []),
    (ACTIVITY, "participants:none", [1, 3, 4]),
    (ACTIVITY, "location:koln", [5]),
    (ACTIVITY, "location:any", [5]),
    (ACTIVITY, "dom", [5]),
    (ACTIVITY, f"contact:{uid_of('contact', 2).hex()}", [3]),
    (ACTIVITY, "company:any", [4]),
    (ACTIVITY, "body:हिन्दी", [3]),
    (ACTIVITY, "हिन्", [3]),
    (ACTIVITY, "at<7d", [3]),
]


@pytest.mark.parametrize(("entity", "text", "expected"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES])
def test_a_query_finds_the_records_it_means(
    connection: Connection, entity: EntityKind, text: str, expected: list[int]
) -> None:
    assert found(connection, entity, text) == expected


@pytest.mark.parametrize("text", ["anna", "name:anna", "tag:vip", "company:almeda*", ""])
def test_what_was_deleted_is_found_in_the_trash(connection: Connection, text: str) -> None:
    assert found(connection, CONTACT, text, trash=True) == [4]


def test_days_begin_at_midnight_where_the_rep_is(tmp_path: Path) -> None:
    late = to_millis(datetime(2026, 10, 25, 22, 30, tzinfo=UTC))
    book = Book(people=[Person(1, created_at=late)])
    engine = write_book(tmp_path / "zones.mycrm", book)
    with engine.connect() as made:
        for zone, text in ((UTC, "created:2026-10-25"), (BERLIN, "created:2026-10-25"), (BERLIN, "created:2026-10")):
            assert found(made, CONTACT, text, zone=zone) == [1]
        after = to_millis(datetime(2026, 10, 25, 23, 0, tzinfo=UTC))
        made.exec_driver_sql("UPDATE contact SET created_at = ?", (after,))
        assert found(made, CONTACT, "created:2026-10-25", zone=UTC) == [1]
        # The clocks were set back that day: midnight in Berlin is 23:00 UTC.
        assert found(made, CONTACT, "created:2026-10-25", zone=BERLIN) == []
        assert found(made, CONTACT, "created>2026-10-25", zone=BERLIN) == [1]
    engine.dispose()


HOSTILE = (
    "'; DROP TABLE contact; --",
    '") OR 1=1 --',
    "%' OR 'a'='a",
    "x\x00y",
    "\ud800",
    "NEAR(a b)",
    "name : a*",
    "{name} ^a",
    "[a-z]",
    "?*[",
    "x" * 20_000,
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("trash", [False, True])
def test_no_value_is_read_as_sql_or_as_a_search_expression(connection: Connection, text: str, trash: bool) -> None:
    state = context(trash=trash)
    parts = (text, "")
    queries: list[Query] = [
        *(Comparison(name, Operator.IS, (text,)) for name in ("name", "city", "tags", "company", "email", "phone")),
        *(Comparison(name, Operator.IS, (text,)) for name in ("notes", "owner", "website", "uid", "external_key")),
        Comparison("custom.région", Operator.IS, (text,)),
        Words(tuple(text.split())),
    ]
    if len(text) < 1000 and fold(text):
        queries += [Comparison(name, Operator.IS, (Pattern(parts),)) for name in ("name", "city", "email")]
    for query in queries:
        condition, bound = compile_query(query, CONTACT, state)
        assert text not in condition
        sql = f"SELECT t.id FROM contact t WHERE {condition}"
        assert connection.exec_driver_sql(sql, tuple(bound)).fetchall() == []
    assert found(connection, CONTACT, "") == [1, 2, 3]


TOO_MUCH = [
    (Comparison("city", Operator.IS, (Pattern(("ﷺ" * 3000, "")),)), "too long"),
    (Comparison("title", Operator.IS, (" ".join(f"w{number}" for number in range(101)),)), "too many words"),
    (Words(tuple(f"w{number}" for number in range(101))), "too many words"),
    (Comparison("id", Operator.IS, tuple(range(30_001))), "too much"),
]


@pytest.mark.parametrize(("query", "said"), TOO_MUCH, ids=[case[1] for case in TOO_MUCH])
def test_what_sqlite_would_refuse_is_refused_in_words(query: Query, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        compile_query(query, CONTACT, context())


def test_a_query_of_a_thousand_conditions_is_answered(connection: Connection) -> None:
    many = tuple(Comparison("city", Operator.IS, (f"Town {number}", "Köln")) for number in range(2000))
    condition, bound = compile_query(Or(many), CONTACT, context())
    rows = connection.exec_driver_sql(f"SELECT t.id FROM contact t WHERE {condition}", bound)
    assert rows.fetchall() == [(1,)]


UNFIT: list[tuple[str, Operator, tuple[Value, ...]]] = [
    ("city", Operator.IS, (5,)),
    ("city", Operator.ABOVE, ("a",)),
    ("lifecycle", Operator.IS, (ME,)),
    ("birthday", Operator.ABOVE, (Age(3, AgeUnit.HOUR),)),
    ("birthday", Operator.IS, (Moment(datetime(2026, 1, 1, tzinfo=UTC)),)),
    ("created", Operator.IS, (Age(3, AgeUnit.DAY),)),
    ("created", Operator.ABOVE, ("soon",)),
    ("created", Operator.BETWEEN, (Age(3, AgeUnit.DAY), Days(date(2026, 1, 1), date(2026, 1, 1)))),
    ("custom.seats", Operator.IS, ("many",)),
    ("custom.vip", Operator.IS, ("yes",)),
    ("custom.vip", Operator.ABOVE, (True,)),
    ("stage", Operator.IS, ("won",)),
    ("owner", Operator.IS, (7,)),
]


@pytest.mark.parametrize(("name", "operator", "values"), UNFIT)
def test_a_built_query_that_does_not_fit_its_field_is_refused(
    name: str, operator: Operator, values: tuple[Value, ...]
) -> None:
    with pytest.raises(InvalidValue) as caught:
        compile_query(Comparison(name, operator, values), CONTACT, context())
    assert caught.value.field == name


def test_asking_for_mine_without_a_user_is_refused() -> None:
    with pytest.raises(InvalidValue, match="Nobody is signed in"):
        compile_query(parse("owner:me", CONTACT), CONTACT, context(actor=None))


def test_everything_and_nothing_are_conditions_too(connection: Connection) -> None:
    assert compile_query(EVERYTHING, CONTACT, context()) == ("1", ())
    assert compile_query(Words(("&",)), CONTACT, context()) == ("0", ())
    condition, bound = compile_query(Not(Words(("&",))), CONTACT, context())
    assert connection.exec_driver_sql(f"SELECT {condition}", bound).scalar_one() == 1


def test_sql_folds_as_the_program_does(connection: Connection) -> None:
    for text in ("Łódź-Straße", "Ĳsselmeer", "İpek", "", "O'Neil"):
        assert connection.exec_driver_sql("SELECT fold(?)", (text,)).scalar_one() == fold(text)
    assert connection.exec_driver_sql("SELECT fold(NULL)").scalar_one() is None


def plan(connection: Connection, text: str, *, sort: str = "name", entity: EntityKind = CONTACT) -> list[str]:
    condition, bound = compile_query(parse(text, entity), entity, context())
    order = order_by(entity, sort)
    sql = f"SELECT t.id FROM {entity} t WHERE t.deleted_at IS NULL AND ({condition}) ORDER BY {order}"
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(bound))]


PLANS = [
    (CONTACT, "", "SCAN t USING INDEX ix_contact_sort_name"),
    (CONTACT, "lifecycle:customer", "SEARCH t USING INDEX ix_contact_lifecycle (lifecycle=?)"),
    (COMPANY, "lifecycle:customer", "SEARCH t USING INDEX ix_company_lifecycle (lifecycle=?)"),
    (CONTACT, "bounced:yes", "SCAN p USING COVERING INDEX ix_contact_point_bounced"),
    (CONTACT, 'company:"Almeda Logistics"', "SEARCH t USING INDEX ix_contact_company_id (company_id=?)"),
    (CONTACT, 'company:"Almeda Logistics"', "SEARCH k USING INDEX ix_company_sort_name (sort_name=?)"),
    (CONTACT, "email:anna@almeda.example", "SEARCH p USING INDEX ix_contact_point_normal (normal=? AND kind=?)"),
    (CONTACT, "email:anna@almeda.example", "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"),
    (CONTACT, "tag:vip", "SEARCH g USING COVERING INDEX ix_tag_folded_name (folded_name=?)"),
    (CONTACT, "external_key:7", "SEARCH t USING INDEX ix_contact_external_key (external_key=?)"),
    (CONTACT, "anna", "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"),
    (CONTACT, "notes:discount", "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"),
    (CONTACT, "last>30d", "SEARCH a USING INDEX ix_activity_contact_id (contact_id=?)"),
    (CONTACT, f"uid:{'0192f3ab'}", "SEARCH t USING INDEX sqlite_autoindex_contact_1 (uid>? AND uid<?)"),
    (COMPANY, "", "SCAN t USING INDEX ix_company_sort_name"),
    (COMPANY, "domain:almeda.example", "SEARCH d USING INDEX ix_company_domain_domain (domain=?)"),
    (ACTIVITY, "contact:anna@almeda.example", "SEARCH t USING INDEX ix_activity_contact_id (contact_id=?)"),
    (
        ACTIVITY,
        "with:anna@almeda.example",
        "SEARCH w USING COVERING INDEX ix_activity_contact_contact_id (contact_id=?)",
    ),
]


@pytest.mark.parametrize(("entity", "text", "step"), PLANS, ids=[f"{p[1]} {p[2][:12]}" for p in PLANS])
def test_a_frequent_query_is_answered_by_an_index(
    connection: Connection, entity: EntityKind, text: str, step: str
) -> None:
    steps = plan(connection, text, entity=entity, sort="at" if entity is ACTIVITY else "name")
    assert any(found.startswith(step) for found in steps), steps


@pytest.mark.parametrize("text", ["", "lifecycle:customer", "last>30d", "-tag:vip"])
def test_a_list_by_name_is_read_in_order_and_not_sorted(connection: Connection, text: str) -> None:
    assert not [step for step in plan(connection, text) if "ORDER BY" in step]
