//! Sites, pairs and names that change several at once.

use crate::editor::{Command, Editor, NodeField, SiteField, example};
use crate::mesh::Fix;
use crate::plan::{Edit, Node, NodeId, PairChoice, PairKey, Place, SiteId, SiteIpv6};

#[test]
fn several_sites_and_pairs_change_as_one_step() {
    let editor = Editor::open(example());
    let sites: Vec<SiteId> = editor.plan().sites.keys().cloned().collect();
    let all = |field: &SiteField| {
        let edits = sites.iter().map(|id| (id.clone(), field.clone()));
        Command::EditSites(edits.collect())
    };
    let next = editor
        .update(&all(&SiteField::Ipv6(SiteIpv6::Firewalled)))
        .unwrap();
    assert_eq!(next.history().undo_name(), Some("Change IPv6 of 2 sites"));
    let mut sites = next.plan().sites.values();
    assert!(sites.all(|site| site.ipv6 == SiteIpv6::Firewalled));
    let same_name = all(&SiteField::Name("Here".parse().unwrap()));
    assert!(next.update(&same_name).is_err());

    let pair = |a: &str, b: &str| PairKey::new(&NodeId::new(a), &NodeId::new(b)).unwrap();
    let pairs = vec![pair("nas", "pi"), pair("nas", "vps")];
    // vps cannot relay a pair of its own.
    let via = PairChoice::Via(NodeId::new("vps"));
    let next = editor
        .update(&Command::SetPairs(pairs.clone(), Some(via.clone())))
        .unwrap();
    assert_eq!(
        next.history().undo_name(),
        Some("Change the path of 1 pair")
    );
    assert_eq!(next.plan().pairs.get(&pair("nas", "pi")), Some(&via));
    assert_eq!(next.plan().pairs.get(&pair("nas", "vps")), None);
    let next = editor
        .update(&Command::SetPairs(pairs, Some(PairChoice::Never)))
        .unwrap();
    assert_eq!(
        next.history().undo_name(),
        Some("Change the paths of 2 pairs")
    );
    assert_eq!(next.plan().pairs.len(), 2);
}

#[test]
fn names_are_handed_on_within_one_step() {
    let editor = Editor::open(example());
    let name = |id: &str, name: &str| {
        let name = NodeField::Name(name.parse().unwrap());
        (NodeId::new(id), name)
    };
    let swap = Command::EditNodes(vec![name("nas", "pi"), name("pi", "nas")]);
    let next = editor.update(&swap).unwrap();
    assert_eq!(
        next.history().undo_name(),
        Some("Change the name of 2 machines")
    );
    assert_eq!(next.plan().nodes[&NodeId::new("nas")].name.as_str(), "pi");
    for wrong in [
        vec![name("nas", "vps")],
        vec![name("nas", "same"), name("pi", "same")],
    ] {
        assert!(editor.update(&Command::EditNodes(wrong)).is_err());
    }
}

#[test]
fn fixes_that_were_worked_out_apart_do_not_collide() {
    let mut plan = example();
    let home = SiteId::new("Home");
    for name in ["one", "two", "three"] {
        let node = Node::new(name.parse().unwrap(), Place::at(home.clone()));
        plan.nodes.insert(NodeId::new(name), node);
    }
    let editor = Editor::open(plan);
    // Each alone is offered the first address that is free.
    let fix = |name: &str| Fix {
        text: String::new(),
        edit: Edit::FixLanAddress(NodeId::new(name), "192.168.1.11".parse().unwrap()),
    };
    let fixes = ["one", "two", "three"].map(fix).to_vec();
    let next = editor.update(&Command::ApplyFixes(fixes)).unwrap();
    assert_eq!(next.history().undo_name(), Some("Fix 3 findings"));
    let mut addresses: Vec<_> = next
        .plan()
        .nodes_at(&home)
        .map(|(_, node)| node.lan_address().unwrap())
        .collect();
    addresses.sort_unstable();
    let count = addresses.len();
    addresses.dedup();
    assert_eq!((count, addresses.len()), (4, 4));
}
