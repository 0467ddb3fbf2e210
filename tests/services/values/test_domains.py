"""Web addresses and domains."""

from __future__ import annotations

import pytest

from services.values.domains import company_domain, domain_of, normalise_social, normalise_url
from services.values.unreadable import UnreadableValue


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("almeda.example", "https://almeda.example"),
        ("WWW.Almeda.example/", "https://www.almeda.example"),
        ("http://Almeda.example/Team?x=1#A", "http://almeda.example/Team?x=1#A"),
        ("https\\://almeda.example/team", "https://almeda.example/team"),
        ("https://almeda.example:443", "https://almeda.example"),
        ("almeda.example:8080/a", "https://almeda.example:8080/a"),
        ("//almeda.example", "https://almeda.example"),
        ("müller.example", "https://müller.example"),
    ],
)
def test_a_web_address_is_normalised(text: str, url: str) -> None:
    assert normalise_url(text) == url
    assert normalise_url(url) == url


@pytest.mark.parametrize(
    "text", ["", "no website", "javascript:alert(1)", "mailto:a@b.example", "localhost", "http://", "a..example"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue, match="is not a web address"):
        normalise_url(text)


def test_a_profile_is_a_handle_or_an_address() -> None:
    assert normalise_social("@AnnaBerg") == "@annaberg"
    assert normalise_social("LinkedIn.example/in/anna") == "https://linkedin.example/in/anna"


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://shop.almeda.example/x", "almeda.example"),
        ("www.firm.co.uk", "firm.co.uk"),
        ("anna@mail.almeda.example", "almeda.example"),
        ("almeda.example", "almeda.example"),
    ],
)
def test_a_domain_is_the_registered_part(text: str, domain: str) -> None:
    assert domain_of(text) == domain


@pytest.mark.parametrize(
    ("email", "domain"), [("anna@almeda.example", "almeda.example"), ("anna@gmail.com", ""), ("nobody", "")]
)
def test_a_free_mail_address_names_no_company(email: str, domain: str) -> None:
    assert company_domain(email) == domain
