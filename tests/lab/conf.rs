//! Whether our reading of a config agrees with that of the real `wg` and `wg-quick`.
//!
//! Hundreds of files are made and damaged in a way that is the same every time. The real programs
//! say whether they take each of them, and what they took. Nothing of what they say is expected by
//! hand here.

mod agree;
mod ask;
mod make;
mod values;

use crate::lab::needs;

use agree::{Tally, compare};
use ask::{ask, bring_up};
use make::{Maker, for_wg_quick_up};

/// Files whose values go through `wg-quick strip` and `wg setconf`.
const READ: u64 = 2000;

/// Files that `wg-quick up` brings up as a whole, addresses, MTU, DNS and routes included.
const BROUGHT_UP: u64 = 120;

/// `wg` takes what our strict reading takes, stops at the same line, and `wg show` prints what we
/// read.
#[test]
#[ignore = "needs root; see the crate's documentation"]
fn wg_reads_every_file_as_we_do() {
    needs::check();
    let files: Vec<String> = (0..READ).map(|seed| Maker::new(seed).file()).collect();
    let answers = ask(&files);
    let mut tally = Tally::default();
    for (text, answer) in files.iter().zip(&answers) {
        compare(text, answer, &mut tally);
    }
    println!("{tally}");
    tally.expect(READ);
}

/// `wg-quick up` brings up what our strict reading takes, and nothing else.
#[test]
#[ignore = "needs root; see the crate's documentation"]
fn wg_quick_brings_up_every_file_that_we_take() {
    needs::check();
    let files: Vec<String> = (0..BROUGHT_UP).map(for_wg_quick_up).collect();
    let answers = bring_up(&files);
    let mut tally = Tally::default();
    for (text, answer) in files.iter().zip(&answers) {
        agree::compare_up(text, answer, &mut tally);
    }
    println!("{tally}");
    tally.expect(BROUGHT_UP);
}
