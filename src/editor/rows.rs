//! Machines typed or pasted as lines of text, such as rows of a spreadsheet.
//!
//! A line begins with a name; `web[1-5]` stands for five, whose addresses count up
//! from the one that the line names. What follows, in any
//! order, between tabs, semicolons or commas: where the machine stands
//! (`internet`, `roams` or the name of a site, which is made if there is none),
//! its addresses, a LAN that it shares, its platform, and its groups as `#group`.

use std::net::IpAddr;

use crate::plan::{
    Answers, Family, HostName, Label, Node, NodeId, NodeName, Place, Plan, Platform, Point, Prefix,
    PublicAddress, SharedLan, Site, SiteId,
};

use super::duplicate::{GUEST, Insertion};
use super::layout::tidied;

/// More machines than this are no mesh that anybody plans.
const MOST: usize = 500;

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The machines with their sites.
    pub part: Plan,
    /// How many of the sites are new.
    pub new_sites: usize,
    /// What is wrong, each with the number of its line.
    pub problems: Vec<(usize, String)>,
}

impl Rows {
    /// What puts them into the plan.
    #[must_use]
    pub fn insertion(self) -> Insertion {
        Insertion {
            new: true,
            ..Insertion::of(self.part, None)
        }
    }
}

/// Reads lines. Machines of which a line does not say where they stand come to
/// this site; without one, to the internet if they have an address there, and
/// otherwise they roam.
#[must_use]
pub fn read_rows(plan: &Plan, text: &str, home: Option<&SiteId>) -> Rows {
    let mut rows = Rows {
        part: Plan {
            tunnel: plan.tunnel.clone(),
            ..Plan::empty()
        },
        new_sites: 0,
        problems: Vec::new(),
    };
    let lines = text.lines().enumerate();
    let mut lines = lines.filter(|(_, line)| !line.trim().is_empty()).peekable();
    lines.next_if(|(_, line)| is_head(line));
    for (number, line) in lines {
        if let Err(problem) = read_line(plan, &mut rows, line, home) {
            rows.problems.push((number + 1, problem));
        }
        if rows.part.nodes.len() > MOST {
            let text = format!("More than {MOST} machines at once are too many.");
            rows.problems.push((number + 1, text));
            break;
        }
    }
    put_in_order(&mut rows.part);
    rows
}

/// The cells of a line: between tabs if it has any, as spreadsheets give them.
fn cells(line: &str) -> Vec<&str> {
    let marks: &[char] = if line.contains('\t') {
        &['\t']
    } else if line.contains(';') {
        &[';']
    } else {
        &[',']
    };
    line.split(marks)
        .map(|cell| cell.trim().trim_matches('"'))
        .collect()
}

/// Whether a line only names columns.
fn is_head(line: &str) -> bool {
    let cells = cells(line);
    let first = cells.first().map(|cell| cell.to_lowercase());
    let heads = ["name", "hostname", "machine"];
    cells.len() > 1 && first.is_some_and(|first| heads.contains(&first.as_str()))
}

fn sentence(error: &impl ToString) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}

/// What a line says besides names.
struct Facts {
    place: Option<Place>,
    addresses: Vec<IpAddr>,
    shares: Vec<Prefix>,
    platform: Option<Platform>,
    groups: Vec<Label>,
    name: Option<HostName>,
}

fn read_line(
    plan: &Plan,
    rows: &mut Rows,
    line: &str,
    home: Option<&SiteId>,
) -> Result<(), String> {
    let cells = cells(line);
    let Some((first, rest)) = cells.split_first() else {
        return Ok(());
    };
    let names = expanded(first)?;
    for (place, name) in names.iter().enumerate() {
        let is_taken = plan.node_named(name.as_str()).is_some()
            || rows.part.node_named(name.as_str()).is_some()
            || names.iter().take(place).any(|other| other == name);
        if is_taken {
            return Err(format!("Another machine is called {name}."));
        }
    }
    let mut facts = Facts {
        place: None,
        addresses: Vec::new(),
        shares: Vec::new(),
        platform: None,
        groups: Vec::new(),
        name: None,
    };
    for cell in rest.iter().filter(|cell| !cell.is_empty()) {
        read_cell(plan, rows, &mut facts, cell)?;
    }
    for name in names {
        let node = made(plan, rows, &facts, name, home)?;
        // The next one of a range stands one further.
        facts.addresses = facts.addresses.into_iter().filter_map(next).collect();
        // An identity within the part only; the plan gives each its own.
        rows.part
            .nodes
            .insert(NodeId::new(node.name.as_str()), node);
    }
    Ok(())
}

