//! Where an arrow key leads.

use crate::plan::{NodeId, Point, SiteId};

use super::Scene;
use super::port::Dir;

/// Something on the canvas that can have the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A site.
    Site(SiteId),
    /// A machine.
    Node(NodeId),
    /// A line, by its key.
    Link(String),
}

/// The nearest thing in a direction. What lies straight ahead wins over what
/// is as near but off to the side.
#[must_use]
pub fn nearest(scene: &Scene, from: &Target, dir: Dir) -> Option<Target> {
    let places = places(scene);
    let start = places
        .iter()
        .find(|(target, _)| target == from)
        .map(|(_, at)| *at)?;
    places
        .into_iter()
        .filter(|(target, at)| target != from && dir.along(start, *at) > 0)
        .min_by_key(|(_, at)| {
            let ahead = dir.along(start, *at);
            let aside = match dir {
                Dir::Up | Dir::Down => (at.x - start.x).abs(),
                Dir::Left | Dir::Right => (at.y - start.y).abs(),
            };
            // What is more aside than ahead is rather in another direction.
            (aside > ahead, ahead + 2 * aside)
        })
        .map(|(target, _)| target)
}

/// Everything that can have the focus, with the point that stands for it. A
/// site is where its name is, so that its machines lie below it.
fn places(scene: &Scene) -> Vec<(Target, Point)> {
    let sites = scene.sites.iter().map(|site| {
        let at = Point {
            x: site.rect.x + scene.detail.px(60),
            y: site.rect.y + scene.detail.px(24),
        };
        (Target::Site(site.id.clone()), at)
    });
    let nodes = scene
        .nodes
        .iter()
        .map(|node| (Target::Node(node.id.clone()), node.rect.center()));
    let links = scene
        .links
        .iter()
        .map(|link| (Target::Link(link.key.clone()), link.badge));
    sites.chain(nodes).chain(links).collect()
}
