"""What the program does with company files on the worker thread. The store is imported here, not before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from stagecraft.app.places import SUFFIX

if TYPE_CHECKING:
    from stagecraft.base.clock import Clock
    from stagecraft.services.engine import Engine
    from stagecraft.ui.jobs import Report


def open_engine(target: str, clock: Clock, who: str, *, read_only: bool) -> Engine:
    """Import the store and open a file; also what the first page needs, so that it does not wait for imports."""
    from stagecraft.queries import calendar, company, people, script  # noqa: F401
    from stagecraft.services import history  # noqa: F401
    from stagecraft.services.engine import Engine
    from stagecraft.store.store import Store

    return Engine(Store.open(target, read_only=read_only), clock, who)


def make_company(path: Path, given: dict[str, Any], clock: Clock, who: str) -> None:
    """Make a company file with its first production."""
    from stagecraft.services.company import AddProduction
    from stagecraft.services.founding import new_company

    # The file dialog has asked already whether to write over an old one; a company file is never written over.
    with new_company(path, name=given["company"], clock=clock, who=who) as engine:
        engine.execute(AddProduction(given["name"], given["code"], kind=given["kind"]))


def build_sample(path: Path, clock: Clock, report: Report) -> None:
    """Build the sample season beside its place and put it there whole; a cancelled one leaves nothing."""
    from stagecraft.services.founding import new_company
    from stagecraft.services.sample import build_sample as build

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.stem} (being built){SUFFIX}")
    beside.unlink(missing_ok=True)
    try:
        with new_company(beside, clock=clock, who="Sample season") as engine:
            build(engine, progress=report)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def restore_backup(backup: Path, target: Path, clock: Clock) -> None:
    """Make a company file of a backup."""
    from stagecraft.store.backup import restore

    restore(backup, target, clock=clock)


def examine_file(path: Path) -> list[str]:
    """What is wrong with a file, in words."""
    from stagecraft.store.doctor import examine

    return [finding.words for finding in examine(path)]
