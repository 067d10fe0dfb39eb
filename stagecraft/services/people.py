"""Commands about people: their record, its private and sealed parts, photos, agents.

Jobs, assignments and covers' readiness live in `services.assignments` and are exported here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from stagecraft.base.errors import Refused
from stagecraft.domain.names import sort_name
from stagecraft.services.assignments import (
    AddJob,
    AddJobFor,
    Assign,
    EditAssignment,
    EditJob,
    SetReadiness,
    Unassign,
)
from stagecraft.services.command import Command
from stagecraft.services.fields import checked_person, field_word, line, prose, set_fields, typed
from stagecraft.services.places import rows_of
from stagecraft.store.schema import Agent, Opening, Person, PersonPrivate, PersonSealed

if TYPE_CHECKING:
    from stagecraft.store.work import UnitOfWork

__all__ = [
    "AddAgent",
    "AddJob",
    "AddJobFor",
    "AddPerson",
    "Assign",
    "EditAgent",
    "EditAssignment",
    "EditJob",
    "EditPerson",
    "EditPrivate",
    "EditSealed",
    "OpenSealed",
    "RemovePeople",
    "RemovePerson",
    "SetAgent",
    "SetPhoto",
    "SetReadiness",
    "Unassign",
]

PHOTO_BYTES = 2_000_000
"""The most a photo may weigh; the window makes it far smaller."""

_LINES = {"name", "sort_name", "pronouns", "phone", "email", "organisation"}
_PERSON_FIELDS = _LINES | {"show_pronouns", "share_contact", "agent_id", "note"}
_AGENT_FIELDS = {"name", "agency", "phone", "email"}
_PRIVATE_FIELDS = {"legal_name", "address", "birthday", "emergency_1", "emergency_2", "union_last4"}


# --- the person --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddPerson(Command):
    """Put someone on file; only a name is needed, the sort name follows from it. Returns the person's id."""

    label: ClassVar[str] = "add {person}"
    name: str
    sort_name: str = ""
    pronouns: str = ""
    show_pronouns: bool = False
    phone: str = ""
    email: str = ""
    share_contact: bool = True
    organisation: str = ""
    agent: int | None = None
    note: str = ""

    def apply(self, work: UnitOfWork) -> int:
        texts = checked_person({key: getattr(self, key) for key in (*_LINES, "note")})
        texts["sort_name"] = texts["sort_name"] or sort_name(texts["name"])
        if self.agent is not None:
            work.get(Agent, self.agent)
        person = work.add(
            Person(
                **texts,
                show_pronouns=self.show_pronouns,
                share_contact=self.share_contact,
                agent_id=self.agent,
                photo=None,
            )
        )
        work.label(person=person.id)
        return int(person.id)


@dataclass(frozen=True, slots=True)
class EditPerson(Command):
    """Change fields of a person: name, sort_name, pronouns, show_pronouns, phone, email, share_contact,
    organisation, agent_id, note.

    A sort name that was derived from the old name follows the new one; an empty one is derived again.
    """

    label: ClassVar[str] = "change {field} of {person}"
    person: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        person = work.get(Person, self.person)
        changes = checked_person(self.changes)
        name = changes.get("name", person.name)
        follows = "sort_name" not in changes and person.sort_name == sort_name(person.name)
        if follows or changes.get("sort_name") == "":
            changes["sort_name"] = sort_name(name)
        if changes.get("agent_id") is not None:
            work.get(Agent, changes["agent_id"])
        changed = set_fields(person, changes, _PERSON_FIELDS)
        work.label(person=person.id, field="name" if "name" in changed else field_word(changed))


@dataclass(frozen=True, slots=True)
class RemovePerson(Command):
    """Take someone off file with everything that is only theirs: calls, contracts, assignments, absences."""

    label: ClassVar[str] = "remove {person}"
    person: int

    def apply(self, work: UnitOfWork) -> None:
        work.label(person=self.person)
        work.remove(work.get(Person, self.person))


@dataclass(frozen=True, slots=True)
class RemovePeople(Command):
    """Take several people off file in one step."""

    label: ClassVar[str] = "remove {count} people"
    people: tuple[int, ...]

    def apply(self, work: UnitOfWork) -> None:
        for person in self.people:
            work.remove(work.get(Person, person))
        work.label(count=len(self.people))


