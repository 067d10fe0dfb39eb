"""Sheets made by hand that say what the target pages say, without a company file."""

from __future__ import annotations

from datetime import date

from stagecraft.domain.sheets.actor_hours import ActorHoursSheet, HoursCell, HoursRow
from stagecraft.domain.sheets.company_list import CompanyListSheet, CompanySection, Member
from stagecraft.domain.sheets.contract_expiry import ContractExpirySheet, Diamond, ExpiryRow, TermLine
from stagecraft.domain.sheets.daily_call import DailyCallSheet, NotCalled, Room, YourCall
from stagecraft.domain.sheets.frame import Fact, Frame, Line, Run, WorkRow
from stagecraft.domain.sheets.rehearsal_report import (
    Accomplished,
    OpenNote,
    RehearsalReportSheet,
    ReportDepartment,
    ReportNote,
)
from stagecraft.domain.sheets.twenty_nine_hour_ledger import (
    LedgerChange,
    LedgerDay,
    LedgerPerson,
    TwentyNineHourLedgerSheet,
)
from stagecraft.domain.sheets.weekly_schedule import Meal, WeekBlock, WeekDay, WeeklyScheduleSheet
from stagecraft.domain.times import wall

DAY = date(2027, 1, 21)
PLACE = "Developmental Workshop · Mercer Rehearsal Rooms, W 38th St · New York"


def at(hour: int, minute: int = 0, day: date = DAY) -> int:
    return wall(day, hour * 60 + minute)


def frame(document: str, about: str, **changes: object) -> Frame:
    given: dict[str, object] = {
        "code": "HIT",
        "show": "Hit List",
        "place": PLACE,
        "document": document,
        "about": about,
        "privacy": "COMPANY — do not forward",
        "state": "issued",
        "version": 2,
        "stamp": "v2 · issued Wed 20 Jan 2027 6:35p · replaces v1 (5:50p)",
        "contact": "SM: Rosa Vega 212-555-0161 · text if late",
        "notice": "Subject to change",
        "author": "Rosa Vega",
    }
    return Frame(**(given | changes))


def work(
    starts: int,
    ends: int,
    room: str,
    title: str,
    kind: str,
    leaders: str,
    people: list[Run],
    note: str = "",
    everyone: bool = False,
) -> WorkRow:
    words = {
        "choreography": ("Choreography", "CHOREO"),
        "music": ("Music", "MUSIC"),
        "staging": ("Staging", "STAGING"),
        "run": ("Run", "RUN"),
    }
    word, short = words[kind]
    return WorkRow("work", starts, ends, room, title, kind, word, short, leaders, people, note, everyone)


def thursday_rows() -> list[WorkRow]:
    return [
        work(
            at(10),
            at(11, 30),
            "4A",
            "Sc 1.7 “On Top”",
            "choreography",
            "Josh",
            [Run("Lena (Diva), Ensemble 1–6")],
        ),
        work(
            at(10),
            at(11, 30),
            "4B",
            "Sc 1.2 “Four-Track Mind”",
            "music",
            "Malik",
            [Run("Karen (Amanda), Jimmy (Jesse)")],
        ),
        work(
            at(11, 30),
            at(13),
            "4A",
            "Sc 1.7 “On Top”, continued",
            "choreography",
            "Josh",
            [Run("Lena (Diva), Ensemble 1–6")],
        ),
        work(
            at(11, 30),
            at(13),
            "4B",
            "Sc 2.2 “Missed Call”",
            "music",
            "Malik",
            [Run("Jimmy (Jesse)")],
            "New song. D3-yellow, pp.\u00a060–63.",
        ),
        WorkRow("meal", at(13), at(14), title="LUNCH"),
        work(
            at(14),
            at(16),
            "4A",
            "Sc 1.5–1.6 “Water Tower”, “Ghost in the Booth”",
            "staging",
            "Derek",
            [Run("Karen (Amanda), Jimmy (Jesse); Omar (JB) from "), Run("2:45p", "bold")],
            "1.5: D3-pink, pp.\u00a031–34A.",
        ),
        work(at(14), at(16), "4B", "Ensemble vocals, Act I", "music", "Malik", [Run("Ensemble 1–6")]),
        work(
            at(16),
            at(18),
            "4A",
            "Stumble through Act I, Sc 1.1–1.8",
            "run",
            "Derek, Josh, Malik",
            [Run("Full company except Sol", "bold")],
            everyone=True,
        ),
        WorkRow("end", at(18), at(18), title="END OF DAY"),
    ]


