"""What reps type is read as they mean it, and what cannot be read is named with its place."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.errors import InvalidValue
from services.filtering import And, Comparison, Not, Operator, Or, Query, UnreadableQuery, Words, parse
from services.filtering.fields import fields_of
from services.filtering.parsing import LONGEST
from services.filtering.tree import ME, Age, AgeUnit, Amount, Days, Moment, Pattern, Period, Value
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY
IS, EMPTY, FILLED = Operator.IS, Operator.EMPTY, Operator.FILLED


def own(name: str, kind: FieldKind, *options: str, entity: EntityKind = CONTACT) -> CustomField:
    return CustomField(Uid(name.encode().ljust(16)[:16]), entity.value, name, kind.value, "", options, False)


OWN = (
    own("seats", FieldKind.NUMBER),
    own("Contract end", FieldKind.DATE),
    own("plan", FieldKind.CHOICE, "Gold", "Silver"),
    own("vip", FieldKind.BOOL),
    own("région", FieldKind.TEXT),
    own("elsewhere", FieldKind.TEXT, entity=COMPANY),
)


def is_(field: str, *values: Value) -> Comparison:
    return Comparison(field, IS, values)


def day(year: int, month: int, number: int) -> Days:
    return Days(date(year, month, number), date(year, month, number))


LAST_MONTH_ONE = Comparison("last", Operator.ABOVE, (Age(30, AgeUnit.DAY),))

CASES: list[tuple[EntityKind, str, Query]] = [
    (CONTACT, "lifecycle:customer owner:me", And((is_("lifecycle", "customer"), is_("owner", ME)))),
    (CONTACT, "lifecycle:Kunde", is_("lifecycle", "customer")),
    (CONTACT, "lifecycle: customer", is_("lifecycle", "customer")),
    (CONTACT, "LIFECYCLE=customer", is_("lifecycle", "customer")),
    (CONTACT, "lifecycle:customer,prospect", is_("lifecycle", "customer", "prospect")),
    (CONTACT, "lifecycle:customer, prospect", is_("lifecycle", "customer", "prospect")),
    (CONTACT, "lifecycle!=customer", Not(is_("lifecycle", "customer"))),
    (CONTACT, "city:Hamburg", is_("city", "Hamburg")),
    (CONTACT, "city:Kraków,東京", is_("city", "Kraków", "東京")),
    (CONTACT, 'company:"Almeda Logistics"', is_("company", "Almeda Logistics")),
    (CONTACT, "company:“Almeda Logistics”", is_("company", "Almeda Logistics")),
    (CONTACT, "company:„Almeda Logistics“", is_("company", "Almeda Logistics")),
    (CONTACT, "tag:vip", is_("tags", "vip")),
    (CONTACT, "tags:vip,press", is_("tags", "vip", "press")),
    (CONTACT, "-tag:vip", Not(is_("tags", "vip"))),
    (CONTACT, "NOT tag:vip", Not(is_("tags", "vip"))),
    (CONTACT, "NOT -tag:vip", Not(Not(is_("tags", "vip")))),
    (CONTACT, "email:none", Comparison("email", EMPTY)),
    (CONTACT, "phone:any", Comparison("phone", FILLED)),
    (CONTACT, "phone:*", Comparison("phone", FILLED)),
    (CONTACT, 'city:"none"', is_("city", "none")),
    (CONTACT, 'owner:"me"', is_("owner", "me")),
    (CONTACT, "lifecycle:none,customer", Or((is_("lifecycle", "customer"), Comparison("lifecycle", EMPTY)))),
    (CONTACT, "last>30d", LAST_MONTH_ONE),
    (CONTACT, "last:>30d", LAST_MONTH_ONE),
    (CONTACT, "last_contact > 30D", LAST_MONTH_ONE),
    (
        CONTACT,
        "last:7d..30d",
        Comparison("last", Operator.BETWEEN, (Age(7, AgeUnit.DAY), Age(30, AgeUnit.DAY))),
    ),
    (CONTACT, "created>2026-01-01", Comparison("created", Operator.ABOVE, (day(2026, 1, 1),))),
    (CONTACT, "created:2026-02", is_("created", Days(date(2026, 2, 1), date(2026, 2, 28)))),
    (
        CONTACT,
        "created:2026-03..2026",
        Comparison(
            "created",
            Operator.BETWEEN,
            (Days(date(2026, 3, 1), date(2026, 3, 31)), Days(date(2026, 1, 1), date(2026, 12, 31))),
        ),
    ),
    (CONTACT, "created:2026", is_("created", Days(date(2026, 1, 1), date(2026, 12, 31)))),
    (CONTACT, "created:last-week", is_("created", Period.LAST_WEEK)),
    (CONTACT, "created≥today", Comparison("created", Operator.AT_LEAST, (Period.TODAY,))),
    (CONTACT, "birthday<1990-01-01", Comparison("birthday", Operator.BELOW, (day(1990, 1, 1),))),
    (CONTACT, 'birthday:"14 Nov 1986"', is_("birthday", day(1986, 11, 14))),
    (CONTACT, "birthday:14.11.1986", is_("birthday", day(1986, 11, 14))),
    (CONTACT, "country:Deutschland,fr", is_("country", "DE", "FR")),
    (CONTACT, "language:German", is_("language", "de")),
    (CONTACT, "email:*@acme.example", is_("email", Pattern(("", "@acme.example")))),
    (CONTACT, 'title:"head of *"', is_("title", Pattern(("head of ", "")))),
    (CONTACT, r'city:"a\*b \"c\" \\"', is_("city", 'a*b "c" \\')),
    (CONTACT, "custom.seats>10", Comparison("custom.seats", Operator.ABOVE, (10,))),
    (CONTACT, "Custom.SEATS:10k", is_("custom.seats", 10_000)),
    (CONTACT, "custom.seats:1.5k", is_("custom.seats", 1500)),
    (CONTACT, "custom.seats:1.23456k", is_("custom.seats", 1234.56)),
    (CONTACT, 'custom.seats:"1.204,50"', is_("custom.seats", 1204.5)),
    (CONTACT, "custom.region:Süd", is_("custom.région", "Süd")),
    (CONTACT, 'custom."contract end"<1y', Comparison("custom.Contract end", Operator.BELOW, (Age(1, AgeUnit.YEAR),))),
    (CONTACT, "custom.plan:GOLD", is_("custom.plan", "Gold")),
    (CONTACT, "custom.vip:ja", is_("custom.vip", True)),
    (CONTACT, "uid:0192F3-AB", is_("uid", "0192f3ab")),
    (CONTACT, "id:7", is_("id", 7)),
    (COMPANY, "churned_at:none", Comparison("churned_at", EMPTY)),
    (COMPANY, "domain:*.example", is_("domain", Pattern(("", ".example")))),
    (
        COMPANY,
        "size>50 size<=200",
        And((Comparison("size", Operator.ABOVE, (50,)), Comparison("size", Operator.AT_MOST, (200,)))),
    ),
    (COMPANY, "size:10..50", Comparison("size", Operator.BETWEEN, (10, 50))),
    (COMPANY, "size:10..", Comparison("size", Operator.AT_LEAST, (10,))),
    (COMPANY, "size:..50", Comparison("size", Operator.AT_MOST, (50,))),
    (COMPANY, "size:1,10..50", Or((is_("size", 1), Comparison("size", Operator.BETWEEN, (10, 50))))),
    (COMPANY, "name:a..b", is_("name", "a..b")),
    (
        COMPANY,
        "created<2026-03-01T10:30+02:00",
        Comparison("created", Operator.BELOW, (Moment(datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),)),
    ),
    (ACTIVITY, 'type:call,"task done"', is_("type", "call", "task_done")),
    (ACTIVITY, "at<2d", Comparison("occurred_at", Operator.BELOW, (Age(2, AgeUnit.DAY),))),
    (ACTIVITY, "amount>=1200.50EUR", Comparison("amount", Operator.AT_LEAST, (Amount(Decimal("1200.5"), "EUR"),))),
    (ACTIVITY, "amount:30k", is_("amount", Amount(Decimal(30_000)))),
    (ACTIVITY, 'amount:"1.200,50 €"', is_("amount", Amount(Decimal("1200.5"), "EUR"))),
    (
        ACTIVITY,
        "amount:10..50usd",
        Comparison("amount", Operator.BETWEEN, (Amount(Decimal(10), "USD"), Amount(Decimal(50), "USD"))),
    ),
    (ACTIVITY, "duration>1h", Comparison("duration_s", Operator.ABOVE, (3600,))),
    (CONTACT, "anna berg", Words(("anna", "berg"))),
    (CONTACT, "anna AND berg", And((Words(("anna",)), Words(("berg",))))),
    (CONTACT, "Marks and Spencer or not", Words(("Marks", "and", "Spencer", "or", "not"))),
    (CONTACT, "Berg & Co - Anna", Words(("Berg", "&", "Co", "-", "Anna"))),
    (CONTACT, "Al-Amin", Words(("Al-Amin",))),
    (CONTACT, '"AND" "city:x"', Words(("AND", "city:x"))),
    (CONTACT, "city:OR", is_("city", "OR")),
    (CONTACT, "-anna berg", And((Not(Words(("anna",))), Words(("berg",))))),
    (
        CONTACT,
        "anna lifecycle:customer berg",
        And((Words(("anna",)), is_("lifecycle", "customer"), Words(("berg",)))),
    ),
    (
        CONTACT,
        "a OR b c:d".replace("c:d", "city:d"),
        Or((Words(("a",)), And((Words(("b",)), is_("city", "d"))))),
    ),
    (
        CONTACT,
        "-(city:a OR city:b) AND ((last>30d))",
        And((Not(Or((is_("city", "a"), is_("city", "b")))), LAST_MONTH_ONE)),
    ),
]


@pytest.mark.parametrize(("entity", "text", "meant"), CASES, ids=[case[1] for case in CASES])
def test_a_typed_query_is_read_as_it_is_meant(entity: EntityKind, text: str, meant: Query) -> None:
    assert parse(text, entity, OWN) == meant


REFUSED = [
    (COMPANY, "stage:won", 0, "“stage” is not a field of a company", "tag"),
    (COMPANY, "anna lifecylce:customer", 5, "“lifecylce” is not a field", "lifecycle"),
    (CONTACT, "custom.seat>1", 0, "“custom.seat” is not a field", "custom.seats"),
    (CONTACT, "custom.elsewhere:x", 0, "is not a field of a contact", ""),
    (CONTACT, "seats>5", 0, "is not a field of a contact", "custom.seats"),
    (CONTACT, "lifecycle:custmer", 10, "“custmer” is none of", "customer"),
    (CONTACT, "custom.plan:Golt", 12, "“Golt” is none of Gold, Silver", "Gold"),
    (CONTACT, "city:", 0, "“city:” lacks its value", ""),
    (CONTACT, "lifecycle:customer,", 0, "lacks its value", ""),
    (CONTACT, 'city:""', 5, "is empty", ""),
    (CONTACT, "city:()", 5, "stands where a value belongs", ""),
    (CONTACT, "anna OR", 5, "“OR” lacks what follows it", ""),
    (CONTACT, "NOT", 0, "“NOT” lacks what follows it", ""),
    (CONTACT, "OR anna", 0, "“OR” cannot stand here", ""),
    (CONTACT, "anna OR OR berg", 8, "“OR” cannot stand here", ""),
    (CONTACT, "(anna", 0, "“(” is not closed", ""),
    (CONTACT, "anna)", 4, "“)” closes nothing", ""),
    (CONTACT, '"anna', 0, "begins a quotation that does not end", ""),
    (CONTACT, "anna & city:x <5", 14, "“<5” is no condition", ""),
    (CONTACT, "& -", 0, "“& -” holds no letter or digit", ""),
    (CONTACT, "last:30d", 5, "“30d” is how long ago, not when", ""),
    (CONTACT, "last>soon", 5, "“soon” is not a date", ""),
    (CONTACT, "created>2026-02-30", 8, "“2026-02-30” is not in the calendar", ""),
    (CONTACT, "created>45000", 8, "“45000” is not a date", ""),
    (CONTACT, "birthday>2026-01-01T10:00", 9, "is a time of day", ""),
    (CONTACT, "birthday<12h", 9, "“12h” counts hours", ""),
    (CONTACT, "city<Hamburg", 4, "“<” does not apply to City", ""),
    (CONTACT, "custom.seats:many", 13, "“many” is not a number", ""),
    (CONTACT, "custom.seats:1e30", 13, "is too large a number", ""),
    (CONTACT, "custom.vip:perhaps", 11, "“perhaps” is neither yes nor no", ""),
    (CONTACT, "email:acme.example", 6, "“acme.example” is not an e-mail address", ""),
    (CONTACT, "phone:12", 6, "“12” is not a phone number", ""),
    (CONTACT, "phone:a*", 6, "holds no digit", ""),
    (CONTACT, "country:Atlantis", 8, "“Atlantis” is not a country", ""),
    (CONTACT, "uid:xyz", 4, "“xyz” is no uid", ""),
    (COMPANY, "size:5..1", 5, "“5..1” is no range", ""),
    (COMPANY, "size:..", 5, "has neither beginning nor end", ""),
    (COMPANY, "size:1..many", 8, "“many” is not a number", ""),
    (COMPANY, "size>1,000", 7, "“>” takes one value", ""),
    (COMPANY, "size:1*", 5, "“1*” holds a star", ""),
    (ACTIVITY, "amount:10EUR..50USD", 7, "is no range", ""),
    (ACTIVITY, "amount:10XQQ", 7, "is not a currency", ""),
]


@pytest.mark.parametrize(("entity", "text", "position", "said", "meant"), REFUSED, ids=[c[1] for c in REFUSED])
def test_what_cannot_be_read_is_named_with_its_place_and_what_was_perhaps_meant(
    entity: EntityKind, text: str, position: int, said: str, meant: str
) -> None:
    with pytest.raises(UnreadableQuery) as caught:
        parse(text, entity, OWN)
    error = caught.value
    assert said in error.title
    assert (error.position, error.suggestion) == (position, meant)
    assert f"character {position + 1}" in error.title
    assert isinstance(error, InvalidValue)
    assert error.field == "where"
    assert error.message


def test_a_query_that_is_too_long_or_too_deep_is_refused_and_not_attempted() -> None:
    with pytest.raises(UnreadableQuery, match="too long"):
        parse("a" * (LONGEST + 1), CONTACT)
    with pytest.raises(UnreadableQuery, match="too deeply"):
        parse("-" * 1000 + "a", CONTACT)
    assert parse("(" * 1500 + "a" + ")" * 1500, CONTACT) == Words(("a",))


@pytest.mark.parametrize("entity", FIELDS)
def test_every_field_of_the_contract_can_be_asked_for(entity: EntityKind) -> None:
    asked = {name: parse(f"{name}:any", entity) for name in FIELDS[entity]}
    assert asked == {name: Comparison(name, FILLED) for name in FIELDS[entity]}


@pytest.mark.parametrize("entity", FIELDS)
def test_a_filter_field_is_named_and_labelled_once(entity: EntityKind) -> None:
    fields = fields_of(entity, OWN)
    labels = [field.label for field in fields.values()]
    assert len(set(labels)) == len(labels)
    assert all(name == field.name for name, field in fields.items())


def test_the_grammar_is_loaded_only_when_the_first_query_is_read() -> None:
    code = (
        "import sys, services.filtering as f, services.records.fields as r; assert 'lark' not in sys.modules; "
        "f.parse('a', r.EntityKind.CONTACT); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
