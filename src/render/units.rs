//! What systemd does for a Linux machine's tunnel: wait for the time, and look
//! names up again.

use std::fmt::Write as _;

use crate::mesh::MeshNode;

use super::wg_quick::interface_name;
use super::{Keys, Kind, PLAIN_MODE, SCRIPT_MODE, SystemFile};

/// The script that looks names up again, from the root of the machine.
const SCRIPT: &str = "usr/local/sbin/meshwright-reresolve";
/// The unit that runs it.
const SERVICE: &str = "etc/systemd/system/meshwright-reresolve.service";
/// The unit that runs it again and again.
const TIMER: &str = "etc/systemd/system/meshwright-reresolve.timer";
/// A session is renewed every two minutes while both ends hear each other, so
/// one that is older is silent or lost.
const STALE_SECONDS: u16 = 135;

/// Whether names have to be looked up again on a machine. An app does that by
/// itself when its network changes.
pub(super) fn looks_again(node: &MeshNode) -> bool {
    !node.platform.is_app() && node.dials_names()
}

/// Whether a machine has files for systemd.
pub(super) fn has_any(node: &MeshNode) -> bool {
    node.settings.loses_time || looks_again(node)
}

/// The files of a machine for systemd.
pub(super) fn files(node: &MeshNode, keys: Option<&Keys<'_>>) -> Vec<SystemFile> {
    let mut files = Vec::new();
    if node.settings.loses_time {
        files.push(wait_for_time(node));
    }
    if looks_again(node) {
        files.extend(look_again(node, keys));
    }
    files
}

/// A peer drops what looks older than what it has seen, so a machine whose
/// clock went back must not speak before it knows the time.
fn wait_for_time(node: &MeshNode) -> SystemFile {
    let path = format!(
        "etc/systemd/system/wg-quick@{}.service.d/time.conf",
        interface_name()
    );
    let text = format!(
        "# The clock of {} stands still while it is switched off. Peers drop a handshake\n\
         # that is older than the last, so the tunnel waits until the time is known.\n\
         [Unit]\n\
         Wants=time-sync.target\n\
         After=time-sync.target\n",
        node.name
    );
    SystemFile::new(Kind::Unit, path, PLAIN_MODE, text)
}

fn look_again(node: &MeshNode, keys: Option<&Keys<'_>>) -> [SystemFile; 3] {
    let interface = interface_name();
    let mut script = format!(
        "#!/usr/bin/env bash\n\
         # Looks the names of silent peers up again: WireGuard does so only once, when\n\
         # the tunnel starts. Peers that answer are left alone.\n\
         set -uo pipefail\n\
         now=$(date +%s)\n\
         wg show {interface} latest-handshakes | while IFS=$'\\t' read -r key seen; do\n    \
         case $key in\n"
    );
    for peer in node.peers.iter().filter(|peer| peer.is_dialled_by_name()) {
        let key = keys.and_then(|keys| keys.public(peer.node));
        if let (Some(endpoint), Some(key)) = (&peer.endpoint, key) {
            // Writing to a string cannot fail.
            let _ = writeln!(script, "    {key}) endpoint={endpoint} ;;");
        }
    }
    let _ = write!(
        script,
        "    *) continue ;;\n    \
         esac\n    \
         if ((now - seen > {STALE_SECONDS})); then\n        \
         wg set {interface} peer \"$key\" endpoint \"$endpoint\"\n    \
         fi\n\
         done\n"
    );
    let service = format!(
        "[Unit]\n\
         Description=Look the names of silent WireGuard peers up again\n\
         ConditionPathExists=/sys/class/net/{interface}\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         Environment=WG_ENDPOINT_RESOLUTION_RETRIES=1\n\
         ExecStart=/{SCRIPT}\n"
    );
    let timer = "[Unit]\n\
         Description=Look the names of silent WireGuard peers up again\n\
         \n\
         [Timer]\n\
         OnBootSec=1min\n\
         OnUnitActiveSec=30s\n\
         AccuracySec=5s\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n"
        .to_owned();
    [
        SystemFile::new(Kind::Unit, SERVICE.to_owned(), PLAIN_MODE, service),
        SystemFile::new(Kind::Unit, TIMER.to_owned(), PLAIN_MODE, timer),
        SystemFile::new(Kind::Script, SCRIPT.to_owned(), SCRIPT_MODE, script),
    ]
}
