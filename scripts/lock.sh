# Pins every requirement anew: exact versions with the hashes of all their files for all platforms,
# and no address of any server. $1 is the folder of the environment's programs.
set -eu
bin=$1

# pySFeel asks for a copy of Python's own statistics, a package without wheels; nothing imports it.
skipped="--no-emit-package statistics --no-emit-package docutils"

for name in run build dev bench; do
    "$bin/uv" pip compile --quiet --upgrade --system-certs --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header $skipped \
        "requirements/$name.in" --output-file "requirements/$name.txt"
done

rm -rf node_modules package-lock.json
"$bin/npm" install --silent --package-lock-only
"$bin/python" scripts/strip_lock.py package-lock.json
