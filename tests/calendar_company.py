"""A small company for calendar tests: one workshop with three scenes, a run next door, two venues in two zones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stagecraft.base.clock import Clock
from stagecraft.domain.conflicts import MoveCheck
from stagecraft.domain.times import monday, to_instant, wall
from stagecraft.queries.calendar import event_row
from stagecraft.queries.calendar_week import read_week
from stagecraft.queries.company import production_rows
from stagecraft.services.engine import Engine
from stagecraft.store import schema
from stagecraft.store.store import Store
from stagecraft.ui.pages.calendar_check import CalendarCheck

THU = date(2027, 1, 14)
ZONE = "America/New_York"


def at(hour: float, day: date = THU) -> int:
    """Wall minute of an hour of a day."""
    return wall(day, round(hour * 60))


def instant(hour: float, day: date = THU) -> int:
    return to_instant(at(hour, day), ZONE)


def check_move(company: Company, event: int, by: int) -> MoveCheck:
    """What the live check says with an event held `by` minutes from where it is."""
    row = company.read(event_row, event)
    check = CalendarCheck(company)
    check.week = company.read(read_week, monday(row.day), [], [], [])
    check.begin([event], None)
    return check.check(event, row.starts_wall + by, row.ends_wall + by)


@dataclass(slots=True)
class Company:
    """The engine and the ids a test needs. `scenes` by number; `people` by first name."""

    engine: Engine
    workshop: int
    run: int
    rooms: dict[str, int]
    scenes: dict[str, int]
    people: dict[str, int]

    def do(self, command):
        return self.engine.execute(command).value

    def read(self, query, *args, **kwargs):
        with self.engine.reading() as conn:
            return query(conn, *args, **kwargs)

    def production_row(self, production):
        return next((row for row in self.read(production_rows) if row.id == production), None)


SCENES = {
    "1.1": ("Subway", "Downtown", 60, "AJ"),
    "1.5": ("Roof", "Water Tower", 8, "AJ"),
    "1.6": ("Studio", "Ghost in the Booth", 8, "AJB"),
}
CAST = {"A": ("Karen Cartwright", "Amanda"), "J": ("Jimmy Collins", "Jesse"), "B": ("Omar Reid", "JB")}


def build(store: Store, day: date = THU) -> Company:
    """Fill an empty file."""
    engine = Engine(store, Clock.on(day), "tester")
    with store.step("Test", origin="test", who="tester", clock=engine.clock) as work:
        made = _Builder(work)
        rooms = made.rooms()
        workshop, run = made.production("HIT", "workshop", "hit"), made.production("BOMB", "run", "bomb")
        people = made.people(workshop)
        scenes = made.script(workshop, people)
    return Company(engine, workshop, run, rooms, scenes, people)


class _Builder:
    def __init__(self, work) -> None:
        self.work = work
        self.tracks: dict[str, int] = {}

    def add(self, model, **fields) -> int:
        return self.work.add(model(**fields)).id

    def rooms(self) -> dict[str, int]:
        empty = {"address": "", "city": "", "phone": "", "capacity": None}
        self.mercer = self.add(schema.Venue, name="Mercer", zone=ZONE, **empty)
        self.london = self.add(schema.Venue, name="Old Vic", zone="Europe/London", **empty)
        made = {}
        for position, (name, venue) in enumerate(
            (("4A", self.mercer), ("4B", self.mercer), ("Stage", self.london))
        ):
            made[name] = self.add(
                schema.Space, venue_id=venue, name=name, use="", position=position, hidden=False
            )
        return made

    def production(self, code: str, kind: str, colour: str) -> int:
        show = self.add(schema.Show, title=code, authors="")
        days = 22 if kind == "workshop" else None
        return self.add(
            schema.Production, season_id=None, show_id=show, venue_id=self.mercer, code=code, name=code, subtitle="",
            kind=kind, colour=colour, first_rehearsal=date(2027, 1, 11), first_preview=None, opening=None, closing=None,
            working_days=days, curtain_to_down=None, management="", rule_pack="", note="",
        )  # fmt: skip

    def people(self, production: int) -> dict[str, int]:
        made = {}
        for name in (*(person for person, _role in CAST.values()), "Derek Wills", "Malik Grant"):
            first, last = name.split(" ")
            made[first] = self.add(
                schema.Person, name=name, sort_name=f"{last}, {first}", pronouns="", show_pronouns=False, phone="",
                email="", share_contact=True, organisation="", agent_id=None, photo=None, note="",
            )  # fmt: skip
        job = self.add(schema.Job, production_id=production, name="Director", group="creative", position=1)
        self.assign(production, made["Derek"], "job", job_id=job)
        return made

    def assign(self, production: int, person: int, kind: str, **target) -> int:
        fields = {
            "contract_id": None,
            "track_id": None,
            "job_id": None,
            "rank": 0,
            "starts_on": None,
            "ends_on": None,
        }
        return self.add(
            schema.Assignment,
            person_id=person,
            production_id=production,
            kind=kind,
            note="",
            **{**fields, **target},
        )

    def script(self, production: int, people: dict[str, int]) -> dict[str, int]:
        act = self.add(schema.Act, production_id=production, number=1, name="Act I", minutes=None)
        for position, (letter, (person, role)) in enumerate(CAST.items()):
            track = self.add(
                schema.Track, production_id=production, code=letter, kind="principal", position=position
            )
            self.tracks[letter] = track
            self.add(
                schema.Role,
                production_id=production,
                track_id=track,
                name=role,
                short_name=role,
                position=position,
            )
            self.assign(production, people[person.split(" ")[0]], "principal", track_id=track)
        return {number: self.scene(production, act, number, *what) for number, what in SCENES.items()}

    def scene(
        self, production: int, act: int, number: str, place: str, song: str, minutes: int, who: str
    ) -> int:
        position = list(SCENES).index(number)
        scene = self.add(
            schema.Scene, production_id=production, act_id=act, number=number, title=place, page_from="1", page_to="2",
            minutes=minutes, position=position, cut=False, note="",
        )  # fmt: skip
        self.add(
            schema.MusicalNumber, production_id=production, scene_id=scene, title=song, status="in", minutes=None,
            position=1, cut_on=None,
        )  # fmt: skip
        for letter in who:
            self.add(
                schema.Participation,
                scene_id=scene,
                french_scene_id=None,
                track_id=self.tracks[letter],
                mark="on",
            )
        return scene
