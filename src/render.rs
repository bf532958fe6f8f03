//! Files: from a mesh and its keys to what each machine needs.
//!
//! Every output is a plain function of the mesh and the keyring, so the page
//! and the command line write the same bytes.

mod explain;
mod guide;
mod hooks;
mod line;
mod names;
mod qr;
mod readme;
mod sysctl;
mod units;
mod wg_quick;
mod zip;

use litemap::LiteMap;

use zeroize::Zeroizing;

use crate::keyring::{Keyring, PresharedKey, SecretText};
use crate::mesh::{Mesh, MeshNode};
use crate::plan::{NodeId, PairKey, Plan, PublicKey};

pub use explain::Explanation;
pub use guide::{Block, Guide, Part, Stage, guide};
pub use line::{PreviewLine, Shown, Why};
pub use qr::{Qr, QrGrade, TooLarge, qr_of_secret};
pub use wg_quick::{app_config_name, interface_name};
pub use zip::{archive_of_secrets, phone_archive_of_secrets};

/// Unix mode of a file that holds a secret.
pub const SECRET_MODE: u32 = 0o600;
/// Unix mode of any other file.
pub const PLAIN_MODE: u32 = 0o644;
/// Unix mode of a program.
pub const SCRIPT_MODE: u32 = 0o755;

/// What kind of file an artifact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A tunnel config.
    Config,
    /// Kernel settings of a relay or gateway.
    Sysctl,
    /// What systemd does for the tunnel.
    Unit,
    /// A program that a unit runs.
    Script,
    /// Settings of the program that answers for the mesh's names.
    Dns,
    /// Lines for `/etc/hosts`.
    Hosts,
    /// The bring-up of this plan, for people.
    Readme,
    /// The project file.
    Project,
}

/// One file for one machine, or for the whole project.
pub struct Artifact {
    /// The machine that needs it; `None` for the project's own files.
    pub node: Option<NodeId>,
    /// Its kind.
    pub kind: Kind,
    /// Its path from the folder of the whole, with `/` between parts.
    pub path: String,
    /// Its Unix mode.
    pub mode: u32,
    text: SecretText,
}

impl Artifact {
    /// The content, which may hold secrets.
    #[must_use]
    pub fn secret_text(&self) -> &str {
        &self.text
    }

    /// The content's length in bytes.
    #[must_use]
    pub fn length(&self) -> usize {
        self.text.len()
    }

    /// Where the file belongs on the machine, if it belongs somewhere.
    #[must_use]
    pub fn target(&self) -> Option<String> {
        let (_, inside) = self.path.split_once('/')?;
        match self.kind {
            Kind::Config => Some(format!("/etc/wireguard/{inside}")),
            Kind::Sysctl | Kind::Unit | Kind::Script | Kind::Dns => Some(format!("/{inside}")),
            // Its lines belong into a file that holds others, too.
            Kind::Hosts | Kind::Readme | Kind::Project => None,
        }
    }
}

/// Why files cannot be written with the keys at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// A machine without a private key.
    Private(NodeId),
    /// A pair without a preshared key.
    Preshared(PairKey),
    /// Two machines with one public key: each would take the other's place.
    Same(NodeId, NodeId),
}

impl KeyProblem {
    /// Whether making a key settles it.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Private(_) | Self::Preshared(_))
    }
}

impl std::fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Private(node) => write!(f, "{node} has no key yet"),
            Self::Preshared(pair) => {
                let (a, b) = pair.ends();
                write!(f, "{a} and {b} have no preshared key yet")
            }
            Self::Same(a, b) => write!(
                f,
                "{a} and {b} have the same key, so each would take the other\u{2019}s place; give one of them another"
            ),
        }
    }
}

impl std::error::Error for KeyProblem {}

/// The keys of a mesh, looked up once and known to be complete.
pub struct Keys<'a> {
    keyring: &'a Keyring,
    public: Vec<PublicKey>,
    /// The same as text, which stands in many files.
    public_texts: Vec<String>,
    /// For each machine those with which it has a preshared key, sorted by place.
    preshared: Vec<Vec<(usize, &'a PresharedKey)>>,
}

