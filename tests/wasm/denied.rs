//! Browsers that refuse: no https, no site data, no room.

use js_sys::{Object, Reflect};
use meshwright::browser::plan_store::{self, StoreError};
use meshwright::browser::vault::{Vault, VaultError};
use meshwright::browser::{clipboard, environment, settings};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// A property that answers differently until this is dropped.
struct Replaced {
    object: Object,
    name: JsValue,
    original: Object,
}

impl Replaced {
    /// Puts a getter with the body `body` in place of a property.
    fn getter(object: &JsValue, name: &str, body: &str) -> Self {
        Self::descriptor(
            object,
            name,
            &format!("({{ configurable: true, get() {{ {body} }} }})"),
        )
    }

    /// Puts a method with the body `body` in place of a property.
    fn method(object: &JsValue, name: &str, body: &str) -> Self {
        Self::descriptor(
            object,
            name,
            &format!("({{ configurable: true, value() {{ {body} }} }})"),
        )
    }

    fn descriptor(object: &JsValue, name: &str, source: &str) -> Self {
        let object: Object = object.clone().unchecked_into();
        let name = JsValue::from(name);
        let original = Reflect::get_own_property_descriptor(&object, &name)
            .unwrap()
            .unchecked_into();
        let replacement = js_sys::eval(source).unwrap().unchecked_into();
        Object::define_property(&object, &name, &replacement);
        Self {
            object,
            name,
            original,
        }
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        Object::define_property(&self.object, &self.name, &self.original);
    }
}

fn window() -> JsValue {
    web_sys::window().unwrap().into()
}

fn prototype(class: &str) -> JsValue {
    js_sys::eval(&format!("{class}.prototype")).unwrap()
}

#[wasm_bindgen_test]
async fn without_https_there_is_no_vault_and_no_clipboard() {
    let plain_http = Replaced::getter(&window(), "isSecureContext", "return false");
    assert!(!environment::is_secure_context());
    assert!(matches!(Vault::open().await, Err(VaultError::Insecure)));
    assert!(
        clipboard::copy("text")
            .await
            .is_err_and(|error| error.contains("https"))
    );
    drop(plain_http);
    assert!(Vault::open().await.is_ok());
}

#[wasm_bindgen_test]
async fn blocked_site_data_is_named() {
    let none = Replaced::getter(&window(), "indexedDB", "return null");
    assert!(matches!(Vault::open().await, Err(VaultError::Denied)));
    drop(none);
    let refuses = Replaced::method(
        &prototype("IDBFactory"),
        "open",
        "throw new DOMException('no', 'SecurityError')",
    );
    assert!(matches!(Vault::open().await, Err(VaultError::Denied)));
    drop(refuses);
    let throws = Replaced::getter(
        &window(),
        "localStorage",
        "throw new DOMException('no', 'SecurityError')",
    );
    assert_eq!(plan_store::load("p"), Err(StoreError::Denied));
    assert_eq!(plan_store::save("p", "text"), Err(StoreError::Denied));
    assert_eq!(settings::setting("theme"), None);
    drop(throws);
    assert_eq!(plan_store::load("p"), Ok(None));
}

#[wasm_bindgen_test]
async fn a_private_window_that_keeps_no_keys_is_found_out_at_once() {
    let body = "throw new DOMException('The object could not be cloned.', 'DataCloneError')";
    let keeps_none = Replaced::method(&prototype("IDBObjectStore"), "put", body);
    assert!(matches!(Vault::open().await, Err(VaultError::Denied)));
    drop(keeps_none);
}

#[wasm_bindgen_test]
async fn a_failed_save_leaves_what_was_stored() {
    let vault = Vault::open().await.unwrap();
    vault.save_secret_text("kept", "first").await.unwrap();
    let full = Replaced::method(
        &prototype("IDBObjectStore"),
        "put",
        "throw new DOMException('', 'QuotaExceededError')",
    );
    assert_eq!(
        vault.save_secret_text("kept", "second").await,
        Err(VaultError::Full)
    );
    drop(full);
    // The disk can also fill up while the browser writes, after `put`.
    let aborts = Replaced::method(
        &prototype("IDBObjectStore"),
        "put",
        "this.transaction.abort(); return this",
    );
    let error = vault.save_secret_text("kept", "third").await.unwrap_err();
    drop(aborts);
    assert!(matches!(error, VaultError::Other(_)), "{error}");
    assert!(
        vault
            .load_secret_text("kept")
            .await
            .is_ok_and(|text| text.is_some_and(|text| *text == "first"))
    );
    // A failure does not stand in the way of what follows.
    vault.save_secret_text("kept", "fourth").await.unwrap();
    vault.forget("kept").await.unwrap();
}
