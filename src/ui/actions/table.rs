//! The table itself.

use super::{Deed, Group, Row, Where};
use crate::browser::contrast::Contrast;
use crate::ui::icon::Glyph;

const fn row(
    deed: Deed,
    group: Group,
    place: Where,
    keys: &'static [&'static str],
    glyph: Glyph,
) -> Row {
    Row {
        deed,
        group,
        place,
        keys,
        glyph,
    }
}

/// The table.
pub const ROWS: &[Row] = &[
    row(
        Deed::Search,
        Group::Go,
        Where::Everywhere,
        &["Ctrl+K", "/"],
        Glyph::Search,
    ),
    row(Deed::Keys, Group::Go, Where::Page, &["?"], Glyph::Keyboard),
    row(
        Deed::NextPane,
        Group::Go,
        Where::Everywhere,
        &["F6"],
        Glyph::Grid,
    ),
    row(
        Deed::PreviousPane,
        Group::Go,
        Where::Everywhere,
        &["Shift+F6"],
        Glyph::Grid,
    ),
    row(Deed::View, Group::Go, Where::Page, &["T"], Glyph::Table),
    row(Deed::Explain, Group::Go, Where::Page, &["X"], Glyph::Info),
    row(
        Deed::Findings,
        Group::Go,
        Where::Page,
        &["1"],
        Glyph::Warning,
    ),
    row(Deed::Matrix, Group::Go, Where::Page, &["2"], Glyph::Grid),
    row(Deed::Files, Group::Go, Where::Page, &["3"], Glyph::File),
    row(Deed::Guide, Group::Go, Where::Page, &["4"], Glyph::Book),
    row(
        Deed::CloseDrawer,
        Group::Go,
        Where::Page,
        &["0"],
        Glyph::ChevronDown,
    ),
    row(Deed::WholeMesh, Group::Go, Where::Page, &[], Glyph::Canvas),
    row(
        Deed::Undo,
        Group::Edit,
        Where::Page,
        &["Ctrl+Z"],
        Glyph::Undo,
    ),
    row(
        Deed::Redo,
        Group::Edit,
        Where::Page,
        &["Ctrl+Shift+Z", "Ctrl+Y"],
        Glyph::Redo,
    ),
    row(Deed::Add, Group::Edit, Where::Canvas, &["N"], Glyph::Plus),
    row(
        Deed::AddSeveral,
        Group::Edit,
        Where::Page,
        &["Shift+N"],
        Glyph::Plus,
    ),
    row(
        Deed::Remove,
        Group::Edit,
        Where::Canvas,
        &["Delete", "Backspace"],
        Glyph::Trash,
    ),
    row(
        Deed::Tidy,
        Group::Edit,
        Where::Canvas,
        &["Shift+T"],
        Glyph::Tidy,
    ),
    row(
        Deed::Inspect,
        Group::Edit,
        Where::Told,
        &["Enter"],
        Glyph::Info,
    ),
    row(
        Deed::MoveFar,
        Group::Edit,
        Where::Told,
        &["Shift+Arrows"],
        Glyph::Hand,
    ),
    row(
        Deed::MoveNear,
        Group::Edit,
        Where::Told,
        &["Alt+Arrows"],
        Glyph::Hand,
    ),
    row(
        Deed::SelectAll,
        Group::Edit,
        Where::Told,
        &["Ctrl+A"],
        Glyph::Grid,
    ),
    row(
        Deed::Copy,
        Group::Edit,
        Where::Told,
        &["Ctrl+C"],
        Glyph::Copy,
    ),
    row(Deed::Cut, Group::Edit, Where::Told, &["Ctrl+X"], Glyph::Cut),
    row(
        Deed::Paste,
        Group::Edit,
        Where::Told,
        &["Ctrl+V"],
        Glyph::Paste,
    ),
    row(
        Deed::Duplicate,
        Group::Edit,
        Where::Told,
        &["Ctrl+D"],
        Glyph::Duplicate,
    ),
    row(
        Deed::Walk,
        Group::Canvas,
        Where::Told,
        &["Arrows"],
        Glyph::Pointer,
    ),
    row(
        Deed::Stop,
        Group::Canvas,
        Where::Told,
        &["Escape"],
        Glyph::Close,
    ),
    row(
        Deed::SelectTool,
        Group::Canvas,
        Where::Canvas,
        &["V"],
        Glyph::Pointer,
    ),
    row(
        Deed::PanTool,
        Group::Canvas,
        Where::Canvas,
        &["H"],
        Glyph::Hand,
    ),
    row(
        Deed::ConnectTool,
        Group::Canvas,
        Where::Canvas,
        &["C"],
        Glyph::Link,
    ),
    row(Deed::Fit, Group::Canvas, Where::Canvas, &["F"], Glyph::Fit),
    row(
        Deed::ZoomIn,
        Group::Canvas,
        Where::Canvas,
        &["+", "="],
        Glyph::Plus,
    ),
    row(
        Deed::ZoomOut,
        Group::Canvas,
        Where::Canvas,
        &["-"],
        Glyph::Minus,
    ),
    row(
        Deed::ZoomFull,
        Group::Canvas,
        Where::Canvas,
        &[],
        Glyph::Fit,
    ),
    row(
        Deed::Minimap,
        Group::Canvas,
        Where::Canvas,
        &["M"],
        Glyph::Minimap,
    ),
    row(
        Deed::Projects,
        Group::Project,
        Where::Page,
        &["Shift+P"],
        Glyph::Grid,
    ),
    row(Deed::New, Group::Project, Where::Page, &[], Glyph::Plus),
    row(
        Deed::Open,
        Group::Project,
        Where::Everywhere,
        &["Ctrl+O"],
        Glyph::Folder,
    ),
    row(
        Deed::Save,
        Group::Project,
        Where::Everywhere,
        &["Ctrl+S"],
        Glyph::File,
    ),
    row(
        Deed::Archive,
        Group::Project,
        Where::Everywhere,
        &["Ctrl+E"],
        Glyph::Archive,
    ),
    row(Deed::Keyring, Group::Project, Where::Page, &[], Glyph::Key),
    row(
        Deed::SaveSvg,
        Group::Project,
        Where::Page,
        &[],
        Glyph::Download,
    ),
    row(
        Deed::SavePng,
        Group::Project,
        Where::Page,
        &[],
        Glyph::Download,
    ),
    row(
        Deed::Print,
        Group::Project,
        Where::Everywhere,
        &["Ctrl+P"],
        Glyph::File,
    ),
    row(Deed::Theme, Group::Project, Where::Page, &[], Glyph::Moon),
    row(
        Deed::Contrast(Some(Contrast::More)),
        Group::Project,
        Where::Page,
        &[],
        Glyph::Contrast,
    ),
    row(
        Deed::Contrast(Some(Contrast::Standard)),
        Group::Project,
        Where::Page,
        &[],
        Glyph::Contrast,
    ),
    row(
        Deed::Contrast(None),
        Group::Project,
        Where::Page,
        &[],
        Glyph::Contrast,
    ),
    row(Deed::Forget, Group::Project, Where::Page, &[], Glyph::Trash),
];

// A key that stood for two things would do the one and promise the other, so
// such a table does not compile.
const _: () = assert!(has_each_key_once(ROWS), "a key stands for two actions");

const fn has_each_key_once(mut rows: &[Row]) -> bool {
    while let [row, others @ ..] = rows {
        let mut behind = others;
        while let [other, rest @ ..] = behind {
            if share_a_key(row.keys, other.keys) {
                return false;
            }
            behind = rest;
        }
        rows = others;
    }
    true
}

const fn share_a_key(mut keys: &[&str], others: &[&str]) -> bool {
    while let [key, rest @ ..] = keys {
        let mut behind = others;
        while let [other, rest @ ..] = behind {
            if key.as_bytes().eq_ignore_ascii_case(other.as_bytes()) {
                return true;
            }
            behind = rest;
        }
        keys = rest;
    }
    false
}
