//! The icons: one family on a 16 px grid, round strokes of 1.5 px, no fills.
//!
//! A dot is a line without length, which the round cap turns into a disc. The
//! canvas draws the same paths inside its own SVG.

use yew::prelude::*;

use crate::plan::Form;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A server, two units high.
    Server,
    /// A network storage with drive slots.
    Nas,
    /// A single-board computer.
    Board,
    /// A desktop or laptop.
    Computer,
    /// A phone or tablet.
    Phone,
    /// A router with its antenna.
    Router,
    /// A site.
    House,
    /// The internet.
    Globe,
    /// It roams.
    Pin,
    /// It relays, or a path passes through it.
    Relay,
    /// A LAN shared with the mesh.
    Lan,
    /// It dials out.
    DialsOut,
    /// It can be dialled.
    Open,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// How much light and dark differ.
    Contrast,
    /// Download.
    Download,
    /// Copy.
    Copy,
    /// Cut.
    Cut,
    /// Paste.
    Paste,
    /// A copy beside the first.
    Duplicate,
    /// Show what is hidden.
    Eye,
    /// Hide what is shown.
    EyeOff,
    /// Close.
    Close,
    /// A warning.
    Warning,
    /// An error.
    Error,
    /// Something worth knowing.
    Info,
    /// Done, or in order.
    Check,
    /// A fix.
    Bolt,
    /// Power: something is lost when a machine is down.
    Plug,
    /// Add.
    Plus,
    /// Take away, zoom out.
    Minus,
    /// Pan the canvas.
    Hand,
    /// Select on the canvas.
    Pointer,
    /// Add a machine.
    AddMachine,
    /// Connect two machines.
    Link,
    /// Add a site.
    SiteFrame,
    /// One thing above two others, in line.
    Tidy,
    /// Fit everything into view.
    Fit,
    /// The whole plan in a corner.
    Minimap,
    /// Towards the top.
    ChevronUp,
    /// Towards the bottom.
    ChevronDown,
    /// Towards the end of the line.
    ChevronRight,
    /// Rows and columns.
    Grid,
    /// A file.
    File,
    /// A text to read.
    Book,
    /// A folder.
    Folder,
    /// A closed lock.
    Lock,
    /// A key.
    Key,
    /// More actions.
    Dots,
    /// All pairs connect.
    Shield,
    /// Delete.
    Trash,
    /// Change a name.
    Pencil,
    /// Both directions.
    BothWays,
    /// Several files in one.
    Archive,
    /// The canvas as a pane.
    Canvas,
    /// Rows and columns.
    Table,
    /// Find.
    Search,
    /// Keys.
    Keyboard,
}

