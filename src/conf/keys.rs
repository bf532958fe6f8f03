//! Keys on their way into the config.

use std::borrow::Cow;

use zeroize::Zeroize as _;

use crate::keyring::{PresharedKey, PrivateKey};
use crate::plan::{KeyError, PublicKey};

use super::Reader;
use super::at::{At, Placed};
use super::fault::FaultKind;
use super::keyword::Keyword;
use super::line::Piece;
use super::parse::Parse;

impl Parse {
    /// Takes a key of either kind.
    pub(super) fn key(&mut self, at: At, keyword: Keyword, value: Piece<'_>) {
        let text = match self.reader {
            Reader::Linux => value.closed_up(),
            Reader::Windows => canonical(value.text).map_or(value.text.into(), Cow::Owned),
            _ => value.text.into(),
        };
        let result = match keyword {
            Keyword::PrivateKey => self.private_key(at, &text),
            Keyword::PublicKey => self.public_key(at, &text),
            _ => self.preshared_key(at, &text),
        };
        // A copy that had to be made is wiped like the key itself.
        if let Cow::Owned(mut copy) = text {
            copy.zeroize();
        }
        if result.is_err() {
            self.value_fault(at, keyword, FaultKind::BadKey(keyword));
        }
    }

    fn private_key(&mut self, at: At, text: &str) -> Result<(), KeyError> {
        let value = PrivateKey::from_secret_text(text)?;
        let known = self.conf.interface.private_key.is_some();
        if !self.is_first(known, at, Keyword::PrivateKey) {
            return Ok(());
        }
        // Zeros take the key away from an interface of `wg`; an app derives a
        // public key from them as from any other.
        let zero = text.trim_end_matches('=').bytes().all(|byte| byte == b'A');
        if zero {
            self.note(at, FaultKind::ZeroKey(Keyword::PrivateKey));
        }
        let keeps = !zero || self.reader != Reader::Linux;
        self.conf.interface.private_key = keeps.then_some(Placed { value, at });
        Ok(())
    }

    fn public_key(&mut self, at: At, text: &str) -> Result<(), KeyError> {
        let value = match text.parse() {
            Err(KeyError::Zero) => {
                self.note(at, FaultKind::ZeroKey(Keyword::PublicKey));
                PublicKey::from_bytes([0; 32])
            }
            read => read?,
        };
        let known = self.peer().is_some_and(|peer| peer.public_key.is_some());
        if self.is_first(known, at, Keyword::PublicKey)
            && let Some(peer) = self.peer()
        {
            peer.public_key = Some(Placed { value, at });
        }
        Ok(())
    }

    fn preshared_key(&mut self, at: At, text: &str) -> Result<(), KeyError> {
        let value = match PresharedKey::from_secret_text(text) {
            Err(KeyError::Zero) => {
                self.note(at, FaultKind::ZeroKey(Keyword::PresharedKey));
                None
            }
            read => Some(read?),
        };
        let known = self.peer().is_some_and(|peer| peer.preshared_key.is_some());
        if self.is_first(known, at, Keyword::PresharedKey)
            && let Some(peer) = self.peer()
        {
            peer.preshared_key = value.map(|value| Placed { value, at });
        }
        Ok(())
    }
}

/// A key as Go reads it, which skips bits that stand for nothing.
fn canonical(text: &str) -> Option<String> {
    let body = text.strip_suffix('=').filter(|body| body.len() == 43)?;
    let (head, last) = body.split_at_checked(42)?;
    let digit = |letter: u8| ALPHABET.iter().position(|known| *known == letter);
    let value = digit(*last.as_bytes().first()?)?;
    let letter = char::from(*ALPHABET.get(value & !0b11)?);
    // As long as the key from the start, so that nothing is copied.
    let mut key = String::with_capacity(44);
    key.push_str(head);
    key.push(letter);
    key.push('=');
    Some(key)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