def thursday_calls() -> list[YourCall]:
    return [
        YourCall("Dev Anand", "10:00a", "4A", "", "rel. 6:00p"),
        YourCall("Jimmy Collins", "10:00a", "4B", "", "rel. 6:00p"),
        YourCall("Karen Cartwright", "10:00a", "4B", "free 11:30a–2:00p", "rel. 6:00p"),
        YourCall("Mia Ford", "10:00a", "4A", "", "rel. 6:00p"),
        YourCall("Lena Frost", "10:00a", "4A", "free 2:00–4:00p", "rel. 6:00p"),
        YourCall("Tori Lane", "10:00a", "4A", "", "rel. 6:00p"),
        YourCall("Zoë Łukasik", "10:00a", "4A", "", "rel. 6:00p"),
        YourCall("Jae Park", "10:00a", "4A", "", "rel. 6:00p"),
        YourCall("Omar Reid", "2:45p", "4A", "", "rel. 6:00p"),
        YourCall("Cal Webb", "10:00a", "4A", "", "rel. 6:00p"),
    ]


def daily_call(**changes: object) -> DailyCallSheet:
    given: dict[str, object] = {
        "frame": frame("DAILY CALL", "Thursday, January 21, 2027"),
        "time_style": "12",
        "band": [
            Fact("Day", "9 of 22"),
            Fact("First call", "10:00a"),
            Fact("Lunch", "1:00–2:00p"),
            Fact("End of day", "6:00p"),
            Fact("Called", "10 of 11 cast"),
            Fact("Script", "Draft 3-yellow"),
        ],
        "rooms": [Room("ROOM 4A", "4A", "stage"), Room("ROOM 4B", "4B", "piano, music")],
        "rows": thursday_rows(),
        "your_calls": thursday_calls(),
        "not_called": [NotCalled("Sol Bright", "called tomorrow, Fri 22 Jan, 10:00a")],
        "not_called_note": "",
        "lines": [
            Line("Fittings", [Run("None today.")], True),
            Line("Press", [Run("1:15p", "bold"), Run(" Derek Wills · phone interview, 15 min")]),
            Line("Meetings", [Run("None.")], True),
        ],
        "ahead": [
            Line(
                "Fri 22 Jan",
                [Run("10:00a–6:00p", "bold"), Run(", lunch 1:00–2:00p. Sol called 10:00a. Day 10 of 22.")],
            ),
            Line("Sat 23 Jan", [Run("10:00a–6:00p", "bold"), Run(". Run Act I. D3-green pp. 64–66 issued.")]),
            Line("Sun 24 Jan", [Run("DAY OFF", "bold")]),
        ],
        "parallel": True,
    }
    return DailyCallSheet(**(given | changes))


def block(
    starts: float,
    ends: float,
    lane: int,
    count: int,
    room: str,
    kind: str,
    title: str,
    people: str,
    leaders: str,
    bold: str = "",
) -> WeekBlock:
    shorts = {"choreography": "CHOREO", "music": "MUSIC", "staging": "STAGING", "run": "RUN"}
    runs = [Run(people)] + ([Run(bold, "bold")] if bold else []) if people else [Run(bold, "bold")]
    return WeekBlock(
        int(starts * 60), int(ends * 60), lane, count, room, kind, shorts[kind], title, runs, leaders
    )


