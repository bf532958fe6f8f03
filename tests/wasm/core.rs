//! The core gives the same answers here as natively.

#[path = "../parity/answers.rs"]
mod answers;

use meshwright::browser::random;
use meshwright::keyring::PrivateKey;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn random_bytes_are_drawn_and_differ() {
    let mut draws = [[0; 32]; 3];
    for draw in &mut draws {
        random::fill(draw).unwrap();
    }
    assert!(draws.iter().all(|draw| *draw != [0; 32]));
    assert!(draws[0] != draws[1] && draws[1] != draws[2]);
}

#[wasm_bindgen_test]
fn public_keys_match_the_published_vector() {
    // Alice of RFC 7748 section 6.1.
    let private =
        PrivateKey::from_secret_text("dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=").unwrap();
    assert_eq!(
        private.derive_public().to_string(),
        "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
    );
}

#[wasm_bindgen_test]
fn a_plan_gives_the_same_files_as_natively() {
    let snapshot = include_str!("../snapshots/parity__article.snap");
    // The snapshot's own head is between the first two lines of dashes.
    let native = snapshot.splitn(3, "---\n").last().unwrap();
    assert!(
        answers::article().trim_end() == native.trim_end(),
        "{}",
        answers::article()
    );
}
