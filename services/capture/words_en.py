"""The English words that quick capture reads by, folded: a form a rep types is added here."""

from __future__ import annotations

from typing import Final

from services.capture.vocabulary import Deed, Vocabulary
from services.records.capture import CaptureKind

_CALL, _EMAIL, _MEETING = CaptureKind.CALL, CaptureKind.EMAIL, CaptureKind.MEETING
_TASK, _NOTE = CaptureKind.TASK, CaptureKind.NOTE

ENGLISH: Final = Vocabulary(
    weekdays=(
        "monday|mondays|mon",
        "tuesday|tuesdays|tue|tues",
        "wednesday|wednesdays|wed|weds",
        "thursday|thursdays|thu|thur|thurs",
        "friday|fridays|fri",
        "saturday|saturdays|sat",
        "sunday|sundays|sun",
    ),
    months=(
        "january|jan",
        "february|feb",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sep|sept",
        "october|oct",
        "november|nov",
        "december|dec",
    ),
    near={
        -2: "the day before yesterday|day before yesterday",
        -1: "yesterday|last night|yday",
        0: "today|tonight|this morning|this afternoon|this evening|eod|cob|end of day|end of business|"
        "by end of day|later today",
        1: "tomorrow|tmrw|tmr|tomorow|tommorow|tommorrow|2moro|tmw",
        2: "the day after tomorrow|day after tomorrow",
    },
    which={
        "this": "this",
        "next": "next",
        "coming": "coming|upcoming|this coming",
        "last": "last|past",
    },
    units={
        "minute": "minute|minutes|min|mins",
        "hour": "hour|hours|h|hr|hrs",
        "day": "day|days",
        "week": "week|weeks|wk|wks",
        "month": "month|months",
        "quarter": "quarter|quarters",
        "year": "year|years|yr|yrs",
    },
    numbers={
        1: "one|a|an",
        2: "two|a couple of",
        3: "three",
        4: "four",
        5: "five",
        6: "six",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve",
        14: "fourteen",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
    },
    edges={
        "start": "start of|beginning of|early|the start of|the beginning of",
        "middle": "mid|middle of|the middle of",
        "end": "end of|the end of|late",
    },
    ends={"week": "eow", "month": "eom", "quarter": "eoq", "year": "eoy"},
    day_leads="on|by|until|till|before|for|due|from|to|in|at|of|since|due on|due by|starting",
    day_joints="of|the",
    time_leads="between|at|by|from|around|about|before|after|until|till|for|@",
    counted_leads="in|within",
    ago="ago",
    ago_first="",
    no_day="no date|no due date|without a date|someday|some day|sometime|some time",
    idioms={14: "in a fortnight|a fortnight from now", 7: "a week from now|a week from today", -14: "a fortnight ago"},
    positions={1: "first|1st", 2: "second|2nd", 3: "third|3rd", 4: "fourth|4th", -1: "last"},
    numbered_weeks="week|cw",
    weekends="weekend",
    ordinal_signs="st|nd|rd|th",
    day_parts={
        "morning": "morning|in the morning|this morning|am early",
        "afternoon": "afternoon|in the afternoon|this afternoon",
        "evening": "evening|in the evening|tonight|this evening|night|at night",
        "noon": "noon|midday|at noon|lunchtime",
        "midnight": "midnight|at midnight",
    },
    oclock="o clock|oclock",
    half={"past": "half past|half"},
    quarters={15: "quarter past|a quarter past|quarter after", -15: "quarter to|a quarter to|quarter of"},
    every="every|each",
    every_other="every other|every second|each other|every 2nd",
    rules={
        "FREQ=DAILY": "every day|daily",
        "FREQ=WEEKLY": "every week|weekly",
        "FREQ=WEEKLY;INTERVAL=2": "every other week|fortnightly|biweekly|every fortnight|every second week",
        "FREQ=MONTHLY": "every month|monthly",
        "FREQ=MONTHLY;INTERVAL=3": "every quarter|quarterly|each quarter",
        "FREQ=YEARLY": "every year|yearly|annually",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": "every weekday|weekdays|every working day|every workday",
    },
    deeds=(
        (
            Deed(_CALL),
            "call|call back|talk to|talk with|speak to|speak with|ring|ring back|phone|give a call|callback",
        ),
        (Deed(_CALL, is_noun=True), "phone call|voicemail|call with|chat|chat with|catch up|catch up with"),
        (
            Deed(_CALL, done=True),
            "called|called back|rang|phoned|spoke|spoke with|spoke to|spoken|talked|talked to|"
            "talked with|chatted|left voicemail|left a voicemail|left a message|had a call|missed call|missed a call|"
            "just called|got a call|call from|missed call from",
        ),
        (Deed(_EMAIL, to_somebody=True), "write|write to"),
        (Deed(_EMAIL), "email|e mail|mail|reply|reply to|respond to|answer|forward"),
        (
            Deed(_EMAIL, done=True),
            "emailed|e mailed|mailed|wrote|wrote to|replied|replied to|sent an email|"
            "sent email|sent an e mail|answered",
        ),
        (Deed(_MEETING), "meet|meet with|visit"),
        (
            Deed(_MEETING, is_noun=True),
            "meeting|mtg|lunch|coffee|dinner|breakfast|demo|appointment|zoom|drinks|"
            "workshop|webinar|sync|stand up|standup|kick off|kickoff|teams meeting|site visit|get together|1 on 1",
        ),
        (
            Deed(_MEETING, done=True),
            "met|met with|visited|presented|demoed|had lunch|had coffee|had dinner|"
            "had a meeting|had a great meeting|had a good meeting|lunched|dined|saw",
        ),
        (
            Deed(_TASK),
            "send|prepare|chase|chase up|check|check in|check on|ask|add|book|update|finish|order|review|"
            "agree|cancel|move|reschedule|postpone|introduce|get|renew|buy|draft|fix|show|tidy|tidy up|read|drive|"
            "organise|organize|submit|create|file|remind|make|do|print|pay|collect|deliver|confirm|follow up on|"
            "sign|clean|clean up|research|look up|look into|find|upload|share|"
            "approve|discuss|negotiate|complete|close|invite|request|get back to|ping|nudge|pick up|bring|return|"
            "upgrade|try again|try|grant",
        ),
        (Deed(_TASK, yields=True), "follow up with|follow up"),
        (Deed(_TASK, first_only=True), "invoice|quote|contract|report|mark|bill|plan|record|note down|pitch"),
        (
            Deed(None, wraps=True),
            "set up|remind me to|remind me|need to|needs to|have to|must|want to|schedule|arrange|"
            "plan|todo|to do|to do list|task|don t forget to|remember to|let s|i will|i ll|we will|should|going to|"
            "will|can you|please",
        ),
        (
            Deed(None, done=True),
            "sent|lost|won|signed|paid|closed|delivered|had|agreed|decided|confirmed|was|"
            "received|heard|got|left|ordered",
        ),
        (
            Deed(None, done=True, failed=True),
            "didn t reach|did not reach|couldn t reach|could not reach|no answer|"
            "no reply|not reached|unreachable|no show",
        ),
    ),
    splits=((Deed(_CALL, done=True), "left", "message|voicemail"),),
    compound_ends={},
    went="went well|went great|went badly|went ok|went fine|was good|was great|was fine|was bad|went",
    praise="great|good|nice|productive|excellent|bad|short|long|useful|lovely",
    explicit={
        _NOTE: "note|memo|fyi|nb",
        _TASK: "task|todo|to do",
        _CALL: "call|phone call",
        _EMAIL: "email|e mail|mail",
        _MEETING: "meeting|event|appointment",
    },
    evening_deeds="dinner|drinks",
    priorities={
        "urgent": "urgent|urgently|asap|as soon as possible|p1|critical|top priority",
        "high": "important|p2|high priority|prio high|high prio",
        "normal": "p3|normal priority",
        "low": "p4|low priority|low prio",
    },
    denials="not|no|never|isn t|isnt|less",
    factors={1_000: "k|thousand|grand|tsd", 1_000_000: "m|mio|mn|million|millions|mill", 1_000_000_000: "bn|billion"},
    money_words={"USD": "dollars|dollar|bucks|buck", "EUR": "euros|euro", "GBP": "pounds|pound|quid", "JPY": "yen"},
    offers="quote|offer|deal|budget|proposal|price|order value|worth|invoice|licence fee|value|estimate|revenue",
    counted_things="users|user|seats|seat|licences|licence|licenses|people|persons|employees|units|pcs|pieces|km|"
    "customers|halls|rooms|hours|days|weeks|months|years|minutes|items|views|visitors|followers|subscribers|devices|"
    "percent|kg|miles",
    articles="the|a|my|our|your|their|his|her|its",
    pronouns="i|we|you|he|she|they|it|who|which|that",
    name_leads="with|w|to|for|from|by|and|about|ask|tell|via|of|cc|re|attn|remind|introduce|dear|hi|hello|at|ping|"
    "chase|send|show|invite|contact|see|meet|thank|text|let",
    company_leads="at|from|for|with|to|by|of|visit|via",
    joints="and|plus",
    honorifics="mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam",
    greetings="best regards|kind regards|regards|best wishes|best|cheers|sincerely|yours sincerely|many thanks|thanks",
    new_people="new contact|new person|new lead|new customer|add contact|add person|add lead|contact",
    said="says|say|said|wants|want|wanted|needs|need|needed|asks|asked|is|are|was|has|have|had|will|likes|prefers|"
    "thinks|agreed|called|rang|emailed|wrote|replied|confirmed|decided|would|could|can|may|told|hopes|plans|signed|"
    "left|joined|moved|ordered|bought|paid|accepted|declined|cancelled|interested|asking|waiting",
    fillers="then|also|again|just|please|re|still|maybe|perhaps|so|now",
)
