"""What each of the eighteen kinds of rule says, by sets of minutes and plain loops; see `rules_oracle`."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import inf

from rules_oracle import (
    ONE,
    bridged,
    clock,
    clock_text,
    holes,
    instant_of,
    local,
    minutes,
    together,
    wall_at,
    wall_of,
)

# --- totals and counts -------------------------------------------------------------------------------------


def max_total(view):
    rule = view.rule.params
    own = view.chosen(rule.get("kinds"))
    spilled = overflow(view, rule.get("add_overflow_of") or ())
    extra = [call for call in view.calls if id(call) in spilled and call not in own]
    every = sorted(own + extra, key=lambda one: one.starts_at)
    for anchor, first, last, calls in view.judged_windows(rule["window"], every):
        params = view.params(first)
        mine = [call for call in calls if call in own]
        if params.get("presence"):
            total = sum(
                max(one.ends_at for one in some) - min(one.starts_at for one in some)
                for _, some in view.working_days(mine)
            )
        else:
            total = len(bridged(together(mine), params.get("bridge", 0)))
        total += sum(len(spilled.get(id(call), ())) for call in calls)
        limits = [params["max"]]
        for one in params.get("adjust") or ():
            states = {view.holds({one["if"]: True}, view.day(call)) for call in calls}
            known = bool(states & {True}) or states == {False}
            more = [limit + one["add"] for limit in limits]
            limits = (more if True in states else limits) if known else limits + more
        if total > max(limits):
            view.tell(anchor, total, max(limits), first, last)
        elif total > min(limits):
            view.missing("no school days recorded", anchor, params["max"], first, last)


def overflow(view, names):
    """Minutes of allowances that are used up, by call."""
    spilled = {}
    for name in names:
        rule = view.pack.rule(name)
        calls = view.chosen(rule.params["kinds"])
        for _, _, _, some in view.windows(rule.params["window"], calls, rule=rule):
            for at in sorted(together(some))[rule.params["exempt"] :]:
                call = next(one for one in some if at in minutes(one))
                spilled.setdefault(id(call), set()).add(at)
    return spilled


def max_count(view):
    rule = view.rule.params
    for anchor, first, last, calls in view.judged_windows(rule["window"], view.chosen(rule.get("kinds"))):
        limit = view.params(first)["max"]
        if len(calls) > limit:
            view.tell(anchor, len(calls), limit, first, last)


def allowance(view):
    rule = view.rule.params
    if rule.get("cap") is None:
        return
    window = rule.get("cap_window") or rule["window"]
    for anchor, first, last, calls in view.judged_windows(window, view.chosen(rule["kinds"]), "cap"):
        limit, total = view.params(first)["cap"], len(together(calls))
        if total > limit:
            view.tell(anchor, total, limit, first, last)


def premium(view):
    rule = view.rule.params
    for anchor, first, last, calls in view.judged_windows(
        rule["window"], view.chosen(rule.get("kinds")), "threshold"
    ):
        params = view.params(first)
        worked = {at for call in calls for at in minutes(call) if by_the_clock(call, at, params.get("clock"))}
        if len(worked) > params.get("threshold", 0):
            view.tell(anchor, len(worked), params.get("threshold", 0), first, last)


def by_the_clock(call, at, span):
    if span is None:
        return True
    start, end = (clock(part) for part in span.split("-"))
    shown = wall_of(at, call.zone) % 1440
    return start <= shown < end if start < end else shown >= start or shown < end


def average_limit(view):
    rule = view.rule.params
    calls = view.chosen(rule.get("kinds"))
    if not calls:
        return
    days = [view.day(call) for call in calls] + list(view.planned() if view.facts.horizon else ())
    week, weeks = view.week(min(days)), []
    while week <= max(days):
        away = any(week <= day <= week + 6 * ONE for day in view.facts.leave_weeks)
        if not away or rule.get("leave_weeks") == "zero":
            weeks.append((week, away))
        week += 7 * ONE
    size = rule["weeks"]
    for at in range(size - 1, len(weeks)):
        some = weeks[at - size + 1 : at + 1]
        first, last = some[0][0], some[-1][0] + 6 * ONE
        worked = [
            call
            for call in calls
            if any(not away and week <= view.day(call) <= week + 6 * ONE for week, away in some)
        ]
        kept, lacking = view.counted(first, worked)
        limit = view.params(first)["max"]
        total = len(together(kept))
        if lacking:
            view.missing(lacking, some[-1][0].isoformat(), limit, first, last)
        elif total > limit * size:
            mean = total // size if total % size == 0 else total / size
            view.tell(some[-1][0].isoformat(), mean, limit, first, last)


# --- the working day ---------------------------------------------------------------------------------------


def fitting(view, calls, span_calls, day):
    """Of a working day: work, span, what fits for sure, what fits perhaps, the choices there are."""
    params = view.params(day)
    work = len(bridged(together(calls), params.get("bridge", 0)))
    span = (
        max(one.ends_at for one in span_calls) - min(one.starts_at for one in span_calls) if span_calls else 0
    )
    sure, perhaps, there, lacking = [], [], [], None
    for choice in params["alternatives"]:
        state = view.holds(choice.get("when") or {}, day)
        if state is False:
            continue
        fits = work <= choice.get("work", inf) and span <= choice.get("span", inf)
        if state is True:
            there.append(choice)
            sure += [choice] if fits else []
        else:
            perhaps += [(choice, state)] if fits else []
            lacking = lacking or state
    return work, span, sure, perhaps, there


def work_in_span(view):
    rule = view.rule.params
    calls = view.chosen(rule.get("kinds"))
    for anchor, first, last, some in view.judged_windows("workday", calls, "alternatives"):
        spans = span_calls_of(view, some)
        work, span, sure, perhaps, there = fitting(view, some, spans, first)
        if sure:
            continue
        over = [max(0, work - one.get("work", inf)) + max(0, span - one.get("span", inf)) for one in there]
        best = there[over.index(min(over))] if there else {}
        limit = (best.get("work"), best.get("span"))
        if perhaps:
            choice, words = perhaps[0]
            view.missing(words, anchor, (choice.get("work"), choice.get("span")), first, last)
        else:
            view.tell(anchor, (work, span), limit, first, last)


def span_calls_of(view, calls):
    kinds = view.rule.params.get("span_kinds")
    if kinds is None:
        return calls
    number = view.number[id(calls[0])]
    # A day without any of them spans its own work.
    return [one for one in view.chosen(kinds) if view.number[id(one)] == number] or calls


def extended_days(view):
    """The days that fit only a choice that counts as extended, by any rule of the pack that has such choices."""
    days = set()
    mine, approvals = view.rule, view.approvals
    for rule in view.pack.rules:
        if rule.enabled and rule.kind == "work_in_span":
            view.rule, view.approvals = rule, []
            for _, first, _, some in list(view.windows("workday", view.chosen(rule.params.get("kinds")))):
                kept, lacking = view.counted(first, some)
                if kept and not lacking:
                    sure = fitting(view, kept, span_calls_of(view, kept), first)[2]
                    if sure and all(choice.get("extended") for choice in sure):
                        days.add(first)
    view.rule, view.approvals = mine, approvals
    return sorted(days)


def extended_day_quota(view):
    params = view.rule.params
    states = {day: view.holds({**view.rule.applies, **view.rule.when}, day) for day in extended_days(view)}
    days = [day for day, state in states.items() if state is not False]
    when = view.facts.milestones.get(params["milestone"])
    if when is None:
        if days:
            words = f"no date of {params['milestone']} recorded"
            view.missing(words, days[0].isoformat(), params["max_days"], days[0], days[-1])
        return
    inside = [day for day in days if when - params["within_days"] * ONE <= day < when]
    counts = [
        (day, inside.index(day) + 1, params["max_days"]) if day in inside else (day, 1, 0) for day in days
    ]
    for day, number, most in counts:
        if number > most and states[day] is True:
            view.tell(day.isoformat(), number, most, day, day)
        elif number > most:
            view.missing(states[day], day.isoformat(), params["max_days"], inside[0] if most else day, day)


def time_window(view):
    rule = view.rule.params
    bound = next((name for name in ("latest", "latest_before_school_day") if name in rule), "earliest")
    for anchor, first, last, calls in view.judged_windows("workday", view.chosen(rule.get("kinds")), bound):
        params, midnight = view.params(first), wall_at(first)
        start = min(one.starts_wall for one in calls) - midnight
        end = max(one.ends_wall for one in calls) - midnight
        if params.get("earliest") and start < clock(params["earliest"]):
            view.tell(anchor, clock_text(start), params["earliest"], first, last)
        usual, eve = params.get("latest"), params.get("latest_before_school_day")
        school = view.holds({"school_day": True}, first + ONE)
        late = {text: text is not None and end > clock(text) for text in (usual, eve)}
        if eve is None or school is False:
            if late[usual]:
                view.tell(anchor, clock_text(end), usual, first, last)
        elif school is True:
            if late[eve]:
                view.tell(anchor, clock_text(end), eve, first, last)
        elif late[usual] and late[eve]:
            view.tell(anchor, clock_text(end), max(usual, eve, key=clock), first, last)
        elif late[usual] or late[eve]:
            view.missing(school, anchor, eve, first, last)


# --- rest, gaps, breaks ------------------------------------------------------------------------------------


def min_rest(view):
    rule = view.rule.params
    days = view.working_days(view.chosen(rule.get("kinds")))
    for (before, early), (after, late) in pairwise(days):
        kept, lacking = view.counted(after, late)
        params = view.params(after)
        past = (params.get("after") or {}).get("work_past")
        end = max(one.ends_at for one in early)
        if past and max(one.ends_wall for one in early) - wall_at(before) <= clock(past):
            continue
        if lacking:
            view.missing(lacking, after.isoformat(), params["min"], before, after)
            continue
        rest = max(0, min(one.starts_at for one in late) - end)
        if kept and rest < params["min"]:
            view.tell(after.isoformat(), rest, params["min"], before, after)


def break_after(view):
    rule = view.rule.params
    for _, first, last, calls in view.judged_windows("workday", view.chosen(rule.get("kinds")), "alternatives"):
        params = view.params(first)
        (somewhere if params.get("mode") == "somewhere" else before)(view, params, calls, first, last)


def work_and_short_breaks(params, calls):
    """Minutes of work: short breaks as long as the smallest break are none."""
    least = min(choice["break"] for choice in params["alternatives"])
    worked = set()
    for call in calls:
        off = {
            at
            for one in call.breaks or ()
            if one.kind == "short" and one.ends_at - one.starts_at >= least
            for at in range(one.starts_at, one.ends_at)
        }
        worked |= minutes(call) - off
    return worked, least


def extension(view, params, calls, worked):
    return sum(
        min(most, len({at for call in calls if view.selects([kind], call) for at in minutes(call)} & worked))
        for kind, most in (params.get("extend_by_kind") or {}).items()
    )


def before(view, params, calls, first, last):
    worked, least = work_and_short_breaks(params, calls)
    elapsed, not_before = params.get("measure") == "elapsed", params.get("not_before", 0)
    order, unknown = sorted(worked), False
    stretch = []
    for at, following in zip(order, [*order[1:], None], strict=True):
        stretch.append(at)
        length = at + 1 - stretch[0] if elapsed else len(stretch)
        gap = inf if following is None else following - at - 1
        if gap is not inf and (gap < least or length < not_before):
            continue
        allowed = max(one["work"] for one in params["alternatives"] if one["break"] <= gap)
        allowed += extension(view, params, calls, set(stretch))
        if length > allowed:
            within = [one for one in calls if minutes(one) & set(stretch)]
            if params.get("needs_planned_breaks") and not all(one.breaks_known for one in within):
                unknown = True
            else:
                anchor = local(wall_of(stretch[0], within[0].zone))
                view.tell(anchor, length, allowed, first, last)
        stretch = []
    if unknown:
        longest = max(one["work"] for one in params["alternatives"])
        view.missing("no planned breaks recorded", first.isoformat(), longest, first, last)


def somewhere(view, params, calls, first, last):
    worked, _ = work_and_short_breaks(params, calls)
    length = max(worked) + 1 - min(worked) if params.get("measure") == "elapsed" else len(worked)
    failed = [
        choice["work"]
        for choice in params["alternatives"]
        if length > choice["work"] + extension(view, params, calls, worked)
        and all(end - start < choice["break"] for start, end in holes(worked))
    ]
    if failed and params.get("needs_planned_breaks") and not all(one.breaks_known for one in calls):
        longest = max(one["work"] for one in params["alternatives"])
        view.missing("no planned breaks recorded", first.isoformat(), longest, first, last)
        return
    for limit in failed:
        more = extension(view, params, calls, worked)
        view.tell(first.isoformat(), length, limit + more, first, last)


def gap(view):
    rule = view.rule.params
    for day, today in view.working_days(view.calls):
        sources = [one for one in today if view.selects(rule["from"], one)]
        pairs = [(call, to) for call in sources if (to := next_to(view, call, today)) is not None]
        kept, lacking = view.counted(day, [call for call, _ in pairs])
        params = view.params(day)
        if lacking:
            view.missing(lacking, day.isoformat(), params.get("min"), day, day)
        for call, to in pairs if kept else ():
            done = [one for one in sources if one.ends_at <= call.ends_at]
            free = params.get("except_from_max_work")
            short = free is not None and len(together(done)) <= free
            curtain = params.get("to_point") == "curtain_up" and to.curtain_at is not None
            interval = (to.curtain_at if curtain else to.starts_at) - call.ends_at
            if params.get("min") is not None and interval < params["min"] and not short:
                view.tell(day.isoformat(), interval, params["min"], day, day)
            if params.get("max") is not None and interval > params["max"]:
                view.tell(day.isoformat(), interval, params["max"], day, day)


def next_to(view, call, today):
    """The next call, where it is one the rule is about; of several that start together one is enough."""
    later = [one for one in today if one.starts_at >= call.ends_at and one is not call]
    soonest = min((one.starts_at for one in later), default=None)
    to = view.rule.params["to"]
    return next((one for one in later if one.starts_at == soonest and view.selects(to, one)), None)


def min_call(view):
    rule = view.rule.params
    joined = []
    for call in view.chosen(rule.get("kinds")):
        since = call.starts_at - max(one.ends_at for one in joined[-1]) if joined else None
        # Calls that touch are one, also where no gap is too short.
        if since is not None and (since <= 0 or since < rule.get("new_call_gap", 0)):
            joined[-1].append(call)
        else:
            joined.append([call])
    ended = None
    for calls in joined:
        day = view.day(calls[0])
        params = view.params(day)
        limit = params["min"]
        if ended is not None:
            since = calls[0].starts_at - ended
            for tier in sorted(params.get("tiers") or (), key=lambda one: one["gap"]):
                if since <= tier["gap"]:
                    limit = tier["min"]
                    break
        ended = max(one.ends_at for one in calls)
        kept, lacking = view.counted(day, calls[:1])
        if lacking:
            view.missing(lacking, day.isoformat(), params["min"], day, day)
        elif kept and len(together(calls)) < limit:
            view.tell(local(calls[0].starts_wall), len(together(calls)), limit, day, day)


def overlap(view):
    calls = view.chosen(view.rule.params.get("kinds"))
    for at, call in enumerate(calls):
        for other in calls[at + 1 :]:
            common = len(minutes(call) & minutes(other))
            first, day = view.day(call), view.day(other)
            kept, lacking = view.counted(day, [other])
            travel = view.params(first).get("travel_minutes")
            need = travel_needed(view, travel, call, other)
            gap_between = other.starts_at - call.ends_at
            # Behind a call that lies between the two it is that one's distance that matters.
            between = any(call.ends_at <= one.starts_at and one.ends_at <= other.starts_at for one in calls)
            short = not between and need is not None and 0 <= gap_between < need and not common
            if not (common or short):
                continue
            if lacking:
                view.missing(lacking, day.isoformat(), need if short else 0, first, day)
            elif kept and common:
                view.tell(local(other.starts_wall), common, 0, first, day)
            elif kept:
                view.tell(local(other.starts_wall), max(0, gap_between), need, first, day)


def travel_needed(view, travel, call, other):
    if call.venue is None or other.venue is None or call.venue == other.venue:
        return None
    known = view.facts.travel_minutes
    return known.get((call.venue, other.venue), known.get((other.venue, call.venue), travel))


# --- days --------------------------------------------------------------------------------------------------


def day_off(view):
    rule = view.rule.params
    travels = rule.get("counts_travel", True)
    calls = [one for one in view.calls if travels or not view.selects(["travel"], one)]
    start, end = view.planned()
    week = view.week(start)
    while week + 6 * ONE <= end:
        if week >= start:
            touched = [one for one in view.calls if week <= view.day(one) <= week + 6 * ONE]
            touched = [one for one in touched if one in calls]
            kept, lacking = view.counted(week, touched)
            params = view.params(week)
            # A day the conditions leave out is free as far as this rule goes.
            free = FREE[rule["definition"]](view, view.counted(week, calls)[0], week)
            if lacking:
                view.missing(lacking, week.isoformat(), params["min_days"], week, week + 6 * ONE)
            elif kept and free < params["min_days"]:
                view.tell(week.isoformat(), free, params["min_days"], week, week + 6 * ONE)
        week += 7 * ONE


def workday_free(view, calls, week):
    return 7 - len({view.day(one) for one in calls} & {week + n * ONE for n in range(7)})


def calendar_free(view, calls, week):
    free = 0
    for n in range(7):
        midnight = wall_at(week + n * ONE)
        free += not any(one.starts_wall < midnight + 1440 and one.ends_wall > midnight for one in calls)
    return free


def hours_free(view, calls, week):
    need = view.params(week)["hours"] * 60
    zone = view.calls[0].zone
    start, end = instant_of(wall_at(week, view.cut), zone), instant_of(wall_at(week + 7 * ONE, view.cut), zone)
    free, until = [], -inf
    for starts, ends in sorted((one.starts_at, one.ends_at) for one in calls):
        if starts > until:
            free.append((until, starts))
        until = max(until, ends)
    free.append((until, inf))
    days = 0
    for a, b in free:
        inside = min(b, end) - max(a, start)
        if b - a >= need and inside >= 1440:
            days += int(min(1 + (b - a - need) // 1440 if b - a < inf else inf, inside // 1440))
    return days


FREE = {"workday_free": workday_free, "calendar_free": calendar_free, "hours_free": hours_free}


def max_consecutive_days(view):
    calls, lacking = [], []
    for day, some in view.working_days(view.chosen(view.rule.params.get("kinds"))):
        kept, words = view.counted(day, some)
        calls += kept
        lacking += [(day, words)] if words else []
    days = sorted({view.day(one) for one in calls} | {day for day, _ in lacking})
    runs = []
    for day in days:
        if runs and runs[-1][-1] == day - ONE:
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        limit = view.params(run[0])["max"]
        words = next((words for day, words in lacking if day in run), None)
        if words:
            view.missing(words, run[0].isoformat(), limit, run[0], run[-1])
        elif len(run) > limit:
            view.tell(run[limit].isoformat(), len(run), limit, run[0], run[-1])


def forbidden(view):
    rule = view.rule.params
    # Days of the calendar, also where working days end at a gap: each says it once.
    for anchor, first, last, calls in view.judged_windows("day", view.chosen(rule["kinds"]), "kinds"):
        words = FORBIDDEN[rule["on"]](view, view.params(first), first, calls)
        if words:
            view.tell(anchor, words, rule["kinds"], first, last)


def after_day_off(view, params, day, calls):
    worked = {view.day(one) for one in view.calls}
    return "day after a day off" if day - ONE not in worked and min(worked) < day else ""


def two_performances(view, params, day, calls):
    return "two-performance day" if view.performances(day) >= 2 else ""


def after_two_doubles(view, params, day, calls):
    full = all(view.performances(day - n * ONE) >= 2 for n in (1, 2))
    return "day after two two-performance days" if full else ""


def on_a_date(view, params, day, calls):
    dates = {one if isinstance(one, date) else date.fromisoformat(one) for one in params.get("dates") or ()}
    return "forbidden date" if day in dates else ""


def on_a_day_off(view, params, day, calls):
    others = [one for one in view.calls if view.day(one) == day and not view.selects(params["kinds"], one)]
    return "day off" if not others else ""


def in_the_half_hour(view, params, day, calls):
    for show in view.chosen(["performance"]):
        if show.curtain_at is not None:
            half = set(range(show.starts_at, show.curtain_at))
            if any(half & set(range(one.starts_at, one.ends_at)) for one in calls if one is not show):
                return "half hour"
    return ""


def after_long_travel(view, params, day, calls):
    trips = [one for one in view.chosen(["travel"]) if view.day(one) == day]
    return "day of long travel" if len(together(trips)) > params.get("minutes", 0) else ""


FORBIDDEN = {
    "day_after_day_off": after_day_off,
    "two_performance_day": two_performances,
    "day_after_two_two_show_days": after_two_doubles,
    "dates": on_a_date,
    "day_off": on_a_day_off,
    "half_hour": in_the_half_hour,
    "travel_over": after_long_travel,
}

# --- notice and length -------------------------------------------------------------------------------------


def notice(view):
    rule = view.rule.params
    if rule.get("target") == "milestone":
        notice_of_a_date(view)
        return
    for anchor, first, last, calls in view.judged_windows(
        "workday", view.chosen(rule.get("kinds")), "by" if "by" in rule else "min"
    ):
        params = view.params(first)
        by = params.get("by")
        limit = by or params["min"]
        silent = False
        for call in calls:
            at, changed = posted(call)
            if at is None:
                silent = silent or rule.get("target") != "change" or bool(call.postings)
            elif rule.get("target") != "change" or changed:
                if by:
                    shown = wall_of(at, call.zone) - wall_at(first - ONE)
                    if shown > clock(by):
                        view.tell(anchor, clock_text(shown), by, first, last)
                elif call.starts_at - at < limit:
                    view.tell(anchor, call.starts_at - at, limit, first, last)
        if silent:
            view.missing("no posting time recorded", anchor, limit, first, last)


def posted(call):
    """When what is now called stood on a sheet, and whether that was a change."""
    at = span = None
    changed = False
    for one in call.postings:
        if span is None or one.starts_at < span[0] or one.ends_at > span[1]:
            changed, at = span is not None, one.at
        span = (one.starts_at, one.ends_at)
    if span is None or call.starts_at < span[0] or call.ends_at > span[1]:
        return None, False
    return at, changed


def notice_of_a_date(view):
    name = view.rule.params["milestone"]
    day = view.facts.milestones.get(name)
    first, last = view.day(view.calls[0]), view.day(view.calls[-1])
    if day is None:
        view.missing(f"no date of {name} recorded", first.isoformat(), view.params(first)["min"], first, last)
        return
    params = view.params(day)
    state = view.holds({**view.rule.applies, **view.rule.when}, day)
    if state is not True:
        if state is not False:
            view.missing(state, day.isoformat(), params["min"], day, day)
        return
    at = view.facts.notices.get(name)
    if at is None:
        view.missing("no posting time recorded", day.isoformat(), params["min"], day, day)
        return
    shown = date(1970, 1, 1) + ((wall_of(at, view.calls[0].zone) - view.cut) // 1440) * ONE
    measured = (day - shown).days * 1440
    if params.get("monday_counts_as_week") and shown.weekday() == 0:
        measured += 1440
    if measured < params["min"]:
        view.tell(day.isoformat(), measured, params["min"], day, day)


def engagement_window(view):
    rule = view.rule.params
    limit = next((name for name in ("max_days", "max_weeks", "min_weeks") if name in rule), "")
    for _, begins, ends, _ in view.judged_windows("engagement", view.calls, limit):
        first, last = begins, ends
        lacking, params = None, rule
        for end in ("from", "to"):
            if params.get(end):
                when = view.facts.milestones.get(params[end])
                lacking = lacking or (f"no date of {params[end]} recorded" if when is None else None)
                first, last = (when or first, last) if end == "from" else (first, when or last)
        if lacking:
            view.missing(lacking, begins.isoformat(), view.params(begins)[limit], begins, ends)
            continue
        params = view.params(first)
        days = max(0, (last - first).days + 1)
        weeks = -(-days // 7)
        if params.get("max_days") is not None and days > params["max_days"]:
            view.tell(first.isoformat(), days, params["max_days"], first, last)
        if params.get("max_weeks") is not None and weeks > params["max_weeks"]:
            view.tell(first.isoformat(), weeks, params["max_weeks"], first, last)
        if params.get("min_weeks") is not None and weeks < params["min_weeks"]:
            view.tell(first.isoformat(), weeks, params["min_weeks"], first, last)


KINDS = {
    one.__name__: one
    for one in (
        *(max_total, max_count, allowance, premium, average_limit),
        *(work_in_span, extended_day_quota, time_window, min_rest, break_after, gap, min_call, overlap),
        *(day_off, max_consecutive_days, forbidden, notice, engagement_window),
    )
}
