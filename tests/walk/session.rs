//! Whether two machines can have a session, and who can wake it.

use std::net::IpAddr;

use meshwright::plan::{PairChoice, PairKey};

use super::World;
use super::arrive::{Arrival, How};
use super::conf::PeerConf;
use super::route::Route;

/// A session that two machines can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    /// Whether the first end brings it up whenever it has something to send.
    wakes: bool,
    /// Whether it is there without a word of either end.
    kept: bool,
}

impl World<'_> {
    /// Whether two machines can have a session, as seen from the first: each knows the other,
    /// both hold the same preshared key, and the packets of one end arrive unasked at the other,
    /// or those of both arrive because each asks for the other's.
    pub(crate) fn session(&self, one: usize, other: usize) -> Result<Session, String> {
        let (Some(here), Some(there)) = (self.block(one, other), self.block(other, one)) else {
            let (one, other) = (self.name(one), self.name(other));
            return Err(format!("{one} and {other} do not know each other"));
        };
        if here.preshared != there.preshared {
            return Err("the preshared keys differ".to_owned());
        }
        let (forth, back) = (self.dial(one, other), self.dial(other, one));
        let wakes = has(forth, How::Unasked);
        let other_wakes = has(back, How::Unasked);
        if wakes || other_wakes {
            let kept = wakes && here.keeps() || other_wakes && there.keeps();
            return Ok(Session { wakes, kept });
        }
        let open = Ok(Session {
            wakes: true,
            kept: true,
        });
        if meets(forth, back) {
            return match (here.keeps(), there.keeps()) {
                (true, true) => open,
                _ => {
                    Err("both are behind firewalls, and one does not keep the path open".to_owned())
                }
            };
        }
        if self.wanted_direct(one, other) && (forth.is_ok() || back.is_ok()) {
            let idle = |machine: usize| !self.machines[machine].node.must_be_reachable_idle();
            let right = |dial: &Result<_, _>, block: &PeerConf, machine| match dial {
                Ok(_) => block.keeps() || idle(machine),
                Err(_) => block.endpoint.is_none(),
            };
            return if right(forth, here, one) && right(back, there, other) {
                Ok(Session {
                    wakes: forth.is_ok(),
                    kept: here.keeps() || there.keeps(),
                })
            } else {
                Err("forced, but one end does not keep the path open or dials nobody".to_owned())
            };
        }
        let say = |dial: &Result<Vec<Arrival>, String>| match dial {
            Ok(_) => "let in only as an answer".to_owned(),
            Err(why) => why.clone(),
        };
        Err(format!("nobody dials: {}; {}", say(forth), say(back)))
    }

    /// Whether a packet can go from one machine to a peer that may have been silent for long.
    /// A peer that nobody has to reach then may sleep until it has spoken.
    pub(super) fn carries(&self, here: usize, next: usize, may_sleep: bool) -> Result<(), String> {
        let session = self.session(here, next)?;
        if session.wakes || session.kept || may_sleep {
            Ok(())
        } else {
            let (here, next) = (self.name(here), self.name(next));
            Err(format!(
                "{next} has fallen silent, and {here} cannot wake it"
            ))
        }
    }

    /// What becomes of packets to the Endpoint that a machine has for another.
    pub(crate) fn dial(&self, from: usize, to: usize) -> &Result<Vec<Arrival>, String> {
        &self.machines[from].tables.dials[to]
    }

    pub(super) fn try_dial(&self, from: usize, to: usize) -> Result<Vec<Arrival>, String> {
        let block = self.block(from, to).ok_or("it does not know it")?;
        let (host, port) = block
            .endpoint
            .as_ref()
            .ok_or_else(|| format!("{} has no Endpoint for {}", self.name(from), self.name(to)))?;
        let wrong = |why: &str| format!("{} dials {host}:{port}: {why}", self.name(from));
        if let Some(conf) = &self.machines[to].conf {
            let stated = self.plan.listen_port_of(self.machines[to].node).get();
            match conf.listen_port {
                None => return Err(wrong("the other end has no fixed port")),
                Some(port) if port != stated => {
                    return Err(wrong("the file says another port than the plan"));
                }
                Some(_) => {}
            }
        }
        if let Ok(address) = host.parse::<IpAddr>() {
            // The apps exempt their own packets from the tunnel.
            let exempt = self.machines[from].node.platform.is_app();
            let route = self.outer_route(from, address);
            if matches!(route, Route::Tunnel | Route::Clash) && !exempt {
                return Err(wrong("the packets run back into the tunnel"));
            }
        }
        let found = self
            .arrivals(from, host, *port)
            .map_err(|why| wrong(&why))?;
        match found.iter().find(|arrival| arrival.machine != to) {
            Some(astray) => Err(wrong(&format!(
                "it arrives at {}",
                self.name(astray.machine)
            ))),
            None => Ok(found),
        }
    }

    /// Whether the person said that this pair is direct.
    pub(crate) fn wanted_direct(&self, one: usize, other: usize) -> bool {
        let id = |machine: usize| self.machines[machine].id;
        let key = PairKey::new(id(one), id(other));
        key.is_some_and(|key| self.plan.pairs.get(&key) == Some(&PairChoice::Direct))
    }
}

/// Whether packets to an Endpoint arrive in this way, whatever family the name leads to.
pub(crate) fn has(dial: &Result<Vec<Arrival>, String>, how: How) -> bool {
    dial.as_ref()
        .is_ok_and(|found| found.iter().any(|arrival| arrival.how <= how))
}

/// Whether both ends ask each other for answers in one family.
pub(crate) fn meets(
    forth: &Result<Vec<Arrival>, String>,
    back: &Result<Vec<Arrival>, String>,
) -> bool {
    let (Ok(forth), Ok(back)) = (forth, back) else {
        return false;
    };
    forth.iter().any(|one| {
        back.iter().any(|other| {
            one.over_v6 == other.over_v6
                && one.lan == other.lan
                && one.how <= How::Answered
                && other.how <= How::Answered
        })
    })
}
