"""What is wrong with a file or an import, in the words of the service where it is a known error."""

from __future__ import annotations

from dataclasses import dataclass

from services.errors import MyCrmError


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do."""

    title: str
    text: str


def trouble_of(error: BaseException | None, *, otherwise: Trouble) -> Trouble:
    """What an error says; `otherwise` for one that is a fault of the program."""
    return Trouble(error.title, error.message) if isinstance(error, MyCrmError) else otherwise