impl<'a> Keys<'a> {
    /// Looks up all keys that the files of a mesh need.
    ///
    /// # Errors
    /// Names the first key that is missing, or that two machines have.
    pub fn complete(mesh: &Mesh, keyring: &'a Keyring) -> Result<Self, KeyProblem> {
        let mut public = Vec::with_capacity(mesh.nodes.len());
        let mut owners: LiteMap<PublicKey, &NodeId> = LiteMap::new();
        for node in &mesh.nodes {
            let key = node.own_key.or_else(|| keyring.public_key(&node.id));
            let key = key.ok_or_else(|| KeyProblem::Private(node.id.clone()))?;
            public.push(key);
            // A machine that is left out has a finding already.
            if node.left_out.is_none()
                && let Some(owner) = owners.insert(key, &node.id)
            {
                return Err(KeyProblem::Same(owner.clone(), node.id.clone()));
            }
        }
        let keys = Self {
            keyring,
            public_texts: public.iter().map(PublicKey::to_string).collect(),
            public,
            preshared: preshared(mesh, keyring),
        };
        for (place, node) in mesh.nodes.iter().enumerate() {
            for peer in node.peers.iter().filter(|peer| peer.preshared) {
                if keys.preshared(place, peer.node).is_some() {
                    continue;
                }
                let other = mesh.nodes.get(peer.node);
                if let Some(pair) = other.and_then(|other| PairKey::new(&node.id, &other.id)) {
                    return Err(KeyProblem::Preshared(pair));
                }
            }
        }
        Ok(keys)
    }

    /// The preshared key of two machines, by their places.
    fn preshared(&self, one: usize, other: usize) -> Option<&'a PresharedKey> {
        let keys = self.preshared.get(one)?;
        let place = keys.binary_search_by_key(&other, |(with, _)| *with).ok()?;
        keys.get(place).map(|(_, key)| *key)
    }

    /// The public key of a machine as files write it.
    fn public_text(&self, place: usize) -> Option<&str> {
        self.public_texts.get(place).map(String::as_str)
    }

    /// The public key of a machine, by its place.
    #[must_use]
    pub fn public(&self, place: usize) -> Option<PublicKey> {
        self.public.get(place).copied()
    }
}

/// The preshared keys of each machine. The keyring holds them in the order of
/// identities, so one walk along those finds them all.
fn preshared<'a>(mesh: &Mesh, keyring: &'a Keyring) -> Vec<Vec<(usize, &'a PresharedKey)>> {
    let nodes = mesh.nodes.iter().map(|node| &node.id).zip(0..);
    let mut ids: Vec<(&NodeId, usize)> = nodes.collect();
    crate::sorting::sort(&mut ids);
    let mut keys = vec![Vec::new(); ids.len()];
    let mut last = None;
    let (mut first, mut rest) = (None, ids.iter().peekable());
    for (pair, key) in keyring.preshared_keys() {
        let (a, b) = pair.ends();
        if last != Some(a) {
            last = Some(a);
            first = mesh.position(a);
            rest = ids.iter().peekable();
        }
        while rest.next_if(|(id, _)| *id < b).is_some() {}
        let second = rest.next_if(|(id, _)| *id == b).map(|(_, place)| *place);
        if let (Some(one), Some(other)) = (first, second) {
            for (place, with) in [(one, other), (other, one)] {
                if let Some(keys) = keys.get_mut(place) {
                    keys.push((with, key));
                }
            }
        }
    }
    for keys in &mut keys {
        crate::sorting::sort_by(keys, |(one, _), (other, _)| one.cmp(other));
    }
    keys
}

/// Whether a machine gets files at all.
///
/// A machine that is left out gets none, and so does an app that would refuse
/// its file because the private key is kept elsewhere.
#[must_use]
pub fn gets_files(node: &MeshNode) -> bool {
    node.left_out.is_none() && !(node.platform.is_app() && node.own_key.is_some())
}

