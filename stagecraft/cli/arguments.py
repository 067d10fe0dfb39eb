"""What may be typed: the commands with their options and help, declared once. What they do is in the modules beside."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import NoReturn

from stagecraft import __version__
from stagecraft.base.clock import Clock
from stagecraft.exchange.columns import KINDS, describe

Run = Callable[[argparse.Namespace], int]

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Misuse(Exception):
    """The command line cannot be understood; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it lives (`module:function`), what it does, and its options."""

    where: str
    about: str
    options: Callable[[argparse.ArgumentParser], None]

    def load(self) -> Run:
        module, _, name = self.where.partition(":")
        run: Run = getattr(import_module(f"stagecraft.cli.{module}"), name)
        return run


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:]
        raise Misuse(f"{sentence}; see {self.prog} --help.")


def day(text: str) -> date:
    """A date as 2027-01-14, of a century in which there are weeks before and after it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2027-01-14") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}” is too far away; years go from {FIRST_YEAR} to {LAST_YEAR}")
    return found


def clock_of(chosen: argparse.Namespace) -> Clock:
    """The clock the command goes by: stopped when --today was given."""
    return Clock.on(chosen.today) if chosen.today else Clock()


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="company file, or the URL of a shared database")


def _production(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--production", metavar="P", help="code or name; not needed where there is one")


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write JSON")


def _new(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--name", default="", help="name of the company")
    parser.add_argument("--production", metavar="NAME", help="start a production")
    parser.add_argument("--code", default="", help="its code of 2 to 6 letters")
    parser.add_argument("--venue", metavar="NAME", help="where it plays or rehearses")
    parser.add_argument(
        "--room", metavar="NAME", action="append", default=[], help="a room there; may be repeated"
    )


def _demo(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--anchor", type=day, metavar="DATE", help="Monday of the first day of the workshop")
    parser.add_argument("--draft", type=int, choices=(1, 2, 3), default=3, help="draft of the workshop's plan")


def _print(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help="see --list")
    parser.add_argument("file", metavar="FILE", nargs="?", help="company file, or the URL of a shared database")
    parser.add_argument("--list", action="store_true", help="name the documents")
    _production(parser)
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--date", type=day, metavar="D", help="day; otherwise the next the production works")
    about.add_argument("--week", type=day, metavar="D", help="a day of the week")
    about.add_argument("--number", type=int, metavar="N", help="number of the report; otherwise the last")
    parser.add_argument("--person", metavar="NAME", help="only this person (hours sheet)")
    parser.add_argument("--paper", choices=("letter", "a4"), help="otherwise as the company file says")
    parser.add_argument("--issue", action="store_true", help="issue it: number it and keep what was printed")
    parser.add_argument("--output", "-o", metavar="OUT.pdf", help="where to write it")
    _json(parser)


def _listing(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _production(parser)
    _json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--production", metavar="P", help="code or name; only what concerns it")
    parser.add_argument("--person", metavar="NAME", help="only this person, in all productions")
    parser.add_argument("--from", dest="first", type=day, metavar="D", help="first day; else the first planned")
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="last day; else the last planned")
    _json(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("kind", metavar="KIND", choices=tuple(KINDS), help=", ".join(KINDS))
    parser.add_argument("source", metavar="SOURCE", help="CSV file")
    _production(parser)
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    _json(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n\n".join(describe(kind) for kind in KINDS.values())


def _export(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("kind", metavar="KIND", choices=tuple(KINDS), help=", ".join(KINDS))
    parser.add_argument("target", metavar="TARGET", help="CSV file to write")
    _production(parser)
    parser.add_argument(
        "--from", dest="first", type=day, metavar="D", help="first day (availability, schedule)"
    )
    parser.add_argument("--to", dest="last", type=day, metavar="D", help="last day")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")


def _history(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument(
        "--as-of", metavar="WHEN", help="as it stood at the end of 2027-01-14 or 2027-01-14T18:30"
    )
    _json(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("target", metavar="TARGET", help="file to write, or an existing folder")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", metavar="BACKUP", help="a backup")
    _file(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _json(parser)


def _rules(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=_Parser)
    pack = "a pack’s file, or the code of a shipped pack"
    listing = actions.add_parser("list", help="list the shipped packs")
    show = actions.add_parser("show", help="show every rule of a pack with its source")
    show.add_argument("pack", metavar="PACK", help=pack)
    test = actions.add_parser("test", help="try the examples inside a pack")
    test.add_argument("pack", metavar="PACK", nargs="?", help=pack)
    test.add_argument("--all", action="store_true", help="all shipped packs")
    cases = actions.add_parser("cases", help="run a file of cases and compare with what it expects")
    cases.add_argument("file", metavar="CASES.json", help="case file")
    for action in (listing, show, test, cases):
        _json(action)


COMMANDS: dict[str, Entry] = {
    "new": Entry("files:new", "make an empty company file", _new),
    "demo": Entry("files:demo", "make the sample season", _demo),
    "print": Entry("printing:print_document", "write a document as PDF", _print),
    "deadlines": Entry("lists:deadlines", "list what is due on contracts, soonest first", _listing),
    "contracts": Entry("lists:contracts", "list contracts by their next deadline", _listing),
    "import": Entry(
        "importing:import_rows", "take in people, a breakdown, availability or a schedule", _import
    ),
    "export": Entry(
        "exporting:export_rows", "write any of these as a CSV file that import takes back", _export
    ),
    "history": Entry("lists:history", "list what was changed, by whom and when", _history),
    "backup": Entry("files:backup", "write a verified copy of a company file", _backup),
    "restore": Entry("files:restore", "put a backup in a file's place", _restore),
    "doctor": Entry("files:doctor", "check a company file", _doctor),
    "check": Entry("check:check", "list the flags of work rules", _check),
    "rules": Entry("rules:rules", "list, show and try packs of work rules", _rules),
}


def _today(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument("--today", type=day, metavar="D", default=default, help="act as if it were this day")


def parser_for_commands() -> argparse.ArgumentParser:
    parser = _Parser(prog="stagecraft")
    _today(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, entry in COMMANDS.items():
        sentence = entry.about[:1].upper() + entry.about[1:] + "."
        command = commands.add_parser(name, help=entry.about, description=sentence)
        entry.options(command)
        # Given after the command it must not be reset by the default of the one before it.
        _today(command, default=argparse.SUPPRESS)
    return parser


def parser_for_app() -> argparse.ArgumentParser:
    """Opens the window; its help names the commands too."""
    lines = "\n".join(f"  {name:<11}{entry.about}" for name, entry in COMMANDS.items())
    parser = _Parser(
        prog="stagecraft",
        description="Open Stagecraft, on a company file or shared database where one is named.",
        epilog=f"commands:\n{lines}\n\n“stagecraft COMMAND --help” tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "target", metavar="FILE|URL", nargs="?", help="company file, or the URL of a shared database"
    )
    parser.add_argument("--version", action="version", version=f"Stagecraft {__version__}")
    _today(parser)
    return parser
