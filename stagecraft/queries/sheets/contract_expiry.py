"""The contract expiry sheet. Class Restricted, and still without pay: no amount is read here."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import Connection

from stagecraft.domain.contract_dates import OPTION_STATES, alarms, days_text, left_text
from stagecraft.domain.sheets.contract_expiry import ContractExpirySheet, Diamond, ExpiryRow, TermLine
from stagecraft.domain.sheets.frame import Run
from stagecraft.domain.times import date_text, long_date_text
from stagecraft.queries.contracts import ContractRow, OptionRow, contract_rows
from stagecraft.queries.sheets.cast import company, draft_frame, management_contact

PRIVACY = "RESTRICTED — company manager and general manager only. No salaries on this sheet."
NOTES = [
    "Deadlines are computed from the contract.",
    (
        "ACT NOW = 30 days or fewer, or overdue. WATCH = 60 days or fewer. Alarms 14, 7 and 1 days before."
        " Check your agreement."
    ),
]


def build(conn: Connection, production_id: int, day: date) -> ContractExpirySheet:
    """Contracts of a production by next deadline as of a day. A fixed number of statements."""
    known = company(conn, production_id)
    management_contact(conn, known, day)
    contracts = [row for row in contract_rows(conn, day, [production_id]) if not row.ended]
    place = f"{known.production.management}, general management · " if known.production.management else ""
    first = (day.replace(day=1) - timedelta(days=45)).replace(day=1)
    last = _month_end(first, 6)
    return ContractExpirySheet(
        frame=draft_frame(
            known,
            "CONTRACT EXPIRY AND OPTIONS",
            f"as of {long_date_text(day)}",
            PRIVACY,
            place=f"{place}sorted by next deadline",
        ),
        rows=_joined([_row(contract, day) for contract in contracts]),
        window_starts=first.isoformat(),
        window_ends=last.isoformat(),
        today=day.isoformat(),
        today_label=f"today, {day.day} {day:%b}",
        window_label=f"{_short(first)} {first.year} – {_short(last)} {last.year} · ◆ option deadline",
        terms=[_term(contract, day, last) for contract in contracts if _on_line(contract, day)],
        notes=list(NOTES),
    )


def _month_end(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _row(contract: ContractRow, day: date) -> ExpiryRow:
    decided = _decided(contract)
    due = "none"
    badge = ""
    if decided:
        badge = "DECIDED"
        due = days_text(contract.ends_on, day, to_do=False) if contract.ends_on else "none"
    elif contract.next is not None and contract.next.to_do:
        due = days_text(contract.next.due_on, day)
        badge = {"red": "ACT NOW", "amber": "WATCH"}.get(contract.severity, "")
    option, formula = _option(contract)
    return ExpiryRow(
        due,
        badge,
        contract.person,
        contract.job,
        contract.agreement_text,
        date_text(contract.ends_on) if contract.ends_on else "run",
        left_text(contract.ends_on, day),
        option,
        formula,
        _decision(contract, day, decided),
        _alarms(contract, badge),
    )


def _decided(contract: ContractRow) -> OptionRow | None:
    """The option that was decided last, when none is open any more."""
    if any(option.state == "open" for option in contract.options):
        return None
    return max(
        (one for one in contract.options if one.decided_on),
        key=lambda one: one.decided_on or date.min,
        default=None,
    )


def _option(contract: ContractRow) -> tuple[list[Run], str]:
    """`Option by Sun 31 Jan 2027` and `Sun 28 Mar 2027 − 8 wk`; the next other duty where there is no option."""
    option = next((one for one in contract.options if one.state == "open"), None) or _decided(contract)
    if option is not None and option.due_on is not None:
        formula = "set by hand"
        if option.set_due_on is None and contract.ends_on is not None:
            formula = f"{date_text(contract.ends_on)} − {option.notice_weeks} wk"
        return [Run("Option by "), Run(date_text(option.due_on), "bold")], formula
    if contract.next is not None and contract.next.to_do:
        return [Run(f"{contract.next.name} by "), Run(date_text(contract.next.due_on), "bold")], ""
    return [Run("None on file")], ""


def _decision(contract: ContractRow, day: date, decided: OptionRow | None) -> list[Run]:
    runs: list[Run] = []
    if decided is not None:
        extends = f" (option was +{decided.extends_weeks} wk)" if decided.extends_weeks else ""
        how = f", {decided.method}" if decided.method else ""
        on = f" {date_text(decided.decided_on)}" if decided.decided_on else ""
        runs = [Run(OPTION_STATES[decided.state].capitalize(), "bold"), Run(f"{extends}{how}{on}. ")]
    elif any(option.state == "open" for option in contract.options):
        runs = [Run("OPEN", "bold"), Run(". ")]
    words = [part.strip().rstrip(".") for part in (contract.decision, contract.replacement) if part.strip()]
    if contract.decision and runs and decided is not None:
        # The line written by hand says it better than the row.
        head = re.split(r"(?= \()|(?=[,.;])", contract.decision.strip(), maxsplit=1)[0]
        tail = contract.decision.strip()[len(head) :].rstrip(".")
        after = f". {contract.replacement.strip()}" if contract.replacement.strip() else ""
        return [Run(head, "bold"), Run(tail + after)]
    if not words and not runs:
        return [
            Run(
                f"Starts {date_text(contract.starts_on)}"
                if contract.starts_on and contract.starts_on > day
                else "Run of show"
                if contract.ends_on is None
                else "Term as signed"
            )
        ]
    if runs and not words:
        return [runs[0], *(run for run in runs[1:] if run.text.strip(". "))]
    text = ". ".join(" ".join(part.split()) for part in words)
    return [*runs, Run(text)] if runs else [Run(text)]


def _alarms(contract: ContractRow, badge: str) -> str:
    if badge not in ("ACT NOW", "WATCH") or contract.next is None:
        return ""
    return "Alarms " + " · ".join(_short(one) for one in alarms(contract.next.due_on))


def _joined(rows: list[ExpiryRow]) -> list[ExpiryRow]:
    """People on the same terms without any deadline share a line."""
    out: list[ExpiryRow] = []
    for row in rows:
        twin = next((one for one in out if _terms(one) == _terms(row)), None) if row.due == "none" else None
        if twin is None:
            out.append(row)
            continue
        twin.person += f" · {row.person}"
        if row.job not in twin.job.split(" · "):
            twin.job += f" · {row.job}"
    return out


def _terms(row: ExpiryRow) -> tuple[object, ...]:
    return row.due, row.badge, row.agreement, row.ends, row.left, row.option, row.decision


def _on_line(contract: ContractRow, day: date) -> bool:
    """Terms with an end, and those that have not begun; a run of the play that goes on needs no line."""
    return contract.ends_on is not None or (contract.starts_on is not None and contract.starts_on > day)


def _term(contract: ContractRow, day: date, last: date) -> TermLine:
    coming = contract.starts_on is not None and contract.starts_on > day
    shape = "coming" if coming else "decided" if _decided(contract) is not None else "running"
    ends = contract.ends_on
    if ends is None:
        label = "run"
    elif ends > last:
        label = f"to {_short(ends)} {ends.year}"
    else:
        label = f"ends {_short(ends)}"
    diamonds = [Diamond(one.due_on.isoformat(), _short(one.due_on)) for one in contract.options if one.due_on]
    return TermLine(
        contract.person,
        contract.starts_on.isoformat() if contract.starts_on else None,
        ends.isoformat() if ends else None,
        shape,
        label,
        diamonds,
    )
