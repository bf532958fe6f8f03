//! Everything that can be done by a key or found by its name, in one table:
//! the handlers, the palette and the sheet of keys all read it, so none of them
//! can say another thing than the others.

mod keys;
mod names;
mod table;

use super::icon::Glyph;
use crate::browser::contrast::Contrast;

pub use keys::{aria_keys, key_of, pressed, shown, with_key};
pub use table::ROWS;

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Search for anything.
    Search,
    /// Show all keys.
    Keys,
    /// Go to the next pane.
    NextPane,
    /// Go to the pane before.
    PreviousPane,
    /// Explain what is pointed at.
    Explain,
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Add a machine or a site.
    Add,
    /// Add several machines, typed or pasted as lines.
    AddSeveral,
    /// Delete what is selected.
    Remove,
    /// Bring everything into order, or what is selected.
    Tidy,
    /// Select and move with the pointer.
    SelectTool,
    /// Move the view with the pointer.
    PanTool,
    /// Connect with the pointer.
    ConnectTool,
    /// Show everything.
    Fit,
    /// Zoom in.
    ZoomIn,
    /// Zoom out.
    ZoomOut,
    /// Zoom to 100 %.
    ZoomFull,
    /// Show or hide the minimap.
    Minimap,
    /// Change between the canvas and the table.
    View,
    /// Show the findings.
    Findings,
    /// Show the matrix.
    Matrix,
    /// Show the files.
    Files,
    /// Show the guide.
    Guide,
    /// Close the drawer.
    CloseDrawer,
    /// Select the whole mesh.
    WholeMesh,
    /// Show all projects and the ways to begin.
    Projects,
    /// Begin an empty mesh.
    New,
    /// Open a file.
    Open,
    /// Save the project file.
    Save,
    /// Download all files.
    Archive,
    /// Download the keyring.
    Keyring,
    /// Save the whole drawing as an SVG file.
    SaveSvg,
    /// Save the whole drawing as a PNG file.
    SavePng,
    /// Print the drawing and what there is to know of each machine.
    Print,
    /// Change between light and dark.
    Theme,
    /// Show this contrast, or what the system asks for.
    Contrast(Option<Contrast>),
    /// Forget all keys.
    Forget,
    /// Walk what is drawn.
    Walk,
    /// Open what has the focus in the inspector.
    Inspect,
    /// Move what is selected, far.
    MoveFar,
    /// Move what is selected, a little.
    MoveNear,
    /// Select every machine and site.
    SelectAll,
    /// Copy what is selected.
    Copy,
    /// Copy what is selected, and take it out.
    Cut,
    /// Put in what was copied.
    Paste,
    /// Put a copy of what is selected beside it.
    Duplicate,
    /// Stop what is under way, or select nothing.
    Stop,
}

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On the whole page, also while somebody types.
    Everywhere,
    /// On the whole page, but not while somebody types.
    Page,
    /// With the focus on the canvas, or nowhere.
    Canvas,
    /// The same, in the canvas's own words: the table only tells of it.
    Told,
}

/// What belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Going about.
    Go,
    /// Changing the mesh.
    Edit,
    /// The canvas.
    Canvas,
    /// The whole project.
    Project,
}

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// What is done.
    pub deed: Deed,
    /// What it belongs to.
    pub group: Group,
    /// Where its keys work.
    pub place: Where,
    /// Its keys, such as "Ctrl+Shift+Z". Ctrl is the Command key on Apple's machines.
    pub keys: &'static [&'static str],
    /// Its picture.
    pub glyph: Glyph,
}

impl Deed {
    /// Its line in the table.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.deed == self)
    }
}