def week() -> WeeklyScheduleSheet:
    lunch = [Meal(13 * 60, 14 * 60, "LUNCH")]
    span = "10:00a–6:00p"
    return WeeklyScheduleSheet(
        frame(
            "WEEKLY SCHEDULE",
            "Week of Monday, January 18, 2027",
            version=3,
            place=PLACE + " · Rooms 4A, 4B, 3C",
            stamp="v3 · issued Wed 20 Jan 2027 6:35p · replaces v2 (Fri 15 Jan 6:20p)",
            notice="Subject to change. The daily call is final.",
            contact="SM: Rosa Vega 212-555-0161",
        ),
        "12",
        [
            WeekDay("MON 18", "", "", "", "DAY OFF", "MLK Day"),
            WeekDay(
                "TUE 19",
                "Day 7",
                span,
                "Week 2, first day",
                blocks=[
                    block(10, 13, 0, 2, "4A", "choreography", "Sc 1.7 “On Top”", "Lena, Ens 1–6", "Josh"),
                    block(
                        10,
                        13,
                        1,
                        2,
                        "4B",
                        "music",
                        "Sc 1.6 “Ghost in the Booth”",
                        "Karen, Jimmy, Omar",
                        "Malik",
                    ),
                    block(14, 16, 0, 2, "4A", "staging", "Sc 1.5 “Water Tower”", "Karen, Jimmy", "Derek"),
                    block(14, 16, 1, 2, "3C", "choreography", "Sc 1.7 clean", "Ens 1–6", "Josh"),
                    block(
                        16, 18, 0, 1, "4A", "choreography", "Sc 1.8 “Hot One Hundred”", "Full company", "Josh"
                    ),
                ],
                meals=lunch,
                unavailable="Derek 11:00a–12:30p",
            ),
            WeekDay(
                "WED 20",
                "Day 8",
                span,
                "D3-yellow, pp.\u00a060–63",
                blocks=[
                    block(
                        10,
                        13,
                        0,
                        2,
                        "4A",
                        "choreography",
                        "Sc 1.8 “Hot One Hundred”",
                        "Lena, Omar, Sol, Ens 1–6",
                        "Josh",
                    ),
                    block(10, 13, 1, 2, "4B", "music", "Sc 2.2 “Missed Call” (new)", "Jimmy", "Malik"),
                    block(
                        14,
                        17,
                        0,
                        2,
                        "4A",
                        "staging",
                        "Sc 1.6 “Ghost in the Booth”",
                        "Karen, Omar, Jimmy",
                        "Derek",
                    ),
                    block(14, 17, 1, 2, "4B", "music", "Vocals 1.7, 1.8", "Ens 1–6", "Malik"),
                    block(17, 18, 0, 1, "4A", "choreography", "Sc 1.7 “On Top”", "Lena, Ens 1–6", "Josh"),
                ],
                meals=lunch,
                unavailable="Jimmy after 5:00p",
            ),
            WeekDay(
                "THU 21",
                "Day 9",
                span,
                "Stumble Act I, 4:00p",
                blocks=[
                    block(10, 13, 0, 2, "4A", "choreography", "Sc 1.7 “On Top”", "Lena, Ens 1–6", "Josh"),
                    block(10, 11.5, 1, 2, "4B", "music", "Sc 1.2 “Four-Track Mind”", "Karen, Jimmy", "Malik"),
                    block(11.5, 13, 1, 2, "4B", "music", "Sc 2.2 “Missed Call”", "Jimmy", "Malik"),
                    block(14, 16, 0, 2, "4A", "staging", "Sc 1.5–1.6", "Karen, Jimmy, Omar ", "Derek", "2:45p"),
                    block(14, 16, 1, 2, "4B", "music", "Vocals, Act I", "Ens 1–6", "Malik"),
                    block(
                        16,
                        18,
                        0,
                        1,
                        "4A",
                        "run",
                        "Stumble through Act I",
                        "",
                        "Derek, Josh, Malik",
                        "Full company except Sol",
                    ),
                ],
                meals=lunch,
                not_called="Sol Bright",
            ),
            WeekDay(
                "FRI 22",
                "Day 10",
                span,
                "Sol called 10:00a",
                blocks=[
                    block(
                        10, 13, 0, 2, "4A", "staging", "Sc 1.3 “Borrowed Name”", "Karen, Sol, Ens 1–6", "Derek"
                    ),
                    block(10, 13, 1, 2, "4B", "music", "Sc 2.2 “Missed Call”", "Jimmy", "Malik"),
                    block(
                        14,
                        16,
                        0,
                        2,
                        "4A",
                        "staging",
                        "Sc 1.4 “Make Me a Number”",
                        "Omar, Lena, Ens 1–6",
                        "Derek",
                    ),
                    block(14, 16, 1, 2, "4B", "music", "Sc 1.2 “Four-Track Mind”", "Karen, Jimmy", "Malik"),
                    block(
                        16, 18, 0, 1, "4A", "choreography", "Sc 1.8 “Hot One Hundred”", "Full company", "Josh"
                    ),
                ],
                meals=lunch,
            ),
            WeekDay(
                "SAT 23",
                "Day 11",
                span,
                "Run Act I; D3-green 64–66",
                blocks=[
                    block(
                        10, 13, 0, 1, "4A", "choreography", "Clean Sc 1.7, 1.8", "Full company", "Josh, Malik"
                    ),
                    block(14, 16, 0, 1, "4A", "run", "Run Act I", "Full company", "Derek, Josh, Malik"),
                    block(16, 18, 0, 1, "4A", "staging", "Notes, then work as needed", "Full company", "Derek"),
                ],
                meals=lunch,
            ),
            WeekDay("SUN 24", "", "", "", "DAY OFF"),
        ],
        [
            Line("Staging, run", [Run("staging")]),
            Line("Choreography", [Run("choreography")]),
            Line("Music", [Run("music")]),
        ],
        "D3 pagination. Bring D3 with blue, pink and (from Wed) yellow pages.",
    )


