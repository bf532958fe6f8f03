//! What hooks do, as far as it matters for packets.

mod iptables;
mod nft;
mod shell;

use ipnet::IpNet;

use crate::plan::Family;

/// When a hook runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Before the interface gets its settings.
    PreUp,
    /// Once the interface is up.
    PostUp,
    /// Before the interface goes down.
    PreDown,
    /// Once the interface is gone.
    PostDown,
}

/// A command that `wg-quick` runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook {
    /// When it runs.
    pub when: When,
    /// The command as the file gives it, `%i` included.
    pub command: String,
}

/// What a hook that runs on the way up does to packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Packets of the family are forwarded (`sysctl -w net.ipv4.ip_forward=1`).
    Forwards(Family),
    /// Forwarded packets get this machine's address as their source.
    Translates {
        /// The family.
        family: Family,
        /// Only from these sources; from all if empty.
        from: Vec<IpNet>,
        /// Only to these destinations; to all if empty.
        to: Vec<IpNet>,
        /// Not to these destinations.
        not_to: Vec<IpNet>,
        /// Only out of this interface; `%i` is the tunnel itself.
        out: Option<OutOf>,
    },
    /// A rule for forwarded packets.
    Filters(Filter),
    /// What a chain of `nft` is for, where a command states it.
    Chain {
        /// As [`Filter::chain`] names it.
        chain: String,
        /// Whether forwarded packets go through it.
        forwards: bool,
    },
    /// The private key comes from a file on the machine
    /// (`wg set %i private-key FILE`).
    OwnKey,
    /// A route into the tunnel that the file adds by hand (`ip route add … dev %i`).
    Route(IpNet),
}

/// A rule for packets that pass through. Of the rules of a chain the first that
/// means a packet decides; what one chain accepts, another may still drop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The chain: `FORWARD` of `iptables`, or family, table and name in `nft`.
    pub chain: String,
    /// In front of which rule of the chain it is put, counted from 0; behind
    /// all of them if none is named.
    pub place: Option<usize>,
    /// Whether it lets packets pass. Otherwise it drops them.
    pub accepts: bool,
    /// The family; both if none is named.
    pub family: Option<Family>,
    /// Only from these sources; from all if empty.
    pub from: Vec<IpNet>,
    /// Only to these destinations; to all if empty.
    pub to: Vec<IpNet>,
    /// Only if they come in through the tunnel.
    pub from_tunnel: bool,
    /// Only if they leave through the tunnel.
    pub into_tunnel: bool,
}

/// The interface that a packet rule names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutOf {
    /// The tunnel.
    Tunnel,
    /// Every interface but the tunnel.
    NotTunnel,
    /// This one.
    Named(String),
}

impl Hook {
    /// What the hook does to packets once the interface `interface` is up.
    ///
    /// It reads the commands that decide about a mesh: forwarding, address
    /// translation, rules for forwarded packets, routes and the private key. Whatever it
    /// does not understand has no effect here; what runs on the way down has
    /// none at all.
    #[must_use]
    pub fn effects(&self, interface: &str) -> Vec<Effect> {
        if matches!(self.when, When::PreDown | When::PostDown) {
            return Vec::new();
        }
        let command = self.command.replace("%i", interface);
        let mut effects = Vec::new();
        let mut echoed = String::new();
        for words in shell::commands(&command) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            add_effects(&words, interface, &echoed, &mut effects);
            echoed = match words.as_slice() {
                ["echo", value, ..] => (*value).to_owned(),
                _ => String::new(),
            };
        }
        effects
    }
}

