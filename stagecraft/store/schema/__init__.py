"""The schema: one file a noun. Importing this package registers every table on `Base.metadata`."""

from stagecraft.store.schema.base import Base
from stagecraft.store.schema.calendar import (
    Attendance,
    Availability,
    AvailabilityReason,
    Block,
    Call,
    Event,
    EventUnit,
)
from stagecraft.store.schema.company import (
    Department,
    House,
    Milestone,
    Phase,
    Production,
    Season,
    Show,
    Space,
    Venue,
)
from stagecraft.store.schema.contracts import (
    Contract,
    ContractDeadline,
    ContractIncrement,
    ContractMoney,
    ContractOption,
    ContractStateChange,
    Rider,
)
from stagecraft.store.schema.paper import Attachment, Blob, Issue
from stagecraft.store.schema.people import (
    Agent,
    Assignment,
    CoverReadiness,
    Job,
    Opening,
    Person,
    PersonPrivate,
    PersonSealed,
)
from stagecraft.store.schema.performances import Performance, PerformanceCast
from stagecraft.store.schema.reports import Note, Report, ReportBreak, ReportWork
from stagecraft.store.schema.rules import Acceptance, RuleApproval, RulePack, RuleVerification
from stagecraft.store.schema.script import (
    Act,
    FrenchScene,
    MusicalNumber,
    Participation,
    Role,
    Scene,
    ScriptDraft,
    Track,
)

UNJOURNALLED = frozenset({"blob"})
"""Tables of the schema without journal triggers; the journal's own tables are not in this metadata."""

__all__ = [
    "UNJOURNALLED",
    "Acceptance",
    "Act",
    "Agent",
    "Assignment",
    "Attachment",
    "Attendance",
    "Availability",
    "AvailabilityReason",
    "Base",
    "Blob",
    "Block",
    "Call",
    "Contract",
    "ContractDeadline",
    "ContractIncrement",
    "ContractMoney",
    "ContractOption",
    "ContractStateChange",
    "CoverReadiness",
    "Department",
    "Event",
    "EventUnit",
    "FrenchScene",
    "House",
    "Issue",
    "Job",
    "Milestone",
    "MusicalNumber",
    "Note",
    "Opening",
    "Participation",
    "Performance",
    "PerformanceCast",
    "Person",
    "PersonPrivate",
    "PersonSealed",
    "Phase",
    "Production",
    "Report",
    "ReportBreak",
    "ReportWork",
    "Rider",
    "Role",
    "RuleApproval",
    "RulePack",
    "RuleVerification",
    "Scene",
    "ScriptDraft",
    "Season",
    "Show",
    "Space",
    "Track",
    "Venue",
]
