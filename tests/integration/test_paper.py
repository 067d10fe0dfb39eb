"""Documents from the company file: the sample season's days, privacy, the ledger, numbers, drafts."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import event as sa_event

import stagecraft.queries.sheets as builders
from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.sheets import from_json, to_json
from stagecraft.domain.sheets.daily_call import DailyCallSheet, text_of
from stagecraft.domain.sheets.frame import plain
from stagecraft.domain.times import work_day_span
from stagecraft.paper.documents import DOCUMENTS, Issuing, build, make, sheet_from_json
from stagecraft.queries.calendar import EventRow, event_rows
from stagecraft.queries.company import production_rows
from stagecraft.queries.paper import issue_rows, issue_sheet, next_version
from stagecraft.services.calendar import CancelEvents, MoveEvent
from stagecraft.services.company import EditProduction
from stagecraft.services.engine import Engine
from stagecraft.services.paper import IssueDocument
from stagecraft.services.sample import build_sample
from stagecraft.store.schema import AvailabilityReason, ContractMoney, PersonPrivate
from stagecraft.store.store import Store

THURSDAY, FRIDAY = date(2027, 1, 21), date(2027, 1, 15)
CLOCK = Clock.on(date(2027, 1, 20), time(18, 35))
ABOUT: dict[str, tuple[str, date | int]] = {
    "daily-call": ("HIT", THURSDAY),
    "weekly-schedule": ("HIT", date(2027, 1, 18)),
    "rehearsal-report": ("HIT", 9),
    "company-list": ("BOMB", date(2027, 1, 11)),
    "contract-expiry": ("BOMB", date(2027, 1, 13)),
    "29-hour-ledger": ("HIT", date(2026, 10, 9)),
    "actor-hours": ("HIT", date(2027, 1, 11)),
}


def text(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    return re.sub(r"[\s\u00a0]+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.fixture(scope="module")
def season_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("season") / "season.stagecraft"
    store = Store.create(path, name="House", clock=CLOCK)
    build_sample(Engine(store, CLOCK, "Rosa Vega"), date(2027, 1, 11))
    store.close()
    return path


@pytest.fixture(scope="module")
def season(season_file: Path) -> Iterator[Store]:
    """The sample season, to read."""
    store = Store.open(season_file, read_only=True)
    yield store
    store.close()


@pytest.fixture
def engine(season_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the sample season, to change."""
    path = tmp_path / "copy.stagecraft"
    path.write_bytes(season_file.read_bytes())
    store = Store.open(path)
    yield Engine(store, CLOCK, "Rosa Vega")
    store.close()


def production(store: Store, code: str) -> int:
    with store.reading() as conn:
        return next(row.id for row in production_rows(conn) if row.code == code)


def sheet(store: Store, name: str, about: date | int | None = None, code: str = "") -> object:
    known_code, known_about = ABOUT[name]
    with store.reading() as conn:
        return build(
            conn, production(store, code or known_code), name, known_about if about is None else about
        )[0]


# --- what the sample's pages say ---


def test_thursdays_call_is_the_target_page(season):
    call = sheet(season, "daily-call")
    assert [(fact.label, fact.value) for fact in call.band] == [
        ("Day", "9 of 22"),
        ("First call", "10:00a"),
        ("LUNCH", "1:00–2:00p"),
        ("End of day", "6:00p"),
        ("Called", "10 of 11 cast"),
        ("Script", "Draft 3-yellow"),
    ]
    assert [
        (row.room, row.title, plain(row.people), row.leaders) for row in call.rows if row.shape == "work"
    ] == [
        ("4A", "Sc 1.7 “On Top”", "Lena (Diva), Ensemble 1–6", "Josh"),
        ("4B", "Sc 1.2 “Four-Track Mind”", "Karen (Amanda), Jimmy (Jesse)", "Malik"),
        ("4A", "Sc 1.7 “On Top”, continued", "Lena (Diva), Ensemble 1–6", "Josh"),
        ("4B", "Sc 2.2 “Missed Call”", "Jimmy (Jesse)", "Malik"),
        (
            "4A",
            "Sc 1.5–1.6 “Water Tower”, “Ghost in the Booth”",
            "Karen (Amanda), Jimmy (Jesse); Omar (JB) from 2:45p",
            "Derek",
        ),
        ("4B", "Ensemble vocals, Act I", "Ensemble 1–6", "Malik"),
        ("4A", "Stumble through Act I, Sc 1.1–1.8", "Full company except Sol", "Derek, Josh, Malik"),
    ]
    assert [(one.name, one.again) for one in call.not_called] == [
        ("Sol Bright", "called tomorrow, Fri 22 Jan, 10:00a")
    ]
    assert [(one.name, one.time, one.room, one.free) for one in call.your_calls][:5] == [
        ("Dev Anand", "10:00a", "4A", ""),
        ("Karen Cartwright", "10:00a", "4B", "free 11:30a–2:00p"),
        ("Jimmy Collins", "10:00a", "4B", ""),
        ("Mia Ford", "10:00a", "4A", ""),
        ("Lena Frost", "10:00a", "4A", "free 2:00–4:00p"),
    ]
    assert call.parallel


