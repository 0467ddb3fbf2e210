"""The kinds of entry the generator makes, and what each becomes as an activity of a contact's timeline."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np


class Channel(IntEnum):
    """How something happened, in finer steps than activity types; the names are those of the text pools."""

    EMAIL_OUT = 0
    EMAIL_IN = 1
    EMAIL_ANSWER = 2
    TICKET_ANSWER = 3
    EMAIL_LEAVING = 4
    CALL = 5
    CALL_MISSED = 6
    MEETING = 7
    SMS_IN = 8
    SMS_OUT = 9
    MESSAGE_IN = 10
    MESSAGE_OUT = 11
    NOTE = 12
    NOTE_FIRST = 13
    NOTE_WON = 14
    NOTE_CHAMPION = 15
    NOTE_EXIT = 16
    VISIT = 17
    PURCHASE = 18
    TICKET = 19


KINDS: Final = ("call", "meeting", "email", "sms", "message", "note", "visit", "purchase", "ticket")
"""Types of activity, as the command line names them; the columns hold indexes into this."""

DIRECTIONS: Final = ("", "in", "out")
OUTCOMES: Final = ("", "Connected", "No answer", "Held", "Resolved", "Open", "Reopened", "Invoiced")

_AS_ACTIVITY: Final = {
    Channel.EMAIL_OUT: ("email", "out"),
    Channel.EMAIL_IN: ("email", "in"),
    Channel.EMAIL_ANSWER: ("email", "out"),
    Channel.TICKET_ANSWER: ("email", "out"),
    Channel.EMAIL_LEAVING: ("email", "in"),
    Channel.CALL: ("call", "out"),
    Channel.CALL_MISSED: ("call", "out"),
    Channel.MEETING: ("meeting", ""),
    Channel.SMS_IN: ("sms", "in"),
    Channel.SMS_OUT: ("sms", "out"),
    Channel.MESSAGE_IN: ("message", "in"),
    Channel.MESSAGE_OUT: ("message", "out"),
    Channel.NOTE: ("note", ""),
    Channel.NOTE_FIRST: ("note", ""),
    Channel.NOTE_WON: ("note", ""),
    Channel.NOTE_CHAMPION: ("note", ""),
    Channel.NOTE_EXIT: ("note", ""),
    Channel.VISIT: ("visit", ""),
    Channel.PURCHASE: ("purchase", "in"),
    Channel.TICKET: ("ticket", "in"),
}

KIND_OF: Final = np.array([KINDS.index(_AS_ACTIVITY[channel][0]) for channel in Channel], dtype=np.int8)
DIRECTION_OF: Final = np.array([DIRECTIONS.index(_AS_ACTIVITY[channel][1]) for channel in Channel], dtype=np.int8)

MOODY: Final = frozenset(
    {
        Channel.EMAIL_IN,
        Channel.CALL,
        Channel.MEETING,
        Channel.SMS_IN,
        Channel.MESSAGE_IN,
        Channel.NOTE,
        Channel.VISIT,
        Channel.TICKET,
    }
)
"""Channels whose texts come in several moods; those of the others have one."""

FROM_CONTACT: Final = frozenset({Channel.PURCHASE, Channel.TICKET})
"""Channels that follow the working hours of the contact's time zone rather than the owner's."""
