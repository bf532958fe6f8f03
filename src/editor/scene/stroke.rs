//! Lines made of straight runs and curves, as SVG path data and as points.

use std::fmt::Write as _;

use crate::plan::Point;

use super::super::area::Rect;

/// Into how many chords a curve is cut where its length or course matters.
const CHORDS: i32 = 16;

/// A line on the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    start: Point,
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Line(Point),
    /// A cubic with its two handles and its end.
    Curve(Point, Point, Point),
}

impl Segment {
    fn end(&self) -> Point {
        match self {
            Self::Line(to) | Self::Curve(_, _, to) => *to,
        }
    }
}

impl Stroke {
    /// A line that begins here.
    #[must_use]
    pub fn from(start: Point) -> Self {
        Self {
            start,
            segments: Vec::new(),
        }
    }

    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> Point {
        self.start
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Point {
        self.segments.last().map_or(self.start, Segment::end)
    }

    /// A rectangle that the line does not leave: a curve stays among its handles.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        let (mut low, mut high) = (self.start, self.start);
        let points = self.segments.iter().flat_map(|segment| match segment {
            Segment::Line(to) => [*to; 3],
            Segment::Curve(first, second, to) => [*first, *second, *to],
        });
        for point in points {
            (low.x, low.y) = (low.x.min(point.x), low.y.min(point.y));
            (high.x, high.y) = (high.x.max(point.x), high.y.max(point.y));
        }
        Rect {
            x: low.x,
            y: low.y,
            width: high.x - low.x,
            height: high.y - low.y,
        }
    }

    /// Goes on straight.
    pub fn line(&mut self, to: Point) {
        if to != self.end() {
            self.segments.push(Segment::Line(to));
        }
    }

    /// Goes on in a curve.
    pub fn curve(&mut self, first: Point, second: Point, to: Point) {
        self.segments.push(Segment::Curve(first, second, to));
    }

    /// Goes on along corners, each rounded as far as its sides are long.
    pub fn corners(&mut self, points: &[Point], radius: i32) {
        for (index, corner) in points.iter().enumerate() {
            let Some(next) = points.get(index + 1) else {
                self.line(*corner);
                break;
            };
            let before = self.end();
            let reach = radius
                .min(distance(before, *corner) / 2)
                .min(distance(*corner, *next) / 2);
            let enter = towards(*corner, before, reach);
            let leave = towards(*corner, *next, reach);
            self.line(enter);
            if reach > 0 {
                self.curve(
                    towards(enter, *corner, reach * 2 / 3),
                    towards(leave, *corner, reach * 2 / 3),
                    leave,
                );
            }
        }
    }

    /// Goes on with another line that begins where this one ends.
    pub fn append(&mut self, other: &Self) {
        self.line(other.start);
        self.segments.extend(other.segments.iter().cloned());
    }

    /// The same line from its other end.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut back = Self::from(self.end());
        for (index, segment) in self.segments.iter().enumerate().rev() {
            let before = index
                .checked_sub(1)
                .and_then(|index| self.segments.get(index));
            let from = before.map_or(self.start, Segment::end);
            back.segments.push(match segment {
                Segment::Line(_) => Segment::Line(from),
                Segment::Curve(first, second, _) => Segment::Curve(*second, *first, from),
            });
        }
        back
    }

    /// The line as an SVG path.
    #[must_use]
    pub fn data(&self) -> String {
        let mut data = format!("M{} {}", self.start.x, self.start.y);
        for segment in &self.segments {
            // Writing to a string cannot fail.
            let _ = match segment {
                Segment::Line(to) => write!(data, "L{} {}", to.x, to.y),
                Segment::Curve(a, b, to) => {
                    write!(data, "C{} {} {} {} {} {}", a.x, a.y, b.x, b.y, to.x, to.y)
                }
            };
        }
        data
    }

    /// Points along the line, close enough together to stand for it.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        let mut points = vec![self.start];
        for segment in &self.segments {
            let from = points.last().copied().unwrap_or(self.start);
            match segment {
                Segment::Line(to) => points.push(*to),
                Segment::Curve(a, b, to) => {
                    points.extend((1..=CHORDS).map(|step| on_curve([from, *a, *b, *to], step)));
                }
            }
        }
        points
    }

    /// Points along the line, at most so far apart.
    #[must_use]
    pub fn dense(&self, step: i32) -> Vec<Point> {
        let points = self.points();
        let mut dense = vec![self.start];
        for pair in points.windows(2) {
            if let [from, to] = pair {
                let whole = distance(*from, *to);
                dense.extend(
                    (1..)
                        .map(|count| count * step.max(1))
                        .take_while(|at| *at < whole)
                        .map(|at| towards(*from, *to, at)),
                );
                dense.push(*to);
            }
        }
        dense
    }

    /// The point at so many thousandths of the line's length.
    #[must_use]
    pub fn at(&self, thousandths: i32) -> Point {
        let points = self.points();
        let lengths: Vec<i32> = points.windows(2).map(pair_length).collect();
        let whole: i64 = lengths.iter().map(|length| i64::from(*length)).sum();
        let mut rest = i32::try_from(whole * i64::from(thousandths) / 1000).unwrap_or(i32::MAX);
        for (pair, length) in points.windows(2).zip(&lengths) {
            if rest <= *length
                && let [from, to] = pair
            {
                return towards(*from, *to, rest);
            }
            rest -= length;
        }
        self.end()
    }
}

