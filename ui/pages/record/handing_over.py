"""What the system is asked to open for a way to reach somebody."""

from PySide6.QtCore import QUrl

from services.records.drafts import PointKind
from services.records.people import Point


def hand_over(point: Point) -> QUrl | None:
    """What the system is asked to open for a contact point; None for what must not be opened, or cannot."""
    schemes = {PointKind.EMAIL: ("mailto", point.raw), PointKind.PHONE: ("tel", point.normal or point.raw)}
    if point.kind not in schemes:
        # Addresses come from imported files too: only the web is opened, never a file or a program.
        web = QUrl(point.normal or point.raw)
        return web if web.scheme() in ("http", "https") else None
    scheme, path = schemes[point.kind]
    url = QUrl()
    url.setScheme(scheme)
    url.setPath(path)
    return url