fn next(address: IpAddr) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => IpAddr::V4(u32::from(address).checked_add(1)?.into()),
        IpAddr::V6(address) => IpAddr::V6(u128::from(address).checked_add(1)?.into()),
    })
}

/// `web[08-11]` is `web08` to `web11`.
fn expanded(cell: &str) -> Result<Vec<NodeName>, String> {
    // Lists of machines often write names in capitals.
    let one = |text: &str| {
        let name = text.to_ascii_lowercase().parse::<NodeName>();
        name.map_err(|error| sentence(&error))
    };
    let Some((before, rest)) = cell.split_once('[') else {
        return Ok(vec![one(cell)?]);
    };
    let wrong = || "A range of numbers is written as in web[1-5].".to_owned();
    let (range, after) = rest.split_once(']').ok_or_else(wrong)?;
    let (from, to) = range.split_once('-').ok_or_else(wrong)?;
    let width = from.trim().len();
    let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
    let (from, to) = (number(from)?, number(to)?);
    if to < from || to - from >= MOST {
        return Err(wrong());
    }
    (from..=to)
        .map(|number| one(&format!("{before}{number:0width$}{after}")))
        .collect()
}

/// `web-#` as `web-1`, `web-2` … for so many machines. More signs make numbers
/// with zeros in front.
///
/// # Errors
/// There is no sign for the number, or what it makes is no name.
pub fn numbered_names(pattern: &str, count: usize) -> Result<Vec<NodeName>, String> {
    let Some((before, rest)) = pattern.split_once('#') else {
        return Err("A # has to stand where the number goes, as in web-#.".to_owned());
    };
    let after = rest.trim_start_matches('#');
    let width = 1 + rest.len() - after.len();
    (1..=count)
        .map(|number| {
            let name = format!("{before}{number:0width$}{after}");
            name.parse::<NodeName>().map_err(|error| sentence(&error))
        })
        .collect()
}

fn read_cell(plan: &Plan, rows: &mut Rows, facts: &mut Facts, cell: &str) -> Result<(), String> {
    let word = cell.to_lowercase();
    let platform = match word.as_str() {
        "linux" => Some(Platform::Linux),
        "android" => Some(Platform::Android),
        "ios" | "iphone" | "ipad" => Some(Platform::Ios),
        _ => None,
    };
    if let Some(group) = cell.strip_prefix('#') {
        facts
            .groups
            .push(group.parse().map_err(|error| sentence(&error))?);
    } else if platform.is_some() {
        facts.platform = platform;
    } else if let Ok(address) = cell.parse::<IpAddr>() {
        facts.addresses.push(address);
    } else if cell.contains('/') && cell.starts_with(|sign: char| sign.is_ascii_hexdigit()) {
        facts
            .shares
            .push(cell.parse().map_err(|error| sentence(&error))?);
    } else if facts.place.is_none() {
        facts.place = Some(match word.as_str() {
            "internet" | "on the internet" => Place::Internet(PublicAddress::default()),
            "roams" | "roaming" => Place::Roams,
            _ => Place::at(site_called(plan, rows, cell)?),
        });
    } else {
        facts.name = Some(cell.parse().map_err(|error| sentence(&error))?);
    }
    Ok(())
}

/// The site with this name, from the plan or a new one.
fn site_called(plan: &Plan, rows: &mut Rows, name: &str) -> Result<SiteId, String> {
    let is_called = |site: &Site| site.name.as_str().eq_ignore_ascii_case(name);
    if let Some((id, _)) = rows.part.sites.iter().find(|(_, site)| is_called(site)) {
        return Ok(id.clone());
    }
    if let Some((id, _)) = plan.sites.iter().find(|(_, site)| is_called(site)) {
        return Ok(guest(plan, &mut rows.part, id));
    }
    let name: Label = name.parse().map_err(|error| sentence(&error))?;
    let id = SiteId::fresh(name.as_str(), |text| {
        let id = SiteId::new(text);
        plan.sites.contains_key(&id) || rows.part.sites.contains_key(&id)
    });
    rows.part.sites.insert(id.clone(), Site::new(name));
    rows.new_sites += 1;
    Ok(id)
}

