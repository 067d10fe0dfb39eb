"""The built wheel holds everything the program needs and works from a clean environment, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of the checkout as git would give it away."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory):
    """Folder of the programs of an environment with nothing of the checkout in it.

    The libraries come from this environment through a path file, because installing them again takes minutes; the
    checkout's own editable install is left out of it.
    """
    folder = tmp_path_factory.mktemp("clean") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    ours = Path(pytest.__file__).parents[1]
    (site / "libraries.pth").write_text(f"{ours}\n")
    return folder / "bin"


def stagecraft(programs, *arguments, cwd):
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [str(programs / "python"), "-m", "stagecraft", *arguments],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_wheel_holds_program_and_resources_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"stagecraft"}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {
        name.removeprefix("stagecraft/") for name in names if name.startswith("stagecraft/resources/")
    } == wanted
    assert [name for name in names if "__pycache__" in name or "/tests/" in name] == []
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)


def test_an_installed_program_builds_the_season_and_prints(programs, tmp_path):
    season = tmp_path / "season.stagecraft"
    where = subprocess.run(
        [str(programs / "python"), "-c", "import stagecraft; print(stagecraft.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(ROOT / "stagecraft") not in where.stdout
    made = stagecraft(programs, "demo", str(season), cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    printed = stagecraft(
        programs, "print", "daily-call", str(season), "--production", "HIT", "-o", "call.pdf", cwd=tmp_path
    )
    assert (printed.returncode, printed.stderr) == (0, "")
    assert (tmp_path / "call.pdf").read_bytes().startswith(b"%PDF-")
