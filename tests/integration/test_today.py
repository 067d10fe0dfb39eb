"""What Today reads on the sample season: the day as lanes, who is out, what is due, notes, the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection
from statements import counting

from stagecraft.base.clock import Clock
from stagecraft.domain.times import span_text, wall
from stagecraft.queries.company import production_rows
from stagecraft.queries.day_strip import day_lanes
from stagecraft.queries.outs import out_rows
from stagecraft.queries.today import doing_rows, due_rows, next_working_day, unanswered_rows, week_row
from stagecraft.services.engine import Engine
from stagecraft.services.sample import build_sample
from stagecraft.store.store import Store

THURSDAY = date(2027, 1, 21)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(tmp_path_factory.mktemp("today") / "season.stagecraft")
    build_sample(Engine(store, Clock.on(THURSDAY)), date(2027, 1, 11))
    yield store
    store.close()


@pytest.fixture
def conn(season: Store) -> Iterator[Connection]:
    with season.reading() as conn:
        yield conn


def test_the_day_is_a_lane_for_each_room_with_the_evenings_show_last(conn: Connection) -> None:
    lanes = day_lanes(conn, THURSDAY)
    assert [(lane.code, lane.space) for lane in lanes] == [
        ("HIT", "4A"),
        ("HIT", "4B"),
        ("HIT", "Elsewhere"),
        ("BOMB", "St. James"),
    ]
    assert [(block.title, block.line) for block in lanes[0].blocks] == [
        ("1.7 On Top", "Lena, Ens · Josh"),
        ("1.7 On Top", "Lena, Ens · Josh"),
        ("1.5, 1.6", "Karen, Jimmy, Omar · Derek"),
        ("Stumble through Act I", "all but Sol · Derek, Josh, Malik"),
    ]
    assert [span_text(*meal) for meal in lanes[0].meals] == ["1:00–2:00p"]
    show = lanes[-1].blocks[-1]
    assert (show.title, show.line) == ("#321", "P1 Ivy · F2 Hana")
    assert show.half_hour_wall == wall(THURSDAY, 18 * 60 + 30)


def test_a_day_without_work_says_why(conn: Connection) -> None:
    lanes = day_lanes(conn, date(2027, 1, 18))
    assert [(lane.code, lane.rest) for lane in lanes] == [
        ("HIT", "day off, MLK Day"),
        ("BOMB", "dark, MLK Day, Dressing room 1 turnover"),
    ]


def out(conn: Connection, day: date) -> list[tuple[str, str, str, str]]:
    return [(row.severity, f"{row.title}{row.strong}", row.second, row.when) for row in out_rows(conn, day)]


def test_who_is_out_who_covers_and_which_cover_is_missing(conn: Connection) -> None:
    assert out(conn, THURSDAY) == [
        ("", "F2 studio girl: Hana Kim", "Priya Raman first on: #334, Tue 2 Feb", "tonight"),
        (
            "red",
            "M2 Dennis out Sat 30, matinee",
            "Split track: Andre speaks the photographer, dance spot cut",
            "in 9 days",
        ),
        ("amber", "P1 Marilyn: 2nd cover vacant", "1st Jessica · Naomi from Fri 12 Feb 2027", "gap"),
        ("", "M2 Dennis out Sat 23, both shows", "Rory Quill on M2, 2 shows", "in 2 days"),
        ("", "Naomi Sato: unavailable", "Tue 26 Jan, 1:00–1:45p", "in 5 days"),
        ("", "M1 Bobby out Tue 26–Sun 31", "Rory Quill on M1, 8 shows", "in 5 days"),
        ("", "M4 Luke out Wed 27–Sun 7 Feb", "Will Odom on M4, 15 shows", "in 6 days"),
        ("", "4B: room blackout", "Thu 28 Jan, 2:00–6:00p", "in 7 days"),
        ("", "Eileen Rand: unavailable", "Thu 4 Feb, 12:00n–2:30p", "in 14 days"),
    ]


def test_a_chain_of_covers_is_told_link_by_link(conn: Connection) -> None:
    assert out(conn, date(2027, 1, 13))[:3] == [
        ("", "P5 Gladys: Naomi Sato", "Gloria Penn back: #312, Wed 13 Jan", "matinee"),
        ("", "F2 studio girl: Hana Kim", "Ivy Lynn out to Sun 17 Jan", "both shows"),
        ("", "F3 nurse: Tess Walden", "Naomi on as Gladys", "matinee"),
    ]


def test_no_reason_is_ever_among_the_words(conn: Connection) -> None:
    said = " ".join(
        " ".join(row) for day in range(20) for row in out(conn, THURSDAY - timedelta(days=10 - day))
    )
    for reason in ("producers", "Bar shift", "Medical", "Injury", "Sick", "Other client", "lunch"):
        assert reason.lower() not in said.lower()


def test_what_is_due_has_its_formula_and_its_place(conn: Connection) -> None:
    rows = due_rows(conn, THURSDAY)
    assert [(row.severity, row.title, row.second, row.right) for row in rows] == [
        ("red", "Simon Adler: option by Sun 31 Jan", "Sun 28 Mar 2027 − 8 weeks = Sun 31 Jan 2027", "10 days"),
        ("", "Karen Cartwright: Hit List term ends", "Fri 5 Feb 2027 · Amanda", "15 days"),
        (
            "amber",
            "Marcus Bell: option by Sun 21 Feb",
            "Sun 18 Apr 2027 − 8 weeks = Sun 21 Feb 2027",
            "31 days",
        ),
    ]
    assert {row.page for row in rows} == {"contracts"}


def test_unanswered_notes_name_twins_once_oldest_first(conn: Connection) -> None:
    assert [(row.code, row.second) for row in unanswered_rows(conn, (), THURSDAY)] == [
        ("LX3", "Bombshell, Lighting, since Wed 13 Jan"),
        ("SM4", "Hit List, Stage Management, since Wed 20 Jan"),
        ("P3 · S2", "Hit List, Props, since Thu 21 Jan"),
        ("MU5", "Hit List, Music, since Thu 21 Jan · Malik Grant"),
    ]


def test_unanswered_notes_cost_the_same_for_one_production_and_for_all(conn: Connection) -> None:
    def statements(productions: tuple[int, ...]) -> int:
        with counting(conn) as sent:
            unanswered_rows(conn, productions, THURSDAY)
        return len(sent)

    one = production_rows(conn)[0].id
    assert (statements((one,)), statements(())) == (2, 2)


def test_notes_of_days_to_come_are_not_missed_yet(conn: Connection) -> None:
    assert [row.code for row in unanswered_rows(conn, (), date(2027, 1, 20))] == ["LX3", "SM4"]


def test_the_week_counts_what_is_still_to_come(conn: Connection) -> None:
    week = week_row(conn, THURSDAY, wall(THURSDAY, 642))
    assert (week.to_go, week.rehearsal) == (5, {"Hit List": 35 * 60})
    thursday = week.days[3]
    assert [
        (entry.code, entry.text, span_text(entry.starts_wall, entry.ends_wall)) for entry in thursday.entries
    ] == [
        ("HIT", "", "10:00a–6:00p"),
        ("BOMB", "", "1:00–5:00p"),
        ("BOMB", "#321", "7:00–9:40p"),
    ]
    assert week.ahead[0] == "Thu 21 Jan: Stumble Act I, day 9"


def test_the_sentence_knows_days_spans_and_shows(conn: Connection) -> None:
    hit, bomb = doing_rows(conn, THURSDAY)
    assert (hit.production, hit.day_number, hit.working_days) == ("Hit List", 9, 22)
    assert bomb.shows == [("#321", wall(THURSDAY, 19 * 60))]
    assert next_working_day(conn, hit.production_id, date(2027, 1, 16)) == date(2027, 1, 19)


def test_reading_a_day_costs_the_same_whatever_it_holds(season: Store) -> None:
    def statements(day: date) -> int:
        with season.reading() as conn, counting(conn) as sent:
            day_lanes(conn, day)
            due_rows(conn, day)
            week_row(conn, day, wall(day))
            return len(sent)

    assert statements(THURSDAY) == statements(date(2027, 1, 13))
    assert statements(THURSDAY) < 40
