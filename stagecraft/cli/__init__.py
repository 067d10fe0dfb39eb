"""The command line: every job that needs no window, for scripts, tests and machines without a display.

Exit status 0 is fine, 1 means findings, 2 misuse or a file that cannot be used, with one plain sentence on standard
error. What a person would be shown goes to standard output. Qt is imported only to open the window.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from stagecraft.base.errors import FileProblem, Refused
from stagecraft.base.log import log, start_log
from stagecraft.cli.arguments import COMMANDS, Misuse, parser_for_app, parser_for_commands

FINE, FINDINGS, MISUSE = 0, 1, 2

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Qt ends the process when it finds none to draw on."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status; never a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    try:
        status = _run(arguments)
        # What is still to be written must fail here, where a closed pager is no trouble.
        sys.stdout.flush()
        return status
    except (Misuse, Refused, FileProblem) as trouble:
        return _say(str(trouble))
    except BrokenPipeError:
        # Somebody closed the pager; the interpreter must not complain about it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return _say("Stopped; nothing was changed by what was still running.")
    except OSError as trouble:
        return _say(
            f"{trouble.filename or 'A file'} cannot be used: {(trouble.strerror or str(trouble)).lower()}."
        )
    except Exception:
        where = start_log()
        log.exception("command line failed")
        return _say(
            f"This is a mistake of the program; nothing was changed. Details are in {where or 'no log'}."
        )


def _run(arguments: list[str]) -> int:
    if _names_a_command(arguments):
        chosen = parser_for_commands().parse_args(arguments)
        return COMMANDS[chosen.command].load()(chosen)
    chosen = parser_for_app().parse_args(arguments)
    if sys.platform == "linux" and not any(os.environ.get(name) for name in DISPLAYS):
        raise Misuse("There is no display for the window; “stagecraft --help” names what works without one.")
    from stagecraft.app import run as run_app

    return run_app(chosen.target, chosen.today)


def _names_a_command(arguments: Sequence[str]) -> bool:
    """Whether the first word that is no option (or the value of --today) is a command."""
    words = iter(arguments)
    for word in words:
        if word == "--today":
            next(words, None)
        elif not word.startswith("-"):
            return word in COMMANDS
    return False


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return MISUSE


def _speak_utf8() -> None:
    """Names are written in all letters, whatever the terminal's locale claims."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
