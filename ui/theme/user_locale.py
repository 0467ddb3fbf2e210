"""The locale in which numbers and dates are written: the user's, wherever the system names one."""

from PySide6.QtCore import QLocale


def user_locale() -> QLocale:
    """The user's locale; where the system names none (`C`), English, which at least parts thousands."""
    locale = QLocale()
    is_named = locale.language() is not QLocale.Language.C
    return locale if is_named else QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def number(value: int) -> str:
    """A count with the separators of the user's locale: `2,418`."""
    return user_locale().toString(value)


def readable_size(size_bytes: int) -> str:
    """A size as people read it: `12.4 MB`."""
    traditional = QLocale.DataSizeFormat.DataSizeTraditionalFormat
    return user_locale().formattedDataSize(size_bytes, 0 if size_bytes < 1024**2 else 1, traditional)
