//! Why a field matters, for whoever asks: a line below its hint that opens.

use yew::prelude::*;

use crate::ui::words::t;

/// The hint of a field and, where there is more to say, the way to it.
pub(super) fn hinted(id: &str, label: &AttrValue, hint: Html) -> Html {
    let Some(text) = why(id) else {
        return hint;
    };
    html! {
        <div class="hinted">
            { hint }
            <details class="why">
                <summary>{ t!("Why?") }<span class="visually-hidden">{ format!(" {label}") }</span></summary>
                <p>{ text }</p>
            </details>
        </div>
    }
}

/// The same fact bears one id at one machine and another at several.
fn why(id: &str) -> Option<AttrValue> {
    let fact = id
        .strip_prefix("several-")
        .or_else(|| id.strip_prefix("node-"));
    Some(match fact.unwrap_or(id) {
        "plan-v4" | "plan-v6" => t!(
            "Machines know each other by these addresses, whatever network they are in. A prefix that also occurs in a LAN would lead packets to the wrong place there."
        ),
        "plan-port" | "port" => t!(
            "WireGuard listens on one UDP port. Firewalls and port forwards have to let this one in, so it stays the same. Another one helps where something else uses it already."
        ),
        "plan-preshared" => t!(
            "WireGuard\u{2019}s key exchange may one day be broken by a quantum computer, also for traffic that is recorded today. A second secret that both ends hold closes that gap."
        ),
        "site-lans" => t!(
            "Machines in one LAN dial each other there, without the router. And where a shared LAN meets the same addresses somewhere else, Meshwright can only warn if it knows them."
        ),
        "site-gives" | "router" => t!(
            "Over IPv4, others can dial only an address that is the router\u{2019}s own. Behind a provider that translates once more there is none, and a forwarded port leads nowhere."
        ),
        "site-ipv6" | "ipv6" => t!(
            "Over IPv6 nothing is translated, so a machine is dialled at its own address. What stands in the way is the router\u{2019}s firewall, which drops what nobody asked for."
        ),
        "site-uplink" | "uplink" | "mtu" | "plan-mtu" => t!(
            "The tunnel adds 60 bytes to each packet over IPv4 and 80 over IPv6. What then is too large for the line is broken up or lost on the way: connections open, and hang with the first large answer."
        ),
        "lan" => t!(
            "Others at the site dial this address. If the router gives the machine another one some day, they would dial somebody else. Routers can always give a machine the same."
        ),
        "relay" => t!(
            "A packet ends at the relay: it is decrypted there and encrypted anew for the next machine. WireGuard knows no relay that could not read it."
        ),
        "idle" => t!(
            "A router forgets a connection on which nothing was sent, many after 30 seconds to 5 minutes. An empty packet now and then keeps the way in open. It costs a battery a little."
        ),
        "forward" => t!(
            "A router drops what arrives from outside unless it is told where to send it. One forwarded port lets all others dial this machine, without a relay."
        ),
        "exit" | "uses-exit" => t!(
            "The entries 0.0.0.0/0 and ::/0 catch everything that no other entry claims. A relay in between would send its own traffic there as well, so the link has to be direct."
        ),
        "hub" => t!(
            "Each peer takes space in the file, and a QR code has little of it. With a hub, one peer is enough for all."
        ),
        "shares" => t!(
            "Printers, cameras and other hosts there need no WireGuard of their own: this machine passes packets on to them."
        ),
        "own-key" => t!(
            "A private key that never leaves its machine cannot leak from anywhere else. Everybody else needs the public key alone."
        ),
        "platform" => t!(
            "On Linux a file may run commands, which machines need that pass packets on. The apps take no such lines, and read QR codes."
        ),
        "clock" => t!(
            "The first packet of a handshake carries the time, and a peer takes none that is older than the last one. So nobody can play old packets again, and a clock that starts in the past has to be set first."
        ),
        "firewall" => t!(
            "If the machine itself drops packets that nobody asked for, it does not help that its router lets them in."
        ),
        "groups" | "group" => t!(
            "WireGuard knows no groups. Who may not talk to each other hold no entry for each other in their files."
        ),
        _ => return None,
    })
}
