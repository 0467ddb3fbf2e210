"""People's names: a full name split into its parts, put together again, and its initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.values.text import clean, fold, listed

_PREFIXES: Final = listed(
    "mr mrs ms miss mx dr prof professor rev sir herr herrn frau hr fr dipl dipling mag lic monsieur "
    "madame mme mademoiselle mlle sig sigra signor signora sr sra srta senor senora dott dottssa dhr mevr "
    "mevrouw drs"
)
# What follows "Dr." or "Prof." and belongs to it.
_FACULTIES: Final = listed("med rer nat phil jur iur pol oec hc habil ing univ theol vet dent mult")
_SUFFIXES: Final = listed("MD PHD MBA JR SR II III IV ESQ CPA DDS CFA LLM MSC BSC MENG DPHIL")
# These are also family names ("Jack Ma"), so they count only after a comma.
_SUFFIXES_AFTER_COMMA: Final = _SUFFIXES | listed("MA BA BENG MP OBE CBE RN PE JD MSW")
_PARTICLES: Final = listed(
    "van von vom der den de het t la le les du des da dos das do di del della dello dei degli bin ibn "
    "bint al el ter ten te zu zum zur und af av st san santa saint abu"
)
_COMPOUND_HAN: Final = listed("欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 夏侯 皇甫 尉迟 东方 西门 慕容 令狐")
_COMPOUND_HANGUL: Final = listed("남궁 황보 제갈 사공 선우 서문 독고 동방")
# The hundred most frequent one-character family names of China, simplified and traditional.
_HAN_FAMILY: Final = frozenset(
    ""
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文"
)
_FIRST_EAST_ASIAN: Final = "\u3000"
_LETTER: Final = re.compile(r"[^\W\d_]")


class NameOrder(StrEnum):
    """Which part of a full name stands first."""

    DETECT = "detect"
    FIRST_LAST = "first_last"
    LAST_FIRST = "last_first"


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a person's name; forms of address and degrees are kept apart from it."""

    first: str = ""
    last: str = ""
    prefix: str = ""
    suffix: str = ""


def split_full_name(text: str, order: NameOrder = NameOrder.DETECT) -> PersonName:
    """The parts of "Berg, Anna", "Anna van der Berg", "Dr. Anna Berg MD", "BERG Anna" or "山田 太郎".

    One word alone is a first name, unless a title stands before it.
    """
    full = clean(text)
    if "," in full:
        return _split_at_comma(full)
    pair = full.split(" ")
    if len(pair) == 2 and order is not NameOrder.LAST_FIRST and _is_plain(pair[0]) and _is_plain(pair[1]):
        return PersonName(pair[0], pair[1])
    tokens, prefix, suffix = _without_titles(full.split())
    if not tokens:
        return PersonName(prefix, "", "", suffix)
    if _is_cjk("".join(tokens)):
        first, last = _split_cjk(tokens)
    else:
        first, last = _split_tokens(tokens, order=order, addressed=bool(prefix))
    return PersonName(first, last, prefix, suffix)


def _is_plain(word: str) -> bool:
    """Whether a word is certainly a name: no title or particle, not in capitals, not Chinese or Japanese."""
    if not word.isalpha() or word.isupper() or word[0] >= _FIRST_EAST_ASIAN:
        return False
    folded = fold(word)
    return folded not in _PARTICLES and folded not in _PREFIXES and word.upper() not in _SUFFIXES


