"""Web addresses and domains: the form in which they are compared, and which domains name no company."""

from __future__ import annotations

import re
from typing import Final

from services.values.text import clean, listed
from services.values.unreadable import UnreadableValue

# Second levels under which companies register: "example.co.uk" is one domain, not a part of "co.uk".
_SHARED_SECOND_LEVELS: Final = listed("ac co com edu gob gov govt gv ltd me mil ne net nhs or org plc sch")
FREE_MAIL_DOMAINS: Final = listed(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com "
    "msn.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk ymail.com icloud.com me.com mac.com aol.com aol.de "
    "gmx.de gmx.net gmx.at gmx.ch gmx.com web.de freenet.de t-online.de arcor.de mail.de posteo.de "
    "mailbox.org proton.me protonmail.com pm.me orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it "
    "virgilio.it tiscali.it alice.it telefonica.net terra.es ziggo.nl kpnmail.nl planet.nl xs4all.nl "
    "telenet.be skynet.be bluewin.ch wp.pl o2.pl onet.pl interia.pl seznam.cz mail.ru yandex.ru "
    "yandex.com rambler.ru ukr.net zoho.com hey.com fastmail.com tutanota.com qq.com 163.com 126.com "
    "naver.com hanmail.net rediffmail.com uol.com.br"
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):(?://)?", re.IGNORECASE)
_LABEL: Final = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_HANDLE: Final = re.compile(r"@[\w.-]{1,60}")
_BETWEEN: Final = re.compile(r"[;,\s]+")
_PORT: Final = re.compile(r":(\d{1,5})$")
_USUAL_PORTS: Final = {"http": "80", "https": "443"}
_HINT: Final = "Write it as www.company.example."


def normalise_url(text: str) -> str:
    """The address with scheme (https unless http is written) and lower-cased host; raises UnreadableValue."""
    # Google's older export writes "https\://...".
    bare = clean(text).strip("<>").replace("\\:", ":")
    scheme, rest = _split_scheme(bare, text)
    host, path = _split_host(rest)
    port = _PORT.search(host)
    if port:
        host = host[: port.start()]
    if not _is_host(host):
        raise UnreadableValue(text, "is not a web address", _HINT)
    kept_port = f":{port.group(1)}" if port and port.group(1) != _USUAL_PORTS[scheme] else ""
    return f"{scheme}://{host}{kept_port}{'' if path == '/' else path}"


def _split_scheme(bare: str, text: str) -> tuple[str, str]:
    found = _SCHEME.match(bare)
    # "company.example:8080" begins like a scheme, but schemes hold no dot here.
    if found is None or "." in found.group(1):
        return "https", bare.lstrip("/")
    scheme = found.group(1).lower()
    if scheme not in _USUAL_PORTS:
        raise UnreadableValue(text, "is not a web address", _HINT)
    return scheme, bare[found.end() :].lstrip("/")


def _split_host(rest: str) -> tuple[str, str]:
    end = min((at for at in (rest.find(mark) for mark in "/?#") if at >= 0), default=len(rest))
    return rest[:end].rpartition("@")[2].lower().rstrip("."), rest[end:]


def _is_host(host: str) -> bool:
    labels = host.split(".")
    whole = len(labels) > 1 and len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    return whole and len(labels[-1]) > 1 and not labels[-1].isdigit()


def normalise_social(text: str) -> str:
    """A profile as web address, or as @handle in lower case; raises UnreadableValue for anything else."""
    bare = clean(text)
    if _HANDLE.fullmatch(bare):
        return bare.lower()
    return normalise_url(bare)


def domain_of(text: str) -> str:
    """The domain a company registered, of a web or e-mail address: "shop.firm.co.uk" -> "firm.co.uk"."""
    host = normalise_url(text.rpartition("@")[2])
    labels = host.partition("://")[2].partition("/")[0].partition(":")[0].split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_SECOND_LEVELS
    return ".".join(labels[-3:] if shared else labels[-2:])


def split_domains(text: str) -> list[str]:
    """The domains a company registered, of a text that names some of its addresses; raises UnreadableValue."""
    return list(dict.fromkeys(domain_of(piece) for piece in _BETWEEN.split(clean(text)) if piece))


def company_domain(email: str) -> str:
    """The domain that may name the writer's company; "" for an address at a free mail provider."""
    try:
        domain = domain_of(email)
    except UnreadableValue:
        return ""
    return "" if domain in FREE_MAIL_DOMAINS else domain
