//! What the actions are called.

use yew::AttrValue;

use super::{Deed, Group};
use crate::browser::contrast::Contrast;
use crate::ui::words::t;

impl Deed {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> AttrValue {
        match self {
            Self::Search => t!("Search or run a command"),
            Self::Keys => t!("Show all keys"),
            Self::NextPane => t!("Go to the next pane"),
            Self::PreviousPane => t!("Go to the pane before"),
            Self::Explain => t!("Explain what I point at"),
            Self::Undo => t!("Undo"),
            Self::Redo => t!("Redo"),
            Self::Add => t!("Add a machine or a site"),
            Self::AddSeveral => t!("Add several machines"),
            Self::Remove => t!("Delete what is selected"),
            Self::Tidy => t!("Tidy up"),
            Self::SelectTool => t!("Select and move"),
            Self::PanTool => t!("Move the view"),
            Self::ConnectTool => t!("Connect two machines"),
            Self::Fit => t!("Show everything"),
            Self::ZoomIn => t!("Zoom in"),
            Self::ZoomOut => t!("Zoom out"),
            Self::ZoomFull => t!("Zoom to 100 %"),
            Self::Minimap => t!("Minimap"),
            Self::View => t!("Change between canvas and table"),
            Self::Findings => t!("Show the findings"),
            Self::Matrix => t!("Show the matrix"),
            Self::Files => t!("Show the files"),
            Self::Guide => t!("Show the guide"),
            Self::CloseDrawer => t!("Close the drawer"),
            Self::WholeMesh => t!("Settings of the whole mesh"),
            Self::Projects => t!("Start page with all projects"),
            Self::New => t!("New, empty mesh"),
            Self::Open => t!("Open a project file or keyring"),
            Self::Save => t!("Download the project file"),
            Self::Archive => t!("Download all files as a zip"),
            Self::Keyring => t!("Download the keyring"),
            Self::SaveSvg => t!("Save the drawing as SVG"),
            Self::SavePng => t!("Save the drawing as PNG"),
            Self::Print => t!("Print the overview"),
            Self::Theme => t!("Change between light and dark"),
            Self::Contrast(Some(Contrast::More)) => t!("More contrast"),
            Self::Contrast(Some(Contrast::Standard)) => t!("Standard contrast"),
            Self::Contrast(None) => t!("Contrast as the system asks for it"),
            Self::Forget => t!("Forget the keys of this mesh"),
            Self::Walk => t!("Go to what is drawn next to it"),
            Self::Inspect => t!("Open it in the inspector"),
            Self::MoveFar => t!("Move what is selected"),
            Self::MoveNear => t!("Move it a little"),
            Self::SelectAll => t!("Select all"),
            Self::Copy => t!("Copy what is selected"),
            Self::Cut => t!("Cut what is selected"),
            Self::Paste => t!("Paste"),
            Self::Duplicate => t!("Duplicate what is selected"),
            Self::Stop => t!("Stop what is under way, or select nothing"),
        }
    }
}

impl Group {
    /// All groups, in the order in which they show.
    pub const ALL: [Self; 4] = [Self::Go, Self::Edit, Self::Canvas, Self::Project];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> AttrValue {
        match self {
            Self::Go => t!("Going about"),
            Self::Edit => t!("Changing the mesh"),
            Self::Canvas => t!("Canvas"),
            Self::Project => t!("Project"),
        }
    }
}
