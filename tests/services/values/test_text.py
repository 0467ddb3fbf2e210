"""Text as it is kept and as it is compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.formulas import could_be_formula, marked, unmarked
from services.values.text import clean, clean_lines, fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz", "lukasz"),
        ("SØREN", "soren"),
        ("Đorđe", "dorde"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("Æsir Œuvre", "aesir oeuvre"),
        ("Þór Guðrún", "thor gudrun"),
        ("Ħaż-Żebbuġ", "haz zebbug"),
        ("ŧ", "t"),
        ("O'Neill-Smith & Co.", "o neill smith co"),
        ("a_b", "a b"),
        ("Ｆｕｌｌ", "full"),
        ("ﬁx", "fix"),
        ("Σας", "σασ"),
        ("Ёлка", "елка"),
        ("김철수", "김철수"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_case_accents_and_strokes_are_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_decomposed_text_folds_like_a_composed_one() -> None:
    assert fold(unicodedata.normalize("NFD", "Éloïse Müller 한글")) == fold("Éloïse Müller 한글")


@given(st.text())
@settings(deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
@settings(deadline=None)
def test_a_folded_text_holds_only_letters_digits_marks_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(c.isalnum() or c == " " or unicodedata.category(c)[0] == "M" for c in folded)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
@settings(deadline=None)
def test_capitals_fold_like_small_letters(text: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower())


def test_words_come_in_their_order() -> None:
    assert words("Berg, Anna-Lena (Hamburg)") == ["berg", "anna", "lena", "hamburg"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Anna   Berg ", "Anna Berg"),
        ("Anna\tBerg\r\n", "Anna Berg"),
        ("An\0na\x07", "Anna"),
        ("Anna\u00a0Berg", "Anna Berg"),
        ("An\u200bna\ufeff", "Anna"),
        ("\u202eanna", "anna"),
        ("Mu\u0308ller", "Müller"),
        ("a\ud800b", "ab"),
        ("نامه\u200cها", "نامه\u200cها"),
    ],
)
def test_cleaning_keeps_what_can_be_seen(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text())
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_lines_stay_lines_and_their_ends_become_alike() -> None:
    assert clean_lines(" a  b \r\nc\rd\t\n\n") == "a  b\nc\nd"


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@cmd", "\tx", "＝A1", "'=1", "''+1"])
def test_a_cell_that_could_be_a_formula_is_marked(text: str) -> None:
    assert could_be_formula(text)
    assert marked(text) == "'" + text


@given(st.text(alphabet="'=+-@\t\rab1 ") | st.text())
@settings(deadline=None)
def test_marking_and_unmarking_is_the_identity(text: str) -> None:
    assert unmarked(marked(text)) == text
    assert not could_be_formula(marked(text)) or marked(text)[0] == "'"


def test_an_apostrophe_that_marks_nothing_stays() -> None:
    assert unmarked("'s-Hertogenbosch") == "'s-Hertogenbosch"
