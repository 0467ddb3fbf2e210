"""What columns are called: folded names of each field in English, German, French, Spanish, Italian and Dutch.

A target is a contract field, or one of the parts a file may hold separately: `full_name`, `middle_name`,
`region`, `postal_code`, `formatted_address`; "phone:mobile" is a target with a label.
"""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind

_KEY: Final = (
    "record id|id|external id|customer id|customer no|customer number|client id|client number|crm id|"
    "account number|kundennummer|kunden nr|kundennr|kdnr|kd nr|debitor|debitorennummer|identifiant|"
    "id client|numero client|codigo cliente|codigo de cliente|numero de cliente|id cliente|"
    "codice cliente|klantnummer|klantnr|relatienummer"
)
_PLACE: Final = {
    "address": "street|street address|address line 1|address line 2|address 1|address 2|strasse|str|"
    "anschrift|adresse|strasse und hausnummer|strasse hausnummer|strasse nr|hausnummer|rue|"
    "adresse postale|direccion|calle|domicilio|indirizzo|via|straat|adres|straatnaam|house number|"
    "postanschrift|mailing address|postal address",
    "city": "town|city town|ort|stadt|wohnort|ville|commune|ciudad|poblacion|localidad|citta|comune|"
    "localita|plaats|woonplaats|stad|gemeente|locality",
    "region": "state|province|county|state region|state province|bundesland|kanton|departement|"
    "provincia|estado|comunidad autonoma|regione|provincie",
    "postal_code": "postal code|postcode|post code|zip|zip code|zip postal code|plz|postleitzahl|"
    "code postal|cp|codigo postal|cap|codice postale",
    "country": "country region|country code|land|staat|land region|pays|pais|paese|nazione|stato|nation",
    "formatted_address": "full address|complete address|vollstandige adresse|plz ort|ort plz|plz und ort",
}
_REACH: Final = {
    "phone": "telephone|telephone number|phone number|phone no|tel|tel no|tel nr|telefon|telefonnummer|"
    "rufnummer|telefonnr|fon|festnetz|numero de telephone|tel fixe|telefono|numero de telefono|"
    "telefono fijo|numero di telefono|telefoonnummer|telefoon|direct phone|direct line|durchwahl",
    "phone:mobile": "mobile|mobile number|mobile phone|mobile phone number|cell phone number|"
    "handynummer|mobilfunk|mobilfunknummer|mobilnummer|telephone portable|telephone mobile|tel portable|"
    "telefono movil|numero de movil|telefono cellulare|mobiele telefoon|mobiel nummer",
    "phone:fax": "fax number|fax nr|faxnummer|telefaxnummer|numero de fax",
    "website": "web|web site|web page|webpage|url|website url|homepage|internet|webseite|internetseite|"
    "site web|site internet|site|pagina web|sitio web|sito|sito web|sito internet|webadres|www",
}
_RECORD: Final = {
    "tags": "tag|labels|label|categories|category|keywords|groups|group|schlagworte|schlagworter|"
    "stichworte|kategorien|kategorie|gruppen|gruppe|etiquettes|etiquette|mots cles|categories client|"
    "etiquetas|categorias|etichette|categorie|gruppi|trefwoorden|groepen|lists|listen",
    "notes": "note|comment|comments|remark|remarks|description|memo|bemerkung|bemerkungen|notiz|notizen|"
    "anmerkung|anmerkungen|kommentar|beschreibung|remarque|remarques|commentaire|commentaires|notas|"
    "observaciones|comentarios|commenti|osservazioni|opmerking|opmerkingen|notitie|notities|"
    "aantekeningen|background info",
    "owner": "",
    "churned_at": "churn date|lost on|cancelled on|cancellation date|gekundigt am|kundigungsdatum|"
    "verloren am|date de resiliation|fecha de baja|data di disdetta|opzegdatum",
    "churn_reason": "reason for leaving|cancellation reason|lost reason|kundigungsgrund|verlustgrund|"
    "grund|motif de resiliation|motivo de baja|motivo di disdetta|opzegreden",
    "lifecycle": "lifecycle stage|life cycle stage|customer status|status|kundenstatus|phase|stage|"
    "statut|estado del cliente|estado|stato cliente|klantstatus",
}
_PERSON: Final = {
    "full_name": "name|full name|contact|contact name|person|contact person|display name|names|kontakt|"
    "ansprechpartner|ansprechpartnerin|kontaktperson|vor und nachname|vorname nachname|nachname vorname|"
    "vollstandiger name|nom|nom complet|nom et prenom|prenom et nom|contact principal|nombre|"
    "nombre completo|nombre y apellidos|contacto|persona de contacto|nome|nome completo|nome e cognome|"
    "contatto|referente|naam|volledige naam|contactpersoon",
    "first_name": "firstname|first|given name|forename|christian name|vorname|rufname|prenom|"
    "nombre de pila|primer nombre|nome di battesimo|voornaam",
    "middle_name": "middlename|additional name|second name|weitere vornamen|zweiter vorname|"
    "deuxieme prenom|segundo nombre|secondo nome|tweede naam|tussenvoegsel",
    "last_name": "lastname|last|surname|family name|nachname|familienname|zuname|nom de famille|"
    "apellido|apellidos|primer apellido|cognome|achternaam|familienaam",
    "title": "job title|jobtitle|job|position|role|function|occupation|designation|job role|funktion|"
    "stelle|beruf|berufsbezeichnung|jobtitel|rolle|stellenbezeichnung|poste|fonction|profession|"
    "intitule du poste|cargo|puesto|profesion|posicion|funcion|ruolo|posizione|professione|qualifica|"
    "mansione|functie|functietitel|beroep",
    "company": "company name|organization|organisation|organization name|organisation name|account|"
    "account name|employer|business|business name|firma|firmenname|unternehmen|unternehmensname|"
    "arbeitgeber|betrieb|gesellschaft|societe|entreprise|raison sociale|nom de la societe|organisme|"
    "empresa|nombre de la empresa|compania|organizacion|azienda|societa|ditta|ragione sociale|impresa|"
    "bedrijf|bedrijfsnaam|organisatie|onderneming|associated company|primary company|current company",
    "birthday": "birthdate|birth date|date of birth|dob|geburtstag|geburtsdatum|geb datum|geboren am|"
    "date de naissance|anniversaire|naissance|fecha de nacimiento|cumpleanos|nacimiento|data di nascita|"
    "compleanno|geboortedatum|verjaardag",
    "language": "preferred language|sprache|korrespondenzsprache|langue|idioma|lengua|lingua|taal|locale",
    "time_zone": "timezone|zeitzone|fuseau horaire|zona horaria|fuso orario|tijdzone",
    "social": "linkedin|linkedin url|linkedin profile|linkedin page|linkedin profile url|twitter|"
    "twitter handle|x handle|xing|xing profil|instagram|facebook|facebook page|social media",
    "email": "mail|e mail|email address|e mail address|mail address|emailaddress|emails|e mails|"
    "mailadresse|e mail adresse|email adresse|emailadresse|courriel|adresse e mail|adresse email|"
    "adresse mail|mel|adresse electronique|correo|correo electronico|direccion de correo|"
    "direccion de correo electronico|posta elettronica|indirizzo email|indirizzo e mail|e mailadres|"
    "emailadres|mailadres",
}
_FIRM: Final = {
    "name": "company|company name|account name|organization|organisation|organization name|"
    "organisation name|firma|firmenname|unternehmen|societe|entreprise|raison sociale|nom|nombre|"
    "empresa|nome|azienda|societa|ragione sociale|ditta|naam|bedrijf|bedrijfsnaam|organisatie|kunde|"
    "client|customer|klant|cliente|account",
    "domain": "company domain name|company domain|domain name|email domain|domains|company domains|domanen|domaine|"
    "domaines|dominio|dominios|domini|domein|domeinen",
    "industry": "sector|branche|wirtschaftszweig|secteur|secteur d activite|sector industrial|industria|"
    "settore|bedrijfstak|vertical",
    "size": "employees|number of employees|no of employees|num employees|employee count|headcount|"
    "company size|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|beschaftigte|effectif|"
    "nombre d employes|nombre de salaries|empleados|numero de empleados|dipendenti|numero dipendenti|"
    "medewerkers|aantal medewerkers|bedrijfsgrootte",
    "customer_since": "client since|customer from|kunde seit|client depuis|cliente desde|cliente dal|"
    "klant sinds|became a customer date|start date",
}
_ACTIVITY: Final = {
    "external_key": "activity id|record id|id|external id|task id|event id",
    "type": "activity type|kind|engagement type|typ|art|aktivitat|aktivitatstyp|art der aktivitat|"
    "type d activite|tipo|tipo de actividad|tipo di attivita|soort|activiteit",
    "contact": "contact email|contact e mail|contact email address|email|e mail|email address|"
    "e mail address|contact key|contact id|contact external key|contact name|contact person|person|"
    "customer|customer id|customer email|kunde|kundennummer|kontakt|ansprechpartner|client|courriel|"
    "contacto|correo|cliente|contatto|contactpersoon|klant|who|name|associated contact|attendee|"
    "e mail adresse|attendees",
    "company": "company name|account|account name|organization|organisation|firma|unternehmen|societe|"
    "entreprise|empresa|azienda|bedrijf|associated company",
    "occurred_at": "date|activity date|date and time|datetime|when|start|start date|start time|"
    "timestamp|time|occurred|occurred on|done on|due date|completed on|completed date|datum|zeitpunkt|"
    "termin|date de l activite|date heure|fecha|fecha y hora|data|data e ora|datum en tijd|tijdstip|"
    "created|call date|meeting date|order date",
    "recorded_at": "recorded|recorded on|logged at|logged on|entered on|created date|create date|"
    "created at|created on|erfasst am|erstellt am|date de creation|fecha de creacion|data di creazione|"
    "aangemaakt op",
    "subject": "topic|title|heading|betreff|thema|titel|objet|sujet|titre|asunto|titulo|oggetto|titolo|"
    "onderwerp|activity subject",
    "body": "text|content|message|details|description|comments|full comments|note|inhalt|beschreibung|"
    "nachricht|contenu|message text|contenido|mensaje|descripcion|contenuto|messaggio|descrizione|"
    "inhoud|bericht|omschrijving|notes|comment|notiz|bemerkung|call notes|meeting notes|bemerkungen|"
    "notizen",
    "outcome": "result|disposition|call outcome|meeting outcome|call result|ergebnis|resultat|resultado|"
    "esito|risultato|resultaat|uitkomst",
    "amount": "value|total|price|order value|sum|revenue|betrag|wert|summe|umsatz|montant|valeur|"
    "importe|valor|importo|valore|bedrag|waarde",
    "currency": "currency code|wahrung|devise|moneda|divisa|valuta|munteenheid",
    "location": "place|venue|where|meeting location|ort|treffpunkt|lieu|endroit|lugar|luogo|locatie|plaats",
    "participants": "participant|other attendees|guests|invitees|with|teilnehmer|teilnehmende|invites|"
    "participantes|asistentes|partecipanti|deelnemers",
    "deal": "deal name|deal title|associated deal|opportunity|opportunity name|deal id|opportunity id|abschluss|"
    "verkaufschance|opportunite|affaire|negocio|oportunidad|opportunita|trattativa|kans|verkoopkans",
    "lead": "lead name|lead id|lead email|prospect",
    "direction": "call direction|email direction|inbound outbound|richtung|sens|direccion|direzione|richting",
    "tags": _RECORD["tags"],
    "owner": "",
    "notes": "",
}
_LEAD: Final = {
    **{target: words for target, words in _PERSON.items() if target in ("first_name", "middle_name", "last_name")},
    "name": "lead|lead name|" + _PERSON["full_name"],
    **{target: _PERSON[target] for target in ("title", "company", "social", "email")},
    **_REACH,
    **_PLACE,
    "source": "lead source|original source|origin|channel|quelle|leadquelle|lead quelle|herkunft|origine|"
    "source du prospect|provenance|fuente|origen|origen del lead|fonte|origine lead|bron|herkomst|leadbron",
    "status": "lead status|lead state|state of lead|leadstatus|status des leads|statut|statut du prospect|"
    "estado del lead|estado|stato|stato del lead|stato lead|leadfase",
    "score": "lead score|rating score|hubspot score|bewertung|punkte|punktzahl|note du prospect|puntuacion|"
    "punteggio|leadscore",
    "response_due": "respond by|response due date|follow up|follow up date|wiedervorlage|antwort bis|antwort fallig|"
    "relance|repondre avant|seguimiento|responder antes de|rispondere entro|opvolgen|opvolgdatum",
    "responded_at": "responded|first response|first response date|first contacted|beantwortet am|erste antwort|"
    "premiere reponse|primera respuesta|prima risposta|eerste reactie",
    "disqualify_reason": "disqualification reason|unqualified reason|reason for disqualification|lost reason|"
    "ablehnungsgrund|grund der disqualifizierung|motif de disqualification|motivo de descarte|"
    "motivo di squalifica|reden van afwijzing",
    "tags": _RECORD["tags"],
    "notes": _RECORD["notes"],
    "owner": "",
}
_DEAL: Final = {
    "external_key": "deal id|opportunity id|record id|id|external id|deal key|opportunity key|abschluss id|"
    "opportunity nr|chancennummer|dealnummer",
    "title": "deal|deal name|deal title|opportunity|opportunity name|name|subject|topic|abschluss|abschlussname|"
    "verkaufschance|name der verkaufschance|bezeichnung|titel|thema|affaire|nom de l affaire|opportunite|"
    "nom de l opportunite|titre|transaction|negocio|nombre del negocio|oportunidad|nombre de la oportunidad|"
    "titulo|trattativa|nome trattativa|opportunita|nome opportunita|titolo|kans|verkoopkans|dealnaam|onderwerp",
    "amount": "value|deal value|deal amount|deal size|sum|total|price|volume|revenue|opportunity amount|betrag|wert|"
    "summe|volumen|auftragswert|umsatz|montant|valeur|importe|valor|cantidad|importo|valore|ammontare|bedrag|waarde",
    "currency": "currency code|deal currency|currency of value|amount currency|opportunity currency|wahrung|devise|"
    "moneda|divisa|valuta|munteenheid",
    "company": _PERSON["company"] + "|customer|client|kunde|klant|cliente",
    "contact": "contact email|contact e mail|contact person|primary contact|person|email|e mail|contact name|"
    "contact id|contact key|associated contact|kontakt|ansprechpartner|kontaktperson|interlocuteur|contact principal|"
    "contacto|persona de contacto|contatto|referente|contactpersoon|person name|e mail adresse|email address",
    "pipeline": "sales pipeline|deal pipeline|vertriebspipeline|processus de vente|proceso de venta|"
    "embudo|processo di vendita|verkooppijplijn",
    "stage": "deal stage|sales stage|opportunity stage|stage name|phase|vertriebsphase|verkaufsphase|abschlussphase|"
    "etape|etape de vente|etapa|etapa del negocio|fase|fase di vendita|fase trattativa|verkoopfase|dealfase",
    "stage_entered_at": "last stage change|last stage change date|stage changed|stage since|in stage since|"
    "phase seit|phasenwechsel|etape depuis|en etapa desde|in fase da|fase sinds",
    "probability": "win probability|chance|wahrscheinlichkeit|abschlusswahrscheinlichkeit|probabilite|"
    "probabilidad|probabilita|waarschijnlijkheid|kans op succes",
    "expected_close": "close date|expected close date|closing date|estimated close date|expected closing|"
    "deal close date|abschlussdatum|erwarteter abschluss|voraussichtlicher abschluss|geplanter abschluss|"
    "date de cloture|date de fermeture|cloture prevue|fecha de cierre|cierre previsto|cierre esperado|data di chiusura|"
    "chiusura prevista|sluitingsdatum|verwachte sluitingsdatum",
    "next_step": "next steps|next action|nachster schritt|prochaine etape|prochaine action|siguiente paso|"
    "proximo paso|prossimo passo|prossima azione|volgende stap",
    "next_step_due": "next step date|next step due date|next action date|next activity date|nachster schritt am|"
    "nachster schritt fallig|date de la prochaine etape|fecha del siguiente paso|data prossimo passo|"
    "datum volgende stap",
    "forecast_category": "forecast|forecast category name|prognosekategorie|prognose|categorie de prevision|"
    "categoria de prevision|categoria di previsione|prognosecategorie",
    "status": "deal status|opportunity status|won lost|abschlussstatus|statut|statut de l affaire|estado|"
    "estado del negocio|stato|stato trattativa|dealstatus",
    "won_at": "won time|won date|won on|date won|gewonnen am|date de gain|gagne le|ganado el|fecha de ganado|"
    "vinto il|data vincita|gewonnen op",
    "lost_at": "lost time|lost date|lost on|date lost|verloren am|date de perte|perdu le|perdido el|"
    "fecha de perdida|perso il|data perdita|verloren op",
    "people": "contacts|associated contacts|contact roles|buying center|buying centre|stakeholders|beteiligte|"
    "ansprechpartner rollen|personnes|personas|persone|personen",
    "closed_at": "closed on|closed date|deal closed on|actual close date|abgeschlossen am|cloture le|cerrado el|"
    "chiuso il|gesloten op",
    "loss_reason": "lost reason|reason lost|closed lost reason|reason for loss|verlustgrund|grund des verlusts|"
    "absagegrund|raison de la perte|motif de perte|motivo de perdida|razon de perdida|motivo della perdita|"
    "motivo perdita|verliesreden|reden van verlies",
    "competitor": "competitors|main competitor|main competitors|lost to|wettbewerber|konkurrent|mitbewerber|"
    "concurrent|competidor|concorrente",
    "tags": _RECORD["tags"],
    "notes": _RECORD["notes"],
    "owner": "",
}
_TASK: Final = {
    "external_key": "task id|record id|id|external id|aufgaben id",
    "title": "task|task title|task name|subject|name|to do|todo|what|aufgabe|titel|betreff|tache|titre|objet|tarea|"
    "titulo|asunto|attivita|titolo|oggetto|taak|onderwerp",
    "due_at": "due|due date|due on|deadline|date|fallig|fallig am|falligkeitsdatum|falligkeit|bis|termin|echeance|"
    "date d echeance|fecha de vencimiento|vencimiento|fecha limite|scadenza|data di scadenza|vervaldatum|einddatum",
    "remind_at": "reminder|reminder date|reminder at|remind me|erinnerung|erinnern am|rappel|date de rappel|"
    "recordatorio|promemoria|herinnering",
    "priority": "prioritat|wichtigkeit|priorite|prioridad|priorita|prioriteit",
    "status": "task status|state|done|completed|aufgabenstatus|erledigt|statut|fait|estado|hecho|stato|fatto|gedaan",
    "done_at": "completed at|completed on|completed date|completion date|date completed|done on|erledigt am|"
    "termine le|completada el|completato il|voltooid op",
    "recurrence": "repeats|repeat|rrule|recurrence rule|wiederholung|recurrence regel|repetition|repeticion|"
    "ripetizione|herhaling",
    "contact": _DEAL["contact"],
    "company": _PERSON["company"],
    "deal": _ACTIVITY["deal"],
    "lead": _ACTIVITY["lead"],
    "tags": _RECORD["tags"],
    "notes": _RECORD["notes"] + "|body|text|details|task notes|beschreibung|inhalt",
    "owner": "",
}
_EVENT: Final = {
    "external_key": "event id|record id",
    "title": "subject|summary|event|event title|name|what|betreff|titel|termin|titre|objet|asunto|titulo|oggetto|"
    "titolo",
    "starts_at": "start|starts|begins|begin|from|start date|start time|dtstart|beginn|anfang|von|debut|inicio|inizio",
    "ends_at": "end|ends|to|until|end date|end time|dtend|ende|bis|fin|fine|einde",
    "time_zone": "zone|tz|timezone|zeitzone|fuseau horaire|zona horaria|fuso orario",
    "location": "where|place|room|ort|raum|lieu|lugar|luogo|plaats",
    "conference_url": "meeting link|video link|link|conference",
    "status": "state",
    "recurrence": "repeats|rrule|wiederholung",
    "contact": _DEAL["contact"],
    "company": _PERSON["company"],
    "deal": _ACTIVITY["deal"],
    "attendees": "guests|invitees|participants|required attendees|teilnehmer|invites|participantes|partecipanti",
    "excluded": "exdate|excluded dates|exceptions",
    "added": "rdate|added dates",
    "alarms": "reminders|reminder minutes",
    "calendar_uid": "ical uid|icaluid|calendar id",
    "sequence": "",
    "occurrence_at": "recurrence id",
    "transparency": "show as",
    "visibility": "privacy|private",
    "tags": _RECORD["tags"] + "|categories|kategorien",
    "notes": _RECORD["notes"] + "|body|description|beschreibung",
    "owner": "",
}
DURATION_WORDS: Final = frozenset(
    ["duration", "length", "dauer", "duree", "duracion", "durata", "duur", "gesprachsdauer"]
)
UNIT_OF_WORD: Final = {
    **dict.fromkeys(("minutes", "minute", "min", "mins", "minuten", "minutos", "minuti"), "min"),
    **dict.fromkeys(("hours", "hour", "h", "hrs", "stunden", "std", "heures", "horas", "ore", "uren"), "h"),
}

WORDS: Final[dict[EntityKind, dict[str, str]]] = {
    EntityKind.CONTACT: {"external_key": "contact id|" + _KEY, **_PERSON, **_REACH, **_PLACE, **_RECORD},
    EntityKind.COMPANY: {
        "external_key": "company id|account id|" + _KEY,
        **_FIRM,
        **_REACH,
        **_PLACE,
        **_RECORD,
    },
    EntityKind.ACTIVITY: _ACTIVITY,
    EntityKind.LEAD: {"external_key": "lead id|" + _KEY, **_LEAD},
    EntityKind.DEAL: _DEAL,
    EntityKind.TASK: _TASK,
    EntityKind.EVENT: _EVENT,
}
