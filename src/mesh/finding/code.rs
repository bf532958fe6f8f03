//! The rules by their codes.

/// Which rule a finding comes from.
///
/// A plan cannot break every rule of the catalogue. Some only a file can break
/// that somebody else wrote, and this solver never writes such a line: a prefix
/// at two peers (E01), an interface name that the platform refuses (E12),
/// keepalives of odd lengths (W02), a missing listen port (W05), too broad a translation (W06), search domains alone (W10),
/// `SaveConfig` (W14), host bits (W15), unclamped keys (W16), a `#` in a hook
/// (W20) and interface prefixes longer than /120 on iOS (W22). Who checks files
/// looks for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Code {
    /// A pair that cannot reach each other.
    E02,
    /// A relay, hub or gateway that cannot forward, or that is gone.
    E03,
    /// A tunnel address that does not fit.
    E04,
    /// A name or key that two machines have.
    E05,
    /// A shared LAN or tunnel prefix that holds the address of an endpoint.
    E06,
    /// A prefix that hides a machine's own LAN.
    E07,
    /// Shared LANs that overlap each other or the tunnel.
    E08,
    /// A name that cannot be looked up.
    E09,
    /// Something that the platform's reader refuses.
    E10,
    /// An MTU that is too small.
    E11,
    /// A claim to be dialable that something else contradicts.
    E13,
    /// An IPv4-only and an IPv6-only machine without a relay that speaks both.
    E14,
    /// The internet, held by a peer that cannot lead there or by several.
    E15,
    /// A path that closes while somebody needs it.
    W01,
    /// A prefix inside another, or that cannot hold others.
    W03,
    /// A name that is looked up once and never again.
    W04,
    /// Forwarding that costs a machine its own IPv6 route.
    W07,
    /// A clock that is wrong before the tunnel comes up, and stays so.
    W08,
    /// A name server that cannot be asked.
    W09,
    /// Pairs that depend on one machine.
    W11,
    /// A QR code too dense to scan.
    W12,
    /// A prefix that many other networks use.
    W13,
    /// A shared LAN whose answers find no way back.
    W17,
    /// Two machines at one site that talk through a relay for want of a LAN address.
    W18,
    /// A domain that belongs to multicast DNS.
    W19,
    /// An MTU larger than what the links carry.
    W21,
    /// A unique local IPv6 prefix that is not a random one.
    W23,
}

impl Code {
    /// The code as it is written, such as `E02`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::E02 => "E02",
            Self::E03 => "E03",
            Self::E04 => "E04",
            Self::E05 => "E05",
            Self::E06 => "E06",
            Self::E07 => "E07",
            Self::E08 => "E08",
            Self::E09 => "E09",
            Self::E10 => "E10",
            Self::E11 => "E11",
            Self::E13 => "E13",
            Self::E14 => "E14",
            Self::E15 => "E15",
            Self::W01 => "W01",
            Self::W03 => "W03",
            Self::W04 => "W04",
            Self::W07 => "W07",
            Self::W08 => "W08",
            Self::W09 => "W09",
            Self::W11 => "W11",
            Self::W12 => "W12",
            Self::W13 => "W13",
            Self::W17 => "W17",
            Self::W18 => "W18",
            Self::W19 => "W19",
            Self::W21 => "W21",
            Self::W23 => "W23",
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something does not work.
    Error,
    /// Something works less well than the person may think.
    Warning,
    /// Nothing is wrong, but it is worth knowing.
    Info,
}

impl Severity {
    /// The word of the command line's JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}
