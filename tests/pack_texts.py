"""Texts of packs that tests read, change and break."""

PACK = """\
format = "work-rule-pack/1"
id = "ours"
title = "Our agreement"
edition = "2026"
effective_from = 2026-01-01
effective_to = 2027-12-31

[defaults]
week_start = "sunday"
day_cut = "05:00"
half_hour_minutes = 35

[[rules]]
id = "ours.rest"
kind = "min_rest"
title = "Overnight rest"
applies = { roles = ["actor"], age = { min = 16 } }
when = { from = "first_rehearsal" }
values = [{ from = 2027-01-01, params = { min = 690 } }]
bands = [{ over = 1, level = "minor" }, { over = 60, level = "serious" }]

[rules.params]
min = 720

[rules.source]
agreement = "Ours"
clause = "7(b)"
summary = "12 hours overnight."
evidence = "primary"
confidence = "high"
verified_by = "Linda"
verified_on = 2026-05-04

[[rules.examples]]
title = "Twelve hours"
calls = [
    { kind = "rehearsal", start = 2026-09-15T17:00:00, end = 2026-09-15T22:00:00 },
    { kind = "rehearsal", start = "2026-09-16T10:00", end = "2026-09-16T12:00" },
]
expect = []

[[rules]]
id = "ours.week"
kind = "max_total"
title = "Week"
params = { window = "week", max = 2700, add_overflow_of = ["ours.fittings"] }
source = { agreement = "Ours", summary = "45 hours.", confidence = "low" }

[[rules]]
id = "ours.fittings"
kind = "allowance"
title = "Fittings"
enabled = false
note = "Look it up."
params = { window = "week", kinds = ["fitting"] }

[[rules]]
id = "ours.day"
kind = "work_in_span"
title = "Day"
source = { agreement = "Ours", summary = "10 of 12 near the end.", confidence = "low" }

[rules.params]
alternatives = [
    { work = 420, span = 540 },
    { work = 600, span = 720, extended = true, when = { days_before = { milestone = "first_public", days = 7 } } },
]

[[rules]]
id = "ours.tens"
kind = "extended_day_quota"
title = "Tens"
params = { milestone = "first_public", within_days = 7, max_days = 2 }
source = { agreement = "Ours", summary = "Two of them.", confidence = "low" }

[[rules]]
id = "ours.window"
kind = "time_window"
title = "Times"
params = { earliest = "10:00", latest = "23:00" }
source = { agreement = "Ours", summary = "Ten to eleven.", confidence = "low" }

[[rules]]
id = "ours.gap"
kind = "gap"
title = "Between"
params = { from = ["rehearsal"], to = ["performance"], min = 90, max = 180 }
source = { agreement = "Ours", summary = "An hour and a half.", confidence = "low" }
"""

COPY = """\
format = "work-rule-pack/1"
id = "our-house"
title = "Our house"
extends = "house-default"

[[rules]]
id = "house.rest"
params = { min = 660 }
"""
