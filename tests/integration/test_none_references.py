"""PySide6 6.12 under Python 3.11 dropped one reference to None on every call and so ended the process after some
thousand. The versions that pyproject.toml allows must not."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_calls_that_return_none_keep_its_reference_count():
    subject = QObject()
    subject.setObjectName("first")
    before = sys.getrefcount(None)
    for _ in range(1_000):
        subject.setObjectName("again")
    assert abs(sys.getrefcount(None) - before) < 50


@pytest.mark.skipif(sys.version_info < (3, 12), reason="watched by counting before 3.12")
def test_many_calls_that_return_none_do_no_harm():
    subject = QObject()
    for _ in range(50_000):
        subject.setObjectName("again")
    assert subject.objectName() == "again"
