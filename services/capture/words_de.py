"""The German words that quick capture reads by, folded: a form a rep types is added here."""

from __future__ import annotations

from typing import Final

from services.capture.vocabulary import Deed, Vocabulary
from services.records.capture import CaptureKind

_CALL, _EMAIL, _MEETING = CaptureKind.CALL, CaptureKind.EMAIL, CaptureKind.MEETING
_TASK, _NOTE = CaptureKind.TASK, CaptureKind.NOTE

GERMAN: Final = Vocabulary(
    weekdays=(
        "montag|montags|mo",
        "dienstag|dienstags|di",
        "mittwoch|mittwochs|mi",
        "donnerstag|donnerstags|do",
        "freitag|freitags|fr",
        "samstag|samstags|sonnabend|sa",
        "sonntag|sonntags|so",
    ),
    months=(
        "januar|janner|jan",
        "februar|feber|feb",
        "marz|maerz|mrz",
        "april|apr",
        "mai",
        "juni|jun",
        "juli|jul",
        "august|aug",
        "september|sep|sept",
        "oktober|okt",
        "november|nov",
        "dezember|dez",
    ),
    near={
        -2: "vorgestern",
        -1: "gestern|gestern abend",
        0: "heute|heute abend|heute fruh|heute mittag|heute nachmittag|heute vormittag|heute morgen|bis feierabend",
        1: "morgen|morgen fruh|morgen vormittag",
        2: "ubermorgen",
    },
    which={
        "this": "diesen|diese|dieser|dieses|diesem",
        "next": "nachste|nachsten|nachster|nachstes|nachstem",
        "coming": "kommenden|kommende|kommender|kommendes",
        "after_next": "ubernachste|ubernachsten|ubernachster|ubernachstes",
        "last": "letzten|letzte|letzter|letztes|vergangenen|vergangene|vorigen|vorige",
    },
    units={
        "minute": "minute|minuten|min",
        "hour": "stunde|stunden|std",
        "day": "tag|tage|tagen",
        "week": "woche|wochen",
        "month": "monat|monate|monaten|monats",
        "quarter": "quartal|quartale|quartalen|quartals",
        "year": "jahr|jahre|jahren|jahres",
    },
    numbers={
        1: "ein|eine|einem|einer|eins|einen",
        2: "zwei|zwo",
        3: "drei",
        4: "vier",
        5: "funf",
        6: "sechs",
        7: "sieben",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwolf",
        14: "vierzehn",
        15: "funfzehn",
        20: "zwanzig",
        30: "dreissig",
    },
    edges={
        "start": "anfang|beginn|zu beginn",
        "middle": "mitte",
        "end": "ende",
    },
    ends={"week": "ende der woche", "month": "monatsende", "quarter": "quartalsende", "year": "jahresende"},
    day_leads="am|bis|ab|zum|den|der|vom|seit|im|in|fur|bis zum|spatestens|bis spatestens|von|bis ende|fallig|dem",
    day_joints="des|der|den|dem",
    time_leads="zwischen|um|gegen|ab|bis|von|kurz vor|kurz nach|ca",
    counted_leads="in|binnen|innerhalb von",
    ago="",
    ago_first="vor",
    no_day="irgendwann|ohne termin|ohne datum|kein datum|kein termin",
    idioms={7: "in acht tagen|heute in einer woche", 14: "in vierzehn tagen"},
    positions={
        1: "erster|ersten|erste",
        2: "zweiter|zweiten|zweite",
        3: "dritter|dritten",
        4: "vierter|vierten",
        -1: "letzter|letzten|letzte",
    },
    numbered_weeks="kw|kalenderwoche",
    weekends="wochenende",
    ordinal_signs="",
    day_parts={
        "morning": "vormittag|vormittags|fruh|am vormittag|am morgen|morgens",
        "afternoon": "nachmittag|nachmittags|am nachmittag",
        "evening": "abend|abends|am abend|heute abend|morgen abend",
        "noon": "mittag|mittags|am mittag",
        "midnight": "mitternacht|um mitternacht",
    },
    oclock="uhr",
    half={"to": "halb"},
    quarters={15: "viertel nach", -15: "viertel vor|dreiviertel", -45: "viertel"},
    every="jeden|jede|jedes|jeder|alle",
    every_other="jeden zweiten|jede zweite|jedes zweite|jeden 2|jede 2",
    rules={
        "FREQ=DAILY": "jeden tag|taglich",
        "FREQ=WEEKLY": "jede woche|wochentlich",
        "FREQ=WEEKLY;INTERVAL=2": "jede zweite woche|alle zwei wochen|alle 2 wochen|alle 14 tage|zweiwochentlich",
        "FREQ=MONTHLY": "jeden monat|monatlich",
        "FREQ=MONTHLY;INTERVAL=3": "jedes quartal|quartalsweise|vierteljahrlich",
        "FREQ=YEARLY": "jedes jahr|jahrlich",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "jeden werktag|werktags|werktaglich",
    },
    deeds=(
        (Deed(_CALL, closes=True), "anrufen|anzurufen|zuruckrufen|telefonieren|durchrufen|nachtelefonieren"),
        (Deed(_CALL, is_noun=True), "anruf|ruckruf|telefonat|telefontermin|telko"),
        (Deed(_CALL, done=True), "angerufen|telefoniert|gesprochen|zuruckgerufen|hat angerufen|rief an|anruf von"),
        (Deed(_EMAIL, closes=True), "mailen|anschreiben|antworten|beantworten"),
        (Deed(_EMAIL, closes=True, to_somebody=True), "schreiben"),
        (Deed(_EMAIL, to_somebody=True), "schreibe|schreib"),
        (Deed(_EMAIL, is_noun=True), "mail|e mail|email"),
        (Deed(_EMAIL, done=True), "gemailt|geschrieben|angeschrieben|geantwortet"),
        (Deed(_MEETING, closes=True), "treffen|besuchen|essen|essen gehen|vorfuhren"),
        (Deed(_MEETING), "treffe|trifft|besuche|besucht mich|besucht uns"),
        (
            Deed(_MEETING, is_noun=True),
            "termin|besprechung|besuch|mittagessen|abendessen|fruhstuck|kaffee|"
            "vorfuhrung|prasentation|vor ort termin|jour fixe",
        ),
        (Deed(_MEETING, done=True), "getroffen|gegessen|zu mittag gegessen|besucht|prasentiert|vorgefuhrt"),
        (
            Deed(_TASK, closes=True),
            "schicken|senden|zusenden|vorbereiten|prufen|nachfassen|einreichen|absagen|"
            "verschieben|erstellen|bestellen|buchen|nachfragen|fragen|klaren|abstimmen|aktualisieren|fertigstellen|"
            "erledigen|organisieren|kundigen|verlangern|nachhaken|hinzufugen|eintragen|anlegen|uberarbeiten|"
            "kalkulieren|unterschreiben|bezahlen|kaufen|abholen|mitbringen|weiterleiten|einladen|planen|anfragen|"
            "einholen|anfordern|ausarbeiten|abschicken|nachreichen|rausschicken|verschicken",
        ),
        (Deed(_TASK), "schicke|schick|sende|frage|frag|prufe|erstelle|bestelle|buche|klare|plane"),
        (
            Deed(None, wraps=True),
            "erinnere mich an|erinnern|muss|mussen|sollte|soll|bitte|daran denken|nicht vergessen|"
            "aufgabe|mochte|will|werde",
        ),
        (
            Deed(None, done=True),
            "habe|hat|haben|geschickt|gesendet|verschickt|unterschrieben|gewonnen|verloren|"
            "bezahlt|bestellt|erhalten|bekommen|war|waren|verlangert|gemacht|erledigt|zugesagt|abgesagt",
        ),
        (Deed(None, done=True, failed=True), "nicht erreicht|keine antwort|nicht angetroffen|nicht da|niemand da"),
    ),
    splits=(
        (Deed(_CALL), "rufe|ruft|rufen|ruf", "an|zuruck"),
        (Deed(_MEETING, done=True), "war|waren", "bei|beim"),
    ),
    compound_ends={
        _CALL: "anruf|ruckruf|telefonat",
        _MEETING: "termin|besuch|besprechung|meeting|essen|treffen|gesprach|vorfuhrung|workshop",
    },
    went="war gut|war super|lief gut|lief super|lief schlecht|war schlecht|war erfolgreich|ging gut|lief",
    praise="gutes|guter|gute|tolles|toller|tolle|schones|schoner|nettes|langes|kurzes",
    explicit={
        _NOTE: "notiz|vermerk|info|hinweis",
        _TASK: "aufgabe|todo",
        _CALL: "anruf|telefonat",
        _EMAIL: "mail|e mail|email",
        _MEETING: "termin|besprechung|treffen",
    },
    evening_deeds="abendessen",
    priorities={
        "urgent": "dringend|sehr dringend|eilt|sofort|schnellstmoglich|hochste prioritat",
        "high": "wichtig|sehr wichtig|hohe prioritat|prio hoch",
        "normal": "normale prioritat",
        "low": "niedrige prioritat|prio niedrig",
    },
    denials="nicht|kein|keine|nie|weniger",
    factors={1_000: "tausend|tsd|teur", 1_000_000: "mio|mill|million|millionen", 1_000_000_000: "mrd|milliarden"},
    money_words={"EUR": "euro|teur|taler", "CHF": "franken|stutz", "USD": "dollar"},
    offers="angebot|budget|preis|auftrag|auftragswert|rechnung|vertrag uber|wert|umsatz|volumen|angebot uber",
    counted_things="nutzer|platze|lizenzen|lizenz|leute|personen|mitarbeiter|stuck|stk|km|kunden|hallen|raume|stunden|"
    "tage|tagen|wochen|monate|jahre|jahren|minuten|prozent|gerate|artikel|kg",
    articles="der|die|das|dem|den|des|ein|eine|einen|einem|einer|mein|meine|unser|unsere|im|zum|zur|beim|am|vom",
    pronouns="ich|wir|er|sie|es|man|wer",
    name_leads="mit|an|von|fur|und|bei|zu|uber|wegen|frage|erinnere|hallo|liebe|lieber|herrn|herr|frau|rufe|ruf|treffe|"
    "besuche|schreibe|muss|habe|heute|morgen",
    company_leads="bei|von|fur|mit|an|zu|beim",
    joints="und|sowie",
    honorifics="herr|herrn|hr|frau|fr|dr|prof|professor",
    greetings="mit freundlichen grussen|freundliche grusse|viele grusse|beste grusse|liebe grusse|mfg|vg|lg|gruss",
    new_people="neuer kontakt|neuer lead|neuer kunde|neue kontaktperson|kontakt|neuer interessent|"
    "neue ansprechpartnerin|neuer ansprechpartner",
    said="sagt|sagte|will|wollen|wollte|braucht|mochte|fragt|fragte|ist|sind|war|hat|haben|hatte|findet|meint|kann|"
    "konnte|soll|ruft|rief|schreibt|schrieb|bestatigt|zahlt|kauft|bestellt|nicht|neue|neuer|noch|interessiert",
    fillers="noch|dann|auch|nochmal|mal|bitte|nun|jetzt|vielleicht|daran|wieder",
)
