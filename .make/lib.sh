# shellcheck shell=bash
# Shared by the scripts beside it: finds every tool that a step needs, installs
# what is missing, and says so before anything takes long. Sourced, never run.
#
# A tool of the right version on PATH is used first. What has to be compiled or
# downloaded goes to one cache outside the checkout, so that a fresh clone
# finds it and the user's own tools stay as they are.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/meshwright"
TOOLS="$CACHE/tools"
BROWSER_TESTS="$ROOT/tests/browser"
cd "$ROOT"

# An ordinary user's PATH often lacks the sbin folders, where nft and ip live.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
# Trunk asks its registry for newer versions otherwise.
export TRUNK_SKIP_VERSION_CHECK=true
# The browser comes from the system; npm packages must not fetch their own.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
# What npm would say about newer versions of itself helps nobody here.
export NPM_CONFIG_UPDATE_NOTIFIER=false
# Makes every version command of rustup's proxies answer without a download.
export RUSTUP_AUTO_INSTALL=0

say() { printf '\n==> %s\n' "$*"; }
fail() {
    printf '\nerror: %s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }
# Inside CI a missing part is a failure, elsewhere it may be left out loudly.
in_ci() { [ "${CI:-}" = true ]; }

# The versions stand in the files that the tools themselves read.
pinned() { sed -n "s/^$1 = \"\\(.*\\)\"/\\1/p" "$2"; }
RUST_VERSION=$(pinned channel rust-toolchain.toml)
TRUNK_VERSION=$(pinned trunk-version Trunk.toml | tr -d '=')
WASM_BINDGEN_VERSION=$(pinned wasm_bindgen Trunk.toml)
WASM_OPT_VERSION=$(pinned wasm_opt Trunk.toml)
WASM_SPLIT_VERSION=$(pinned wasm_split Trunk.toml)

# --- Debian packages ---------------------------------------------------------

# Takes the command as one line of shell, so that it can be shown to be copied
# where it cannot be run.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        sh -c "$1"
    elif have sudo; then
        sudo sh -c "$1"
    else
        fail "this needs root, and there is no sudo here. Run this as root, then start again:
    $1"
    fi
}

