//! Files as their real readers read them: the tunnel config, the kernel
//! settings beside it, and what hooks do.
//!
//! [`read`] is strict: it says whether a [`Reader`] accepts a file, and where it
//! stops if it does not. [`read_leniently`] takes what `wg` and `wg-quick` take
//! and reports everything else. Neither shares code with what writes files.

mod at;
mod dialect;
mod dns;
mod endpoint;
mod fault;
mod finish;
mod hook;
mod keys;
mod keyword;
mod line;
mod number;
mod parse;
mod prefix;
mod stops;
mod sysctl;
mod take;
mod value;

use crate::keyring::{PresharedKey, PrivateKey};
use crate::plan::PublicKey;
use ipnet::IpNet;
use zeroize::Zeroizing;

use parse::Parse;

pub use at::{At, Placed};
pub use fault::{Fault, FaultKind};
pub use hook::{Effect, Filter, Hook, OutOf, When};
pub use keyword::Keyword;
pub use sysctl::Sysctl;
pub use value::{DnsEntry, Endpoint, Host, Table};

/// Who reads a config.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// `wg-quick` on Linux, and `wg` behind it.
    Linux,
    /// The WireGuard app for Android.
    Android,
    /// The WireGuard apps for iPhone, iPad and Mac.
    Apple,
    /// The WireGuard app for Windows.
    Windows,
}

/// A tunnel config. Values that a file gives several times stand as the reader
/// takes them: the last of a scalar, all of a list.
#[derive(Clone, Default)]
pub struct Conf {
    /// The own end.
    pub interface: Interface,
    /// The peers in the order of the file.
    pub peers: Vec<Peer>,
}

/// What `[Interface]` says.
#[derive(Clone, Default)]
pub struct Interface {
    /// The first header, or the beginning of the file if there is none.
    pub at: At,
    /// The private key.
    pub private_key: Option<Placed<PrivateKey>>,
    /// The public key that belongs to it, derived once.
    pub public_key: Option<PublicKey>,
    /// Own addresses with the length of their prefix; a bare address has its
    /// family's full length.
    pub addresses: Vec<Placed<IpNet>>,
    /// The UDP port; 0 stands for any.
    pub listen_port: Option<Placed<u16>>,
    /// The mark of the tunnel's own packets; 0 for none.
    pub fw_mark: Option<Placed<u32>>,
    /// The size of packets inside the tunnel in bytes.
    pub mtu: Option<Placed<u32>>,
    /// Servers and search domains.
    pub dns: Vec<Placed<DnsEntry>>,
    /// Where routes go.
    pub table: Option<Placed<Table>>,
    /// Commands in the order of the file.
    pub hooks: Vec<Placed<Hook>>,
    /// Whether `wg-quick down` rewrites the file.
    pub save_config: Option<Placed<bool>>,
}

/// What one `[Peer]` says.
#[derive(Clone, Default)]
pub struct Peer {
    /// Its header.
    pub at: At,
    /// The name that a comment right below the header gives: `# nas`, or
    /// `# Name = nas`.
    pub name: Option<String>,
    /// Its public key. `None` only in a lenient reading.
    pub public_key: Option<Placed<PublicKey>>,
    /// The preshared key, unless it is all zero, which means none.
    pub preshared_key: Option<Placed<PresharedKey>>,
    /// Where it is dialled.
    pub endpoint: Option<Placed<Endpoint>>,
    /// Its prefixes without host bits, in the order of the file.
    pub allowed: Vec<Placed<IpNet>>,
    /// Seconds between keepalives; 0 for none.
    pub keepalive: Option<Placed<u16>>,
}

/// What a lenient reading found.
pub struct Reading {
    /// Everything that could be read.
    pub conf: Conf,
    /// Everything else, in the order of the file.
    pub faults: Vec<Fault>,
}

/// What a reader makes of a file.
pub struct Check {
    /// The config, or the fault at which the reader stops.
    pub read: Result<Conf, Fault>,
    /// What is worth a word and does not stop it, in the order of the file.
    pub warnings: Vec<Fault>,
}

/// Reads a file as `reader` reads it.
///
/// # Errors
/// The first fault at which the reader stops.
pub fn read(text: &str, reader: Reader) -> Result<Conf, Fault> {
    let (conf, fault, _) = parsed(text, reader, false, false);
    fault.map_or(Ok(conf), Err)
}

/// The same with everything that is worth a word.
#[must_use]
pub fn check(text: &str, reader: Reader) -> Check {
    let (conf, fault, warnings) = parsed(text, reader, false, true);
    Check {
        read: fault.map_or(Ok(conf), Err),
        warnings,
    }
}

/// Reads whatever `wg` and `wg-quick` would read and reports the rest.
///
/// A line with a fault says nothing, and all others count. A byte order mark
/// is skipped.
#[must_use]
pub fn read_leniently(text: &str) -> Reading {
    let (conf, _, faults) = parsed(text, Reader::Linux, true, true);
    Reading { conf, faults }
}

fn parsed(
    text: &str,
    reader: Reader,
    lenient: bool,
    remarks: bool,
) -> (Conf, Option<Fault>, Vec<Fault>) {
    let mut parse = Parse::new(reader, lenient);
    if reader == Reader::Linux && text.contains('\0') {
        // Bash leaves these out of what it reads.
        parse.text(&Zeroizing::new(text.replace('\0', "")));
    } else {
        parse.text(text);
    }
    parse.finish(remarks)
}
