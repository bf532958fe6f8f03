//! A site: its area, the gate in its border and the chip beside the gate.

use crate::plan::{Plan, Point, Site, SiteId};

use super::super::area::{Rect, site_rect};
use super::detail::{CardForm, Detail};
use super::text::{clip, router_sentence, sentence_of_site};

/// Space between two lanes of a gate.
const LANE: i32 = 14;
/// The widest gate; further lanes move closer together.
const WIDEST: i32 = 112;

/// The opening of a site's border, where its router stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The middle of the opening, on the upper border.
    pub at: Point,
    /// How wide it is.
    pub width: i32,
    /// Space between two lanes in it.
    pub lane: i32,
    /// How many lanes pass.
    pub lanes: i32,
}

impl Gate {
    /// The x of a lane, counted from the left.
    #[must_use]
    pub fn lane_x(&self, lane: i32) -> i32 {
        self.at.x + (2 * lane - (self.lanes - 1)) * self.lane / 2
    }
}

/// What stands beside a gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateChip {
    /// Its box.
    pub rect: Rect,
    /// What the router allows.
    pub text: String,
}

/// A site's area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteShape {
    /// Which site.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its first LAN, and how many more it has.
    pub lans: String,
    /// The area.
    pub rect: Rect,
    /// Radius of its corners.
    pub radius: i32,
    /// Its border as an SVG path, open at the gate.
    pub border: String,
    /// The two brackets of the gate as an SVG path.
    pub brackets: String,
    /// The gate.
    pub gate: Gate,
    /// What the router allows, where there is room to say it.
    pub chip: Option<GateChip>,
    /// All of this as one sentence for a screen reader.
    pub label: String,
}

/// What the geometry of links needs to know of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) id: SiteId,
    pub(super) rect: Rect,
    pub(super) gate: Gate,
    /// Where its name stands; no line runs there.
    pub(super) header: Rect,
}

/// The frame of a site whose gate has so many lanes.
pub(super) fn frame(plan: &Plan, id: &SiteId, site: &Site, lanes: i32, detail: Detail) -> Frame {
    let rect = site_rect(plan, id, site);
    let header = header(site, rect, detail);
    let wish = detail.px(LANE) * (lanes - 1).max(0) + detail.px(18);
    let width = wish.clamp(detail.px(28), detail.px(WIDEST));
    let lane = if lanes > 1 {
        detail
            .px(LANE)
            .min((width - detail.px(18)) / (lanes - 1))
            .max(1)
    } else {
        0
    };
    // Above the middle of the machines, so that most links run straight, but
    // beside the name and clear of the rounded corner.
    let centers: Vec<i32> = plan
        .nodes_at(id)
        .map(|(_, node)| detail.card(node).center().x)
        .collect();
    let middle = match i32::try_from(centers.len()) {
        Ok(count) if count > 0 => centers.iter().sum::<i32>() / count,
        _ => rect.center().x,
    };
    let least = header.right() + width / 2 + detail.px(8);
    let most = rect.right() - width / 2 - detail.px(24);
    let x = middle.max(least).min(most.max(rect.x + width));
    Frame {
        id: id.clone(),
        rect,
        gate: Gate {
            at: Point { x, y: rect.y },
            width,
            lane,
            lanes,
        },
        header,
    }
}

/// Where the name and the LANs stand, by a generous guess at the text's width.
fn header(site: &Site, rect: Rect, detail: Detail) -> Rect {
    let (text, height) = if detail.form >= CardForm::Small {
        (name(site, rect, detail).chars().count() * 7, 28)
    } else {
        let longest = site
            .name
            .as_str()
            .chars()
            .count()
            .max(lans(site).chars().count());
        ((longest * 8).min(190), 52)
    };
    let text = i32::try_from(text).unwrap_or(190);
    Rect {
        x: rect.x,
        y: rect.y,
        width: detail.px(36 + text).min(rect.width * 2 / 3),
        height: detail.px(height),
    }
}

