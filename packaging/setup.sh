# shellcheck shell=sh disable=SC2034
# What run.sh and test.sh share: find Python, install missing system packages, make the virtual environment.
# Sourced, not run. Expects $here, the folder of the checkout.

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

# A library by its file name, and the package that brings it.
qt_libraries='
libglib-2.0.so.0:libglib2.0-0
libGL.so.1:libgl1
libEGL.so.1:libegl1
libfontconfig.so.1:libfontconfig1
libdbus-1.so.3:libdbus-1-3
libxkbcommon.so.0:libxkbcommon0
'
window_libraries='
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0
libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0
'
wayland_libraries='
libwayland-cursor.so.0:libwayland-cursor0
libwayland-egl.so.1:libwayland-egl1
'

# missing_libraries LIST: packages whose library the system lacks. Knows only Linux; elsewhere Qt brings all it needs.
missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null || true)
    for pair in $1; do
        case $known in
            *"${pair%%:*}"*) ;;
            *) printf '%s ' "${pair##*:}" ;;
        esac
    done
}

# missing_commands "command:package …": packages whose command is not there.
missing_commands() {
    for pair in $1; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || printf '%s ' "${pair##*:}"
    done
}

# install_packages PACKAGES: with apt, as root or with a sudo that asks nothing; else name the line to run and fail.
install_packages() {
    [ -n "$*" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        warn "Please install with your system's package manager what these Debian packages hold: $*"
        return 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        warn 'Some system packages are missing. Please run this line, then start again:'
        warn "    sudo apt-get install -y --no-install-recommends $*"
        return 1
    fi
    say "Installing system packages: $*"
    # The lists may be empty or old on a fresh machine: refresh them only when the first try fails.
    # shellcheck disable=SC2086,SC2048 # package names are words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $* >/dev/null 2>&1 ||
        { $as_root apt-get update -qq >/dev/null 2>&1 || true
          $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $* >/dev/null; }
}

# find_python: sets $python to the newest Python from 3.11 on that can make virtual environments.
find_python() {
    python=''
    for candidate in ${STAGECRAFT_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            break
        fi
    done
    if [ -z "$python" ]; then
        warn 'Stagecraft needs Python 3.11 or newer, and there is none here.'
        return 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "python$version-venv"
    fi
}

# make_environment EXTRA: sets $bin to the environment's programs; installs only when pyproject.toml changed.
make_environment() {
    extra=$1
    find_python || return 1
    folder=${STAGECRAFT_VENV:-$here/.venv}
    if [ -z "${STAGECRAFT_VENV:-}" ] && ! usable_folder "$folder"; then
        folder=${XDG_CACHE_HOME:-$HOME/.cache}/stagecraft/venv
    fi
    bin=$folder/bin
    stamp=$folder/.stagecraft${extra:+-$extra}
    want=$("$python" -c 'import hashlib, pathlib, sys
print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest(), sys.version_info[:2], sys.argv[1])' \
        "$here/pyproject.toml")
    if [ -x "$bin/python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then
        return 0
    fi
    say "Preparing Stagecraft in $folder (a minute or two, only the first time)"
    if ! "$bin/python" -c 'import pip' 2>/dev/null; then
        "$python" -m venv --clear "$folder" || return 1
    fi
    "$bin/python" -m pip install --quiet --disable-pip-version-check --editable "$here${extra:+[$extra]}" || {
        warn 'The Python packages could not be installed; is the network there?'
        return 1
    }
    printf '%s\n' "$want" >"$stamp"
}

# usable_folder FOLDER: it is ours to write, or can be made.
usable_folder() {
    if [ -d "$1" ]; then [ -w "$1" ]; else [ -w "$(dirname -- "$1")" ]; fi
}
