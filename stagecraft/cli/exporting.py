"""`stagecraft export`: rows of the company file as a CSV file that `stagecraft import` takes back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from stagecraft.cli.arguments import Misuse
from stagecraft.cli.opening import opened, production_named, the_production
from stagecraft.exchange.export import DATED, LEFT_OUT, PRIVACY, export, save


def export_rows(chosen: Namespace) -> int:
    """Write one kind of rows; the last line says how many, the privacy class and what it leaves out."""
    if (chosen.first or chosen.last) and chosen.kind not in DATED:
        raise Misuse("--from and --to are for availability and schedule.")
    if chosen.first and chosen.last and chosen.last < chosen.first:
        raise Misuse("The last day lies before the first.")
    with opened(chosen, read_only=True) as engine, engine.reading() as conn:
        find = the_production if chosen.kind == "breakdown" else production_named
        production = find(conn, chosen.production)
        made = export(conn, chosen.kind, production.id if production else None, (chosen.first, chosen.last))
    save(Path(chosen.target), made.data, force=chosen.force)
    print(f"{chosen.target}: {made.words}, class {PRIVACY}. {LEFT_OUT[chosen.kind]}")
    return 0
