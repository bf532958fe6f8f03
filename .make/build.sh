#!/usr/bin/env bash
# Builds the page into dist/, as it is published.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

need_build_tools
say "Building the page into dist/ (the first build takes a few minutes)"
trunk build --release
