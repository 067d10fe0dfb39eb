"""Kinds of event and of day, privacy classes, departments, contract states: the closed word lists of the trade."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: its word, its abbreviation (also its colour token) and what it counts as in work rules."""

    code: str
    word: str
    abbr: str
    counts_as: str


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("staging", "staging", "RH", "rehearsal"),
        Kind("music", "music", "MU", "rehearsal"),
        Kind("choreography", "choreography", "CH", "rehearsal"),
        Kind("run", "run", "RH", "rehearsal"),
        Kind("understudy", "understudy rehearsal", "RH", "rehearsal"),
        Kind("put-in", "put-in", "RH", "rehearsal"),
        Kind("reading", "reading", "RH", "rehearsal"),
        Kind("tech", "tech", "TC", "tech"),
        Kind("dress", "dress rehearsal", "TC", "tech"),
        Kind("performance", "performance", "PF", "performance"),
        Kind("presentation", "presentation", "PF", "performance"),
        Kind("fitting", "fitting", "FT", "fitting"),
        Kind("photo", "photo call", "PR", "press"),
        Kind("press", "press", "PR", "press"),
        Kind("meeting", "meeting", "MT", "meeting"),
        Kind("class", "class", "CH", "class"),
        Kind("travel", "travel", "TR", "travel"),
        Kind("meal", "meal", "OFF", "meal"),
        Kind("day-off", "day off", "OFF", "day-off"),
        Kind("dark", "dark", "DK", "day-off"),
        Kind("other", "other", "MT", "other"),
    )
}

PLAYED_KINDS = frozenset(code for code, kind in KINDS.items() if kind.counts_as == "performance")
"""Events that are performances: they have a number, a curtain and a cast."""

REHEARSAL_KINDS = frozenset(code for code, kind in KINDS.items() if kind.counts_as in ("rehearsal", "tech"))
"""What a rehearsal day is made of."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department that gets notes; `prefix` numbers them on paper (P3), `route` sends a typed note to it."""

    code: str
    name: str
    prefix: str
    route: str


DEPARTMENTS: tuple[Department, ...] = (
    Department("scenic", "Scenic", "SC", "sc"),
    Department("props", "Props", "P", "p"),
    Department("costumes", "Costumes", "C", "c"),
    Department("hair", "Hair / Make-up", "H", "h"),
    Department("lighting", "Lighting", "LX", "lx"),
    Department("sound", "Sound", "S", "s"),
    Department("video", "Video", "V", "v"),
    Department("music", "Music", "MU", "mu"),
    Department("choreography", "Choreography", "CH", "ch"),
    Department("fight", "Fight / Intimacy", "F", "f"),
    Department("automation", "Automation", "A", "a"),
    Department("company", "Company Management", "CM", "cm"),
    Department("press", "Press / Marketing", "PR", "pr"),
    Department("stage", "Stage Management", "SM", "sm"),
)

CONTRACT_STATES: dict[str, str] = {
    "idea": "idea",
    "offer": "offer out",
    "negotiating": "negotiating",
    "agreed": "agreed in principle",
    "sent": "sent for signature",
    "signed": "signed",
    "active": "active",
    "expiring": "expiring",
    "renewed": "renewed",
    "not-renewed": "not renewed",
    "closing": "run of play closing",
    "final": "final performance",
    "departed": "departed",
    "archived": "archived",
    "leave": "leave of absence",
    "declined": "declined",
    "lapsed": "lapsed",
    "withdrawn": "withdrawn",
    "terminated": "terminated",
}

PRIVACY = ("Public", "Company", "Team", "Management", "Restricted", "Personal")
"""Privacy classes from open to closed; a page or export carries exactly one."""

JOB_GROUPS: dict[str, str] = {
    "producers": "Producers",
    "management": "Management",
    "creative": "Creative",
    "stage": "Stage management",
    "music": "Music",
    "cast": "Cast",
    "swings": "Swings",
    "crew": "Crew",
    "house": "House",
    "press": "Press",
    "other": "Others",
}

