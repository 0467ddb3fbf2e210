"""Choices by any of their usual names: lifecycles, kinds of activity, directions, states of leads and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from services.records.fields import (
    ACTIVITY_TYPES,
    CONTACT_LIFECYCLES,
    DIRECTIONS,
    FORECAST_CATEGORIES,
    LEAD_STATUSES,
    PRIORITIES,
    TASK_STATUSES,
)
from services.values.text import fold
from services.values.unreadable import UnreadableValue

_LIFECYCLES: Final = {
    "prospect": "prospect|lead|subscriber|marketing qualified lead|mql|sales qualified lead|sql|"
    "opportunity|marketingqualifiedlead|salesqualifiedlead|interessent|interessentin|potential|"
    "prospective|suspect|new|neu|prospecto|cliente potencial|potenziale|prospection|potentieel|"
    "potentiele klant",
    "customer": "customer|client|evangelist|active|active customer|kunde|kundin|bestandskunde|aktiv|"
    "cliente|actif|activo|attivo|klant|actief|kund|klient",
    "churned": "churned|churn|lost|former|former customer|ex customer|inactive|cancelled|canceled|"
    "gekundigt|verloren|ehemalig|ehemaliger kunde|inaktiv|perdu|ancien client|inactif|perdido|ex cliente|"
    "inactivo|perso|inattivo|verloren klant|inactief|opgezegd",
}
_TYPES: Final = {
    "call": "call|phone|phone call|telephone|telephone call|calls|anruf|telefonat|telefon|telefongesprach|"
    "appel|appel telephonique|llamada|chiamata|telefonata|telefoontje|gesprek|belletje|ring",
    "meeting": "meeting|meetings|event|appointment|demo|lunch|video call|videokonferenz|besprechung|"
    "termin|treffen|reunion|rendez vous|rdv|reunion|cita|riunione|appuntamento|vergadering|afspraak|"
    "conference",
    "email": "email|e mail|mail|emails|list email|courriel|correo|correo electronico|posta|e post",
    "sms": "sms|text|text message|textnachricht|texto",
    "message": "message|chat|whatsapp|linkedin|linkedin message|im|instant message|nachricht|mensaje|"
    "messaggio|bericht|slack",
    "note": "note|notes|notiz|bemerkung|vermerk|comment|kommentar|nota|notitie|opmerking|remarque",
    "visit": "visit|site visit|on site|besuch|vor ort|visite|visita|bezoek",
    "purchase": "purchase|order|sale|invoice|kauf|bestellung|auftrag|rechnung|achat|commande|facture|"
    "compra|pedido|acquisto|ordine|aankoop|bestelling",
    "ticket": "ticket|case|support|support ticket|support case|issue|complaint|supportfall|reklamation|"
    "beschwerde|reclamation|incident|klacht",
    "task_done": "task done|task|tasks|todo|to do|task completed|completed task|aufgabe|aufgabe erledigt|"
    "erledigt|tache|tarea|attivita|taak|deadline",
}
_DIRECTIONS: Final = {
    "in": "in|inbound|incoming|received|from customer|eingehend|eingang|empfangen|entrant|entrante|recu|"
    "recibido|in entrata|ricevuto|inkomend|ontvangen",
    "out": "out|outbound|outgoing|sent|to customer|ausgehend|ausgang|gesendet|sortant|saliente|envoye|"
    "enviado|in uscita|inviato|uitgaand|verzonden",
}
# HubSpot and Salesforce call a lead that nobody has spoken to "Open", and "Open - Not Contacted".
_LEADS: Final = {
    "new": "new|open|open not contacted|not contacted|uncontacted|neu|offen|nouveau|nuevo|nuovo|nieuw|aperto",
    "working": "working|working contacted|in progress|contacted|attempted to contact|attempting contact|connected|"
    "in bearbeitung|kontaktiert|en cours|contacte|en curso|contactado|in corso|contattato|in behandeling",
    "nurturing": "nurturing|nurture|bad timing|later|on hold|spater|wiedervorlage|plus tard|mas tarde|piu tardi",
    "qualified": "qualified|open deal|sales qualified|qualifiziert|qualifie|cualificado|calificado|qualificato|"
    "gekwalificeerd",
    "disqualified": "disqualified|unqualified|closed not converted|not qualified|junk|dead|archived|lost|"
    "disqualifiziert|unqualifiziert|disqualifie|descalificado|squalificato|gediskwalificeerd",
    "converted": "converted|closed converted|qualified converted|konvertiert|umgewandelt|converti|convertido|"
    "convertito|geconverteerd",
}
_FORECASTS: Final = {
    "omitted": "omitted|excluded|ausgeschlossen",
    "pipeline": "pipeline|upside",
    "best_case": "best case|most likely|probable|best moglicher fall",
    "commit": "commit|committed|zugesagt",
}
_TASKS: Final = {
    "open": "open|not started|in progress|waiting|waiting on someone else|deferred|to do|todo|no|offen|"
    "nicht begonnen|in bearbeitung|a faire|en cours|pendiente|da fare|in corso|te doen",
    "done": "done|completed|complete|finished|yes|erledigt|abgeschlossen|fait|termine|hecho|completada|completado|"
    "fatto|completato|gedaan|voltooid",
    "cancelled": "cancelled|canceled|abgebrochen|annule|cancelado|annullato|geannuleerd",
}
_PRIORITIES: Final = {
    "low": "low|niedrig|gering|basse|faible|baja|bassa|laag",
    "normal": "normal|medium|mittel|normale|moyenne|media|normaal|gemiddeld",
    "high": "high|hoch|haute|elevee|alta|hoog|wichtig|important",
    "urgent": "urgent|highest|critical|dringend|urgente|sehr hoch",
}
_TABLES: Final = {
    CONTACT_LIFECYCLES: _LIFECYCLES,
    ACTIVITY_TYPES: _TYPES,
    DIRECTIONS: _DIRECTIONS,
    LEAD_STATUSES: _LEADS,
    FORECAST_CATEGORIES: _FORECASTS,
    TASK_STATUSES: _TASKS,
    PRIORITIES: _PRIORITIES,
}


@cache
def _spellings(choices: tuple[str, ...]) -> dict[str, str]:
    found = {fold(choice): choice for choice in choices}
    for choice, names in _TABLES.get(choices, {}).items():
        for name in names.split("|"):
            found.setdefault(name, choice)
    return found


def parse_choice(text: str, choices: Sequence[str]) -> str:
    """The choice a text means; raises UnreadableValue, naming the choices."""
    known = tuple(choices)
    found = _spellings(known).get(fold(text))
    if found is None:
        listed = ", ".join(known)
        raise UnreadableValue(text, f"is none of {listed}", f"Choose one of {listed}.")
    return found
