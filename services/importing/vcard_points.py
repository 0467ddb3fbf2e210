"""The ways to reach somebody that a vCard holds: addresses, numbers, pages, profiles, each with its label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from services.importing.vcard_lines import Card, Property
from services.records.drafts import PointDraft
from services.values.coercion import Reading, is_nothing
from services.values.countries import find_country
from services.values.labels import canonical_label
from services.values.points import address_point, email_points, phone_points, settled, social_point, url_point
from services.values.text import clean, clean_lines, listed
from services.values.unreadable import UnreadableValue

_NOT_PREFERRED: Final = 101
_APPLE_LABEL: Final = re.compile(r"_\$!<(.*)>!\$_")
# They say how a thing works, not whose it is.
_NO_LABELS: Final = listed(
    "internet pref voice msg text video x400 dom intl postal parcel iphone car isdn bbs modem pcs tlx uri textphone "
    "main-number"
)
_CAPABILITIES: Final = {"iphone": "mobile", "apple watch": "mobile", "homepage": "", "profile": "", "car": "car"}
_SERVICES: Final = {
    "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype",
    "X-TWITTER": "twitter",
    "X-JABBER": "jabber",
    "X-AIM": "aim",
    "X-ICQ": "icq",
    "X-MSN": "msn",
    "X-YAHOO": "yahoo",
    "X-QQ": "qq",
    "X-GOOGLE-TALK": "google talk",
    "X-GTALK": "google talk",
    "X-MS-IMADDRESS": "im",
}
_PROFILES: Final = ("X-SOCIALPROFILE", "SOCIALPROFILE")
_SCHEME: Final = re.compile(r"([A-Za-z][\w.+-]*):(?!//)(.*)", re.DOTALL)
_EXTENSION: Final = re.compile(r";ext=(\d+)", re.IGNORECASE)
_PARTS_OF_ADDRESS: Final = 7


@dataclass(frozen=True, slots=True)
class Labels:
    """What a property says of itself: its label in the usual spelling, and its place in the order of preference."""

    label: str
    preference: int


def labels_of(found: Property, custom: str = "") -> Labels:
    """The label by a label of its own, else by its types; "pref" and PREF=1 put a property first."""
    types = found.types
    place = found.parameter("PREF")
    preference = int(place) if place.isdigit() and len(place) <= 3 else 1 if "pref" in types else _NOT_PREFERRED
    if custom:
        bare = _APPLE_LABEL.sub(r"\1", custom).strip()
        label = _CAPABILITIES.get(bare.lower(), canonical_label(bare))
        return Labels(label, preference)
    named = [kind for kind in (kind.removeprefix("x-") for kind in types) if kind not in _NO_LABELS]
    if not named and "iphone" in types:
        named = ["mobile"]
    return Labels(canonical_label(" ".join(named)) if named else "", preference)


class PointReader:
    """Reads the points of one card; what cannot be kept is told in `left_out`."""

    READ: ClassVar[frozenset[str]] = listed("EMAIL TEL ADR URL IMPP X-MS-TEL") | {*_PROFILES, *_SERVICES}

    def __init__(self, card: Card, reading: Reading) -> None:
        self._card = card
        self._region = reading.default_region
        self._custom = {found.group: clean(found.text) for found in card.all("X-ABLABEL") if found.group}
        self.left_out: list[str] = []
        self.texts: frozenset[str] = frozenset()
        self.is_reachable = False

    def read(self) -> tuple[PointDraft, ...]:
        """The points, each kind in the order of preference. Raises UnreadableValue for a bad address or number."""
        addresses = _in_order(self._addresses())
        countries = [point.country for _, point in addresses if point.country]
        self._region = next(iter(countries), self._region)
        reaching = [_in_order(self._emails()), _in_order(self._phones())]
        others = [addresses, _in_order(self._pages()), _in_order(self._profiles())]
        self.is_reachable = any(reaching)
        self.texts = frozenset(point.raw for ordered in reaching for _, point in ordered)
        every = [*reaching, *others]
        wanted = [ordered[0][1] for ordered in every if ordered and ordered[0][0] < _NOT_PREFERRED]
        found = settled(point for ordered in every for _, point in ordered)
        return _with_primaries(found, wanted)

    def _of(self, *names: str) -> Iterator[tuple[Property, Labels]]:
        for found in self._card.all(*names):
            yield found, labels_of(found, self._custom.get(found.group, ""))

    def _addresses(self) -> Iterator[_Ranked]:
        for one, labels in self._of("ADR"):
            box, extended, street, city, region, postal_code, country = _components(one)
            code = find_country(clean(country))
            if country and not code:
                self.left_out.append(f"ADR {clean(country)}")
            lines = "\n".join(part for part in (street, extended, box) if part)
            point = address_point(
                street=lines or one.parameter("LABEL"),
                city=city,
                region=region,
                postal_code=postal_code,
                country=code,
                label=labels.label,
            )
            if point is not None:
                yield labels.preference, point

    def _emails(self) -> Iterator[_Ranked]:
        for one, labels in self._of("EMAIL"):
            if not is_nothing(one.text):
                for point in _named("EMAIL", email_points, one.text, labels.label):
                    yield labels.preference, point

    def _phones(self) -> Iterator[_Ranked]:
        def read(text: str, label: str) -> list[PointDraft]:
            return phone_points(text, self._region, label)

        for one, labels in self._of("TEL", "X-MS-TEL"):
            text = _dialled(one.text)
            if not is_nothing(text):
                for point in _named("TEL", read, text, labels.label):
                    yield labels.preference, point

    def _pages(self) -> Iterator[_Ranked]:
        for one, labels in self._of("URL"):
            try:
                yield labels.preference, url_point(one.text, labels.label)
            except UnreadableValue:
                self.left_out.append(f"URL {clean(one.text)}")

    def _profiles(self) -> Iterator[_Ranked]:
        for one, labels in self._of(*_PROFILES, "IMPP", *_SERVICES):
            label = _service(one) or labels.label
            try:
                yield labels.preference, _profile(one, label)
            except UnreadableValue:
                self.left_out.append(f"{one.name} {clean(one.text)}")


_Ranked = tuple[int, PointDraft]


def _in_order(points: Iterable[_Ranked]) -> list[_Ranked]:
    return sorted(points, key=lambda ranked: ranked[0])


def _with_primaries(points: tuple[PointDraft, ...], wanted: list[PointDraft]) -> tuple[PointDraft, ...]:
    """The points, those that their card prefers being the primary ones of their kind."""
    preferred = {point.kind: point.normal for point in wanted}
    return tuple(
        replace(point, is_primary=point.normal == preferred[point.kind]) if point.kind in preferred else point
        for point in points
    )


def _components(address: Property) -> list[str]:
    parts = [clean_lines(part) for part in address.parts()][:_PARTS_OF_ADDRESS]
    return parts + [""] * (_PARTS_OF_ADDRESS - len(parts))


def _named(name: str, read: Callable[[str, str], list[PointDraft]], text: str, label: str) -> list[PointDraft]:
    try:
        return read(text, label)
    except UnreadableValue as unreadable:
        raise unreadable.at(name) from None


def _dialled(text: str) -> str:
    """A number without the form of a URI in which 4.0 writes it: "tel:+49-30-23125;ext=14"."""
    if text[:4].lower() != "tel:":
        return text
    return _EXTENSION.sub(r" ext. \1", text[4:])


def _service(found: Property) -> str:
    """The service a profile belongs to: by the property's name, its parameters or the scheme of its value."""
    named = _SERVICES.get(found.name) or found.parameter("X-SERVICE-TYPE") or found.parameter("SERVICE-TYPE")
    if named:
        return clean(named).lower()
    if found.name == "IMPP":
        scheme = _SCHEME.fullmatch(found.text)
        return scheme.group(1).lower() if scheme else ""
    return " ".join(kind for kind in found.types if kind not in _NO_LABELS)


def _profile(found: Property, label: str) -> PointDraft:
    """A profile's page, or the name its owner has there as @handle. Raises UnreadableValue."""
    text = clean(found.text)
    scheme = _SCHEME.fullmatch(text)
    if found.name in _PROFILES and scheme is None:
        return social_point(text, label)
    user = found.parameter("X-USER") or (scheme.group(2) if scheme else text)
    if "://" in user:
        return social_point(user, label)
    handle = user.removeprefix("@")
    if "@" in handle:
        raise UnreadableValue(text, "is no name of a profile", "Write it as @name.")
    return social_point(f"@{handle}", label)