def test_called_and_not_called_are_the_cast_every_day_of_the_workshop(season):
    for day in range(11, 24):
        call = sheet(season, "daily-call", date(2027, 1, day))
        assert len(call.your_calls) + len(call.not_called) == 11


def test_the_put_in_and_the_show_on_one_call(season):
    call = sheet(season, "daily-call", FRIDAY, "BOMB")
    rows = [row for row in call.rows if row.shape == "work"]
    assert [row.title for row in rows] == ["Put-in: Ivy Lynn", "Performance #314"]
    assert plain(rows[0].people) == "Full company except Karen"
    assert not call.parallel
    karen = next(one for one in call.your_calls if one.name == "Karen Cartwright")
    assert (karen.time, karen.release) == ("7:30p", "rel. 10:40p")


def test_a_final_performance_is_named_on_its_call(season):
    call = sheet(season, "daily-call", date(2027, 1, 17), "BOMB")
    assert call.rows[0].title == "Performance #317: Karen Cartwright’s final performance"


def test_a_lone_piece_of_work_stays_in_its_room_and_the_full_company_crosses_all(season):
    wednesday = sheet(season, "daily-call", date(2027, 1, 20))
    work = [(row.room, row.starts % 1440 // 60, row.everyone) for row in wednesday.rows if row.shape == "work"]
    assert work == [
        ("4A", 10, False),
        ("4B", 10, False),
        ("4A", 14, False),
        ("4B", 14, False),
        ("4A", 17, False),
    ]
    thursday = sheet(season, "daily-call")
    assert [row.title for row in thursday.rows if row.everyone] == ["Stumble through Act I, Sc 1.1–1.8"]


def test_the_week_agrees_with_the_daily_calls(season):
    week = sheet(season, "weekly-schedule")
    assert [(day.name, day.tag, day.off or day.span) for day in week.days] == [
        ("MON 18", "", "DAY OFF"),
        ("TUE 19", "Day 7", "10:00a–6:00p"),
        ("WED 20", "Day 8", "10:00a–6:00p"),
        ("THU 21", "Day 9", "10:00a–6:00p"),
        ("FRI 22", "Day 10", "10:00a–6:00p"),
        ("SAT 23", "Day 11", "10:00a–6:00p"),
        ("SUN 24", "", "DAY OFF"),
    ]
    assert week.days[3].not_called == "Sol Bright"
    assert (week.days[1].unavailable, week.days[2].unavailable) == ("Derek 11:00a–12:30p", "Jimmy after 5:00p")
    assert [block.room for block in week.days[1].blocks] == ["4A", "4B", "4A", "3C", "4A"]


def test_report_nine_has_all_departments_and_carries_notes(season):
    report = sheet(season, "rehearsal-report")
    assert len(report.departments) == 14
    assert [(note.code, note.state) for one in report.departments for note in one.notes] == [
        ("P3", "NEW"),
        ("S2", "NEW"),
        ("MU5", "NEW"),
        ("SM4", "CARRIED"),
    ]
    assert [(one.label, one.value) for one in report.band][-2:] == [
        ("Worked", "7 h 00"),
        ("Act I stumble", "1:16"),
    ]
    friday = sheet(season, "daily-call", date(2027, 1, 22))
    assert report.tomorrow == friday.rows


def test_the_company_list_keeps_private_what_is_private(season):
    listed = sheet(season, "company-list")
    assert [section.title for section in listed.sections][:3] == ["Cast", "Swings", "Stage management"]
    cast = listed.sections[0].members
    assert [one.name for one in cast][:6] == [
        "Simon Adler",
        "Marcus Bell",
        "Bobby",
        "Karen Cartwright",
        "Andre Coleman",
        "Dennis",
    ]
    assert (cast[0].shared, cast[0].mobile, cast[0].email) == (False, "", "")


def test_contracts_by_next_deadline_with_their_formula(season):
    expiry = sheet(season, "contract-expiry")
    assert [(row.due, row.badge, row.person, plain(row.option), row.formula) for row in expiry.rows][:3] == [
        ("4 days", "DECIDED", "Karen Cartwright", "Option by Sun 22 Nov 2026", "Sun 17 Jan 2027 − 8 wk"),
        ("18 days", "ACT NOW", "Simon Adler", "Option by Sun 31 Jan 2027", "Sun 28 Mar 2027 − 8 wk"),
        ("39 days", "WATCH", "Marcus Bell", "Option by Sun 21 Feb 2027", "Sun 18 Apr 2027 − 8 wk"),
    ]


def test_unknown_documents_and_reports_are_refused_in_words(season):
    with season.reading() as conn:
        with pytest.raises(Refused, match="no rehearsal report #99"):
            build(conn, production(season, "HIT"), "rehearsal-report", 99)
        with pytest.raises(Refused, match="no document “call-sheet”"):
            build(conn, production(season, "HIT"), "call-sheet", THURSDAY)
        with pytest.raises(Refused, match="named by its number"):
            build(conn, production(season, "HIT"), "rehearsal-report", THURSDAY)


# --- privacy ---

PRIVATE = (
    "AvailabilityReason",
    "PersonPrivate",
    "PersonSealed",
    "ContractMoney",
    "ContractIncrement",
    "reason",
    "weekly",
)


@pytest.mark.parametrize(
    "path", sorted(Path(builders.__file__).parent.glob("*.py")), ids=lambda path: path.name
)
def test_builders_ask_for_nothing_private(path):
    """No builder names a private table or column: what is not read cannot leak."""
    used = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
    used |= {
        node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    used |= {
        alias.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert used & set(PRIVATE) == set()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_page_nor_its_metadata_holds_private_data(season, name):
    """Reasons, addresses and pay of the whole season are looked for in every document of every day around."""
    code, about = ABOUT[name]
    with season.reading() as conn:
        secrets = {
            row[0]
            for row in conn.execute(
                AvailabilityReason.__table__.select().with_only_columns(AvailabilityReason.reason)
            )
        }
        secrets |= {
            row[0]
            for row in conn.execute(PersonPrivate.__table__.select().with_only_columns(PersonPrivate.address))
        }
        money = [
            row[0]
            for row in conn.execute(ContractMoney.__table__.select().with_only_columns(ContractMoney.weekly))
        ]
        secrets |= {f"{amount / 100:,.2f}" for amount in money if amount} | {
            f"{amount // 100:,}" for amount in money if amount
        }
        made = make(conn, production(season, code), name, about)
    assert secrets - {""}
    words = text(made.pdf) + str(PdfReader(io.BytesIO(made.pdf)).metadata) + to_json(made.sheet)
    assert [secret for secret in secrets if secret and secret in words] == []


def test_dereks_other_meeting_is_only_unavailable(season):
    """C4: owner only; others see that he is not there."""
    with season.reading() as conn:
        made = make(conn, production(season, "HIT"), "weekly-schedule", date(2027, 1, 18))
    assert "Derek 11:00a–12:30p" in text(made.pdf)
    assert "producers" not in text(made.pdf).lower()


# --- both engines ---


@pytest.mark.postgresql
def test_both_engines_give_the_same_sheets(season, postgres):
    store = Store.create(postgres.empty(), name="House", clock=CLOCK)
    build_sample(Engine(store, CLOCK, "Rosa Vega"), date(2027, 1, 11))
    try:
        for name in DOCUMENTS:
            assert to_json(sheet(store, name)) == to_json(sheet(season, name))
        shared = Engine(store, CLOCK, "Rosa Vega")
        assert issue(shared) == 1
        assert issue(shared) == 2
    finally:
        store.close()


# --- cost ---


@pytest.mark.parametrize(
    ("name", "quiet", "full"),
    [
        ("daily-call", date(2027, 1, 15), THURSDAY),
        ("weekly-schedule", date(2027, 2, 1), date(2027, 1, 18)),
        ("rehearsal-report", 8, 9),
        ("company-list", date(2027, 1, 11), date(2027, 1, 25)),
        ("contract-expiry", date(2026, 9, 1), date(2027, 1, 13)),
        ("29-hour-ledger", date(2026, 10, 5), date(2026, 10, 9)),
        ("actor-hours", date(2027, 1, 4), date(2027, 1, 11)),
    ],
)
def test_a_sheet_costs_the_same_statements_however_full_it_is(season, name, quiet, full):
    code, _ = ABOUT[name]
    seen: list[str] = []
    with season.reading() as conn:
        sa_event.listen(conn, "before_cursor_execute", lambda *args: seen.append(args[2]))
        counts = []
        for about in (quiet, full):
            seen.clear()
            build(conn, production(season, code), name, about)
            counts.append(len(seen))
    assert counts[0] == counts[1] < 50


def test_report_eight_says_one_thing_once(season):
    report = sheet(season, "rehearsal-report", 8)
    assert [(note.code, note.state) for one in report.departments for note in one.notes] == [("SM4", "NEW")]
    assert [(note.code, note.state) for note in report.open_notes] == [("SM4", "NEW")]
    assert plain(report.script[0].text) == "D3-yellow pp.\xa060–63: “Missed Call” replaces “Voicemail”"
    assert plain(report.tomorrow_not_called) == "Sol Bright (next called Fri 22 Jan, 10:00a)"


def test_a_pause_is_called_lunch_only_with_a_meal_on_the_calendar(engine):
    def labels() -> list[str]:
        return [fact.label for fact in sheet(engine.store, "rehearsal-report").band]

    assert labels() == ["Day", "Started", "Lunch", "Ended", "Worked", "Act I stumble"]
    hit = production(engine.store, "HIT")
    meals = [row.id for row in _events(engine, THURSDAY) if row.kind == "meal" and row.production_id == hit]
    engine.execute(CancelEvents(tuple(meals)))
    assert labels() == ["Day", "Started", "Meal or pause", "Ended", "Worked", "Act I stumble"]


def test_a_run_is_dark_only_once_it_plays_or_where_a_dark_day_says_so(engine):
    bomb = production(engine.store, "BOMB")

    def off() -> list[str]:
        return [day.off for day in sheet(engine.store, "weekly-schedule", date(2027, 1, 18), "BOMB").days]

    assert off() == ["DARK", "", "", "", "", "", ""]
    tuesday = [row for row in _events(engine, date(2027, 1, 19)) if row.production_id == bomb]
    engine.execute(CancelEvents(tuple(row.id for row in tuesday)))
    assert off() == ["DARK", "DARK", "", "", "", "", ""]
    opened = {"first_rehearsal": None, "first_preview": None, "opening": date(2027, 1, 20), "closing": None}
    engine.execute(EditProduction(bomb, opened))
    assert off() == ["DARK", "NO CALLS", "", "", "", "", ""]


# --- issuing ---


def issue(engine: Engine, name: str = "daily-call", at: int | None = None) -> int:
    code, about = ABOUT[name]
    hit = production(engine.store, code)
    with engine.reading() as conn:
        version = next_version(conn, hit, name, about.isoformat() if isinstance(about, date) else str(about))
        issuing = Issuing(version, at or engine.clock.utc_ms() // 60000, "Rosa Vega")
        made = make(conn, hit, name, about, issuing=issuing)
    engine.execute(
        IssueDocument(
            production=hit,
            document=name,
            subject=made.subject,
            about=made.about,
            version=version,
            issued_at=issuing.at,
            author=issuing.author,
            privacy=DOCUMENTS[name].privacy,
            paper="letter",
            sheet=to_json(made.sheet),
            pdf=made.pdf,
        )
    )
    return version


def _events(engine: Engine, day: date) -> list[EventRow]:
    with engine.reading() as conn:
        return event_rows(conn, *work_day_span(day))


def some_event(engine: Engine) -> tuple[int, int]:
    with engine.reading() as conn:
        row = next(
            one
            for one in event_rows(conn, *work_day_span(THURSDAY), [production(engine.store, "HIT")])
            if one.kind == "music"
        )
    return row.id, row.starts_wall


def test_an_issue_keeps_number_time_author_data_and_pdf(engine):
    assert issue(engine) == 1
    hit = production(engine.store, "HIT")
    with engine.reading() as conn:
        (row,) = issue_rows(conn, hit, "daily-call", "2027-01-21")
        kept = issue_sheet(conn, row.id)
        built, *_ = build(conn, hit, "daily-call", THURSDAY)
    assert (row.version, row.author, row.privacy, row.about) == (1, "Rosa Vega", "Company", THURSDAY)
    pdf = engine.store.blob(row.pdf)
    assert "v1 · issued Wed 20 Jan 2027" in text(pdf)
    assert "DRAFT" not in text(pdf).replace("Draft 3", "")
    assert from_json(DailyCallSheet, kept or "") == sheet_from_json("daily-call", kept or "") == built


def test_an_unchanged_sheet_prints_as_issued_and_a_changed_one_as_draft(engine):
    issue(engine)
    hit = production(engine.store, "HIT")
    with engine.reading() as conn:
        same = make(conn, hit, "daily-call", THURSDAY)
    assert same.filename == "HIT_DailyCall_2027-01-21_v1.pdf"
    event, starts = some_event(engine)
    engine.execute(MoveEvent(event, starts + 15))
    with engine.reading() as conn:
        changed = make(conn, hit, "daily-call", THURSDAY)
    assert changed.filename == "HIT_DailyCall_2027-01-21_DRAFT.pdf"
    assert "would replace v1" in changed.sheet.frame.stamp
    assert issue(engine) == 2
    with engine.reading() as conn:
        second = make(conn, hit, "daily-call", THURSDAY)
    assert "REVISED v2" in text(second.pdf)
    assert "replaces v1 (" in second.sheet.frame.stamp


def test_an_issue_stays_through_undo_and_its_number_is_never_given_twice(engine):
    assert issue(engine) == 1
    with pytest.raises(Refused, match="nothing to undo"):
        engine.undo()
    hit = production(engine.store, "HIT")
    with engine.reading() as conn:
        assert [row.version for row in issue_rows(conn, hit, "daily-call")] == [1]
        assert next_version(conn, hit, "daily-call", "2027-01-21") == 2
        assert next_version(conn, hit, "daily-call", "2027-01-22") == 1
    assert issue(engine) == 2


def test_a_number_given_meanwhile_is_refused(engine):
    issue(engine)
    hit = production(engine.store, "HIT")
    with engine.reading() as conn:
        made = make(conn, hit, "daily-call", THURSDAY, issuing=Issuing(1, 30_000_000, "Milo Shaw"))
    with pytest.raises(Refused, match="Somebody issued v1 meanwhile"):
        engine.execute(
            IssueDocument(
                hit,
                "daily-call",
                made.subject,
                THURSDAY,
                1,
                30_000_000,
                "Milo Shaw",
                "Company",
                "letter",
                to_json(made.sheet),
                made.pdf,
            )
        )


def test_a_drafts_foot_carries_the_time_of_the_last_change_and_the_same_data_the_same_bytes(engine):
    hit = production(engine.store, "HIT")
    with engine.reading() as conn:
        first = make(conn, hit, "daily-call", THURSDAY)
        second = make(conn, hit, "daily-call", THURSDAY)
    assert first.pdf == second.pdf
    engine.clock = Clock.on(date(2027, 1, 20), time(19, 2))
    event, starts = some_event(engine)
    engine.execute(MoveEvent(event, starts + 15))
    with engine.reading() as conn:
        later = make(conn, hit, "daily-call", THURSDAY)
    assert first.sheet.frame.stamp != later.sheet.frame.stamp
    assert later.pdf != first.pdf


def test_the_text_of_the_call_goes_with_the_page(season):
    lines = text_of(sheet(season, "daily-call")).splitlines()
    assert "NOT CALLED: Sol Bright (called tomorrow, Fri 22 Jan, 10:00a)" in lines
