"""The exact columns of exports of HubSpot, Salesforce, Pipedrive, Google Contacts and Outlook, folded.

Only what the general names of `header_words` would miss or mistake stands here; a target of ""
leaves a column out on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from services.importing.vendor_sales import (
    HUBSPOT_SALES,
    OTHER_SYSTEMS_OWNER,
    PIPEDRIVE_SALES,
    SALESFORCE_SALES,
    targets,
)
from services.records.fields import EntityKind
from services.values.text import fold


@dataclass(frozen=True, slots=True)
class Vendor:
    """A program whose exports are known: its name, the columns that give it away, and their targets.

    `signs` are sets of folded headers; one of them must be there completely. `prefix` is cut from headers.
    """

    name: str
    signs: tuple[frozenset[str], ...]
    targets: dict[EntityKind, dict[str, str]] = field(default_factory=dict)
    prefix: re.Pattern[str] | None = None

    def is_source_of(self, headers: Collection[str]) -> bool:
        """Whether folded headers are those of an export of this program."""
        present = set(headers)
        return any(sign <= present for sign in self.signs)

    def target(self, entity: EntityKind, header: str) -> str | None:
        """The target this program's column has, "" for none, None where the general names decide."""
        folded = fold(header)
        if self.prefix is not None:
            folded = self.prefix.sub("", folded, count=1)
        return self.targets.get(entity, {}).get(folded)

    def bare(self, header: str) -> str:
        """The header without what this program writes before every one of them."""
        folded = fold(header)
        return self.prefix.sub("", folded, count=1) if self.prefix is not None else folded


def _signs(*texts: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text.split("|")) for text in texts)


