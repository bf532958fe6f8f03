//! The sheet of all keys, made from the same table that the keys work by.

use yew::prelude::*;

use super::actions::{Group, ROWS, shown};
use super::dialog::Modal;
use super::session::{Action, use_dispatch};
use super::words::t;

/// All keys.
#[component]
pub(super) fn KeySheet() -> Html {
    let dispatch = use_dispatch();
    let close = Callback::from(move |()| dispatch.dispatch(Action::ShowSheet(None)));
    html! {
        <Modal id="keys" class="dialog--keys" title={t!("Keyboard keys")} on_close={close}>
            <div class="keys" tabindex="0" role="group" aria-labelledby="keys-title"><div class="keys__columns">
                { for Group::ALL.into_iter().map(|group| html! {
                    <section class="keys__group">
                        <h3 class="keys__title">{ group.name() }</h3>
                        <dl class="keys__list">
                            { for ROWS.iter().filter(|row| row.group == group && !row.keys.is_empty()).map(|row| html! {
                                <div class="keys__row">
                                    <dt>{ row.deed.name() }</dt>
                                    <dd>{ for row.keys.iter().map(|key| html! { <kbd class="key">{ shown(key) }</kbd> }) }</dd>
                                </div>
                            }) }
                        </dl>
                    </section>
                }) }
            </div></div>
            <p class="dialog__text">
                { t!("Keys of one sign work while nobody types; those of the canvas while the focus is on it.") }
            </p>
        </Modal>
    }
}
