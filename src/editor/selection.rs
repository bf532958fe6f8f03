//! What is selected: nothing, one pair, or any number of sites and machines.

use crate::mesh::Subject;
use crate::plan::{NodeId, PairKey, Place, Plan, SiteId};
use crate::sorting::distinct;

/// What is selected. Sites come before machines and each is there once, so
/// that equal selections are equal values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<Subject>);

impl From<Subject> for Selection {
    fn from(subject: Subject) -> Self {
        Self(match subject {
            Subject::Plan => Vec::new(),
            subject => vec![subject],
        })
    }
}

impl From<&Subject> for Selection {
    fn from(subject: &Subject) -> Self {
        subject.clone().into()
    }
}

/// Sites and machines; a pair is only ever selected alone.
impl FromIterator<Subject> for Selection {
    fn from_iter<T: IntoIterator<Item = Subject>>(subjects: T) -> Self {
        Self(distinct(subjects.into_iter().filter(is_part).collect()))
    }
}

fn is_part(subject: &Subject) -> bool {
    matches!(subject, Subject::Site(_) | Subject::Node(_))
}

impl Selection {
    /// Everything that a plan draws: all sites and all machines.
    #[must_use]
    pub fn all(plan: &Plan) -> Self {
        let sites = plan.sites.keys().cloned().map(Subject::Site);
        let nodes = plan.nodes.keys().cloned().map(Subject::Node);
        sites.chain(nodes).collect()
    }

    /// The one thing that is selected; [`Subject::Plan`] if that is nothing or
    /// more than one.
    #[must_use]
    pub fn single(&self) -> Subject {
        match self.0.as_slice() {
            [one] => one.clone(),
            _ => Subject::Plan,
        }
    }

    /// The pair that is selected.
    #[must_use]
    pub fn pair(&self) -> Option<&PairKey> {
        match self.0.as_slice() {
            [Subject::Pair(pair)] => Some(pair),
            _ => None,
        }
    }

    /// Whether more than one thing is selected.
    #[must_use]
    pub fn is_several(&self) -> bool {
        self.0.len() > 1
    }

    /// Whether nothing is selected, which stands for the whole plan.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is selected, alone or among others.
    #[must_use]
    pub fn contains(&self, subject: &Subject) -> bool {
        self.0.contains(subject)
    }

    /// Whether this machine is selected.
    #[must_use]
    pub fn has_node(&self, id: &NodeId) -> bool {
        self.nodes().any(|node| node == id)
    }

    /// Whether this site is selected.
    #[must_use]
    pub fn has_site(&self, id: &SiteId) -> bool {
        self.sites().any(|site| site == id)
    }

    /// The sites and machines that are selected, sites first.
    #[must_use]
    pub fn parts(&self) -> &[Subject] {
        match self.0.as_slice() {
            [Subject::Pair(_)] => &[],
            parts => parts,
        }
    }

    /// The machines that are selected themselves.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeId> {
        self.0.iter().filter_map(|subject| match subject {
            Subject::Node(id) => Some(id),
            _ => None,
        })
    }

    /// The sites that are selected.
    pub fn sites(&self) -> impl Iterator<Item = &SiteId> {
        self.0.iter().filter_map(|subject| match subject {
            Subject::Site(id) => Some(id),
            _ => None,
        })
    }

    /// The machines that are selected, by themselves or with their site.
    pub fn nodes_with_sites<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a NodeId> {
        let belongs = |(id, node): &(&NodeId, &crate::plan::Node)| {
            self.has_node(id)
                || matches!(&node.place, Place::Site { site, .. } if self.has_site(site))
        };
        plan.nodes.iter().filter(belongs).map(|(id, _)| id)
    }

    /// With this added, or taken away if it is selected already. A pair goes
    /// when something else comes.
    #[must_use]
    pub fn toggled(&self, subject: &Subject) -> Self {
        if self.contains(subject) {
            let others = self.0.iter().filter(|other| *other != subject);
            Self(others.cloned().collect())
        } else if is_part(subject) {
            let parts = self.parts().iter().chain([subject]);
            parts.cloned().collect()
        } else {
            subject.into()
        }
    }

    /// With all of these added.
    #[must_use]
    pub fn with(&self, more: &Self) -> Self {
        let parts = self.parts().iter().chain(more.parts());
        parts.cloned().collect()
    }

    /// Without what is gone from the plan, for instance after an undo.
    #[must_use]
    pub(super) fn within(mut self, plan: &Plan) -> Self {
        self.0.retain(|subject| match subject {
            Subject::Plan => false,
            Subject::Site(id) => plan.sites.contains_key(id),
            Subject::Node(id) => plan.nodes.contains_key(id),
            Subject::Pair(pair) => {
                let (a, b) = pair.ends();
                plan.nodes.contains_key(a) && plan.nodes.contains_key(b)
            }
        });
        self
    }
}

