//! Encryption of one text, and the record that holds it.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};
use zeroize::{Zeroize as _, Zeroizing};

use super::VaultError;
use crate::keyring::SecretText;

const CIPHER: &str = "AES-GCM";

/// The nonce of AES-GCM, 96 bits as NIST SP 800-38D recommends.
pub(super) type Nonce = [u8; 12];

/// A text under a key that only the browser can use.
pub(super) struct Sealed {
    key: CryptoKey,
    pub(super) nonce: Nonce,
    ciphertext: Uint8Array,
}

impl Sealed {
    /// The form in which the database stores it.
    pub(super) fn to_record(&self) -> JsValue {
        let record = Object::new();
        let fields: [(&str, &JsValue); 3] = [
            ("key", &self.key),
            ("iv", &Uint8Array::from(&self.nonce[..])),
            ("ciphertext", &self.ciphertext),
        ];
        for (name, value) in fields {
            // A new object refuses no field.
            let _ = Reflect::set(&record, &name.into(), value);
        }
        record.into()
    }

    /// Reads a record; `None` if it is not one of ours.
    pub(super) fn from_record(record: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(record, &name.into()).ok();
        Some(Self {
            key: field("key")?.dyn_into().ok()?,
            nonce: field("iv")?
                .dyn_into::<Uint8Array>()
                .ok()?
                .to_vec()
                .try_into()
                .ok()?,
            ciphertext: field("ciphertext")?.dyn_into().ok()?,
        })
    }
}

/// Encrypts `text` for a project under a new key.
pub(super) async fn seal(project: &str, text: &str) -> Result<Sealed, VaultError> {
    let subtle = subtle()?;
    let key = new_key(&subtle).await?;
    let mut nonce = Nonce::default();
    getrandom::fill(&mut nonce).map_err(|error| VaultError::Other(error.to_string()))?;
    // The browser copies the text before the call returns.
    let started =
        subtle.encrypt_with_object_and_u8_array(&parameters(project, nonce), &key, text.as_bytes());
    let ciphertext = Uint8Array::new(&settled(started).await?);
    Ok(Sealed {
        key,
        nonce,
        ciphertext,
    })
}

/// Decrypts the text of a project.
pub(super) async fn unseal_secret_text(
    project: &str,
    sealed: &Sealed,
) -> Result<SecretText, VaultError> {
    let parameters = parameters(project, sealed.nonce);
    let started =
        subtle()?.decrypt_with_object_and_js_u8_array(&parameters, &sealed.key, &sealed.ciphertext);
    let plain = Uint8Array::new(&settled(started).await.map_err(|_| VaultError::Unreadable)?);
    let mut bytes = Zeroizing::new(plain.to_vec());
    plain.fill(0, 0, plain.length());
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            error.into_bytes().zeroize();
            Err(VaultError::Unreadable)
        }
    }
}

async fn new_key(subtle: &SubtleCrypto) -> Result<CryptoKey, VaultError> {
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let extractable = false;
    let started =
        subtle.generate_key_with_object(&AesKeyGenParams::new(CIPHER, 256), extractable, &uses);
    Ok(settled(started).await?.unchecked_into())
}

/// The project's name is authenticated too, so that a record works only where
/// it belongs.
fn parameters(project: &str, nonce: Nonce) -> AesGcmParams {
    let parameters = AesGcmParams::new_with_u8_array(CIPHER, &Uint8Array::from(&nonce[..]));
    let purpose = format!("meshwright vault 1 {project}");
    parameters.set_additional_data_u8_array(&Uint8Array::from(purpose.as_bytes()));
    parameters
}

fn subtle() -> Result<SubtleCrypto, VaultError> {
    let crypto = gloo::utils::window()
        .crypto()
        .map_err(|_| VaultError::Insecure)?;
    Ok(crypto.subtle())
}

async fn settled(started: Result<Promise, JsValue>) -> Result<JsValue, VaultError> {
    match started {
        Ok(promise) => JsFuture::from(promise).await,
        Err(thrown) => Err(thrown),
    }
    .map_err(|thrown| VaultError::from_thrown(&thrown))
}
