"""Values that are one of a known set: countries, languages, zones, yes and no, choices, labels, tags."""

from __future__ import annotations

import pytest

from services.records.fields import ACTIVITY_TYPES, CONTACT_LIFECYCLES, DIRECTIONS
from services.values.booleans import parse_bool
from services.values.choices import parse_choice
from services.values.countries import country_name, find_country, parse_country
from services.values.durations import parse_duration_s
from services.values.labels import canonical_label
from services.values.languages import parse_language
from services.values.tags import split_tags
from services.values.unreadable import UnreadableValue
from services.values.zones import parse_time_zone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Germany", "DE"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("Alemania", "DE"),
        ("Germania", "DE"),
        ("Duitsland", "DE"),
        ("DE", "DE"),
        ("de", "DE"),
        ("DEU", "DE"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Vereinigtes Königreich", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("The Netherlands", "NL"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("CÔTE D’IVOIRE", "CI"),
        ("South Korea", "KR"),
        ("Österreich", "AT"),
    ],
)
def test_a_country_is_known_in_several_languages_and_by_its_codes(text: str, code: str) -> None:
    assert parse_country(text) == code


def test_a_place_that_is_no_country_is_refused() -> None:
    assert find_country("Atlantis") == ""
    with pytest.raises(UnreadableValue, match="is not a country"):
        parse_country("Europe")


def test_a_country_has_a_name_to_show() -> None:
    assert country_name("DE") == "Germany"
    assert country_name("DE", "fr") == "Allemagne"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("de", "de"),
        ("en_GB", "en-GB"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("German", "de"),
        ("Deutsch", "de"),
        ("German - Germany", "de-DE"),
        ("English (United Kingdom)", "en-GB"),
        ("日本語", "ja"),
    ],
)
def test_a_language_is_known_by_tag_and_name(text: str, tag: str) -> None:
    assert parse_language(text) == tag


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
    ],
)
def test_a_time_zone_is_known_by_both_its_names(text: str, zone: str) -> None:
    assert parse_time_zone(text) == zone


@pytest.mark.parametrize("text", ["yes", "Ja", "OUI", "sí", "true", "1", "x", "✓", "Wahr"])
def test_yes_is_yes_in_any_language(text: str) -> None:
    assert parse_bool(text) is True


@pytest.mark.parametrize("text", ["no", "Nein", "non", "FALSE", "0", "✗", "Aus"])
def test_no_is_no_in_any_language(text: str) -> None:
    assert parse_bool(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "2", "yes and no"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue):
        parse_bool(text)


@pytest.mark.parametrize(
    ("text", "choices", "choice"),
    [
        ("Phone call", ACTIVITY_TYPES, "call"),
        ("E-Mail", ACTIVITY_TYPES, "email"),
        ("Besprechung", ACTIVITY_TYPES, "meeting"),
        ("Aufgabe", ACTIVITY_TYPES, "task_done"),
        ("TASK_DONE", ACTIVITY_TYPES, "task_done"),
        ("Marketing Qualified Lead", CONTACT_LIFECYCLES, "prospect"),
        ("Kunde", CONTACT_LIFECYCLES, "customer"),
        ("gekündigt", CONTACT_LIFECYCLES, "churned"),
        ("Outbound", DIRECTIONS, "out"),
        ("eingehend", DIRECTIONS, "in"),
        ("Gold", ("silver", "gold"), "gold"),
    ],
)
def test_a_choice_is_known_by_its_usual_names(text: str, choices: tuple[str, ...], choice: str) -> None:
    assert parse_choice(text, choices) == choice


def test_an_unknown_choice_is_refused_naming_the_choices() -> None:
    with pytest.raises(UnreadableValue, match="none of prospect, customer, churned"):
        parse_choice("platinum", CONTACT_LIFECYCLES)


def test_every_synonym_means_one_choice_only() -> None:
    from services.values.choices import _TABLES

    for table in _TABLES.values():
        for choice, names in table.items():
            for name in names.split("|"):
                others = [other for other, listed in table.items() if other != choice and name in listed.split("|")]
                assert not others, f"{name} means {choice} and {others}"


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("90", "s", 90),
        ("12", "min", 720),
        ("1,5", "h", 5400),
        ("1:30:00", "s", 5400),
        ("15:30", "s", 930),
        ("01:30", "min", 5400),
        ("15 min", "s", 900),
        ("1 h 20 min", "s", 4800),
        ("PT15M", "s", 900),
    ],
)
def test_a_duration_is_in_seconds(text: str, unit: str, seconds: int) -> None:
    assert parse_duration_s(text, unit) == seconds


@pytest.mark.parametrize("text", ["", "long", "-5", "99999999"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue):
        parse_duration_s(text, "min")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("* Work", "work"),
        ("Geschäftlich", "work"),
        ("Work Fax", "fax"),
        ("Handy privat", "mobile"),
        ("Privat", "home"),
        ("Summer house", "summer house"),
        ("", ""),
    ],
)
def test_a_label_has_one_spelling(text: str, label: str) -> None:
    assert canonical_label(text) == label


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("fair, hot", ("fair", "hot")),
        ("Key account;Fair, Hamburg", ("Key account", "Fair, Hamburg")),
        ("Fair 2026 ::: * myContacts ::: * friends", ("Fair 2026", "friends")),
        ("#vip, VIP , ", ("vip",)),
        ("", ()),
    ],
)
def test_tags_are_parted_and_each_is_there_once(cell: str, tags: tuple[str, ...]) -> None:
    assert split_tags(cell) == tags


def test_zones_that_differ_by_the_sign_of_their_offset_are_two() -> None:
    assert parse_time_zone("etc/gmt+11") == "Etc/GMT+11"
    assert parse_time_zone("Etc/GMT-11") == "Etc/GMT-11"
    assert parse_time_zone("UTC-11") == "Etc/GMT+11"
    with pytest.raises(UnreadableValue):
        parse_time_zone("UTC+11")
