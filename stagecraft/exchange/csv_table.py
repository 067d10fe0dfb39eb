"""From text to a table: delimiter, quoting, heading, limits. What the columns mean is `columns`' business."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stagecraft.base.errors import FileProblem
from stagecraft.domain.incoming import Problem, heading_key
from stagecraft.exchange.columns import Column
from stagecraft.exchange.text import clean, read_text

MOST_ROWS = 5_000
MOST_COLUMNS = 400
LONGEST_CELL = 20_000
HEADING_WITHIN = 20
"""Rows in which the heading must appear: exports put a title above it."""


@dataclass(slots=True)
class Row:
    """A row by column key, with cells under headings nobody declared in `rest` (heading, cell)."""

    line: int
    cells: dict[str, str]
    rest: list[tuple[str, str]] = field(default_factory=list)

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(slots=True)
class Table:
    rows: list[Row]
    columns: list[str]
    """Keys of the declared columns the file has."""
    rest: list[str]
    """Headings nobody declared."""
    problems: list[Problem]
    remarks: list[str]


def read_table(path: Path, columns: Sequence[Column]) -> Table:
    """Read a CSV file whose heading names `columns`. Raises FileProblem when it is no such file."""
    text, remark = read_text(path)
    records, problems = _records(text, path)
    at, heading = _heading(records, columns, path)
    rest_wanted = [name for key, name in heading if not key and name]
    rows: list[Row] = []
    for line, cells in records[at + 1 :]:
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            raise FileProblem(
                "import.rows",
                f"{path.name} has more than {MOST_ROWS} rows.",
                path=path,
                remedy="Split it into smaller files.",
            )
        row = _row(line, cells, heading, problems)
        if row is not None:
            rows.append(row)
    return Table(rows, [key for key, _ in heading if key], rest_wanted, problems, [remark] if remark else [])


def _row(line: int, cells: list[str], heading: list[tuple[str, str]], problems: list[Problem]) -> Row | None:
    if any(cells[len(heading) :]):
        problems.append(Problem(line, "it has more cells than the heading; is a comma missing its quotes?"))
        return None
    row = Row(line, {})
    for (key, name), cell in zip(heading, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            problems.append(Problem(line, f"“{name}” holds more than {LONGEST_CELL} letters."))
            return None
        if key:
            row.cells[key] = cell
        elif name:
            row.rest.append((name, cell))
    return row


# --- records -----------------------------------------------------------------------------------------------


def _records(text: str, path: Path) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """All records with the line each starts on; an unclosed quotation mark is a problem of its line."""
    if not text.strip():
        raise FileProblem("import.empty", f"{path.name} is empty.", path=path)
    text, delimiter, skipped = _dialect(text)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    records: list[tuple[int, list[str]]] = []
    for before, cells in _read(text, delimiter, path):
        if any(cells[MOST_COLUMNS:]):
            raise FileProblem("import.columns", f"{path.name} has more than {MOST_COLUMNS} columns.", path=path)
        records.append((skipped + before + 1, [clean(cell) for cell in cells]))
        if len(records) > 2 * MOST_ROWS:
            break
    problems = []
    if records and _unclosed(text, delimiter):
        line, _ = records.pop()
        problems.append(Problem(line, "a quotation mark opens here and never closes."))
    return records, problems


def _read(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of lines before each."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            yield before, cells
            before = reader.line_num
    except csv.Error as trouble:
        raise FileProblem("import.csv", f"{path.name} is no CSV file that can be read.", path=path) from trouble


def _unclosed(text: str, delimiter: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as trouble:
        return "unexpected end" in str(trouble)
    return False


def _dialect(text: str) -> tuple[str, str, int]:
    """Text without a `sep=` line, the delimiter, and how many lines were taken off."""
    first, _, after = text.partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5:
        return after, said[4], 1
    if said == "sep=":  # sep=<tab>, stripped
        return after, "\t", 1
    return text, _guess_delimiter(text), 0


def _guess_delimiter(text: str) -> str:
    """The one of , ; and tab that stands most often outside quotes in the first lines that hold any."""
    if whole := re.match(r'\s*"(?:[^"]|"")*"([,;\t])', text[:20_000]):
        return whole[1]
    best, most = ",", 0
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:HEADING_WITHIN]
    for line in lines:
        bare = "".join(line.split('"')[0::2])
        for delimiter in (",", ";", "\t"):
            count = bare.count(delimiter)
            if count > most:
                best, most = delimiter, count
    return best


# --- heading -----------------------------------------------------------------------------------------------


def _heading(
    records: list[tuple[int, list[str]]], columns: Sequence[Column], path: Path
) -> tuple[int, list[tuple[str, str]]]:
    """Index of the heading and its (column key or "", heading text) pairs."""
    names = {heading_key(name): column.key for column in columns for name in (column.name, *column.aliases)}
    needed = [column for column in columns if column.required]
    for at, (_, cells) in enumerate(records[:HEADING_WITHIN]):
        keys = [names.get(heading_key(cell), "") for cell in cells]
        if all(column.key in keys for column in needed):
            return at, _without_doubles(keys, cells, path)
    wanted = " and ".join(f"“{column.name}”" for column in needed)
    raise FileProblem(
        "import.heading",
        f"{path.name} has no heading with the column{'s' if len(needed) > 1 else ''} {wanted}.",
        path=path,
        remedy="See “stagecraft import --help” for the column names.",
    )


def _without_doubles(keys: list[str], cells: list[str], path: Path) -> list[tuple[str, str]]:
    seen: set[str] = set()
    for key, cell in zip(keys, cells, strict=True):
        name = key or heading_key(cell)
        if name and name in seen:
            raise FileProblem("import.double", f"{path.name} has the column “{cell[:60]}” twice.", path=path)
        seen.add(name)
    return list(zip(keys, cells, strict=True))