/// The path of an icon.
#[must_use]
// A table: one line per icon, and nothing to divide.
#[allow(clippy::too_many_lines)]
pub fn path(glyph: Glyph) -> &'static str {
    match glyph {
        Glyph::Server => {
            "M3.5 2.5h9a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM3.5 8.5h9a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM5.25 5h0M5.25 11h0M8.5 5h2.25M8.5 11h2.25"
        }
        Glyph::Nas => {
            "M4 2h8a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 12 14H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 2zM5.5 5v4M8 5v4M10.5 5v4M5.5 11.5h5"
        }
        Glyph::Board => {
            "M3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1zM7 6.25h3v3.5H7zM4.5 6.25h0M4.5 9.75h0M12 6.25v3.5M5 1.5v2M8 1.5v2M11 1.5v2"
        }
        Glyph::Computer => "M4 3h8a1 1 0 0 1 1 1v6.5H3V4a1 1 0 0 1 1-1zM1.5 12.75h13",
        Glyph::Phone => {
            "M5.5 1.5h5A1.5 1.5 0 0 1 12 3v10a1.5 1.5 0 0 1-1.5 1.5h-5A1.5 1.5 0 0 1 4 13V3a1.5 1.5 0 0 1 1.5-1.5zM7.25 12h1.5"
        }
        Glyph::Router => {
            "M3 8.5h10a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-3a1 1 0 0 1 1-1zM4.75 11h0M7.25 11h0M11 8.5V5M8.75 3.75a3.2 3.2 0 0 1 4.5 0"
        }
        Glyph::House => "M2 7.75 8 2.5l6 5.25M3.75 6.5v6.75h8.5V6.5M6.5 13.25v-4h3v4",
        Glyph::Globe => {
            "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM2 8h12M8 2c1.7 1.6 2.5 3.7 2.5 6S9.7 12.4 8 14c-1.7-1.6-2.5-3.7-2.5-6S6.3 3.6 8 2z"
        }
        Glyph::Pin => {
            "M8 14.25c3-2.9 4.5-5.3 4.5-7.5a4.5 4.5 0 0 0-9 0c0 2.2 1.5 4.6 4.5 7.5zM8 8.25a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z"
        }
        Glyph::Relay => "M2.5 5.5h10.5M10.5 3 13 5.5 10.5 8M13.5 10.5H3M5.5 8 3 10.5 5.5 13",
        Glyph::Lan => "M6.25 2h3.5v3h-3.5zM2 11h3.5v3H2zM10.5 11H14v3h-3.5zM8 5v3M3.75 11V8h8.5v3",
        Glyph::DialsOut => {
            "M14 8a6 6 0 0 1-6 6M8 2a6 6 0 0 0-6 6M4 12.5h0M11.8 3.6h0M6.25 9.75l3.5-3.5M6.75 6.25h3v3M2.6 10.6h0M10.5 2.7h0M5.9 13.6h0M13.5 5.6h0"
        }
        Glyph::Open => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM9.75 6.25l-3.5 3.5M9.25 9.75h-3v-3",
        Glyph::Undo => "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H7",
        Glyph::Redo => "M10.5 3l3 3-3 3M13.5 6h-7a4 4 0 0 0 0 8H9",
        Glyph::Sun => {
            "M10.75 8a2.75 2.75 0 1 1-5.5 0 2.75 2.75 0 0 1 5.5 0zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7"
        }
        Glyph::Moon => "M13.5 9.75A5.75 5.75 0 0 1 6.25 2.5a5.75 5.75 0 1 0 7.25 7.25z",
        Glyph::Contrast => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 2v12M8 5h5M8 8h6M8 11h5",
        Glyph::Download => "M8 2v8M4.75 7 8 10.25 11.25 7M2.5 13.5h11",
        Glyph::Copy => {
            "M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"
        }
        Glyph::Cut => {
            "M6 4a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM6 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM5.5 5.25 13.5 12M5.5 10.75 13.5 4"
        }
        Glyph::Paste => {
            "M6 2.5h4v2H6zM6 3.5H4.5a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-8a1 1 0 0 0-1-1H10M6 8h4M6 10.5h2.5"
        }
        Glyph::Duplicate => {
            "M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zM9.5 7.75v3.5M7.75 9.5h3.5M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"
        }
        Glyph::Eye => {
            "M1.5 8C3 5.2 5.3 3.75 8 3.75S13 5.2 14.5 8C13 10.8 10.7 12.25 8 12.25S3 10.8 1.5 8zM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
        }
        Glyph::EyeOff => {
            "M6.3 4A6.7 6.7 0 0 1 8 3.75c2.7 0 5 1.45 6.5 4.25-.5.9-1 1.65-1.7 2.25M4.2 5.1C3.1 5.8 2.2 6.8 1.5 8 3 10.8 5.3 12.25 8 12.25c1.2 0 2.3-.3 3.3-.8M9.5 9.4a2 2 0 0 1-2.9-2.8M2.5 2.5l11 11"
        }
        Glyph::Close => "M3.5 3.5l9 9M12.5 3.5l-9 9",
        Glyph::Warning => {
            "M7.15 2.7 1.9 12a1 1 0 0 0 .85 1.5h10.5a1 1 0 0 0 .85-1.5L8.85 2.7a1 1 0 0 0-1.7 0zM8 6.25V9M8 11.25h0"
        }
        Glyph::Info => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.5v3.5M8 5v.2",
        Glyph::Error => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6 6l4 4M10 6l-4 4",
        Glyph::Check => "M2.75 8.5 6.25 12l7-7.5",
        Glyph::Bolt => "M9 1.75 3 9.25h4.25L7 14.25l6-7.5H8.75z",
        Glyph::Plug => "M5.5 2v3M10.5 2v3M3.5 5h9v2.5a4.5 4.5 0 0 1-9 0zM8 12v2.5",
        Glyph::Plus => "M8 2.75v10.5M2.75 8h10.5",
        Glyph::Minus => "M2.75 8h10.5",
        Glyph::Hand => {
            "M5 8.5V4a1 1 0 0 1 2 0v3.5V3a1 1 0 0 1 2 0v4.5V4a1 1 0 0 1 2 0v4V6a1 1 0 0 1 2 0v4a4.5 4.5 0 0 1-4.5 4.5c-2 0-3-.8-4-2.3L2.6 9.6a1 1 0 0 1 1.6-1.1L5 9.5z"
        }
        Glyph::Pointer => "M4 2.5l8.5 5.25-3.75 1L6.75 12z",
        Glyph::AddMachine => {
            "M2.5 4.5h6a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1zM12.75 5.75v4.5M10.75 8h4"
        }
        Glyph::Link => {
            "M4.75 13a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0zM14.75 3a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0zM4.3 11.7l7.4-7.4"
        }
        Glyph::SiteFrame => {
            "M2.5 5V3.5a1 1 0 0 1 1-1H5M7.25 2.5h1.5M11 2.5h1.5a1 1 0 0 1 1 1V5M13.5 7.25v.5M8 13.5h-.5M5 13.5H3.5a1 1 0 0 1-1-1V11M2.5 8.75v-1.5M12 10v4M10 12h4"
        }
        Glyph::Tidy => {
            "M5.75 2.5h4.5v3h-4.5zM2.5 10.5h4v3h-4zM9.5 10.5h4v3h-4zM4.5 10.5V8h7v2.5M8 5.5V8"
        }
        Glyph::Fit => "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
        Glyph::Minimap => "M2 3h12v10H2zM8 13V8h6",
        Glyph::ChevronUp => "M4 10l4-4 4 4",
        Glyph::ChevronDown => "M4 6l4 4 4-4",
        Glyph::ChevronRight => "M6 4l4 4-4 4",
        Glyph::Grid => "M2.5 2.5h11v11h-11zM2.5 6.15h11M2.5 9.85h11M6.15 2.5v11M9.85 2.5v11",
        Glyph::File => {
            "M4.5 1.75h4.75L12.75 5v8.25a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V2.75a1 1 0 0 1 1-1zM9 2v3.25h3.5M6 8.5h4M6 11.25h4"
        }
        Glyph::Book => {
            "M8 4.25C7 3.25 5.5 2.75 3.5 2.75h-2v9.75h2c2 0 3.5.5 4.5 1.5 1-1 2.5-1.5 4.5-1.5h2V2.75h-2c-2 0-3.5.5-4.5 1.5zM8 4.25V14"
        }
        Glyph::Folder => {
            "M2 12.5V4a1 1 0 0 1 1-1h3l1.5 1.75H12a1 1 0 0 1 1 1v1.25M2 12.5l1.75-4.8a1 1 0 0 1 .95-.7h9.05a.7.7 0 0 1 .65.95L12.9 12.3a1 1 0 0 1-.95.7H2.4a.4.4 0 0 1-.4-.5z"
        }
        Glyph::Lock => {
            "M4 7h8a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zM5.25 7V4.75a2.75 2.75 0 0 1 5.5 0V7"
        }
        Glyph::Key => {
            "M8.25 10.75a3.25 3.25 0 1 1-6.5 0 3.25 3.25 0 0 1 6.5 0zM7.4 8.6l6.1-6.1M10.25 5.75l2.25 2.25M12 4l1.75 1.75"
        }
        Glyph::Dots => {
            "M3.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0zM8.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0zM13.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0z"
        }
        Glyph::Search => "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.25 10.25 13.75 13.75",
        Glyph::Keyboard => {
            "M2.5 4h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM4.25 6.5h0M7 6.5h0M9.75 6.5h0M12 6.5h0M5 9.5h6"
        }
        Glyph::Shield => {
            "M8 1.75 13 3.5v4c0 3.2-2 5.6-5 6.75-3-1.15-5-3.55-5-6.75v-4zM5.75 8l1.6 1.6L10.5 6.4"
        }
        Glyph::Trash => {
            "M2.5 4.25h11M6 4.25V2.5h4v1.75M4 4.25l.6 8.35a1 1 0 0 0 1 .9h4.8a1 1 0 0 0 1-.9L12 4.25M6.75 7v3.75M9.25 7v3.75"
        }
        Glyph::Pencil => "M2.5 13.5l.75-3 7.5-7.5 2.25 2.25-7.5 7.5zM9.25 4.5l2.25 2.25",
        Glyph::BothWays => "M1.75 8h12.5M4.5 5.25 1.75 8l2.75 2.75M11.5 5.25 14.25 8l-2.75 2.75",
        Glyph::Archive => "M2 3h12v3H2zM3 6v6.5a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V6M6.5 8.75h3",
        Glyph::Table => {
            "M3 2.5h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM2 6.25h12M2 9.75h12M6.5 6.25v7.25"
        }
        Glyph::Canvas => {
            "M2 9.5h3.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zM10.5 2h2.5a1 1 0 0 1 1 1v2.5a1 1 0 0 1-1 1h-2.5a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM4.25 9.5V6.25a2 2 0 0 1 2-2H9.5"
        }
    }
}

/// The icon of a machine, by its form.
#[must_use]
pub fn of_form(form: Form) -> Glyph {
    match form {
        Form::Server => Glyph::Server,
        Form::Nas => Glyph::Nas,
        Form::Board => Glyph::Board,
        Form::Computer => Glyph::Computer,
        Form::Phone => Glyph::Phone,
    }
}

/// What [`Icon`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct IconProps {
    /// Which icon.
    pub glyph: Glyph,
    /// Its width and height in pixels.
    #[prop_or(16)]
    pub size: u32,
}

/// An icon in the colour of the text around it. It says nothing to a screen
/// reader, so the words beside it must.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    let size = props.size.to_string();
    html! {
        <svg class="icon" viewBox="0 0 16 16" width={size.clone()} height={size} aria-hidden="true" focusable="false">
            <path d={path(props.glyph)} />
        </svg>
    }
}
