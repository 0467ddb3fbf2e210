"""A csv file of invented people, the same for every run."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Final

ROWS: Final = 100_000
_FIRST: Final = (
    "Anna",
    "Łukasz",
    "Søren",
    "Jean",
    "María",
    "İpek",
    "Đorđe",
    "Yuki",
    "Henrik",
    "Chloé",
    "Zoë",
    "Óscar",
    "Nils",
    "Greta",
)
_LAST: Final = ("Berg", "Nowak", "Sørensen", "Dupont", "García", "Yılmaz", "Jovanović", "Tanabe", "Lindgaard", "Weiß")
_TITLES: Final = ("Buyer", "Head of Procurement", "Fleet Director", "Crew Planner", "Controller")
HEADERS: Final = ("First Name", "Last Name", "Email", "Phone", "Company", "Job Title")


def write_people(path: Path, rows: int = ROWS) -> None:
    """Write `rows` people at a fifth as many companies, with an email and a phone each."""
    draw = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(rows):
            firm = draw.randrange(max(rows // 5, 1))
            writer.writerow(
                (
                    draw.choice(_FIRST),
                    f"{draw.choice(_LAST)}-{number % 977}",
                    f"person{number}@firm{firm}.example",
                    f"+4930{2_300_000 + number}",
                    f"Firm {firm} GmbH",
                    draw.choice(_TITLES),
                )
            )
