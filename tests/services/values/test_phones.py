"""Telephone numbers: E.164, the digits they are found by, and agreement with the library."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.phones import (
    PhoneText,
    _long_path,
    _short_path,
    as_written,
    normalise_phone,
    query_digits,
    search_forms,
    split_phones,
)
from services.values.unreadable import UnreadableValue


@pytest.mark.parametrize(
    ("text", "region", "normal"),
    [
        ("040 5550 1182", "DE", "+494055501182"),
        ("+49 (0)30 23125-030", "DE", "+493023125030"),
        ("0211/5550 110", "DE", "+492115550110"),
        ("0049 30 23125 014", "FR", "+493023125014"),
        ("001 703 555 0188", "DE", "+17035550188"),
        ("011 49 30 23125014", "US", "+493023125014"),
        ("(415) 555-0132", "US", "+14155550132"),
        ("1 415 555 0132", "US", "+14155550132"),
        ("0612345678", "NL", "+31612345678"),
        ("06 12 34 56 78", "IT", "+390612345678"),
        ("06-6555-0123", "JP", "+81665550123"),
        ("11 15-2345-6789", "AR", "+5491123456789"),
        ("493023125014", "DE", "+493023125014"),
        ("3023125014.0", "DE", "+493023125014"),
        ("tel:+49-30-23125-014", "", "+493023125014"),
        ("+1 (703) 555-0188 x204", "DE", "+17035550188"),
        ("0211 5550110, Durchwahl 12", "DE", "+492115550110"),
        ("٠٣٠ ٢٣١٢٥٠١٤", "DE", "+493023125014"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("555-0132", "US", "5550132"),
        ("110", "DE", "110"),
        ("4711", "DE", "4711"),
        ("030 23125014", "", "03023125014"),
        ("+999 12345678", "DE", "99912345678"),
    ],
)
def test_a_number_is_brought_into_e164_or_into_its_digits(text: str, region: str, normal: str) -> None:
    assert normalise_phone(text, region) == normal


@pytest.mark.parametrize("text", ["", "ask Jonas", "12", "-", "n/a"])
def test_a_text_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue, match="is not a phone number"):
        normalise_phone(text, "DE")


def test_a_number_that_a_spreadsheet_has_rounded_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="rounded"):
        normalise_phone("4.93023E+11", "DE")


def _variants(national: str, code: int) -> list[str]:
    return [
        national,
        f"0{national}",
        f"1{national}",
        f"8{national}",
        f"+{code}{national}",
        f"00{code}{national}",
        f"011{code}{national}",
        f"+{code}0{national}",
        f"+{code}00{national}",
        f"{code}{national}",
        national[:-1],
        national + "7",
        national[:4],
    ]


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_the_short_path_gives_what_the_library_gives(region: str) -> None:
    code = phonenumbers.country_code_for_region(region)
    for kind in range(11):
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        for digits in _variants(phonenumbers.national_significant_number(example), code):
            short = _short_path(digits, region, zero=False)
            assert short == "" or short == _long_path(digits, region), digits


_REGIONS = st.sampled_from(["DE", "US", "GB", "FR", "IT", "NL", "ES", "DK", "JP", "BR", "AU", "IN", "PL", "MX"])


@given(st.text(alphabet="0123456789", min_size=3, max_size=16), _REGIONS, st.sampled_from(["", "0", "00", "+"]))
@settings(max_examples=400, deadline=None)
def test_the_short_path_agrees_on_any_digits(digits: str, region: str, prefix: str) -> None:
    short = _short_path(prefix + digits, region, zero=False)
    assert short == "" or short == _long_path(prefix + digits, region)


@given(st.text(alphabet="0123456789 ()-/.+x", max_size=24), _REGIONS, _REGIONS)
@settings(max_examples=400, deadline=None)
def test_a_normalised_number_stays_as_it_is_in_every_region(text: str, region: str, other: str) -> None:
    try:
        normal = normalise_phone(text, region)
    except UnreadableValue:
        return
    if normal.startswith("+"):
        assert normalise_phone(normal, other) == normal
    else:
        assert normal.isdigit()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("030 23125014", [PhoneText("030 23125014")]),
        (
            "Tel. 030 23125-14 / Mobil: 0171 3920001",
            [PhoneText("030 23125-14"), PhoneText("0171 3920001", "mobile")],
        ),
        ("040/5550 1182", [PhoneText("040/5550 1182")]),
        ("040/0555 1182", [PhoneText("040/0555 1182")]),
        ("+31 20 555 0117, +31 20 555 0118", [PhoneText("+31 20 555 0117"), PhoneText("+31 20 555 0118")]),
        ("+47 21 55 01 28 ::: +47 21 55 01 29", [PhoneText("+47 21 55 01 28"), PhoneText("+47 21 55 01 29")]),
        ("0171 3920001 oder 030 23125014", [PhoneText("0171 3920001"), PhoneText("030 23125014")]),
        ("030 23125014 (Büro)", [PhoneText("030 23125014", "work")]),
        ("(703) 555-0188 x204", [PhoneText("(703) 555-0188 x204", "", "204")]),
        ("0211 5550110, Durchwahl 12", [PhoneText("0211 5550110, Durchwahl 12", "", "12")]),
        ("F: 030 23125099", [PhoneText("030 23125099", "fax")]),
        ("", []),
    ],
)
def test_several_numbers_in_one_cell_are_parted(cell: str, found: list[PhoneText]) -> None:
    assert split_phones(cell) == found


def test_a_number_is_found_by_all_its_digits_and_by_every_end_of_it() -> None:
    forms = search_forms("+493023125014")
    assert forms[:3] == ("493023125014", "03023125014", "3023125014")
    assert forms[3:] == ("023125014", "23125014", "3125014", "125014", "25014", "5014", "014")


def test_a_number_without_country_is_found_by_its_digits() -> None:
    assert search_forms("5550132") == ("5550132", "550132", "50132", "0132", "132")


@pytest.mark.parametrize(
    "typed", ["+49 30 23125014", "0049 30 23125014", "030 23125014", "+49 (0)30 231", "23125014", "014", "30/23125"]
)
def test_what_is_typed_begins_one_of_the_forms(typed: str) -> None:
    digits = query_digits(typed)
    assert any(form.startswith(digits) for form in search_forms("+493023125014"))


@given(st.integers(0, 10**9), _REGIONS)
@settings(deadline=None)
def test_every_end_of_three_digits_or_more_is_a_form(number: int, region: str) -> None:
    normal = normalise_phone(f"+{phonenumbers.country_code_for_region(region)}{number:010d}", region)
    forms = search_forms(normal)
    assert normal.lstrip("+") in forms
    assert all(len(form) >= 3 and form.isdigit() for form in forms)
    assert normal[-3:] in forms


def test_a_number_is_written_in_the_groups_of_its_country() -> None:
    assert as_written("+493023125000") == "+49 30 23125000"
    assert as_written("+33170189900") == "+33 1 70 18 99 00"
