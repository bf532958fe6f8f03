#!/usr/bin/env bash
# Tells the main story of the built page to Firefox and WebKit. Not a part of
# `make test`, which needs one browser and not three.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

[ -f dist/index.html ] || [ -n "${MESHWRIGHT_DIST:-}" ] || fail "there is no page yet. Run make build first."
need_node 20
if have apt-get; then
    have firefox || need_programs firefox-esr=firefox-esr
    need_programs WebKitWebDriver=webkit2gtk-driver Xvfb=xvfb
fi
exec node tests/browsers/run.mjs "$@"
