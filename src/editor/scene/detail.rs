//! How much of each machine is drawn, depending on the zoom and the room.

use crate::plan::{Node, Plan};

use super::super::area::{CARD_HEIGHT, CARD_WIDTH, Rect, card_rect, site_rect};

/// What a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardForm {
    /// Everything.
    Full,
    /// No strip at the bottom.
    Compact,
    /// Icon, name and address.
    Small,
    /// Icon and name.
    Chip,
    /// The icon alone.
    Dot,
    /// From afar: a dot in the row of its site.
    Row,
    /// From very far: its site is a block with a name, and it is no more than counted.
    Block,
}

impl CardForm {
    /// Width and height in pixels on the screen, or at 100 % for a full card.
    #[must_use]
    pub fn size(self) -> (i32, i32) {
        match self {
            Self::Full => (CARD_WIDTH, CARD_HEIGHT),
            Self::Compact => (CARD_WIDTH, 50),
            Self::Small => (136, 44),
            Self::Chip => (104, 32),
            Self::Dot => (34, 32),
            Self::Row => (24, 24),
            Self::Block => (12, 12),
        }
    }

    /// Whether sites speak for their machines, see [`super::Scene::from_afar`].
    #[must_use]
    pub fn is_afar(self) -> bool {
        self >= Self::Row
    }
}

/// Below this zoom in percent sites are blocks.
const FAR: i32 = 20;
/// Below this zoom in percent machines without room for a name are dots.
const NEAR: i32 = 40;

/// How much is drawn and how large.
///
/// Below 80 % the cards keep their size on the screen and lose content instead,
/// so that their text stays readable; `percent` is the zoom at which they are
/// as large as they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What a card shows.
    pub form: CardForm,
    /// The zoom that everything is drawn for, 100 or less.
    pub percent: i32,
}

impl Detail {
    /// Full cards at their natural size.
    pub const FULL: Self = Self {
        form: CardForm::Full,
        percent: 100,
    };

    /// What fits at a zoom in percent; narrow screens never show full cards.
    #[must_use]
    pub fn fitting(plan: &Plan, zoom: i32, narrow: bool) -> Self {
        if zoom >= 80 {
            let form = if narrow {
                CardForm::Compact
            } else {
                CardForm::Full
            };
            return Self { form, percent: 100 };
        }
        // In steps, so that zooming does not draw everything anew all the time.
        let percent = if zoom < FAR { zoom } else { zoom / 2 * 2 }.clamp(4, 100);
        let least = match zoom {
            ..FAR => {
                let form = CardForm::Block;
                return Self { form, percent };
            }
            FAR..NEAR => CardForm::Row,
            _ => CardForm::Dot,
        };
        [CardForm::Compact, CardForm::Small, CardForm::Chip]
            .into_iter()
            .map(|form| Self { form, percent })
            .find(|detail| detail.has_room(plan))
            .unwrap_or(Self {
                form: least,
                percent,
            })
    }

    /// Pixels of the screen in units of the canvas.
    #[must_use]
    pub fn px(self, pixels: i32) -> i32 {
        pixels * 100 / self.percent
    }

    /// The rectangle of a machine's card: below the middle of the upper edge of
    /// its full card, so that the name of its site stays free.
    #[must_use]
    pub fn card(self, node: &Node) -> Rect {
        let full = card_rect(node);
        if self == Self::FULL {
            return full;
        }
        let (width, height) = self.form.size();
        let (width, height) = (self.px(width), self.px(height));
        let middle = full.center().x;
        Rect {
            x: middle - width / 2,
            y: full.y,
            width,
            height,
        }
    }

    /// Whether cards of this size touch neither each other nor the border of
    /// their site.
    fn has_room(self, plan: &Plan) -> bool {
        let gap = self.px(8);
        let cards: Vec<Rect> = plan
            .nodes
            .values()
            .map(|node| self.card(node).grown(gap / 2))
            .collect();
        let apart = cards.iter().enumerate().all(|(index, one)| {
            cards
                .iter()
                .skip(index + 1)
                .all(|other| !one.overlaps(*other))
        });
        apart
            && plan.sites.iter().all(|(id, site)| {
                let area = site_rect(plan, id, site);
                plan.nodes_at(id).all(|(_, node)| {
                    let card = self.card(node);
                    card.x >= area.x + gap / 2 && card.right() <= area.right() - gap / 2
                })
            })
    }
}
