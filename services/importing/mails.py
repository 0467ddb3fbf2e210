"""A mail as a file (.eml, RFC 5322) into an activity of a timeline; the same Message-ID is the same activity."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Final

from services.importing.mail_texts import quote_start, text_of_html
from services.importing.reading import cannot_open
from services.importing.refusals import UnreadableFile
from services.records.drafts import RecordDraft, Value
from services.values.emails import normalise_email
from services.values.text import clean, clean_lines
from services.values.unreadable import UnreadableValue

LARGEST_FILE: Final = 64 << 20
"""Bytes of a mail with its attachments."""

LONGEST_BODY: Final = 200_000
"""Characters of a body that are kept."""

_IDS: Final = re.compile(r"<[^<>\s]{1,990}>")
_START: Final = re.compile(rb"\s*(?:From [^\n]*\n)?(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|$))")
_PLACES: Final = ("from", "to", "cc", "bcc")
_FAULTS: Final = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, HeaderParseError)
_MOST_PARTS: Final = 500
_LATIN: Final = "cp1252"


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Somebody named in a mail: in its from, to, cc or bcc."""

    email: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that came with a mail; `size` is in bytes, unpacked."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class MailDraft:
    """A mail as an activity, without links to contacts.

    `thread` is the id of the mail that began the conversation; `quoted_at` is where in the body begins what the mail
    answers; `counterparts` are the addresses that are not the users' own, the one it was with first.
    """

    draft: RecordDraft
    message_id: str
    thread: str
    references: tuple[str, ...]
    people: tuple[MailAddress, ...]
    counterparts: tuple[str, ...]
    attachments: tuple[MailAttachment, ...]
    quoted_at: int