HUBSPOT: Final = Vendor(
    "HubSpot",
    _signs(
        "record id|lifecycle stage",
        "record id|contact owner",
        "record id|company owner",
        "record id|create date",
        "record id|lead status",
        "record id|lead name",
        "deal name|deal stage",
        "record id|task title",
    ),
    {
        **HUBSPOT_SALES,
        EntityKind.CONTACT: targets(
            external_key="record id",
            phone__work="phone number",
            phone__mobile="mobile phone number",
            email="email|additional email addresses|work email",
            company="company name|associated company|associated company primary",
            lifecycle="lifecycle stage",
            none=f"{OTHER_SYSTEMS_OWNER}|lead status|create date|last activity date|"
            "associated company ids|associated company ids primary|marketing contact status|"
            "last modified date|associated deal|associated deal ids|associated note|associated note ids|"
            "record source|original source|member email",
        ),
        EntityKind.COMPANY: targets(
            external_key="record id",
            name="company name|name",
            domain="company domain name",
            website="website url",
            none=f"{OTHER_SYSTEMS_OWNER}|create date|last activity date|last modified date|lead status|"
            "associated contact|associated contact ids|associated deal|associated deal ids|description|"
            "parent company",
        ),
        EntityKind.ACTIVITY: targets(
            external_key="record id",
            type="activity type|engagement type",
            occurred_at="activity date|call start time|meeting start time|due date",
            contact="associated contact|associated contact emails|contact email",
            body="call notes|meeting notes|note body|email body|task notes|body preview",
            subject="call title|meeting name|task title|email subject|subject",
            direction="call direction|email direction|direction",
            outcome="call outcome|meeting outcome",
            duration_s="call duration",
            recorded_at="create date",
            none=f"activity assigned to|{OTHER_SYSTEMS_OWNER}|associated contact ids",
        ),
    },
)
SALESFORCE: Final = Vendor(
    "Salesforce",
    _signs(
        "account name|mailing street",
        "account name|mailing city",
        "account name|contact owner",
        "account name|billing street",
        "account name|account owner",
        "mailingcity|lastname",
        "mailingstreet|lastname",
        "accountid|lastname",
        "billingcity|name",
        "billingstreet|name",
        "whoid|activitydate",
        "opportunity name|stage",
        "opportunity name|close date",
        "stagename|closedate",
        "lead source|company account",
        "lead owner|company account",
        "leadsource|lastname",
        "lead status|lastname",
    ),
    {
        **SALESFORCE_SALES,
        EntityKind.CONTACT: targets(
            external_key="contact id|id|contact id 18|case safe id",
            company="account name|account",
            title="title",
            phone__work="phone|business phone",
            phone__mobile="mobile|mobilephone|mobile phone",
            phone__home="home phone|homephone",
            phone__other="other phone|otherphone",
            phone__fax="fax|business fax",
            address="mailing street|mailingstreet|mailing address line 1|mailing address line 2|mailing address line 3",
            city="mailing city|mailingcity",
            region="mailing state province|mailingstate|mailing state|mailing province|"
            "mailing state province text only",
            postal_code="mailing zip postal code|mailingpostalcode|mailing postal code",
            country="mailing country|mailingcountry|mailing country text only",
            address__other="other street|otherstreet",
            city__other="other city|othercity",
            region__other="other state province|otherstate|other state",
            postal_code__other="other zip postal code|otherpostalcode",
            country__other="other country|othercountry",
            notes="description|contact description",
            birthday="birthdate",
            none=f"{OTHER_SYSTEMS_OWNER}|salutation|accountid|account id|department|lead source|"
            "leadsource|last activity|last modified date|lastmodifieddate|created date|createddate|"
            "email opt out|hasoptedoutofemail|donotcall|do not call|reportstoid|reports to|assistant|"
            "assistantname|asst phone|assistantphone|isdeleted|masterrecordid|mailinglatitude|"
            "mailinglongitude|mailing address|systemmodstamp|lastactivitydate|createdbyid|"
            "lastmodifiedbyid|photourl|individualid|contact owner alias|account site",
        ),
        EntityKind.COMPANY: targets(
            external_key="account id|id",
            name="account name|name",
            address="billing street|billingstreet|billing address line 1|billing address line 2",
            city="billing city|billingcity",
            region="billing state province|billingstate|billing state",
            postal_code="billing zip postal code|billingpostalcode",
            country="billing country|billingcountry",
            phone__work="phone|account phone",
            phone__fax="fax|account fax",
            size="employees|numberofemployees|number of employees",
            notes="description|account description",
            none=f"{OTHER_SYSTEMS_OWNER}|type|rating|parentid|parent account|shipping street|"
            "shippingstreet|shipping city|shippingcity|shipping state province|shippingstate|"
            "shipping zip postal code|shippingpostalcode|shipping country|shippingcountry|annualrevenue|"
            "annual revenue|account site|created date|createddate|last modified date|lastmodifieddate|"
            "last activity|isdeleted|billing address",
        ),
        EntityKind.ACTIVITY: targets(
            external_key="activity id|id",
            contact="contact email|email|whoid|contact id",
            company="company account|account name",
            occurred_at="date|activitydate|start|startdatetime",
            type="type|task subtype|tasksubtype|activity type",
            body="full comments|description|comments",
            duration_s="call duration|calldurationinseconds",
            outcome="call result|calldisposition",
            recorded_at="created date|createddate",
            none=f"{OTHER_SYSTEMS_OWNER}|assigned|priority|status|whatid",
        ),
    },
    re.compile(r"^contact (?=(?:first|last|full) name$)"),
)
PIPEDRIVE: Final = Vendor(
    "Pipedrive",
    _signs(
        "person name",
        "person id",
        "organization name|organization owner",
        "organization name|organization id",
        "activity subject",
        "deal title",
        "lead title",
        "lead contact person",
    ),
    {
        **PIPEDRIVE_SALES,
        EntityKind.CONTACT: targets(
            external_key="id",
            full_name="name",
            tags="label|labels",
            company="organization|organization name",
            formatted_address="postal address|full combined address of postal address",
            address="street road name of postal address|house number of postal address|"
            "apartment suite no of postal address",
            city="city town village locality of postal address",
            region="state county of postal address|region of postal address",
            postal_code="zip postal code of postal address",
            country="country of postal address",
            none="owner|organization id|open deals|closed deals|won deals|lost deals|total activities|"
            "done activities|activities to do|email messages count|person created|update time|"
            "last activity date|next activity date|last email received|last email sent|marketing status|"
            "visible to|profile picture|instant messenger|district sublocality of postal address",
        ),
        EntityKind.COMPANY: targets(
            external_key="id",
            name="name",
            tags="label|labels",
            formatted_address="address|full combined address of address",
            address="street road name of address|house number of address",
            city="city town village locality of address",
            region="state county of address|region of address",
            postal_code="zip postal code of address",
            country="country of address",
            size="number of employees|employee count",
            none="owner|people|open deals|closed deals|won deals|lost deals|organization created|"
            "update time|total activities|done activities|activities to do|last activity date|"
            "next activity date|visible to",
        ),
        EntityKind.ACTIVITY: targets(
            external_key="id",
            contact="contact person|person email|email work",
            company="organization",
            occurred_at="due date|marked as done time",
            recorded_at="add time",
            body="note|public description",
            duration_s="duration",
            none="assigned to user|creator|done|deal|lead|due time|location|priority|update time",
        ),
    },
    re.compile(r"^(?:person|organization|activity|deal|lead) (?=.)"),
)
_GOOGLE_SHARED: Final = targets(
    full_name="name",
    first_name="first name|given name",
    middle_name="middle name|additional name",
    last_name="last name|family name",
    tags="labels|group membership",
    company="organization name",
    title="organization title",
    none="phonetic first name|phonetic middle name|phonetic last name|yomi name|given name yomi|"
    "additional name yomi|family name yomi|name prefix|name suffix|nickname|file as|initials|short name|"
    "maiden name|gender|location|billing information|directory server|mileage|occupation|hobby|"
    "sensitivity|priority|subject|photo|organization department|custom field",
)
GOOGLE: Final = Vendor(
    "Google Contacts",
    _signs(
        "first name|labels|organization name",
        "first name|phonetic first name",
        "given name|group membership",
        "given name|yomi name",
        "first name|e mail 1 value",
    ),
    {EntityKind.CONTACT: _GOOGLE_SHARED},
)
OUTLOOK: Final = Vendor(
    "Outlook",
    _signs(
        "e mail address|business phone",
        "e mail address|e mail display name",
        "e mail address|business street",
    ),
    {
        EntityKind.CONTACT: targets(
            first_name="first name",
            last_name="last name",
            title="job title",
            email="e mail address|e mail 2 address|e mail 3 address",
            phone__work="business phone|business phone 2",
            phone__main="company main phone|primary phone",
            phone__home="home phone|home phone 2",
            phone__mobile="mobile phone|car phone",
            phone__other="other phone",
            phone__fax="business fax|home fax|other fax",
            phone__pager="pager",
            address__work="business street|business street 2|business street 3|business address po box",
            city__work="business city",
            region__work="business state",
            postal_code__work="business postal code",
            country__work="business country region|business country",
            address__home="home street|home street 2|home street 3|home address po box",
            city__home="home city",
            region__home="home state",
            postal_code__home="home postal code",
            country__home="home country region|home country",
            address__other="other street|other street 2|other street 3|other address po box",
            city__other="other city",
            region__other="other state",
            postal_code__other="other postal code",
            country__other="other country region|other country",
            tags="categories",
            website="web page|personal web page",
            none="title|suffix|department|assistant s phone|callback|isdn|radio phone|tty tdd phone|"
            "telex|account|anniversary|assistant s name|billing information|children|directory server|"
            "e mail type|e mail display name|e mail 2 type|e mail 2 display name|e mail 3 type|"
            "e mail 3 display name|gender|government id number|hobby|initials|internet free busy|"
            "keywords|language|location|manager s name|mileage|office location|organizational id number|"
            "priority|private|profession|referred by|sensitivity|spouse|user 1|user 2|user 3|user 4|"
            "nickname|given yomi|surname yomi|company yomi|schools|im address",
        )
    },
)
OUTLOOK_GERMAN: Final = Vendor(
    "Outlook",
    _signs("e mail adresse|telefon geschaftlich", "e mail adresse|e mail angezeigter name"),
    {
        EntityKind.CONTACT: targets(
            middle_name="weitere vornamen",
            title="position",
            email="e mail adresse|e mail 2 adresse|e mail 3 adresse",
            phone__work="telefon geschaftlich|telefon geschaftlich 2",
            phone__main="telefon firma|haupttelefon",
            phone__home="telefon privat|telefon privat 2",
            phone__mobile="mobiltelefon|mobiltelefon 2|autotelefon",
            phone__other="weiteres telefon",
            phone__fax="fax geschaftlich|fax privat|weiteres fax",
            phone__pager="pager",
            address__work="strasse geschaftlich|strasse geschaftlich 2|strasse geschaftlich 3|postfach geschaftlich",
            city__work="ort geschaftlich",
            region__work="region geschaftlich|bundesland kanton geschaftlich",
            postal_code__work="postleitzahl geschaftlich",
            country__work="land region geschaftlich",
            address__home="strasse privat|strasse privat 2|strasse privat 3|postfach privat",
            city__home="ort privat",
            region__home="bundesland kanton privat|region privat",
            postal_code__home="postleitzahl privat",
            country__home="land region privat",
            address__other="weitere strasse|weitere strasse 2|weitere strasse 3|weiteres postfach",
            city__other="weiterer ort",
            region__other="weiteres r bundesland kanton|weitere region",
            postal_code__other="weitere postleitzahl",
            country__other="weiteres e land region|weiteres land region",
            tags="kategorien",
            website="webseite",
            none="anrede|suffix|abteilung|telefon assistent|ruckmeldung|isdn|telefon fur horbehinderte|"
            "telex|abrechnungsinformation|assistent in|name assistent|benutzer 1|benutzer 2|benutzer 3|"
            "benutzer 4|beruf|buro|e mail typ|e mail angezeigter name|e mail 2 typ|"
            "e mail 2 angezeigter name|e mail 3 typ|e mail 3 angezeigter name|empfohlen von|geschlecht|"
            "hobby|initialen|internet frei gebucht|jahrestag|kinder|konto|name des der vorgesetzten|"
            "name des r vorgesetzten|organisations nr|organisationsnr|ort|partner|prioritat|privat|"
            "regierungs nr|regierungsnr|reisekilometer|sprache|stichworter|vertraulichkeit|"
            "verzeichnisserver",
        )
    },
)
VENDORS: Final = (HUBSPOT, SALESFORCE, GOOGLE, PIPEDRIVE, OUTLOOK, OUTLOOK_GERMAN)


def find_vendor(headers: Collection[str]) -> Vendor | None:
    """The program whose export a file with these columns is, if it is a known one."""
    folded = [fold(header) for header in headers]
    return next((vendor for vendor in VENDORS if vendor.is_source_of(folded)), None)
