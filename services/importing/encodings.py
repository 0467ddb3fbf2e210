"""Which encoding a file's bytes are in: its mark, UTF-8 by proof over the whole file, else the likeliest.

Libraries that guess from statistics of running text are unsure of lists of names, so the older encodings are
weighed here by what each makes of the bytes: letters its languages use, capitals inside words, symbols inside
words. Where none of them makes sense of the bytes, charset-normalizer decides.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from charset_normalizer import from_bytes

FALLBACK: Final = "cp1252"
SAMPLE_BYTES: Final = 1 << 16
CHUNK_BYTES: Final = 1 << 20
MOST_BYTES_SCANNED: Final = 1 << 28
BAD_BYTES: Final = "mycrm-mark-bad-bytes"
_BAD: Final = re.compile("[\udc00-\udcff]")
_ASCII: Final = bytes(range(128))
_MOST_BAD_SHARE: Final = 0.05
_LEAST_NUL_SHARE: Final = 0.2

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What each language writes beyond ASCII, in small letters; the letters of one language come together.
_WESTERN: Final = ("äöüß", "éèêëàâùûîïôçœ", "áéíóúñü", "àèéìòù", "ãáâàçéêíóôõú", "åäöæøé", "éëïöü")
_EASTERN: Final = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "äöüß")
_TURKISH: Final = ("çğıİöşüâî",)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An encoding with what its languages use, and what it starts with over equally good ones.

    `tested` is a stricter codec than the one that reads, where the reader would decode too much.
    """

    encoding: str
    start: float
    languages: tuple[str, ...] = ()
    script: str = ""
    tested: str = ""


_CANDIDATES: Final = (
    _Candidate("cp1252", 0.03, _WESTERN),
    _Candidate("mac_roman", 0.01, _WESTERN),
    _Candidate("cp850", 0.0, _WESTERN),
    _Candidate("cp1250", 0.02, _EASTERN),
    _Candidate("iso8859_2", 0.0, _EASTERN),
    _Candidate("cp1254", 0.01, _TURKISH),
    _Candidate("cp1251", 0.01, script="CYRILLIC"),
    _Candidate("koi8_r", 0.0, script="CYRILLIC"),
    _Candidate("cp1253", 0.01, script="GREEK"),
    _Candidate("cp1255", 0.02, script="HEBREW"),
    _Candidate("cp1256", 0.02, script="ARABIC"),
    _Candidate("cp932", 0.0, script="CJK"),
    _Candidate("gb18030", 0.0, script="CJK"),
    _Candidate("euc_jp", 0.0, script="CJK"),
    _Candidate("big5", 0.0, script="CJK"),
    # All Hangul by chance is rarer than all Han.
    _Candidate("cp949", 0.05, script="HANGUL", tested="euc_kr"),
)
_WITHOUT_KANA: Final = ("gb18030", "big5", "cp949")
_SCORED_BYTES: Final = 1 << 14
_TYPOGRAPHY: Final = frozenset("€§°–—’‘“”„…«»·£²³´•")
_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "mac_roman": "Mac Roman",
    "iso8859_2": "ISO 8859-2",
    "cp850": "DOS 850",
    "koi8_r": "KOI8-R",
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp949": "Korean",
    "euc_jp": "EUC-JP",
}


@dataclass(slots=True)
class _Scan:
    """What was met on the way through a file that claims to be UTF-8."""

    good: int = 0
    bad: int = 0
    sample: bytearray | None = None


def _mark_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler that leaves a lone surrogate, U+DC00 plus the byte, where bytes made no sense."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return chr(0xDC00 + error.object[error.start]), error.end


codecs.register_error(BAD_BYTES, _mark_bad_bytes)


def encoding_name(encoding: str) -> str:
    """The encoding as people call it: "UTF-8", "Windows-1252"."""
    return _NAMES.get(encoding, encoding)


