//! Private and preshared keys, beside the plan and never in it.
//!
//! No type here implements `Debug` or `Serialize`, and each secret is wiped
//! when it is dropped. Functions that put a secret into text say so in their name.

use std::rc::Rc;

use base64ct::{Base64, Encoding as _};
use litemap::LiteMap;
use x25519_dalek::{PublicKey as DalekPublic, StaticSecret};
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

use crate::plan::{KeyError, NodeId, PairKey, PublicKey};

/// Text that holds a secret; wiped when dropped.
pub type SecretText = Zeroizing<String>;

/// A source of random bytes. An error is a sentence for people.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8; 32]) -> Result<(), String>;

/// An X25519 private key.
#[derive(Clone, ZeroizeOnDrop)]
pub struct PrivateKey([u8; 32]);

/// A preshared key: 32 random bytes that both ends of a pair hold.
#[derive(Clone, ZeroizeOnDrop)]
pub struct PresharedKey([u8; 32]);

impl PrivateKey {
    /// Makes a key from 32 random bytes, clamped as `wg genkey` does it
    /// (`genkey.c` and `curve25519.h` of wireguard-tools).
    #[must_use]
    pub fn from_random(mut bytes: [u8; 32]) -> Self {
        let [first, .., last] = &mut bytes;
        *first &= 0b1111_1000;
        *last = (*last & 0b0111_1111) | 0b0100_0000;
        let key = Self(bytes);
        bytes.zeroize();
        key
    }

    /// Reads a key. Unclamped keys are accepted, because X25519 clamps by
    /// itself and `wg(8)` shows one as an example.
    ///
    /// # Errors
    /// The text is not 32 bytes of canonical base64.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        crate::plan::decode_key(text).map(Self)
    }

    /// The key as 44 characters of base64.
    #[must_use]
    pub fn to_secret_text(&self) -> SecretText {
        Zeroizing::new(Base64::encode_string(&self.0))
    }

    /// The public key that belongs to it (RFC 7748 section 5).
    #[must_use]
    pub fn derive_public(&self) -> PublicKey {
        let secret = StaticSecret::from(self.0);
        PublicKey::from_bytes(DalekPublic::from(&secret).to_bytes())
    }
}

