//! What can be chosen or typed for a machine, in one place for its own cells and
//! for several machines at once.

use yew::AttrValue;

use crate::plan::{Place, Plan, Platform, PublicAddress, Relaying, SiteId};
use crate::ui::field::optional;
use crate::ui::inspector::platform_words;
use crate::ui::words::t;

/// Stands before the identity of a site among the places.
pub const SITE: &str = "at ";

/// Places to choose from, each with its key.
pub fn places(plan: &Plan) -> Vec<(AttrValue, AttrValue)> {
    let mut places = vec![("internet".into(), t!("on the internet"))];
    for (id, site) in &plan.sites {
        places.push((format!("{SITE}{id}").into(), site.name.to_string().into()));
    }
    places.push(("roams".into(), t!("roams")));
    places
}

/// The place that a key stands for.
pub fn place_of(key: &str) -> Place {
    match key.strip_prefix(SITE) {
        Some(site) => Place::at(SiteId::new(site)),
        None if key == "internet" => Place::Internet(PublicAddress::default()),
        None => Place::Roams,
    }
}

/// An address of either family, or a name. The one of another kind stays.
pub fn set_public(public: &mut PublicAddress, text: &str) -> Result<(), String> {
    let text = text.trim();
    if text.is_empty() {
        *public = PublicAddress::default();
    } else if text.contains(':') {
        public.ipv6 = optional(text)?;
    } else if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        public.ipv4 = optional(text)?;
    } else {
        public.name = optional(text)?;
    }
    Ok(())
}

/// What a key says about relaying.
pub fn relaying(key: &str) -> Relaying {
    match key {
        "yes" => Relaying::Yes,
        "no" => Relaying::No,
        _ => Relaying::Automatic,
    }
}

/// The platforms, each with its key.
pub const PLATFORMS: [(&str, Platform); 3] = [
    ("linux", Platform::Linux),
    ("android", Platform::Android),
    ("ios", Platform::Ios),
];

/// Platforms to choose from, each with its key.
pub fn platforms() -> Vec<(AttrValue, AttrValue)> {
    let words = PLATFORMS.map(|(key, platform)| (key.into(), platform_words(platform).into()));
    words.into()
}

/// The platform that a key stands for.
pub fn platform_of(key: &str) -> Platform {
    let known = PLATFORMS.iter().find(|(known, _)| *known == key);
    known.map_or(Platform::Linux, |(_, platform)| *platform)
}
