//! Version 1 of the plan file, as it is written.
//!
//! `static/plan.schema.json` states the same for other programs.

use serde::Serialize;

pub(super) const FORMAT: &str = "meshwright-plan";
pub(super) const VERSION: u64 = 1;

#[derive(Serialize)]
pub(super) struct PlanFile {
    pub(super) format: String,
    pub(super) version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    pub(super) name: String,
    pub(super) tunnel: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) listen_port: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) preshared_keys: Option<bool>,
    pub(super) sites: Vec<SiteFile>,
    pub(super) nodes: Vec<NodeFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) pairs: Vec<PairFile>,
}

#[derive(Serialize)]
pub(super) struct SiteFile {
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) lans: Vec<String>,
    pub(super) router: RouterFile,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) public: Option<PublicFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<[i32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<[i32; 2]>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RouterFile {
    Nat,
    Cgnat,
}

#[derive(Clone, Serialize)]
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
    pub(super) form: FormFile,
    pub(super) platform: PlatformFile,
    pub(super) place: PlaceFile,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) addresses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) listen_port: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relay: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) shares: Vec<ShareFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reachable_idle: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) public_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) position: Option<[i32; 2]>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FormFile {
    Server,
    Nas,
    Board,
    Computer,
    Phone,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PlatformFile {
    Linux,
    Android,
    Ios,
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
    pub(super) forward: Option<u64>,
}

#[derive(Serialize)]
pub(super) struct ShareFile {
    pub(super) prefix: String,
    pub(super) answers: AnswersFile,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AnswersFile {
    Translate,
    Route,
    Nothing,
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
    Never,
}
