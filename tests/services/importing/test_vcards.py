"""vCards as phones and mail programs write them: whom they name, how to reach them, and what is told as not kept."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from services.importing.refusals import UnreadableFile
from services.importing.vcards import CardDraft, read_cards
from services.records.drafts import PointKind, RecordDraft, RowReject
from services.records.fields import EntityKind
from services.values.coercion import Reading

SAMPLES = Path(__file__).parents[2] / "data" / "vcards"
GERMAN = Reading(default_region="DE")


def drafts(path: Path) -> list[CardDraft | RowReject]:
    return list(read_cards(path, GERMAN))


def sample(name: str) -> list[CardDraft]:
    found = drafts(SAMPLES / name)
    assert all(isinstance(card, CardDraft) for card in found), found
    return [card for card in found if isinstance(card, CardDraft)]


def read(tmp_path: Path, content: str | bytes) -> list[CardDraft | RowReject]:
    path = tmp_path / "cards.vcf"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return drafts(path)


def one(tmp_path: Path, *lines: str, version: str = "3.0") -> CardDraft:
    """The draft of a card with these lines besides a name."""
    card = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", "N:Berg;Anna;;;", "FN:Anna Berg", *lines, "END:VCARD", ""])
    (found,) = read(tmp_path, card)
    assert isinstance(found, CardDraft), found
    return found


def points(draft: RecordDraft, kind: PointKind) -> list[tuple[str, str]]:
    return [(point.normal, point.label) for point in draft.points if point.kind is kind]


# --- What four programs write -------------------------------------------------------------------------------


def test_a_card_from_an_iphone_is_read_whole() -> None:
    card = sample("iphone.vcf")[0]
    draft = card.row.draft
    assert draft.fields == {
        "external_key": "5f1f0c6a-6a0e-4c55-9d0a-2a0f2f4a7b11",
        "first_name": "Małgorzata Zofia",
        "last_name": "Szczęsny-Albrecht",
        "company": "Kranich Fördertechnik GmbH",
        "title": "Leiterin strategischer Einkauf",
        "birthday": date(1979, 3, 8),
        "notes": "Auf der Messe Hannover getroffen, Stand B12.\nMag keine Anrufe vor 9 Uhr; lieber Mail.",
    }
    assert points(draft, PointKind.EMAIL) == [("m.szczesny@kranich.example", "work"), ("gosia@privat.example", "home")]
    assert points(draft, PointKind.PHONE) == [
        ("+493023125140", "work"),
        ("+491713920001", "mobile"),
        ("+493023125149", "fax"),
        ("+493023125100", "empfang"),
    ]
    assert points(draft, PointKind.URL) == [("https://www.kranich.example", "")]
    assert points(draft, PointKind.SOCIAL) == [
        ("@gosia.szczesny", "skype"),
        ("http://www.linkedin.com/in/gosia-szczesny", "linkedin"),
        ("http://twitter.com/gosia_s", "twitter"),
    ]
    (address,) = (point for point in draft.points if point.kind is PointKind.ADDRESS)
    assert (address.raw, address.postal_code, address.city, address.region, address.country, address.label) == (
        "Lindenstraße 17\nGebäude C",
        "10969",
        "Berlin",
        "BE",
        "DE",
        "work",
    )
    assert card.left_out == ("ORG Einkauf", "N Dr.", "NICKNAME", "X-ABDATE", "X-ABRELATEDNAMES", "PHOTO")


def test_a_birthday_without_its_year_is_told_and_not_kept_as_1604() -> None:
    card = sample("iphone.vcf")[1]
    assert "birthday" not in card.row.draft.fields
    assert card.left_out == ("BDAY --11-14",)


def test_a_card_that_an_iphone_shows_as_a_company_is_one() -> None:
    card = sample("iphone.vcf")[2]
    assert card.entity is EntityKind.COMPANY
    assert card.row.draft.fields == {"name": "Hafenlogistik Möwe KG"}
    assert points(card.row.draft, PointKind.PHONE) == [("+49405550190", "main")]


def test_cards_from_android_are_read_whole() -> None:
    whole, without_year, number_only = sample("android.vcf")
    draft = whole.row.draft
    assert draft.fields == {
        "first_name": "Thảo",
        "last_name": "Nguyễn",
        "company": "Công ty Sông Hồng",
        "title": "Trưởng kho",
        "birthday": date(1988, 7, 2),
        "notes": "Gọi trước khi giao hàng.\nKho đóng cửa lúc 17 giờ; thứ bảy nghỉ.",
    }
    assert points(draft, PointKind.PHONE) == [
        ("+84905550143", "mobile"),
        ("+84245550144", "lager"),
        ("+84245550145", "fax"),
    ]
    assert points(draft, PointKind.EMAIL) == [("thao.nguyen@songhong.example", "work"), ("thao@home.example", "")]
    assert points(draft, PointKind.SOCIAL) == [("@thao.nguyen", "skype")]
    assert whole.left_out == ("ORG Kho vận", "PHOTO", "X-ANDROID-CUSTOM")
    assert without_year.left_out == ("BDAY --05-19",)
    assert number_only.row.draft.fields == {}
    assert points(number_only.row.draft, PointKind.PHONE) == [("+33612345679", "mobile")]


def test_cards_from_google_are_read_whole() -> None:
    whole, lars, address_only = sample("google.vcf")
    draft = whole.row.draft
    assert draft.fields["company"] == "Claddagh Instruments Ltd"
    assert draft.fields["birthday"] == date(1985, 4, 12)
    assert draft.tags == ("Customers", "Galway , west")
    assert points(draft, PointKind.EMAIL) == [
        ("aoife@claddagh.example", "work"),
        ("aoife.nid@gmail.com", ""),
        ("orders@claddagh.example", "bestellungen"),
    ]
    assert points(draft, PointKind.PHONE) == [("+353855550117", "mobile"), ("+35391555011", "work")]
    assert points(draft, PointKind.URL) == [("https://claddagh.example/about", "")]
    assert whole.left_out == (
        "IMPP xmpp:aoife.nid@gmail.com",
        "X-ABDATE",
        "X-ABRELATEDNAMES",
        "PHOTO",
    )
    assert lars.row.draft.fields == {"first_name": "Lars"}
    assert lars.row.draft.tags == ()
    assert lars.left_out == ("BDAY circa 1960",)
    assert address_only.row.draft.fields == {}, "an address in place of a name is no name"


def test_a_card_from_outlook_is_read_whole() -> None:
    (card,) = sample("outlook.vcf")
    draft = card.row.draft
    assert draft.fields == {
        "first_name": "Jörg Björn",
        "last_name": "Müller-Lüdenscheidt",
        "company": "Gebrüder Weiß & Söhne GmbH",
        "title": "Gebietsleiter",
        "birthday": date(1964, 2, 29),
        "notes": "Großkunde seit 2011.\nZahlt pünktlich; Skonto = 2 %",
    }
    assert points(draft, PointKind.PHONE) == [
        ("+4975315550", "work"),
        ("+497531555010", "home"),
        ("+491725550102", "mobile"),
        ("+49753155599", "fax"),
        ("+4975315551", "work"),
    ]
    (address,) = (point for point in draft.points if point.kind is PointKind.ADDRESS)
    assert (address.raw, address.city, address.region) == ("Gießereiweg 9\nBüro 3.14", "Konstanz", "Baden-Württemberg")
    assert card.left_out == (
        "ORG Außendienst",
        "N Herr MBA",
        "ROLE Vertrieb",
        "KEY",
        "X-MS-ANNIVERSARY",
        "X-MS-MANAGER",
        "PHOTO",
    )


# --- Single rules -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_line_ending_and_encoding_is_read(tmp_path: Path, ending: str, encoding: str) -> None:
    lines = ["BEGIN:VCARD", "VERSION:3.0", "N:Müller;Zoë;;;", "NOTE:Größe\\nfür", " später", "END:VCARD", ""]
    (card,) = read(tmp_path, ending.join(lines).encode(encoding))
    assert isinstance(card, CardDraft)
    assert card.row.draft.fields == {"first_name": "Zoë", "last_name": "Müller", "notes": "Größe\nfürspäter"}


def test_a_line_folded_within_a_character_is_put_together(tmp_path: Path) -> None:
    name = "N:Ło".encode()
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\n" + name[:3] + b"\r\n " + name[3:] + b"\xc5\x82;Eva;;;\r\nEND:VCARD\r\n"
    (found,) = read(tmp_path, card)
    assert isinstance(found, CardDraft)
    assert found.row.draft.fields["last_name"] == "Łoł"


@pytest.mark.parametrize(
    ("line", "normal", "label"),
    [
        ('TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+49-30-23125-140', "+493023125140", "work"),
        ("TEL;TYPE=cell:tel:+49-171-3920001", "+491713920001", "mobile"),
        ("TEL;HOME;FAX:030 2312514", "+49302312514", "fax"),
        ("TEL;TYPE=WORK,CELL:0171 3920001", "+491713920001", "mobile"),
        ("item7.TEL:0171 3920001", "+491713920001", ""),
        ("TEL:030 23125-14 / Fax: 030 23125-15", "+49302312514", ""),
    ],
)
def test_a_number_is_read_however_a_version_writes_it(tmp_path: Path, line: str, normal: str, label: str) -> None:
    assert points(one(tmp_path, line).row.draft, PointKind.PHONE)[0] == (normal, label)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("BDAY:1980-04-12", date(1980, 4, 12)),
        ("BDAY:19800412", date(1980, 4, 12)),
        ("BDAY;VALUE=date:1980-04-12", date(1980, 4, 12)),
        ("BDAY:1980-04-12T23:30:00Z", date(1980, 4, 12)),
        ("BDAY:19800412T000000", date(1980, 4, 12)),
        ("BDAY:--0412", None),
        ("BDAY:1980-04", None),
        ("BDAY:1980-02-30", None),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:16040412", None),
    ],
)
def test_a_birthday_is_kept_only_with_its_year(tmp_path: Path, line: str, expected: date | None) -> None:
    card = one(tmp_path, line)
    assert card.row.draft.fields.get("birthday") == expected
    assert bool(card.left_out) == (expected is None)


def test_language_and_time_zone_are_kept_and_offsets_told(tmp_path: Path) -> None:
    card = one(tmp_path, "LANG;PREF=2:fr", "LANG;PREF=1:de-AT", "TZ:Europe/Vienna", version="4.0")
    assert card.row.draft.fields["language"] == "de-AT"
    assert card.row.draft.fields["time_zone"] == "Europe/Vienna"
    assert one(tmp_path, "TZ:-05:00").left_out == ("TZ -05:00",)


def test_a_backslash_in_an_old_card_is_a_backslash(tmp_path: Path) -> None:
    assert one(tmp_path, "NOTE:C:\\new\\;x", version="2.1").row.draft.fields["notes"] == "C:\\new;x"
    assert one(tmp_path, "NOTE:C:\\\\new\\;x").row.draft.fields["notes"] == "C:\\new;x"


def test_a_quoted_parameter_may_hold_what_parts_others(tmp_path: Path) -> None:
    card = one(tmp_path, 'EMAIL;X-NOTE="a;b:c";TYPE=work:anna@firm.example', version="4.0")
    assert points(card.row.draft, PointKind.EMAIL) == [("anna@firm.example", "work")]


def test_a_card_inside_a_card_is_not_a_person_of_its_own(tmp_path: Path) -> None:
    inner = "AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:Hilfe;Heinz\r\nEND:VCARD"
    card = one(tmp_path, inner, "TEL:030 2312514", version="2.1")
    assert card.row.draft.fields["last_name"] == "Berg"
    assert points(card.row.draft, PointKind.PHONE) == [("+49302312514", "")]
    assert card.left_out == ("AGENT",)


def test_a_name_that_is_not_parted_is_parted(tmp_path: Path) -> None:
    (card,) = read(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nN:Alex Berg\nFN:Alex Berg\nEND:VCARD\n")
    assert isinstance(card, CardDraft)
    assert card.row.draft.fields == {"first_name": "Alex", "last_name": "Berg"}


# --- Broken cards -------------------------------------------------------------------------------------------


def test_a_broken_card_is_told_and_does_not_stop_the_others(tmp_path: Path) -> None:
    good = "BEGIN:VCARD\nVERSION:3.0\nN:Berg;Anna\nEND:VCARD\n"
    found = read(
        tmp_path,
        "BEGIN:VCARD\nVERSION:3.0\nN:Berg;Eva\nEMAIL:nobody\nEND:VCARD\n"
        + good
        + "BEGIN:VCARD\nVERSION:3.0\nthis is no property\nEND:VCARD\n"
        + "BEGIN:VCARD\nVERSION:3.0\nN:Nie;Ende\n"
        + good
        + "BEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD\n"
        + "BEGIN:VCARD\nVERSION:3.0\nFN:Friends\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\n"
        + "BEGIN:VCARD\nVERSION:2.1\nNOTE;ENCODING=BASE64:A\nN:Berg;Eva\nEND:VCARD\n"
        + "BEGIN:VCARD\nN:Ab;Bruch\n",
    )
    told = [
        (card.number, card.column, card.reason) if isinstance(card, RowReject) else card.row.number for card in found
    ]
    assert told == [
        (1, "EMAIL", "is not an e-mail address"),
        2,
        (3, "", "has a line that is no property: “this is no property”"),
        (4, "", "has no END:VCARD"),
        5,
        (6, "", "no name and no e-mail"),
        (7, "", "is a list of other cards"),
        (8, "", "has a value that is no base64"),
        (9, "", "has no END:VCARD"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"  \r\n", b"Name;City\r\nAnna;Bonn", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\n"]
)
def test_a_file_without_a_card_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"cards\.vcf"):
        read(tmp_path, content)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no file"):
        drafts(tmp_path / "none.vcf")


@pytest.mark.parametrize("name", ["iphone.vcf", "android.vcf", "google.vcf", "outlook.vcf"])
def test_no_damage_to_a_file_ends_in_anything_but_a_draft_a_reject_or_a_refusal(tmp_path: Path, name: str) -> None:
    whole = (SAMPLES / name).read_bytes()
    chance = random.Random(7)
    outcomes = {"drafts": 0, "rejects": 0, "refused": 0}
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            position = chance.randrange(len(damaged))
            length = chance.randint(0, 40)
            damaged[position : position + length] = chance.randbytes(chance.randint(0, 8))
        try:
            found = read(tmp_path, bytes(damaged))
        except UnreadableFile:
            outcomes["refused"] += 1
            continue
        outcomes["rejects"] += sum(isinstance(card, RowReject) for card in found)
        outcomes["drafts"] += sum(isinstance(card, CardDraft) for card in found)
    assert outcomes["drafts"] > 0
    assert outcomes["rejects"] > 0


def test_a_photo_of_many_lines_costs_no_more_than_its_length(tmp_path: Path) -> None:
    photo = "\r\n".join(" " + "A" * 74 for _ in range(100_000))
    card = one(tmp_path, f"PHOTO;ENCODING=b;TYPE=JPEG:\r\n{photo}")
    assert card.left_out == ("PHOTO",)
