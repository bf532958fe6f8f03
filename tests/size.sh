#!/usr/bin/env bash
# Holds the page's code in dist/ to its budgets, compressed as a web host would:
# the first download, which reads the stored plan and draws it, and the late
# parts, which follow by themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

# The first download is a promise. The late parts hold everything that a person
# does, and grow with it; their budget keeps that from happening unseen. The
# readers of files, the proof and the matrix brought 100 kB; search, tables,
# several projects, selecting and copying, and the translator another 120 kB;
# minimap, drawings as files and on paper, and the matrix as a picture 40 kB;
# changing many things at once, reading lists of machines, names along the large
# matrix, and why each field matters 50 kB.
FIRST=250000
LATE=720000

code() { find dist -type f \( -name '*.wasm' -o -name '*.js' -o -name '*.css' -o -name '*.html' \) "$@" | sort; }
# wasm-split names what it cuts off this way; boot.js asks for the sheet.
late=(\( -path '*/code/*' \( -name 'split_*' -o -name 'chunk_*' \) -o -name late.css \))

# weigh NAME BUDGET  Adds up the files that it reads, and prints them.
weigh() {
    local name=$1 budget=$2 total=0 file plain packed
    printf '%10s %10s  %s\n' bytes 'gzip -9' "$name"
    while IFS= read -r file; do
        plain=$(wc -c <"$file")
        packed=$(gzip -9 <"$file" | wc -c)
        total=$((total + packed))
        printf '%10d %10d  %s\n' "$plain" "$packed" "${file#dist/}"
    done
    printf '%10s %10d  in all, of %d\n\n' '' "$total" "$budget"
    [ "$total" -gt 0 ] || {
        echo "error: dist/ has nothing of this; run 'make build' first." >&2
        return 1
    }
    [ "$total" -le "$budget" ] || {
        echo "error: $name: $((total - budget)) bytes over the budget." >&2
        return 1
    }
}

status=0
code -not \( "${late[@]}" \) | weigh 'first download' "$FIRST" || status=1
code "${late[@]}" | weigh 'late parts' "$LATE" || status=1
exit "$status"
