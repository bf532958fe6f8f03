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
    html! {
        <g class={classes!("mark", class_of(verdict))}>
            <rect class="mark__plate" x="-12" y="-12" width="24" height="24" rx="6" />
            <rect class="mark__frame" x="-9" y="-9" width="18" height="18" rx="4" />
            if verdict == LinkVerdict::Open {
                <rect class="mark__inner" x="-6.5" y="-6.5" width="13" height="13" rx="2" />
            }
            <text class="mark__letter" y="4" text-anchor="middle">{ verdict.letter() }</text>
        </g>
    }
}
