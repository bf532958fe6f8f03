//! What is wrong with a file, in a sentence that holds no secret.

use std::fmt;

use super::Reader;
use super::at::At;
use super::keyword::Keyword;

/// Something wrong at a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub at: At,
    /// What it is.
    pub kind: FaultKind,
}

/// What can be wrong.
///
/// Nothing here holds text of the file, because a key may stand anywhere in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A mark for the byte order in front of the first line.
    Mark,
    /// A line in front of the first section.
    BeforeSection,
    /// A section other than `[Interface]` and `[Peer]`.
    UnknownSection,
    /// A second `[Interface]`.
    SecondInterface,
    /// There is no `[Interface]`.
    NoInterface,
    /// A line without `=`.
    NoEquals,
    /// A key that nobody knows.
    UnknownKey,
    /// A key in the wrong section.
    WrongSection(Keyword),
    /// A key that this reader does not know.
    NotRead(Keyword, Reader),
    /// A single value that is given again.
    Repeated(Keyword),
    /// A key without a value.
    NoValue(Keyword),
    /// Nothing between two commas, or behind the last.
    EmptyEntry(Keyword),
    /// Not a key of 44 characters.
    BadKey(Keyword),
    /// Not a port.
    BadPort(Keyword),
    /// Not a mark.
    BadFwMark,
    /// Not a number of bytes that this reader takes.
    BadMtu(Reader),
    /// Not a number of seconds.
    BadKeepalive,
    /// `off`, which phones do not know.
    KeepaliveOff,
    /// Not an address with the length of a prefix.
    BadPrefix(Keyword),
    /// A prefix longer than its address.
    TooLong(Keyword),
    /// A prefix with `+` or `-` in front.
    Incremental,
    /// An endpoint without a port.
    NoPort,
    /// An IPv6 endpoint without brackets, where this reader wants them.
    NoBrackets,
    /// A host that this reader cannot look up.
    BadHost,
    /// Neither an address nor a name.
    BadDns,
    /// Not a routing table.
    BadTable,
    /// Neither `true` nor `false`.
    BadSwitch,
    /// There is no private key.
    NoPrivateKey,
    /// A peer without a public key.
    NoPublicKey,
    /// A peer whose public key an earlier peer has.
    RepeatedPeer(Reader),
    /// An address that the interface has already.
    RepeatedAddress,
    /// Applications are both included and excluded.
    BothApplicationLists,

    /// A port above 65535, which `wg` cuts to 16 bits.
    PortWraps(u16),
    /// Bits behind the length of a prefix, which are cut off.
    HostBits(Keyword),
    /// A prefix that an earlier peer has, too, and that goes to this one.
    PrefixMoves,
    /// A peer with the interface's own key, which is skipped.
    OwnPeer,
    /// A hook with `#`.
    HookComment,
    /// `SaveConfig = true`.
    SavesConfig,
    /// A key without a value that is skipped.
    Empty(Keyword),
    /// A key of zeros, which stands for none.
    ZeroKey(Keyword),
    /// A routing table with a name.
    NamedTable,
    /// Search domains without a server, which `wg-quick` skips.
    OnlyDomains,
    /// A hook in an app that runs none by default.
    HookOnWindows,
    /// `[Interface]` below `[Peer]`, which reads the peer twice.
    InterfaceBelow,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fixed = match self {
            Self::Mark => "the file begins with a byte order mark; save it as UTF-8 without one",
            Self::BeforeSection => {
                "this line stands above the first section; put [Interface] or [Peer] in front of it"
            }
            Self::UnknownSection => "there is no such section; a section is [Interface] or [Peer]",
            Self::SecondInterface => "this is a second [Interface]; put everything into the first",
            Self::NoInterface => "there is no [Interface]; add one with at least a PrivateKey",
            Self::NoEquals => {
                "this line is neither a section nor a key with = and a value; put # in front of a comment"
            }
            Self::UnknownKey => "no reader knows this key; check its spelling or take the line out",
            Self::BadFwMark => {
                "a mark is a number up to 0xffffffff, in hexadecimal with a small 0x in front, or off"
            }
            Self::BadKeepalive => {
                "a keepalive is a number of seconds up to 65535; 25 suits most routers"
            }
            Self::KeepaliveOff => {
                "the apps for phones take only a number here; take the line out instead of off"
            }
            Self::Incremental => {
                "only newer versions of wg read + and - here, as a change to what is there; write the prefix alone"
            }
            Self::NoPort => {
                "an endpoint is a host and a port, as in vpn.example.net:51820; add the port"
            }
            Self::NoBrackets => "an IPv6 address needs brackets here, as in [2001:db8::1]:51820",
            Self::BadHost => {
                "this is neither an address nor a name that can be looked up; check the part in front of the port"
            }
            Self::BadDns => {
                "DNS takes addresses of servers and names of search domains, with commas between them"
            }
            Self::BadTable => "a table is off, auto or a number, in small letters",
            Self::BadSwitch => "SaveConfig is true or false",
            Self::NoPrivateKey => {
                "there is no PrivateKey, and this reader needs one; make one with \u{201c}wg genkey\u{201d}"
            }
            Self::NoPublicKey => {
                "this peer has no PublicKey; add the one that \u{201c}wg pubkey\u{201d} prints on the other machine"
            }
            Self::BothApplicationLists => {
                "applications are included or excluded, never both; take one of the two out"
            }
            Self::PrefixMoves => {
                "an earlier peer has this prefix, too; WireGuard takes it away from there without a word"
            }
            Self::OwnPeer => {
                "this peer has this machine's own key, so WireGuard skips it without a word; take the block out"
            }
            Self::RepeatedAddress => {
                "the interface has this address already, so wg-quick stops here; take the second one out"
            }
            Self::HookComment => {
                "wg-quick before 2026 cuts a command at #; write the command without it"
            }
            Self::SavesConfig => {
                "wg-quick writes this file anew when the tunnel goes down, without its comments and with addresses in place of names"
            }
            Self::NamedTable => {
                "this table must have a name in /etc/iproute2/rt_tables on that machine"
            }
            Self::OnlyDomains => {
                "wg-quick skips search domains where no server is given; add the address of a server"
            }
            Self::HookOnWindows => {
                "Windows runs commands only where its administrator has allowed that; without, the line does nothing"
            }
            Self::InterfaceBelow => {
                "[Interface] below [Peer] makes the app for Windows read the peer above twice; put [Interface] first"
            }
            _ => return self.with_value(f),
        };
        f.write_str(fixed)
    }
}

