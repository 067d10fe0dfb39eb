"""How flags read: one sentence with who, what, measured against limit, where and by which clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from unit.rules.schedules import call, judged, pack, rule, show

from stagecraft.domain.rules.calls import Posting
from stagecraft.domain.rules.facts import Approval, Facts
from stagecraft.domain.rules.findings import Repair
from stagecraft.domain.rules.packs import Band, Source
from stagecraft.domain.rules.words import (
    finding_words,
    repair_words,
    short_words,
    source_words,
)
from stagecraft.domain.times import to_instant, wall

SOURCE = " (The pack, edition ?, clause ?, unverified)"
SPANS = [{"work": 420, "span": 540, "label": "7 out of 9"}, {"work": 480, "span": 600, "label": "8 out of 10"}]
TENS = [*SPANS, {"work": 600, "span": 720, "label": "10-out-of-12", "extended": True}]
DAYS = range(14, 21)
REHEARSALS = [call("rehearsal", day, 10, 18) for day in DAYS]


def posted(day, start, end, posted_day, hour):
    at = to_instant(wall(date(2026, 9, posted_day), round(hour * 60)), "America/New_York")
    one = call("rehearsal", day, start, end)
    return replace(one, postings=(Posting(at, one.starts_at, one.ends_at),))


SENTENCES = [
    (
        [rule("max_total", {"window": "week", "kinds": ["rehearsal"], "max": 2700})],
        REHEARSALS,
        "rehearsal hours in the week of 14 Sep – 56 h 00 against 45 h 00",
        "56 h 00, at most 45 h 00",
    ),
    (
        [rule("max_total", {"window": "rolling_days", "rolling_days": 3, "max": 1440}, title="Three days")],
        [call("rehearsal", day, 10, 18.5) for day in (14, 15, 16)],
        "Three days in the 3 days to 16 Sep – 25 h 30 against 24 h 00",
        "25 h 30, at most 24 h 00",
    ),
    (
        [rule("max_total", {"window": "call", "max": 240}, title="Longest call")],
        [call("rehearsal", 15, 10, 15)],
        "Longest call in the call of Tue 15 Sep 10:00a – 5 h 00 against 4 h 00",
        "5 h 00, at most 4 h 00",
    ),
    (
        [rule("max_total", {"window": "workday", "presence": True, "max": 570}, title="Presence")],
        [call("standby", 15, 13, 23 + 1 / 6)],
        "Presence on Tue 15 Sep – 10 h 10 against 9 h 30",
        "10 h 10 there, at most 9 h 30",
    ),
    (
        [rule("max_total", {"window": "engagement", "max": 60}, title="All hours")],
        [call("rehearsal", 14, 10, 11), call("rehearsal", 18, 10, 11)],
        "All hours from 14 Sep to 18 Sep – 2 h 00 against 1 h 00",
        "2 h 00, at most 1 h 00",
    ),
    (
        [rule("work_in_span", {"alternatives": SPANS})],
        [call("rehearsal", 15, 10, 12), call("rehearsal", 15, 20, 22)],
        "Tue 15 Sep – 4 h 00 of work over 12 h 00; closest allowed is 8 out of 10: span over by 2 h 00",
        "4 h 00 of work over 12 h 00, closest is 8 out of 10",
    ),
    (
        [rule("work_in_span", {"alternatives": [{"span": 720}]})],
        [call("rehearsal", 15, 10, 12), call("rehearsal", 15, 20, 23)],
        "Tue 15 Sep – 13 h 00 from first start to last end against 12 h 00",
        "13 h 00 from first start to last end, at most 12 h 00",
    ),
    (
        [rule("work_in_span", {"alternatives": [{"work": 420}]})],
        [call("rehearsal", 15, 10, 18)],
        "Tue 15 Sep – 8 h 00 of work over 8 h 00; allowed is 7 h 00: work over by 1 h 00",
        "8 h 00 of work, at most 7 h 00",
    ),
    (
        [
            rule("extended_day_quota", {"milestone": "first_public", "within_days": 7, "max_days": 2}),
            rule("work_in_span", {"alternatives": TENS}),
        ],
        [call("tech", day, start, start + 5) for day in (19, 20, 22) for start in (12, 19)],
        "Tue 22 Sep is the 3rd 10-out-of-12; 2 are allowed in the 7 days before 25 Sep",
        "3rd 10-out-of-12, 2 allowed",
    ),
    (
        [rule("min_rest", {"min": 720})],
        [call("rehearsal", 16, 18, 22.5), call("rehearsal", 17, 10, 13)],
        "Thu 17 Sep 10:00a follows Wed 10:30p – 11 h 30 of rest against 12 h 00; the earliest legal call is 10:30a",
        "11 h 30 rest, needs 12 h 00",
    ),
    (
        [rule("break_after", {"alternatives": [{"work": 300, "break": 60}]})],
        [call("rehearsal", 15, 10, 15 + 1 / 12)],
        "Tue 15 Sep 10:00a–3:05p without a 60 min break – 5 h 05 against 5 h 00",
        "5 h 05 without a 60 min break, at most 5 h 00",
    ),
    (
        [rule("gap", {"from": ["performance"], "to": ["performance"], "min": 90})],
        [show(19, 14, 16.75), show(19, 18.5, 21)],
        "Sat 19 Sep curtain down 4:45p, half hour 6:00p – 1 h 15 against 1 h 30",
        "1 h 15 before half hour, needs 1 h 30",
    ),
    (
        [rule("gap", {"from": ["rehearsal"], "to": ["performance"], "min": 150, "to_point": "curtain_up"})],
        [call("rehearsal", 19, 14, 16.75), show(19, 18.5, 21)],
        "Sat 19 Sep ends 4:45p, curtain up 6:30p – 1 h 45 against 2 h 30",
        "1 h 45 before curtain, needs 2 h 30",
    ),
    (
        [rule("gap", {"from": ["performance"], "to": ["rehearsal"], "max": 180})],
        [show(19, 11, 13), call("rehearsal", 19, 17, 18)],
        "Sat 19 Sep curtain down 1:00p, next call 5:00p – 4 h 00 against 3 h 00",
        "4 h 00 between calls, at most 3 h 00",
    ),
    (
        [rule("day_off", {"definition": "workday_free", "min_days": 1})],
        REHEARSALS,
        "week of 14 Sep has 0 days off of 1",
        "0 days off, needs 1",
    ),
    (
        [rule("day_off", {"definition": "hours_free", "hours": 36, "min_days": 1})],
        [
            *REHEARSALS[:5],
            call("tech", 19, 19, 25.5),
            call("rehearsal", 21, 10, 12),
            call("rehearsal", 27, 9, 10),
        ],
        "week of 14 Sep has 0 days off of 1 (longest free stretch 32 h 30 of 36 h 00, Sun 1:30a to Mon 10:00a)",
        "0 days off, needs 1",
    ),
    (
        [rule("max_consecutive_days", {"max": 6})],
        [call("rehearsal", day, 10, 16) for day in range(15, 27)],
        "works 12 days in a row from 15 Sep to 26 Sep; the 7th is Mon 21 Sep",
        "12 days in a row, at most 6",
    ),
    (
        [rule("max_count", {"window": "week", "kinds": ["performance"], "max": 8})],
        [show(day, up, up + 2) for day in (16, 19, 20) for up in (14, 19)]
        + [show(day, 19, 21) for day in (15, 17, 18)],
        "9 performances in the week of 14 Sep against 8",
        "9 performances, at most 8",
    ),
    (
        [rule("min_call", {"min": 240, "new_call_gap": 120}, severity="premium")],
        [call("work_call", 15, 8, 15), call("work_call", 15, 17.5, 19)],
        "Tue 15 Sep 5:30p–7:00p is a new call (2 h 30 after the last) – 1 h 30, paid as 4 h 00",
        "1 h 30 call, paid as 4 h 00",
    ),
    (
        [rule("time_window", {"latest": "23:00"})],
        [call("standby", 18, 17, 23 + 1 / 6)],
        "there until 11:10p, latest 11:00p on Fri 18 Sep, aged 10",
        "there until 11:10p, latest 11:00p",
    ),
    (
        [rule("time_window", {"earliest": "11:30"})],
        [call("rehearsal", 18, 11, 12)],
        "called at 11:00a, earliest 11:30a on Fri 18 Sep, aged 10",
        "called at 11:00a, earliest 11:30a",
    ),
    (
        [rule("time_window", {"latest": "24:30"})],
        [call("standby", 18, 17, 24 + 2 / 3)],
        "there until 12:40a the next day, latest 12:30a the next day on Fri 18 Sep, aged 10",
        "there until 12:40a the next day, latest 12:30a the next day",
    ),
    (
        [rule("forbidden", {"kinds": ["rehearsal"], "on": "day_after_day_off"})],
        [show(13, 14, 16), call("rehearsal", 15, 13, 17)],
        "rehearsal on Tue 15 Sep, the day after a day off",
        "rehearsal: day after a day off",
    ),
    (
        [rule("forbidden", {"kinds": ["rehearsal"], "on": "two_performance_day"})],
        [show(15, 14, 16), show(15, 19, 21), call("rehearsal", 15, 10, 11)],
        "rehearsal on Tue 15 Sep, a two-performance day",
        "rehearsal: two-performance day",
    ),
    (
        [rule("notice", {"min": 720})],
        [posted(16, 10, 15, 15, 22.5)],
        "Wed 16 Sep 10:00a was posted Tue 10:30p – 11 h 30 of 12 h 00",
        "11 h 30 notice, needs 12 h 00",
    ),
    (
        [rule("notice", {"by": "18:00"})],
        [posted(16, 10, 15, 15, 22.5)],
        "Wed 16 Sep 10:00a was posted Tue 10:30p, needs by 6:00p the day before",
        "posted Tue 10:30p, needs by 6:00p the day before",
    ),
    (
        [rule("allowance", {"window": "week", "kinds": ["fitting"], "exempt": 0, "cap": 420})],
        [call("fitting", 14, 10, 17 + 1 / 12)],
        "fitting in the week of 14 Sep – 7 h 05 against 7 h 00",
        "7 h 05 of fitting, at most 7 h 00",
    ),
    (
        [rule("average_limit", {"weeks": 1, "max": 2880})],
        REHEARSALS,
        "56 h 00 a week on average over 1 week to 20 Sep against 48 h 00",
        "56 h 00 a week on average, at most 48 h 00",
    ),
    (
        [rule("premium", {"window": "workday", "threshold": 480, "increment": 30, "multiplier": 1.5})],
        [call("work_call", 15, 8, 17 + 1 / 12)],
        "on Tue 15 Sep 9 h 05, 65 min over 8 h 00 = 3 half-hour units at 1.5 times the rate",
        "1 h 05 over: 3 half-hour units at 1.5 times the rate",
    ),
    (
        [rule("engagement_window", {"max_days": 14})],
        [call("rehearsal", 14, 10, 12), call("rehearsal", 28, 10, 12)],
        "15 days from 14 Sep to 28 Sep against 14",
        "15 days, at most 14",
    ),
    (
        [rule("overlap", {})],
        [call("rehearsal", 15, 14, 17), call("fitting", 15, 16.5, 18)],
        "fitting 4:30p overlaps rehearsal until 5:00p on Tue 15 Sep",
        "two calls at once for 30 min",
    ),
    (
        [rule("overlap", {"travel_minutes": 30})],
        [call("rehearsal", 15, 14, 17, venue=1), call("fitting", 15, 17.25, 18, venue=2)],
        "Tue 15 Sep 5:15p fitting elsewhere after rehearsal until 5:00p – 15 min against 30 min",
        "15 min to get there, needs 30 min",
    ),
]
FACTS = Facts(
    age=10,
    milestones={"first_public": date(2026, 9, 25)},
    horizon=(date(2026, 9, 14), date(2026, 9, 20)),
)


@pytest.mark.parametrize(("rules", "calls", "sentence", "short"), SENTENCES, ids=[s[2] for s in SENTENCES])
def test_a_flag_reads(rules, calls, sentence, short):
    found = [one for one in judged(calls, *rules, facts=FACTS) if one.rule == rules[0].id]
    assert [finding_words(one, rules[0], pack(*rules), "Ana") for one in found] == [f"Ana: {sentence}{SOURCE}"]
    assert short_words(found[0], rules[0]) == short


def test_the_clock_of_24_hours():
    rest = rule("min_rest", {"min": 720})
    found = judged([call("rehearsal", 16, 18, 22.5), call("rehearsal", 17, 10, 13)], rest)
    assert finding_words(found[0], rest, pack(rest), "Ana", "24") == (
        "Ana: Thu 17 Sep 10:00 follows Wed 22:30 – 11 h 30 of rest against 12 h 00; "
        f"the earliest legal call is 10:30{SOURCE}"
    )
    assert [repair_words(one, "Ana", "24") for one in found[0].repairs] == [
        "Call Ana at 10:30",
        "End 30 min earlier",
    ]


def test_leaving_somebody_out_names_the_call_where_it_is_one():
    assert (
        repair_words(Repair("leave", (1,)), "Hana", title="costume fitting")
        == "Leave Hana out of costume fitting"
    )


def test_what_is_not_checked_names_the_missing_fact():
    notice = rule("notice", {"min": 720}, title="Notice of the next call")
    found = judged([call("rehearsal", 18, 10, 12)], notice)
    assert finding_words(found[0], notice, pack(notice), "Ana") == (
        f"Ana: Notice of the next call – not checked, no posting time recorded for Fri 18 Sep{SOURCE}"
    )
    assert short_words(found[0]) == "not checked: no posting time recorded"


def test_a_missing_date_is_named_as_people_say_it():
    rest = rule("min_rest", {"min": 720}, when={"before": "first_public"})
    found = judged([call("rehearsal", 16, 18, 22.5), call("rehearsal", 17, 10, 13)], rest)
    assert short_words(found[0], rest) == "not checked: no date of first public performance recorded"


def test_a_waived_flag_says_who_approved_and_a_grave_one_how_grave():
    rest = rule("min_rest", {"min": 720}, bands=(Band(1, "minor"),))
    calls = [call("rehearsal", 16, 18, 22.5), call("rehearsal", 17, 10, 13)]
    found = judged(calls, rest, approvals=[Approval("min_rest", waive=True, note="vote of 14 Sep")])
    assert finding_words(found[0], rest, pack(rest), "Ana").endswith(
        f"is 10:30a, minor – approved: vote of 14 Sep{SOURCE}"
    )


def test_the_source_says_what_is_not_known():
    known = Source("LORT", "2008", "50(C)(1)", confidence="medium")
    one = rule("min_rest", {"min": 720}, source=known)
    assert source_words(one, pack(one)) == "LORT, edition 2008, clause 50(C)(1), medium confidence, unverified"
    sure = replace(one, source=replace(known, verified_by="Linda", verified_on=date(2026, 11, 1)))
    assert source_words(sure, pack(sure)) == (
        "LORT, edition 2008, clause 50(C)(1), medium confidence, verified by Linda on Sun 1 Nov 2026"
    )


@pytest.mark.parametrize(
    ("repair", "words"),
    [
        (Repair("start", (1,), at_wall=wall(date(2026, 9, 15), 630), minutes=30), "Call Hana at 10:30a"),
        (Repair("end", (1,), minutes=5), "End 5 min earlier"),
        (Repair("free", (1, 2), day=date(2026, 9, 14)), "Free Mon 14 Sep"),
        (Repair("leave", (1,)), "Leave Hana out"),
        (Repair("leave", (1, 2)), "Leave Hana out of 2 calls"),
    ],
)
def test_a_repair_says_what_one_click_does(repair, words):
    assert repair_words(repair, "Hana") == words
