//! Rules of `iptables` and `ip6tables`.

use ipnet::IpNet;

use super::{Effect, Filter, OutOf, out_of, shell};
use crate::plan::Family;

/// The parts of a rule that matter. A rule with any other part is narrower
/// than we could say, so it is not understood.
#[derive(Default)]
struct Rule<'a> {
    table: &'a str,
    chain: &'a str,
    place: Option<usize>,
    from: Vec<IpNet>,
    to: Vec<IpNet>,
    not_to: Vec<IpNet>,
    into: Option<&'a str>,
    out: Option<(&'a str, bool)>,
    target: &'a str,
}

/// What a rule does, if it is one that is added and understood.
pub(super) fn effect(arguments: &[&str], family: Family, interface: &str) -> Option<Effect> {
    let rule = rule(arguments)?;
    match (rule.table, rule.chain, rule.target) {
        ("nat", "POSTROUTING", "MASQUERADE" | "SNAT") => {
            let out = match rule.out {
                None => None,
                Some((name, false)) => Some(out_of(name, interface)),
                Some((name, true)) if name == interface => Some(OutOf::NotTunnel),
                Some(_) => return None,
            };
            Some(Effect::Translates {
                family,
                from: rule.from,
                to: rule.to,
                not_to: rule.not_to,
                out,
            })
        }
        ("" | "filter", "FORWARD", target @ ("DROP" | "REJECT" | "ACCEPT")) => {
            let from_tunnel = rule.into == Some(interface);
            let into_tunnel = rule.out == Some((interface, false));
            let elsewhere = rule.into.is_some() && !from_tunnel
                || rule.out.is_some() && !into_tunnel
                || !rule.not_to.is_empty();
            let filter = Filter {
                chain: rule.chain.to_owned(),
                place: rule.place,
                accepts: target == "ACCEPT",
                family: Some(family),
                from: rule.from,
                to: rule.to,
                from_tunnel,
                into_tunnel,
            };
            (!elsewhere).then_some(Effect::Filters(filter))
        }
        _ => None,
    }
}

fn rule<'a>(arguments: &[&'a str]) -> Option<Rule<'a>> {
    let mut rule = Rule::default();
    let mut words = arguments.iter().copied().peekable();
    let mut not = false;
    while let Some(word) = words.next() {
        if word == "!" {
            not = true;
            continue;
        }
        // Older versions want the exclamation mark behind the option.
        let has_value = !matches!(word, "-w" | "--wait" | "-v" | "--verbose");
        if has_value && words.peek() == Some(&"!") {
            words.next();
            not = true;
        }
        let negated = std::mem::take(&mut not);
        match word {
            "-t" | "--table" => rule.table = words.next()?,
            "-A" | "--append" => rule.chain = words.next()?,
            "-I" | "--insert" => {
                rule.chain = words.next()?;
                let number = words.next_if(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
                let number: usize = number.map_or(Ok(1), str::parse).ok()?;
                rule.place = Some(number.checked_sub(1)?);
            }
            "-s" | "--source" | "--src" if !negated => rule.from = nets(words.next()?)?,
            "-d" | "--destination" | "--dst" => {
                let nets = nets(words.next()?)?;
                if negated {
                    rule.not_to = nets;
                } else {
                    rule.to = nets;
                }
            }
            "-i" | "--in-interface" if !negated => rule.into = Some(words.next()?),
            "-o" | "--out-interface" => rule.out = Some((words.next()?, negated)),
            "-j" | "--jump" => rule.target = words.next()?,
            // How an answer looks, and what a rule is called, changes nothing.
            "--to-source" | "--reject-with" | "--comment" => {
                words.next()?;
            }
            "-m" | "--match" if words.peek() == Some(&"comment") => {
                words.next();
            }
            "--random" | "--random-fully" | "--persistent" | "-v" | "--verbose" => {}
            "-w" | "--wait" => {
                words.next_if(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
            }
            _ => return None,
        }
    }
    Some(rule)
}

fn nets(text: &str) -> Option<Vec<IpNet>> {
    text.split(',').map(shell::net).collect()
}