impl PresharedKey {
    /// Makes a key from 32 random bytes, used as they are, like `wg genpsk`.
    #[must_use]
    pub fn from_random(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a key.
    ///
    /// # Errors
    /// The text is not 32 bytes of canonical base64, or it is all zero, which
    /// WireGuard takes for no preshared key.
    pub fn from_secret_text(text: &str) -> Result<Self, KeyError> {
        let bytes = crate::plan::decode_key(text)?;
        if bytes == [0; 32] {
            Err(KeyError::Zero)
        } else {
            Ok(Self(bytes))
        }
    }

    /// The key as 44 characters of base64.
    #[must_use]
    pub fn to_secret_text(&self) -> SecretText {
        Zeroizing::new(Base64::encode_string(&self.0))
    }

    /// Whether two ends hold the same key.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// A private key together with its public key, which is derived only once.
struct Identity {
    private: PrivateKey,
    public: PublicKey,
}

/// The secrets of one project. Keys are added and never replaced, so that a
/// deployed key stays valid.
///
/// Each secret stands in a place of its own that is never moved, because a list
/// that grows would leave copies behind that nobody wipes.
#[derive(Clone, Default)]
pub struct Keyring {
    identities: LiteMap<NodeId, Rc<Identity>>,
    preshared: LiteMap<PairKey, Rc<PresharedKey>>,
}

impl Keyring {
    /// The private key of a machine.
    #[must_use]
    pub fn private_key(&self, node: &NodeId) -> Option<&PrivateKey> {
        self.identities.get(node).map(|identity| &identity.private)
    }

    /// The public key of a machine whose private key is here.
    #[must_use]
    pub fn public_key(&self, node: &NodeId) -> Option<PublicKey> {
        self.identities.get(node).map(|identity| identity.public)
    }

    /// The preshared key of a pair.
    #[must_use]
    pub fn preshared_key(&self, pair: &PairKey) -> Option<&PresharedKey> {
        self.preshared.get(pair).map(Rc::as_ref)
    }

    /// Whether it holds no secret at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.identities.is_empty() && self.preshared.is_empty()
    }

    /// Whether a machine has ever had a key under this identity.
    #[must_use]
    pub fn knows(&self, node: &NodeId) -> bool {
        self.identities.contains_key(node) || self.preshared.keys().any(|pair| pair.has(node))
    }

    /// Stores a private key, for instance one that was read from a file.
    pub fn insert_private_key(&mut self, node: NodeId, private: PrivateKey) {
        let public = private.derive_public();
        let identity = Rc::new(Identity { private, public });
        self.identities.insert(node, identity);
    }

    /// Stores a preshared key, for instance one that was read from a file.
    pub fn insert_preshared_key(&mut self, pair: PairKey, key: PresharedKey) {
        self.preshared.insert(pair, Rc::new(key));
    }

    /// Makes the keys that `nodes` and `pairs` lack and returns how many.
    /// Keys that exist stay as they are.
    ///
    /// # Errors
    /// The source of random bytes failed; keys made until then are kept.
    pub fn make_missing(
        &mut self,
        nodes: impl IntoIterator<Item = NodeId>,
        pairs: impl IntoIterator<Item = PairKey>,
        random: Random<'_>,
    ) -> Result<usize, String> {
        let mut made = 0;
        let mut draw = || {
            let mut bytes = Zeroizing::new([0; 32]);
            random(&mut bytes).map(|()| bytes)
        };
        for node in nodes {
            if !self.identities.contains_key(&node) {
                let private = PrivateKey::from_random(*draw()?);
                self.insert_private_key(node, private);
                made += 1;
            }
        }
        for pair in pairs {
            if !self.preshared.contains_key(&pair) {
                let key = PresharedKey::from_random(*draw()?);
                self.insert_preshared_key(pair, key);
                made += 1;
            }
        }
        Ok(made)
    }

    /// Forgets the keys of machines for which `keep` is false, and of their pairs.
    pub fn retain(&mut self, keep: impl Fn(&NodeId) -> bool) {
        self.identities.retain(|node, _| keep(node));
        self.preshared.retain(|pair, _| {
            let (a, b) = pair.ends();
            keep(a) && keep(b)
        });
    }

    /// All private keys in the order of identities.
    pub fn private_keys(&self) -> impl Iterator<Item = (&NodeId, &PrivateKey)> {
        self.identities
            .iter()
            .map(|(node, identity)| (node, &identity.private))
    }

    /// All preshared keys in the order of pairs.
    pub fn preshared_keys(&self) -> impl Iterator<Item = (&PairKey, &PresharedKey)> {
        self.preshared
            .iter()
            .map(|(pair, key)| (pair, key.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(PrivateKey: std::fmt::Debug, std::fmt::Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(PresharedKey: std::fmt::Debug, std::fmt::Display, serde::Serialize);
    static_assertions::assert_not_impl_any!(Keyring: std::fmt::Debug, std::fmt::Display, serde::Serialize);

    /// RFC 7748 section 6.1 and 5.2, wg(8), wg-quick(8), Android's test file,
    /// and edge cases; each row agrees with `wg pubkey`.
    const VECTORS: [(&str, &str); 11] = [
        (
            "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=",
            "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
        ),
        (
            "cAdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LGo=",
            "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=",
        ),
        (
            "XasIfmJKikt54X+Lg4AO5m87sSkmGLb9HC+LJ/+I4Os=",
            "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
        ),
        (
            "WKsIfmJKikt54X+Lg4AO5m87sSkmGLb9HC+LJ/+I4Gs=",
            "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
        ),
        (
            "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "QiyOemIn17yhNQs+K7cnn3iXuHu2hUt4PGDoAxGuMHk=",
        ),
        (
            "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
            "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=",
        ),
        (
            "oK56DE9Ue9zK76rAc8pBl6opph+1v36lm7cXXsQKrQM=",
            "cL9S5KV5wAy/AsKyYct3qz9BHxe5FYqxlb/eDthF/VY=",
        ),
        (
            "TFlmmEUC7V7VtiDYLKsbP5rySTKLIZq1yn8lMqK83wo=",
            "NYZxBGjCBKo2aAVTyMOIH5NMN9nLdUHMPO9kJfLbyko=",
        ),
        (
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=",
        ),
        (
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "L+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=",
        ),
        (
            "//////////////////////////////////////////8=",
            "hHwNLDdSNPNl5mCVUYejc1oPdhPRYJ06ak2MU66qWiI=",
        ),
    ];

    #[test]
    fn public_keys_match_the_published_vectors() {
        for (private, public) in VECTORS {
            let key = PrivateKey::from_secret_text(private).unwrap();
            assert_eq!(key.derive_public().to_string(), public);
        }
    }

    #[test]
    fn new_keys_are_clamped_like_wg_genkey() {
        let alice = PrivateKey::from_secret_text(VECTORS[0].0).unwrap();
        assert_eq!(
            *PrivateKey::from_random(alice.0).to_secret_text(),
            VECTORS[1].0
        );
        assert_eq!(
            *PrivateKey::from_random([255; 32]).to_secret_text(),
            "+P///////////////////////////////////////38="
        );
    }

    #[test]
    fn keys_that_exist_are_never_made_anew() {
        let ids = || ["a", "b", "c"].map(NodeId::new);
        let pair = |a: &str, b: &str| PairKey::new(&NodeId::new(a), &NodeId::new(b)).unwrap();
        let mut counter = 0_u8;
        let mut random = |bytes: &mut [u8; 32]| {
            counter += 1;
            bytes.fill(counter);
            Ok(())
        };
        let mut keyring = Keyring::default();
        assert_eq!(
            keyring.make_missing(ids(), [pair("a", "b")], &mut random),
            Ok(4)
        );
        let before = keyring
            .private_key(&NodeId::new("a"))
            .unwrap()
            .to_secret_text();
        let psk = keyring
            .preshared_key(&pair("b", "a"))
            .unwrap()
            .to_secret_text();
        assert_eq!(
            keyring.make_missing(ids(), [pair("a", "b"), pair("a", "c")], &mut random),
            Ok(1)
        );
        assert!(
            keyring
                .private_key(&NodeId::new("a"))
                .unwrap()
                .to_secret_text()
                == before
        );
        assert!(
            keyring
                .preshared_key(&pair("a", "b"))
                .unwrap()
                .to_secret_text()
                == psk
        );
    }

    #[test]
    fn a_failing_source_of_randomness_is_an_error_and_makes_no_key() {
        let mut keyring = Keyring::default();
        let result = keyring.make_missing([NodeId::new("a")], [], &mut |_| {
            Err("no randomness".to_owned())
        });
        assert_eq!(result, Err("no randomness".to_owned()));
        assert!(keyring.is_empty());
    }
}
