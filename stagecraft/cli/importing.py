"""`stagecraft import`: a CSV file into the company file, whole or not at all."""

from __future__ import annotations

from argparse import Namespace

from stagecraft.base.errors import FileProblem
from stagecraft.cli.opening import as_json, opened, production_named
from stagecraft.domain.incoming import ImportResult
from stagecraft.exchange.plan import ImportPlan, parse
from stagecraft.services.exchange import import_command, rehearse


def import_rows(chosen: Namespace) -> int:
    """Import, or with --dry-run say what would happen.

    Status 0: done, or could be done. 1: a dry run found rows that cannot be taken. 2: nothing was imported.
    """
    plan = parse(chosen.kind, chosen.source)
    with opened(chosen) as engine:
        with engine.reading() as conn:
            production = production_named(conn, chosen.production)
        command = import_command(chosen.kind, plan.lines, production.id if production else None)
        result = rehearse(engine, command)
        problems = sorted({*plan.problems, *result.problems})
        if not problems and not chosen.dry_run:
            result = engine.execute(command, origin="import").value
    _report(chosen, plan, result)
    if not problems:
        return 0
    if chosen.dry_run:
        return 1
    count = len({problem.line for problem in problems})
    raise FileProblem(
        "import.rows",
        f"{plan.path.name}: {count} row{' ' if count == 1 else 's '}cannot be taken, so nothing was imported.",
    )


def _report(chosen: Namespace, plan: ImportPlan, result: ImportResult) -> None:
    problems = sorted({*plan.problems, *result.problems})
    if chosen.json:
        print(
            as_json(
                {
                    "kind": plan.kind,
                    "rows": len(plan.lines),
                    "done": not problems and not chosen.dry_run,
                    "added": result.added,
                    "completed": result.filled,
                    "known": result.known,
                    "kept": result.kept,
                    "problems": problems,
                    "remarks": plan.remarks,
                }
            )
        )
        return
    for remark in plan.remarks:
        print(remark)
    for problem in problems:
        print(problem.words)
    for kept in result.kept:
        print(kept.words)
    if not problems:
        print(f"{'Would be imported' if chosen.dry_run else 'Imported'}: {result.words}.")
    elif chosen.dry_run:
        print("Nothing would be imported until these rows are right.")
