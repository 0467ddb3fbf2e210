"""Finds the operating system's own keyrings among what the keyring library offers, and refuses the rest.

The library takes any back end that calls itself usable: with keyrings.alt installed and no session bus it
silently keeps secrets in a clear text file, and its null back end keeps nothing and says so to nobody. So
only the stores of the systems themselves are used. What a user or an administrator chose for the library
(PYTHON_KEYRING_BACKEND, keyringrc.cfg) is respected: when that one is not trustworthy no other is taken in
its place.
"""

from __future__ import annotations

import configparser
from collections.abc import Iterable, Sequence
from typing import Protocol

from services.errors import NeedsDecision

SYSTEM_MODULES = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
CHAINER_MODULE = "keyring.backends.chainer"
WINDOWS_MODULE = "keyring.backends.Windows"
LOWEST_PRIORITY = 1.0

_KNOWN_REASONS = {
    "keyrings.alt": "keeps secrets in files without real protection",
    "keyring.backends.null": "keeps nothing",
    "keyring.backends.fail": "stands for having no keyring",
}


class Backend(Protocol):
    """What is used of a back end of the keyring library."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret; raises when there is none."""
        ...


def system_keyrings() -> Sequence[Backend]:
    """The trustworthy keyrings of this session, best first; never empty.

    Raises NeedsDecision(code="no_keyring"). Looks afresh at each call, because a keyring may appear while the
    program runs. May wait for the session bus: call it off the GUI thread.
    """
    refusals: list[str] = []
    trusted: list[Backend] = []
    for backend in _offered():
        reason = why_refused(backend)
        if reason:
            refusals.append(f"{name_of(backend)} {reason}")
        else:
            trusted.append(backend)
    if not trusted:
        raise no_keyring("; ".join(refusals))
    for backend in trusted:
        _keep_on_this_machine(backend)
    return sorted(trusted, key=_priority, reverse=True)


def why_refused(backend: object) -> str:
    """Why a back end may not hold a key, as the end of a sentence; empty when it may."""
    module = type(backend).__module__
    for known, reason in _KNOWN_REASONS.items():
        if _within(module, known):
            return reason
    if not any(_within(module, known) for known in SYSTEM_MODULES):
        return "is not the operating system's own keyring"
    if _priority(backend) < LOWEST_PRIORITY:
        return "cannot be used in this session"
    return ""


def name_of(backend: object) -> str:
    """Module and class of a back end: what the settings record."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def no_keyring(detail: str) -> NeedsDecision:
    """The error that leaves the choice of another protection to the user."""
    found = f" ({detail}.)" if detail else ""
    return NeedsDecision(
        "This session has no keyring that can be trusted with a key",
        f"Protect the workspace with a passphrase, or log in to a desktop session and try again.{found}",
        code="no_keyring",
    )


def _offered() -> Iterable[Backend]:
    configured = _configured()
    if configured is None:
        return _viable()
    # A chosen chainer stands for what it chains; asking its members directly leaves out the ones refused.
    if type(configured).__module__ == CHAINER_MODULE:
        return _viable()
    return [configured]


def _configured() -> Backend | None:
    from keyring import core

    try:
        return core.load_env() or core.load_config()
    except (ImportError, AttributeError, RuntimeError, TypeError, ValueError, configparser.Error) as error:
        raise no_keyring(f"The keyring chosen for Python cannot be used: {type(error).__name__}") from error


def _viable() -> list[Backend]:
    from keyring import backend

    # The first call also loads the plug-ins, but it remembers its answer for the life of the process.
    backend.get_all_keyring()
    found: list[Backend] = []
    for kind in backend.KeyringBackend.get_viable_backends():
        if kind.__module__ == CHAINER_MODULE or kind.__module__ == "keyring.backends.fail":
            continue
        try:
            found.append(kind())
        except TypeError:
            continue  # a base class or one that wants arguments: nothing the library could use either
    return found


def _priority(backend: object) -> float:
    try:
        # A property of the class that looks at the session and raises when the back end cannot work there.
        return float(getattr(type(backend), "priority", 0))
    except RuntimeError:
        return 0.0


def _within(module: str, parent: str) -> bool:
    return module == parent or module.startswith(f"{parent}.")


def _keep_on_this_machine(backend: Backend) -> None:
    # Windows would else copy the entry to the other computers of a domain account.
    if type(backend).__module__ == WINDOWS_MODULE:
        backend.persist = "local machine"  # type: ignore[attr-defined]