def report() -> RehearsalReportSheet:
    def done(
        starts: int, ends: int, room: str, medium: str, rest: str, led: str, run: str = ""
    ) -> Accomplished:
        text = [Run(medium, "medium"), Run(rest)]
        if run:
            text += [Run(run, "bold"), Run(", then notes to 6:00p")]
        return Accomplished(starts, ends, room, text, led)

    def note(code: str, text: str, twin: str = "", state: str = "NEW") -> ReportNote:
        return ReportNote(code, text, twin, state)

    names = [
        "Scenic",
        "Props",
        "Costumes",
        "Hair / Make-up",
        "Lighting",
        "Sound",
        "Video",
        "Music",
        "Choreography",
        "Fight / Intimacy",
        "Automation",
        "Company Management",
        "Press / Marketing",
        "Stage Management",
    ]
    notes = {
        "Props": [note("P3", "Please may we have 2 mic stands in 4A.", "also Sound S2")],
        "Sound": [note("S2", "Please may we have 2 mic stands in 4A.", "also Props P3")],
        "Music": [note("MU5", "Key up a tone for Amanda in 1.5?")],
        "Stage Management": [
            note("SM4", "2 people still without D3-yellow (issued Wed 20 Jan).", state="CARRIED")
        ],
    }
    friday = date(2027, 1, 22)

    def f(hour: int, minute: int = 0) -> int:
        return at(hour, minute, friday)

    return RehearsalReportSheet(
        frame(
            "REHEARSAL REPORT #9",
            "Thursday, January 21, 2027",
            version=1,
            place="Developmental Workshop · Mercer Rehearsal Rooms, 4A and 4B",
            notice="",
            privacy="PRODUCTION TEAM — not for cast",
            stamp="v1 · issued Thu 21 Jan 2027 6:55p",
            contact="SM: Rosa Vega 212-555-0161",
        ),
        "12",
        [
            Fact("Day", "9 of 22"),
            Fact("Started", "10:00a"),
            Fact("Lunch", "1:00–2:00p"),
            Fact("Ended", "6:00p"),
            Fact("Worked", "7 h 00"),
            Fact("Act I stumble", "1:16"),
        ],
        [
            Line("Breaks", [Run("11:15–11:25a · 12:35–12:45p · 3:15–3:25p · 4:00–4:10p · 5:26–5:36p")]),
            Line("Late", [Run("Cal Webb", "bold"), Run(" 10:12a, 12 min")]),
            Line("Absent", [Run("None. Not called: Sol Bright. Excused: none.")]),
            Line("Visitors", [Run("None.")]),
            Line("Injuries, incidents", [Run("None.")]),
        ],
        [
            done(at(10), at(13), "4A", "Sc 1.7 “On Top”", ", choreography", "Josh"),
            done(at(10), at(11, 30), "4B", "Sc 1.2 “Four-Track Mind”", ", music", "Malik"),
            done(at(11, 30), at(13), "4B", "Sc 2.2 “Missed Call”", ", music (new)", "Malik"),
            done(at(14), at(16), "4A", "Sc 1.5–1.6", ", staging", "Derek"),
            done(at(14), at(16), "4B", "Ensemble vocals, Act I", "", "Malik"),
            done(at(16, 10), at(17, 26), "4A", "Stumble Act I", ", run time ", "Derek, Josh, Malik", "1:16"),
        ],
        "Stumble of Act I, 1:16. Sol Bright was not called; Sc 1.3 is staged with him tomorrow, 10:00a.",
        [ReportDepartment(name, notes.get(name, [])) for name in names],
        [
            Line("Today", [Run("None issued.")]),
            Line(
                "In force",
                [
                    Run(
                        "D3 white (Mon 11 Jan) · D3-blue 14–19 · D3-pink 31–34, 34A · D3-yellow 60–63 (Wed 20 Jan:"
                        " “Missed Call” replaces “Voicemail”)"
                    )
                ],
            ),
            Line("Next", [Run("D3-green pp. 64–66, Sat 23 Jan")]),
        ],
        "Tomorrow’s call",
        "Friday, January 22, 2027 · Day 10 of 22",
        [
            work(
                f(10),
                f(13),
                "4A",
                "Sc 1.3 “Borrowed Name”",
                "staging",
                "Derek",
                [Run("Karen (Amanda), Sol (Nick), Ensemble 1–6")],
            ),
            work(f(10), f(13), "4B", "Sc 2.2 “Missed Call”", "music", "Malik", [Run("Jimmy (Jesse)")]),
            WorkRow("meal", f(13), f(14), title="LUNCH"),
            work(
                f(14),
                f(16),
                "4A",
                "Sc 1.4 “Make Me a Number”",
                "staging",
                "Derek",
                [Run("Omar (JB), Lena (Diva), Ensemble 1–6")],
            ),
            work(
                f(14),
                f(16),
                "4B",
                "Sc 1.2 “Four-Track Mind”",
                "music",
                "Malik",
                [Run("Karen (Amanda), Jimmy (Jesse)")],
            ),
            work(f(16), f(18), "4A", "Sc 1.8 “Hot One Hundred”", "choreography", "Josh", [Run("Full company")]),
            WorkRow("end", f(18), f(18), title="END OF DAY"),
        ],
        [Run("None. All 11 called.")],
        [
            Line("Fittings", [Run("None booked.")]),
            Line("Meetings", [Run("None booked.")]),
            Line("Ahead", [Run("Sat 23 Jan run Act I · Mon 25 Jan D4 white (77 pp.) · Fri 29 Jan run Act II")]),
        ],
        [
            OpenNote("SM4", "2 people still without D3-yellow", "Wed 20 Jan", 1, "CARRIED"),
            OpenNote("P3 · S2", "2 mic stands in 4A", "Thu 21 Jan", 0, "NEW"),
            OpenNote("MU5", "Key up a tone for Amanda in 1.5?", "Thu 21 Jan", 0, "NEW"),
        ],
        "Director, choreography, music, writers, script PA, general management, company management, producers."
        " Not to cast. Sent as PDF and plain text.",
    )


