"""The columns of every kind of CSV file, declared once: import, export, `--help` and the help page use them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is the heading; `aliases` are other headings that mean it; `about` says what belongs in a cell."""

    key: str
    name: str
    about: str
    required: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file; `about` is the sentence over its columns."""

    code: str
    title: str
    about: str
    columns: tuple[Column, ...]
    example: str


_PRODUCTION = Column(
    "production", "production", "code or name; may be left out when the file has one", aliases=("show",)
)

PEOPLE = Kind(
    "people",
    "People",
    "One row a person. Somebody with the same name or e-mail address is the same person and is not added twice.",
    (
        Column("name", "name", "as printed; one word is enough", required=True, aliases=("full name", "person")),
        Column("sort_name", "sort name", "how it is filed; otherwise it follows from the name"),
        Column("pronouns", "pronouns", ""),
        Column("phone", "phone", "", aliases=("mobile", "cell", "telephone", "tel")),
        Column("email", "e-mail", "", aliases=("mail", "e-mail address")),
        Column("organisation", "organisation", "", aliases=("organization", "company")),
        _PRODUCTION,
        Column("role", "role", "characters played, parted by ;", aliases=("roles", "character", "characters")),
        Column("track", "track", "code of the track; otherwise it follows from the role"),
        Column("kind", "kind", "principal, ensemble, swing, standby, alternate or understudy"),
        Column("job", "job", "what they do off stage", aliases=("position", "title")),
        Column("group", "group", "where the job stands on lists: producers, management, creative, stage management, "
               "music, cast, swings, crew, house, press, others"),
        Column("agent", "agent", ""),
        Column("agency", "agency", ""),
        Column("agent_phone", "agent phone", ""),
        Column("agent_email", "agent e-mail", ""),
        Column("note", "note", "", aliases=("notes",)),
    ),
    "name,e-mail,role,kind\nZoë Łukasik,zoe@example.com,Marilyn,principal\nO'Neill,,,swing\n",
)  # fmt: skip

BREAKDOWN = Kind(
    "breakdown",
    "Breakdown",
    "One row a scene, and one more for each song in it. Every further column is a character or track; a mark in its "
    "cell says how it takes part: ● speaks, S sings, D dances, ○ silent, x on.",
    (
        Column("act", "act", "number of the act; otherwise it follows from a scene such as 2.3"),
        Column("scene", "scene", "number as spoken: 1.5", required=True, aliases=("scene number", "sc")),
        Column("title", "title", "", aliases=("scene title", "scene name", "location")),
        Column("pages", "pages", "12 or 12-15 or 34A-36", aliases=("page", "pp")),
        Column("minutes", "minutes", "7 or 7:30, rounded up", aliases=("length", "running time", "min")),
        Column("song", "number", "title of the song or dance", aliases=("song", "musical number")),
        Column("characters", "characters", "instead of one column each: names parted by ;", aliases=("people", "who")),
        _PRODUCTION,
    ),
    "act,scene,title,pages,minutes,number,Marilyn,DiMaggio\n1,1.1,Hollywood,1-4,6,,●,x\n"
    "1,1.1,,,4,Let Me Be Your Star,S,\n",
)  # fmt: skip

AVAILABILITY = Kind(
    "availability",
    "Availability",
    "One row for each time somebody or a room is not free.",
    (
        Column("person", "person", "name of somebody on file", aliases=("name", "who")),
        Column("room", "room", "instead of a person", aliases=("space",)),
        Column("date", "date", "2027-01-14, or 2027-01-14 to 2027-01-16", required=True,
               aliases=("dates", "day", "from date", "start date")),
        Column("until_date", "until date", "last day of several", aliases=("to date", "end date", "last day")),
        Column("start", "from", "time; left out: the whole day", aliases=("start", "from time", "start time")),
        Column("end", "to", "time; left out: the end of the day", aliases=("end", "until", "to time", "end time")),
        Column("kind", "kind", "unavailable, out, vacation, leave, personal, sick, release or blackout"),
        Column("hardness", "hardness", "hard, soft or if needed; left out: hard"),
        Column("text", "text", "what everybody may read", aliases=("shown",)),
        Column("reason", "reason", "what only management reads", aliases=("why",)),
        _PRODUCTION,
    ),
    "person,date,from,to,kind,reason\nZoë Łukasik,2027-01-14,2p,,personal,dentist\n",
)  # fmt: skip

SCHEDULE = Kind(
    "schedule",
    "Schedule",
    "One row a call. The people of its units are called with it.",
    (
        _PRODUCTION,
        Column("date", "date", "2027-01-14", required=True, aliases=("day",)),
        Column("start", "start", "10:00a, 2p or 14:00", required=True, aliases=("from", "start time", "time", "begin")),
        Column("end", "end", "", required=True, aliases=("to", "until", "end time")),
        Column("room", "room", "name of a room of the venue", aliases=("space", "where", "location")),
        Column("kind", "kind", "staging, music, choreography, run, understudy, put-in, tech, dress, performance, "
               "fitting, photo, press, meeting, class, travel, …; left out: staging", aliases=("type",)),
        Column("title", "title", "left out: it follows from the units", aliases=("what", "call")),
        Column("units", "units", "scene numbers or song titles, parted by ;", aliases=("scenes", "unit", "scene")),
        Column("people", "people", "names or characters, parted by ;, or “full company”", aliases=("who", "called")),
        Column("leaders", "led by", "", aliases=("leader", "leaders", "with")),
        Column("note", "note", "printed in italics", aliases=("notes",)),
    ),
    "production,date,start,end,room,kind,units,led by\n"
    "BOMB,2027-01-14,10:00a,1:00p,Studio A,staging,1.5; 1.6,Derek Wills\n",
)  # fmt: skip

KINDS: dict[str, Kind] = {kind.code: kind for kind in (PEOPLE, BREAKDOWN, AVAILABILITY, SCHEDULE)}


def describe(kind: Kind) -> str:
    """The columns of one kind in words, for `import --help`."""
    width = max(len(column.name) for column in kind.columns) + 2
    lines = [f"{kind.title}. {kind.about}"]
    for column in kind.columns:
        about = "; ".join(part for part in ("needed" if column.required else "", column.about) if part)
        lines.append(f"  {column.name:<{width}}{about}".rstrip())
    return "\n".join(lines)
