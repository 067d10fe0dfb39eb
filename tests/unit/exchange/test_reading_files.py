"""Text, delimiter, heading and limits of CSV files as spreadsheets really write them."""

from __future__ import annotations

import pytest

from stagecraft.base.errors import FileProblem
from stagecraft.exchange.plan import parse

PEOPLE = "name,e-mail\nZoë Łukasik,zoe@example.com\nO'Neill,\n"


def plan_of(tmp_path, data, kind="people"):
    path = tmp_path / "file.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return parse(kind, path)


def names(plan):
    return [line.name for line in plan.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark_and_nothing_is_guessed(tmp_path, encoding):
    plan = plan_of(tmp_path, PEOPLE.encode(encoding))
    assert names(plan) == ["Zoë Łukasik", "O'Neill"]
    assert plan.remarks == []


def test_windows_letters_are_read_and_the_guess_is_said(tmp_path):
    plan = plan_of(tmp_path, "name;phone\nZoë “Zo” Café;1\n".encode("cp1252"))
    assert names(plan) == ["Zoë “Zo” Café"]
    assert "read as Windows-1252" in plan.remarks[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    plan = plan_of(tmp_path, PEOPLE.replace(",", delimiter))
    assert [line.email for line in plan.lines] == ["zoe@example.com", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path, end):
    assert names(plan_of(tmp_path, PEOPLE.replace("\n", end))) == ["Zoë Łukasik", "O'Neill"]


def test_a_separator_line_and_a_title_above_the_heading_are_skipped_and_lines_keep_their_numbers(tmp_path):
    plan = plan_of(tmp_path, "sep=;\nCompany of 2027\n\nName;Kind\n李;principal\n;ensemble\n")
    assert names(plan) == ["李"]
    assert [problem.words for problem in plan.problems] == ["line 6: it has no name."]


def test_quoted_line_breaks_stay_in_notes_and_go_from_names(tmp_path):
    plan = plan_of(tmp_path, 'name,note\n"Karen\nCartwright","two\nlines"\nIvy,\n')
    assert names(plan) == ["Karen Cartwright", "Ivy"]
    assert [(line.line, line.note) for line in plan.lines] == [(2, "two\nlines"), (5, "")]


def test_hostile_text_stays_text_and_control_characters_go(tmp_path):
    plan = plan_of(tmp_path, 'name,note\n<b>Bob</b> & Co,"\'=1+1"\nA\x00nn\x07e,{{7*7}}\n')
    assert names(plan) == ["<b>Bob</b> & Co", "Anne"]
    assert [line.note for line in plan.lines] == ["=1+1", "{{7*7}}"]


def test_an_unclosed_quotation_mark_is_named_with_the_line_it_opens_on(tmp_path):
    plan = plan_of(tmp_path, 'name,note\nAnn,\nBob,"never closed\nCarl,\n')
    assert names(plan) == ["Ann"]
    assert [problem.words for problem in plan.problems] == [
        "line 3: a quotation mark opens here and never closes."
    ]


def test_a_row_with_more_cells_than_the_heading_is_named(tmp_path):
    plan = plan_of(tmp_path, "name,phone\nSmith, John,555\n")
    assert [problem.line for problem in plan.problems] == [2]
    assert plan.lines == []


def test_columns_nobody_knows_are_named_and_not_used(tmp_path):
    assert plan_of(tmp_path, "name,Shoe size\nAnn,38\n").remarks == ["Not used: “Shoe size”."]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import.empty"),
        (b"\xef\xbb\xbf\n\n", "import.empty"),
        (b"PK\x03\x04rest of a workbook", "import.no_text"),
        (b"%PDF-1.7", "import.no_text"),
        (b"<html><table></table></html>", "import.heading"),
        (b"first,last\nAnn,B\n", "import.heading"),
        (b"name,Name\nAnn,B\n", "import.double"),
        (b"name," + b",".join(b"c%d" % n for n in range(500)) + b"\n", "import.columns"),
        (b"name\n" + b"x\n" * 5_001, "import.rows"),
        (b"name\n" + b"x" * 20_000_001, "import.large"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(tmp_path, data, code):
    with pytest.raises(FileProblem) as trouble:
        plan_of(tmp_path, data)
    assert trouble.value.code == code
    assert trouble.value.message.endswith(".")


@pytest.mark.parametrize("where", ["nowhere.csv", "."])
def test_what_cannot_be_read_is_refused(tmp_path, where):
    with pytest.raises(FileProblem, match="cannot be read"):
        parse("people", tmp_path / where)


def test_a_cell_that_is_far_too_long_is_named(tmp_path):
    plan = plan_of(tmp_path, "name,note\nAnn," + "x" * 300_000 + "\n")
    assert [problem.words for problem in plan.problems] == ["line 2: “note” holds more than 20000 letters."]