CAST = (
    "Simon Adler,Arthur,P4",
    "Marcus Bell,Joe,P2",
    "Bobby,agent,M1",
    "Karen Cartwright,Marilyn Monroe,P1",
    "Andre Coleman,film director,M3",
    "Dennis,photographer,M2",
    "Bree Donnelly,acting coach,F5",
    "Luke Farrow,GI soloist,M4",
    "Jessica,stylist,F1",
    "Ivy Lynn,studio girl,F2",
    "Pete Okafor,gala VIP,M5",
    "Gloria Penn,Gladys,P5",
    "Carla Ruiz,columnist,F4",
    "Naomi Sato,nurse,F3",
    "Theo Vance,Zanuck,P3",
)


def members(rows: tuple[str, ...], first: int) -> list[Member]:
    out = []
    for number, row in enumerate(rows):
        name, role, *code = row.split(",")
        mail = name.lower().replace(" ", ".") + "@example.com"
        out.append(
            Member(
                name,
                role,
                code[0] if code else "",
                f"212-555-{first + number:04d}",
                mail,
                name != "Simon Adler",
            )
        )
    return out


def company_list() -> CompanyListSheet:
    return CompanyListSheet(
        frame(
            "COMPANY LIST",
            "as of Monday, January 11, 2027",
            code="BOMB",
            show="Bombshell",
            notice="",
            version=1,
            place="St. James Theatre · 246 W 44th St",
            contact="PSM: Linda 212-555-0142",
            stamp="v1 · issued Mon 11 Jan 2027 11:00a",
            privacy="COMPANY — do not forward, do not post outside the building",
        ),
        [
            CompanySection("Cast", "15 · A–Z by surname", members(CAST, 100)),
            CompanySection(
                "Swings",
                "4",
                members(
                    (
                        "Hana Kim,Swing F1–F5",
                        "Will Odom,Swing M1–M5; fight captain",
                        "Rory Quill,Swing M1–M5",
                        "Tess Walden,Swing F1–F5; dance captain",
                    ),
                    115,
                ),
            ),
            CompanySection(
                "Stage management",
                "3",
                members(
                    (
                        "Linda,Production stage manager",
                        "Danny Ortiz,Stage manager",
                        "Fay Lind,Assistant stage manager",
                    ),
                    119,
                ),
            ),
            CompanySection(
                "Creative team",
                "6 · billing order",
                members(
                    (
                        "Derek Wills,Director and choreographer",
                        "Owen Price,Associate director",
                        "Josh,Assistant choreographer",
                        "Nell Abrams,Music director",
                        "Tom Levitt,Composer",
                        "Julia Houston,Book and lyrics",
                    ),
                    122,
                ),
                True,
            ),
            CompanySection("Producers", "2", members(("Eileen Rand,Producer", "Jerry Rand,Producer"), 128)),
        ],
        "Joining: Priya Raman (F2) Tue 19 Jan. Opted out of sharing a number: call the stage manager (“via SM”).",
        [
            Line("Theatre", [Run("St. James Theatre, 246 W 44th St, New York")]),
            Line("Half hour", [Run("30 minutes before curtain. Late or ill: call Linda first, then write.")]),
        ],
        "Corrections (tell Linda; a new list follows)",
    )