fn pair_length(pair: &[Point]) -> i32 {
    match pair {
        [from, to] => distance(*from, *to),
        _ => 0,
    }
}

/// The distance of two points in whole pixels.
#[must_use]
pub(super) fn distance(a: Point, b: Point) -> i32 {
    let (dx, dy) = (i64::from(b.x - a.x), i64::from(b.y - a.y));
    i32::try_from((dx * dx + dy * dy).isqrt()).unwrap_or(i32::MAX)
}

/// The point so far from `from` on the way to `to`.
fn towards(from: Point, to: Point, length: i32) -> Point {
    let whole = i64::from(distance(from, to).max(1));
    let step = |from: i32, to: i32| from + rounded(i64::from(to - from) * i64::from(length), whole);
    Point {
        x: step(from.x, to.x),
        y: step(from.y, to.y),
    }
}

/// A point of a cubic, by its step out of [`CHORDS`].
fn on_curve([from, a, b, to]: [Point; 4], step: i32) -> Point {
    let (t, u) = (i64::from(step), i64::from(CHORDS - step));
    let mix = |from: i32, a: i32, b: i32, to: i32| {
        let sum = u * u * u * i64::from(from)
            + 3 * u * u * t * i64::from(a)
            + 3 * u * t * t * i64::from(b)
            + t * t * t * i64::from(to);
        rounded(sum, i64::from(CHORDS).pow(3))
    };
    Point {
        x: mix(from.x, a.x, b.x, to.x),
        y: mix(from.y, a.y, b.y, to.y),
    }
}

/// A quotient rounded to the nearest whole number, so that nothing drifts.
fn rounded(sum: i64, by: i64) -> i32 {
    i32::try_from((2 * sum + by).div_euclid(2 * by)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: i32, y: i32) -> Point {
        Point { x, y }
    }

    #[test]
    fn corners_are_rounded_and_ends_are_met() {
        let mut stroke = Stroke::from(point(0, 100));
        stroke.corners(&[point(0, 0), point(100, 0)], 9);
        assert_eq!(stroke.data(), "M0 100L0 9C0 3 3 0 9 0L100 0");
        assert_eq!(stroke.end(), point(100, 0));
    }

    #[test]
    fn a_line_walked_backwards_is_the_same_line() {
        let mut stroke = Stroke::from(point(0, 100));
        stroke.curve(point(0, 40), point(40, 0), point(100, 0));
        stroke.line(point(200, 0));
        let back = stroke.reversed();
        assert_eq!(back.data(), "M200 0L100 0C40 0 0 40 0 100");
        assert_eq!(back.reversed(), stroke);
    }

    #[test]
    fn the_middle_lies_halfway() {
        let mut stroke = Stroke::from(point(0, 0));
        stroke.line(point(30, 0));
        stroke.line(point(30, 70));
        assert_eq!(stroke.at(500), point(30, 20));
        assert_eq!(stroke.at(0), point(0, 0));
        assert_eq!(stroke.at(1000), point(30, 70));
    }
}
