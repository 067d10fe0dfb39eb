"""Personal settings: kept whole, forgiving when damaged, declared once."""

from __future__ import annotations

import pytest

from stagecraft.base.paths import config_dir, logs_dir, settings_file, write_whole
from stagecraft.base.settings import RECENT, ROLES, Settings, declarations
from stagecraft.domain.kinds import PRIVACY
from stagecraft.domain.roles import may_see


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("STAGECRAFT_HOME", str(tmp_path))
    return tmp_path


def test_without_a_file_there_are_the_defaults(home):
    assert Settings.load() == Settings()
    assert list(home.iterdir()) == []


def test_what_is_saved_comes_back(home):
    settings = Settings(name="Zoë Łukasik", role="producer", theme="booth", last_folder="/tmp")
    settings.layout = {"window": {"size": [1280, 800], "slim": True, "gone": None}, "zoom": 1.5}
    settings.opened("one")
    settings.opened("two")
    settings.opened("one")
    settings.save()
    back = Settings.load()
    assert (back.name, back.role, back.theme, back.recent) == (
        "Zoë Łukasik",
        "producer",
        "booth",
        ["one", "two"],
    )
    assert back.layout == {"window": {"size": [1280, 800], "slim": True}, "zoom": 1.5}
    assert [path.name for path in config_dir().iterdir()] == ["settings.toml"]


def test_only_the_newest_files_are_remembered():
    settings = Settings()
    for number in range(20):
        settings.opened(str(number))
    assert settings.recent == [str(number) for number in range(19, 19 - RECENT, -1)]


def test_a_damaged_file_is_kept_aside_and_the_defaults_serve():
    write_whole(settings_file(), b"name = = 3")
    assert Settings.load() == Settings()
    assert [path.name for path in config_dir().iterdir()] == ["settings.damaged.toml"]


def test_values_that_make_no_sense_count_as_not_set():
    write_whole(
        settings_file(), b'name = 3\ntheme = "pink"\nrole = "producer"\nrecent = [1, "a"]\nother = true\n'
    )
    assert Settings.load() == Settings(role="producer", recent=["a"])


def test_the_dialog_is_built_from_declarations():
    shown = [declared.key for declared in declarations() if declared.label]
    assert shown == ["name", "role", "theme", "paper"]
    assert all(declared.help for declared in declarations() if declared.label)


def test_every_role_sees_its_classes_and_a_stranger_what_the_company_sees():
    assert {role: len(may_see(role)) for role in ROLES} == {
        "stage-manager": 4,
        "production-manager": 4,
        "company-manager": 5,
        "general-manager": 5,
        "producer": 4,
        "director": 3,
        "head": 3,
        "performer": 2,
    }
    assert may_see("nobody") == frozenset(PRIVACY[:2])


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "deep" / "file"
    write_whole(path, b"old")
    path.with_name(f".{path.name}.part").mkdir()
    with pytest.raises(TypeError):
        write_whole(path, "text")
    assert path.read_bytes() == b"old"
    assert logs_dir() == tmp_path / "logs"
