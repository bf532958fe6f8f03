//! Rules of `nft` that fit into one line.

use ipnet::IpNet;

use super::{Effect, Filter, OutOf, out_of, shell};
use crate::plan::Family;

/// The parts of a rule that matter. A rule with any other part is narrower
/// than we could say, so it is not understood.
#[derive(Default)]
struct Rule {
    family: Option<Family>,
    from: Vec<IpNet>,
    to: Vec<IpNet>,
    not_to: Vec<IpNet>,
    from_tunnel: bool,
    out: Option<OutOf>,
    verdict: String,
}

/// What `nft add rule …` or `nft add chain …` does; `text` is all that stands
/// behind `nft`.
pub(super) fn effects(text: &str, interface: &str) -> Vec<Effect> {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let [verb @ ("add" | "insert" | "create"), object, rest @ ..] = words.as_slice() else {
        return Vec::new();
    };
    let (kind, table_family, rest) = match rest {
        ["ip6", rest @ ..] => ("ip6", Some(Family::V6), rest),
        ["inet", rest @ ..] => ("inet", None, rest),
        // Without a word in front, a table is one of IPv4.
        ["ip", rest @ ..] | rest => ("ip", Some(Family::V4), rest),
    };
    let [table, chain, body @ ..] = rest else {
        return Vec::new();
    };
    let chain = format!("{kind} {table} {chain}");
    if *object == "chain" {
        return purpose(body, chain).into_iter().collect();
    }
    if *object != "rule" {
        return Vec::new();
    }
    let Some(mut rule) = rule(body, interface) else {
        return Vec::new();
    };
    rule.family = rule.family.or(table_family);
    match rule.verdict.as_str() {
        "masquerade" | "snat" => translates(&rule),
        "drop" | "reject" | "accept" => filters(rule, chain, *verb == "insert"),
        _ => Vec::new(),
    }
}

fn translates(rule: &Rule) -> Vec<Effect> {
    let families: &[Family] = match &rule.family {
        Some(family) => std::slice::from_ref(family),
        None => &Family::BOTH,
    };
    families
        .iter()
        .map(|family| Effect::Translates {
            family: *family,
            from: rule.from.clone(),
            to: rule.to.clone(),
            not_to: rule.not_to.clone(),
            out: rule.out.clone(),
        })
        .collect()
}

/// What a chain that filters is for: `{ type filter hook forward priority 0; }`.
fn purpose(body: &[&str], chain: String) -> Option<Effect> {
    match body {
        ["{", "type", "filter", "hook", hook, ..] => Some(Effect::Chain {
            chain,
            forwards: *hook == "forward",
        }),
        _ => None,
    }
}

fn filters(rule: Rule, chain: String, inserts: bool) -> Vec<Effect> {
    let into_tunnel = rule.out == Some(OutOf::Tunnel);
    if rule.out.is_some() && !into_tunnel || !rule.not_to.is_empty() {
        return Vec::new();
    }
    vec![Effect::Filters(Filter {
        chain,
        place: inserts.then_some(0),
        accepts: rule.verdict == "accept",
        family: rule.family,
        from: rule.from,
        to: rule.to,
        from_tunnel: rule.from_tunnel,
        into_tunnel,
    })]
}

fn rule(body: &[&str], interface: &str) -> Option<Rule> {
    let mut rule = Rule::default();
    let mut rest = body;
    loop {
        rest = match rest {
            [] => return (!rule.verdict.is_empty()).then_some(rule),
            [ip @ ("ip" | "ip6"), side @ ("saddr" | "daddr"), behind @ ..] => {
                rule.family = Some(if *ip == "ip" { Family::V4 } else { Family::V6 });
                let (negated, behind) = negation(behind);
                let (nets, behind) = set(behind)?;
                match (*side, negated) {
                    ("saddr", false) => rule.from = nets,
                    ("daddr", false) => rule.to = nets,
                    ("daddr", true) => rule.not_to = nets,
                    _ => return None,
                }
                behind
            }
            ["nfproto", family @ ("ipv4" | "ipv6"), behind @ ..] => {
                rule.family = Some(if *family == "ipv4" {
                    Family::V4
                } else {
                    Family::V6
                });
                behind
            }
            ["iifname" | "iif", name, behind @ ..] if *name == interface => {
                rule.from_tunnel = true;
                behind
            }
            ["oifname" | "oif", behind @ ..] => {
                let (negated, behind) = negation(behind);
                let (name, behind) = behind.split_first()?;
                rule.out = Some(match out_of(name, interface) {
                    OutOf::Tunnel if negated => OutOf::NotTunnel,
                    out if !negated => out,
                    _ => return None,
                });
                behind
            }
            ["meta" | "counter", behind @ ..] | ["comment", _, behind @ ..] => behind,
            // What follows says how, and no longer which packets.
            [
                verdict @ ("masquerade" | "snat" | "drop" | "reject" | "accept"),
                ..,
            ] => {
                (*verdict).clone_into(&mut rule.verdict);
                &[]
            }
            _ => return None,
        };
    }
}

fn negation<'a, 'b>(words: &'a [&'b str]) -> (bool, &'a [&'b str]) {
    match words {
        ["!=", rest @ ..] => (true, rest),
        ["==", rest @ ..] | rest => (false, rest),
    }
}

/// A prefix, or several in braces.
fn set<'a, 'b>(words: &'a [&'b str]) -> Option<(Vec<IpNet>, &'a [&'b str])> {
    let (first, mut rest) = words.split_first()?;
    if *first != "{" {
        return Some((vec![shell::net(first)?], rest));
    }
    let mut nets = Vec::new();
    loop {
        let (word, behind) = rest.split_first()?;
        rest = behind;
        match *word {
            "}" => return Some((nets, rest)),
            "," => {}
            net => nets.push(shell::net(net)?),
        }
    }
}

/// The words of a rule: braces and commas stand for themselves.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut inside = false;
    for character in text.chars() {
        match character {
            '"' => inside = !inside,
            '{' | '}' | ',' if !inside => words.extend([character.to_string(), String::new()]),
            blank if blank.is_whitespace() && !inside => words.push(String::new()),
            other => {
                if let Some(word) = words.last_mut() {
                    word.push(other);
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
