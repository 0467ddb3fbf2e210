"""Makes a demo world: invented firms, people and a year and a half of work with them, as plain columns.

Nothing here touches a file or a database. The same plan gives the same world on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.activities import (
    CURRENCIES,
    ActivityColumns,
    amounts,
    direction_of,
    durations,
    moments_of,
    moods_of,
    outcomes,
    recorded,
    warmth_of,
)
from services.demo.cast import Cast, PlacedEntry, load_cast, place_entries
from services.demo.channels import KIND_OF, KINDS, MOODY, OUTCOMES, Channel
from services.demo.companies import CompanyColumns, make_companies
from services.demo.contacts import make_contacts
from services.demo.draws import Stream
from services.demo.duplicates import PlantedDuplicate
from services.demo.events import (
    NO_PARENT,
    TOPICS,
    Entries,
    Setting,
    draw_milestones,
    draw_older,
    draw_tickets,
    draw_touches,
    join,
    make_entries,
)
from services.demo.people import company_count
from services.demo.plan import Calendar, DemoPlan
from services.demo.pools import Pools, load_pools
from services.demo.rendering import Flavour, TextRenderer
from services.demo.replies import draw_answers, draw_replies
from services.demo.texts import LANGUAGES, Templates, load_templates

if TYPE_CHECKING:
    from services.demo.draws import IntArray
    from services.demo.journeys import Journeys
    from services.demo.latents import Latents
    from services.demo.people import ContactColumns
