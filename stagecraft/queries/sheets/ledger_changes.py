"""What a 29-hour ledger says that its issue before did not."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from stagecraft.domain.hours import hours_figure
from stagecraft.domain.sheets import from_json, to_json
from stagecraft.domain.sheets.frame import Run, bold
from stagecraft.domain.sheets.twenty_nine_hour_ledger import LedgerChange, TwentyNineHourLedgerSheet
from stagecraft.queries.paper import issue_rows, issue_sheet

NAME = "29-hour-ledger"
MOST_CHANGES = 5


def compare(conn: Connection, production_id: int, sheet: TwentyNineHourLedgerSheet) -> None:
    """Say what is different from the newest issue; a sheet that says the same as it, says its changes too."""
    issues = issue_rows(conn, production_id, NAME, "")
    if not issues:
        return
    before = from_json(TwentyNineHourLedgerSheet, issue_sheet(conn, issues[0].id) or "{}")
    if _said(before) == _said(sheet):
        sheet.since, sheet.changes = before.since, before.changes
        return
    sheet.since = f"v{issues[0].version}"
    sheet.changes = _changes(before, sheet)


def _said(sheet: TwentyNineHourLedgerSheet) -> str:
    frame = replace(sheet.frame, state="", version=0, stamp="", author="")
    return to_json(replace(sheet, frame=frame, since="", changes=[]))


def _changes(before: TwentyNineHourLedgerSheet, now: TwentyNineHourLedgerSheet) -> list[LedgerChange]:
    old = {one.name: one for one in before.days}
    found: list[LedgerChange] = []
    for number, one in enumerate(now.days, 1):
        was = old.get(one.name)
        head = bold(f"Day {number}, {one.name}: {one.words}")
        if was is None or (was.planned and not one.planned):
            found.append(LedgerChange([head, Run(" planned" if one.planned else " called")]))
        elif was.minutes != one.minutes:
            found.append(LedgerChange([head, Run(", was ")], was.words))
    names = {one.name for one in now.days}
    found += [
        LedgerChange([bold(one.name), Run(": nobody is called any more")])
        for one in before.days
        if one.name not in names
    ]
    found += _people(before, now)
    more = len(found) - MOST_CHANGES + 1
    if len(found) > MOST_CHANGES:
        found = [*found[: MOST_CHANGES - 1], LedgerChange([Run(f"{more} more changes in the table")])]
    _add_total(before, now, found)
    for change in found:
        if not change.after and not change.text[-1].text.endswith("."):
            change.after = "."
    return found or [LedgerChange([Run("Words of the rules or their state; the hours are the same.")])]


def _people(before: TwentyNineHourLedgerSheet, now: TwentyNineHourLedgerSheet) -> list[LedgerChange]:
    people = {one.name for one in now.people}
    had = {one.name for one in before.people}
    found: list[LedgerChange] = []
    if added := [one.name for one in now.people if one.name not in had]:
        found.append(LedgerChange([bold("Added: "), Run(", ".join(added))]))
    if gone := [one.name for one in before.people if one.name not in people]:
        found.append(LedgerChange([bold("Gone: "), Run(", ".join(gone))]))
    return found


def _add_total(
    before: TwentyNineHourLedgerSheet, now: TwentyNineHourLedgerSheet, found: list[LedgerChange]
) -> None:
    """The total beside the last change, or on a line of its own."""
    if before.total_used != now.total_used:
        total = [Run(". Total "), bold(f"{now.total_used} of {hours_figure(now.limit)}"), Run(", was ")]
        if found and not found[-1].was:
            found[-1].text += total
            found[-1].was, found[-1].after = before.total_used, "."
        else:
            total[0] = Run("Total ")
            found.append(LedgerChange(total, before.total_used, "."))