impl FaultKind {
    /// Sentences that name a key, a reader or a number.
    fn with_value(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongSection(key) => {
                let section = if key.is_of_peer() { "[Peer]" } else { "[Interface]" };
                write!(f, "{} stands below {section}; move it there", key.as_str())
            }
            Self::NotRead(key, reader) => write!(
                f,
                "{} refuses a file with {}; take the line out",
                reader.dialect().name,
                key.as_str()
            ),
            Self::Repeated(key) => write!(
                f,
                "{} stands here a second time; keep one of the two lines",
                key.as_str()
            ),
            Self::NoValue(key) => write!(
                f,
                "{} has no value; give it one or take the line out",
                key.as_str()
            ),
            Self::EmptyEntry(key) => write!(
                f,
                "{} has a comma with nothing behind it; take the comma out",
                key.as_str()
            ),
            Self::BadKey(key) => write!(
                f,
                "{} is a key of 44 characters as wg prints them, ending in =; copy it anew",
                key.as_str()
            ),
            Self::BadPort(key) => write!(
                f,
                "{} needs a port, which is a number from 1 to 65535",
                key.as_str()
            ),
            Self::BadMtu(Reader::Windows) => f.write_str("an MTU is a number from 576 to 65535 here"),
            Self::BadMtu(_) => f.write_str("an MTU is a number of bytes, such as 1420"),
            Self::BadPrefix(key) => write!(
                f,
                "{} takes addresses such as 10.0.0.1/24 or fd00::1/64, with commas between them",
                key.as_str()
            ),
            Self::TooLong(key) => write!(
                f,
                "{} has a length that no prefix has; it is at most 32 for IPv4 and 128 for IPv6",
                key.as_str()
            ),
            Self::RepeatedPeer(Reader::Apple) => f.write_str(
                "an earlier peer has this public key, too; this app wants one block for each peer",
            ),
            Self::RepeatedPeer(_) => f.write_str(
                "an earlier peer has this public key, too; both become one peer, with the AllowedIPs of the last block alone",
            ),
            Self::PortWraps(port) => write!(
                f,
                "a port is at most 65535; wg cuts this one to {port} without a word"
            ),
            Self::HostBits(key) => write!(
                f,
                "this prefix in {} has bits set behind its length; WireGuard cuts them off",
                key.as_str()
            ),
            Self::Empty(key) => write!(
                f,
                "{} has no value, so this line does nothing",
                key.as_str()
            ),
            Self::ZeroKey(key) => write!(f, "{} is all zero, which stands for no key", key.as_str()),
            // All others are fixed sentences.
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Fault {}
