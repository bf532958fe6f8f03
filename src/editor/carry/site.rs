//! How commands change a site.

use crate::mesh::Subject;
use crate::plan::{Label, Place, Plan, Point, Site, SiteId};

use super::super::command::{Problem, SiteField};
use super::super::selection::counted;
use super::{Done, done, gone, merged, selecting};
use crate::sorting::distinct;

pub(super) fn add_site(plan: &mut Plan, at: Point) -> Result<Done, Problem> {
    let taken = |text: &str| plan.sites.values().any(|site| site.name.as_str() == text);
    let name = (1..=plan.sites.len() + 1)
        .map(|number| {
            if number == 1 {
                "Site".to_owned()
            } else {
                format!("Site {number}")
            }
        })
        .find(|name| !taken(name))
        .and_then(|name| name.parse::<Label>().ok())
        .ok_or_else(|| Problem("No name is free for another site.".to_owned()))?;
    let id = SiteId::fresh(name.as_str(), |text| {
        plan.sites.contains_key(&SiteId::new(text))
    });
    let step = format!("Add {name}");
    let site = Site {
        position: at,
        ..Site::new(name)
    };
    plan.sites.insert(id.clone(), site);
    Ok(selecting(step, Subject::Site(id)))
}

pub(super) fn move_site(plan: &mut Plan, id: &SiteId, to: Point) -> Result<Done, Problem> {
    let site = plan.sites.get_mut(id).ok_or_else(|| gone("site"))?;
    let (dx, dy) = (to.x - site.position.x, to.y - site.position.y);
    site.position = to;
    let name = site.name.clone();
    for (_, node) in &mut plan.nodes {
        if matches!(&node.place, Place::Site { site, .. } if site == id) {
            node.position.x += dx;
            node.position.y += dy;
        }
    }
    Ok(merged(format!("Move {name}"), &format!("move site {id}")))
}

pub(super) fn edit_site(plan: &mut Plan, id: &SiteId, field: &SiteField) -> Result<Done, Problem> {
    if let SiteField::Name(name) = field
        && plan
            .sites
            .iter()
            .any(|(other, site)| other != id && site.name == *name)
    {
        return Err(Problem(format!("Another site is called {name}.")));
    }
    let site = plan.sites.get_mut(id).ok_or_else(|| gone("site"))?;
    let key = match field {
        SiteField::Name(name) => {
            site.name = name.clone();
            "name"
        }
        SiteField::Lans(lans) => {
            site.lans.clone_from(lans);
            "lans"
        }
        SiteField::Router(router) => {
            site.router = *router;
            "router"
        }
        SiteField::Public(public) => {
            site.public = public.clone();
            "public"
        }
        SiteField::Outside(router, public) => {
            (site.router, site.public) = (*router, public.clone());
            "outside"
        }
        SiteField::Nat(nat) => {
            site.nat = *nat;
            "nat"
        }
        SiteField::Ipv6(ipv6) => {
            site.ipv6 = *ipv6;
            "ipv6"
        }
        SiteField::LansRouted(routed) => {
            site.lans_routed = *routed;
            "lans routed"
        }
        SiteField::Uplink(uplink) => {
            site.uplink = *uplink;
            "uplink"
        }
    };
    Ok(merged(
        format!("Change {}", site.name),
        &format!("{key} of site {id}"),
    ))
}

/// Changes facts of several sites. If one of them cannot be changed so, none is.
pub(super) fn edit_several(
    plan: &mut Plan,
    edits: &[(SiteId, SiteField)],
) -> Result<Done, Problem> {
    for (id, field) in edits {
        edit_site(plan, id, field)?;
    }
    let ids = distinct(edits.iter().map(|(id, _)| id).collect());
    let what = counted(0, ids.len());
    let facts = distinct(edits.iter().map(|(_, field)| field.words()).collect());
    Ok(match facts.as_slice() {
        [fact] => {
            // The line break in front keeps them apart from machines.
            let ids = ids.iter().map(|id| id.as_str());
            let ids: Vec<&str> = std::iter::once("").chain(ids).collect();
            merged(
                format!("Change {fact} of {what}"),
                &format!("{fact} of {}", ids.join("\n")),
            )
        }
        _ => done(format!("Change {what}")),
    })
}
