#!/usr/bin/env bash
# Holds the first download to its budget: all code in dist/, compressed as a
# web host would. A module that is loaded later would get a budget of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

BUDGET=250000
total=0
printf '%10s %10s  %s\n' bytes 'gzip -9' file
while IFS= read -r file; do
    plain=$(wc -c <"$file")
    packed=$(gzip -9 <"$file" | wc -c)
    total=$((total + packed))
    printf '%10d %10d  %s\n' "$plain" "$packed" "${file#dist/}"
done < <(find dist -type f \( -name '*.wasm' -o -name '*.js' -o -name '*.css' -o -name '*.html' \) | sort)

[ "$total" -gt 0 ] || {
    echo "error: there is no page in dist/; run 'make build' first." >&2
    exit 1
}
printf '%10s %10d  in all, of %d\n' '' "$total" "$BUDGET"
if [ "$total" -gt "$BUDGET" ]; then
    echo "error: the first download is $((total - BUDGET)) bytes over its budget." >&2
    exit 1
fi
