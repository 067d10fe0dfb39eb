"""Sheets made by hand that say what the target pages say, without a company file."""

from __future__ import annotations

from datetime import date

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
from stagecraft.domain.sheets.weekly_schedule import Meal, WeekBlock, WeekDay, WeeklyScheduleSheet
from stagecraft.domain.times import wall

DAY = date(2027, 1, 21)
PLACE = "Developmental Workshop · Mercer Rehearsal Rooms, W 38th St · New York"


def at(hour: int, minute: int = 0, day: date = DAY) -> int:
    return wall(day, hour * 60 + minute)


def frame(document: str, about: str, **changes: object) -> Frame:
    given: dict[str, object] = {
        "code": "HIT", "show": "Hit List", "place": PLACE, "document": document, "about": about,
        "privacy": "COMPANY — do not forward", "state": "issued", "version": 2,
        "stamp": "v2 · issued Wed 20 Jan 2027 6:35p · replaces v1 (5:50p)",
        "contact": "SM: Rosa Vega 212-555-0161 · text if late", "notice": "Subject to change",
        "author": "Rosa Vega",
    }
    return Frame(**(given | changes))  # type: ignore[arg-type]


def work(starts: int, ends: int, room: str, title: str, kind: str, leaders: str, people: list[Run], note: str = "",
         everyone: bool = False) -> WorkRow:
    words = {"choreography": ("Choreography", "CHOREO"), "music": ("Music", "MUSIC"), "staging": ("Staging", "STAGING"),
             "run": ("Run", "RUN")}
    word, short = words[kind]
    return WorkRow("work", starts, ends, room, title, kind, word, short, leaders, people, note, everyone)


def thursday_rows() -> list[WorkRow]:
    return [
        work(at(10), at(11, 30), "4A", "Sc 1.7 “On Top”", "choreography", "Josh", [Run("Lena (Diva), Ensemble 1–6")]),
        work(at(10), at(11, 30), "4B", "Sc 1.2 “Four-Track Mind”", "music", "Malik",
             [Run("Karen (Amanda), Jimmy (Jesse)")]),
        work(at(11, 30), at(13), "4A", "Sc 1.7 “On Top”, continued", "choreography", "Josh",
             [Run("Lena (Diva), Ensemble 1–6")]),
        work(at(11, 30), at(13), "4B", "Sc 2.2 “Missed Call”", "music", "Malik", [Run("Jimmy (Jesse)")],
             "New song. D3-yellow, pp.\u00a060–63."),
        WorkRow("meal", at(13), at(14), title="LUNCH"),
        work(at(14), at(16), "4A", "Sc 1.5–1.6 “Water Tower”, “Ghost in the Booth”", "staging", "Derek",
             [Run("Karen (Amanda), Jimmy (Jesse); Omar (JB) from "), Run("2:45p", "bold")],
             "1.5: D3-pink, pp.\u00a031–34A."),
        work(at(14), at(16), "4B", "Ensemble vocals, Act I", "music", "Malik", [Run("Ensemble 1–6")]),
        work(at(16), at(18), "4A", "Stumble through Act I, Sc 1.1–1.8", "run", "Derek, Josh, Malik",
             [Run("Full company except Sol", "bold")], everyone=True),
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
        "band": [Fact("Day", "9 of 22"), Fact("First call", "10:00a"), Fact("Lunch", "1:00–2:00p"),
                 Fact("End of day", "6:00p"), Fact("Called", "10 of 11 cast"), Fact("Script", "Draft 3-yellow")],
        "rooms": [Room("ROOM 4A", "4A", "stage"), Room("ROOM 4B", "4B", "piano, music")],
        "rows": thursday_rows(),
        "your_calls": thursday_calls(),
        "not_called": [NotCalled("Sol Bright", "called tomorrow, Fri 22 Jan, 10:00a")],
        "not_called_note": "",
        "lines": [Line("Fittings", [Run("None today.")], True),
                  Line("Press", [Run("1:15p", "bold"), Run(" Derek Wills · phone interview, 15 min")]),
                  Line("Meetings", [Run("None.")], True)],
        "ahead": [Line("Fri 22 Jan", [Run("10:00a–6:00p", "bold"),
                                      Run(", lunch 1:00–2:00p. Sol called 10:00a. Day 10 of 22.")]),
                  Line("Sat 23 Jan", [Run("10:00a–6:00p", "bold"), Run(". Run Act I. D3-green pp. 64–66 issued.")]),
                  Line("Sun 24 Jan", [Run("DAY OFF", "bold")])],
        "parallel": True,
    }
    return DailyCallSheet(**(given | changes))  # type: ignore[arg-type]
