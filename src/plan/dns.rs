//! Names inside the mesh.

use super::{HostName, NodeId};

/// How machines of the mesh are found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dns {
    /// The domain that their names lie in: `nas` becomes `nas.mesh.internal`.
    pub domain: HostName,
    /// The machine that answers for the domain, if one does.
    pub server: Option<NodeId>,
    /// Whether that machine answers for all other names, too.
    pub answers_public: bool,
}
