//! What was chosen lately, so that it comes first when nothing is typed.

use super::results::{about, deeds, settings};
use super::{Aim, Entry, PaletteProps};
use crate::browser::settings::{set_setting, setting};
use crate::editor::search::Query;
use crate::mesh::Subject;
use crate::plan::{NodeId, PairKey, SiteId};

const SETTING: &str = "lately";
/// More would hide the commands below.
const MOST: usize = 5;

/// Stores that something was chosen.
pub(super) fn remember(aim: &Aim) {
    let Some(words) = words(aim) else { return };
    let mut list = chosen();
    list.retain(|other| *other != words);
    list.insert(0, words);
    list.truncate(MOST);
    // Where nothing can be stored, nothing comes first the next time.
    let _ = set_setting(SETTING, Some(&list.join("\n")));
}

/// What was chosen, the latest first.
pub(super) fn chosen() -> Vec<String> {
    let stored = setting(SETTING).unwrap_or_default();
    stored.lines().take(MOST).map(str::to_owned).collect()
}

/// A choice in words that outlive this page.
fn words(aim: &Aim) -> Option<String> {
    Some(match aim {
        Aim::Deed(deed) => format!("deed\t{deed:?}"),
        Aim::Subject(Subject::Node(id)) => format!("node\t{id}"),
        Aim::Subject(Subject::Site(id)) => format!("site\t{id}"),
        Aim::Subject(Subject::Pair(pair)) => {
            let (a, b) = pair.ends();
            format!("pair\t{a}\t{b}")
        }
        Aim::Setting(id) => format!("setting\t{id}"),
        Aim::Subject(Subject::Plan) | Aim::Files(_) => return None,
    })
}

/// The entry of a choice, if the open plan still has what was chosen.
pub(super) fn entry(props: &PaletteProps, chosen: &str) -> Option<Entry> {
    let (kind, name) = chosen.split_once('\t')?;
    let subject = match kind {
        "node" => Subject::Node(NodeId::new(name)),
        "site" => Subject::Site(SiteId::new(name)),
        "pair" => {
            let (a, b) = name.split_once('\t')?;
            Subject::Pair(PairKey::new(&NodeId::new(a), &NodeId::new(b))?)
        }
        "deed" => {
            let all = deeds(props, &Query::new(""), |row| {
                format!("{:?}", row.deed) == name
            });
            return all.into_iter().next();
        }
        _ => {
            let mut all = settings(&Query::new("")).into_iter();
            return all.find(|entry| matches!(entry.aim, Aim::Setting(id) if id == name));
        }
    };
    about(&props.plan, &props.mesh, 0, subject)
}
