"""The connection that a store's `read()` and `note()` yield, by a name that services may use."""

from sqlalchemy import Connection

__all__ = ["Connection"]