# need_programs PROGRAM=PACKAGE…  Installs the packages of the missing programs.
need_programs() {
    local pair programs=() packages=()
    for pair in "$@"; do
        if ! have "${pair%%=*}"; then
            programs+=("${pair%%=*}")
            packages+=("${pair#*=}")
        fi
    done
    [ ${#packages[@]} -gt 0 ] || return 0
    have apt-get || fail "these programs are missing: ${programs[*]}. This system has no apt-get, so please install them its own way (Debian's packages are: ${packages[*]})."
    say "Installing from Debian: ${packages[*]}"
    as_root "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${packages[*]}"
    for pair in "$@"; do
        have "${pair%%=*}" || fail "the package ${pair#*=} is installed, but there is still no program ${pair%%=*}. Please install it by hand."
    done
}

# --- long steps --------------------------------------------------------------

# Runs a command that is silent for minutes, and says every minute that it lives.
with_heartbeat() {
    local what=$1 begin=$SECONDS pulse status=0
    shift
    # The sleep outlives its loop, so it must not hold the log open.
    (while sleep 60 >/dev/null 2>&1; do echo "    … still at $what, $(((SECONDS - begin) / 60)) min"; done) &
    pulse=$!
    "$@" || status=$?
    kill "$pulse" 2>/dev/null || true
    wait "$pulse" 2>/dev/null || true
    return "$status"
}

# --- Rust --------------------------------------------------------------------

# need_rust [COMPONENT…]  The pinned compiler with the wasm target.
# shellcheck disable=SC2120 # The components are named by other scripts.
need_rust() {
    need_programs cc=build-essential
    if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    have cargo || have rustup || install_rustup
    if have rustup; then
        need_toolchain "$@"
    else
        check_plain_rust
    fi
}

install_rustup() {
    need_programs curl=curl
    ! have apt-get || need_programs update-ca-certificates=ca-certificates
    say "Installing Rust's own installer, rustup, into $HOME/.cargo (its shell settings are left alone)"
    local script
    script=$(mktemp)
    if curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs -o "$script"; then
        sh "$script" -y --no-modify-path --profile minimal --default-toolchain none
        rm -f "$script"
    else
        rm -f "$script"
        if have apt-get && apt-cache show rustup >/dev/null 2>&1; then
            need_programs rustup=rustup
        else
            fail "Rust is missing, and its installer could not be downloaded. Install rustup as described at https://rustup.rs, then start again."
        fi
    fi
    PATH="$HOME/.cargo/bin:$PATH"
}

toolchain_version() { rustup run "$1" rustc --version 2>/dev/null | cut -d' ' -f2; }

need_toolchain() {
    local name=$RUST_VERSION other part
    if [ "$(toolchain_version "$name")" != "$RUST_VERSION" ]; then
        name=
        # The same compiler under another name, mostly "stable", will do.
        while read -r other _; do
            if [ "$(toolchain_version "$other")" = "$RUST_VERSION" ]; then
                name=$other
                break
            fi
        done < <(rustup toolchain list)
        if [ -z "$name" ]; then
            say "Installing Rust $RUST_VERSION (about 100 MB, once)"
            rustup toolchain install "$RUST_VERSION" --profile minimal --no-self-update
            name=$RUST_VERSION
        fi
    fi
    # Takes precedence over rust-toolchain.toml, which names only the version.
    export RUSTUP_TOOLCHAIN=$name
    if ! rustup target list --installed | grep -qx wasm32-unknown-unknown; then
        say "Adding the WebAssembly target to Rust $name"
        rustup target add wasm32-unknown-unknown
    fi
    for part in "$@"; do
        if ! rustup component list --installed | grep -q "^$part\\b"; then
            say "Adding $part to Rust $name"
            rustup component add "$part"
        fi
    done
}

check_plain_rust() {
    local found
    found=$(rustc --version | cut -d' ' -f2)
    if [ "$found" != "$RUST_VERSION" ]; then
        fail "Rust $RUST_VERSION is needed, and rustc here is $found without rustup to change it. Install rustup as described at https://rustup.rs."
    fi
    if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
        fail "this Rust has no WebAssembly target. Install rustup as described at https://rustup.rs, or your system's package for wasm32-unknown-unknown."
    fi
}

# need_cargo_tool PROGRAM VERSION CRATE MINUTES [OPTION…]
need_cargo_tool() {
    local program=$1 version=$2 crate=$3 minutes=$4
    shift 4
    right_version() { have "$program" && [ "$("$program" --version 2>/dev/null | cut -d' ' -f2)" = "$version" ]; }
    # Not every program knows its version, but cargo knows what it put here.
    installed_version() { cargo install --list --root "$TOOLS" 2>/dev/null | grep -qx "$crate v$version:"; }
    right_version && return
    PATH="$TOOLS/bin:$PATH"
    { right_version || installed_version; } && return
    say "Compiling $crate $version into $TOOLS. This is done once and takes about $minutes minutes on two cores."
    # Whole-program optimisation would double the time, for a tool that runs for seconds.
    with_heartbeat "$crate $version" env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        cargo install --locked --root "$TOOLS" "$crate@$version" "$@" ||
        fail "$crate $version could not be installed; the reason stands above."
    hash -r
    right_version || installed_version || fail "$program is installed, but it does not say that it is version $version."
}

need_trunk() { need_cargo_tool trunk "$TRUNK_VERSION" trunk "6 to 10"; }
need_wasm_bindgen() { need_cargo_tool wasm-bindgen "$WASM_BINDGEN_VERSION" wasm-bindgen-cli "3 to 4"; }
need_wasm_split() { need_cargo_tool wasm-split-cli "$WASM_SPLIT_VERSION" wasm_split_cli_support "1 to 2" --features build-binary; }

# --- Node and its packages ---------------------------------------------------

node_major() { node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

# need_node MAJOR  Node of at least that version, with npm.
need_node() {
    local wanted=$1
    [ "$(node_major || true)" -ge "$wanted" ] 2>/dev/null && have npm && return
    PATH="$CACHE/node/node_modules/.bin:$PATH"
    [ "$(node_major || true)" -ge "$wanted" ] 2>/dev/null && have npm && return
    need_programs node=nodejs npm=npm
    [ "$(node_major)" -ge "$wanted" ] && return
    # Debian 12 has Node 18; npm itself carries newer ones.
    say "Node here is $(node --version), and $wanted or newer is needed: installing Node 22 into $CACHE/node"
    npm install --no-save --prefix "$CACHE/node" node@22
    hash -r
    [ "$(node_major)" -ge "$wanted" ] || fail "Node $wanted or newer is needed. See https://nodejs.org."
}

# need_npm_packages [--omit=dev]  What tests/browser/package.json lists, in
# exactly the versions of its lock file. Without the development packages only
# wasm-opt is installed, which is all that building and serving need.
need_npm_packages() {
    local mode=${1:-} stamp="$BROWSER_TESTS/node_modules/.installed" wanted
    wanted=$(sha256sum "$BROWSER_TESTS/package-lock.json" | cut -d' ' -f1)
    case "$(cat "$stamp" 2>/dev/null)" in
    "$wanted all") return ;;
    "$wanted build") [ "$mode" = --omit=dev ] && return ;;
    esac
    say "Installing npm packages into tests/browser/node_modules"
    npm ci --prefix "$BROWSER_TESTS" --no-audit --no-fund ${mode:+"$mode"}
    if [ "$mode" = --omit=dev ]; then echo "$wanted build"; else echo "$wanted all"; fi >"$stamp"
}

need_wasm_opt() {
    right_wasm_opt() { have wasm-opt && wasm-opt --version 2>/dev/null | grep -q "($WASM_OPT_VERSION)"; }
    right_wasm_opt && return
    PATH="$BROWSER_TESTS/node_modules/.bin:$PATH"
    right_wasm_opt && return
    need_npm_packages --omit=dev
    hash -r
    right_wasm_opt || fail "wasm-opt $WASM_OPT_VERSION is needed, and tests/browser/package.json did not bring it."
}

# What makes the page's code.
need_code_tools() {
    need_rust
    need_node 18
    need_wasm_opt
    need_wasm_bindgen
    need_wasm_split
}

# Everything that turns the source into a page, and nothing more.
need_build_tools() {
    need_code_tools
    need_trunk
}

# --- the browser -------------------------------------------------------------

first_program() {
    local name
    for name in "$@"; do
        if [ -n "$name" ] && have "$name"; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# Sets CHROMIUM, and CHROMEDRIVER where it is asked for.
need_chromium() {
    CHROMIUM=$(first_program "${CHROMIUM:-}" chromium google-chrome google-chrome-stable chromium-browser) || {
        need_programs chromium=chromium
        CHROMIUM=$(command -v chromium)
    }
    export CHROMIUM
    [ "${1:-}" = driver ] || return 0
    CHROMEDRIVER=$(first_program "${CHROMEDRIVER:-}" "${CHROMEWEBDRIVER:+$CHROMEWEBDRIVER/chromedriver}" chromedriver) || {
        need_programs chromedriver=chromium-driver
        CHROMEDRIVER=$(command -v chromedriver)
    }
    export CHROMEDRIVER
}