def read_mail(path: Path, own: Collection[str] = ()) -> MailDraft:
    """The mail in a file; `own` are the addresses of those who work here. Raises UnreadableFile."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(f"“{path.name}” is too large", "Save it without its attachments.")
        data = path.read_bytes()
    except OSError as error:
        raise cannot_open(path, error) from error
    return mail_of(data, own, path.name)


def mail_of(data: bytes, own: Collection[str] = (), name: str = "mail") -> MailDraft:
    """The mail in these bytes. Raises UnreadableFile."""
    if not data.strip():
        raise UnreadableFile(f"“{name}” is empty", "Choose a mail saved as .eml.")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not _START.match(data):
        raise UnreadableFile(f"“{name}” is no mail", "Save the mail as .eml and choose that file.")
    try:
        message = message_from_bytes(data)
        return _MailReader(message, own, name).mail()
    except _FAULTS as error:
        raise UnreadableFile(f"“{name}” is damaged", "Save the mail once more as .eml.", code="damaged_mail") from error


def without_repeats(mails: Iterable[MailDraft]) -> Iterator[MailDraft]:
    """Each mail once, by its Message-ID, in order."""
    seen: set[str] = set()
    for mail in mails:
        if mail.message_id not in seen:
            seen.add(mail.message_id)
            yield mail


class _MailReader:
    """Reads one mail."""

    def __init__(self, message: Message, own: Collection[str], name: str) -> None:
        self._message = message
        self._own = {address.strip().lower() for address in own}
        self._name = name

    def mail(self) -> MailDraft:
        """The whole mail."""
        people = tuple(self._people())
        occurred_at = self._date()
        text, attachments = self._contents()
        cut = quote_start(text)
        new, quoted = text[:cut].strip(), text[cut:].strip()
        body = "\n\n".join(part for part in (new, quoted) if part)[:LONGEST_BODY]
        fields: dict[str, Value] = {"type": "email", "occurred_at": occurred_at}
        subject = clean(self._header("Subject"))
        direction = self._direction(people)
        fields.update({name: value for name, value in (("subject", subject), ("body", body)) if value})
        if direction:
            fields["direction"] = direction
        references = tuple(dict.fromkeys(_IDS.findall(self._header("References") + self._header("In-Reply-To"))))
        message_id = self._message_id(occurred_at, people, subject, body)
        return MailDraft(
            draft=RecordDraft(fields),
            message_id=message_id,
            thread=references[0] if references else message_id,
            references=references,
            people=people,
            counterparts=self._counterparts(people, direction),
            attachments=attachments,
            quoted_at=min(len(body), len(new) + 2 if new and quoted else 0 if quoted else len(body)),
        )

    def _header(self, name: str) -> str:
        return " ".join(_decoded(raw) for raw in self._raw(name))

    def _raw(self, name: str) -> list[str]:
        wanted = name.lower()
        return [_as_text(value) for key, value in self._message.raw_items() if key.lower() == wanted]

    def _people(self) -> Iterator[MailAddress]:
        seen: set[tuple[str, str]] = set()
        for place in _PLACES:
            for name, address in getaddresses([raw.replace("\r", "").replace("\n", "") for raw in self._raw(place)]):
                try:
                    email = normalise_email(address)
                except UnreadableValue:
                    continue
                if (email, place) not in seen:
                    seen.add((email, place))
                    yield MailAddress(email, clean(_decoded(name)), place)

    def _date(self) -> datetime:
        """When it was sent, else when the first server received it. Raises UnreadableFile when nothing says so."""
        received = [raw.rpartition(";")[2] for raw in self._raw("Received")]
        for text in (*self._raw("Date"), *reversed(received)):
            try:
                found = parsedate_to_datetime(" ".join(text.split()))
                return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
            except _FAULTS:
                continue
        raise UnreadableFile(f"“{self._name}” does not say when it was sent", "Choose a mail with its headers.")

    def _direction(self, people: tuple[MailAddress, ...]) -> str:
        senders = {one.email for one in people if one.place == "from"}
        if not self._own or not senders:
            return ""
        return "out" if senders & self._own else "in"

    def _counterparts(self, people: tuple[MailAddress, ...], direction: str) -> tuple[str, ...]:
        """Whom it was with: of a mail that went out first those it went to."""
        order = [one for one in people if one.place != "from"] if direction == "out" else list(people)
        return tuple(dict.fromkeys(one.email for one in order if one.email not in self._own))

    def _message_id(self, at: datetime, people: tuple[MailAddress, ...], subject: str, body: str) -> str:
        """The id in its angle brackets; of a mail without one what it says stands in for it."""
        raw = self._header("Message-ID").strip()
        found = _IDS.search(raw)
        if found:
            return found.group()
        if raw:
            return f"<{''.join(raw.split()).strip('<>')[:990]}>"
        told = "\0".join([at.isoformat(), *(one.email for one in people), subject, body])
        return f"<{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}@derived.invalid>"

    def _contents(self) -> tuple[str, tuple[MailAttachment, ...]]:
        """The text, plain if there is one, and the files; a mail inside this one is a file of it."""
        plain: list[str] = []
        html: list[str] = []
        files: list[MailAttachment] = []
        for number, part in enumerate(_parts(self._message)):
            if number >= _MOST_PARTS:
                break
            kind = part.get_content_type()
            filename = _filename(part)
            is_file = bool(filename) or part.get_content_disposition() == "attachment"
            if kind in ("text/plain", "text/html") and not is_file:
                (plain if kind == "text/plain" else html).append(_text(part))
            else:
                files.append(MailAttachment(filename or _unnamed(part), kind, _size(part)))
        text = "\n".join(filter(None, plain)) or text_of_html("\n".join(html))
        return clean_lines(text), tuple(files)


def _parts(message: Message) -> Iterator[Message]:
    """The leaves of a mail; what it forwards as a mail of its own stays whole."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part)


def _filename(part: Message) -> str:
    try:
        return clean(_decoded(_as_text(part.get_filename() or ""))).replace("/", "_").replace("\\", "_")
    except _FAULTS:
        return ""


def _unnamed(part: Message) -> str:
    if part.get_content_type() == "message/rfc822":
        return "mail.eml"
    return f"part.{part.get_content_subtype()[:20]}"


def _size(part: Message) -> int:
    payload = part.get_payload(decode=True)
    return len(payload) if isinstance(payload, bytes) else len(part.as_bytes())


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_param("charset", "") or "")
    for name in (charset, "utf-8"):
        try:
            if name:
                return payload.decode(name)
        except (LookupError, ValueError):
            continue
    return payload.decode(_LATIN, "replace")


def _as_text(value: object) -> str:
    """A header as text; bytes that mail programs put there undeclared are UTF-8, or else western."""
    raw = str(value).encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode(_LATIN, "replace")


def _decoded(text: str) -> str:
    """A header with its encoded words (RFC 2047) decoded; those that are none stay as they are."""
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except _FAULTS:
        return text
    return "".join(_piece(piece, charset) for piece, charset in pieces)


def _piece(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    for name in (charset, "utf-8"):
        try:
            if name:
                return piece.decode(name)
        except (LookupError, ValueError):
            continue
    return piece.decode(_LATIN, "replace")
