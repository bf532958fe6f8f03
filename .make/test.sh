#!/usr/bin/env bash
# Runs every check, in an order in which the cheap ones speak first, and stops
# at the first that fails.
#
#   .make/test.sh            all stages
#   .make/test.sh list       names them
#   .make/test.sh core size  only these
#
# Each stage is .make/stage.sh in a process of its own. Its output goes to the
# screen and to a log, from which the tests that really ran are counted.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

STAGES=(setup format lint core lab wasm build size browser)
# A stage ends with this status when it could not run and may be left out.
SKIPPED=77

if [ "${1:-}" = list ]; then
    printf '%s\n' "${STAGES[@]}"
    exit
fi
[ $# -eq 0 ] || STAGES=("$@")

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
table=()
passed=0
skipped=0
failed=

# Tests that cargo's runner or Playwright report in a log; a stage without
# such a report is one check.
count_tests() {
    awk '/^test result: .* [0-9]+ passed/ { match($0, /[0-9]+ passed/); n += substr($0, RSTART); seen = 1 }
         /^ *[0-9]+ passed( \(|$)/        { n += $1; seen = 1 }
         END { print seen ? n : 1 }' "$1"
}

for stage in "${STAGES[@]}"; do
    say "Stage $stage"
    begin=$SECONDS
    status=0
    bash .make/stage.sh "$stage" 2>&1 | tee "$logs/$stage" || status=${PIPESTATUS[0]}
    minutes=$(awk -v s=$((SECONDS - begin)) 'BEGIN { printf "%.1f", s / 60 }')
    if [ "$status" = 0 ]; then
        count=$(count_tests "$logs/$stage")
        # Preparing is not checking.
        case $stage in setup | build) count=0 ;; esac
        passed=$((passed + count))
        result=ok
    elif [ "$status" = "$SKIPPED" ]; then
        count=-
        skipped=$((skipped + 1))
        result='SKIPPED, not tested'
    else
        count=-
        failed=$stage
        result=FAILED
    fi
    table+=("$(printf '%-8s %8s %8s  %s' "$stage" "$minutes" "$count" "$result")")
    [ -z "$failed" ] || break
done

printf '\n%-8s %8s %8s  %s\n' stage minutes passed result
printf '%s\n' "${table[@]}"
printf '%-8s %8s %8s\n\n' 'in all' "$(awk -v s=$SECONDS 'BEGIN { printf "%.1f", s / 60 }')" "$passed"

if [ -n "$failed" ]; then
    echo "The stage '$failed' failed. To run it alone: make test STAGES=$failed"
    echo "$passed passed, 1 failed"
    exit 1
elif [ "$skipped" -gt 0 ]; then
    echo "$passed passed, 0 failed, $skipped skipped"
else
    echo "$passed passed, 0 failed"
fi
