"""Contact points as drafts: the raw form kept, the normal form in which they are compared."""

from __future__ import annotations

from collections.abc import Iterable

from services.records.drafts import PointDraft, PointKind
from services.values.domains import normalise_social, normalise_url
from services.values.emails import normalise_email, split_emails
from services.values.labels import FAX, canonical_label
from services.values.phones import normalise_phone, split_phones
from services.values.text import clean, clean_lines, fold
from services.values.unreadable import UnreadableValue


def email_points(text: str, label: str = "") -> list[PointDraft]:
    """Every address of a cell, none for a directory id of Exchange; raises UnreadableValue at a bad one."""
    if "@" in text:
        try:
            normal = normalise_email(text)
        except UnreadableValue:
            pass
        else:
            return [PointDraft(PointKind.EMAIL, clean(text), normal, label)]
    return [PointDraft(PointKind.EMAIL, piece, normalise_email(piece), label) for piece in split_emails(text)]


def phone_points(text: str, region: str = "", label: str = "") -> list[PointDraft]:
    """Every number of a cell, a label written with it winning over `label`; raises UnreadableValue."""
    return [
        PointDraft(PointKind.PHONE, found.raw, normalise_phone(found.raw, region), found.label or label)
        for found in split_phones(text)
    ]


def url_point(text: str, label: str = "") -> PointDraft:
    """A web address; raises UnreadableValue."""
    return PointDraft(PointKind.URL, clean(text), normalise_url(text), label)


def social_point(text: str, label: str = "") -> PointDraft:
    """A profile: its web address or @handle; raises UnreadableValue."""
    return PointDraft(PointKind.SOCIAL, clean(text), normalise_social(text), label)


def address_point(
    *,
    street: str = "",
    city: str = "",
    region: str = "",
    postal_code: str = "",
    country: str = "",
    label: str = "",
    is_primary: bool = False,
) -> PointDraft | None:
    """One postal address, `country` being an ISO code; None if every part is empty.

    `raw` is the street as written (or the whole address where it came as one text), the other parts stand in
    their own fields, so that columns written out are columns read in.
    """
    lines = clean_lines(street)
    parts = (lines, clean(postal_code), clean(city), clean(region), country)
    normal = fold(" ".join(part for part in parts if part))
    if not normal:
        return None
    return PointDraft(
        PointKind.ADDRESS,
        lines,
        normal,
        label,
        is_primary,
        city=parts[2],
        region=parts[3],
        postal_code=parts[1],
        country=country,
    )


def settled(points: Iterable[PointDraft]) -> tuple[PointDraft, ...]:
    """The points, each once, with one primary of each kind: the first, a fax only where there is no other."""
    unique: dict[tuple[PointKind, str], PointDraft] = {}
    for point in points:
        unique.setdefault((point.kind, point.normal), point)
    primary: dict[PointKind, PointDraft] = {}
    for point in unique.values():
        held = primary.get(point.kind)
        if held is None or (held.label == FAX and point.label != FAX):
            primary[point.kind] = point
    return tuple(_as_primary(point, primary[point.kind] is point) for point in unique.values())


def _as_primary(point: PointDraft, is_primary: bool) -> PointDraft:
    if not is_primary:
        return point
    return PointDraft(
        point.kind,
        point.raw,
        point.normal,
        point.label,
        is_primary,
        point.city,
        point.region,
        point.postal_code,
        point.country,
        point.verified,
        point.bounced,
    )


def point_label(text: str) -> str:
    """The label of a point in its usual spelling."""
    return canonical_label(text)
