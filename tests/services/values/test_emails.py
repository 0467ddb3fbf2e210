"""E-mail addresses out of cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.emails import is_email, normalise_email, split_emails
from services.values.unreadable import UnreadableValue


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Anna.Berg@Almeda.example", "anna.berg@almeda.example"),
        (" anna@berg.example ", "anna@berg.example"),
        ("mailto:anna@berg.example", "anna@berg.example"),
        ("Anna Berg <Anna@Berg.example>", "anna@berg.example"),
        ('"Berg, Anna" <anna@berg.example>', "anna@berg.example"),
        ("Anna Berg (anna@berg.example)", "anna@berg.example"),
        ("anna+fair@berg.example", "anna+fair@berg.example"),
        ("o'neill@berg.example", "o'neill@berg.example"),
        ("info@MÜLLER.example", "info@müller.example"),
        ("info@xn--mller-kva.example", "info@müller.example"),
        ("jörg@berg.example", "jörg@berg.example"),
        ("anna@berg.example.", "anna@berg.example"),
    ],
)
def test_an_address_is_brought_into_the_form_in_which_it_is_compared(text: str, normal: str) -> None:
    assert normalise_email(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "anna",
        "anna(at)berg.example",
        "anna@berg",
        "anna@@berg.example",
        "anna..b@berg.example",
        ".anna@berg.example",
        "anna@-berg.example",
        "anna@berg-.example",
        "anna@192.0.2.1",
        "a@b.example; c@d.example",
        "@berg.example",
        "x" * 65 + "@berg.example",
        "anna@" + "b" * 250 + ".example",
    ],
)
def test_what_cannot_be_written_to_is_refused(text: str) -> None:
    assert not is_email(text)
    with pytest.raises(UnreadableValue) as refusal:
        normalise_email(text)
    assert refusal.value.predicate == "is not an e-mail address"


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("a@b.example; c@d.example, e@f.example", ["a@b.example", "c@d.example", "e@f.example"]),
        ('"Berg, Anna" <a@b.example>, c@d.example', ["a@b.example", "c@d.example"]),
        ("a@b.example ::: c@d.example", ["a@b.example", "c@d.example"]),
        ("a@b.example\nc@d.example", ["a@b.example", "c@d.example"]),
        ("/o=ExchangeLabs/ou=Exchange/cn=Recipients/cn=7f3a", []),
        ("none", ["none"]),
        ("", []),
    ],
)
def test_several_addresses_in_one_cell_are_parted(cell: str, pieces: list[str]) -> None:
    assert split_emails(cell) == pieces


_LETTERS = st.text(alphabet="abcXYZ019._-+'üñß", min_size=1, max_size=20)


@given(_LETTERS, st.lists(_LETTERS, min_size=1, max_size=3))
@settings(deadline=None)
def test_normalising_an_address_twice_changes_nothing_more(local: str, labels: list[str]) -> None:
    text = f"{local}@{'.'.join(labels)}.example"
    try:
        normal = normalise_email(text)
    except UnreadableValue:
        return
    assert normalise_email(normal) == normal


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        normal = normalise_email(text)
    except UnreadableValue:
        return
    assert normal.count("@") >= 1
    assert normalise_email(normal) == normal
