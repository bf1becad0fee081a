# Makes the virtual environment $1 with the first Python that is new enough.
# PYTHON= names one; without it the usual names are tried.
set -eu

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
    if "$python" -c "$new_enough" 2>/dev/null; then
        echo "Creating $1 with $("$python" --version)"
        "$python" -m venv --clear "$1" && exit 0
        echo "'$python -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
done
echo "Python 3.11 or newer was not found. Install it, or name one: make setup PYTHON=/path" >&2
exit 1
