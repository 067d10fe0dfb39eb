#!/bin/sh
# The whole gate: style, types, layers, tests without a screen and under Xvfb, coverage.
#
#   sh packaging/test.sh [--quick]
#
# Does its own set-up as root or with a sudo that asks nothing; otherwise names the one line to run. --quick stops
# after the tests without a screen. Longer runs: `pytest -m long`, `pytest -m benchmark tests/benchmarks`.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$here"
# shellcheck source=packaging/setup.sh
. "$here/packaging/setup.sh"

step() { printf '\n== %s\n' "$*"; }

tools='Xvfb:xvfb xauth:xauth pdftotext:poppler-utils shellcheck:shellcheck git:git'
if ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && ! command -v postgres >/dev/null 2>&1; then
    tools="$tools postgres-server:postgresql"
fi
# shellcheck disable=SC2046 # package names are words
install_packages $(missing_libraries "$qt_libraries $window_libraries") $(missing_commands "$tools") ||
    warn 'Going on with what is here; tests that need the rest are skipped.'
make_environment test
PATH=$bin:$PATH
export PATH PYTHONDONTWRITEBYTECODE=1

# Nobody's own settings and files take part.
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export STAGECRAFT_HOME="$home" LC_ALL=C.UTF-8 TZ=America/New_York

step 'Style'
ruff check .
ruff format --check .
if command -v shellcheck >/dev/null 2>&1; then
    shellcheck -x packaging/*.sh .ci/run
fi

step 'Types'
mypy

step 'Tests without a screen'
coverage erase
QT_QPA_PLATFORM=offscreen pytest -q --cov --cov-report= 

if [ "${1:-}" = --quick ]; then exit 0; fi

step 'Tests of the window under Xvfb'
if command -v xvfb-run >/dev/null 2>&1; then
    QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1600x1000x24' pytest -q tests/ui tests/journeys --cov --cov-append --cov-report=
else
    warn 'Xvfb is not here: left out.'
fi

step 'Coverage'
coverage report
