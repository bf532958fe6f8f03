#!/usr/bin/env bash
# Joins the style sheets into one, target/styles/meshwright.css: one file
# compresses to less than thirteen, and is one request. Trunk runs this before
# it puts the page together.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

# In the order of cascade layers; within a layer, what overrides comes later.
SHEETS=(tokens base layout components field bar inspector pair drawer qr overlay narrow canvas lines cards tools)

for sheet in static/css/*.css; do
    name=$(basename "$sheet" .css)
    [[ " ${SHEETS[*]} " == *" $name "* ]] || {
        echo "error: $sheet is not in the list in .make/styles.sh." >&2
        exit 1
    }
done
mkdir -p target/styles
for name in "${SHEETS[@]}"; do
    cat "static/css/$name.css"
done >target/styles/meshwright.css