def detect_encoding(path: Path) -> str:
    """The codec that reads the file best; every file gets one, what it cannot read shows row by row."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        wide = _wide_encoding(start)
        if wide:
            return wide
        file.seek(0)
        scan = _scan_utf8(file)
    if not scan.bad or scan.bad <= _MOST_BAD_SHARE * (scan.good + scan.bad):
        return "utf-8"
    return likeliest_encoding(bytes(scan.sample or b""))


def _wide_encoding(start: bytes) -> str:
    """UTF-16 without a mark: every second byte of mostly Western text is NUL."""
    pairs = max(1, len(start) // 2)
    if start[1::2].count(0) / pairs > _LEAST_NUL_SHARE and not start[0::2].count(0):
        return "utf-16-le"
    if start[0::2].count(0) / pairs > _LEAST_NUL_SHARE and not start[1::2].count(0):
        return "utf-16-be"
    return ""


def _scan_utf8(file: BinaryIO) -> _Scan:
    """Count sequences that are and are not UTF-8, and keep lines that hold other than ASCII."""
    scan = _Scan(sample=bytearray())
    decoder = codecs.getincrementaldecoder("utf-8")(errors=BAD_BYTES)
    scanned = 0
    while scanned < MOST_BYTES_SCANNED:
        chunk = file.read(CHUNK_BYTES)
        scanned += len(chunk)
        text = decoder.decode(chunk, final=not chunk)
        if text and not text.isascii():
            bad = len(_BAD.findall(text))
            scan.bad += bad
            # Two bytes and more make a character, one by one they are bad.
            scan.good += (len(chunk.translate(None, _ASCII)) - bad) // 2
            _keep_sample(scan, chunk)
        if not chunk:
            break
    return scan


def _keep_sample(scan: _Scan, chunk: bytes) -> None:
    if scan.sample is None or len(scan.sample) >= SAMPLE_BYTES:
        return
    for line in chunk.splitlines(keepends=True):
        if not line.isascii():
            scan.sample += line[:SAMPLE_BYTES]
        if len(scan.sample) >= SAMPLE_BYTES:
            return


def likeliest_encoding(sample: bytes) -> str:
    """The older encoding in which the bytes make most sense, judged by what stands where in words."""
    best, best_score = "", 0.0
    for candidate in _CANDIDATES:
        score = _score(sample[:_SCORED_BYTES], candidate)
        if score is not None and score + candidate.start > best_score:
            best, best_score = candidate.encoding, score + candidate.start
    if best:
        return best
    found = from_bytes(sample).best()
    return found.encoding if found is not None else FALLBACK


def _score(sample: bytes, candidate: _Candidate) -> float | None:
    """Mean worth of what stands for the bytes beyond ASCII, from -3 to 1; None if it cannot be decoded."""
    try:
        text = sample.decode(candidate.tested or candidate.encoding)
    except UnicodeDecodeError:
        return None
    if candidate.encoding in _WITHOUT_KANA and any("\u3040" <= character <= "\u30ff" for character in text):
        return None  # EUC-JP read as Chinese shows its kana
    places = [
        (character, before, after)
        for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if character > "\x7f"
    ]
    if not places:
        return 0.0
    if candidate.script:
        return sum(_worth_in_script(*place, candidate.script) for place in places) / len(places)
    everything = "".join(candidate.languages)
    return max(
        sum(_worth_in_language(*place, language, everything) for place in places) / len(places)
        for language in candidate.languages
    )


def _worth_in_language(character: str, before: str, after: str, language: str, everything: str) -> float:
    if not character.isalpha():
        return _worth_of_symbol(character, before, after)
    small = character if character in language else character.lower()
    if small not in everything or (small == "õ" and after not in "eE"):
        return -0.7  # õ without e after it is a Hungarian ő
    if character.isupper() and (before.islower() or not (before.isalpha() or after.isalpha())):
        return -1.5  # a capital inside a word, or a word of its own
    worth = 1.0 if small in language else 0.4
    return worth * 0.6 if character.islower() and not before.isalpha() else worth


def _worth_of_symbol(character: str, before: str, after: str) -> float:
    category = unicodedata.category(character)
    if category in ("Cc", "Co", "Cn"):
        return -3.0
    if before.isalpha() and after.isalpha() and character != "’":
        return -2.0
    if character == "\u00a0":
        return 0.0
    return 0.8 if character in _TYPOGRAPHY else -1.0


def _worth_in_script(character: str, before: str, after: str, script: str) -> float:
    if not character.isalpha():
        return _worth_of_symbol(character, before, after)
    if _is_latin(before) or _is_latin(after):
        return -1.5  # two scripts in one word
    name = unicodedata.name(character, "")
    if script in ("CJK", "HANGUL"):
        return _worth_of_east_asian(name, script)
    if not name.startswith(script):
        return -0.7
    if character.isupper() and before.islower():
        return -1.5
    return 0.6 if character.islower() and not before.isalpha() else 1.0


def _worth_of_east_asian(name: str, script: str) -> float:
    if name.startswith("HANGUL SYLLABLE"):
        return 1.0 if script == "HANGUL" else -0.5
    return 1.0 if script == "CJK" and name.startswith(("CJK UNIFIED", "HIRAGANA", "KATAKANA")) else -0.5


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
