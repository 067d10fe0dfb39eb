"""A clock goes by the house's zone, whatever the machine's own is."""

from __future__ import annotations

from datetime import UTC, date, datetime

from stagecraft.base.clock import Clock

LATE = datetime(2027, 1, 22, 3, 30, tzinfo=UTC)


def test_a_moment_is_told_on_the_clock_of_the_house() -> None:
    moment = Clock(LATE)
    assert f"{moment.within('America/New_York').now():%d %H:%M}" == "21 22:30"
    assert f"{moment.within('Europe/London').now():%d %H:%M}" == "22 03:30"
    assert moment.within("America/New_York").today() == date(2027, 1, 21)
    assert moment.within("America/New_York").utc_ms() == moment.utc_ms()


def test_a_day_stands_still_in_every_zone() -> None:
    clock = Clock.on(date(2027, 1, 21))
    days = {clock.within(zone).today() for zone in (None, "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC")}
    assert days == {date(2027, 1, 21)}
    assert clock.within("Asia/Tokyo").now().hour == 12


def test_it_says_whether_the_machine_shows_another_time() -> None:
    both = {Clock(LATE, zone).differs_here() for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")}
    assert True in both  # one of them is not where the tests run
    assert not Clock(LATE).differs_here()
