"""Rows of the four kinds as lines."""

from __future__ import annotations

from datetime import date

from stagecraft.base.resources import resource
from stagecraft.domain.incoming import AwayLine, EventLine, PersonLine, SceneLine
from stagecraft.domain.times import wall
from stagecraft.exchange.columns import KINDS, Kind
from stagecraft.exchange.plan import parse


def read(tmp_path, kind, text):
    path = tmp_path / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return parse(kind, path)


def markdown(kind: Kind) -> str:
    """A kind as the section of the help page it must be."""
    lines = [f"## {kind.title}", "", kind.about, "", "| Column | What goes in it |", "|---|---|"]
    for column in kind.columns:
        name = f"**{column.name}**" if column.required else column.name
        also = f" Also read: {', '.join(column.aliases)}." if column.aliases else ""
        about = column.about[:1].upper() + column.about[1:] + ("." if column.about else "")
        lines.append(f"| {name} | {(about + also).strip()} |")
    return "\n".join([*lines, "", "```", kind.example.rstrip(), "```", ""])


def test_every_kind_reads_its_own_example(tmp_path):
    for kind in KINDS.values():
        plan = read(tmp_path, kind.code, kind.example)
        assert (plan.problems, plan.remarks) == ([], [])
        assert plan.lines


def test_the_help_page_says_what_the_program_reads():
    page = resource("help", "import.md").read_text(encoding="utf-8")
    assert [kind.code for kind in KINDS.values() if markdown(kind) not in page] == []


def test_people(tmp_path):
    plan = read(
        tmp_path,
        "people",
        "Name,E-Mail,Role,Kind,Job,Group\n李,,Marilyn; Norma,understudy,Stage Manager,Stage management\n",
    )
    assert plan.lines == [
        PersonLine(2, "李", roles=["Marilyn", "Norma"], kind="cover", job="Stage Manager", group="stage")
    ]


def test_a_breakdown_with_merged_cells_songs_and_columns_that_are_no_characters(tmp_path):
    plan = read(
        tmp_path,
        "breakdown",
        "act,scene,title,pages,minutes,number,Marilyn,F1,Props\n"
        "I,1.1,Hollywood,1-4,6,,●,x,two chairs\n"
        ",,,,4:30,Let Me Be Your Star,S,,\n"
        ",1.2,Yankee Stadium,34a,,,,silent,bat\n"
        "2,Prologue,,,,,-,D,\n",
    )
    assert plan.problems == []
    assert plan.remarks == ["Not used: “Props”."]
    assert plan.lines == [
        SceneLine(2, 1, "1.1", "Hollywood", "1", "4", 6, "", [("Marilyn", "speaks"), ("F1", "on")]),
        SceneLine(3, 1, "1.1", minutes=5, song="Let Me Be Your Star", marks=[("Marilyn", "sings")]),
        SceneLine(4, 1, "1.2", "Yankee Stadium", "34A", "34A", marks=[("F1", "silent")]),
        SceneLine(5, 2, "Prologue", marks=[("F1", "dances")]),
    ]


def test_a_mark_nobody_knows_is_named(tmp_path):
    plan = read(tmp_path, "breakdown", "scene,Marilyn\n1.1,x\n1.2,?\n1.3,x\n")
    assert [problem.words for problem in plan.problems] == [
        "line 3: “?” under “Marilyn” is no mark; known are ● speaks, S sings, D dances, ○ silent, x on."
    ]


def test_absences_run_from_day_cut_to_day_cut_unless_times_are_given(tmp_path):
    plan = read(
        tmp_path,
        "availability",
        "person,room,date,from,to,kind,reason\n"
        "Ann,,2027-01-14 to 2027-01-15,,,vacation,\n"
        "Ann,,2027-01-14,2p,,personal,dentist\n"
        ",Studio A,2027-01-14,10a,1p,,\n",
    )
    fourteenth = date(2027, 1, 14)
    assert plan.lines == [
        AwayLine(2, "Ann", "", wall(fourteenth, 240), wall(date(2027, 1, 16), 240), "vacation", "hard"),
        AwayLine(
            3,
            "Ann",
            "",
            wall(fourteenth, 840),
            wall(date(2027, 1, 15), 240),
            "personal",
            "hard",
            reason="dentist",
        ),
        AwayLine(4, "", "Studio A", wall(fourteenth, 600), wall(fourteenth, 780), "unavailable", "hard"),
    ]


def test_bad_absences_are_named(tmp_path):
    plan = read(
        tmp_path,
        "availability",
        "person,room,date,from,to\nAnn,Studio A,2027-01-14,,\n,,2027-01-14,,\nAnn,,soon,,\nAnn,,2027-01-14,10x,\n",
    )
    assert [problem.words for problem in plan.problems] == [
        "line 2: it needs a person or a room, not both.",
        "line 3: it needs a person or a room, not both.",
        "line 4: “soon” is not a date; write it as 2027-01-14.",
        "line 5: “10x” is not a time; write it as 2:30p or 14:30.",
    ]


def test_a_schedule_with_a_call_past_midnight(tmp_path):
    plan = read(
        tmp_path,
        "schedule",
        "production,date,start,end,room,kind,units,people,led by\n"
        'BOMB,2027-01-14,10:00a,1:00p,Studio A,music,"1.5, 1.6",Karen; Ivy,Derek\n'
        "BOMB,2027-01-14,10p,1a,,run,Act I,full company,\n"
        "BOMB,2027-01-14,10a,9a,,,,,\n",
    )
    day = date(2027, 1, 14)
    assert plan.lines == [
        EventLine(2, "BOMB", wall(day, 600), wall(day, 780), "Studio A", "music", units=["1.5", "1.6"],
                  people=["Karen", "Ivy"], leaders=["Derek"]),
        EventLine(3, "BOMB", wall(day, 1320), wall(day, 1500), "", "run", units=["Act I"], people=["full company"]),
    ]  # fmt: skip
    assert [problem.line for problem in plan.problems] == [4]
