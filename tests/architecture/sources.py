"""The project's own files as the architecture tests see them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "stagecraft"
_LEFT_OUT = {
    ".git",
    ".venv",
    "output",
    "build",
    "dist",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    "__pycache__",
}


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def modules(*folders: str) -> list[Path]:
    """Python files of the program, or of these folders of it."""
    roots = [PROGRAM / folder for folder in folders] or [PROGRAM]
    return sorted(path for root in roots for path in root.rglob("*.py"))


def texts() -> Iterator[Path]:
    """Every text file of the project."""
    for path in sorted(ROOT.rglob("*")):
        parts = set(path.relative_to(ROOT).parts)
        if path.is_file() and not parts & _LEFT_OUT and not any(part.startswith(".venv") for part in parts):
            if (
                path.suffix in {".py", ".md", ".toml", ".sh", ".json", ".csv", ".svg", ".txt"}
                or path.name == "run"
            ):
                yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Full names of what a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found
