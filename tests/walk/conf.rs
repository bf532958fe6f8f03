//! Reads a tunnel config as its readers do, strictly: what is unknown is a panic.

use ipnet::IpNet;
use meshwright::keyring::PrivateKey;

/// What a config says.
#[derive(Clone, Default)]
pub(crate) struct Conf {
    /// The public key that belongs to its private key, if it holds one.
    pub(crate) public_key: Option<String>,
    /// Addresses with their lengths.
    pub(crate) addresses: Vec<IpNet>,
    /// The UDP port.
    pub(crate) listen_port: Option<u16>,
    /// The size of packets in the tunnel.
    pub(crate) mtu: Option<u16>,
    /// Who answers questions about names.
    pub(crate) dns: Option<String>,
    /// Lines that a shell runs.
    pub(crate) hooks: Vec<String>,
    /// The peers in the order of the file.
    pub(crate) peers: Vec<PeerConf>,
}

/// One `[Peer]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeerConf {
    pub(crate) public_key: String,
    pub(crate) preshared: Option<String>,
    pub(crate) endpoint: Option<(String, u16)>,
    pub(crate) allowed: Vec<IpNet>,
    pub(crate) keepalive: Option<u16>,
}

impl Conf {
    /// Reads a file.
    pub(crate) fn read(text: &str) -> Self {
        let mut conf = Self::default();
        let mut in_peer = None;
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
        {
            match line {
                "[Interface]" => {
                    assert!(in_peer.is_none(), "[Interface] comes once and first");
                    in_peer = Some(false);
                }
                "[Peer]" => {
                    assert!(in_peer.is_some(), "[Peer] before [Interface]");
                    in_peer = Some(true);
                    conf.peers.push(PeerConf::default());
                }
                _ => {
                    let (key, value) = line.split_once(" = ").expect(line);
                    assert!(!value.is_empty() && value.trim() == value, "{line}");
                    match in_peer {
                        Some(true) => conf.peers.last_mut().unwrap().take(key, value),
                        Some(false) => conf.take(key, value),
                        None => panic!("{line} stands before any section"),
                    }
                }
            }
        }
        conf
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "PrivateKey" => {
                let key = PrivateKey::from_secret_text(value).unwrap().derive_public();
                assert!(self.public_key.replace(key.to_string()).is_none());
            }
            "Address" => {
                assert!(self.addresses.is_empty());
                self.addresses = value.split(", ").map(|one| one.parse().unwrap()).collect();
            }
            "ListenPort" => {
                assert!(self.listen_port.replace(value.parse().unwrap()).is_none());
            }
            "MTU" => assert!(self.mtu.replace(value.parse().unwrap()).is_none()),
            "DNS" => assert!(self.dns.replace(value.to_owned()).is_none()),
            "PostUp" | "PostDown" => self.hooks.push(value.to_owned()),
            _ => panic!("{key} is no key of [Interface]"),
        }
    }
}

impl PeerConf {
    fn take(&mut self, key: &str, value: &str) {
        let value = value.to_owned();
        match key {
            "PublicKey" => {
                assert!(self.public_key.is_empty());
                self.public_key = value;
            }
            "PresharedKey" => assert!(self.preshared.replace(value).is_none()),
            "Endpoint" => {
                let (host, port) = value.rsplit_once(':').unwrap();
                let host = host
                    .trim_start_matches('[')
                    .trim_end_matches(']')
                    .to_owned();
                assert_eq!(
                    host.contains(':'),
                    value.starts_with('['),
                    "brackets around IPv6"
                );
                let port = port.parse().unwrap();
                assert!(self.endpoint.replace((host, port)).is_none());
            }
            "AllowedIPs" => {
                assert!(self.allowed.is_empty());
                self.allowed = value.split(", ").map(|one| one.parse().unwrap()).collect();
            }
            "PersistentKeepalive" => {
                assert!(self.keepalive.replace(value.parse().unwrap()).is_none());
            }
            _ => panic!("{key} is no key of [Peer]"),
        }
    }

    /// Whether it keeps the path open, which takes somewhere to send to.
    pub(crate) fn keeps(&self) -> bool {
        self.endpoint.is_some() && self.keepalive.is_some_and(|seconds| seconds > 0)
    }
}
