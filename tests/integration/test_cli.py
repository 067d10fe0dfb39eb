"""The command line: what it prints, what it writes, its exit status, and one plain sentence when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from stagecraft.cli import main

TODAY = ("--today", "2027-01-20")
PEOPLE = "name,e-mail\nZoë Łukasik,zoe@example.com\nO'Neill,\n李,\n<b>Bob</b> & Co,\n"


@pytest.fixture(scope="session")
def season(tmp_path_factory):
    """The sample season with workshop day 1 on Mon 11 Jan 2027. Nobody writes to it: see `copy`."""
    path = tmp_path_factory.mktemp("season") / "season.stagecraft"
    assert main(["demo", str(path), "--anchor", "2027-01-11", *TODAY]) == 0
    return path


@pytest.fixture
def copy(season, tmp_path):
    path = tmp_path / "season.stagecraft"
    path.write_bytes(season.read_bytes())
    return path


@pytest.fixture
def run(capsys):
    """Exit status, what stood on standard output and on standard error."""
    capsys.readouterr()

    def go(*arguments):
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return go


def text_of(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_new_makes_a_company_with_a_production_and_rooms(run, tmp_path):
    path = tmp_path / "ours.stagecraft"
    made = run(
        "new", path, "--name", "Ours", "--production", "Émile", "--code", "EM", "--venue", "Hall", "--room", "A"
    )
    assert made == (0, f"{path} is ready.\n", "")
    assert run("new", path)[0] == 2
    assert run("contracts", path) == (0, "There are no contracts yet.\n", "")
    assert run("deadlines", path) == (0, "Nothing is due.\n", "")


@pytest.mark.parametrize(
    ("production", "document", "expected"),
    [
        ("BOMB", "daily-call", ["DAILY CALL", "Thursday, January 21, 2027", "BOMBSHELL"]),
        ("HIT", "daily-call", ["DAILY CALL", "Thursday, January 21, 2027"]),
        ("HIT", "weekly-schedule", ["WEEKLY SCHEDULE"]),
        ("HIT", "rehearsal-report", ["REHEARSAL REPORT"]),
        ("HIT", "company-list", ["COMPANY LIST", "Łukasik"]),
        ("BOMB", "contract-expiry", ["Simon Adler", "28 Mar 2027 − 8 w"]),
        ("HIT", "29-hour-ledger", ["29-HOUR LEDGER", "29 of 29", "2 of 3", "Planning aid, not legal advice"]),
        ("HIT", "actor-hours", ["WEEKLY HOURS", "January 18–24, 2027", "Deputy, date"]),
    ],
)
def test_print_writes_the_next_sheet_of_each_document(run, season, tmp_path, production, document, expected):
    out = tmp_path / "sheet.pdf"
    status, said, err = run("print", document, season, "--production", production, "-o", out, *TODAY)
    assert (status, err) == (0, "")
    assert "draft" in said
    text = text_of(out)
    assert [word for word in expected if word not in text] == []


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_print_takes_the_paper_asked_for(run, season, tmp_path, paper, size):
    out = tmp_path / "sheet.pdf"
    run("print", "daily-call", season, "--production", "HIT", "--paper", paper, "-o", out, *TODAY)
    box = PdfReader(out).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_same_data_gives_the_same_bytes(run, season, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        run(
            "print",
            "daily-call",
            season,
            "--production",
            "HIT",
            "--date",
            "2027-01-21",
            "-o",
            tmp_path / name,
            *TODAY,
        )
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_issuing_numbers_a_sheet_and_shows_in_history(run, copy, tmp_path):
    out = tmp_path / "sheet.pdf"
    sheet = (
        "print",
        "daily-call",
        copy,
        "--production",
        "HIT",
        "--date",
        "2027-01-21",
        "--issue",
        "-o",
        out,
        *TODAY,
    )
    assert "version 1" in run(*sheet)[1]
    assert "version 2" in run(*sheet)[1]
    assert "v2" in text_of(out)
    assert "issue daily call thu 21 jan v2" in run("history", copy)[1].casefold()


def test_print_names_its_documents(run):
    status, said, _ = run("print", "--list")
    assert status == 0
    assert [line.split()[0] for line in said.splitlines()] == [
        "daily-call",
        "weekly-schedule",
        "rehearsal-report",
        "company-list",
        "contract-expiry",
        "29-hour-ledger",
        "actor-hours",
    ]
    assert json.loads(run("print", "--list", "--json")[1])[0]["name"] == "daily-call"


def test_the_hours_of_one_person(run, season, tmp_path):
    out = tmp_path / "sheet.pdf"
    asked = ("print", "actor-hours", season, "--production", "HIT", "--week", "2027-01-13", "-o", out)
    assert run(*asked, "--person", "karen cartwright")[0] == 0
    text = text_of(out)
    assert "CALL BY CALL" in text
    assert "Morning TV" in text
    assert "Jimmy Collins" not in text
    assert "nobody called “Nemo”" in run(*asked, "--person", "Nemo")[2]
    assert "issued for everybody" in run(*asked, "--person", "Karen Cartwright", "--issue")[2]
    daily = ("print", "daily-call", season, "--production", "HIT", "--person", "Karen Cartwright", "-o", out)
    assert "issued for everybody" in run(*daily)[2]


def test_history_as_it_stood_knows_nothing_of_later(run, copy):
    assert run("--today", "2027-02-01", "import", copy, "people", _people(copy))[2] == ""
    assert "import" in run("history", copy)[1]
    then = run("history", copy, "--as-of", "2027-01-31T23:59")
    assert then[0] == 0
    assert "build the sample season" in then[1]
    assert "import" not in then[1]
    assert run("history", copy, "--as-of", "1999-01-01", "--json")[1].strip() == "[]"


def _people(beside: Path) -> Path:
    sheet = beside.with_name("people.csv")
    sheet.write_text("name,production\nFrances O’Hare,HIT\n", "utf-8")
    return sheet


@pytest.mark.parametrize("command", ["deadlines", "contracts", "history", "doctor"])
def test_every_listing_command_speaks_json(run, season, command):
    status, said, err = run(command, season, "--json", "--today", "2026-11-25")
    assert (status, err) == (0, "")
    assert isinstance(json.loads(said), list)


def test_deadlines_show_their_sums_and_overdue_ones_are_findings(run, season):
    status, said, _ = run("deadlines", season, "--today", "2026-11-25")
    assert status == 0
    assert "Sun 28 Mar 2027 − 8 weeks = Sun 31 Jan 2027" in said
    assert run("deadlines", season, "--today", "2027-02-20")[0] == 1


def test_import_says_what_it_would_do_then_does_it_once(run, copy, tmp_path):
    source = tmp_path / "people.csv"
    source.write_text(PEOPLE, encoding="utf-8")
    kept = "line 2: e-mail stays “zoe.lukasik@example.com”; the file says “zoe@example.com”.\n"
    told = "3 people new; 1 already there.\n"
    assert run("import", copy, "people", source, "--dry-run") == (0, f"{kept}Would be imported: {told}", "")
    assert len(run("history", copy)[1].splitlines()) == 2
    assert run("import", copy, "people", source) == (0, f"{kept}Imported: {told}", "")
    assert len(run("history", copy)[1].splitlines()) == 3
    again = json.loads(run("import", copy, "people", source, "--json")[1])
    assert (again["added"], again["known"], again["done"]) == ({}, 4, True)


def test_an_import_with_bad_rows_names_them_and_changes_nothing(run, copy, tmp_path):
    source = tmp_path / "away.csv"
    source.write_text("person,date\nKaren Cartwright,2027-01-14\nNobody,2027-01-14\nKaren Cartwright,soon\n")
    before = run("history", copy)[1]
    assert run("import", copy, "availability", source) == (
        2,
        "line 3: there is nobody called “Nobody” on file.\nline 4: “soon” is not a date; write it as 2027-01-14.\n",
        "away.csv: 2 rows cannot be taken, so nothing was imported.\n",
    )
    assert run("import", copy, "availability", source, "--dry-run")[0] == 1
    assert run("history", copy)[1] == before


def test_backup_restore_and_doctor(run, copy, tmp_path):
    kept = tmp_path / "kept.stagecraft"
    assert run("backup", copy, kept)[0] == 0
    source = tmp_path / "people.csv"
    source.write_text("name\nSomebody New\n")
    run("import", copy, "people", source)
    assert len(run("history", copy)[1].splitlines()) == 3
    status, said, _ = run("restore", kept, copy)
    assert status == 0
    assert "kept" in said
    assert len(run("history", copy)[1].splitlines()) == 2
    assert run("doctor", copy)[0] == 0


# --- what cannot be done -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("contracts", "nowhere.stagecraft"),
        ("contracts", "."),
        ("contracts", "not-ours.txt"),
        ("contracts",),
        ("contracts", "season", "--production", "NOPE"),
        ("print", "daily-call", "season"),
        ("print", "daily-call", "season", "-o", "x.pdf"),
        ("print", "no-such-sheet", "season", "-o", "x.pdf"),
        ("print", "daily-call", "season", "--production", "HIT", "--date", "soon", "-o", "x.pdf"),
        ("print", "daily-call", "season", "--production", "HIT", "--number", "3", "-o", "x.pdf"),
        ("print", "daily-call", "season", "--production", "HIT", "-o", "not-ours.txt/x.pdf"),
        ("print", "rehearsal-report", "season", "--production", "HIT", "--number", "999", "-o", "x.pdf"),
        ("print", "rehearsal-report", "season", "--production", "HIT", "--date", "2027-01-21", "-o", "x.pdf"),
        ("print", "--paper", "a3", "daily-call", "season", "-o", "x.pdf"),
        ("demo", "season"),
        ("demo", "new.stagecraft", "--anchor", "2027-01-12"),
        ("demo", "new.stagecraft", "--draft", "4"),
        ("new", "no/such/folder/new.stagecraft"),
        ("new", "new.stagecraft", "--room", "A"),
        ("import", "season", "people", "nowhere.csv"),
        ("import", "season", "people", "season"),
        ("import", "season", "pigeons", "not-ours.txt"),
        ("import", "season", "people", "not-ours.txt"),
        ("history", "season", "--as-of", "yesterday"),
        ("history", "season", "--as-of", "9999-12-31"),
        ("contracts", "season", "--today", "0001-01-01"),
        ("print", "weekly-schedule", "season", "--production", "HIT", "--date", "9999-12-31", "-o", "x.pdf"),
        ("print", "daily-call", "season", "--production", "HIT", "-o", "."),
        ("new", ""),
        ("new", "new.stagecraft", "--code", "NEW"),
        ("new", "new.stagecraft", "--production", "New", "--code", "MUCHTOOLONG"),
        ("backup", "nowhere.stagecraft", "x"),
        ("restore", "not-ours.txt", "season"),
        ("restore", "season", "."),
        ("doctor", "nowhere.stagecraft"),
        ("contracts", "postgresql://127.0.0.1:1/nothing"),
        ("contracts", "mysql://127.0.0.1/nothing"),
        ("--today", "soon", "contracts", "season"),
        ("--nonsense",),
    ],
)
def test_what_cannot_be_done_is_one_plain_sentence_and_status_2(run, copy, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("not-ours.txt").write_text("Dear diary")
    copy.rename(tmp_path / "season")
    before = Path("season").read_bytes()
    status, said, err = run(*arguments)
    assert status == 2
    assert said == ""
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    assert "mistake of the program" not in err
    assert Path("season").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {"season", "not-ours.txt", "season backups"}


def test_a_mistake_of_the_program_is_no_traceback(run, season, monkeypatch):
    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("stagecraft.queries.contracts.contract_rows", fails)
    status, _, err = run("contracts", season)
    assert status == 2
    assert err.startswith("This is a mistake of the program; nothing was changed.")


def test_without_a_display_the_window_says_so(run, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    status, _, err = run()
    assert status == 2
    assert err.startswith("There is no display")


# --- as a program of its own ------------------------------------------------------------------------------------


def test_as_a_program_with_a_pipe_that_closes_and_a_bare_locale(season):
    env = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "stagecraft", "contracts", str(season)]
    whole = subprocess.run(command, capture_output=True, env=env, check=True)
    assert "28 Mar 2027 − 8 weeks = Sun 31 Jan 2027" in whole.stdout.decode("utf-8")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as cut:
        assert cut.stdout is not None
        assert cut.stderr is not None
        cut.stdout.close()
        assert cut.stderr.read() == b""
    assert cut.returncode == 0


def test_help_names_every_command_and_the_columns(capsys):
    for arguments in (["--help"], ["import", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in ("demo", "print", "deadlines", "import", "restore", "doctor", "led by", "until date"):
        assert word in said