/// The name, cut to what stays free beside the gate.
fn name(site: &Site, rect: Rect, detail: Detail) -> String {
    if detail.form < CardForm::Small {
        return clip(site.name.as_str(), 24);
    }
    let room = (rect.width * detail.percent / 100 - 36 - 56) / 7;
    let room = usize::try_from(room.clamp(3, 16)).unwrap_or(3);
    // A whole word reads better than a cut one.
    match site.name.as_str().split_once(' ') {
        Some((first, _))
            if site.name.as_str().chars().count() > room && first.chars().count() <= room =>
        {
            first.to_owned()
        }
        _ => clip(site.name.as_str(), room),
    }
}

fn lans(site: &Site) -> String {
    match (site.lans.first(), site.lans.len()) {
        (None, _) => String::new(),
        (Some(lan), 1) => clip(&lan.to_string(), 22),
        (Some(lan), count) => format!("{} + {}", clip(&lan.to_string(), 18), count - 1),
    }
}

/// The area of a site with all its texts.
pub(super) fn site_shape(plan: &Plan, site: &Site, frame: &Frame, detail: Detail) -> SiteShape {
    let Frame { id, rect, gate, .. } = frame;
    let small = detail.form >= CardForm::Small;
    let radius = detail
        .px(if detail.percent < 80 { 12 } else { 16 })
        .min(rect.height / 2);
    let tick = detail.px(6);
    let (left, right) = (gate.at.x - gate.width / 2, gate.at.x + gate.width / 2);
    SiteShape {
        id: id.clone(),
        name: name(site, *rect, detail),
        lans: if small { String::new() } else { lans(site) },
        rect: *rect,
        radius,
        border: border(*rect, radius, left, right),
        brackets: format!(
            "M{left} {top}V{bottom}M{right} {top}V{bottom}",
            top = rect.y - tick,
            bottom = rect.y + tick
        ),
        gate: *gate,
        chip: if small {
            None
        } else {
            chip(plan, id, site, frame, detail)
        },
        label: sentence_of_site(plan, id, site),
    }
}

fn border(rect: Rect, radius: i32, left: i32, right: i32) -> String {
    let (west, north, east, south) = (rect.x, rect.y, rect.right(), rect.bottom());
    let (in_west, in_north, in_east, in_south) =
        (west + radius, north + radius, east - radius, south - radius);
    format!(
        "M{right} {north}H{in_east}Q{east} {north} {east} {in_north}V{in_south}Q{east} {south} {in_east} {south}\
         H{in_west}Q{west} {south} {west} {in_south}V{in_north}Q{west} {north} {in_west} {north}H{left}"
    )
}

/// The chip stands right of the gate, or left of it where the right has no
/// room. Where neither has, it says less.
fn chip(plan: &Plan, id: &SiteId, site: &Site, frame: &Frame, detail: Detail) -> Option<GateChip> {
    let whole = clip(&router_sentence(plan, id, site), 30);
    let short = whole
        .split_once(',')
        .map_or(whole.as_str(), |(first, _)| first)
        .to_owned();
    let beside = frame.gate.width / 2 + detail.px(8);
    let margin = detail.px(8);
    for text in [whole, short] {
        let letters = i32::try_from(text.chars().count()).ok()?;
        let (width, height) = (detail.px(36 + letters * 6), detail.px(24));
        let (right, left) = (frame.gate.at.x + beside, frame.gate.at.x - beside - width);
        let fits = |x: i32| x >= frame.rect.x + margin && x + width <= frame.rect.right() - margin;
        if let Some(x) = [right, left].into_iter().find(|x| fits(*x)) {
            return Some(GateChip {
                rect: Rect {
                    x,
                    y: frame.rect.y - height / 2,
                    width,
                    height,
                },
                text,
            });
        }
    }
    None
}
