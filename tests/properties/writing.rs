//! What is written can be read, and means the same in any order.

use meshwright::mesh::solve;
use meshwright::plan::{NodeId, Plan};
use meshwright::project::{read_keyring, read_plan, write_keyring_secret, write_plan};
use proptest::prelude::*;
use serde_json::Value;

use crate::plans;
use crate::plans::damage::GONE;
use crate::support::{counted_keyring, files_with};

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_plan_is_read_as_it_was(plans::Drawn(plan) in plans::plan()) {
        let text = write_plan(&plan);
        if has_equal_names(&plan) {
            // A file names machines by name, so this one cannot be meant.
            prop_assert!(read_plan(&text).is_err());
            return Ok(());
        }
        let read = read_plan(&text);
        prop_assert_eq!(read.as_ref(), Ok(&in_file(&plan)));
        prop_assert_eq!(write_plan(&read.unwrap()), text, "writing is a fixpoint");
    }

    #[test]
    fn the_order_of_entries_changes_nothing(plans::Drawn(plan) in plans::plan(), seed in any::<u64>()) {
        if has_equal_names(&plan) {
            return Ok(());
        }
        let plan = in_file(&plan);
        let mut file: Value = serde_json::from_str(&write_plan(&plan)).unwrap();
        let mut seed = seed | 1;
        shuffle(&mut file, "", &mut seed);
        let shuffled = read_plan(&file.to_string()).unwrap();
        let (one, other) = (solve(&plan), solve(&shuffled));
        prop_assert_eq!(&one.findings, &other.findings);
        let keyring = counted_keyring(&one);
        let (first, second) = (files_with(&plan, &one, &keyring), files_with(&shuffled, &other, &keyring));
        prop_assert_eq!(first.len(), second.len());
        for (one, other) in first.iter().zip(&second) {
            prop_assert_eq!(&one.path, &other.path);
            prop_assert!(one.secret_text() == other.secret_text(), "{} differs", one.path);
        }
    }

    #[test]
    fn a_written_keyring_is_read_as_it_was(plans::Drawn(plan) in plans::plan()) {
        let keyring = counted_keyring(&solve(&plan));
        let text = write_keyring_secret(&keyring);
        let read = read_keyring(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(*write_keyring_secret(&read) == *text);
        prop_assert_eq!(read.private_keys().count(), keyring.private_keys().count());
        prop_assert_eq!(read.preshared_keys().count(), keyring.preshared_keys().count());
        for ((one, key), (other, copy)) in read.private_keys().zip(keyring.private_keys()) {
            prop_assert!(one == other && *key.to_secret_text() == *copy.to_secret_text());
        }
    }
}

fn has_equal_names(plan: &Plan) -> bool {
    let mut names: Vec<&str> = plan.nodes.values().map(|node| node.name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// The plan without what no file can hold.
fn in_file(plan: &Plan) -> Plan {
    let mut held = plan.clone();
    let gone = format!("{:?}", NodeId::new(GONE));
    if format!("{plan:?}").contains(&gone) {
        held.forget_gone();
    }
    held
}

/// Shuffles all lists except coordinates, whose order means something.
fn shuffle(value: &mut Value, key: &str, seed: &mut u64) {
    match value {
        Value::Array(list) => {
            for part in list.iter_mut() {
                shuffle(part, "", seed);
            }
            if matches!(key, "position" | "size") {
                return;
            }
            for end in (1..list.len()).rev() {
                // Marsaglia's xorshift; any order will do.
                *seed ^= *seed << 13;
                *seed ^= *seed >> 7;
                *seed ^= *seed << 17;
                let other = usize::try_from(*seed % (end as u64 + 1)).unwrap();
                list.swap(end, other);
            }
        }
        Value::Object(object) => {
            for (key, part) in object.iter_mut() {
                shuffle(part, key, seed);
            }
        }
        _ => {}
    }
}
