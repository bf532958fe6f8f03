//! How many labs stand at the same time.

use std::sync::{Condvar, Mutex, PoisonError};

/// Labs mostly wait for handshakes, and for silence, so this is more than there are cores. With too
/// many the machines would be too slow to answer in time.
const AT_ONCE: usize = 8;

/// How many stand now.
static TAKEN: Mutex<usize> = Mutex::new(0);

/// Tells who waits that one was given back.
static GIVEN_BACK: Condvar = Condvar::new();

/// The right to build one lab, given back with the value.
pub(crate) struct Slot;

impl Slot {
    /// Waits until there is room for one more.
    pub(crate) fn take() -> Self {
        // A test that fails elsewhere leaves the number as right as it was.
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken == AT_ONCE {
            taken = GIVEN_BACK
                .wait(taken)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        GIVEN_BACK.notify_one();
    }
}
