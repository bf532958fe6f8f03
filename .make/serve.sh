#!/usr/bin/env bash
# Builds the page as it is published and serves it, again after each change.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

PORT=${PORT:-8080}
need_build_tools
say "Building the page (the first build takes a few minutes). Then open

        http://127.0.0.1:$PORT/

    It is built anew whenever a source file changes; reload the page to see it. Ctrl C ends."
# The service worker stays off, or a reload would show the version before.
export MESHWRIGHT_DEV=1
exec trunk serve --release --port "$PORT"
