//! The proof of the open project: its files are written, read again, and
//! proved, and the result is laid beside what the plan wants.

mod against;
mod quote;

use std::rc::Rc;

use litemap::LiteMap;

use crate::keyring::Keyring;
use crate::mesh::{Mesh, MeshNode, Verdict};
use crate::plan::{NodeId, Plan};
use crate::proof::{Line, MachineFiles, Proof, Tally, Target, Which, World};
use crate::render::{Artifact, KeyProblem, Keys, packet_files};

pub use against::contradictions;
pub use quote::Quote;

/// Files that were read before, so that only those that changed are read again.
///
/// Holds secrets, so it can neither be printed nor serialized.
#[derive(Default)]
pub struct ReadBefore {
    machines: LiteMap<NodeId, Rc<Known>>,
}

/// A machine's files as they were written, and as they were read.
struct Known {
    config: Artifact,
    sysctl: Option<Artifact>,
    files: MachineFiles,
}

impl Known {
    /// Reads files, unless they are the same as before.
    fn read(
        node: &MeshNode,
        (config, sysctl): (Artifact, Option<Artifact>),
        before: Option<Rc<Self>>,
    ) -> Rc<Self> {
        if let Some(known) = before
            && known.config.secret_text() == config.secret_text()
            && known.sysctl.as_ref().map(Artifact::secret_text)
                == sysctl.as_ref().map(Artifact::secret_text)
        {
            return known;
        }
        let name = node.name.as_str();
        let mut files = MachineFiles::read(name, node.platform, &config.path, config.secret_text());
        if let Some(file) = &sysctl {
            files = files.with_sysctl(&file.path, file.secret_text());
        }
        Rc::new(Self {
            config,
            sysctl,
            files,
        })
    }
}

impl ReadBefore {
    /// Forgets machines that a mesh does not have.
    pub fn keep_those_of(&mut self, mesh: &Mesh) {
        let there = |id: &NodeId| mesh.nodes.iter().any(|node| node.id == *id);
        self.machines.retain(|id, _| there(id));
    }
}

/// The files of a whole project as their readers read them.
///
/// Holds secrets, so it can neither be printed nor serialized.
#[derive(Default)]
pub struct ProjectFiles {
    machines: Vec<Rc<Known>>,
}

impl ProjectFiles {
    /// Writes the files of a project as they would be handed over, and reads
    /// them as the machines would.
    ///
    /// # Errors
    /// A key is missing, or two machines have the same one.
    pub fn read(
        mesh: &Mesh,
        keyring: &Keyring,
        before: &mut ReadBefore,
    ) -> Result<Self, KeyProblem> {
        let keys = Keys::complete(mesh, keyring)?;
        let mut files = Self::default();
        for place in 0..mesh.nodes.len() {
            files.add(mesh, place, &keys, before);
        }
        before.keep_those_of(mesh);
        Ok(files)
    }

    /// Writes and reads the files of one more machine, for those who have other
    /// things to do in between.
    pub fn add(&mut self, mesh: &Mesh, place: usize, keys: &Keys<'_>, before: &mut ReadBefore) {
        let node = mesh.nodes.get(place);
        if let Some((node, written)) = node.zip(packet_files(mesh, place, keys)) {
            let known = Known::read(node, written, before.machines.remove(&node.id));
            self.machines.push(Rc::clone(&known));
            before.machines.insert(node.id.clone(), known);
        }
    }

    /// The machines of the plan with these files.
    #[must_use]
    pub fn world<'a>(&'a self, plan: &'a Plan) -> World<'a> {
        World::new(plan, self.machines.iter().map(|known| &known.files))
    }

    /// A line of a machine's files, to be shown. Keys are left out.
    #[must_use]
    pub fn quote(&self, machine: &str, line: Line) -> Option<Quote> {
        let mut machines = self.machines.iter();
        let known = machines.find(|known| known.files.name == machine)?;
        let file = match line.which {
            Which::Config => Some(&known.config),
            Which::Sysctl => known.sysctl.as_ref(),
        };
        Quote::of(file?.secret_text(), line.at.line, line.at.column)
    }
}

/// Whether the plan wants packets to get from a machine to a target: those of
/// pairs that must not talk, and of LANs that are kept from a machine, must not.
#[must_use]
pub fn is_wanted(mesh: &Mesh, from: usize, target: Target) -> bool {
    let talk = mesh
        .pair(from, target.owner())
        .is_some_and(|pair| pair.verdict != Verdict::Never);
    talk && match target {
        Target::Machine(_) | Target::Internet(..) => true,
        Target::Lan(owner, net) => mesh.nodes.get(owner).is_some_and(|node| {
            let mut shares = node.shares.iter();
            shares.any(|share| share.prefix.net() == net && share.is_for(from))
        }),
    }
}

/// Counts what gets through of what the plan wants.
#[must_use]
pub fn tally(mesh: &Mesh, proof: &Proof) -> Tally {
    proof.tally(|from, target| is_wanted(mesh, from, target))
}