@dataclass(frozen=True, slots=True)
class SetPhoto(Command):
    """Give a person a photo (JPEG or PNG bytes), or take it away with None."""

    label: ClassVar[str] = "change the photo of {person}"
    person: int
    data: bytes | None
    media_type: str = "image/jpeg"

    def apply(self, work: UnitOfWork) -> None:
        person = work.get(Person, self.person)
        work.label(person=person.id)
        if self.data is None:
            person.photo = None
            return
        starts = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n"}
        if self.media_type not in starts or not self.data.startswith(starts[self.media_type]):
            raise Refused("photo.kind", "A photo must be a JPEG or PNG picture.", field="photo")
        if len(self.data) > PHOTO_BYTES:
            raise Refused(
                "photo.heavy", "That picture is too large to keep; choose a smaller one.", field="photo"
            )
        person.photo = work.put_blob(self.data, self.media_type)


# --- private and sealed parts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EditPrivate(Command):
    """Change what only management sees: legal_name, address, birthday, emergency_1, emergency_2, union_last4."""

    label: ClassVar[str] = "change private details of {person}"
    person: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        work.get(Person, self.person)
        changes = {key: typed(key, value) for key, value in self.changes.items()}
        last4 = changes.get("union_last4", "")
        if last4 and not (last4.isascii() and last4.isalnum() and len(last4) <= 4):
            raise Refused(
                "private.last4", "Only the last four digits of a union number are kept.", field="union_last4"
            )
        birthday = changes.get("birthday")
        if birthday is not None and not date(1900, 1, 1) <= birthday <= work.today:
            raise Refused("private.birthday", "A birthday lies in the past.", field="birthday")
        row = work.find(PersonPrivate, self.person)
        if row is None:
            row = work.add(
                PersonPrivate(
                    person_id=self.person, legal_name="", address="", birthday=None,
                    emergency_1="", emergency_2="", union_last4="",
                )
            )  # fmt: skip
        set_fields(row, changes, _PRIVATE_FIELDS)
        work.label(person=self.person)


@dataclass(frozen=True, slots=True)
class EditSealed(Command):
    """Change what someone chose to disclose about their health."""

    label: ClassVar[str] = "change sealed details of {person}"
    person: int
    medical: str

    def apply(self, work: UnitOfWork) -> None:
        work.get(Person, self.person)
        medical = prose(self.medical, "medical")
        row = work.find(PersonSealed, self.person)
        if row is None:
            work.add(PersonSealed(person_id=self.person, medical=medical))
        else:
            row.medical = medical
        work.label(person=self.person)


@dataclass(frozen=True, slots=True)
class OpenSealed(Command):
    """Record that someone opened a person's `private` or `medical` details; stays in the history, is never undone."""

    label: ClassVar[str] = "open sealed details of {person}"
    step_kind: ClassVar[str] = "log"
    person: int
    what: str

    def apply(self, work: UnitOfWork) -> None:
        if self.what not in ("private", "medical"):
            raise TypeError(f"nothing sealed is called {self.what}")
        work.get(Person, self.person)
        work.add(
            Opening(
                person_id=self.person, contract_id=None, what=self.what, opened_at=work.clock.utc_ms() // 60_000
            )
        )
        work.label(person=self.person)


# --- agents ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddAgent(Command):
    """Put an agent on file; the same name at the same agency is the same agent. Returns the agent's id."""

    label: ClassVar[str] = "add an agent"
    name: str
    agency: str = ""
    phone: str = ""
    email: str = ""

    def apply(self, work: UnitOfWork) -> int:
        texts = checked_person({key: getattr(self, key) for key in sorted(_AGENT_FIELDS)})
        known = next(iter(rows_of(work, Agent, name=texts["name"], agency=texts["agency"])), None)
        if known is None:
            return int(work.add(Agent(**texts)).id)
        set_fields(known, {key: value for key, value in texts.items() if value}, _AGENT_FIELDS)
        return int(known.id)


@dataclass(frozen=True, slots=True)
class EditAgent(Command):
    """Change an agent's name, agency, phone or email, for everybody they represent."""

    label: ClassVar[str] = "change an agent’s {field}"
    agent: int
    changes: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, work: UnitOfWork) -> None:
        row = work.get(Agent, self.agent)
        changed = set_fields(row, checked_person(self.changes), _AGENT_FIELDS)
        work.label(field=field_word(changed))


@dataclass(frozen=True, slots=True)
class SetAgent(Command):
    """Give a person the agent of this name and agency, putting them on file when new; no name means no agent."""

    label: ClassVar[str] = "change the agent of {person}"
    person: int
    name: str
    agency: str = ""

    def apply(self, work: UnitOfWork) -> int | None:
        person = work.get(Person, self.person)
        agent = AddAgent(self.name, self.agency).apply(work) if line(self.name) else None
        person.agent_id = agent
        work.label(person=person.id)
        return agent
