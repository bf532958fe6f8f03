//! What a person wants to see or to have, in terms that outlive edits.

use ipnet::IpNet;
use yew::AttrValue;

use crate::keyring::SecretText;
use crate::mesh::Subject;
use crate::plan::{Family, NodeId};
use crate::ui::actions::Deed;

/// The tabs of the drawer, and on narrow screens those of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What is wrong or worth knowing.
    Findings,
    /// What is proved for each pair.
    Matrix,
    /// The files of every machine.
    Files,
    /// How to bring the mesh up.
    Guide,
}

/// How the plan is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Drawn.
    Canvas,
    /// As tables of its machines, sites and pairs.
    Table,
}

impl View {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Canvas => Self::Table,
            Self::Table => Self::Canvas,
        }
    }
}

/// What lies over the page while somebody looks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Search and commands.
    Palette,
    /// All keys.
    Keys,
    /// All projects of this browser.
    Projects,
    /// Several machines, typed or pasted as lines.
    AddSeveral,
}

/// What the whole drawing is wanted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A file that can be enlarged without end.
    Svg,
    /// A file of pixels.
    Png,
    /// On paper, with what there is to know of each machine.
    Paper,
}

/// What the canvas is asked to do from elsewhere on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// What one of its own keys does.
    Do(Deed),
    /// Bring something into view, and give it the focus.
    Show(Subject),
}

/// What a person wants to see walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// From which machine.
    pub from: NodeId,
    /// To which machine, or through which.
    pub owner: NodeId,
    /// What lies beyond it.
    pub beyond: Beyond,
}

/// What packets are sent to at a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// The machine itself.
    Itself,
    /// A LAN that it shares.
    Lan(IpNet),
    /// The internet.
    Internet(Family),
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLine {
    /// Whose file.
    pub node: NodeId,
    /// Its path in the archive.
    pub path: String,
    /// The number of the line, beginning at 1.
    pub line: u32,
}

/// What a person downloads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Download {
    /// Everything, one folder per machine.
    Archive,
    /// Tunnel files for the apps, nothing else.
    PhoneArchive,
    /// One file of one machine, by its path in the archive.
    File(String),
    /// The QR code of one machine as an SVG file.
    QrCode(NodeId),
    /// The plan without secrets.
    Project,
    /// All secrets.
    Keyring,
}

/// Text for the clipboard, which may be a secret.
#[derive(Clone)]
pub struct Clip {
    /// The text.
    pub secret_text: SecretText,
    /// What it is, as in "Copied the public key of nas".
    pub what: AttrValue,
}

/// A short message at the bottom left, with a way to undo if it is a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What happened.
    pub text: AttrValue,
    /// Whether undo takes it back.
    pub undo: bool,
    /// Grows with every message, so that equal messages show again.
    pub number: u32,
}
