"""What an import says about its lines and about what it did."""

from __future__ import annotations

from datetime import date

from stagecraft.domain.incoming import AwayLine, EventLine, ImportResult, PersonLine, SceneLine, line_words
from stagecraft.domain.times import wall

DAY = date(2027, 1, 14)


def test_lines_in_few_words():
    assert [
        line_words(line)
        for line in (
            PersonLine(2, "李", roles=["Marilyn"], phone="1"),
            SceneLine(3, 1, "1.1", "Hollywood", marks=[("Marilyn", "on")]),
            SceneLine(4, 1, "1.1", song="Stars"),
            AwayLine(5, "Ann", "", wall(DAY, 240), wall(DAY, 240 + 1440), "sick", "hard"),
            AwayLine(6, "", "Studio A", wall(DAY, 240), wall(DAY, 240 + 3 * 1440), "blackout", "hard"),
            EventLine(
                7, "BOMB", wall(DAY, 600), wall(DAY, 780), "4A", "music", units=["1.1"], leaders=["Derek"]
            ),
        )
    ] == [
        "李 · Marilyn · 1",
        "1.1 Hollywood · 1 in it",
        "1.1 · “Stars”",
        "Ann · Thu 14 Jan · sick",
        "Studio A · Thu 14 Jan – Sat 16 Jan · blackout",
        "BOMB · Thu 14 Jan 10:00a–1:00p · 1.1 · 4A · Derek",
    ]


def test_a_result_in_words():
    result = ImportResult(filled=1, known=3)
    for what in ("job", "person", "person"):
        result.count(what)
    assert result.words == "2 people, 1 job new; 1 completed; 3 already there"
    assert ImportResult().words == "nothing new"
