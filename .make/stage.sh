#!/usr/bin/env bash
# One stage of `make test`, named by its argument.
# shellcheck source=.make/lib.sh
. "$(dirname "$0")/lib.sh"

WASM=wasm32-unknown-unknown
CORE=(--locked --no-default-features)
CLI=(--locked --no-default-features --features cli)

# Ends the stage without a result, which is said at the end of the run, too.
skip() {
    printf '\n!!!! SKIPPED, NOT TESTED: %s\n' "$*"
    exit 77
}

# The same where this machine cannot run the stage. A run that others rely on
# must be whole, so continuous integration does not accept that.
cannot() {
    if in_ci; then fail "$*"; fi
    skip "$*"
}

# Prints a command before it runs, so that it can be repeated by hand.
run() {
    printf '\n$ %s\n' "$*"
    "$@"
}

# Whatever has to come from Debian, asked for at once, so that a question for
# a password comes at the beginning. Cargo's tools wait for their stage.
setup() {
    need_core_programs
    need_lab_programs
    need_chromium driver
    need_node 20
    need_npm_packages
    need_rust clippy rustfmt
    echo "Rust $RUST_VERSION, $("$CHROMIUM" --version 2>/dev/null), Node $(node --version)"
}

format() {
    need_rust rustfmt
    run cargo fmt --check
}

lint() {
    need_rust clippy
    local page=(--locked --target "$WASM" --lib --bins)
    # In two parts, as it is published.
    run cargo clippy "${page[@]}" --features late -- -D warnings
    # In one, as it is tested.
    [ ! -f tests/wasm.rs ] || page+=(--test wasm)
    run cargo clippy "${page[@]}" -- -D warnings
    run cargo clippy "${CORE[@]}" -- -D warnings
    run cargo clippy "${CLI[@]}" --all-targets -- -D warnings
}

# The readers that the written files are shown to. Everything a test asks for
# by `have` in tests/ stands here, since CI takes a missing one for a failure.
need_core_programs() {
    need_programs zbarimg=zbar-tools unzip=unzip python3=python3 shellcheck=shellcheck dnsmasq=dnsmasq-base \
        systemd-analyze=systemd wg=wireguard-tools wg-quick=wireguard-tools nft=nftables
}

core() {
    need_rust
    need_core_programs
    run cargo test "${CLI[@]}"
    # The core must stand alone, without the command line's or the page's crates.
    run cargo test "${CORE[@]}" --no-run
}

need_lab_programs() {
    need_programs ip=iproute2 wg=wireguard-tools wg-quick=wireguard-tools wireguard-go=wireguard-go nft=nftables \
        iptables=iptables ping=iputils-ping traceroute=traceroute
}

# The network lab: real WireGuard in network namespaces. Only those are touched.
lab() {
    [ -f tests/lab.rs ] || skip "there is no network lab (tests/lab.rs)."
    [ "$(uname -s)" = Linux ] || cannot "the network lab needs Linux with network namespaces."
    need_rust
    need_lab_programs
    [ "$(id -u)" = 0 ] || have sudo || cannot "the network lab needs root or sudo."
    as_root "unshare --net --mount true" || cannot "the network lab may not make network namespaces here."
    [ -c /dev/net/tun ] || cannot "the network lab needs /dev/net/tun."

    # The lab itself limits how many networks stand at the same time.
    local options=(--include-ignored --nocapture --test-threads=32)
    if [ "$(id -u)" = 0 ]; then
        run cargo test "${CLI[@]}" --test lab -- "${options[@]}"
    else
        # Only the test itself runs as root, never the compiler.
        local program
        program=$(cargo test "${CLI[@]}" --test lab --no-run --message-format=json |
            sed -n 's/.*"target":{"kind":\["test"\][^}]*"name":"lab".*"executable":"\([^"]*\)".*/\1/p' | tail -n 1)
        [ -x "$program" ] || fail "cargo did not say where it put the lab's program."
        run sudo -E env "PATH=$PATH" "CARGO_MANIFEST_DIR=$ROOT" ${LAB_SEEDS:+"LAB_SEEDS=$LAB_SEEDS"} "$program" "${options[@]}"
    fi
}

# Tests that only a browser can run, in headless Chromium.
wasm() {
    [ -f tests/wasm.rs ] || skip "there are no wasm tests (tests/wasm.rs)."
    need_rust
    need_wasm_bindgen
    need_chromium driver
    local capabilities
    capabilities=$(mktemp)
    # shellcheck disable=SC2064 # The name is known now and gone later.
    trap "rm -f '$capabilities'" EXIT
    # Chromium's sandbox does not work for root, and the tests are our own code.
    cat >"$capabilities" <<END
{
  "goog:chromeOptions": {
    "binary": "$CHROMIUM",
    "args": [
      "headless", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "disable-quic", "no-first-run",
      "disable-background-networking", "disable-component-update", "disable-sync"
    ]
  }
}
END
    export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$capabilities
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
    run cargo test --locked --target "$WASM" --test wasm
}

build() {
    bash .make/build.sh
}

size() {
    run tests/size.sh
}

browser() {
    need_node 20
    need_npm_packages
    need_chromium
    need_programs zbarimg=zbar-tools unzip=unzip
    [ -f dist/index.html ] || fail "there is no page in dist/; run 'make build' first."
    cd "$BROWSER_TESTS"
    run node node_modules/@playwright/test/cli.js test
}

case "${1:-}" in
setup | format | lint | core | lab | wasm | build | size | browser) "$1" ;;
*) fail "there is no stage '${1:-}'; 'make test STAGES=list' names them." ;;
esac
