"""Mails as files: whom they were with, what they say and what they answer; the same mail is the same activity."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from services.importing.mail_texts import quote_start, text_of_html
from services.importing.mails import MailAddress, MailAttachment, mail_of, read_mail, without_repeats
from services.importing.refusals import UnreadableFile

OWN = ("Rosa@Seller.example",)
HEADERS = (
    "From: =?utf-8?q?Zo=C3=AB?= Berg <Zoe@Firm.example>\r\n"
    'To: Rosa Quill <rosa@seller.example>, "Ort, Ben" <ben@firm.example>\r\n'
    "Cc: undisclosed-recipients:;\r\n"
    "Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?iso-8859-1?Q?_aus_Bonn?=\r\n"
    "Date: Tue, 03 Nov 2026 09:30:00 +0100\r\n"
    "Message-ID: <1@firm.example>\r\n"
)


def mail(*headers: str, body: str = "Hello\r\n") -> bytes:
    return (HEADERS + "".join(f"{line}\r\n" for line in headers) + "\r\n" + body).encode()


def test_a_mail_that_came_in_is_an_activity_with_its_writer() -> None:
    read = mail_of(mail(), OWN)
    assert read.draft.fields == {
        "type": "email",
        "occurred_at": datetime(2026, 11, 3, 8, 30, tzinfo=UTC),
        "subject": "Grüße aus Bonn",
        "body": "Hello",
        "direction": "in",
    }
    assert read.people == (
        MailAddress("zoe@firm.example", "Zoë Berg", "from"),
        MailAddress("rosa@seller.example", "Rosa Quill", "to"),
        MailAddress("ben@firm.example", "Ort, Ben", "to"),
    )
    assert read.counterparts == ("zoe@firm.example", "ben@firm.example")
    assert (read.message_id, read.thread, read.references) == ("<1@firm.example>", "<1@firm.example>", ())


def test_a_mail_that_went_out_was_with_those_it_went_to() -> None:
    read = mail_of(mail(), ["zoe@firm.example"])
    assert read.draft.fields["direction"] == "out"
    assert read.counterparts == ("rosa@seller.example", "ben@firm.example")


def test_without_addresses_of_ones_own_no_direction_is_told() -> None:
    assert "direction" not in mail_of(mail()).draft.fields


@pytest.mark.parametrize(
    ("headers", "thread", "references"),
    [
        (["In-Reply-To: <0@x.example>"], "<0@x.example>", ("<0@x.example>",)),
        (
            ["References: <a@x.example>\r\n <b@x.example>", "In-Reply-To: <b@x.example>"],
            "<a@x.example>",
            ("<a@x.example>", "<b@x.example>"),
        ),
        (["In-Reply-To: Your message of Monday"], "<1@firm.example>", ()),
    ],
)
def test_the_thread_is_the_mail_that_began_it(headers: list[str], thread: str, references: tuple[str, ...]) -> None:
    read = mail_of(mail(*headers))
    assert (read.thread, read.references) == (thread, references)


def test_the_same_message_id_is_one_activity_and_a_mail_without_one_is_known_by_what_it_says() -> None:
    nameless = mail().replace(b"Message-ID: <1@firm.example>\r\n", b"")
    other = nameless.replace(b"Hello", b"Goodbye")
    mails = [mail_of(data) for data in (mail(), mail(body="again"), nameless, nameless, other)]
    assert [one.draft.fields["body"] for one in without_repeats(mails)] == ["Hello", "Hello", "Goodbye"]


def test_text_html_and_files_are_told_apart() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@firm.example", "b@firm.example", "Tue, 03 Nov 2026 09:30:00 +0000"
    made.set_content("Plain grüße\n")
    made.add_alternative("<p>Rich <b>grüße</b></p>", subtype="html")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Angebot Nr. 7 – März.pdf")
    made.add_attachment("a;b", subtype="csv", filename="../list.csv")
    inner = EmailMessage()
    inner["Subject"] = "inside"
    inner.set_content("never shown")
    made.add_attachment(inner)
    read = mail_of(made.as_bytes())
    assert read.draft.fields["body"] == "Plain grüße"
    assert [(one.name, one.media_type) for one in read.attachments] == [
        ("Angebot Nr. 7 – März.pdf", "application/pdf"),
        (".._list.csv", "text/csv"),
        ("mail.eml", "message/rfc822"),
    ]
    assert read.attachments[0] == MailAttachment("Angebot Nr. 7 – März.pdf", "application/pdf", 8)


def test_a_mail_of_html_alone_is_its_words() -> None:
    page = (
        "<html><head><title>no</title><style>p {}</style></head><body><!--[if mso]>no<![endif]-->"
        "<p>Dear&nbsp;Rosa,</p><p>please\n   see<br>below:</p><ul><li>one</li><li>two &amp; three</li></ul>"
        '<p>Here: <a href="https://firm.example/offer">the offer</a> and '
        '<a href="https://firm.example">firm.example</a></p><![foo]>'
        "<table><tr><td>Sum</td><td>12</td></tr></table><script>no()</script>"
        "<blockquote><div>Old words</div><blockquote>Older</blockquote></blockquote></body></html>"
    )
    assert text_of_html(page) == (
        "Dear Rosa,\n\nplease see\nbelow:\n\n- one\n- two & three\n\n"
        "Here: the offer (https://firm.example/offer) and firm.example\n\nSum 12\n\n> Old words\n>\n> > Older"
    )


@pytest.mark.parametrize(
    ("new", "quoted"),
    [
        ("Yes.", "On Mon, 2 Nov 2026 at 10:00, Rosa <rosa@seller.example> wrote:\n> Shall we?"),
        ("Yes.", "On Mon, 2 Nov 2026 at 10:00, Rosa Quill\n<rosa@seller.example> wrote:\n\n> Shall we?"),
        ("Ja.", "Am 02.11.26 um 10:00 schrieb Rosa Quill:\n> Sollen wir?\n> Rosa"),
        ("Oui.", "Le lun. 2 nov. 2026 à 10:00, Rosa a écrit :\n> On y va ?"),
        ("Yes.", "-----Original Message-----\nFrom: Rosa\nSent: Monday\n\nShall we?"),
        ("Ja.", "Von: Rosa Quill\nGesendet: Montag, 2. November 2026\nAn: Anna\n\nSollen wir?"),
        ("Yes.", "> Shall we?\n> Rosa"),
        ("On Monday we wrote: nothing.\n\nFrom: here to there", ""),
        ("> Shall we?\n\nYes, let us.\n\nRosa", ""),
        ("a > b\nand so on", ""),
    ],
)
def test_what_a_reply_quotes_is_kept_behind_what_is_new(new: str, quoted: str) -> None:
    text = f"{new}\n\n{quoted}".strip()
    assert text[: quote_start(text)].strip() == new
    read = mail_of(mail(body=text))
    body = str(read.draft.fields["body"])
    assert body == text
    assert body[read.quoted_at :] == quoted


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("unknown-9", "Grüße".encode(), "Grüße"),
        ("us-ascii", "Grüße".encode("cp1252"), "Grüße"),
        ("x\0y", b"plain", "plain"),
    ],
)
def test_a_body_is_read_in_the_encoding_it_says_or_seems_to_have(charset: str, data: bytes, text: str) -> None:
    headers = f'Content-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit'
    assert mail_of(mail(headers, body="") + data).draft.fields["body"] == text


def test_headers_in_bytes_that_nobody_declared_are_read() -> None:
    data = mail().replace(b"=?iso-8859-1?Q?Gr=FC=DFe?= =?iso-8859-1?Q?_aus_Bonn?=", "Größe".encode())
    assert mail_of(data).draft.fields["subject"] == "Größe"


def test_a_mail_without_a_date_has_that_of_its_first_server() -> None:
    data = mail().replace(b"Date: Tue, 03 Nov 2026 09:30:00 +0100\r\n", b"Date: soon\r\n")
    with pytest.raises(UnreadableFile, match="does not say when"):
        mail_of(data)
    received = b"Received: by b; Tue, 03 Nov 2026 09:00:00 +0000\r\nReceived: by a; Tue, 03 Nov 2026 08:59:00 +0000\r\n"
    assert mail_of(received + data).draft.fields["occurred_at"] == datetime(2026, 11, 3, 8, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "content", [b"", b" \r\n", b"just words\n", b"\xd0\xcf\x11\xe0\0\0", b"<html>", b"\r\n\r\nbody"]
)
def test_what_is_no_mail_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.eml"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"in\.eml"):
        read_mail(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no file"):
        read_mail(tmp_path / "none.eml")


def test_parts_within_parts_without_end_are_a_typed_error_or_read() -> None:
    lines = [f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3000)]
    try:
        mail_of(HEADERS.encode() + "".join(lines).encode())
    except UnreadableFile as error:
        assert error.code == "damaged_mail"


def test_no_damage_to_a_mail_ends_in_a_traceback() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "Zoë <a@firm.example>", "b@firm.example", "Tue, 03 Nov 2026 09:30:00 +0000"
    made["Subject"], made["Message-ID"] = "Grüße – 7", "<1@firm.example>"
    made.set_content("Plain grüße\n> quoted\n")
    made.add_alternative("<p>Rich <b>grüße</b></p><blockquote>x</blockquote>", subtype="html")
    made.add_attachment(b"%PDF-1.7" * 20, maintype="application", subtype="pdf", filename="März.pdf")
    whole, chance = made.as_bytes(), random.Random(5)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            position = chance.randrange(len(damaged))
            damaged[position : position + chance.randint(0, 30)] = chance.randbytes(chance.randint(0, 6))
        try:
            mail_of(bytes(damaged), OWN)
            outcomes["read"] += 1
        except UnreadableFile:
            outcomes["refused"] += 1
    assert outcomes["read"] > 100
    assert outcomes["refused"] > 0
