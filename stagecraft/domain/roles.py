"""Which privacy classes open for whose work (paperwork.md §0.5)."""

from __future__ import annotations

from stagecraft.domain.kinds import PRIVACY

_UP_TO: dict[str, str] = {
    "stage-manager": "Management",
    "production-manager": "Management",
    "company-manager": "Restricted",
    "general-manager": "Restricted",
    "producer": "Management",
    "director": "Team",
    "head": "Team",
    "performer": "Company",
}


def may_see(role: str) -> frozenset[str]:
    """Privacy classes that open for a role of `base.settings.ROLES`; an unknown role sees what the company sees."""
    return frozenset(PRIVACY[: PRIVACY.index(_UP_TO.get(role, "Company")) + 1])
