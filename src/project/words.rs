//! The words that stand in the plan file for the choices of the model, in one
//! place for reading and writing.

use crate::plan::{
    Answers, Form, HostFirewall, MtuPolicy, NatKind, Platform, Router, SiteIpv6, Stack, Uplink,
};

/// Words with what they mean.
pub(super) type Words<T> = [(&'static str, T)];

pub(super) const ROUTERS: &Words<Router> = &[("nat", Router::Nat), ("cgnat", Router::Cgnat)];

pub(super) const NAT_KINDS: &Words<NatKind> = &[
    ("unknown", NatKind::Unknown),
    ("keeps-port", NatKind::KeepsPort),
    ("symmetric", NatKind::Symmetric),
];

pub(super) const SITE_IPV6: &Words<SiteIpv6> = &[
    ("none", SiteIpv6::None),
    ("firewalled", SiteIpv6::Firewalled),
    ("open", SiteIpv6::Open),
];

/// An uplink whose MTU was measured is a number instead.
pub(super) const UPLINKS: &Words<Uplink> = &[
    ("ethernet", Uplink::Ethernet),
    ("pppoe", Uplink::Pppoe),
    ("ds-lite", Uplink::DsLite),
    ("lte", Uplink::Lte),
];

pub(super) const FORMS: &Words<Form> = &[
    ("server", Form::Server),
    ("nas", Form::Nas),
    ("board", Form::Board),
    ("computer", Form::Computer),
    ("phone", Form::Phone),
];

pub(super) const PLATFORMS: &Words<Platform> = &[
    ("linux", Platform::Linux),
    ("android", Platform::Android),
    ("ios", Platform::Ios),
];

pub(super) const STACKS: &Words<Stack> = &[
    ("usual", Stack::Usual),
    ("ipv4-only", Stack::Ipv4Only),
    ("ipv6-only", Stack::Ipv6Only),
    ("nat64", Stack::Nat64),
];

pub(super) const FIREWALLS: &Words<HostFirewall> = &[
    ("lets-in", HostFirewall::LetsIn),
    ("blocks", HostFirewall::Blocks),
];

pub(super) const ANSWERS: &Words<Answers> = &[
    ("translate", Answers::Translate),
    ("route", Answers::Route),
    ("nothing", Answers::Nothing),
];

pub(super) const MTU_POLICIES: &Words<MtuPolicy> =
    &[("same", MtuPolicy::Same), ("each", MtuPolicy::Each)];

/// The word for a value, if one stands for it.
pub(super) fn word<T: PartialEq>(words: &Words<T>, value: &T) -> Option<&'static str> {
    let (word, _) = words.iter().find(|(_, meaning)| meaning == value)?;
    Some(word)
}

/// The word for a value that is not the usual one, which is left out of files.
pub(super) fn unusual<T: PartialEq + Default>(words: &Words<T>, value: &T) -> Option<&'static str> {
    word(words, value).filter(|_| *value != T::default())
}
