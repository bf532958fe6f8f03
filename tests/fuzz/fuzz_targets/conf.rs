//! Reads any text as a config, as every reader does.
//!
//! `cargo +nightly fuzz run --fuzz-dir tests/fuzz conf tests/fuzz/corpus/conf tests/fuzz/seeds -- -dict=tests/fuzz/conf.dict`
//!
//! Nothing panics or hangs, every place lies inside the file, and what
//! `wg-quick` takes, a lenient reading reads in the same way.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meshwright::conf::{At, Conf, Fault, Reader, Sysctl, check, read_leniently};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let lenient = read_leniently(&text);
    lie_inside(&text, &lenient.faults);
    for reader in Reader::ALL {
        let found = check(&text, reader);
        lie_inside(&text, &found.warnings);
        match found.read {
            Ok(conf) => {
                for hook in &conf.interface.hooks {
                    let _ = hook.value.effects("wg0");
                }
                if reader == Reader::Linux {
                    assert_eq!(words(&conf), words(&lenient.conf));
                }
            }
            Err(fault) => lie_inside(&text, &[fault]),
        }
    }
    let _ = Sysctl::read(&text);
});

/// Every fault stands in a line of the file and says something.
fn lie_inside(text: &str, faults: &[Fault]) {
    let lines = text.split('\n').count();
    for fault in faults {
        let At { line, column } = fault.at;
        assert!(
            line >= 1 && usize::try_from(line).unwrap() <= lines,
            "{fault:?}"
        );
        assert!(column >= 1, "{fault:?}");
        assert!(!fault.to_string().is_empty(), "{fault:?}");
    }
}

/// Everything that a config holds.
fn words(conf: &Conf) -> String {
    let interface = &conf.interface;
    let mut words = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}\n",
        interface.at,
        interface.public_key,
        interface.addresses,
        interface.listen_port,
        interface.fw_mark,
        interface.mtu,
        interface.dns,
        interface.table,
        interface.hooks,
        interface.save_config,
    );
    for peer in &conf.peers {
        let preshared = peer.preshared_key.as_ref();
        words.push_str(&format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?}\n",
            peer.at,
            peer.name,
            peer.public_key,
            preshared.map(|key| (key.at, key.value.to_secret_text().to_string())),
            peer.endpoint,
            peer.allowed,
            peer.keepalive,
        ));
    }
    words
}
