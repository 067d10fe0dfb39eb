"""The documents in type: pages, faces, metadata, repeatability, hostile names, overflow."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import paper_pages as pages
import pytest
from pypdf import PdfReader

from stagecraft.domain.sheets.company_list import Member
from stagecraft.domain.sheets.daily_call import NotCalled, YourCall
from stagecraft.domain.sheets.frame import Fact, Line, Run
from stagecraft.paper.documents import DOCUMENTS, render
from stagecraft.paper.options import PaperOptions
from stagecraft.paper.week_block import words_of

SHEETS = {
    "daily-call": pages.daily_call,
    "weekly-schedule": pages.week,
    "rehearsal-report": pages.report,
    "company-list": pages.company_list,
    "contract-expiry": pages.expiry,
    "29-hour-ledger": pages.ledger,
    "actor-hours": pages.hours,
}
PAGES = {
    "daily-call": 1,
    "weekly-schedule": 1,
    "rehearsal-report": 2,
    "company-list": 2,
    "contract-expiry": 1,
    "29-hour-ledger": 1,
    "actor-hours": 2,
}
NAMES = [
    "Zoë Łukasik",
    "Siobhan O'Neill",
    "李",
    "<b>Bob</b> & Co",
    "Maximiliana Wolfeschlegelsteinhausens.",
    "Анна Каренина",
    "Đặng Ngọc",
    "Linda",
]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All words, spaces and line ends made one space."""
    return re.sub(r"[\s\u00a0]+", " ", " ".join(page.extract_text() for page in read(pdf).pages))


def squeezed(pdf: bytes) -> str:
    return re.sub(r"\s+", "", text(pdf))


