//! What a site's provider gives it: the one question whose answer says whether
//! anybody can dial in from the internet over IPv4.

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::{Command, SiteField};
use crate::plan::{Plan, PublicAddress, Router, Site, SiteId, is_hidden_v4};
use crate::ui::field::{Radio, Radios, Reading, TextField, optional, possible};
use crate::ui::session::use_dispatch;

/// The answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// A public address that stays.
    Fixed,
    /// A public address that changes, behind a name that follows it.
    Changing,
    /// No public address.
    Nothing,
    /// Nobody has found out.
    Unknown,
}

/// The answers in order, each with its words, a note and a line more.
const ANSWERS: [(Gives, &str, &str, &str); 4] = [
    (
        Gives::Fixed,
        "A public IPv4 address that stays the same",
        "",
        "Ports can be forwarded, and others dial this address.",
    ),
    (
        Gives::Changing,
        "A public IPv4 address that changes",
        "",
        "Ports can be forwarded. A dynamic DNS name tells others where.",
    ),
    (
        Gives::Nothing,
        "No public IPv4 address",
        "",
        "The provider translates (carrier-grade NAT), or another router stands in front. The router then shows an address in 100.64.0.0/10 or a private one on its internet side. No port can be forwarded.",
    ),
    (
        Gives::Unknown,
        "I don\u{2019}t know yet",
        "cautious",
        "Nobody dials in. Compare what the router shows as its internet address with what a \u{201c}what is my IP\u{201d} page says: if both are equal, it is public.",
    ),
];

impl Gives {
    fn of(site: &Site) -> Self {
        match (site.router, &site.public) {
            (Router::Cgnat, _) => Self::Nothing,
            (Router::Nat, public) if public.name.is_some() => Self::Changing,
            (Router::Nat, public) if public.ipv4.is_some() => Self::Fixed,
            (Router::Nat, _) => Self::Unknown,
        }
    }

    /// What the answer states. What it does not contradict stays.
    fn stated(self, public: &PublicAddress) -> SiteField {
        let public = public.clone();
        match self {
            Self::Fixed => SiteField::Outside(
                Router::Nat,
                PublicAddress {
                    name: None,
                    ..public
                },
            ),
            Self::Changing => SiteField::Outside(
                Router::Nat,
                PublicAddress {
                    ipv4: None,
                    ..public
                },
            ),
            Self::Nothing => SiteField::Outside(Router::Cgnat, PublicAddress::default()),
            Self::Unknown => SiteField::Outside(Router::Nat, PublicAddress::default()),
        }
    }
}

/// What [`Provider`] shows.
#[derive(Clone, PartialEq, Properties)]
pub struct ProviderProps {
    /// The open plan.
    pub plan: Rc<Plan>,
    /// Which site.
    pub id: SiteId,
}

/// The question with its answers, and the address or name below the one that
/// asks for it.
#[component]
pub fn Provider(props: &ProviderProps) -> Html {
    let dispatch = use_dispatch();
    // Chosen, but the address or name is not typed yet; the plan hears of those only.
    let asking = use_state_eq(|| None::<Gives>);
    let Some(site) = props.plan.sites.get(&props.id) else {
        return html! {};
    };
    let holds = match Gives::of(site) {
        Gives::Unknown => asking.unwrap_or(Gives::Unknown),
        known => known,
    };
    let choose = |gives: Gives| {
        let (dispatch, asking) = (dispatch.clone(), asking.setter());
        let (id, public) = (props.id.clone(), site.public.clone());
        Callback::from(move |()| {
            asking.set(matches!(gives, Gives::Fixed | Gives::Changing).then_some(gives));
            dispatch.dispatch(Command::EditSite(id.clone(), gives.stated(&public)).into());
        })
    };
    html! {
        <Radios label="What does your provider give you?" why="site-gives">
            for (place, (gives, label, note, hint)) in ANSWERS.into_iter().enumerate() {
                <Radio
                    key={place} id={format!("site-gives-{place}")} group="site-gives" {label} {note} {hint}
                    checked={gives == holds} on_choose={choose(gives)}
                >
                    if gives == holds {
                        { detail(&props.plan, &props.id, site, gives) }
                    }
                </Radio>
            }
        </Radios>
    }
}

/// The fields that belong to an answer.
fn detail(plan: &Rc<Plan>, id: &SiteId, site: &Site, gives: Gives) -> Html {
    let reader = |change: fn(&mut PublicAddress, &str) -> Result<(), String>| {
        let (plan, id, public) = (plan.clone(), id.clone(), site.public.clone());
        Callback::from(move |text: String| -> Reading {
            let mut public = public.clone();
            change(&mut public, &text)?;
            possible(
                &plan,
                Command::EditSite(id.clone(), SiteField::Public(public)),
            )
        })
    };
    let asks_address = gives == Gives::Fixed || site.public.ipv4.is_some();
    let asks_name = gives == Gives::Changing || site.public.name.is_some();
    let hint = if site.public.ipv4.is_some_and(is_hidden_v4) {
        "Nobody on the internet reaches this address, so it is no public one: plan as if there were none."
    } else {
        "As the router shows it on its internet side."
    };
    match gives {
        Gives::Nothing | Gives::Unknown => html! {},
        Gives::Fixed | Gives::Changing => html! {
            <>
                if asks_address {
                    <TextField
                        id="site-v4" label="Public IPv4" code=true placeholder="203.0.113.1" class="is-nested" {hint}
                        value={site.public.ipv4.map_or_else(String::new, |address| address.to_string())}
                        read={reader(|public, text| { public.ipv4 = optional(text)?; Ok(()) })}
                    />
                }
                if asks_name {
                    <TextField
                        id="site-dns" label="DNS name" code=true placeholder="home.example.net" class="is-nested"
                        hint="The name that your dynamic DNS service keeps up to date."
                        value={site.public.name.as_ref().map_or_else(String::new, ToString::to_string)}
                        read={reader(|public, text| { public.name = optional(text)?; Ok(()) })}
                    />
                }
            </>
        },
    }
}
