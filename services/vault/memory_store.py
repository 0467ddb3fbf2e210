"""A key store that lasts as long as the process: tests hand it in through the wiring, no setting names it."""

from __future__ import annotations


class MemoryStore:
    """Keeps secrets in a dictionary and nowhere else."""

    def __init__(self) -> None:
        self._secrets: dict[str, bytes] = {}

    @property
    def name(self) -> str:
        """What keeps the secrets."""
        return "memory"

    def trust(self) -> None:
        """Always content: nothing leaves the process."""

    def get(self, account: str) -> bytes | None:
        """The secret kept for `account`, or None."""
        return self._secrets.get(account)

    def put(self, account: str, secret: bytes) -> None:
        """Keep `secret`, in place of any earlier one."""
        self._secrets[account] = bytes(secret)

    def delete(self, account: str) -> None:
        """Forget the secret of `account`, if there is one."""
        self._secrets.pop(account, None)

    def __repr__(self) -> str:
        return f"MemoryStore({len(self._secrets)} hidden)"
