"""Nothing grows without limit: a file of 500 lines or a function of 60 asks to be cut."""

from __future__ import annotations

import ast

from tests.architecture.sources import modules, name, text_of, tree_of

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60


def test_no_file_is_too_long():
    long = {name(path): n for path in modules() if (n := text_of(path).count("\n")) > MOST_LINES_OF_A_FILE}
    assert long == {}


def test_no_function_is_too_long():
    long = {
        f"{name(path)}:{node.name}": length
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}
