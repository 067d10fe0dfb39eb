"""Commands on whole files: new, demo, backup, restore, doctor."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from stagecraft.cli.arguments import Misuse, clock_of
from stagecraft.cli.opening import as_json, opened, target_of, who


def new(chosen: Namespace) -> int:
    """Make an empty company file; with --production also a production with its venue and rooms."""
    from stagecraft.services.company import AddProduction
    from stagecraft.services.founding import new_company
    from stagecraft.services.venues import AddSpace, AddVenue

    if chosen.room and not chosen.venue:
        raise Misuse("A room belongs to a venue; add --venue.")
    if chosen.code and not chosen.production:
        raise Misuse("A code belongs to a production; add --production.")
    with new_company(target_of(chosen.file), name=chosen.name, clock=clock_of(chosen), who=who()) as engine:
        venue = None
        if chosen.venue:
            venue = engine.execute(AddVenue(chosen.venue)).value
            for room in chosen.room:
                engine.execute(AddSpace(venue, room))
        if chosen.production:
            engine.execute(AddProduction(chosen.production, code=chosen.code, venue=venue))
    print(f"{chosen.file} is ready.")
    return 0


def demo(chosen: Namespace) -> int:
    """Make the sample season, moved by whole weeks so that the anchor is the Monday of workshop day 1."""
    from stagecraft.services.founding import new_company
    from stagecraft.services.sample import build_sample

    if chosen.anchor is not None and chosen.anchor.weekday() != 0:
        raise Misuse(f"The anchor is a Monday; {chosen.anchor:%A} {chosen.anchor.isoformat()} is none.")
    with new_company(target_of(chosen.file), clock=clock_of(chosen), who="Sample season") as engine:
        build_sample(engine, anchor=chosen.anchor, draft=chosen.draft)
    print(f"{chosen.file} holds the sample season: Bombshell on Broadway and the Hit List workshop.")
    return 0


def backup(chosen: Namespace) -> int:
    """Write a copy of the file that was checked after writing, and its SHA-256 beside."""
    from stagecraft.store.backup import back_up

    target = Path(chosen.target)
    with opened(chosen, read_only=True) as engine:
        made = back_up(engine.store, target)
    print(f"{made} holds everything up to now.")
    return 0


def restore(chosen: Namespace) -> int:
    """Put a backup in the file's place; the file it replaces is kept beside it."""
    from stagecraft.store.backup import restore as restore_file

    kept = restore_file(Path(chosen.backup), target_of(chosen.file), clock=clock_of(chosen))
    print(
        f"{chosen.file} is as it was in the backup."
        + (f" What it was before is kept in {kept}." if kept else "")
    )
    return 0


def doctor(chosen: Namespace) -> int:
    """Check a file; status 1 when something is wrong with it."""
    from stagecraft.store.doctor import examine

    findings = examine(target_of(chosen.file))
    if chosen.json:
        print(as_json(findings))
    else:
        for finding in findings:
            print(finding.words)
        if not findings:
            print(f"{chosen.file} is in good order.")
    return 1 if findings else 0