/// The effects of one command; `echoed` is what the one in front of it printed.
fn add_effects(words: &[&str], interface: &str, echoed: &str, effects: &mut Vec<Effect>) {
    let Some((program, arguments)) = program(words) else {
        return;
    };
    match program {
        "sysctl" => effects.extend(arguments.iter().filter_map(|word| setting(word))),
        "echo" => {
            if let [value, .., ">" | ">>", path] = arguments {
                effects.extend(forwarding(path, value));
            }
        }
        "tee" => effects.extend(arguments.iter().filter_map(|path| forwarding(path, echoed))),
        "iptables" | "iptables-nft" | "iptables-legacy" => {
            effects.extend(iptables::effect(arguments, Family::V4, interface));
        }
        "ip6tables" | "ip6tables-nft" | "ip6tables-legacy" => {
            effects.extend(iptables::effect(arguments, Family::V6, interface));
        }
        "nft" => effects.extend(nft::effects(&arguments.join(" "), interface)),
        "ip" => effects.extend(route(arguments, interface)),
        "wg" => {
            if let ["set", name, rest @ ..] = arguments
                && *name == interface
                && rest.first() == Some(&"private-key")
            {
                effects.push(Effect::OwnKey);
            }
        }
        _ => {}
    }
}

/// The program that a command runs, without its folder, and its arguments.
fn program<'a>(words: &'a [&'a str]) -> Option<(&'a str, &'a [&'a str])> {
    let mut words = words;
    loop {
        let (first, rest) = words.split_first()?;
        let name = first.rsplit('/').next().unwrap_or(first);
        let is_wrapper = matches!(name, "sudo" | "env" | "exec" | "command" | "!" | "{" | "(");
        let sets_variable = name.find('=').is_some_and(|place| place > 0);
        if !is_wrapper && !sets_variable {
            return Some((name, rest));
        }
        words = rest;
    }
}

/// `net.ipv4.ip_forward=1`, as `sysctl` takes it.
fn setting(word: &str) -> Option<Effect> {
    let (name, value) = word.split_once('=')?;
    let name = name.replace('/', ".");
    let on = value.trim().parse::<u32>().is_ok_and(|value| value != 0);
    let family = match name.as_str() {
        "net.ipv4.ip_forward" | "net.ipv4.conf.all.forwarding" => Family::V4,
        "net.ipv6.conf.all.forwarding" => Family::V6,
        _ => return None,
    };
    on.then_some(Effect::Forwards(family))
}

/// A value that is written into the kernel's own file for a setting.
fn forwarding(path: &str, value: &str) -> Option<Effect> {
    let name = path.strip_prefix("/proc/sys/")?;
    setting(&format!("{name}={value}"))
}

/// `ip route add NET dev INTERFACE`.
fn route(arguments: &[&str], interface: &str) -> Option<Effect> {
    let mut family = None;
    let mut rest = arguments;
    while let Some((option, behind)) = rest.split_first().filter(|(o, _)| o.starts_with('-')) {
        match *option {
            "-4" => family = Some(Family::V4),
            "-6" => family = Some(Family::V6),
            _ => {}
        }
        rest = behind;
    }
    let [object, verb, net, options @ ..] = rest else {
        return None;
    };
    let adds = matches!(*verb, "add" | "a" | "ad" | "append" | "replace" | "change");
    if !matches!(*object, "r" | "ro" | "route") || !adds {
        return None;
    }
    let value_of = |name: &str| {
        let mut pairs = options.windows(2);
        pairs.find_map(|pair| match pair {
            [key, value] if *key == name => Some(*value),
            _ => None,
        })
    };
    let elsewhere = value_of("table").is_some_and(|table| table != "main" && table != "254");
    if value_of("dev") != Some(interface) || elsewhere {
        return None;
    }
    let net = match (*net, family) {
        ("default", Some(Family::V6)) => "::/0",
        ("default", _) => "0.0.0.0/0",
        (net, _) => net,
    };
    shell::net(net).map(Effect::Route)
}

/// The interface that a rule names.
fn out_of(name: &str, interface: &str) -> OutOf {
    if name == interface {
        OutOf::Tunnel
    } else {
        OutOf::Named(name.to_owned())
    }
}
