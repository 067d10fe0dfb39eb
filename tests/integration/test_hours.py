"""Hours of the sample season: weeks over several shows, limits, the reading in October, both sheets, issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import event as sa_event

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.hours import limit_words
from stagecraft.domain.sheets import to_json
from stagecraft.domain.sheets.frame import plain
from stagecraft.domain.sheets.twenty_nine_hour_ledger import TwentyNineHourLedgerSheet
from stagecraft.domain.times import wall, work_day_span
from stagecraft.paper.documents import DOCUMENTS, Issuing, Made, build, make
from stagecraft.queries.calendar import event_rows
from stagecraft.queries.company import production_rows
from stagecraft.queries.hours import HoursWeek, hours_week
from stagecraft.queries.paper import next_version
from stagecraft.queries.readings import reading
from stagecraft.services.calendar import AddEvent, CancelEvents, MarkAttendance
from stagecraft.services.engine import Engine
from stagecraft.services.paper import IssueDocument
from stagecraft.services.sample import build_sample
from stagecraft.store.store import Store

WEEK_ONE = date(2027, 1, 11)
FRIDAY = date(2026, 10, 9)
NO_MORE = (
    "29 of 29 used. Any further call, including a third reading, exceeds the limit."
    " Accept only with a reason (logged)."
)
CLOCK = Clock.on(date(2027, 1, 20), time(18, 35))


@pytest.fixture(scope="module")
def season_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hours") / "season.stagecraft"
    store = Store.create(path, name="House", clock=CLOCK)
    build_sample(Engine(store, CLOCK, "Rosa Vega"), WEEK_ONE)
    store.close()
    return path


@pytest.fixture(scope="module")
def season(season_file: Path) -> Iterator[Store]:
    store = Store.open(season_file, read_only=True)
    yield store
    store.close()


@pytest.fixture
def engine(season_file: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "copy.stagecraft"
    path.write_bytes(season_file.read_bytes())
    store = Store.open(path)
    yield Engine(store, CLOCK, "Rosa Vega")
    store.close()


def code(store: Store, name: str) -> int:
    with store.reading() as conn:
        return next(row.id for row in production_rows(conn) if row.code == name)


def week(store: Store, day: date, *codes: str) -> HoursWeek:
    with store.reading() as conn:
        return hours_week(conn, day, [code(store, one) for one in codes])


def ledger(store: Store, day: date = FRIDAY) -> TwentyNineHourLedgerSheet:
    with store.reading() as conn:
        sheet = build(conn, code(store, "HIT"), "29-hour-ledger", day)[0]
    assert isinstance(sheet, TwentyNineHourLedgerSheet)
    return sheet


# --- the week ---


def test_karens_week_is_that_of_both_shows(season):
    found = week(season, WEEK_ONE, "HIT")
    karen = next(row for row in found.rows if row.name == "Karen Cartwright")
    assert [(day.worked, day.span) for day in karen.days.values()] == [
        (570, 705),
        (430, 700),
        (380, 520),
        (400, 640),
        (370, 640),
        (380, 550),
        (250, 285),
    ]
    assert karen.days[WEEK_ONE].rest == 12 * 60 + 35
    assert (karen.performances, karen.longest, karen.least_rest) == (8, 705, 755)
    assert (karen.share(code(season, "HIT")), karen.share(code(season, "BOMB"))) == (1050, 1730)


def test_people_stand_by_surname_and_only_those_called_in_the_shows_asked_for(season):
    names = [row.name for row in week(season, WEEK_ONE, "HIT").rows]
    assert names[:4] == ["Dev Anand", "Kyle Bishop", "Sol Bright", "Karen Cartwright"]
    assert "Linda" not in names
    assert "Linda" in [row.name for row in week(season, WEEK_ONE, "BOMB").rows]
    assert week(season, date(2027, 6, 7), "HIT").rows == []


def test_what_reports_and_the_sign_in_recorded_stands_beside_what_was_planned(season):
    found = week(season, date(2027, 1, 21), "HIT")
    hit = code(season, "HIT")
    record = found.reports[hit, date(2027, 1, 21)]
    assert record.number == 9
    assert record.meal is not None
    cal = next(row for row in found.rows if row.name == "Cal Webb")
    (mark,) = cal.marks[date(2027, 1, 21)]
    assert (mark.state, mark.minutes_late) == ("late", 12)
    assert cal.days[date(2027, 1, 21)].starts_wall % 1440 == 600


def test_a_week_costs_the_same_statements_however_many_people_it_has(season):
    counts = []
    with season.reading() as conn:
        engine = conn.engine
        for day in (date(2026, 10, 5), WEEK_ONE):
            seen: list[str] = []

            def note(_conn, _cursor, statement, *_rest, seen=seen):
                seen.append(statement)

            sa_event.listen(engine, "before_cursor_execute", note)
            hours_week(conn, day)
            sa_event.remove(engine, "before_cursor_execute", note)
            counts.append(len(seen))
    assert counts[0] == counts[1] < 30


# --- the reading ---


@pytest.mark.parametrize(
    ("day", "of", "readings", "left"),
    [(5, "6", 0, 13), (6, "12", 0, 12), (8, "24", 1, 10), (9, "29", 2, 9)],
)
def test_the_reading_is_counted_day_by_day(season, day, of, readings, left):
    band = {one.label: one.value for one in ledger(season, date(2026, 10, day)).band}
    assert band["Day"] == f"{min(day - 4, 5)} · {of} of 29"
    assert band["Readings"] == f"{readings} of 3"
    assert band["Window"] == "Mon 5 – Sun 18 Oct"
    assert band["Days left"] == f"{left} of 14"


def test_the_week_of_the_reading_says_twelve_of_29(season):
    rows = week(season, date(2026, 10, 6), "HIT").rows
    counts = {row.name: row.reading for row in rows}
    karen = counts["Karen Cartwright"]
    assert karen is not None
    assert (karen.used, karen.limit, karen.planned) == (720, 1740, 1020)
    assert counts["Derek Wills"] is None
    assert all(row.reading is None for row in week(season, WEEK_ONE, "HIT").rows)


def test_fridays_ledger_is_the_target_page(season):
    sheet = ledger(season)
    assert [(one.name, one.before, one.words, one.total) for one in sheet.days] == [
        ("Mon 5 Oct", 0, "6 h", "6 of 29"),
        ("Tue 6 Oct", 360, "6 h", "12 of 29"),
        ("Wed 7 Oct", 720, "6 h", "18 of 29"),
        ("Thu 8 Oct", 1080, "6 h", "24 of 29"),
        ("Fri 9 Oct", 1440, "5 h", "29 of 29"),
    ]
    assert [one.full for one in sheet.days] == [False, False, False, True, True]
    assert [one.name for one in sheet.people] == [
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
    ]
    assert {tuple(one.hours) for one in sheet.people} == {("6", "6", "6", "6", "5")}
    assert {(one.used, one.left, one.state) for one in sheet.people} == {("29", "0", "no hours left")}
    assert (sheet.total_label, sheet.totals, sheet.badge) == (
        "Each day",
        ["6", "6", "6", "6", "5"],
        "LIMIT REACHED",
    )
    assert [(one.label, plain(one.text)) for one in sheet.flags] == [
        ("Hours", NO_MORE),
        ("Readings", "2 of 3 used. 1 unused, but no hours are left for it."),
        ("Window", "14 days from Mon 5 Oct: closes Sun 18 Oct 2026."),
        ("24 h flag", "Reached at the end of Thu 8 Oct (6 + 6 + 6 + 6 = 24)."),
    ]
    assert any("unverified" in line and "Planning aid, not legal advice" in line for line in sheet.counted)
    assert sheet.frame.place == "29-hour reading · October 2026"


def test_what_is_still_to_come_is_planned_and_seen_to_be_too_much(engine):
    hit = code(engine.store, "HIT")
    with engine.reading() as conn:
        found = reading(conn, hit, FRIDAY)
    karen = next(one for one in found.people if one.name == "Karen Cartwright")
    engine.execute(
        AddEvent(hit, "music", wall(FRIDAY, 17 * 60), wall(FRIDAY, 18 * 60 + 30), people=(karen.id,))
    )
    sheet = ledger(engine.store, date(2026, 10, 7))
    row = next(one for one in sheet.people if one.name == "Karen Cartwright")
    assert (row.hours, row.used, row.left) == (["6", "6", "6", "6", "6:30"], "18", "11")
    assert row.state.replace("\u00a0", " ") == "12 h 30 planned: over by 1 h 30"
    assert sheet.badge == "OVER AS PLANNED"
    assert sheet.total_label == "Most on a day"
    assert [one.planned for one in sheet.days] == [False, False, False, True, True]
    assert ledger(engine.store).badge == "OVER LIMIT"


def test_a_production_without_a_reading_says_so(season):
    with season.reading() as conn, pytest.raises(Refused, match="no reading"):
        build(conn, code(season, "BOMB"), "29-hour-ledger", FRIDAY)


# --- issues ---


def issue(engine: Engine, day: date) -> Made:
    hit = code(engine.store, "HIT")
    with engine.reading() as conn:
        version = next_version(conn, hit, "29-hour-ledger", "")
        made = make(conn, hit, "29-hour-ledger", day, issuing=Issuing(version, 29870000 + version, "Rosa Vega"))
    engine.execute(
        IssueDocument(
            production=hit,
            document="29-hour-ledger",
            subject=made.subject,
            about=made.about,
            version=version,
            issued_at=29870000 + version,
            author="Rosa Vega",
            privacy=DOCUMENTS["29-hour-ledger"].privacy,
            paper="letter",
            sheet=to_json(made.sheet),
            pdf=made.pdf,
        )
    )
    return made


def told(sheet: TwentyNineHourLedgerSheet) -> list[str]:
    return [plain(one.text) + one.was + one.after for one in sheet.changes]


def test_each_issue_says_what_is_different_from_the_one_before(engine):
    assert issue(engine, date(2026, 10, 8)).sheet.since == ""
    second = issue(engine, FRIDAY).sheet
    assert second.since == "v1"
    assert told(second) == ["Day 5, Fri 9 Oct: 5 h called. Total 29 of 29, was 24."]
    again = ledger(engine.store)
    assert (again.frame.state, again.frame.version, told(again)) == ("issued", 2, told(second))


def test_a_call_taken_out_is_a_change(engine):
    issue(engine, FRIDAY)
    with engine.reading() as conn:
        events = event_rows(conn, *work_day_span(date(2026, 10, 8)), [code(engine.store, "HIT")])
    engine.execute(CancelEvents(tuple(one.id for one in events if one.title == "Reading 1")))
    draft = ledger(engine.store)
    assert (draft.frame.state, draft.since) == ("draft", "v1")
    assert told(draft) == ["Day 4, Thu 8 Oct: 3 h, was 6 h.", "Total 26 of 29, was 29."]


# --- the sheet to be signed ---


def test_the_hours_sheet_has_everybody_of_the_show_with_the_hours_of_the_others_beside(season):
    with season.reading() as conn:
        sheet = build(conn, code(season, "HIT"), "actor-hours", WEEK_ONE)[0]
    karen = next(row for row in sheet.rows if row.name == "Karen Cartwright")
    first, second, third = karen.cells[:3]
    assert (first.span, first.hours, first.others) == ("10:00a–6:00p", "7 h", "+ 2 h 30 BOMB")
    assert (second.span, second.hours, second.words) == ("10:00a–3:00p", "4 h", "meal 1 h")
    assert (third.span, third.hours, third.others) == ("", "", "+ 6 h 20 BOMB")
    assert (karen.total, karen.whole) == ("17 h 30", "46 h 20")
    assert sheet.frame.about == "week of January 11–17, 2027"
    assert plain(sheet.notes[0].text).startswith("Report #1: 10:00a–6:00p")
    assert sheet.counted[-1] == "Planning aid, not legal advice."


def test_any_day_of_the_week_gives_the_same_sheet(season):
    with season.reading() as conn:
        one, two = (
            build(conn, code(season, "HIT"), "actor-hours", day)[0] for day in (WEEK_ONE, date(2027, 1, 16))
        )
    assert one == two


def test_a_sheet_of_one_person_lists_their_calls_and_is_never_issued(season):
    with season.reading() as conn:
        karen = next(row.id for row in hours_week(conn, WEEK_ONE).rows if row.name == "Karen Cartwright")
        made = make(conn, code(season, "HIT"), "actor-hours", WEEK_ONE, person=karen)
        with pytest.raises(Refused, match="for everybody"):
            make(
                conn, code(season, "HIT"), "actor-hours", WEEK_ONE, person=karen, issuing=Issuing(1, 1, "Rosa")
            )
        with pytest.raises(Refused, match="for everybody"):
            make(conn, code(season, "HIT"), "daily-call", WEEK_ONE, person=karen)
    assert [row.name for row in made.sheet.rows] == ["Karen Cartwright"]
    assert [(one.show, one.span) for one in made.sheet.calls][:3] == [
        ("BOMB", "6:15a–8:45a"),
        ("HIT", "10:00a–1:00p"),
        ("HIT", "2:00p–6:00p"),
    ]
    assert made.filename.endswith("_DRAFT.pdf")
    assert "KarenCartwright" in made.filename


def test_who_was_late_is_said_and_never_why(engine):
    hit = code(engine.store, "HIT")
    with engine.reading() as conn:
        event = next(one for one in event_rows(conn, *work_day_span(WEEK_ONE), [hit]) if one.kind == "reading")
        dev = next(row.id for row in hours_week(conn, WEEK_ONE).rows if row.name == "Dev Anand")
    engine.execute(MarkAttendance(event.id, dev, "late", event.starts_wall + 12, "train"))
    with engine.reading() as conn:
        sheet = build(conn, hit, "actor-hours", WEEK_ONE)[0]
    cell = next(row for row in sheet.rows if row.name == "Dev Anand").cells[0]
    assert cell.recorded == "late, in 10:12a"
    assert cell.hours == "7 h"
    assert "train" not in to_json(sheet)


def test_a_limit_is_named_with_its_rule_and_unverified(season):
    limits = [row.limit for row in week(season, WEEK_ONE, "BOMB").rows if row.limit is not None]
    assert limits
    assert all(limit_words(one).count(" of ") == 1 for one in limits)
    with season.reading() as conn:
        sheet = build(conn, code(season, "BOMB"), "actor-hours", WEEK_ONE)[0]
    assert all("unverified" in row.state for row in sheet.rows if row.limit)
