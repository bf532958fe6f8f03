#!/usr/bin/env bash
# Builds the page into dist/, as it is published.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

need_build_tools
say "Building the page into dist/ (the first build takes a few minutes)"

# Panic messages name source files. Short names make the download smaller and
# keep the folders of whoever builds out of a published file. The newer mangling
# tells copies of generic code apart, which wasm-opt sorts functions by.
flags=(-Csymbol-mangling-version=v0 "--remap-path-prefix=$(rustc --print sysroot)=" "--remap-path-prefix=$ROOT/=")
for source in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+=("--remap-path-prefix=$source=")
done
# Unlike spaces, the unit separator stands in no path.
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf '%s' "${flags[*]}")
export CARGO_ENCODED_RUSTFLAGS
trunk build --release
