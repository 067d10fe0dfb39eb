"""What a verification holds for, and how far an accepted flag goes: what somebody said of a rule or a breach."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from stagecraft.domain.rules.packs import Defaults, Rule


def fingerprint(rule: Rule, defaults: Defaults) -> str:
    """The same for two rules that say the same; other words, bands or examples do not matter.

    What the pack takes for a day, a week and a half hour is part of what its rules say.
    """
    says = [
        asdict(defaults),
        rule.kind,
        rule.scope,
        _plain(rule.params),
        _plain(rule.when),
        _plain(rule.applies),
        [[one.starts_on.isoformat(), _plain(one.params)] for one in rule.values],
    ]
    text = json.dumps(says, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if hasattr(value, "items"):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def verified(rule: Rule, by: str, on: date, edition: str = "") -> Rule:
    """The rule, compared with the agreement by somebody."""
    source = replace(rule.source, verified_by=by, verified_on=on, edition=edition or rule.source.edition)
    return replace(rule, source=source)


def unverified(rule: Rule) -> Rule:
    """The rule as nobody has compared it with the agreement."""
    return replace(rule, source=replace(rule.source, verified_by="", verified_on=None))


def not_worse(accepted: Any, measured: Any, limit: Any) -> bool:
    """Whether a breach is no worse than the one that was accepted, both against today's limit.

    What has no size, a kind of day or a missing fact, must be the same.
    """
    before, now = _excess(accepted, limit, measured), _excess(measured, limit, measured)
    if before is None or now is None:
        return _text(accepted) == _text(measured)
    return now <= before


def _excess(value: Any, limit: Any, measured: Any) -> int | None:
    """By how much `value` breaks `limit` on the side on which `measured` does; None where that has no size."""
    if isinstance(value, (list, tuple)) and isinstance(limit, (list, tuple)):
        overs = [_over(one, most) for one, most in zip(value, limit, strict=False)]
        return None if None in overs else sum(over for over in overs if over is not None)
    is_now, most = _number(measured), _bound(limit, _number(measured))
    at = _number(value)
    if at is None or is_now is None or most is None:
        return None
    return at - most if is_now >= most else most - at


def _over(value: Any, limit: Any) -> int | None:
    at, most = _number(value), _number(limit)
    if limit is None:
        return 0
    return None if at is None or most is None else max(0, at - most)


def _bound(limit: Any, measured: int | None) -> int | None:
    """The bound of a pair (least, most) that is broken."""
    if not isinstance(limit, (list, tuple)):
        return _number(limit)
    if measured is None or len(limit) != 2:
        return None
    least, most = _number(limit[0]), _number(limit[1])
    return least if least is not None and measured < least else most


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return round(value)
    if isinstance(value, str):
        hours, _, minutes = value.partition(":")
        if hours.isdigit() and minutes.isdigit():
            return int(hours) * 60 + int(minutes)
    return None


def _text(value: Any) -> str:
    return json.dumps(value, default=str)