def expiry() -> ContractExpirySheet:
    def row(
        due: str,
        badge: str,
        person: str,
        job: str,
        agreement: str,
        ends: str,
        left: str,
        by: str,
        formula: str,
        decision: list[Run],
        alarms: str = "",
    ) -> ExpiryRow:
        option = [Run("Option by "), Run(by, "bold")] if by else [Run("None on file")]
        return ExpiryRow(due, badge, person, job, agreement, ends, left, option, formula, decision, alarms)

    return ContractExpirySheet(
        frame(
            "CONTRACT EXPIRY AND OPTIONS",
            "as of Wednesday, January 13, 2027",
            code="BOMB",
            show="Bombshell",
            version=1,
            place="Harbor & Vine, general management · sorted by next deadline",
            notice="",
            privacy="RESTRICTED — company manager and general manager only. No salaries on this sheet.",
            stamp="v1 · issued Wed 13 Jan 2027 10:15a",
            contact="CM: Gail Mercer 212-555-0130",
        ),
        [
            row(
                "4 days",
                "DECIDED",
                "Karen Cartwright",
                "Marilyn Monroe",
                "AEA Production, principal, term rider",
                "Sun 17 Jan 2027",
                "4 days",
                "Sun 22 Nov 2026",
                "Sun 17 Jan 2027 − 8 wk",
                [
                    Run("Not renewed by actor", "bold"),
                    Run(" (option was +26 wk), e-mail Fri 20 Nov 2026. Ivy Lynn from #318, signed Thu 10 Dec"),
                ],
            ),
            row(
                "18 days",
                "ACT NOW",
                "Simon Adler",
                "Arthur",
                "AEA Production, term",
                "Sun 28 Mar 2027",
                "10 wk 4 d",
                "Sun 31 Jan 2027",
                "Sun 28 Mar 2027 − 8 wk",
                [Run("OPEN.", "bold"), Run(" Film offer, asks LOA.")],
                "Alarms 17 Jan · 24 Jan · 30 Jan",
            ),
            row(
                "39 days",
                "WATCH",
                "Marcus Bell",
                "Joe",
                "AEA Production, term",
                "Sun 18 Apr 2027",
                "13 wk 4 d",
                "Sun 21 Feb 2027",
                "Sun 18 Apr 2027 − 8 wk",
                [Run("OPEN", "bold")],
                "Alarms 7 Feb · 14 Feb · 20 Feb",
            ),
            row(
                "none",
                "",
                "Ivy Lynn",
                "Marilyn from #318",
                "Amendment, chorus to principal, from Tue 19 Jan 2027",
                "Sun 16 Jan 2028",
                "52 wk 4 d",
                "",
                "",
                [Run("Active from Tue 19 Jan 2027")],
            ),
            row(
                "none",
                "",
                "Priya Raman",
                "F2 from #334",
                "AEA Production, chorus",
                "run",
                "—",
                "",
                "",
                [Run("Starts Tue 19 Jan · first #334, Tue 2 Feb")],
            ),
            row(
                "none",
                "",
                "Hana Kim · Tess Walden",
                "swings",
                "AEA Production, chorus, swing",
                "run",
                "—",
                "",
                "",
                [Run("Run of show")],
            ),
            row(
                "none",
                "",
                "Linda",
                "PSM",
                "AEA Production, stage manager",
                "run",
                "—",
                "",
                "",
                [Run("Run of show")],
            ),
        ],
        "2026-11-01",
        "2027-04-30",
        "2027-01-13",
        "today, 13 Jan",
        "1 Nov 2026 – 30 Apr 2027 · ◆ option deadline",
        [
            TermLine(
                "Karen Cartwright",
                "2026-02-02",
                "2027-01-17",
                "decided",
                "ends 17 Jan",
                [Diamond("2026-11-22", "22 Nov")],
            ),
            TermLine(
                "Simon Adler",
                "2026-02-02",
                "2027-03-28",
                "running",
                "ends 28 Mar",
                [Diamond("2027-01-31", "31 Jan")],
            ),
            TermLine(
                "Marcus Bell",
                "2026-02-02",
                "2027-04-18",
                "running",
                "ends 18 Apr",
                [Diamond("2027-02-21", "21 Feb")],
            ),
            TermLine("Ivy Lynn", "2027-01-19", "2028-01-16", "coming", "to 16 Jan 2028"),
            TermLine("Priya Raman", "2027-01-19", None, "coming", "run"),
        ],
        [
            "Deadlines are computed from the contract. A term ends on a Sunday.",
            "ACT NOW = 30 days or fewer, or overdue. WATCH = 60 days or fewer. Check your agreement.",
        ],
    )


