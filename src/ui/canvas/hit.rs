//! What lies under a pointer or has the focus, read from the drawing's elements.

use web_sys::Element;

use crate::editor::scene::Target;
use crate::plan::{NodeId, SiteId};

/// What lies under a pointer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Hit {
    /// A handle of a machine, where connections begin.
    Handle(NodeId),
    /// A site, a machine or a line.
    Target(Target),
    /// Nothing.
    Ground,
}

/// What an element stands for.
pub(super) fn hit_of(element: &Element) -> Hit {
    let near = |name: &str| {
        let found = element.closest(&format!("[{name}]")).ok().flatten()?;
        found.get_attribute(name)
    };
    let node = near("data-node").map(|id| NodeId::new(&id));
    match (node, near("data-handle")) {
        (Some(id), Some(_)) => return Hit::Handle(id),
        (Some(id), None) => return Hit::Target(Target::Node(id)),
        (None, _) => {}
    }
    if let Some(key) = near("data-link") {
        return Hit::Target(Target::Link(key));
    }
    near("data-site").map_or(Hit::Ground, |id| {
        Hit::Target(Target::Site(SiteId::new(&id)))
    })
}
