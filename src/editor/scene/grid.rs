//! Which of many rectangles hold a point, found without asking each of them.

use crate::plan::Point;

use super::super::area::Rect;

/// Rectangles sorted into the squares of a coarse grid.
pub(super) struct Grid {
    /// The side of a square.
    side: i32,
    rects: Vec<Rect>,
    /// Each square with each rectangle that reaches into it, in order.
    squares: Vec<((i32, i32), usize)>,
}

impl Grid {
    /// Sorts rectangles, most of which are about as long as `side`.
    pub(super) fn new(rects: Vec<Rect>, side: i32) -> Self {
        let side = side.max(1);
        let mut squares = Vec::with_capacity(4 * rects.len());
        for (place, rect) in rects.iter().enumerate() {
            for x in rect.x.div_euclid(side)..=rect.right().div_euclid(side) {
                for y in rect.y.div_euclid(side)..=rect.bottom().div_euclid(side) {
                    squares.push(((x, y), place));
                }
            }
        }
        crate::sorting::sort(&mut squares);
        Self {
            side,
            rects,
            squares,
        }
    }

    /// The places of all rectangles that hold a point.
    pub(super) fn at(&self, point: Point) -> impl Iterator<Item = usize> + '_ {
        let square = (point.x.div_euclid(self.side), point.y.div_euclid(self.side));
        let first = self.squares.partition_point(|(other, _)| *other < square);
        let rest = self.squares.get(first..).unwrap_or_default();
        rest.iter()
            .take_while(move |(other, _)| *other == square)
            .map(|(_, place)| *place)
            .filter(move |place| self.rects.get(*place).is_some_and(|rect| rect.holds(point)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_asking_each_rectangle_finds() {
        let mut random = 7_u32;
        let mut next = |most: i32| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i32::try_from(random >> 8).unwrap() % most
        };
        for side in [1, 17, 100] {
            let rects: Vec<Rect> = (0..60)
                .map(|_| Rect {
                    x: next(400) - 200,
                    y: next(400) - 200,
                    width: next(90),
                    height: next(90),
                })
                .collect();
            let grid = Grid::new(rects.clone(), side);
            for _ in 0..400 {
                let point = Point {
                    x: next(500) - 250,
                    y: next(500) - 250,
                };
                let mut found: Vec<usize> = grid.at(point).collect();
                found.sort_unstable();
                let all = (0..rects.len()).filter(|place| rects[*place].holds(point));
                assert_eq!(found, all.collect::<Vec<_>>(), "{point:?}");
            }
        }
    }
}
