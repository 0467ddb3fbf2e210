"""Encodings are found from bytes alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.importing.encodings import detect_encoding, encoding_name, likeliest_encoding

_TEXTS = {
    "german": "Weiß, Jörg;Groß & Söhne KG;Königsallee 9;Düsseldorf;Rückruf gewünscht\nMüller, Änne;Köln;58.300,00\n",
    "french": "Éloïse;Lefèvre;Nîmes;salon, fidèle;3 février 2024\nFrançois;Côté;Érable;Orléans;15 août 2023\n",
    "spanish": "José;Núñez;Málaga;Peña\n",
    "portuguese": "João;São Paulo;Conceição\n",
    "danish": "Søren;Ægidius;København;Århus\n",
    "polish": "Łukasz;Wójcik;Gdańsk;źródło\nŻaneta;Ćwikła;Łódź;Kraków\n",
    "czech": "Jiří;Dvořák;Plzeň;Příkopy\nŠárka;Nováková;Ústí;Třebíč\n",
    "hungarian": "Őrsi;Győző;Székesfehérvár\n",
    "turkish": "İpek;Yılmaz;İstanbul;Şişli\nGül;Çağrı;Iğdır\n",
    "russian": "Иван;Петров;Москва\nАнна;Смирнова;Казань\n",
    "greek": "Νίκος;Παπαδόπουλος;Αθήνα\n",
    "hebrew": "דנה;כהן\n",
    "arabic": "أحمد;محمد\n",
    "japanese": "山田;太郎;大阪のビル\n",
    "chinese": "王;小明;上海\n李;娜;北京\n",
    "korean": "김;철수;서울\n",
    "mixed": "Jürgen;François;José;Søren;Weiß;Nîmes;Málaga;Niccolò;João;Køln – “quoted” – it’s\n",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("german", "cp1252"),
        ("german", "latin-1"),
        ("german", "mac_roman"),
        ("german", "cp850"),
        ("french", "cp1252"),
        ("french", "mac_roman"),
        ("spanish", "cp1252"),
        ("spanish", "mac_roman"),
        ("portuguese", "cp1252"),
        ("danish", "cp1252"),
        ("danish", "mac_roman"),
        ("polish", "cp1250"),
        ("polish", "iso8859_2"),
        ("czech", "cp1250"),
        ("hungarian", "cp1250"),
        ("turkish", "cp1254"),
        ("russian", "cp1251"),
        ("russian", "koi8_r"),
        ("greek", "cp1253"),
        ("hebrew", "cp1255"),
        ("arabic", "cp1256"),
        ("japanese", "cp932"),
        ("japanese", "euc_jp"),
        ("chinese", "gb18030"),
        ("chinese", "big5"),
        ("korean", "cp949"),
        ("mixed", "cp1252"),
        ("mixed", "mac_roman"),
    ],
)
def test_names_in_an_older_encoding_come_out_as_written(language: str, encoding: str) -> None:
    written = _TEXTS[language].encode(encoding)
    assert written.decode(likeliest_encoding(written)) == _TEXTS[language]


@pytest.mark.parametrize(
    ("start", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xff\xfe\0\0", "utf-32"),
    ],
)
def test_a_mark_decides(tmp_path: Path, start: bytes, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(start + b"anything")
    assert detect_encoding(path) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name;Firma\nJörg;Groß\n".encode(encoding))
    assert detect_encoding(path) == encoding


def test_an_umlaut_far_down_in_a_plain_file_decides(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name;firm\n" * 200_000 + "Jörg Weiß;Groß\n".encode("cp1252"))
    assert detect_encoding(path) == "cp1252"


def test_a_few_broken_bytes_do_not_make_utf_8_something_else(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Jörg;Groß\n".encode() * 100 + b"J\xf6rg;x\n")
    assert detect_encoding(path) == "utf-8"


def test_plain_ascii_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\nAnna\n")
    assert detect_encoding(path) == "utf-8"


def test_encodings_have_names_for_people() -> None:
    assert encoding_name("cp1252") == "Windows-1252"
    assert encoding_name("utf-8-sig") == "UTF-8"
    assert encoding_name("cp037") == "cp037"
