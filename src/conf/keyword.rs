//! The keys that stand in front of `=`.

/// A key that some reader knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// `PrivateKey`
    PrivateKey,
    /// `ListenPort`
    ListenPort,
    /// `FwMark`
    FwMark,
    /// `Address`
    Address,
    /// `DNS`
    Dns,
    /// `MTU`
    Mtu,
    /// `Table`
    Table,
    /// `PreUp`
    PreUp,
    /// `PostUp`
    PostUp,
    /// `PreDown`
    PreDown,
    /// `PostDown`
    PostDown,
    /// `SaveConfig`
    SaveConfig,
    /// `IncludedApplications`
    IncludedApplications,
    /// `ExcludedApplications`
    ExcludedApplications,
    /// `PublicKey`
    PublicKey,
    /// `PresharedKey`
    PresharedKey,
    /// `AllowedIPs`
    AllowedIps,
    /// `Endpoint`
    Endpoint,
    /// `PersistentKeepalive`
    PersistentKeepalive,
}

impl Keyword {
    /// The key as the manual writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrivateKey => "PrivateKey",
            Self::ListenPort => "ListenPort",
            Self::FwMark => "FwMark",
            Self::Address => "Address",
            Self::Dns => "DNS",
            Self::Mtu => "MTU",
            Self::Table => "Table",
            Self::PreUp => "PreUp",
            Self::PostUp => "PostUp",
            Self::PreDown => "PreDown",
            Self::PostDown => "PostDown",
            Self::SaveConfig => "SaveConfig",
            Self::IncludedApplications => "IncludedApplications",
            Self::ExcludedApplications => "ExcludedApplications",
            Self::PublicKey => "PublicKey",
            Self::PresharedKey => "PresharedKey",
            Self::AllowedIps => "AllowedIPs",
            Self::Endpoint => "Endpoint",
            Self::PersistentKeepalive => "PersistentKeepalive",
        }
    }

    /// The key of this name, in whatever case.
    pub(super) fn named(name: &str) -> Option<Self> {
        // The length leaves at most four to compare with.
        let candidates: &[Self] = match name.len() {
            3 => &[Self::Dns, Self::Mtu],
            5 => &[Self::PreUp, Self::Table],
            6 => &[Self::PostUp, Self::FwMark],
            7 => &[Self::Address, Self::PreDown],
            8 => &[Self::Endpoint, Self::PostDown],
            9 => &[Self::PublicKey],
            10 => &[
                Self::AllowedIps,
                Self::PrivateKey,
                Self::ListenPort,
                Self::SaveConfig,
            ],
            12 => &[Self::PresharedKey],
            19 => &[Self::PersistentKeepalive],
            20 => &[Self::IncludedApplications, Self::ExcludedApplications],
            _ => &[],
        };
        candidates
            .iter()
            .copied()
            .find(|keyword| keyword.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether it stands in `[Peer]` and not in `[Interface]`.
    #[must_use]
    pub fn is_of_peer(self) -> bool {
        matches!(
            self,
            Self::PublicKey
                | Self::PresharedKey
                | Self::AllowedIps
                | Self::Endpoint
                | Self::PersistentKeepalive
        )
    }

    /// Whether `wg-quick` takes it out of the file before `wg` reads the rest.
    pub(super) fn is_of_wg_quick(self) -> bool {
        matches!(
            self,
            Self::Address | Self::Dns | Self::Mtu | Self::Table | Self::SaveConfig
        ) || self.is_hook()
    }

    /// Whether its value is a command.
    #[must_use]
    pub fn is_hook(self) -> bool {
        matches!(
            self,
            Self::PreUp | Self::PostUp | Self::PreDown | Self::PostDown
        )
    }

    /// Whether its value is a list that may go on in a further line.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Dns
                | Self::AllowedIps
                | Self::IncludedApplications
                | Self::ExcludedApplications
        )
    }
}
