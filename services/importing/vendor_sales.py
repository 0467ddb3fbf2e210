"""The columns of leads, deals and tasks in exports of HubSpot, Salesforce and Pipedrive, folded.

Owners are left out as for contacts: who works in another program seldom works here under the same name.
"""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind

OTHER_SYSTEMS_OWNER: Final = (
    "contact owner|company owner|account owner|owner id|ownerid|owner|contact owner alias|deal owner|lead owner|"
    "opportunity owner|opportunity owner alias|lead owner alias|owner role|owner email"
)


def targets(**headers: str) -> dict[str, str]:
    """Headers by target written as keyword: `phone__work` is "phone:work", `none` is ""."""
    return {
        header: "" if target == "none" else target.replace("__", ":")
        for target, names in headers.items()
        for header in names.split("|")
    }


HUBSPOT_SALES: Final = {
    EntityKind.LEAD: targets(
        external_key="record id",
        name="lead name",
        phone__work="phone number",
        phone__mobile="mobile phone number",
        email="email|additional email addresses|work email",
        company="company name|associated company|associated company primary",
        status="lead status|lead stage",
        source="original source|original traffic source|lead source|record source",
        none=f"{OTHER_SYSTEMS_OWNER}|create date|last activity date|lifecycle stage|associated company ids|"
        "associated company ids primary|associated contact ids|last modified date|member email|"
        "marketing contact status|number of times contacted|lead label|lead type",
    ),
    EntityKind.DEAL: targets(
        external_key="record id|deal id",
        title="deal name",
        company="associated company primary|associated company names primary|associated company names|"
        "associated company|primary company",
        company_key="associated company ids primary|associated company ids",
        contact="associated contact|associated contact names|associated contact emails|associated contact ids|"
        "associated contacts",
        stage="deal stage",
        pipeline="pipeline",
        # One date for both: the day that is expected, then the day on which the deal was closed.
        expected_close="close date",
        stage_entered_at="date entered current stage|stage date entered current stage",
        loss_reason="closed lost reason",
        notes="deal description|description",
        next_step="next step",
        tags="deal tags",
        # A share that follows from the stage, which says it here too.
        none=f"{OTHER_SYSTEMS_OWNER}|create date|last activity date|last modified date|deal type|closed won reason|"
        "deal probability|amount in company currency|weighted amount|forecast amount|is closed won|is closed lost|"
        "is deal closed|days to close|next activity date|record source|annual recurring revenue|"
        "annual contract value|total contract value|monthly recurring revenue|last contacted|"
        "number of sales activities|number of associated contacts",
    ),
    EntityKind.TASK: targets(
        external_key="record id|task id",
        title="task title|title",
        due_at="due date",
        priority="priority|task priority",
        status="task status|status",
        notes="task notes|notes|body preview",
        contact="associated contact|associated contact emails|associated contact ids",
        company="associated company|associated company primary",
        deal="associated deal ids|associated deal",
        done_at="completed at|completion date",
        remind_at="reminder date|reminder",
        none=f"{OTHER_SYSTEMS_OWNER}|create date|task type|assigned to|queue|last modified date|"
        "associated company ids|associated company ids primary",
    ),
}
SALESFORCE_SALES: Final = {
    EntityKind.LEAD: targets(
        external_key="lead id|id|lead id 18",
        company="company account|company",
        title="title",
        phone__work="phone|business phone",
        phone__mobile="mobile|mobilephone|mobile phone",
        phone__fax="fax",
        address="street|address line 1|address line 2|address line 3",
        region="state province|state|state province text only",
        postal_code="zip postal code|postalcode",
        source="lead source|leadsource",
        status="lead status|status",
        notes="description",
        none=f"{OTHER_SYSTEMS_OWNER}|salutation|rating|created date|createddate|last modified date|lastmodifieddate|"
        "last activity|lastactivitydate|isconverted|converted|isdeleted|convertedaccountid|convertedcontactid|"
        "convertedopportunityid|converteddate|converted date|masterrecordid|latitude|longitude|unread by owner|"
        "isunreadbyowner|industry|annualrevenue|annual revenue|numberofemployees|no of employees|email opt out|"
        "hasoptedoutofemail|donotcall|do not call|systemmodstamp|createdbyid|lastmodifiedbyid|photourl|individualid",
    ),
    EntityKind.DEAL: targets(
        external_key="opportunity id|id|opportunity id 18",
        title="opportunity name|name",
        company="account name|account",
        company_key="accountid|account id",
        contact="contactid|contact id|primary contact email|contact email|primary contact|contact name|contact",
        stage="stage|stagename",
        amount="amount",
        currency="amount currency|currencyisocode|opportunity currency|currency",
        expected_close="close date|closedate",
        probability="probability",
        stage_entered_at="last stage change date|laststagechangedate",
        next_step="next step|nextstep",
        forecast_category="forecast category|forecastcategoryname|forecastcategory",
        loss_reason="loss reason|closed lost reason|reason lost",
        competitor="main competitor s|main competitors|competitor",
        notes="description",
        none=f"{OTHER_SYSTEMS_OWNER}|type|lead source|leadsource|created date|createddate|last modified date|"
        "lastmodifieddate|last activity|lastactivitydate|age|fiscal period|fiscal|fiscalyear|fiscalquarter|fiscal year|"
        "isclosed|iswon|closed|won|isdeleted|isprivate|private|hasopportunitylineitem|pricebook2id|campaignid|"
        "primary campaign source|expected revenue|expectedrevenue|amount converted|amount converted currency|"
        "created by|created alias|systemmodstamp|createdbyid|lastmodifiedbyid|totalopportunityquantity|quantity|"
        "hasopenactivity|hasoverduetask|pushcount|lastamountchangedhistoryid|lastclosedatechangedhistoryid",
    ),
    EntityKind.TASK: targets(
        external_key="activity id|id|task id",
        title="subject",
        contact="contact email|email|whoid|contact id|contact",
        company="company account|account name",
        deal="opportunity|whatid|related to",
        due_at="due date|date|activitydate",
        priority="priority",
        status="status",
        remind_at="reminder date time|reminderdatetime",
        recurrence="recurrenceregeneratedtype",
        notes="full comments|description|comments",
        done_at="completed date time|completeddatetime",
        none=f"{OTHER_SYSTEMS_OWNER}|assigned|assigned role|type|task subtype|tasksubtype|task|event|created date|"
        "createddate|isclosed|isdeleted|accountid|call duration|isrecurrence|lead",
    ),
}
PIPEDRIVE_SALES: Final = {
    EntityKind.LEAD: targets(
        external_key="id|pipedrive system id",
        # What a lead is called there is no job; who it is stands beside it.
        name="contact person|name",
        notes="title|note",
        company="organization|organization name",
        tags="label|labels",
        source="source channel|source|source origin|origin",
        email="email|email work|email home|email other",
        phone__work="phone work|phone",
        phone__mobile="phone mobile",
        none=f"{OTHER_SYSTEMS_OWNER}|creator|value|currency of value|lead created|creation date|update time|"
        "expected close date|next activity date|seen|archived|archive time|source channel id|source origin id|"
        "visible to|url",
    ),
    EntityKind.DEAL: targets(
        external_key="id|pipedrive system id",
        title="title",
        amount="value",
        currency="currency of value|currency|value currency",
        company="organization|organization name",
        contact="contact person|person name|contact person email|person email",
        stage="stage",
        pipeline="pipeline",
        status="status",
        won_at="won time",
        lost_at="lost time",
        closed_at="deal closed on|closed on",
        loss_reason="lost reason",
        expected_close="expected close date",
        stage_entered_at="last stage change",
        probability="probability",
        tags="label|labels",
        none=f"{OTHER_SYSTEMS_OWNER}|creator|deal created|creation date|update time|last activity date|"
        "next activity date|next activity|total activities|done activities|activities to do|email messages count|"
        "first won time|product name|product quantity|product amount|products|weighted value|"
        "currency of weighted value|visible to|last email received|last email sent|source channel|"
        "source channel id|source origin|source origin id|archive status|archive time|participants|followers|"
        "organization id|person id|acv|arr|mrr|sequence enrollment|contact linkedin url",
    ),
    EntityKind.TASK: targets(
        external_key="id",
        title="subject",
        contact="contact person|person email|email work",
        company="organization",
        deal="deal|deal title",
        due_at="due date",
        status="done|status",
        done_at="marked as done time",
        priority="priority",
        notes="note|public description",
        none="assigned to user|creator|lead|due time|location|update time|duration|add time|type",
    ),
}
