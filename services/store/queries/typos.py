"""Words that are one typo away: a letter lost, added, replaced or swapped with its neighbour. Pure: does no I/O."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase, digits
from typing import Final

SHORTEST: Final = 4
"""Words from this length on are forgiven a typo."""

LONGEST: Final = 32
"""No name has longer words; the neighbours of a pasted text would fill the memory."""

_BLOCK: Final = 128
_SMALL_ALPHABET: Final = 256


@cache
def _letters_near(block: int) -> str:
    """The lower-case letters of one block of Unicode, as the alphabet of a script."""
    found = [chr(code) for code in range(block * _BLOCK, (block + 1) * _BLOCK) if chr(code).isalpha()]
    return "".join(letter for letter in found if letter == letter.lower())


def alphabet_of(word: str) -> str:
    """The letters a typo in this word may have stood for; empty for scripts without an alphabet."""
    if word.isascii():
        return ascii_lowercase + digits
    letters = ascii_lowercase + "".join(sorted({_letters_near(ord(c) // _BLOCK) for c in word if not c.isascii()}))
    return letters if len(letters) < _SMALL_ALPHABET else ""


def neighbours(word: str) -> set[str]:
    """Every word at a distance of one edit (optimal string alignment); empty for short words."""
    alphabet = alphabet_of(word)
    if not SHORTEST <= len(word) <= LONGEST or not alphabet:
        return set()
    splits = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    lost = {left + right[1:] for left, right in splits if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    replaced = {left + letter + right[1:] for left, right in splits if right for letter in alphabet}
    added = {left + letter + right for left, right in splits for letter in alphabet}
    return (lost | swapped | replaced | added) - {word}
