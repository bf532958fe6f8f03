//! One machine of the lab: a network, mount and process namespace of its own.
//!
//! Namespaces here have no name under `/run/netns`, so there is nothing to collide with and nothing
//! to leave behind. What keeps one alive is its first process, which does nothing but read from a
//! pipe that the test holds. When the test ends, panics or is killed, the pipe closes and the
//! reader ends. It is the first process of a process namespace, so the kernel then ends everything
//! else in there (wireguard-go among it) and frees the network. No cleaning up by name is ever
//! needed, and so no foreign namespace can be hit by it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Output, Stdio};

/// Prepares the inside of a namespace and then waits on the pipe.
///
/// - `/run` and `/etc/wireguard` are private, because the control sockets, the lock of iptables and
///   the files of equally named interfaces would clash otherwise.
/// - `/etc/hosts` is the name service of the lab, so no question ever leaves it.
/// - Forwarding starts switched off on every machine; what a file under test does not switch on
///   must not work.
/// - An interface answers for its own addresses only. On this internet everything is on link, and a
///   server would otherwise answer there for its tunnel address, which no provider routes.
/// - ICMP errors are not rationed, or parallel traceroutes lose their hops.
const BEGIN: &str = r#"
mount -t tmpfs -o mode=755 lab /run
mkdir -m 700 /run/wireguard
mount -t tmpfs -o mode=700 lab /etc/wireguard
mkdir /run/lab
echo "127.0.0.1 localhost" > /run/lab/hosts
mount --bind /run/lab/hosts /etc/hosts
ip link set lo up
sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0 \
    net.ipv4.conf.all.rp_filter=2 net.ipv4.conf.all.arp_ignore=1 \
    net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
echo ready
exec -a "$1" cat >/dev/null
"#;

/// A machine without any wires yet. It is gone when the value is dropped.
pub(crate) struct Namespace {
    name: String,
    holder: Child,
}

impl Namespace {
    /// Creates the namespace and waits until it can be used.
    pub(crate) fn new(name: &str) -> Self {
        // The process title tells whoever looks at `ps` which test run this machine belongs to.
        let title = format!("meshwright-lab-{}-{name}", std::process::id());
        let mut holder = Command::new("unshare")
            .args([
                "--net",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
            ])
            .args(["bash", "-euc", BEGIN, "bash", &title])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("unshare for {name} does not start: {error}"));
        let mut line = String::new();
        let stdout = holder.stdout.take().expect("stdout is piped");
        BufReader::new(stdout)
            .read_line(&mut line)
            .unwrap_or_default();
        if line.trim_end() != "ready" {
            let mut reason = String::new();
            let mut stderr = holder.stderr.take().expect("stderr is piped");
            stderr.read_to_string(&mut reason).unwrap_or_default();
            panic!("the namespace for {name} cannot be prepared: {reason}");
        }
        Self {
            name: name.to_owned(),
            holder,
        }
    }

    /// The name that messages use.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The process whose namespaces these are, as the whole machine numbers it.
    pub(crate) fn process(&self) -> u32 {
        self.holder.id()
    }

    /// A command that will run inside.
    pub(crate) fn command(&self, program: &str) -> Command {
        let process = self.process();
        let mut command = Command::new("nsenter");
        command
            .args(["--net", "--mount", "--target", &process.to_string()])
            // The holder itself stays outside of the process namespace that it opened; only its
            // children are inside.
            .arg(format!("--pid=/proc/{process}/ns/pid_for_children"))
            .args(["--", program])
            .stdin(Stdio::null());
        command
    }

    /// Runs a shell script inside and returns what it printed.
    ///
    /// # Panics
    /// When any command of the script fails.
    pub(crate) fn script(&self, script: &str) -> String {
        self.try_script(script)
            .unwrap_or_else(|reason| panic!("on {}: {reason}", self.name))
    }

    /// Runs a shell script inside; the error is the script with what it printed.
    pub(crate) fn try_script(&self, script: &str) -> Result<String, String> {
        let output = self.command("bash").args(["-euc", script]).output();
        succeeded(script, output)
    }

    /// Writes a file inside, readable by root alone.
    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        let mut writer = self
            .command("bash")
            .args([
                "-euc",
                r#"umask 077; mkdir -p "${1%/*}"; cat > "$1""#,
                "bash",
                path,
            ])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("nsenter into {} does not start: {error}", self.name));
        writer
            .stdin
            .take()
            .expect("stdin is piped")
            .write_all(content)
            .expect("the writer reads to the end");
        let status = writer.wait().expect("the writer is our child");
        assert!(
            status.success(),
            "{path} cannot be written on {}",
            self.name
        );
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        // Closing the pipe is what the holder waits for. The kill only makes sure that nothing can
        // keep it waiting.
        drop(self.holder.stdin.take());
        self.holder.kill().ok();
        self.holder.wait().ok();
    }
}

/// Lays a virtual cable between two machines, each end under the name given.
pub(crate) fn connect(one: &Namespace, one_end: &str, other: &Namespace, other_end: &str) {
    // Only the network namespace is entered: the process number of the other end means nothing
    // inside.
    let other_process = other.process().to_string();
    let output = Command::new("nsenter")
        .args(["--net", "--target", &one.process().to_string(), "--"])
        .args(["ip", "link", "add", one_end, "type", "veth"])
        .args(["peer", "name", other_end, "netns", &other_process])
        .stdin(Stdio::null())
        .output();
    if let Err(reason) = succeeded("ip link add", output) {
        panic!("no cable between {} and {}: {reason}", one.name, other.name);
    }
}

/// Splits a finished command into what it printed and what went wrong.
fn succeeded(what: &str, output: std::io::Result<Output>) -> Result<String, String> {
    let output = output.map_err(|error| format!("nsenter does not start: {error}"))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!(
        "`{}` failed ({}):\n{stdout}{stderr}",
        what.trim(),
        output.status
    ))
}
