//! Version 1 of the plan file, as it is written.
//!
//! `static/plan.schema.json` states the same for other programs.

use serde::Serialize;

pub(super) const FORMAT: &str = "meshwright-plan";
pub(super) const VERSION: u64 = 1;

#[derive(Serialize)]
pub(super) struct PlanFile {
    pub(super) format: &'static str,
    pub(super) version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) tunnel: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) covering: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mtu: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dns: Option<DnsFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) listen_port: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) preshared_keys: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) talk: Option<Vec<[String; 2]>>,
    pub(super) sites: Vec<SiteFile>,
    pub(super) nodes: Vec<NodeFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pairs: Vec<PairFile>,
}

#[derive(Serialize)]
pub(super) struct DnsFile {
    pub(super) domain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answers_public: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct SiteFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) lans: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lans_routed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) router: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) nat: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv6: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uplink: Option<UplinkFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) public: Option<PublicFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<[i32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<[i32; 2]>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum UplinkFile {
    Kind(&'static str),
    Own(u16),
}

#[derive(Serialize)]
pub(super) struct PublicFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv4: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv6: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
}

#[derive(Serialize)]
pub(super) struct NodeFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) form: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) platform: Option<&'static str>,
    pub(super) place: PlaceFile,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) addresses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stack: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) firewall: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) always_on: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clock: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uplink: Option<UplinkFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uplink_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) slaac: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mtu: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) listen_port: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relay: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hub: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exit: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uses_exit: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) shares: Vec<ShareFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) leaves_out: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reachable_idle: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) public_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<[i32; 2]>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PlaceFile {
    Internet(PublicFile),
    Site(StandsFile),
    Roams,
}

#[derive(Serialize)]
pub(super) struct StandsFile {
    pub(super) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lan_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) forward: Option<ForwardFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv6: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv6_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ipv6_open: Option<bool>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum ForwardFile {
    ToListenPort(u16),
    To { external: u16, internal: u16 },
}

#[derive(Serialize)]
pub(super) struct ShareFile {
    pub(super) prefix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answers: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct PairFile {
    pub(super) between: [String; 2],
    pub(super) choice: ChoiceFile,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ChoiceFile {
    Via(String),
    Direct,
    Never,
}
