//! Public keys, the only keys that a plan may hold.

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding as _};

/// An X25519 public key, written as 44 characters of base64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey([u8; 32]);

/// A text that is no key.
///
/// The rule is that of `key_from_base64` in wireguard-tools' `encoding.c`:
/// exactly 44 characters of the standard alphabet, ending in `=`, unused bits zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// Not 32 bytes in canonical base64.
    Form,
    /// All zero, which no machine can have as its public key.
    Zero,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => write!(
                f,
                "a key has 44 characters as \u{201c}wg pubkey\u{201d} prints them, ending in ="
            ),
            Self::Zero => write!(f, "this key is all zero; no machine has it"),
        }
    }
}

impl std::error::Error for KeyError {}

/// Reads 32 bytes of strict base64. Also used for secret keys, so it tells
/// nothing about where the text is wrong, neither in words nor by its time.
pub(crate) fn decode(text: &str) -> Result<[u8; 32], KeyError> {
    let mut bytes = [0; 32];
    if text.len() != 44 {
        return Err(KeyError::Form);
    }
    match Base64::decode(text, &mut bytes) {
        Ok(decoded) if decoded.len() == 32 => Ok(bytes),
        _ => Err(KeyError::Form),
    }
}

/// The same for keys that are no secret, which large projects hold by the
/// hundred thousand.
fn decode_openly(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_suffix('=').filter(|digits| digits.len() == 43)?;
    let mut bytes = [0; 32];
    for (digits, bytes) in digits.as_bytes().chunks(4).zip(bytes.chunks_mut(3)) {
        let mut bits = 0_u32;
        for digit in digits {
            bits = bits << 6 | u32::from(value(*digit)?);
        }
        if digits.len() == 3 {
            // The last two bits stand for nothing and have to be zero.
            bits = if bits.trailing_zeros() >= 2 {
                bits << 6
            } else {
                return None;
            };
        }
        let [_, decoded @ ..] = bits.to_be_bytes();
        for (byte, decoded) in bytes.iter_mut().zip(decoded) {
            *byte = decoded;
        }
    }
    Some(bytes)
}

/// What a digit of base64 stands for.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

impl PublicKey {
    /// The key with these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for PublicKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let bytes = decode_openly(text).ok_or(KeyError::Form)?;
        if bytes == [0; 32] {
            Err(KeyError::Zero)
        } else {
            Ok(Self(bytes))
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Base64::encode_string(&self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways of reading a key agree on every digit in every place.
    #[test]
    fn keys_are_read_alike_whether_secret_or_not() {
        let good = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
        for place in 0..44 {
            for byte in 0..=127_u8 {
                let mut text = good.to_owned().into_bytes();
                text[place] = byte;
                let text = String::from_utf8(text).unwrap();
                assert_eq!(decode_openly(&text), decode(&text).ok(), "{text}");
            }
        }
        let umlaut = good.replacen("HI", "\u{fc}", 1);
        assert_eq!(decode_openly(&umlaut), None);
    }

    #[test]
    fn bad_keys_are_refused_as_wg_refuses_them() {
        let good = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
        assert_eq!(
            good.parse::<PublicKey>().map(|key| key.to_string()),
            Ok(good.into())
        );
        for text in [
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw",
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw==",
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8-kw=",
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8_kw=",
            "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBml=",
            "l0lth1s1sd3f1n1t3lybr0k3n=",
            "",
        ] {
            assert_eq!(text.parse::<PublicKey>(), Err(KeyError::Form), "{text}");
        }
        let zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assert_eq!(zero.parse::<PublicKey>(), Err(KeyError::Zero));
    }
}
