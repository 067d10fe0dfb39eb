"""Amounts of money: minor units in the file, `6,500.00` on screen. No float anywhere; half a minor unit rounds up."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_PLACES: dict[str, int] = {
    "JPY": 0,
    "KRW": 0,
    "ISK": 0,
    "CLP": 0,
    "BHD": 3,
    "KWD": 3,
    "TND": 3,
    "OMR": 3,
    "JOD": 3,
}


def places(currency: str) -> int:
    """How many digits the minor unit of a currency has; two where we know nothing else."""
    return _PLACES.get(currency.upper(), 2)


def money_text(minor: int, currency: str = "USD") -> str:
    """`6,500.00` of 650000 cents; the currency is written elsewhere."""
    digits = places(currency)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f}"


def parse_money(text: str, currency: str = "USD") -> int | None:
    """Minor units of `6,500`, `$2798.51`, `2 798,51`; None when it is no amount of money."""
    bare = re.sub(r"[\s\u00a0$€£’']", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})*,\d{1,3}|\d+,\d{1,2}", bare):
        bare = bare.replace(".", "").replace(",", ".")
    else:
        return None
    try:
        amount = Decimal(bare).scaleb(places(currency))
    except InvalidOperation:
        return None
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def percent_text(basis_points: int) -> str:
    """`10 %`, `7.5 %` of hundredths of a percent."""
    return f"{Decimal(basis_points).scaleb(-2).normalize():f} %"


def parse_percent(text: str) -> int | None:
    """Hundredths of a percent of `10`, `7.5 %`; None when it is no percentage from 0 to 100."""
    bare = text.replace("%", "").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", bare):
        return None
    points = int(Decimal(bare).scaleb(2))
    return points if points <= 10_000 else None
