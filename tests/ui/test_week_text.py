"""The words inside an event: what a narrow lane keeps, and that nothing is ever cut in the middle."""

import pytest

from stagecraft.ui.theme import load_fonts
from stagecraft.ui.widgets.week_layout import EventView
from stagecraft.ui.widgets.week_text import arrange, text_width, words_in, wrapped

WIDE, NARROW, NARROWEST = 132, 52, 33


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


def shown(title: str, width: int, height: int = 176, number: str = "", **fields: str) -> list[str]:
    event = EventView(
        1, 1, 0, 240, "RH", "staging", "published", "HIT", "H", "", "2:00p", number, title, "", "", ""
    )
    for name, value in fields.items():
        setattr(event, name, value)
    return [run.text.text() for run in arrange(event, width, height).runs]


@pytest.mark.parametrize(
    ("title", "width", "lines"),
    [
        ("Understudy run", NARROW, ["2:00p", "Under-", "study", "run"]),
        ("Understudy run", NARROWEST, ["2p", "RH"]),
        ("Trails #311 from the wings", NARROWEST, ["2p", "311"]),
        ("Vocals 1.7, 1.8", NARROWEST, ["2p", "1.7,", "1.8"]),
        ("Studio: Priya", NARROWEST, ["2p", "Stu-", "dio"]),
    ],
)
def test_a_narrow_lane_leaves_words_out_and_keeps_the_numbers(title, width, lines):
    assert shown(title, width) == lines


def test_a_performance_keeps_its_number_whole():
    assert shown("", NARROWEST, number="#319")[1:] == ["319"]
    assert shown("", WIDE, number="#319")[1:] == ["#319"]


def test_words_go_in_order_when_there_is_no_height():
    full = {"number": "1.6", "place": "4A", "people": "Karen, Omar", "until": "to 5:00p"}
    heights = [shown("Ghost", WIDE, height, **full) for height in (88, 46, 31)]
    assert heights == [
        ["2:00p", "1.6 Ghost", "4A · Karen, Omar", "to 5:00p"],
        ["2:00p", "1.6 Ghost", "4A · Karen, Omar"],
        ["2:00p", "1.6 Ghost"],
    ]


def test_a_drawn_call_without_a_name_shows_its_time_alone():
    assert shown("", WIDE) == ["2:00p"]


@pytest.mark.parametrize(
    "text",
    ["Ghost in the Booth", "Zoë Łukasik, O'Neill, 李", "Donaudampfschifffahrtsgesellschaft", "a · Malik"],
)
@pytest.mark.parametrize("width", [24, 40, 64, 200])
def test_no_line_is_wider_than_its_room(text, width):
    assert all(text_width(line, 600) <= width for line in wrapped(text, width, 600))
    assert text_width(words_in(text, width)) <= width
