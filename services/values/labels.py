"""The labels of contact points, in one spelling: work, home, mobile, fax, main, pager, other."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from services.values.text import clean, fold

WORK: Final = "work"
HOME: Final = "home"
MOBILE: Final = "mobile"
FAX: Final = "fax"
MAIN: Final = "main"
PAGER: Final = "pager"
OTHER: Final = "other"

_SPELLINGS: Final = {
    WORK: "work business office job company professional arbeit geschaftlich dienstlich buro gesch beruflich "
    "firma travail bureau professionnel pro trabajo oficina profesional lavoro ufficio werk zakelijk kantoor",
    HOME: "home private personal privat zuhause prive domicile maison casa particular personale thuis "
    "priveadres persoonlijk",
    MOBILE: "mobile cell cellphone cellular mobil handy mobiltelefon mobilnummer portable movil celular "
    "cellulare mobiel gsm iphone natel m whatsapp",
    FAX: "fax telefax f facsimile faxnummer telecopie telecopieur",
    MAIN: "main primary haupt zentrale hauptnummer standard principal principale centrale hoofdnummer",
    PAGER: "pager beeper",
    OTHER: "other sonstige sonstiges andere weitere weiterer weiteres autre otro otra altro altra overig",
}
LABEL_OF_WORD: Final = {word: label for label, text in _SPELLINGS.items() for word in text.split()}


@lru_cache(maxsize=2048)
def canonical_label(text: str) -> str:
    """The usual label for what somebody wrote ("* Work", "Arbeit", "Work Fax"), else theirs in lower case."""
    if not text:
        return ""
    found = [LABEL_OF_WORD[word] for word in fold(text).split() if word in LABEL_OF_WORD]
    for decisive in (FAX, PAGER, MOBILE):
        if decisive in found:
            return decisive
    return found[0] if found else clean(text.lstrip("* ")).lower()
