//! Whether files may leave the page without a question: not if something that
//! the plan wants does not get through by them.

use crate::mesh::Mesh;
use crate::proof::Target;

use super::proving::{Phase, Proved, Proving, Stop};
use super::session::Download;

/// Whether a download needs a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It does not.
    None,
    /// It does: something is broken.
    Broken,
    /// Nobody knows yet.
    Unknown,
}

/// Whether a download needs a question.
pub(super) fn doubt(proof: &Proving, mesh: &Mesh, download: &Download) -> Doubt {
    if matches!(download, Download::Project | Download::Keyring) {
        return Doubt::None;
    }
    let broken = match (&proof.phase, proof.done()) {
        (Phase::Running(_), _) => return Doubt::Unknown,
        (_, Some(proved)) => stops_of(proved, download).next().is_some(),
        // What the planner knows is better than nothing.
        (_, None) => mesh.has_impossible_pairs(),
    };
    if broken { Doubt::Broken } else { Doubt::None }
}

/// What does not get through by the files of a download. A file of one machine
/// is to blame for nothing that neither begins, ends nor stops there.
pub(super) fn stops_of<'a>(
    proved: &'a Proved,
    download: &Download,
) -> impl Iterator<Item = (Stop, Target)> + 'a {
    let nodes = proved.mesh.nodes.iter();
    let only: Option<Vec<bool>> = match download {
        Download::File(path) => {
            // Other files decide over no packet.
            let owner = path.split('/').next();
            let owner = owner.filter(|_| path.strip_suffix(".conf").is_some());
            Some(
                nodes
                    .map(|node| owner == Some(node.name.as_str()))
                    .collect(),
            )
        }
        Download::QrCode(of) => Some(nodes.map(|node| node.id == *of).collect()),
        Download::PhoneArchive => Some(nodes.map(|node| node.platform.is_app()).collect()),
        Download::Archive | Download::Project | Download::Keyring => None,
    };
    proved.stops.iter().filter_map(move |stop| {
        let target = proved.target(stop.place)?;
        let blamed = proved.trouble(*stop).map(|trouble| trouble.machine);
        let concerned = [Some(stop.from), Some(target.owner()), blamed];
        let concerns = |only: &Vec<bool>| {
            let mut places = concerned.iter().flatten();
            places.any(|place| only.get(*place).copied().unwrap_or(false))
        };
        only.as_ref()
            .is_none_or(concerns)
            .then_some((*stop, target))
    })
}
