//! Which part of the canvas shows, and how large.

use crate::editor::Rect;
use crate::plan::Point;

/// The smallest and the largest zoom.
const LIMITS: (f64, f64) = (0.05, 2.0);

/// A point on the screen, from the top left corner of the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    /// How far apart two points are.
    pub(super) fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (other.x - self.x, other.y - self.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// The point between two.
    pub(super) fn middle(self, other: Self) -> Self {
        Self {
            x: f64::midpoint(self.x, other.x),
            y: f64::midpoint(self.y, other.y),
        }
    }
}

/// Where the canvas begins on the screen, and its zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) zoom: f64,
}

impl Default for View {
    fn default() -> Self {
        Self {
            x: 0.0,
            y: 0.0,
            zoom: 1.0,
        }
    }
}

/// A rounded pixel. What a person can reach fits into the range by far.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn whole(value: f64) -> i32 {
    value.round() as i32
}

impl View {
    /// The point of the canvas at a point of the screen.
    pub(super) fn to_canvas(self, spot: Spot) -> Point {
        Point {
            x: whole((spot.x - self.x) / self.zoom),
            y: whole((spot.y - self.y) / self.zoom),
        }
    }

    /// The point of the screen at a point of the canvas.
    pub(super) fn to_screen(self, point: Point) -> Spot {
        Spot {
            x: self.x + f64::from(point.x) * self.zoom,
            y: self.y + f64::from(point.y) * self.zoom,
        }
    }

    /// The view moved by so many pixels of the screen.
    pub(super) fn moved(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// The view with another zoom; what is at `spot` stays there.
    pub(super) fn zoomed(self, spot: Spot, zoom: f64) -> Self {
        let zoom = zoom.clamp(LIMITS.0, LIMITS.1);
        let factor = zoom / self.zoom;
        Self {
            x: spot.x - (spot.x - self.x) * factor,
            y: spot.y - (spot.y - self.y) * factor,
            zoom,
        }
    }

    /// The view that shows a rectangle as large as it fits beside `left` pixels,
    /// but never enlarged.
    pub(super) fn fitting(bounds: Rect, (width, height): (f64, f64), left: f64) -> Self {
        let margin = if width < 600.0 { 12.0 } else { 40.0 };
        let room = (
            (width - left - 2.0 * margin).max(80.0),
            (height - 2.0 * margin).max(80.0),
        );
        let (w, h) = (
            f64::from(bounds.width.max(1)),
            f64::from(bounds.height.max(1)),
        );
        let zoom = (room.0 / w).min(room.1 / h).clamp(LIMITS.0, 1.0);
        Self {
            x: left + margin + (room.0 - w * zoom) / 2.0 - f64::from(bounds.x) * zoom,
            y: margin + (room.1 - h * zoom) / 2.0 - f64::from(bounds.y) * zoom,
            zoom,
        }
    }

    /// The view moved just as far as it takes to show a rectangle.
    pub(super) fn showing(self, rect: Rect, (width, height): (f64, f64)) -> Self {
        let margin = 16.0;
        let begin = self.to_screen(Point {
            x: rect.x,
            y: rect.y,
        });
        let end = self.to_screen(Point {
            x: rect.right(),
            y: rect.bottom(),
        });
        let shift = |begin: f64, end: f64, room: f64| {
            if begin < margin {
                margin - begin
            } else if end > room - margin {
                (room - margin - end).max(margin - begin)
            } else {
                0.0
            }
        };
        self.moved(shift(begin.x, end.x, width), shift(begin.y, end.y, height))
    }

    /// The zoom in percent.
    pub(super) fn percent(self) -> i32 {
        whole(self.zoom * 100.0)
    }

    /// The zoom in percent, rounded down: what is drawn for it is never smaller
    /// than it shall be.
    pub(super) fn band(self) -> i32 {
        whole(self.zoom * 100.0 - 0.4999)
    }

    /// The transform of everything that is drawn.
    pub(super) fn transform(self) -> String {
        let (x, y) = (decimal(self.x), decimal(self.y));
        format!("translate({x} {y}) scale({})", decimal(self.zoom))
    }
}

/// A number with four digits behind the point. The library's own way of writing
/// such numbers is exact for all of them, and two kilobytes of download.
pub(super) fn decimal(value: f64) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a cast keeps to the ends of the range"
    )]
    let all = (value * 10_000.0).round() as i64;
    let sign = if all < 0 { "-" } else { "" };
    let all = all.unsigned_abs();
    format!("{sign}{}.{:04}", all / 10_000, all % 10_000)
}

/// The part of the canvas that a view shows.
pub(super) fn shown(view: View, (width, height): (f64, f64)) -> Rect {
    let begin = view.to_canvas(Spot { x: 0.0, y: 0.0 });
    let end = view.to_canvas(Spot {
        x: width,
        y: height,
    });
    Rect {
        x: begin.x,
        y: begin.y,
        width: end.x - begin.x,
        height: end.y - begin.y,
    }
}

/// What shows, and half as much around it, in steps of half of it, so that it is
/// the same for most moves of the view.
pub(super) fn around_shown(view: View, size: (f64, f64)) -> Rect {
    let corner = view.to_canvas(Spot { x: 0.0, y: 0.0 });
    let half = |length: f64| whole(length / view.zoom / 2.0) + 1;
    let (wide, high) = (half(size.0), half(size.1));
    Rect {
        x: (corner.x.div_euclid(wide) - 1) * wide,
        y: (corner.y.div_euclid(high) - 1) * high,
        width: 5 * wide,
        height: 5 * high,
    }
}
