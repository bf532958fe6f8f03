//! Placeholder of the drawer.

use std::rc::Rc;

use yew::prelude::*;

use super::session::{Clip, Download, Kept, Keys, Tab};
use crate::mesh::Mesh;
use crate::plan::{NodeId, Plan};

/// What the drawer shows.
#[derive(Clone, PartialEq, Properties)]
pub struct DrawerProps {
    /// The plan.
    pub plan: Rc<Plan>,
    /// Its mesh.
    pub mesh: Rc<Mesh>,
    /// The open tab.
    pub tab: Option<Tab>,
    /// Whose files show.
    pub file_of: Option<NodeId>,
    /// The keys.
    pub keys: Keys,
    /// Where secrets are kept.
    pub kept: Kept,
    /// Something shall be downloaded.
    pub on_download: Callback<Download>,
    /// Something shall be copied.
    pub on_copy: Callback<Clip>,
    /// A keyring file shall be opened.
    pub on_open_keyring: Callback<()>,
    /// New keys shall be made for a plan whose keys are elsewhere.
    pub on_make_keys: Callback<()>,
}

/// Placeholder.
#[component]
pub fn Drawer(_props: &DrawerProps) -> Html {
    html! {}
}
