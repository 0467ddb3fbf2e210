"""Writes a list as a fair hands it over, for the pictures: invented people, some known already, some rows wrong."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FILE_NAME: Final = "Fair_Hamburg_November.csv"
ROWS: Final = 1842
_NAMELESS: Final = 12
_SEED: Final = 11
_HEADER: Final = (
    "Name",
    "Firma",
    "E-Mail",
    "Tel.",
    "Funktion",
    "Umsatz 2025",
    "Erstkontakt",
    "Quelle",
    "Bemerkung",
)
_FIRST: Final = _words(
    "Anna Maren Jonas Lena Felix Greta Henrik Ida Karl Lisa Mats Nora Ole Paula Ruth Sven Tilda Uwe Vera "
    "Wiebke Björn Käthe Jörg Mei-Lin Søren Ingrid Łukasz Zoë Émile Özlem Marta Piet Signe Torsten Yuki "
    "Amira"
)
_LAST: Final = _words(
    "Berg Hansen Lindqvist Petersen Brandt Möller Weiß Krüger Solheim Nowak Tanabe Zhou Hartmann Voss "
    "Clausen Jessen Thomsen Bauer Lorenz Sommer Winter Kaya Haddad Novák Dahl Friis Groth Behrens Kruse "
    "Öztürk Vogel"
)
_FIRMS: Final = _words(
    "Almeda Brockmann Castell Dornbusch Elbtal Falkenried Godewind Hafenlicht Isebek Jütland Kepler Lohse "
    "Marienhof Nordstern Osterkamp Priwall Quandt Rugenberg Süderelbe Tarpenbek"
)
_TRADES: Final = (
    "Logistics GmbH",
    "Optik AG",
    "& Söhne KG",
    "Verpackung GmbH",
    "Maschinenbau",
    "Kältetechnik GmbH",
    "Systems",
    "Werft AG",
    "Handel e.K.",
    "Energie GmbH",
    "Druck KG",
)
_JOBS: Final = (
    "Leitung Einkauf",
    "Einkäuferin",
    "Geschäftsführung",
    "Vertrieb Nord",
    "Technische Leitung",
    "Disposition",
    "Projektleitung",
    "Assistenz",
)
_SOURCES: Final = ("Halle B4", "Stand 7", "Vortrag", "Empfehlung")
_NOTES: Final = ("Rückruf gewünscht", "will Muster; ruft an", "Katalog geschickt", "kommt im März wieder", "kennt uns")
_SPELLED: Final = str.maketrans("äöüøł", "aouol")
_NO_DATES: Final = ("31.02.2026", "gestern", "30.02.2026")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who is in the workspace already, as the list knows them."""

    name: str
    email: str
    company: str


def write_fair_list(folder: Path, known: Sequence[KnownPerson]) -> Path:
    """Write the list; the same people in the same order every time."""
    draw = random.Random(_SEED)  # noqa: S311 - invented people, no secrets
    rows = [_stranger(draw, number) for number in range(ROWS - len(known) - _NAMELESS)]
    rows += [_acquaintance(draw, person) for person in known]
    rows += [("", "", "", "", "", "", "", draw.choice(_SOURCES), "") for _ in range(_NAMELESS)]
    draw.shuffle(rows)
    rows.insert(0, _first_row())
    del rows[ROWS:]
    for place, day in zip((88, 1411, 1690), _NO_DATES, strict=True):
        rows[place - 1] = (*rows[place - 1][:6], day, *rows[place - 1][7:])
    for place in (903, 1204, 377):
        rows[place - 1] = (*rows[place - 1][:5], "n. a.", *rows[place - 1][6:])
    path = folder / FILE_NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADER)
        writer.writerows(rows)
    return path


def _first_row() -> tuple[str, ...]:
    return (
        "Berg, Anna",
        "Almeda Logistics GmbH",
        "anna.berg@almeda-fair.example",
        "040 5550 1182",
        "Leitung Einkauf",
        "58.300,00 €",
        "14.11.2026",
        "Halle B4",
        "Rückruf gewünscht",
    )


def _stranger(draw: random.Random, number: int) -> tuple[str, ...]:
    first, last, firm = draw.choice(_FIRST), draw.choice(_LAST), draw.choice(_FIRMS)
    address = f"{_ascii(first)}.{_ascii(last)}{number}@{_ascii(firm)}-fair.example"
    return _row(draw, f"{last}, {first}", f"{firm} {draw.choice(_TRADES)}", _mostly(draw, address, 0.99))


def _acquaintance(draw: random.Random, person: KnownPerson) -> tuple[str, ...]:
    first, _, last = person.name.rpartition(" ")
    return _row(draw, f"{last}, {first}", person.company, person.email)


def _row(draw: random.Random, name: str, firm: str, email: str) -> tuple[str, ...]:
    amount = draw.randrange(80_000, 25_000_000)
    whole = f"{amount // 100:,}".replace(",", ".")
    return (
        name,
        _mostly(draw, firm, 0.97),
        email,
        _mostly(draw, f"040 5550 {draw.randrange(1000, 9999)}", 0.94),
        _mostly(draw, draw.choice(_JOBS), 0.88),
        f"{whole},{amount % 100:02d} €",
        f"{draw.randrange(1, 29):02d}.{draw.choice((9, 10, 11)):02d}.2026",
        _mostly(draw, draw.choice(_SOURCES), 0.61),
        _mostly(draw, draw.choice(_NOTES), 0.72),
    )


def _mostly(draw: random.Random, text: str, share: float) -> str:
    return text if draw.random() < share else ""


def _ascii(text: str) -> str:
    spelled = text.lower().translate(_SPELLED)
    return "".join(letter for letter in spelled if letter.isascii() and letter.isalnum())
