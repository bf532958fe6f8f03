//! What can be done with what is selected, in the menu on the canvas.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::{Command, Selection, to_tidy};
use crate::ui::actions::Deed;
use crate::ui::icon::Glyph;
use crate::ui::session::use_dispatch;
use crate::ui::several::{arrange_buttons, delete_words};
use crate::ui::words::t;

use super::hands::Hands;
use super::hit::Hit;
use super::menu::{item as plain, item_of as item};
use super::moving::part_of;
use super::stage::{Menu, Step, Tool};
use super::tidying::tidy;
use super::tools::Held;
use super::view::Spot;

/// Opens the menu for what lies under a pointer, which becomes selected unless
/// it is already.
pub(super) fn ask(hands: &Hands, hit: &Hit, at: Spot) {
    let on = match hit {
        Hit::Target(target) => part_of(target),
        Hit::Handle(id) => Some(crate::mesh::Subject::Node(id.clone())),
        Hit::Ground => None,
    };
    let selected =
        |on: &crate::mesh::Subject| hands.now().is_some_and(|now| now.selection.contains(on));
    if let Some(on) = on.clone().filter(|on| !selected(on)) {
        hands.select(on);
    }
    hands.open_menu(at, on);
}

/// Everything that can be done with what is selected, and pasting.
#[hook]
pub(super) fn use_items(hands: &Held, menu: &Menu, chosen: &Selection) -> Html {
    let dispatch = use_dispatch();
    let does = |what: fn(&Rc<Hands>)| {
        let hands = hands.clone();
        Callback::from(move |_: MouseEvent| {
            what(&hands.0);
            hands.0.step(Step::Menu(None));
        })
    };
    let paste = {
        let (hands, place) = (hands.clone(), menu.place);
        Callback::from(move |_: MouseEvent| {
            hands.0.paste(place);
            hands.0.step(Step::Menu(None));
        })
    };
    let gather = does(|hands| hands.step(Step::Tool(Tool::Gather)));
    let tidy_chosen = does(|hands| {
        if let Some(now) = hands.now() {
            tidy(hands, to_tidy(&now.selection));
        }
    });
    let tidy_all = does(|hands| tidy(hands, &[]));
    let delete = does(|hands| {
        if let Some(now) = hands.now() {
            hands.remove_selected(&now);
        }
    });
    let arrange = chosen.is_several().then(|| {
        let (hands, parts) = (hands.clone(), chosen.parts().to_vec());
        arrange_buttons(
            &parts.clone(),
            true,
            &Callback::from(move |how| {
                dispatch.dispatch(Command::Arrange(parts.clone(), how).into());
                hands.0.step(Step::Menu(None));
            }),
        )
    });
    html! {
        if menu.on.is_some() {
            { item(Deed::Duplicate, t!("Duplicate"), does(|hands| hands.duplicate())) }
            { item(Deed::Copy, t!("Copy"), does(|hands| hands.copy(false))) }
            { item(Deed::Cut, t!("Cut"), does(|hands| hands.copy(true))) }
            { item(Deed::Paste, t!("Paste"), paste) }
            { plain(Glyph::Pointer, t!("Select more"), gather) }
            if !to_tidy(chosen).is_empty() {
                { item(Deed::Tidy, t!("Tidy up"), tidy_chosen) }
            }
            { for arrange }
            <hr class="menu__gap" />
            { item(Deed::Remove, delete_words(chosen), delete) }
        } else {
            { item(Deed::Paste, t!("Paste"), paste) }
            { item(Deed::Tidy, t!("Tidy up everything"), tidy_all) }
        }
    }
}

/// What stands on the canvas while one thing after the other is selected, with
/// the way out for those who have no Escape key.
pub(super) fn gathering(hands: &Held) -> Html {
    let hands = hands.clone();
    let done = Callback::from(move |_: MouseEvent| hands.0.step(Step::Tool(Tool::Select)));
    html! {
        <div class="gather">
            <span role="status">{ t!("Choose machines and sites, one after the other.") }</span>
            <button type="button" class="button button--small button--primary" onclick={done}>{ t!("Done") }</button>
        </div>
    }
}
