"""What single programs write into vCards in ways of their own, and what of it says nothing about a person."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from services.importing.vcard_lines import Card, Property
from services.values.dates import DateOrder, parse_date
from services.values.text import listed
from services.values.unreadable import UnreadableValue

SYSTEM_GROUPS: Final = frozenset(["mycontacts", "my contacts", "starred", "* mycontacts", "* starred"])
"""Categories that Google gives to cards by itself."""

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{8})(?:[T ].*)?")
_APPLE_YEAR: Final = 1604
_SILENT: Final = listed(
    "VERSION PRODID REV PROFILE SOURCE NAME MAILER CLASS SORT-STRING LABEL KIND FN N X-ABADR X-ABLABEL X-ABUID "
    "X-ABSHOWAS X-ABORDER X-EVOLUTION-FILE-AS X-IMAGEHASH X-IMAGETYPE X-SHARED-PHOTO-DISPLAY-PREF X-SORT-STRING "
    "X-MS-SIGNATURE X-MS-OL-DESIGN X-MS-OL-DEFAULT-POSTAL-ADDRESS X-MS-CARDPICTURE X-PHONETIC-FIRST-NAME "
    "X-PHONETIC-LAST-NAME X-PHONETIC-MIDDLE-NAME X-PHONETIC-ORG X-MOZILLA-HTML X-ACCOUNT X-FILE-AS X-WAB-GENDER "
    "CLIENTPIDMAP XML X-GENERATOR CALADRURI X-APPLE-SUBLOCALITY "
    "X-APPLE-SUBADMINISTRATIVEAREA X-APPLE-GUARDIAN-WHITELISTED"
)
_ORGANISATIONS: Final = frozenset(["org", "organization"])


def is_silent(found: Property) -> bool:
    """Whether a property is of use to the program only that wrote it."""
    return found.name in _SILENT


def is_company(card: Card) -> bool:
    """Whether a card stands for an organisation: Apple's flag, or KIND of 4.0."""
    shown_as, kind = card.first("X-ABSHOWAS"), card.first("KIND")
    if shown_as is not None and shown_as.text.strip().upper() == "COMPANY":
        return True
    return kind is not None and kind.text.strip().lower() in _ORGANISATIONS


def is_group(card: Card) -> bool:
    """Whether a card is a list of other cards."""
    found = card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")
    return found is not None and found.text.strip().lower() == "group"


def birthday_of(found: Property) -> date | str:
    """The day of birth; as text what is none: one without a year ("--11-14"), for which Apple writes 1604, or words."""
    text = found.text.strip()
    day = _DAY.fullmatch(text)
    if day is None:
        return text
    try:
        birthday = parse_date(day.group(1), DateOrder.YEAR_FIRST)
    except UnreadableValue:
        return text
    omitted = found.parameter("X-APPLE-OMIT-YEAR")
    without_year = birthday.year == _APPLE_YEAR or omitted == str(birthday.year)
    return f"--{birthday:%m-%d}" if without_year else birthday
