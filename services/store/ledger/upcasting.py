"""Lifts ledger rows of older formats to today's when they are read. Pure: does no I/O.

A format that changes gets the next number and one function here; rows are never rewritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from services.records.fields import EntityKind
from services.store.ledger.diff import Pairs

CURRENT_SCHEMA: Final = 2

Lifter = Callable[[str, bytes, Pairs, Pairs | None], tuple[Pairs, Pairs | None]]


def first_domain_key(company_uid: bytes) -> str:
    """The key of the element that a company's one domain of format 1 became."""
    return hashlib.sha256(b"company.domain" + company_uid).digest()[:16].hex()


def _several_domains(
    entity: str, entity_uid: bytes, fields: Pairs, personal: Pairs | None
) -> tuple[Pairs, Pairs | None]:
    """Format 2: a company has a set of domains where it had one, which was personal.

    The element stays in the personal half as a whole, so that an erased row reads the same for everybody.
    """
    if entity != EntityKind.COMPANY or personal is None or "domain" not in personal:
        return fields, personal
    before, after = personal["domain"]
    path = f"domains/{first_domain_key(entity_uid)}"
    rest = {name: pair for name, pair in personal.items() if name != "domain"}
    if before is None or after is None:
        return fields, {**rest, path: (_only_domain(before), _only_domain(after))}
    return fields, {**rest, f"{path}/domain": (before, after)}


def _only_domain(domain: Any) -> dict[str, Any] | None:
    return None if domain is None else {"domain": domain, "position": 0}


LIFTERS: Final[MappingProxyType[int, Lifter]] = MappingProxyType({1: _several_domains})
"""From each older format to the next one."""


def lift(
    entity: str, entity_uid: bytes, schema: int, fields: Pairs, personal: Pairs | None
) -> tuple[Pairs, Pairs | None]:
    """Carry a row through every later format. Raises KeyError for a format this program does not know."""
    while schema != CURRENT_SCHEMA:
        fields, personal = LIFTERS[schema](entity, entity_uid, fields, personal)
        schema += 1
    return fields, personal
