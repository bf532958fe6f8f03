//! Keys, judged by `wg`.

use std::process::Command;

use meshwright::keyring::PrivateKey;

use super::program::must;
use crate::support::have;

#[test]
fn public_keys_agree_with_wg() {
    if !have("wg") {
        return;
    }
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..200 {
        let mut bytes = [0; 32];
        for part in bytes.chunks_mut(8) {
            // Marsaglia's xorshift; the bytes only have to differ.
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            part.copy_from_slice(&seed.to_be_bytes());
        }
        let key = PrivateKey::from_random(bytes);
        let said = must(Command::new("wg").arg("pubkey"), &key.to_secret_text());
        assert_eq!(
            said.trim_end(),
            key.derive_public().to_string(),
            "round {round}"
        );
    }
}

#[test]
fn keys_are_read_and_refused_as_wg_does() {
    if !have("wg") {
        return;
    }
    for text in [
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
        "TFlmmEUC7V7VtiDYLKsbP5rySTKLIZq1yn8lMqK83wo=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk",
        "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk==",
        "yAnz5TF-lXXJte14tji3zlMNq_hd2rYUIgJBgB3fBmk=",
        "l0lth1s1sd3f1n1t3lybr0k3n=",
        "",
    ] {
        let accepted = super::program::run(Command::new("wg").arg("pubkey"), text)
            .status
            .success();
        assert_eq!(
            PrivateKey::from_secret_text(text).is_ok(),
            accepted,
            "{text:?}"
        );
    }
}
