# Pins every requirement anew: exact versions with the hashes of all their files for all platforms,
# and no address of any server. $1 is the folder of the environment's programs.
set -eu
bin=$1

for name in run build dev; do
    "$bin/uv" pip compile --quiet --upgrade --system-certs --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
        "requirements/$name.in" --output-file "requirements/$name.txt"
done

rm -rf node_modules package-lock.json
"$bin/npm" install --silent --package-lock-only
"$bin/python" scripts/strip_lock.py package-lock.json
