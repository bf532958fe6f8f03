//! Small pieces that the layers share.

use yew::prelude::*;

use crate::editor::Rect;
use crate::editor::scene::{Arrow, Dir, LinkVerdict};
use crate::plan::Point;
use crate::ui::icon::{Glyph, path};

use super::view::decimal;

/// An icon of the 16 px grid with its corner at a point.
pub(super) fn icon(glyph: Glyph, x: i32, y: i32, size: i32, class: &'static str) -> Html {
    let scale = decimal(f64::from(size) / 16.0);
    let transform = if size == 16 {
        format!("translate({x} {y})")
    } else {
        format!("translate({x} {y}) scale({scale})")
    };
    html! { <path class={classes!("glyph", class)} {transform} d={path(glyph)} /> }
}

/// The transform that puts a piece at a point, in the scale of the detail.
pub(super) fn placed(at: Point, percent: i32) -> String {
    if percent == 100 {
        format!("translate({} {})", at.x, at.y)
    } else {
        let scale = decimal(100.0 / f64::from(percent));
        format!("translate({} {}) scale({scale})", at.x, at.y)
    }
}

/// A rectangle with round corners.
pub(super) fn round_rect(rect: Rect, radius: i32, class: &'static str) -> Html {
    html! {
        <rect
            {class}
            x={rect.x.to_string()}
            y={rect.y.to_string()}
            width={rect.width.to_string()}
            height={rect.height.to_string()}
            rx={radius.to_string()}
        />
    }
}

/// The class of a verdict.
pub(super) fn class_of(verdict: LinkVerdict) -> &'static str {
    match verdict {
        LinkVerdict::Direct => "is-direct",
        LinkVerdict::Lan => "is-lan",
        LinkVerdict::Open => "is-both",
        LinkVerdict::Relayed => "is-relayed",
        LinkVerdict::Impossible => "is-impossible",
        LinkVerdict::Never => "is-never",
    }
}

/// The head of an arrow.
pub(super) fn arrow_head(arrow: &Arrow, percent: i32) -> Html {
    let d = match arrow.to {
        Dir::Right => "M0 0L-9 -4.5V4.5Z",
        Dir::Left => "M0 0L9 -4.5V4.5Z",
        Dir::Down => "M0 0L-4.5 -9H4.5Z",
        Dir::Up => "M0 0L-4.5 9H4.5Z",
    };
    html! { <path class="link__arrow" transform={placed(arrow.tip, percent)} {d} /> }
}

/// A verdict's badge around a point: letter and frame as in the matrix.
pub(super) fn badge(verdict: LinkVerdict) -> Html {
    badge_of(verdict, 10)
}

/// A badge in so many tenths of its size: 10, 8 or 7. It has no transform of its
/// own, each of which costs the browser a layer to put together: there may be
/// hundreds of badges.
pub(super) fn badge_of(verdict: LinkVerdict, tenths: u8) -> Html {
    let px = |length: f64| decimal(length * f64::from(tenths) / 10.0);
    let square = |class: &'static str, half: f64, radius: f64| {
        let (corner, side) = (px(-half), px(2.0 * half));
        html! { <rect {class} x={corner.clone()} y={corner} width={side.clone()} height={side} rx={px(radius)} /> }
    };
    let size = match tenths {
        7 => Some("is-7"),
        8 => Some("is-8"),
        _ => None,
    };
    html! {
        <g class={classes!("mark", class_of(verdict), size)}>
            { square("mark__plate", 12.0, 6.0) }
            { square("mark__frame", 9.0, 4.0) }
            if verdict == LinkVerdict::Open {
                { square("mark__inner", 6.5, 2.0) }
            }
            <text class="mark__letter" y={px(4.0)} text-anchor="middle">{ verdict.letter() }</text>
        </g>
    }
}
