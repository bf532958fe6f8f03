//! What the lab needs from the machine it runs on.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// The programs that the lab calls, each with the Debian package that brings it.
const PROGRAMS: [(&str, &str); 10] = [
    ("ip", "iproute2"),
    ("iptables", "iptables"),
    ("nft", "nftables"),
    ("nsenter", "util-linux"),
    ("ping", "iputils-ping"),
    ("sysctl", "procps"),
    ("traceroute", "traceroute"),
    ("unshare", "util-linux"),
    ("wg-quick", "wireguard-tools"),
    ("wireguard-go", "wireguard-go"),
];

/// Fails the test with one sentence per missing thing.
///
/// A lab test that silently passed where it cannot run would claim an agreement with reality that
/// nobody measured. Whether the lab runs at all is decided by whoever asks for the ignored tests.
pub(crate) fn check() {
    let mut missing = Vec::new();
    // The owner of our own process entry is our effective user, without a call into libc.
    if std::fs::metadata("/proc/self").map_or(true, |own| own.uid() != 0) {
        missing
            .push("The lab must be run as root, because it creates network namespaces.".to_owned());
    }
    for (program, package) in PROGRAMS {
        if !is_installed(program) {
            missing.push(format!(
                "The program `{program}` is not installed (Debian package {package})."
            ));
        }
    }
    if !Path::new("/dev/net/tun").exists() {
        missing.push("There is no /dev/net/tun, which wireguard-go needs.".to_owned());
    }
    if !Path::new("/etc/wireguard").is_dir() {
        missing
            .push("There is no folder /etc/wireguard (Debian package wireguard-tools).".to_owned());
    }
    if missing.is_empty()
        && let Err(reason) = try_namespaces()
    {
        missing.push(format!(
            "This machine does not let root create network, mount and process namespaces: {reason}"
        ));
    }
    assert!(
        missing.is_empty(),
        "the network lab cannot run here:\n- {}",
        missing.join("\n- ")
    );
}

/// Whether the program is somewhere on the search path.
fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Asks the kernel for the namespaces that a lab is made of; the error is its answer.
fn try_namespaces() -> Result<(), String> {
    let output = Command::new("unshare")
        .args([
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--mount-proc",
            "true",
        ])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} ({})", said.trim_end(), output.status))
}
