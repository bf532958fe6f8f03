//! Files as their real readers read them: the tunnel config, the kernel
//! settings beside it, and what hooks do.
//!
//! [`read`] is strict: it says whether a [`Reader`] accepts a file, and where it
//! stops if it does not. [`read_leniently`] takes what `wg` and `wg-quick` take
//! and reports everything else. Neither shares code with what writes files.

mod at;
mod hook;
mod sysctl;
mod value;

use crate::keyring::{PresharedKey, PrivateKey};
use crate::plan::PublicKey;
use ipnet::IpNet;

pub use at::{At, Placed};
pub use hook::{Effect, Hook, OutOf, When};
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
