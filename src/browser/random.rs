//! Random bytes for new keys.

/// Fills `bytes` from the browser's own generator, which needs no secure
/// context.
///
/// # Errors
/// The browser has no generator. No key can be made then.
pub fn fill(bytes: &mut [u8; 32]) -> Result<(), String> {
    getrandom::fill(bytes).map_err(|error| {
        format!("The browser gave no random bytes ({error}), so no key was made. Try a current browser, or put in keys made by “wg genkey”.")
    })
}
