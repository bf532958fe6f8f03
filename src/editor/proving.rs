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
use crate::render::{Artifact, KeyProblem, Keys, gets_files, packet_files};

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

/// The files of a whole project as their readers read them.
///
/// Holds secrets, so it can neither be printed nor serialized.
pub struct ProjectFiles {
    machines: Vec<Rc<Known>>,
}

/// Writes the files of a project as they would be handed over, and reads them
/// as the machines would: one machine after the other, since a large project
/// takes long.
pub struct Reading<'a> {
    mesh: &'a Mesh,
    keys: Keys<'a>,
    before: &'a mut ReadBefore,
    /// The next machine.
    place: usize,
    machines: Vec<Rc<Known>>,
}

impl<'a> Reading<'a> {
    /// Begins with the first machine.
    ///
    /// # Errors
    /// A key is missing, or two machines have the same one.
    pub fn begin(
        mesh: &'a Mesh,
        keyring: &'a Keyring,
        before: &'a mut ReadBefore,
    ) -> Result<Self, KeyProblem> {
        Ok(Self {
            mesh,
            keys: Keys::complete(mesh, keyring)?,
            before,
            place: 0,
            machines: Vec::with_capacity(mesh.nodes.len()),
        })
    }

    /// Writes and reads the files of the next machine; `false` after the last.
    pub fn step(&mut self) -> bool {
        let Some(node) = self.mesh.nodes.get(self.place) else {
            return false;
        };
        if let Some(written) = packet_files(self.mesh, self.place, &self.keys) {
            let known = &mut self.before.machines;
            let read = Known::read(node, written, known.remove(&node.id));
            self.machines.push(Rc::clone(&read));
            known.insert(node.id.clone(), read);
        }
        self.place += 1;
        true
    }

    /// All files, once there is no further step.
    #[must_use]
    pub fn finish(self) -> ProjectFiles {
        let mesh = self.mesh;
        let exists = |node: &NodeId| mesh.position(node).is_some();
        self.before.machines.retain(|node, _| exists(node));
        ProjectFiles {
            machines: self.machines,
        }
    }
}

impl ProjectFiles {
    /// The same at one go.
    ///
    /// # Errors
    /// A key is missing, or two machines have the same one.
    pub fn read(
        mesh: &Mesh,
        keyring: &Keyring,
        before: &mut ReadBefore,
    ) -> Result<Self, KeyProblem> {
        let mut reading = Reading::begin(mesh, keyring, before)?;
        while reading.step() {}
        Ok(reading.finish())
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

/// The machines of which nothing is proved, since their owners write their
/// files: apps that keep their keys to themselves.
pub fn unseen(mesh: &Mesh) -> impl Iterator<Item = &MeshNode> {
    let nodes = mesh.nodes.iter();
    nodes.filter(|node| node.left_out.is_none() && !gets_files(node))
}

/// Counts what gets through of what the plan wants.
#[must_use]
pub fn tally(mesh: &Mesh, proof: &Proof) -> Tally {
    proof.tally(|from, target| is_wanted(mesh, from, target))
}
