#!/bin/sh
# Open Stagecraft on the sample season, or on the company file named as the argument.
#
#   sh packaging/run.sh [FILE]
#
# Installs what is missing the first time. Where there is no display it prints the sample season's paper into
# a folder instead. STAGECRAFT_OUTPUT names that folder, STAGECRAFT_VENV the virtual environment's.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/setup.sh
. "$here/packaging/setup.sh"

has_display() {
    [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

# A display may be named and yet not be there (a dead session, a forwarded one that ended).
display_answers() {
    "$bin/python" -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])' >/dev/null 2>&1
}

sample_season() {
    sample=$("$bin/python" -c 'from stagecraft.base.paths import data_dir; print(data_dir() / "Sample season.stagecraft")')
    if [ ! -f "$sample" ]; then
        say 'Building the sample season'
        mkdir -p "$(dirname -- "$sample")"
        "$bin/stagecraft" demo "$sample"
    fi
}

print_sample() {
    folder=${STAGECRAFT_OUTPUT:-$here/output}
    mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || folder=$(mktemp -d)
    season="$folder/Sample season.stagecraft"
    rm -rf "$season" "${season%.stagecraft} backups"
    say 'Building the sample season'
    "$bin/stagecraft" demo "$season"
    for sheet in HIT:daily-call HIT:weekly-schedule HIT:rehearsal-report BOMB:company-list BOMB:contract-expiry; do
        document=${sheet#*:}
        "$bin/stagecraft" print "$document" "$season" --production "${sheet%%:*}" -o "$folder/$document.pdf"
    done
    say "The paper is in $folder"
}

missing=''
if has_display; then
    wanted="$qt_libraries $window_libraries"
    [ -z "${WAYLAND_DISPLAY:-}" ] || wanted="$wanted $wayland_libraries"
    # shellcheck disable=SC2046 # package names are words
    install_packages $(missing_libraries "$wanted") || missing=yes
fi
make_environment ''
if has_display && display_answers; then
    if [ $# -eq 0 ]; then
        sample_season
        set -- "$sample"
    fi
    exec "$bin/stagecraft" "$@"
fi
if [ -n "$missing" ]; then
    exit 1
fi
say 'There is no display here, so the window stays closed; printing the sample season instead.'
print_sample