/// All files of a project, sorted by path. `project_file` is the saved plan,
/// which lies beside them.
#[must_use]
pub fn artifacts(plan: &Plan, mesh: &Mesh, keys: &Keys<'_>, project_file: String) -> Vec<Artifact> {
    let places = 0..mesh.nodes.len();
    let mut artifacts: Vec<Artifact> = places
        .flat_map(|place| artifacts_of(mesh, place, keys))
        .chain(common_artifacts(plan, mesh, project_file))
        .collect();
    crate::sorting::sort_by(&mut artifacts, |one, other| one.path.cmp(&other.path));
    artifacts
}

/// The files of one machine, sorted by path; none if it gets none.
#[must_use]
pub fn artifacts_of(mesh: &Mesh, place: usize, keys: &Keys<'_>) -> Vec<Artifact> {
    let Some(node) = mesh.nodes.get(place).filter(|node| gets_files(node)) else {
        return Vec::new();
    };
    let mut artifacts = vec![wg_quick::artifact(mesh, place, node, keys)];
    let others = system_files(mesh, node, Some(keys));
    artifacts.extend(others.into_iter().map(|file| file.of(node)));
    crate::sorting::sort_by(&mut artifacts, |one, other| one.path.cmp(&other.path));
    artifacts
}

/// What lies beside the machines' folders: the bring-up, and the saved plan.
#[must_use]
pub fn common_artifacts(plan: &Plan, mesh: &Mesh, project_file: String) -> [Artifact; 2] {
    let common = |kind, path: &str, text| Artifact {
        node: None,
        kind,
        path: path.to_owned(),
        mode: PLAIN_MODE,
        text: Zeroizing::new(text),
    };
    [
        common(Kind::Readme, "README.md", readme::text(plan, mesh)),
        common(Kind::Project, "meshwright.json", project_file),
    ]
}

/// The files of one machine that decide where packets go: its config, and its
/// kernel settings if it has any.
#[must_use]
pub fn packet_files(
    mesh: &Mesh,
    place: usize,
    keys: &Keys<'_>,
) -> Option<(Artifact, Option<Artifact>)> {
    let node = mesh.nodes.get(place).filter(|node| gets_files(node))?;
    let config = wg_quick::artifact(mesh, place, node, keys);
    Some((config, sysctl::file(node).map(|file| file.of(node))))
}

/// A file of a machine beside its config. None holds a secret.
struct SystemFile {
    kind: Kind,
    /// From the root of the machine, or from its folder where it belongs nowhere.
    path: String,
    mode: u32,
    text: String,
}

impl SystemFile {
    fn new(kind: Kind, path: String, mode: u32, text: String) -> Self {
        Self {
            kind,
            path,
            mode,
            text,
        }
    }

    fn of(self, node: &MeshNode) -> Artifact {
        Artifact {
            node: Some(node.id.clone()),
            kind: self.kind,
            path: format!("{}/{}", node.name, self.path),
            mode: self.mode,
            text: Zeroizing::new(self.text),
        }
    }
}

/// The files of a machine beside its config, in the order in which they are
/// installed. Without keys some lines are missing, but no file.
fn system_files(mesh: &Mesh, node: &MeshNode, keys: Option<&Keys<'_>>) -> Vec<SystemFile> {
    let mut files: Vec<SystemFile> = sysctl::file(node).into_iter().collect();
    files.extend(units::files(node, keys));
    files.extend(names::files(mesh, node));
    files
}

/// A machine's config as lines that can say why they are there.
#[must_use]
pub fn preview(mesh: &Mesh, place: usize, keys: &Keys<'_>) -> Vec<PreviewLine> {
    wg_quick::preview(mesh, place, keys)
}

/// A machine's config without comments, as a QR code carries it.
#[must_use]
pub fn compact_secret_text(mesh: &Mesh, place: usize, keys: &Keys<'_>) -> SecretText {
    wg_quick::compact_secret_text(mesh, place, keys)
}
