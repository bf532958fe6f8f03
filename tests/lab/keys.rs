//! Keys as a person makes them, with `wg` itself.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// A new private key.
pub(crate) fn private() -> String {
    wg("genkey", "")
}

/// The public key of a private one.
pub(crate) fn public(private: &str) -> String {
    wg("pubkey", private)
}

/// A new preshared key.
pub(crate) fn preshared() -> String {
    wg("genpsk", "")
}

/// Calls `wg` and returns the key that it prints.
fn wg(subcommand: &str, input: &str) -> String {
    let mut child = Command::new("wg")
        .arg(subcommand)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("wg is installed");
    // `wg genkey` reads nothing, and a pipe that it closed early is no failure.
    child
        .stdin
        .take()
        .expect("stdin is piped")
        .write_all(input.as_bytes())
        .ok();
    let output = child.wait_with_output().expect("wg ends");
    String::from_utf8(output.stdout)
        .expect("a key is ASCII")
        .trim()
        .to_owned()
}