/// A site that the plan has already.
fn guest(plan: &Plan, part: &mut Plan, id: &SiteId) -> SiteId {
    if let Some(site) = plan.sites.get(id) {
        let mut site = site.clone();
        site.size = Some(GUEST);
        part.sites.insert(id.clone(), site);
    }
    id.clone()
}

fn made(
    plan: &Plan,
    rows: &mut Rows,
    facts: &Facts,
    name: NodeName,
    home: Option<&SiteId>,
) -> Result<Node, String> {
    let is_tunnel = |address: &IpAddr| plan.pool_of(*address).is_some();
    let outside = facts.addresses.iter().any(|address| !is_tunnel(address));
    let mut place = match (&facts.place, home) {
        (Some(place), _) => place.clone(),
        (None, Some(home)) => Place::at(guest(plan, &mut rows.part, home)),
        (None, None) if outside => Place::Internet(PublicAddress::default()),
        (None, None) => Place::Roams,
    };
    let mut node = Node::new(name, Place::Roams);
    let id = NodeId::new(node.name.as_str());
    for address in &facts.addresses {
        if is_tunnel(address) {
            let family = Family::of(*address);
            let twice = |other: &Node| other.addresses.of(family) == Some(*address);
            if rows.part.nodes.values().any(twice) {
                return Err(format!("{address} stands in two lines."));
            }
            plan.check_address(&id, *address)
                .map_err(|error| format!("{}.", error.sentence(plan)))?;
            node.addresses.set(family, Some(*address));
            continue;
        }
        match (&mut place, address) {
            (Place::Internet(public), IpAddr::V4(address)) => public.ipv4 = Some(*address),
            (Place::Internet(public), IpAddr::V6(address)) => public.ipv6 = Some(*address),
            (Place::Site { lan_address, .. }, address) => *lan_address = Some(*address),
            (Place::Roams, _) => {
                return Err("A machine that roams has no address there.".to_owned());
            }
        }
    }
    match (&mut place, &facts.name) {
        (_, None) => {}
        (Place::Internet(public), Some(name)) => public.name = Some(name.clone()),
        (_, Some(name)) => return Err(format!("What does {name} mean here?")),
    }
    // What is shared at a new site is what there is at that site.
    if let Place::Site { site, .. } = &place
        && let Some(site) = rows
            .part
            .sites
            .get_mut(site)
            .filter(|site| site.size.is_none())
    {
        let new = facts.shares.iter().filter(|lan| !site.lans.contains(lan));
        let new: Vec<Prefix> = new.copied().collect();
        site.lans.extend(new);
    }
    node.platform = facts.platform.unwrap_or(Platform::Linux);
    node.form = match (&place, node.platform.is_app()) {
        (_, true) => crate::plan::Form::Phone,
        (Place::Internet(_), false) => crate::plan::Form::Server,
        _ => crate::plan::Form::Computer,
    };
    (node.place, node.groups) = (place, facts.groups.clone());
    let shared = |prefix: &Prefix| SharedLan {
        prefix: *prefix,
        answers: Answers::Translate,
    };
    node.shares = facts.shares.iter().map(shared).collect();
    Ok(node)
}

/// New sites with their machines, and machines at no site, in order; the others
/// get their places where they join.
fn put_in_order(part: &mut Plan) {
    let joins = |place: &Place| match place {
        Place::Site { site, .. } => {
            let site = part.sites.get(site);
            site.is_some_and(|site| site.size.is_some())
        }
        Place::Internet(_) | Place::Roams => false,
    };
    let mut fresh = part.clone();
    fresh.nodes.retain(|_, node| !joins(&node.place));
    fresh.sites.retain(|_, site| site.size.is_none());
    // Tidying up keeps the order in which things stood, so they stand in that of
    // their lines at first.
    let mut column = 0;
    let mut next = || {
        column += 1;
        Point {
            x: column * 600,
            y: 0,
        }
    };
    for (_, site) in &mut fresh.sites {
        site.position = next();
    }
    for (_, node) in &mut fresh.nodes {
        node.position = next();
    }
    let fresh = tidied(&fresh, &[]);
    for (id, site) in fresh.sites {
        part.sites.insert(id, site);
    }
    for (id, node) in fresh.nodes {
        part.nodes.insert(id, node);
    }
}

#[cfg(test)]
mod tests;
