#!/usr/bin/env bash
# Makes the page's code: compiles the program, cuts it in two, writes the
# JavaScript around it and shrinks both parts. Trunk runs this before it puts
# the page together, and copies what it finds in target/page/code.
#
# The cut needs the whole program as the linker left it, with all references
# still marked, so it comes between the compiler and wasm-bindgen, where Trunk
# has no place for a step.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

need_code_tools

PROGRAM=meshwright-web
NAME=meshwright
OUT=$ROOT/target/page
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}

# --- compile -----------------------------------------------------------------

# Paths of this machine neither belong in the page nor make it smaller, and
# with them the same source would give other bytes elsewhere.
cargo fetch --locked --target wasm32-unknown-unknown
# The newer mangling tells copies of generic code apart, by which wasm-opt sorts.
flags=(-Clink-arg=--emit-relocs -Csymbol-mangling-version=v0
    "--remap-path-prefix=$(rustc --print sysroot)=" "--remap-path-prefix=$ROOT=.")
for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    flags+=("--remap-path-prefix=${registry%/}=crates")
done
# Separated by the character that no path contains.
CARGO_ENCODED_RUSTFLAGS=$(
    IFS=$'\x1f'
    printf '%s' "${flags[*]}"
)
export CARGO_ENCODED_RUSTFLAGS
cargo build --locked --profile web --target wasm32-unknown-unknown \
    --no-default-features --features late --bin "$PROGRAM"
whole=$TARGET/wasm32-unknown-unknown/web/$PROGRAM.wasm

# The rest takes a minute and depends on nothing but these.
wanted=$(cat "$whole" static/worker.js .make/code.sh .make/lib.sh Trunk.toml | sha256sum | cut -d' ' -f1)
if [ "$(cat "$OUT/made-from" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

# --- cut, bind, shrink -------------------------------------------------------

rm -rf "$OUT"
mkdir -p "$OUT/split" "$OUT/bound" "$OUT/ready"
wasm-split-cli "$whole" "$OUT/split" --out-name "$NAME"
wasm-bindgen --target web --no-typescript --out-dir "$OUT/bound" --out-name "$NAME" \
    --keep-lld-exports "$OUT/split/$NAME.wasm"

# What the compiler emits without being asked; wasm-opt has to be told.
FEATURES=(--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int --enable-sign-ext
    --enable-mutable-globals --enable-reference-types --enable-multivalue)
# A packer sees repetition only near by, so functions with similar names, which
# are similar, stand side by side, and copies of code are left as they are.
# Nothing lives in the lowest memory: it is the far end of the stack.
PACKED=(--low-memory-unused --one-caller-inline-max-function-size=0 --skip-pass=local-cse
    --reorder-functions-by-name)
shrink() {
    wasm-opt "${FEATURES[@]}" -Oz "${PACKED[@]}" --strip-debug --strip-producers --strip-target-features --output="$2" "$1"
}
# The glue comes with comments and indentation, which no browser needs. No text
# in it spans lines.
tidy() { sed -E 's/^ +//; /^\/\//d; /^\/\*\*/d; /^\*( |\/|$)/d; /^$/d' "$1" >"$2"; }
for glue in "$OUT/bound/$NAME.js" "$OUT"/split/*.js; do
    tidy "$glue" "$OUT/ready/${glue##*/}"
done
cp static/worker.js "$OUT/ready"
shrink "$OUT/bound/${NAME}_bg.wasm" "$OUT/ready/${NAME}_bg.wasm"
for part in "$OUT"/split/*.wasm; do
    [ "$part" = "$OUT/split/$NAME.wasm" ] || shrink "$part" "$OUT/ready/${part##*/}"
done

# The parts only fit each other, so one hash over all of them names their
# folder: a browser never mixes two versions.
hash=$(cd "$OUT/ready" && LC_ALL=C && cat -- * | sha256sum | cut -c1-16)
mkdir "$OUT/code"
mv "$OUT/ready" "$OUT/code/$hash"
echo "$wanted" >"$OUT/made-from"