def _split_at_comma(full: str) -> PersonName:
    parts = [part for part in (part.strip() for part in full.split(",")) if part]
    if len(parts) == 2 and _is_plain(parts[0]) and _is_plain(parts[1]) and not _is_suffix_part(parts[1]):
        return PersonName(parts[1], parts[0])
    suffixes = [part for part in parts[1:] if _is_suffix_part(part)]
    names = parts[:1] + [part for part in parts[1:] if not _is_suffix_part(part)]
    suffix = " ".join(suffixes)
    if not names:
        return PersonName()
    if len(names) == 1 and suffixes:
        inner = split_full_name(names[0])
        return PersonName(inner.first, inner.last, inner.prefix, _joined(inner.suffix, suffix))
    last, last_prefix, last_suffix = _without_titles(names[0].split())
    first, first_prefix, first_suffix = _without_titles(" ".join(names[1:]).split())
    return PersonName(
        " ".join(first),
        " ".join(last),
        _joined(last_prefix, first_prefix),
        _joined(last_suffix, first_suffix, suffix),
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _is_suffix_part(part: str) -> bool:
    return all(token.replace(".", "").upper() in _SUFFIXES_AFTER_COMMA for token in part.split())


def _without_titles(tokens: list[str]) -> tuple[list[str], str, str]:
    start, end = 0, len(tokens)
    while start < end - 1 and _is_prefix(tokens[start], after_another=start > 0):
        start += 1
    while end - 1 > start and _is_suffix(tokens[end - 1], alone=end - start == 2):
        end -= 1
    kept = [token.strip(",;") for token in tokens[start:end]]
    return [token for token in kept if token], " ".join(tokens[:start]), " ".join(tokens[end:])


def _is_prefix(token: str, *, after_another: bool) -> bool:
    bare = fold(token).replace(" ", "")
    return bare in _PREFIXES or (after_another and bare in _FACULTIES)


def _is_suffix(token: str, *, alone: bool) -> bool:
    bare = token.replace(".", "")
    if bare.upper() not in _SUFFIXES:
        return False
    # "Anna MD" may be a name of two words; "Anna Berg MD" is not.
    return not alone and (bare.isupper() or bare in ("Jr", "Sr", "PhD", "Esq", "MSc", "BSc", "MEng", "DPhil"))


def _split_tokens(tokens: list[str], *, order: NameOrder, addressed: bool) -> tuple[str, str]:
    if len(tokens) == 1:
        return ("", tokens[0]) if addressed else (tokens[0], "")
    if order is NameOrder.LAST_FIRST:
        end = _end_of_leading_family(tokens)
        return " ".join(tokens[end:]), " ".join(tokens[:end])
    start = 0
    if order is NameOrder.DETECT:
        leading = _leading_capitals(tokens)
        if leading:
            return " ".join(tokens[leading:]), " ".join(tokens[:leading])
    start = _start_of_family(tokens)
    return " ".join(tokens[:start]), " ".join(tokens[start:])


def _end_of_leading_family(tokens: list[str]) -> int:
    end = 0
    while end < len(tokens) - 2 and fold(tokens[end]) in _PARTICLES:
        end += 1
    return end + 1


def _leading_capitals(tokens: list[str]) -> int:
    """How many words in capitals lead a name whose last word is not in capitals ("DUPONT Jean"), else 0."""
    count = 0
    while count < len(tokens) and _in_capitals(tokens[count], least=3 if count == 0 else 2):
        count += 1
    return count if 0 < count < len(tokens) and not tokens[-1].isupper() else 0


def _in_capitals(token: str, *, least: int) -> bool:
    return token.isupper() and len(token) >= least and "." not in token


def _start_of_family(tokens: list[str]) -> int:
    if tokens[0].islower() and fold(tokens[0]) in _PARTICLES:
        return 0
    for index in range(1, len(tokens) - 1):
        if fold(tokens[index]) in _PARTICLES:
            return index
    trailing = len(tokens)
    while trailing > 1 and _in_capitals(tokens[trailing - 1], least=2):
        trailing -= 1
    return trailing if trailing < len(tokens) else len(tokens) - 1


def _is_cjk(text: str) -> bool:
    return bool(text) and not text.isascii() and all(_is_cjk_character(character) for character in text)


def _is_cjk_character(character: str) -> bool:
    code = ord(character)
    return 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 or character in "々〆ヶ・"


def _split_cjk(tokens: list[str]) -> tuple[str, str]:
    if len(tokens) > 1:
        return "".join(tokens[1:]), tokens[0]
    whole = tokens[0]
    if len(whole) < 2 or len(whole) > 4:
        return "", whole
    if whole[:2] in _COMPOUND_HAN | _COMPOUND_HANGUL and len(whole) > 2:
        return whole[2:], whole[:2]
    if 0xAC00 <= ord(whole[0]) <= 0xD7A3 or (whole[0] in _HAN_FAMILY and len(whole) <= 3):
        return whole[1:], whole[0]
    # Where a Japanese name without a space divides cannot be seen from its characters.
    return "", whole


def display_name(first: str, last: str) -> str:
    """The name as it is shown: family name first and no space in between where that is the custom."""
    if first and last and _is_cjk(first + last):
        return last + first
    return f"{first} {last}".strip()


def initials(first: str, last: str = "", fallback: str = "") -> str:
    """One or two letters for an avatar: of first and family name, else of the fallback (a company)."""
    if _is_cjk(last or first):
        return (last or first)[:1]
    chosen = [_first_letter(first), _first_letter(_without_particles(last))]
    letters = "".join(letter for letter in chosen if letter)
    if letters:
        return letters
    found = [_first_letter(token) for token in fallback.replace("@", " ").split()[:2]]
    return "".join(letter for letter in found if letter)


def _without_particles(last: str) -> str:
    tokens = last.split()
    while len(tokens) > 1 and fold(tokens[0]) in _PARTICLES:
        tokens.pop(0)
    return " ".join(tokens)


def _first_letter(text: str) -> str:
    found = _LETTER.search(text)
    return unicodedata.normalize("NFC", found.group().upper())[:1] if found else ""
