//! Where tunnel addresses come from.

use std::rc::Rc;

use yew::prelude::*;

use super::site::{list, prefixes};
use crate::browser::random;
use crate::editor::Command;
use crate::plan::{Family, Plan};
use crate::ui::field::{Reading, TextField, possible};
use crate::ui::icon::{Glyph, Icon};
use crate::ui::session::{Action, use_dispatch};

/// What [`Tunnel`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct TunnelProps {
    /// The open plan.
    pub plan: Rc<Plan>,
}

/// The tunnel prefixes of both families.
#[component]
pub fn Tunnel(props: &TunnelProps) -> Html {
    let dispatch = use_dispatch();
    let plan = &props.plan;
    // Whether someone wants to type an IPv6 prefix instead of having one made.
    let typing = use_state_eq(|| false);
    let has_ipv6 = plan.tunnel_prefix(Family::V6).is_some();
    let field = |family: Family| {
        let plan = plan.clone();
        Callback::from(move |text: String| -> Reading {
            possible(&plan, Command::SetTunnel(family, prefixes(&text)?))
        })
    };
    let pools = |family: Family| list(&plan.pools(family).collect::<Vec<_>>());
    let add = Callback::from(move |_: MouseEvent| {
        let mut bytes = [0; 32];
        let action: Action = match random::fill(&mut bytes) {
            Ok(()) => {
                let [a, b, c, d, e, ..] = bytes;
                Command::AddRandomTunnel([a, b, c, d, e]).into()
            }
            Err(problem) => Action::Say(problem.into()),
        };
        dispatch.dispatch(action);
    });
    let own = {
        let typing = typing.setter();
        Callback::from(move |_: MouseEvent| typing.set(true))
    };
    html! {
        <>
            <TextField
                id="plan-v4" label="Tunnel IPv4" code=true placeholder="none" value={pools(Family::V4)} read={field(Family::V4)}
                hint="Tunnel addresses come from here. Several are separated by commas."
            />
            if has_ipv6 || *typing {
                <TextField
                    id="plan-v6" label="Tunnel IPv6" code=true placeholder="fd12:3456:789a::/64" value={pools(Family::V6)} read={field(Family::V6)}
                    hint="Every machine has an IPv6 address in the tunnel, too."
                />
            } else {
                <div class="field">
                    <span class="field__label" id="plan-v6-label">{ "Tunnel IPv6" }</span>
                    <div class="buttons" role="group" aria-labelledby="plan-v6-label">
                        <button type="button" class="button button--small" aria-describedby="plan-v6-hint" onclick={add}>
                            <Icon glyph={Glyph::Plus} />{ "Add IPv6" }
                        </button>
                        <button type="button" class="button button--quiet button--small" onclick={own}>{ "Type a prefix" }</button>
                    </div>
                    <p class="field__hint" id="plan-v6-hint">{ "A private prefix made at random, which collides with nobody\u{2019}s. It works whether or not the internet line has IPv6." }</p>
                </div>
            }
        </>
    }
}
