"""The recovery code: 32 characters on paper that open a workspace when everything but the file is lost.

150 random bits are 30 characters; two check characters follow, so a typo is told at once and not as a wrong
code. Together the 32 form a word of the extended Reed-Solomon code [32, 30, 3] over GF(32) (Reed & Solomon
1960; extended: MacWilliams & Sloane 1977, ch. 10): with symbols c_i and distinct locators i,

    s0 = sum(c_i) = 0        s1 = sum(i * c_i) = 0        (sums and products in GF(2)[x] / (x^5 + x^2 + 1))

Any one or two wrong characters, and so any two that changed places, are found with certainty (distance 3);
other damage passes with probability 1/1024. One wrong character is located by s1 = i * s0; two exchanged ones
leave s0 = 0.

The alphabet is Crockford's base 32: no I, L, O, U. The key is made of all 160 bits of the code, two check
characters included, as 20 bytes.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from typing import NoReturn, SupportsIndex

from services.errors import InvalidValue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 32
GROUP_LENGTH = 4
RANDOM_BITS = 150

_CHECKED_LENGTH = RANDOM_BITS // 5
_FIELD_POLYNOMIAL = 0b100101
_VALUE_OF = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_DASHES = frozenset("-‐‑‒–—―−_.·:")  # what printers, messengers and people put between groups
_CODE = "recovery_code_mistyped"


class RecoveryCode:
    """A valid recovery code; only `format`, `groups` and `reveal` show it."""

    __hash__ = None  # type: ignore[assignment]  # a hash would put a trace of the secret into dictionaries
    __slots__ = ("_symbols",)

    def __init__(self, symbols: Sequence[int]) -> None:
        if len(symbols) != CODE_LENGTH or _syndromes(symbols) != (0, 0):
            raise ValueError("not the symbols of a recovery code")
        self._symbols = tuple(symbols)

    @classmethod
    def make(cls) -> RecoveryCode:
        """A new code from the operating system's random source."""
        return cls.from_number(secrets.randbits(RANDOM_BITS))

    @classmethod
    def from_number(cls, number: int) -> RecoveryCode:
        """The code that carries a number of 150 bits."""
        if not 0 <= number < 1 << RANDOM_BITS:
            raise ValueError(f"a recovery code carries {RANDOM_BITS} bits")
        carried = [number >> 5 * place & 31 for place in reversed(range(_CHECKED_LENGTH))]
        s0, s1 = _syndromes(carried)
        # The check symbols p, q at the places 30, 31 solve p + q = s0 and 30p + 31q = s1, where 30 + 31 = 1.
        p = s1 ^ _times(31, s0)
        return cls((*carried, p, p ^ s0))

    @classmethod
    def parse(cls, text: str) -> RecoveryCode:
        """Read what a person typed: any case, dashes or spaces or none, O for 0, I and L for 1.

        Raises InvalidValue(code="recovery_code_mistyped") that says where to look and repeats nothing of the
        code.
        """
        # Far longer than any way to write a code: pasted by mistake, and not worth normalising.
        if len(text) > 20 * CODE_LENGTH:
            raise _mistyped(f"It has {CODE_LENGTH} characters; this text is far longer")
        # Case is folded letter by letter: upper() turns some single characters into two.
        characters = [
            character.upper() if character.isascii() else character
            for character in unicodedata.normalize("NFKC", text)
            if not character.isspace() and character not in _DASHES
        ]
        for place, character in enumerate(characters):
            if character not in _VALUE_OF:
                raise _mistyped(f"Character {place + 1} is none that a recovery code can hold")
        if len(characters) != CODE_LENGTH:
            raise _mistyped(f"It has {CODE_LENGTH} characters; {len(characters)} were given")
        symbols = [_VALUE_OF[character] for character in characters]
        syndromes = _syndromes(symbols)
        if syndromes != (0, 0):
            raise _mistyped(_where_to_look(*syndromes))
        return cls(symbols)

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups of four characters, for the page that shows the code once."""
        text = "".join(ALPHABET[symbol] for symbol in self._symbols)
        return tuple(text[start : start + GROUP_LENGTH] for start in range(0, CODE_LENGTH, GROUP_LENGTH))

    def format(self) -> str:
        """The code as people write it: eight groups of four, joined by dashes."""
        return "-".join(self.groups)

    def reveal(self) -> bytes:
        """The 160 bits of the code as 20 bytes, first character first: the secret that keys are made of."""
        number = 0
        for symbol in self._symbols:
            number = number << 5 | symbol
        return number.to_bytes(CODE_LENGTH * 5 // 8, "big")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecoveryCode):
            return NotImplemented
        return hmac.compare_digest(bytes(self._symbols), bytes(other._symbols))

    def __repr__(self) -> str:
        return "RecoveryCode(hidden)"

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a recovery code is never pickled, copied or sent to another process")


def _times(left: int, right: int) -> int:
    """The product in GF(32)."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= _FIELD_POLYNOMIAL << (bit - 5)
    return product


def _syndromes(symbols: Sequence[int]) -> tuple[int, int]:
    s0 = s1 = 0
    for place, symbol in enumerate(symbols):
        s0 ^= symbol
        s1 ^= _times(place, symbol)
    return s0, s1


def _where_to_look(s0: int, s1: int) -> str:
    if s0 == 0:
        return "Two characters seem to have changed places, or several are wrong"
    # Multiplying by s0, which is not 0, permutes the field, so exactly one place answers.
    place = next(place for place in range(CODE_LENGTH) if _times(place, s0) == s1)
    return f"Look first at group {place // GROUP_LENGTH + 1} of {CODE_LENGTH // GROUP_LENGTH}"


def _mistyped(detail: str) -> InvalidValue:
    return InvalidValue(
        "The recovery code is mistyped",
        f"{detail}. Compare it with what was printed or saved and type it again.",
        field="recovery_code",
        code=_CODE,
    )
