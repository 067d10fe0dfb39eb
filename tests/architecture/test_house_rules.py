"""Rules of the house that a machine can see."""

from __future__ import annotations

import ast
import re

import pytest

from stagecraft import __version__
from tests.architecture.sources import ROOT, imported, modules, name, text_of, texts, tree_of

# Built from pieces, so that this file does not find itself.
MARKS_OF_UNFINISHED_WORK = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
FOREIGN_PLACES = re.compile(
    "|".join(
        (
            r"(?<![\w.])/ro" + r"ot/",
            r"(?<![\w.])/wo" + r"rk/",
            "py" + "pi",
            r"files\.python" + "hosted",
            r"deb\.deb" + "ian",
        )
    )
)
NOBODYS_WORDS = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def calls(path):
    """Names called, with and without what stands before the dot."""
    return {ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)}


def last_part(called):
    return {call.rpartition(".")[2] for call in called}


def test_paragraphs_are_made_in_one_place_which_escapes():
    makers = {name(path) for path in modules() if "Paragraph" in last_part(calls(path))}
    assert len(makers) <= 1, makers
    assert makers <= {"stagecraft/paper/pen.py"}


def test_no_second_sqlite_and_nothing_that_runs_what_it_reads():
    banned = {"pickle", "marshal", "shelve", "PySide6.QtSql", "PySide6.QtSql.QSqlDatabase"}
    offenders = {name(path): hit for path in modules() if (hit := imported(path) & banned)}
    assert offenders == {}
    assert {name(path) for path in modules() if {"eval", "exec", "os.system"} & calls(path)} == set()


def test_nobodys_words_name_no_module():
    assert {name(path) for path in modules() if set(path.stem.split("_")) & NOBODYS_WORDS} == set()


def test_every_module_says_what_lives_in_it():
    silent = {name(path) for path in modules() if not ast.get_docstring(tree_of(path))}
    assert silent == set()


@pytest.mark.parametrize("pattern", [MARKS_OF_UNFINISHED_WORK, FOREIGN_PLACES], ids=["unfinished", "foreign"])
def test_the_project_names_no_unfinished_work_and_no_foreign_place(pattern):
    found = {name(path): hit[0] for path in texts() if (hit := pattern.search(text_of(path)))}
    assert found == {}


def test_every_command_has_a_label_and_a_docstring():
    import importlib

    from stagecraft.services.command import REGISTRY

    for path in modules("services"):
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    public = {code: command for code, command in REGISTRY.items() if not code.startswith("_")}
    assert {code for code, command in public.items() if not command.label} == set()
    assert {code for code, command in public.items() if not command.__doc__} == set()


def test_the_changelog_knows_this_version():
    changelog = text_of(ROOT / "CHANGELOG.md")
    first = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert first is not None
    assert first[1] == __version__
    assert f'version = "{__version__}"' in text_of(ROOT / "pyproject.toml")


def test_every_font_has_its_licence_beside_it():
    licences = {path.name for path in (ROOT / "resources/fonts/LICENCES").iterdir()}
    assert licences == {"README.md", "OFL-1.1.txt", "DejaVu.txt", "Apache-2.0.txt"}
