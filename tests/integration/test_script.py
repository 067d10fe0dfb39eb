"""Acts, scenes, numbers, tracks, marks and drafts through the engine, on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from statements import counting

from stagecraft.base.clock import Clock
from stagecraft.base.errors import Refused
from stagecraft.domain.breakdown import without
from stagecraft.domain.times import wall
from stagecraft.queries.script import (
    act_rows,
    draft_rows,
    number_rows,
    participation_rows,
    role_rows,
    scene_rows,
    script_rows,
    track_rows,
    worked_rows,
)
from stagecraft.services.calendar import AddEvent, CancelEvent
from stagecraft.services.company import AddProduction
from stagecraft.services.engine import Engine
from stagecraft.services.history import undo_text
from stagecraft.services.people import AddPerson, Assign
from stagecraft.services.script import (
    AddAct,
    AddCharacter,
    AddDraft,
    AddFirstScene,
    AddFrenchScene,
    AddNumber,
    AddRole,
    AddScene,
    AddTrack,
    CutScenes,
    EditDraft,
    EditNumber,
    EditRole,
    EditScene,
    EditTrack,
    MoveScene,
    MoveTrack,
    RemoveScene,
    RemoveTrack,
    SetParticipation,
    SetParticipations,
)
from stagecraft.store.store import Store

TODAY = date(2027, 1, 25)


@pytest.fixture
def engine(store: Store) -> Engine:
    return Engine(store, Clock.on(TODAY), who="Rosa")


@pytest.fixture
def hit(engine: Engine) -> int:
    return do(engine, AddProduction("Hit List", code="HIT"))


def do(engine: Engine, command):
    return engine.execute(command).value


def read(engine: Engine, query, *args, **kwargs):
    with engine.reading() as conn:
        return query(conn, *args, **kwargs)


def numbers(engine, hit) -> list[str]:
    return [row.number for row in read(engine, scene_rows, (hit,))]


def test_scenes_take_the_next_number_and_letters_between(engine, hit):
    act = do(engine, AddAct(hit))
    first = do(engine, AddScene(act, title="Roof"))
    do(engine, AddScene(act))
    do(engine, AddScene(act, after=first))
    second = do(engine, AddAct(hit))
    do(engine, AddScene(second))
    assert numbers(engine, hit) == ["1.1", "1.1A", "1.2", "2.1"]
    assert [row.name for row in read(engine, act_rows, (hit,))] == ["Act I", "Act II"]


def test_a_number_is_given_once(engine, hit):
    act = do(engine, AddAct(hit))
    scene = do(engine, AddScene(act, "1.1"))
    with pytest.raises(Refused, match=r"There is a scene 1\.1 already"):
        do(engine, AddScene(act, "1.1"))
    do(engine, AddScene(act, "1.2"))
    for number in ("1.2", ""):
        with pytest.raises(Refused):
            do(engine, EditScene(scene, {"number": number}))
    with pytest.raises(Refused):
        do(engine, EditScene(scene, {"minutes": 601}))
    assert numbers(engine, hit) == ["1.1", "1.2"]


def test_moving_a_scene_keeps_its_number_and_undo_brings_it_back(engine, hit):
    one, two = do(engine, AddAct(hit)), do(engine, AddAct(hit))
    scenes = [do(engine, AddScene(one)) for _ in range(3)]
    do(engine, MoveScene(scenes[2], one, 0))
    assert numbers(engine, hit) == ["1.3", "1.1", "1.2"]
    do(engine, MoveScene(scenes[0], two, 5))
    assert numbers(engine, hit) == ["1.3", "1.2", "1.1"]
    engine.undo()
    engine.undo()
    assert numbers(engine, hit) == ["1.1", "1.2", "1.3"]


def test_cutting_keeps_the_scene_its_marks_and_the_date_of_a_cut_number(engine, hit):
    act = do(engine, AddAct(hit))
    scene = do(engine, AddScene(act))
    song = do(engine, AddNumber(hit, "Voicemail", scene))
    track = do(engine, AddCharacter(hit, "Jesse"))
    do(engine, SetParticipation(scene, track, "sings"))
    do(engine, CutScenes((scene,)))
    do(engine, EditNumber(song, {"status": "cut"}))
    do(engine, AddNumber(hit, "Missed Call", scene, status="new"))
    rows = read(engine, script_rows, hit, TODAY)
    assert rows.scenes[0].cut
    assert rows.scenes[0].song == "Missed Call"
    assert [(n.title, n.cut_on) for n in rows.numbers] == [("Voicemail", TODAY), ("Missed Call", None)]
    assert len(rows.marks) == 1
    do(engine, EditNumber(song, {"status": "restored"}))
    assert read(engine, number_rows, (hit,))[0].cut_on is None


def test_marks_are_set_changed_and_taken_away(engine, hit):
    act = do(engine, AddAct(hit))
    scene, other = do(engine, AddScene(act)), do(engine, AddScene(act))
    track = do(engine, AddTrack(hit, "P1"))
    do(engine, SetParticipation(scene, track, "sings"))
    do(engine, SetParticipation(scene, track, "dances"))
    assert [(row.scene_id, row.mark) for row in read(engine, participation_rows, (hit,))] == [(scene, "dances")]
    do(engine, SetParticipations(((scene, track), (other, track)), "on"))
    assert [row.mark for row in read(engine, participation_rows, (hit,))] == ["on", "on"]
    assert undo_text(engine) == "change 2 marks"
    do(engine, SetParticipation(scene, track, None))
    do(engine, SetParticipation(scene, track, None))
    assert [row.scene_id for row in read(engine, participation_rows, (hit,))] == [other]
    with pytest.raises(Refused):
        do(engine, SetParticipation(scene, track, "flies"))


def test_a_mark_may_be_for_one_french_scene(engine, hit):
    act = do(engine, AddAct(hit))
    scene, other = do(engine, AddScene(act)), do(engine, AddScene(act))
    track = do(engine, AddTrack(hit, "P1"))
    letters = [do(engine, AddFrenchScene(scene)) for _ in range(2)]
    do(engine, SetParticipation(scene, track, "speaks", letters[1]))
    assert [row.letter for row in read(engine, scene_rows, (hit,))[0].french] == ["a", "b"]
    assert read(engine, script_rows, hit, TODAY).units[0].people == {track}
    with pytest.raises(Refused):
        do(engine, SetParticipation(other, track, "speaks", letters[0]))


def test_a_character_without_a_short_name_goes_by_the_whole_one_also_when_renamed(engine, hit):
    track = do(engine, AddCharacter(hit, "New character"))
    do(engine, EditRole(read(engine, role_rows, (hit,))[0].id, {"name": "The Old Man"}))
    assert [row.name for row in read(engine, track_rows, (hit,)) if row.id == track] == ["The Old Man"]


def test_the_first_scene_brings_its_act_and_one_undo_takes_both(engine, hit):
    do(engine, AddFirstScene(hit))
    assert [row.number for row in read(engine, scene_rows, (hit,))] == ["1.1"]
    engine.undo()
    assert read(engine, act_rows, (hit,)) == []


def test_tracks_show_whose_they_are_on_a_day(engine, hit):
    track = do(engine, AddTrack(hit, "P1"))
    do(engine, AddRole(hit, "Marilyn Monroe", "Marilyn", track))
    karen, ivy = do(engine, AddPerson("Karen Cartwright")), do(engine, AddPerson("Ivy Lynn"))
    do(engine, Assign(karen, hit, track=track, starts_on=date(2026, 2, 2), ends_on=date(2027, 1, 17)))
    do(engine, Assign(ivy, hit, track=track, kind="cover", rank=1))
    do(engine, Assign(ivy, hit, track=track, kind="principal", starts_on=date(2027, 1, 19)))

    def who(day: date, *, nearest: bool = False) -> str:
        return read(engine, track_rows, (hit,), day, nearest=nearest)[0].person_short

    assert [who(date(2027, 1, 17)), who(date(2027, 1, 18)), who(date(2027, 1, 19))] == ["Karen", "", "Ivy"]
    assert [who(date(2025, 1, 1), nearest=True), who(date(2027, 1, 18), nearest=True)] == ["Karen", "Ivy"]
    assert read(engine, track_rows, (hit,))[0].name == "Marilyn"


def test_tracks_have_codes_of_their_own_and_a_place(engine, hit):
    one, two = do(engine, AddTrack(hit, "P1")), do(engine, AddTrack(hit, "P2"))
    for wrong in (
        AddTrack(hit, "P1"),
        AddTrack(hit, " "),
        EditTrack(two, {"code": "P1"}),
        AddTrack(hit, "X", "crew"),
    ):
        with pytest.raises(Refused):
            do(engine, wrong)
    do(engine, MoveTrack(two, 0))
    assert [row.code for row in read(engine, track_rows, (hit,))] == ["P2", "P1"]
    assert do(engine, AddCharacter(hit, "Nick")) not in (one, two)
    assert [row.code for row in read(engine, track_rows, (hit,))] == ["P2", "P1", "P3"]


def test_removing_a_track_or_scene_takes_its_marks_and_undo_brings_them_back(engine, hit):
    act = do(engine, AddAct(hit))
    scene, track = do(engine, AddScene(act)), do(engine, AddCharacter(hit, "Jesse"))
    do(engine, SetParticipation(scene, track, "sings"))
    before = read(engine, script_rows, hit, TODAY)
    for command in (RemoveTrack(track), RemoveScene(scene)):
        do(engine, command)
        assert read(engine, participation_rows, (hit,)) == []
        engine.undo()
        assert read(engine, script_rows, hit, TODAY) == before
    do(engine, RemoveTrack(track))
    assert read(engine, role_rows, (hit,)) == []


def test_last_worked_counts_rehearsals_that_were_not_cancelled(engine, hit):
    act = do(engine, AddAct(hit))
    scene = do(engine, AddScene(act))
    for day, kind in ((14, "staging"), (20, "music"), (22, "meeting")):
        at = wall(date(2027, 1, day), 600)
        event = do(engine, AddEvent(hit, kind, at, at + 60, units=(scene,)))
    assert read(engine, worked_rows, (hit,)) == {scene: (date(2027, 1, 20), "music")}
    assert read(engine, worked_rows, (hit,), before=date(2027, 1, 20)) == {
        scene: (date(2027, 1, 14), "staging")
    }
    at = wall(date(2027, 1, 23), 600)
    event = do(engine, AddEvent(hit, "staging", at, at + 60, units=(scene,)))
    do(engine, CancelEvent(event))
    assert read(engine, worked_rows, (hit,)) == {scene: (date(2027, 1, 20), "music")}


def test_what_is_possible_without_someone(engine, hit):
    act = do(engine, AddAct(hit))
    amanda, jesse = do(engine, AddCharacter(hit, "Amanda")), do(engine, AddCharacter(hit, "Jesse"))
    both, alone = do(engine, AddScene(act)), do(engine, AddScene(act))
    do(engine, SetParticipations(((both, amanda), (both, jesse), (alone, jesse)), "on"))
    found = without(read(engine, script_rows, hit, TODAY).units, {amanda})
    assert (found.full, found.reading, found.impossible) == ((alone,), (), (both,))


def test_drafts_are_called_once_and_stand_in_the_order_of_issue(engine, hit):
    do(engine, AddDraft(hit, "D3-blue", date(2027, 1, 13), "blue", "14–19"))
    first = do(engine, AddDraft(hit, "D3", date(2027, 1, 11)))
    with pytest.raises(Refused, match="issued already"):
        do(engine, AddDraft(hit, "D3", date(2027, 1, 14)))
    do(engine, EditDraft(first, {"frozen": True}))
    assert [(row.code, row.frozen) for row in read(engine, draft_rows, (hit,))] == [
        ("D3", True),
        ("D3-blue", False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_script_costs_the_same_whatever_its_length(engine, hit, count):
    act = do(engine, AddAct(hit))
    for _ in range(count):
        scene, track = do(engine, AddScene(act)), do(engine, AddCharacter(hit, "Someone"))
        do(engine, AddNumber(hit, "Song", scene))
        do(engine, SetParticipation(scene, track, "on"))
    with engine.reading() as conn, counting(conn) as sent:
        script_rows(conn, hit, TODAY)
    assert len(sent) == 13
