"""What of an event is no field of its record: in the columns of csv and xlsx, and in a JSON document."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from services.exporting.naming import Names
from services.records.calendar_drafts import EventDraft
from services.values.attendees import joined_attendees
from services.values.lists import joined_list, split_list

EVENT_COLUMNS: Final = (
    "attendees",
    "excluded",
    "added",
    "alarms",
    "transparency",
    "visibility",
    "calendar_uid",
    "sequence",
    "occurrence_at",
)


def event_names(local_id: int, draft: EventDraft) -> dict[tuple[int, str], str]:
    """The cells of one event, in the form in which `row_of` takes them."""
    cells = {
        "attendees": joined_attendees(draft.attendees),
        "excluded": joined_list(_moment(one, draft) for one in draft.excluded),
        "added": joined_list(_moment(one, draft) for one in draft.added),
        "alarms": joined_list(map(str, draft.alarms)),
        "transparency": draft.transparency,
        "visibility": draft.visibility,
        "calendar_uid": draft.calendar_uid,
        "sequence": str(draft.sequence) if draft.sequence else "",
        "occurrence_at": _moment(draft.occurrence, draft) if draft.occurrence is not None else "",
    }
    return {(local_id, name): cell for name, cell in cells.items()}


def event_parts(local_id: int, names: Names) -> dict[str, Any]:
    """The same for a JSON document, without attendees, which it has in full; what is empty is left out."""
    cells = {name: names.get((local_id, name), "") for name in EVENT_COLUMNS if name != "attendees"}
    found: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    found.update({name: split_list(found[name]) for name in ("excluded", "added") if name in found})
    if "alarms" in found:
        found["alarms"] = [int(minutes) for minutes in split_list(found["alarms"])]
    if "sequence" in found:
        found["sequence"] = int(found["sequence"])
    return found


def _moment(moment: datetime, draft: EventDraft) -> str:
    """A day where a whole day is meant."""
    return moment.date().isoformat() if draft.all_day else moment.isoformat().replace("+00:00", "Z")