READERS = (
    "Dev Anand",
    "Sol Bright",
    "Karen Cartwright",
    "Jimmy Collins",
    "Mia Ford",
    "Lena Frost",
    "Tori Lane",
    "Zoë Łukasik",
    "Jae Park",
    "Omar Reid",
    "Cal Webb",
)


def ledger(
    hours: tuple[int, ...] = (6, 6, 6, 6, 5), names: tuple[str, ...] = READERS
) -> TwentyNineHourLedgerSheet:
    """The reading in October: so many hours a day, everybody the same."""
    days, total = [], 0
    for number, one in enumerate(hours):
        day = date(2026, 10, 5 + number)
        days.append(
            LedgerDay(
                f"{day:%a} {day.day} Oct",
                f"{day:%a} {day.day}",
                total * 60,
                one * 60,
                f"{one} h",
                f"{total + one} of 29",
                full=total + one >= 24,
            )
        )
        total += one
    cells = [str(one) for one in hours]
    changed = [
        Run("Day 5, Fri 9 Oct: 5 h", "bold"),
        Run(" called. Total "),
        Run("29 of 29", "bold"),
        Run(", was "),
    ]
    left = str(max(0, 29 - total))
    return TwentyNineHourLedgerSheet(
        frame(
            "29-HOUR LEDGER",
            "as of Friday, October 9, 2026",
            place="29-hour reading · October 2026",
            privacy="PRODUCTION TEAM (P2) — do not forward",
            version=5,
            stamp="v5 · issued Fri 9 Oct 2026 6:20p · replaces v4 (Thu 8 Oct)",
            notice="Check your agreement",
        ),
        [
            Fact("Day", f"{len(hours)} · {total} of 29"),
            Fact("Hours used", f"{total} h"),
            Fact("Hours left", f"{left} h"),
            Fact("Readings", "2 of 3"),
            Fact("Window", "Mon 5 – Sun 18 Oct"),
            Fact("Days left", "9 of 14"),
        ],
        days,
        29 * 60,
        24 * 60,
        "29 h limit",
        "24 h flag",
        "running total; flag at 24 h, limit 29 h",
        [LedgerPerson(name, cells, str(total), left, "no hours left") for name in names],
        f"{len(names)} people · A–Z by surname",
        "Each day",
        cells,
        str(total),
        left,
        "LIMIT REACHED",
        [
            Line("Hours", [Run("29 of 29 used.", "bold"), Run(" Any further call exceeds the limit.")]),
            Line("Readings", [Run("2 of 3 used. 1 unused, but no hours are left for it.")]),
            Line("Window", [Run("14 days from Mon 5 Oct: closes Sun 18 Oct 2026.")]),
        ],
        ["Called time less meals.", "AEA 29-hour reading, unverified. Planning aid, not legal advice."],
        "v4",
        [LedgerChange(changed, "24", ".")],
    )