_WORDS_OF_JOB_GROUPS = (
    ("stage", "stage manager|stage management|psm|sm|asm|dsm|production assistant"),
    ("music", "music director|musical director|music supervisor|conductor|pianist|accompanist|rehearsal piano"),
    ("crew", "technical director"),
    ("producers", "producer"),
    ("management", "company manager|general manager|production manager"),
    ("press", "press|publicist|publicity"),
    ("house", "house manager|front of house|usher|box office"),
    ("creative", "director|choreographer|composer|lyricist|lyrics|book|designer|dramaturg|playwright"),
)
"""What a job is called, in the order in which it counts: a music director is no director."""


def job_group(name: str) -> str:
    """The group a job most likely belongs to by its words; what nothing is known of is crew."""
    for group, words in _WORDS_OF_JOB_GROUPS:
        if re.search(rf"\b(?:{words})s?\b", name, re.IGNORECASE):
            return group
    return "crew"


ASSIGNMENT_KINDS: dict[str, str] = {
    "principal": "principal",
    "ensemble": "ensemble",
    "swing": "swing",
    "standby": "standby",
    "alternate": "alternate",
    "cover": "understudy",
    "job": "job",
}

ASSIGNMENT_ORDER = {kind: place for place, kind in enumerate(ASSIGNMENT_KINDS)}
"""In which order a call, a sheet and a list name people."""

ON_STAGE = ("principal", "ensemble")
"""Who plays a track unless somebody goes on instead."""
ON_BENCH = ("swing", "standby", "alternate")
"""Who comes to a performance without a track of the night."""

TRACK_KINDS = ("principal", "ensemble", "swing")
NUMBER_STATES = ("in", "new", "revised", "cut", "restored")
"""What a musical number has become since the last draft."""

PRODUCTION_KINDS: dict[str, str] = {
    "run": "run",
    "workshop": "workshop",
    "reading": "reading",
    "other": "other",
}

READINESS = ("none", "learning", "rehearsed", "put-in", "performed")
"""How far a cover is with a track."""

AGREEMENTS = (
    "AEA Production",
    "AEA Development Agreement",
    "AEA 29-hour staged reading",
    "AEA Off-Broadway",
    "AEA LORT",
    "AEA Short Engagement Touring",
    "AEA Small Professional Theatre",
    "AEA Cabaret",
    "AEA Guest Artist",
    "AEA Special Agreement",
    "SDC",
    "USA 829",
    "AFM 802",
    "IATSE Local One",
    "IATSE 764",
    "IATSE 798",
    "ATPAM",
    "Dramatists Guild APC",
    "Teamsters 817",
    "Letter of agreement",
)
"""Agreements offered for choosing; any other text may be typed."""

OPTION_HOLDERS: dict[str, str] = {"producer": "producer", "actor": "actor"}
RIDER_KINDS: dict[str, str] = {
    "term": "Term rider",
    "leave": "Leave",
    "permission": "Permission",
    "out": "Out",
    "captain": "Captain",
    "credit": "Billing",
    "other": "Rider",
}
"""Kinds offered for choosing; a file may hold others, which are shown as they are."""

RIDER_STATES: dict[str, str] = {"asked": "asked", "open": "open", "signed": "signed", "ended": "ended"}

AVAILABILITY_KINDS: dict[str, str] = {
    "unavailable": "unavailable",
    "out": "out",
    "vacation": "vacation",
    "leave": "leave",
    "personal": "personal day",
    "sick": "sick",
    "release": "release",
    "blackout": "blackout",
    "school": "school",
}
HARDNESS: dict[str, str] = {"hard": "cannot", "soft": "would rather not", "if-needed": "only if needed"}

PERFORMANCE_TYPES: dict[str, str] = {
    "preview": "preview",
    "press": "press performance",
    "performance": "performance",
    "final": "final performance",
    "presentation": "presentation",
}

OUT_REASONS: dict[str, str] = {
    "sick": "sick",
    "vacation": "vacation",
    "personal": "personal day",
    "injury": "injury",
    "release": "rehearsal release",
    "other": "other",
}
