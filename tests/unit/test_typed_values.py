"""What is typed is kept tidy, the same for people, contracts, notes and reports."""

from __future__ import annotations

import pytest

from stagecraft.base.errors import Refused
from stagecraft.services.fields import needed, typed


def test_a_line_is_one_line_and_a_text_keeps_its_lines() -> None:
    assert typed("job", "  Marilyn\tMonroe\n ") == "Marilyn Monroe"
    assert typed("note", "\r\n first  line \r\n\r\n second\x00 \n") == "first line\n\nsecond"
    assert typed("weekly", 279_851) == 279_851


def test_what_no_form_could_print_is_refused_beside_its_field() -> None:
    with pytest.raises(Refused) as refused:
        typed("agreement", "x" * 401)
    assert (refused.value.code, refused.value.field) == ("field.too_long", "agreement")


def test_blanks_are_no_name() -> None:
    with pytest.raises(Refused) as refused:
        needed(" \t", "rider.no_text", "Say what the rider changes.", field="text")
    assert refused.value.message == "Say what the rider changes."
    assert needed(" two  shows ", "rider.no_text", "", field="text") == "two shows"