/// How many machines and sites, as a step says it: `3 machines and 1 site`.
pub(super) fn counted(nodes: usize, sites: usize) -> String {
    let some = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let machines = some(nodes, "machine", "machines");
    let places = some(sites, "site", "sites");
    match (nodes, sites) {
        (_, 0) => machines,
        (0, _) => places,
        _ => format!("{machines} and {places}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::{Command, Editor, example};

    fn node(id: &str) -> Subject {
        Subject::Node(NodeId::new(id))
    }

    fn site(id: &str) -> Subject {
        Subject::Site(SiteId::new(id))
    }

    fn pair() -> Subject {
        Subject::Pair(PairKey::new(&NodeId::new("nas"), &NodeId::new("pi")).unwrap())
    }

    #[test]
    fn things_join_and_leave_in_any_order() {
        let one = Selection::default()
            .toggled(&node("vps"))
            .toggled(&site("Home"));
        let other = Selection::from(site("Home")).toggled(&node("vps"));
        assert_eq!(one, other);
        assert!(one.is_several() && one.has_site(&SiteId::new("Home")));
        assert_eq!(one.single(), Subject::Plan);
        let less = one.toggled(&node("vps"));
        assert_eq!(less.single(), site("Home"));
        assert!(less.toggled(&site("Home")).is_empty());
    }

    #[test]
    fn a_pair_is_selected_alone() {
        let with_pair = Selection::from(node("vps")).toggled(&pair());
        assert_eq!(with_pair.single(), pair());
        assert!(with_pair.parts().is_empty());
        assert_eq!(with_pair.toggled(&node("vps")).single(), node("vps"));
        assert!(with_pair.toggled(&pair()).is_empty());
        assert!(
            [pair(), Subject::Plan]
                .into_iter()
                .collect::<Selection>()
                .is_empty()
        );
    }

    #[test]
    fn a_site_brings_its_machines() {
        let plan = example();
        let home = Selection::from(site("Home"));
        let nodes: Vec<&str> = home.nodes_with_sites(&plan).map(NodeId::as_str).collect();
        assert_eq!(nodes, ["nas"]);
        assert_eq!(Selection::all(&plan).parts().len(), 5);
    }

    #[test]
    fn what_is_gone_is_not_selected() {
        let editor = Editor::open(example());
        let all = Selection::all(editor.plan());
        let editor = editor.update(&Command::Choose(all)).unwrap();
        assert!(editor.selection.is_several());
        let gone = Command::Remove(site("Home"));
        let editor = editor.update(&gone).unwrap();
        assert!(editor.selection.is_empty());
        let editor = editor.update(&Command::Undo).unwrap();
        let both = [node("nas"), node("pi")].into_iter().collect();
        let editor = editor.update(&Command::Choose(both)).unwrap();
        let editor = editor.update(&Command::Redo).unwrap();
        assert_eq!(editor.selection.single(), node("pi"));
    }

    #[test]
    fn counts_are_told_in_words() {
        assert_eq!(counted(5, 0), "5 machines");
        assert_eq!(counted(0, 1), "1 site");
        assert_eq!(counted(1, 2), "1 machine and 2 sites");
    }
}
