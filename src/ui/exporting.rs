//! Whether files may leave the page without a question: not if something that
//! the plan wants does not get through by them.

use crate::mesh::Mesh;
use crate::proof::{Outcome, Target};

use super::proving::{Proved, Proving, Stop};
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
    let configs = match download {
        Download::Archive | Download::PhoneArchive | Download::File(_) | Download::QrCode(_) => {
            true
        }
        Download::Project | Download::Keyring => false,
    };
    let broken = match proof {
        _ if !configs => false,
        Proving::Running { .. } => return Doubt::Unknown,
        Proving::Done(proved) => stops_of(proved, download).next().is_some(),
        // What the planner knows is better than nothing.
        Proving::Failed(_) => mesh.has_impossible_pairs(),
    };
    if broken { Doubt::Broken } else { Doubt::None }
}

/// What does not get through by the files of a download. A file of one machine
/// is to blame for nothing that neither begins, ends nor stops there.
pub(super) fn stops_of<'a>(
    proved: &'a Proved,
    download: &Download,
) -> impl Iterator<Item = (Stop, Target, &'a Outcome)> {
    let only: Option<Vec<usize>> = match download {
        Download::File(path) => Some(owner_of(proved, path).into_iter().collect()),
        Download::QrCode(node) => Some(proved.mesh.position(node).into_iter().collect()),
        Download::PhoneArchive => {
            let nodes = proved.mesh.nodes.iter().enumerate();
            let apps = nodes.filter(|(_, node)| node.platform.is_app());
            Some(apps.map(|(place, _)| place).collect())
        }
        _ => None,
    };
    proved.stops.iter().filter_map(move |stop| {
        let outcome = proved.proof.cell(stop.from, stop.place)?.worst()?;
        let target = proved.target(stop.place)?;
        let concerns = |machine: &usize| {
            let fault = outcome.fault.as_ref();
            stop.from == *machine
                || target.owner() == *machine
                || fault.is_some_and(|fault| fault.machine == *machine)
        };
        only.as_ref()
            .is_none_or(|only| only.iter().any(concerns))
            .then_some((*stop, target, outcome))
    })
}

/// The machine whose config or kernel settings a file is. Other files decide
/// over no packet.
fn owner_of(proved: &Proved, path: &str) -> Option<usize> {
    let mut machines = proved.proof.paths.iter();
    machines.position(|paths| paths.iter().flatten().any(|own| own == path))
}
