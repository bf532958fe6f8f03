//! What the palette finds, in groups.

use yew::AttrValue;

use super::{Aim, Bunch, Entry, MOST, PaletteProps, recent};
use crate::browser::language;
use crate::editor::search::Query;
use crate::mesh::{Mesh, Subject};
use crate::plan::{NodeId, Plan};
use crate::render::gets_files;
use crate::ui::actions::{Deed, Group, ROWS, Row, Where, shown};
use crate::ui::icon::{Glyph, of_form};
use crate::ui::words::t;

/// What fits, the best kind first. With nothing typed, what was chosen lately
/// and then everything that can be done.
pub(super) fn bunches(props: &PaletteProps, query: &Query) -> Vec<Bunch> {
    let (plan, mesh) = (&*props.plan, &*props.mesh);
    if query.is_empty() {
        let entries = recent::chosen();
        let entries = entries
            .iter()
            .filter_map(|chosen| recent::entry(props, chosen));
        let lately = Bunch {
            name: t!("Lately"),
            entries: entries.collect(),
        };
        let groups = Group::ALL.into_iter().map(|group| Bunch {
            name: group.name(),
            entries: deeds(props, query, |row| row.group == group),
        });
        let mut bunches: Vec<Bunch> = std::iter::once(lately).chain(groups).collect();
        bunches.retain(|bunch| !bunch.entries.is_empty());
        return bunches;
    }
    let (mut machines, mut sites, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for (rank, subject) in query.find(plan, mesh) {
        let list = match subject {
            Subject::Node(_) => &mut machines,
            Subject::Site(_) => &mut sites,
            Subject::Pair(_) => &mut pairs,
            Subject::Plan => continue,
        };
        list.extend(about(plan, mesh, rank, subject));
    }
    let files = machines
        .iter()
        .filter_map(|entry: &Entry| files(mesh, entry));
    let files = files.take(MOST / 2).collect();
    let mut bunches = vec![
        bunch(t!("Machines"), machines),
        bunch(t!("Pairs"), pairs),
        bunch(t!("Sites"), sites),
        bunch(t!("Commands"), deeds(props, query, |_| true)),
        bunch(t!("Settings"), settings(query)),
        bunch(t!("Findings"), findings(mesh, query)),
        bunch(t!("Files"), files),
    ];
    bunches.retain(|bunch| !bunch.entries.is_empty());
    crate::sorting::sort_by_key(&mut bunches, |bunch| {
        bunch.entries.first().map(|entry| entry.rank)
    });
    bunches
}

/// How well a text of the page fits, in English or as the page says it.
fn rank(query: &Query, text: &str) -> Option<usize> {
    let said = language::said(text).and_then(|said| query.rank(&said));
    let english = query.rank(text);
    match (english, said) {
        (Some(english), Some(said)) => Some(english.min(said)),
        (english, said) => english.or(said),
    }
}

fn bunch(name: AttrValue, mut entries: Vec<Entry>) -> Bunch {
    entries.truncate(MOST);
    Bunch { name, entries }
}

/// What can be done now.
pub(super) fn deeds(props: &PaletteProps, query: &Query, of: impl Fn(&Row) -> bool) -> Vec<Entry> {
    let idle = |deed: Deed| match deed {
        Deed::Search => true,
        Deed::Undo => props.undo_name.is_none(),
        Deed::Redo => props.redo_name.is_none(),
        Deed::Remove => !props.selected,
        Deed::CloseDrawer => !props.drawer,
        _ => false,
    };
    let rows = ROWS
        .iter()
        .filter(|row| row.place != Where::Told && !idle(row.deed) && of(row));
    let mut entries: Vec<Entry> = rows
        .filter_map(|row| {
            let text = row.deed.name();
            Some(Entry {
                rank: rank(query, &text)?,
                glyph: row.glyph,
                text,
                note: match row.deed {
                    Deed::Undo => props.undo_name.clone(),
                    Deed::Redo => props.redo_name.clone(),
                    _ => None,
                }
                .unwrap_or_default(),
                key: row.keys.first().map(|key| shown(key)),
                aim: Aim::Deed(row.deed),
            })
        })
        .collect();
    if !query.is_empty() {
        crate::sorting::sort_by_key(&mut entries, |entry| entry.rank);
    }
    entries
}

/// Fields of the whole mesh.
pub(super) fn settings(query: &Query) -> Vec<Entry> {
    let fields = [
        (t!("Tunnel addresses, IPv4"), "plan-v4"),
        (t!("Tunnel addresses, IPv6"), "plan-v6"),
        (t!("Listen port"), "plan-port"),
        (t!("Preshared keys"), "plan-preshared"),
        (t!("Names of machines and domain"), "plan-names"),
        (t!("Name of the mesh"), "plan-name"),
    ];
    let mut entries: Vec<Entry> = fields
        .into_iter()
        .filter_map(|(text, id)| {
            Some(Entry {
                rank: rank(query, &text)?,
                glyph: Glyph::Canvas,
                text,
                note: t!("Whole mesh"),
                key: None,
                aim: Aim::Setting(id),
            })
        })
        .collect();
    crate::sorting::sort_by_key(&mut entries, |entry| entry.rank);
    entries
}

pub(super) fn about(plan: &Plan, mesh: &Mesh, rank: usize, subject: Subject) -> Option<Entry> {
    let name = |id: &NodeId| plan.nodes.get(id).map(|node| node.name.to_string());
    let (glyph, text, note) = match &subject {
        Subject::Node(id) => {
            let node = plan.nodes.get(id)?;
            let address = node
                .addresses
                .iter()
                .next()
                .map(|address| address.to_string());
            (
                of_form(node.form),
                node.name.to_string(),
                address.unwrap_or_default(),
            )
        }
        Subject::Site(id) => {
            let site = plan.sites.get(id)?;
            let lans: Vec<String> = site.lans.iter().map(ToString::to_string).collect();
            (Glyph::House, site.name.to_string(), lans.join(", "))
        }
        Subject::Pair(key) => {
            let (a, b) = key.ends();
            let pair = mesh.pair(mesh.position(a)?, mesh.position(b)?)?;
            let verdict = crate::editor::scene::verdict_words(mesh, &pair.verdict);
            (
                Glyph::BothWays,
                format!("{} \u{2194} {}", name(a)?, name(b)?),
                verdict,
            )
        }
        Subject::Plan => return None,
    };
    Some(Entry {
        rank,
        glyph,
        text: text.into(),
        note: note.into(),
        key: None,
        aim: Aim::Subject(subject),
    })
}

/// The files of a machine that was found.
fn files(mesh: &Mesh, entry: &Entry) -> Option<Entry> {
    let Aim::Subject(Subject::Node(id)) = &entry.aim else {
        return None;
    };
    let node = mesh.nodes.get(mesh.position(id)?)?;
    gets_files(node).then(|| Entry {
        rank: entry.rank + 1,
        glyph: Glyph::File,
        text: t!("Files of {}", node.name),
        note: AttrValue::default(),
        key: None,
        aim: Aim::Files(id.clone()),
    })
}

fn findings(mesh: &Mesh, query: &Query) -> Vec<Entry> {
    let mut entries: Vec<Entry> = mesh
        .findings
        .iter()
        .filter_map(|finding| {
            let text = finding.text.clone();
            let by_code = query.rank(finding.code.as_str());
            Some(Entry {
                // A sentence holds nearly every letter, so it must not win.
                rank: by_code.or_else(|| query.rank(&text).map(|rank| rank + 128))?,
                glyph: Glyph::Warning,
                text: text.into(),
                note: finding.code.as_str().into(),
                key: None,
                aim: Aim::Subject(finding.subject.clone()),
            })
        })
        .collect();
    crate::sorting::sort_by_key(&mut entries, |entry| entry.rank);
    entries
}