def fonts(pdf: bytes) -> dict[str, bool]:
    """Base font names and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in read(pdf).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            descriptor = font.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("name", SHEETS)
def test_pages_and_size(name, paper):
    reader = read(render(name, SHEETS[name](), PaperOptions(paper=paper)))
    assert len(reader.pages) == PAGES[name]
    size = {"letter": (612, 792), "a4": (595, 842)}[paper]
    wide, high = size if DOCUMENTS[name].orientation == "portrait" else size[::-1]
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (wide, high)


@pytest.mark.parametrize("name", SHEETS)
def test_every_face_is_embedded_and_none_is_helvetica(name):
    found = fonts(render(name, SHEETS[name]()))
    assert set(found.values()) == {True}
    assert not [face for face in found if "Helvetica" in face]


@pytest.mark.parametrize("name", SHEETS)
def test_the_file_says_what_it_is(name):
    sheet = SHEETS[name]()
    reader = read(render(name, sheet))
    assert reader.trailer["/Root"]["/Lang"] == "en-US"
    assert reader.metadata is not None
    assert sheet.frame.about in str(reader.metadata.title)
    assert reader.metadata.author == "Rosa Vega"
    assert len(reader.outline) >= 1


@pytest.mark.parametrize("name", SHEETS)
def test_same_data_same_bytes(name):
    assert render(name, SHEETS[name]()) == render(name, SHEETS[name]())


@pytest.mark.parametrize("name", SHEETS)
def test_head_and_foot_are_on_every_page(name):
    sheet = SHEETS[name]()
    reader = read(render(name, sheet))
    for number, page in enumerate(reader.pages, 1):
        words = re.sub(r"\s+", " ", page.extract_text())
        assert sheet.frame.show.upper() in words
        assert sheet.frame.stamp in words
        assert sheet.frame.privacy in words
        assert f"Page {number} of {len(reader.pages)}" in words


@pytest.mark.parametrize(("state", "version", "badge"), [("draft", 0, "DRAFT"), ("issued", 3, "REVISED v3")])
def test_a_badge_says_draft_or_revised(state, version, badge):
    sheet = pages.daily_call(
        frame=pages.frame("DAILY CALL", "Thursday, January 21, 2027", state=state, version=version)
    )
    assert badge in text(render("daily-call", sheet))


def test_a_first_issue_has_no_badge():
    sheet = pages.daily_call(frame=pages.frame("DAILY CALL", "Thursday, January 21, 2027", version=1))
    assert "REVISED" not in text(render("daily-call", sheet))
    assert "DRAFT" not in text(render("daily-call", sheet)).replace("Draft 3", "")


def test_both_styles_say_the_same():
    sheet = pages.daily_call()
    table, rooms = (
        text(render("daily-call", sheet, PaperOptions(layout=style))) for style in ("table", "rooms")
    )
    for row in sheet.rows:
        if row.shape == "work":
            number = row.title.split()[0:2]
            assert " ".join(number) in table
            assert " ".join(number) in rooms
    assert "ROOM 4A" in rooms
    assert "Who’s called" in table


@pytest.mark.parametrize("layout", ["table", "rooms"])
def test_a_day_of_22_people_is_one_page(layout):
    calls = [
        YourCall(f"{first} Person-{number}", "10:00a", "4A", "free 2:00–4:00p", "rel. 6:00p")
        for number, first in enumerate("ABCDEFGHIJKLMNOPQRSTUV")
    ]
    sheet = pages.daily_call(your_calls=calls)
    pdf = render("daily-call", sheet, PaperOptions(layout=layout, binding=True))
    assert len(read(pdf).pages) == 1
    for call in calls:
        assert call.name in text(pdf)


@pytest.mark.parametrize("layout", ["table", "rooms"])
def test_hostile_names_print_whole(layout):
    calls = [YourCall(name, "10:00a", "4A", "free 11:30a–2:00p", "rel. 6:00p") for name in NAMES]
    sheet = pages.daily_call(
        your_calls=calls, not_called=[NotCalled(name, "called tomorrow") for name in NAMES]
    )
    words = squeezed(render("daily-call", sheet, PaperOptions(layout=layout)))
    for name in NAMES:
        assert words.count(name.replace(" ", "")) == 2


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_calls_with_long_rooms_and_names_stay_above_the_foot_and_apart(paper):
    calls = [
        YourCall(f"{name} {number}", "10:00a", "The Old Chapel Upstairs", "free 2:00–4:00p", "rel. 6:00p")
        for number, name in enumerate(NAMES * 5)
    ]
    pdf = render("daily-call", pages.daily_call(your_calls=calls), PaperOptions(paper=paper, binding=True))
    spots: list[tuple[float, str]] = []
    for page in read(pdf).pages:
        page.extract_text(visitor_text=lambda words, _cm, tm, *_: spots.append((tm[5], words)))
    assert min(y for y, words in spots if "rel." in words) > 63
    assert squeezed(pdf).count("TheOldChapelUpstairs·free") == len(calls)


def test_hostile_names_print_whole_on_the_company_list():
    sheet = pages.company_list()
    sheet.sections[0].members = [
        Member(name, "a role with <i>tags</i> & more", "P1", "+44 20 7946 0000", "x" * 40 + "@example.com")
        for name in NAMES
    ]
    words = squeezed(render("company-list", sheet))
    for name in NAMES:
        assert name.replace(" ", "") in words
    assert words.count("x" * 40 + "@example.com") == len(NAMES)


@pytest.mark.parametrize(
    ("people", "gone", "kept"),
    [
        (40, (), ("Fittings", "Press", "Sat 23 Jan", "Sun 24 Jan")),
        (52, ("Fittings", "Meetings"), ("Press", "Sat 23 Jan", "Sun 24 Jan")),
        (56, ("Fittings", "Meetings", "Sat 23 Jan", "Sun 24 Jan"), ("Press", "Fri 22 Jan")),
    ],
)
@pytest.mark.parametrize("layout", ["table", "rooms"])
def test_what_gives_way_when_a_page_is_full(people, gone, kept, layout):
    """Type shrinks, then "none" rows go, then the days after tomorrow; never who is not called or the end of day."""
    calls = [YourCall(f"Person {number:02d}", "10:00a", "4A", "", "rel. 6:00p") for number in range(people)]
    words = text(render("daily-call", pages.daily_call(your_calls=calls), PaperOptions(layout=layout)))
    assert [word for word in gone if word in words] == []
    for word in (*kept, "Page 1 of 1", "NOT CALLED Sol Bright", "END OF DAY", "Person 39"):
        assert word in words


def test_a_very_long_day_goes_to_page_two_with_everything_on_it():
    rows = pages.thursday_rows()
    many = [replace(row, title=f"Piece {number}") for number in range(8) for row in rows[:4]]
    sheet = pages.daily_call(rows=[*many, *rows])
    pdf = render("daily-call", sheet)
    words = text(pdf)
    assert len(read(pdf).pages) == 2
    assert all(f"Piece {number}" in words for number in range(8))
    for needed in ("NOT CALLED", "Fittings", "LOOKING AHEAD", "Sun 24 Jan", "END OF DAY"):
        assert needed in words
    assert words.count("Who’s called") == 2


def test_a_forty_row_company_list_repeats_its_head():
    sheet = pages.company_list()
    sheet.sections[0].members = [
        Member(f"Person {number:02d}", "role", "F1", "1", "a@example.com") for number in range(40)
    ]
    pdf = render("company-list", sheet)
    reader = read(pdf)
    assert all("Role or position" in page.extract_text() for page in reader.pages)
    assert "CAST, CONTINUED" in text(pdf)
    assert all(f"Person {number:02d}" in text(pdf) for number in range(40))


def test_a_report_with_long_notes_breaks_between_them():
    sheet = pages.report()
    note = sheet.departments[1].notes[0]
    sheet.departments[1].notes = [
        replace(note, code=f"P{number}", text="Please " + "may we have this. " * 12) for number in range(20)
    ]
    words = text(render("rehearsal-report", sheet))
    assert all(f" P{number} Please" in words for number in range(20))
    assert "PROPS, CONTINUED" in words
    assert words.count("No notes. Thank you.") == 10


def test_an_empty_day_says_so_and_names_everybody():
    sheet = pages.daily_call(
        rows=[], your_calls=[], off="DAY OFF · MLK Day", band=[Fact("Called", "0 of 11 cast")]
    )
    words = text(render("daily-call", sheet))
    assert "DAY OFF · MLK Day" in words
    assert "NOT CALLED Sol Bright" in words


def test_what_is_too_short_for_its_words_in_the_week_follows_in_full():
    sheet = pages.week()
    sheet.days[1].blocks = [
        pages.block(
            10 + number * 0.25,
            10.25 + number * 0.25,
            number % 3,
            3,
            "4A",
            "music",
            f"Piece{number}",
            "Karen, Jimmy",
            "Malik",
        )
        for number in range(24)
    ]
    grid, after = (page.extract_text() for page in read(render("weekly-schedule", sheet)).pages)
    assert [f"▸{number + 1}" in grid for number in range(24)] == [True] * 24
    rows = re.sub(r"\s+", "", after)
    assert [f"Piece{number}·Karen,Jimmy·Malik" in rows for number in range(24)] == [True] * 24
    assert "10:15–10:30a" in after


@pytest.mark.parametrize("lanes", [1, 2, 4])
@pytest.mark.parametrize("high", [3, 9, 20, 60, 200])
def test_no_words_of_the_week_are_under_seven_points_nor_higher_than_their_box(lanes, high):
    block = pages.block(10, 10.75, 0, lanes, "4A", "staging", "Sc 1.5 “Water Tower”", "Karen, Jimmy", "Derek")
    words = words_of(block, 105 / lanes - 9, high, "12", 3)
    assert words.size >= 7
    assert words.high() <= high or [piece.text for line in words.lines for piece in line] == ["▸3"]


def test_times_are_written_in_the_house_style():
    words = text(render("daily-call", pages.daily_call(time_style="24")))
    assert "14:00" in words
    assert "LUNCH" in words


def test_left_out_sections_stay_out_and_not_called_stays_in():
    options = PaperOptions(without=frozenset({"your-call", "ahead", "lines"}))
    words = text(render("daily-call", pages.daily_call(), options))
    assert "YOUR CALL" not in words
    assert "LOOKING AHEAD" not in words
    assert "Fittings" not in words
    assert "NOT CALLED" in words


def test_a_company_without_anything_still_prints():
    sheet = pages.daily_call(
        rows=[],
        your_calls=[],
        not_called=[],
        not_called_note="Nobody is cast yet.",
        band=[],
        lines=[Line("Fittings", [Run("None today.")], True)],
        ahead=[],
        parallel=False,
    )
    assert "Nobody is cast yet." in text(render("daily-call", sheet))