def hours(names: tuple[str, ...] = READERS) -> ActorHoursSheet:
    """A week of the workshop to be signed."""
    cell = HoursCell("10:00a–6:00p", "7 h", "meal 1 h")
    late = HoursCell("10:00a–3:00p", "4 h", "meal 1 h", "+ 3 h 10 BOMB", "late, in 10:12a")
    week = [cell, late, *[cell] * 4, HoursCell()]
    limit = ("39 h", "42 h 10", "Week: 42 h 10 of 45 h", "2 h 50 left, unverified", "")
    return ActorHoursSheet(
        frame(
            "WEEKLY HOURS",
            "week of January 11–17, 2027",
            privacy="PRODUCTION TEAM (P2) — do not forward",
            notice="Check your agreement",
        ),
        [Fact("People", str(len(names))), Fact("Most hours here", "39 h"), Fact("Over the limit", "none")],
        ["Mon 11 Jan", "Tue 12 Jan", "Wed 13 Jan", "Thu 14 Jan", "Fri 15 Jan", "Sat 16 Jan", "Sun 17 Jan"],
        [HoursRow(name, week, *limit) for name in names],
        ["77 h", "44 h", "77 h", "77 h", "77 h", "77 h", ""],
        "429 h",
        [Line("Mon 11 Jan", [Run("Report #1: 10:00a–6:00p, meal 1:00–2:00p.")])],
        ["Planned times.", "AEA Development: Week, unverified.", "Planning aid, not legal advice."],
    )
