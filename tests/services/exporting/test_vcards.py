"""What goes out as a vCard comes back the same, and other readers of vCards find the same in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.exporting.vcards import VcardWriter, Version, card_text
from services.importing.vcards import CardDraft, read_cards
from services.records.drafts import PointDraft, PointKind
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Point, RecordCard
from services.values.coercion import Reading
from services.values.countries import find_country
from services.values.points import address_point, email_points, phone_points, settled, social_point, url_point
from services.values.text import clean, clean_lines

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEPT = ("external_key", "first_name", "last_name", "title", "company", "birthday", "language", "time_zone", "notes")
VERSIONS: tuple[Version, ...] = ("4.0", "3.0")


def card(points: Sequence[PointDraft] = (), tags: Sequence[str] = (), **fields: Any) -> RecordCard:
    """A record as the store gives it: the points of each kind, the primary one first."""
    ordered = sorted(settled(points), key=lambda point: (list(PointKind).index(point.kind), not point.is_primary))
    kept = tuple(
        Point(
            Uid(bytes([number]) * 16),
            point.kind,
            point.label,
            point.raw,
            point.normal,
            point.is_primary,
            point.city,
            point.region,
            point.postal_code,
            point.country,
        )
        for number, point in enumerate(ordered)
    )
    names = " ".join(str(fields[name]) for name in ("first_name", "last_name") if fields.get(name))
    name = str(fields.get("name") or names or (kept[0].raw if kept else ""))
    return RecordCard(1, Uid(b"u" * 16), name, fields, kept, (), tuple(tags), {}, NOW, None, "")


def read_back(
    tmp_path: Path, record: RecordCard, version: Version, entity: EntityKind = EntityKind.CONTACT
) -> CardDraft:
    path = tmp_path / "out.vcf"
    with VcardWriter(path, version) as writer:
        writer.write(entity, record)
    (found,) = read_cards(path, Reading(default_region="DE"))
    assert isinstance(found, CardDraft), found
    assert found.entity is entity
    assert found.version == version
    assert found.left_out == ()
    return found


def same(record: RecordCard, found: CardDraft, names: Sequence[str] = KEPT) -> None:
    draft = found.row.draft
    assert draft.fields == {name: record.fields[name] for name in names if record.fields.get(name)}
    assert draft.tags == record.tags
    for kind in PointKind:
        written = [_told(point) for point in record.points if point.kind is kind]
        read = [_told(point) for point in draft.points if point.kind is kind]
        assert read == written


def _told(point: Point | PointDraft) -> tuple[object, ...]:
    place = (point.city, point.region, point.postal_code, point.country)
    return (point.raw, point.normal, point.label, point.is_primary, *place)


WHOLE = card(
    [
        *email_points("Anna.Berg@firm.example", "work"),
        *email_points("anna@home.example", "home"),
        *email_points("orders@firm.example", "bestellungen; alle"),
        *phone_points("0171 3920001", "DE", "mobile"),
        *phone_points("+49 (0)30 23125-140", "DE", "work"),
        *phone_points("030 23125-149", "DE", "fax"),
        *phone_points("+49 30 23125 100", "DE", "main"),
        *phone_points("030 555", "DE", "pager"),
        url_point("www.firm.example/a;b,c?d=1"),
        url_point("https://blog.example", "other"),
        social_point("https://www.linkedin.com/in/anna", "linkedin"),
        social_point("@anna.b", "google talk"),
        social_point("@anna"),
        *filter(
            None,
            [
                address_point(
                    street="Lindenstraße 17\nHaus C; links, 2. Stock",
                    city="Berlin",
                    region="BE",
                    postal_code="10969",
                    country="DE",
                    label="work",
                ),
                address_point(city="Kjøbenhavn", country="DK", label="ferien"),
            ],
        ),
    ],
    ["Customer", "Key, account", "a;b"],
    external_key="crm\\4711;x",
    first_name="Anna Zoë",
    last_name="van der Berg, jun.",
    title="Head of; sales",
    company="Kranich, Möwe & Söhne; KG",
    birthday=date(1979, 3, 8),
    language="de-AT",
    time_zone="Europe/Vienna",
    notes="First line, with \\n that is none\nsecond; line\n\n" + "long " * 60 + "end",
)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_contact_comes_back_as_it_went_out(tmp_path: Path, version: Version) -> None:
    same(WHOLE, read_back(tmp_path, WHOLE, version))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "record",
    [
        card(first_name="Anna"),
        card(last_name="van der Berg"),
        card(company="Kranich GmbH"),
        card(email_points("info@firm.example")),
        card(phone_points("+49 171 3920001")),
        card(phone_points("030 2312515", "DE", "fax")),
        card(first_name="山田", last_name="太郎"),
    ],
)
def test_a_contact_of_whom_little_is_known_gains_nothing(tmp_path: Path, record: RecordCard, version: Version) -> None:
    same(record, read_back(tmp_path, record, version))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_company_comes_back_as_it_went_out(tmp_path: Path, version: Version) -> None:
    record = card(
        [*phone_points("+49 40 555 0190", "DE", "main"), url_point("moewe.example")],
        ["Supplier"],
        name="Hafenlogistik Möwe; KG",
        external_key="4711",
        notes="Pays late",
    )
    same(record, read_back(tmp_path, record, version, EntityKind.COMPANY), ("name", "external_key", "notes"))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
NAME = TEXT.map(clean)


def test_a_tag_that_is_called_like_a_group_of_another_program_comes_back(tmp_path: Path) -> None:
    record = card(tags=("Starred", "myContacts"), first_name="Anna")
    assert read_back(tmp_path, record, "4.0").row.draft.tags == ("Starred", "myContacts")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    version=st.sampled_from(VERSIONS),
    first=NAME,
    last=NAME.filter(bool),
    title=NAME,
    company=NAME,
    notes=LINES.map(clean_lines),
    tags=st.lists(NAME.map(lambda tag: tag.lstrip("#").strip()).filter(bool), max_size=3, unique_by=str.casefold),
    label=st.text(st.sampled_from("abcäöü -;,:^'\"\\"), max_size=12).map(lambda text: clean(text).lower()),
    street=LINES.map(clean_lines),
)
def test_any_text_comes_back_as_it_went_out(
    tmp_path: Path,
    *,
    version: Version,
    first: str,
    last: str,
    title: str,
    company: str,
    notes: str,
    tags: list[str],
    label: str,
    street: str,
) -> None:
    address = address_point(street=street, city="Bonn", label="work")
    points = [social_point("@anna", label.strip()), *([address] if address else [])]
    record = card(points, tags, first_name=first, last_name=last, title=title, company=company, notes=notes)
    same(record, read_back(tmp_path, record, version))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_country_comes_back_as_the_same(tmp_path: Path, version: Version) -> None:
    territories = [str(code) for code in Locale.parse("en").territories]
    codes = [code for code in territories if find_country(code) == code]
    assert len(codes) > 240
    for code in codes:
        point = address_point(city="Somewhere", country=code)
        assert point is not None
        record = card([point], first_name="Anna")
        same(record, read_back(tmp_path, record, version))


def test_no_line_is_longer_than_75_octets_and_all_end_as_the_standard_says() -> None:
    text = card_text(EntityKind.CONTACT, WHOLE, "4.0")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in text.replace("\r\n", "")
    assert text.endswith("END:VCARD\r\n")


def test_another_reader_of_vcards_finds_the_same() -> None:
    import vobject  # type: ignore[import-untyped]

    read = vobject.readOne(card_text(EntityKind.CONTACT, WHOLE, "3.0"))
    assert (read.n.value.family, read.n.value.given) == ("van der Berg, jun.", "Anna Zoë")
    assert read.org.value == ["Kranich, Möwe & Söhne; KG"]
    assert read.note.value == WHOLE.fields["notes"]
    assert read.bday.value == "1979-03-08"
    assert [line.value for line in read.contents["email"]] == [
        "Anna.Berg@firm.example",
        "anna@home.example",
        "orders@firm.example",
    ]
    assert [line.params.get("TYPE") for line in read.contents["tel"]][:3] == [["cell", "pref"], ["work"], ["fax"]]
    address = read.contents["adr"][0].value
    assert (address.city, address.code, address.country) == ("Berlin", "10969", "Germany")
    assert read.categories.value == ["Customer", "Key, account", "a;b"]


def test_what_another_writer_of_vcards_writes_is_read(tmp_path: Path) -> None:
    import vobject

    made = vobject.vCard()
    made.add("n").value = vobject.vcard.Name(family="Berg; jun.", given="Anna")
    made.add("fn").value = "Anna Berg"
    made.add("note").value = "two\nlines, one; card " + "x" * 200
    made.add("org").value = ["Firm, Inc.", "Sales"]
    tel = made.add("tel")
    tel.value, tel.type_param = "030 23125-14", ["WORK", "VOICE"]
    path = tmp_path / "in.vcf"
    path.write_text(made.serialize(), encoding="utf-8", newline="")
    (found,) = read_cards(path, Reading(default_region="DE"))
    assert isinstance(found, CardDraft)
    assert found.row.draft.fields == {
        "first_name": "Anna",
        "last_name": "Berg; jun.",
        "company": "Firm, Inc.",
        "notes": "two\nlines, one; card " + "x" * 200,
    }
    assert [(point.normal, point.label) for point in found.row.draft.points] == [("+49302312514", "work")]
