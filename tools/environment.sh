# Shell functions that ./serve and ./test share: system packages, the Python environment, steps that a signal can end.
# Sourced, never run. Expects: $here (the repository), $assume_yes (yes or empty).

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# run COMMAND...: as if called plainly, but a signal ends the command too, not only this script.
child=
run() {
    "$@" &
    child=$!
    status=0
    wait "$child" || status=$?
    child=
    return "$status"
}
stop_child() {
    trap - INT TERM HUP
    if [ -n "$child" ]; then
        kill -TERM "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    say "Stopped."
    exit 130
}
trap stop_child INT TERM HUP

is_recent_python() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 && is_recent_python "$name"; then
            command -v "$name"
            return
        fi
    done
}

# has_library LINUX_NAME MAC_NAME: whether the system's loader finds it.
has_library() {
    "$any_python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[2 if sys.platform == "darwin" else 1])' "$1" "$2" >/dev/null 2>&1
}

# Homebrew keeps its libraries where the loader of a Mac does not look.
if [ "$(uname)" = Darwin ]; then
    export DYLD_FALLBACK_LIBRARY_PATH="${DYLD_FALLBACK_LIBRARY_PATH:-$HOME/lib:/usr/local/lib:/usr/lib}:/opt/homebrew/lib"
fi

# want DEBIAN_NAME BREW_NAME: remember a package that is missing; "-" where there is none to install.
missing=
want() {
    if command -v apt-get >/dev/null 2>&1; then name=$1; else name=$2; fi
    if [ "$name" = - ]; then return 0; fi
    case " $missing " in *" $name "*) ;; *) missing="$missing${missing:+ }$name" ;; esac
}

# Install what was remembered, when allowed; otherwise say in one line how to. $1 is "required" or "optional".
install_missing() {
    [ -n "$missing" ] || return 0
    as_root=
    if command -v apt-get >/dev/null 2>&1; then
        command="apt-get install -y --no-install-recommends $missing"
        if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
    elif command -v brew >/dev/null 2>&1; then
        command="brew install $missing"
    else
        command="install with your system's own package manager: $missing"
    fi
    say "Missing system packages. Install them with: ${as_root:+$as_root }$command"
    wanted=$missing
    missing=
    if { [ "$(id -u)" -eq 0 ] || [ -n "$assume_yes" ]; } && install_now; then return 0; fi
    [ "$1" = optional ] || fail "Then start again; or give --yes to have them installed."
    return 1
}

install_now() {
    if command -v apt-get >/dev/null 2>&1; then
        sudo=
        [ -z "$as_root" ] || sudo="sudo -n"
        # shellcheck disable=SC2086 # lists of words, on purpose
        run $sudo apt-get update -q && run $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -q --no-install-recommends $wanted
    elif command -v brew >/dev/null 2>&1; then
        # shellcheck disable=SC2086
        run brew install $wanted
    else
        return 1
    fi
}

has_uv() { command -v uv >/dev/null 2>&1; }

# What certificates are drawn with, and a Python that can make an environment.
find_system_packages() {
    python=$(find_python)
    any_python=${python:-$here/.venv/bin/python}
    if [ ! -x "$here/.venv/bin/python" ] && ! has_uv; then
        if [ -z "$python" ]; then want "python3 python3-venv" python@3.12
        elif ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then want python3-venv python@3.12; fi
    fi
    has_library libpango-1.0.so.0 libpango-1.0.dylib || want libpango-1.0-0 pango
    has_library libpangoft2-1.0.so.0 libpangoft2-1.0.dylib || want libpangoft2-1.0-0 pango
    has_library libharfbuzz-subset.so.0 libharfbuzz-subset.dylib || want libharfbuzz-subset0 pango
}

# make_environment LOCK: $here/.venv holds what LOCK names, or the script ends. Takes no time when it already does.
make_environment() {
    find_system_packages
    install_missing required
    if [ -z "$python" ]; then python=$(find_python); fi
    venv=$here/.venv
    if [ -e "$venv" ] && ! is_recent_python "$venv/bin/python"; then
        say "The environment in .venv does not work with this machine's Python any more: making a new one."
        rm -rf "$venv"
    fi
    stamp=$(cksum <"$here/$1")
    if [ -e "$venv" ] && [ "$(cat "$venv/installed-$1" 2>/dev/null)" = "$stamp" ]; then return 0; fi
    say "Installing Python packages (once; a minute or two) ..."
    if [ ! -e "$venv" ]; then
        if has_uv; then run uv venv --quiet --python '>=3.11' "$venv"
        elif [ -n "$python" ]; then run "$python" -m venv "$venv"
        else fail "Python 3.11 or newer is needed and this system's packages have none. Install uv, or a newer Python."; fi
    fi
    install_packages "$1" || fail "The Python packages could not be installed; the reason is above."
    say "$stamp" >"$venv/installed-$1"
}

install_packages() {
    if has_uv; then
        run uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$here/$1"
        return
    fi
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || run "$venv/bin/python" -m ensurepip
    run "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/$1"
}
