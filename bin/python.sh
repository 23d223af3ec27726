# Shared by the commands in bin/: finds a Python, and brings .venv up to date when its lock has changed. Needs $root.
# Compiled modules are kept, whatever the shell prefers: without them a start takes a fifth of a second longer.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}"

find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [[ -n $name ]] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Python 3.11 or newer is needed (looked for python3 and python3.11 to python3.14)." >&2
    return 1
}

# use_environment LOCK [LOCK_IT_CONTAINS]: nothing is started when .venv already holds a copy of the lock as it is.
use_environment() {
    if [[ -x $root/.venv/bin/python ]] && cmp -s "$root/$1" "$root/.venv/$1"; then
        return
    fi
    local python
    python=$(find_python)
    "$python" "$root/bin/environment" "$root/.venv" "${@/#/$root/}"
}
