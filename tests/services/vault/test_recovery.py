"""Recovery codes survive paper, keyboards and tired people."""

from __future__ import annotations

import copy
import itertools
import pickle
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import InvalidValue
from services.vault.recovery import ALPHABET, CODE_LENGTH, RANDOM_BITS, RecoveryCode

numbers = st.integers(min_value=0, max_value=(1 << RANDOM_BITS) - 1)
places = st.integers(min_value=0, max_value=CODE_LENGTH - 1)


def plain(code: RecoveryCode) -> str:
    return code.format().replace("-", "")


def refused(text: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        RecoveryCode.parse(text)
    assert caught.value.code == "recovery_code_mistyped"
    assert caught.value.field == "recovery_code"
    return caught.value


def test_a_code_is_eight_groups_of_four_from_an_alphabet_without_look_alikes() -> None:
    code = RecoveryCode.make()

    assert [len(group) for group in code.groups] == [4] * 8
    assert set(plain(code)) <= set(ALPHABET)
    assert set("ILOU").isdisjoint(ALPHABET)
    assert len(set(ALPHABET)) == 32


def test_made_codes_differ() -> None:
    assert len({RecoveryCode.make().format() for _ in range(100)}) == 100


def test_every_character_of_a_code_varies() -> None:
    codes = [plain(RecoveryCode.make()) for _ in range(200)]

    assert all(len({code[place] for code in codes}) > 20 for place in range(CODE_LENGTH))


@given(numbers)
def test_a_code_read_back_is_the_same_code(number: int) -> None:
    code = RecoveryCode.from_number(number)
    again = RecoveryCode.parse(code.format())

    assert again == code
    assert again.reveal() == code.reveal()
    assert len(code.reveal()) == 20
    assert int.from_bytes(code.reveal(), "big") >> 10 == number


@given(numbers, st.randoms(use_true_random=False))
def test_case_dashes_spaces_and_look_alikes_do_not_matter(number: int, chance: random.Random) -> None:
    code = RecoveryCode.from_number(number)
    look_alikes = {"0": "0oOＯ０", "1": "1iIlLｌ"}
    typed = "".join(
        chance.choice(look_alikes.get(character, character + character.lower()))
        + chance.choice(["", "", "", " ", "-", "\N{EN DASH}", "\n", "\N{NO-BREAK SPACE}"])
        for character in plain(code)
    )

    assert RecoveryCode.parse(f"  {typed}\r\n") == code


@given(numbers, places, st.sampled_from(ALPHABET))
def test_any_wrong_character_is_told_with_the_group_it_is_in(number: int, place: int, wrong: str) -> None:
    text = plain(RecoveryCode.from_number(number))
    if text[place] == wrong:
        return

    error = refused(text[:place] + wrong + text[place + 1 :])

    assert f"group {place // 4 + 1} of 8" in error.message


def test_of_all_992_one_character_typos_of_a_code_none_passes() -> None:
    text = plain(RecoveryCode.make())
    typos = [
        text[:place] + wrong + text[place + 1 :]
        for place, wrong in itertools.product(range(CODE_LENGTH), ALPHABET)
        if wrong != text[place]
    ]

    assert len(typos) == 992
    for typo in typos:
        refused(typo)


def test_no_two_characters_that_changed_places_pass() -> None:
    text = plain(RecoveryCode.make())
    for first, second in itertools.combinations(range(CODE_LENGTH), 2):
        if text[first] != text[second]:
            letters = list(text)
            letters[first], letters[second] = letters[second], letters[first]
            assert "changed places" in refused("".join(letters)).message


@given(numbers, places, places, st.integers(1, 31), st.integers(1, 31))
def test_no_two_wrong_characters_pass(number: int, first: int, second: int, by: int, other: int) -> None:
    if first == second:
        return
    symbols = [ALPHABET.index(character) for character in plain(RecoveryCode.from_number(number))]
    symbols[first] ^= by
    symbols[second] ^= other

    refused("".join(ALPHABET[symbol] for symbol in symbols))


def test_of_random_text_about_one_in_1024_passes() -> None:
    chance = random.Random(20)
    passed = 0
    for _ in range(20_000):
        try:
            RecoveryCode.parse("".join(chance.choices(ALPHABET, k=CODE_LENGTH)))
        except InvalidValue:
            continue
        passed += 1

    assert 8 <= passed <= 36  # 19.5 expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "0 were given"),
        ("ABCD-EFGH", "8 were given"),
        ("0" * 31, "31 were given"),
        ("0" * 33, "33 were given"),
        ("0" * 10 + "U" + "0" * 21, "Character 11"),
        ("0" * 31 + "ß", "Character 32"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER U}" + "0" * 31, "Character 1 "),
        ("0" * 31 + "\0", "Character 32"),
        ("0" * 1_000_000, "far longer"),
        ("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 32, "Character 1 "),
        ("\ud800" * 32, "Character 1 "),
    ],
)
def test_what_cannot_be_a_code_is_told_apart(text: str, told: str) -> None:
    assert told in refused(text).message


def test_a_mistyped_code_is_not_repeated_by_the_error() -> None:
    text = RecoveryCode.make().format()
    error = refused(text[:-1])

    for group in text.split("-"):
        assert group not in f"{error}{error!r}{error.__context__!r}{error.__cause__!r}"


def test_a_code_shows_itself_in_no_text_pickle_or_copy() -> None:
    code = RecoveryCode.make()

    assert f"{code} {code!r} {[code]}" == "RecoveryCode(hidden) RecoveryCode(hidden) [RecoveryCode(hidden)]"
    for leave in (pickle.dumps, copy.copy, hash):
        with pytest.raises(TypeError):
            leave(code)


def test_a_code_cannot_be_built_from_symbols_that_do_not_check_out() -> None:
    with pytest.raises(ValueError, match="not the symbols"):
        RecoveryCode([1] + [0] * 31)
    with pytest.raises(ValueError, match="150 bits"):
        RecoveryCode.from_number(1 << RANDOM_BITS)


def test_codes_are_equal_by_content_and_to_nothing_else() -> None:
    assert RecoveryCode.from_number(5) == RecoveryCode.from_number(5)
    assert RecoveryCode.from_number(5) != RecoveryCode.from_number(6)
    assert RecoveryCode.from_number(5) != RecoveryCode.from_number(5).format()
