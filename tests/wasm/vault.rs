//! The vault: what goes in comes out, and nothing else comes out of the disk.

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use meshwright::browser::vault::{Vault, VaultError};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CryptoKey, IdbDatabase, IdbTransactionMode};

const SECRET: &str = "a secret text: yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=, käse";

/// Loads and compares. Secrets have no `Debug`, so that no test prints one.
async fn holds(vault: &Vault, project: &str, expected: Option<&str>) -> bool {
    let text = vault
        .load_secret_text(project)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    text.as_ref().map(|text| text.as_str()) == expected
}

#[wasm_bindgen_test]
async fn what_was_saved_is_there_when_the_vault_is_opened_again() {
    let vault = Vault::open().await.unwrap();
    assert!(holds(&vault, "round trip", None).await);
    vault.save_secret_text("round trip", SECRET).await.unwrap();
    assert!(holds(&vault, "round trip", Some(SECRET)).await);
    drop(vault);
    let again = Vault::open().await.unwrap();
    assert!(holds(&again, "round trip", Some(SECRET)).await);
    assert!(holds(&again, "another project", None).await);
    again.forget("round trip").await.unwrap();
    assert!(holds(&again, "round trip", None).await);
    assert!(holds(&Vault::open().await.unwrap(), "round trip", None).await);
}

#[wasm_bindgen_test]
async fn saves_are_done_in_the_order_of_the_calls() {
    let vault = Vault::open().await.unwrap();
    let first = vault.save_secret_text("order", "first");
    // Nobody waits for this one, and it is done all the same.
    drop(vault.save_secret_text("order", "second"));
    let forgotten = vault.forget("order");
    let last = vault.save_secret_text("order", "last");
    let loaded = vault.load_secret_text("order");
    assert!(
        loaded
            .await
            .is_ok_and(|text| text.is_some_and(|text| *text == "last"))
    );
    assert_eq!(
        (first.await, forgotten.await, last.await),
        (Ok(()), Ok(()), Ok(()))
    );
    vault.forget("order").await.unwrap();
}

#[wasm_bindgen_test]
async fn nothing_readable_is_stored_and_the_key_cannot_be_exported() {
    let vault = Vault::open().await.unwrap();
    vault.save_secret_text("sealed", SECRET).await.unwrap();
    let record = record("sealed").await;
    let names = js_sys::Object::keys(record.unchecked_ref::<Object>());
    let names: Vec<_> = names.iter().map(|name| name.as_string().unwrap()).collect();
    assert_eq!(names, ["key", "iv", "ciphertext"]);

    let ciphertext = bytes(&record, "ciphertext");
    assert_eq!(ciphertext.len(), SECRET.len() + 16);
    // No piece of eight bytes may show through.
    for piece in SECRET.as_bytes().windows(8) {
        assert!(!ciphertext.windows(8).any(|window| window == piece));
    }

    let key: CryptoKey = field(&record, "key").dyn_into().unwrap();
    assert!(!key.extractable());
    let subtle = web_sys::window().unwrap().crypto().unwrap().subtle();
    for format in ["raw", "jwk"] {
        let refused = JsFuture::from(subtle.export_key(format, &key).unwrap())
            .await
            .unwrap_err();
        assert_eq!(
            field(&refused, "name").as_string().as_deref(),
            Some("InvalidAccessError")
        );
    }

    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    for index in 0..storage.length().unwrap() {
        let value = storage
            .key(index)
            .unwrap()
            .and_then(|key| storage.get_item(&key).unwrap());
        assert!(!value.unwrap_or_default().contains("a secret text"));
    }
    vault.forget("sealed").await.unwrap();
}

#[wasm_bindgen_test]
async fn every_save_has_a_fresh_nonce() {
    let vault = Vault::open().await.unwrap();
    let mut nonces = Vec::new();
    for _ in 0..3 {
        vault.save_secret_text("nonces", SECRET).await.unwrap();
        nonces.push(bytes(&record("nonces").await, "iv"));
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(
        nonces.iter().map(Vec::len).collect::<Vec<_>>(),
        [12, 12, 12]
    );
    vault.forget("nonces").await.unwrap();
}

#[wasm_bindgen_test]
async fn what_another_tab_stored_is_not_replaced_unseen() {
    let (here, there) = (Vault::open().await.unwrap(), Vault::open().await.unwrap());
    there.save_secret_text("tabs", "theirs").await.unwrap();
    assert_eq!(
        here.save_secret_text("tabs", "ours").await,
        Err(VaultError::NotLoaded)
    );
    assert!(holds(&here, "tabs", Some("theirs")).await);
    here.save_secret_text("tabs", "both").await.unwrap();
    assert_eq!(
        there.save_secret_text("tabs", "theirs again").await,
        Err(VaultError::NotLoaded)
    );
    assert!(holds(&there, "tabs", Some("both")).await);
    // Keys that are gone can be stored again: losing them would be worse.
    here.forget("tabs").await.unwrap();
    there.save_secret_text("tabs", "back").await.unwrap();
    assert!(holds(&here, "tabs", Some("back")).await);
    here.forget("tabs").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_an_error_and_stays_until_it_is_forgotten() {
    let vault = Vault::open().await.unwrap();
    vault.save_secret_text("original", SECRET).await.unwrap();
    let stored = record("original").await;
    // A record of one project does not open another.
    put("damaged", &stored).await;
    let other_page = Vault::open().await.unwrap();
    for _ in 0..2 {
        assert_eq!(
            other_page.load_secret_text("damaged").await.err(),
            Some(VaultError::Unreadable)
        );
    }
    put("damaged", &"not a record".into()).await;
    assert_eq!(
        other_page.load_secret_text("damaged").await.err(),
        Some(VaultError::Unreadable)
    );
    assert_eq!(
        other_page.save_secret_text("damaged", "new").await,
        Err(VaultError::NotLoaded)
    );
    assert_eq!(
        record("damaged").await.as_string().as_deref(),
        Some("not a record")
    );
    other_page.forget("damaged").await.unwrap();
    other_page.save_secret_text("damaged", "new").await.unwrap();
    assert!(holds(&other_page, "damaged", Some("new")).await);
    other_page.forget("damaged").await.unwrap();
    other_page.forget("original").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_save_is_done_only_when_the_disk_has_it() {
    js_sys::eval(
        "window.modes = [];
         window.plain = IDBDatabase.prototype.transaction;
         IDBDatabase.prototype.transaction = function (...given) {
             const transaction = window.plain.apply(this, given);
             window.modes.push(`${transaction.mode} ${transaction.durability}`);
             transaction.addEventListener('complete', () => window.modes.push('complete'));
             return transaction;
         };",
    )
    .unwrap();
    let vault = Vault::open().await.unwrap();
    vault.save_secret_text("durable", SECRET).await.unwrap();
    let modes =
        js_sys::eval("IDBDatabase.prototype.transaction = window.plain; window.modes.join()")
            .unwrap();
    assert_eq!(
        modes.as_string().unwrap(),
        ["readwrite strict,complete"; 2].join(",")
    );
    vault.forget("durable").await.unwrap();
}

#[wasm_bindgen_test]
async fn a_large_keyring_fits() {
    let vault = Vault::open().await.unwrap();
    // 300 machines, each pair with a preshared key.
    let large = SECRET.repeat(60_000);
    vault.save_secret_text("large", &large).await.unwrap();
    assert!(holds(&vault, "large", Some(&large)).await);
    vault.forget("large").await.unwrap();
}

fn field(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap()
}

fn bytes(record: &JsValue, name: &str) -> Vec<u8> {
    field(record, name)
        .dyn_into::<Uint8Array>()
        .unwrap()
        .to_vec()
}

/// Waits for a request to the database, without the code under test.
async fn answer(request: &web_sys::IdbRequest) -> JsValue {
    let settled = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(settled).await.unwrap();
    request.result().unwrap()
}

async fn store(mode: IdbTransactionMode) -> (IdbDatabase, web_sys::IdbObjectStore) {
    let factory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request = factory.open("meshwright.vault").unwrap();
    let database: IdbDatabase = answer(&request).await.dyn_into().unwrap();
    let transaction = database
        .transaction_with_str_and_mode("sealed", mode)
        .unwrap();
    let store = transaction.object_store("sealed").unwrap();
    (database, store)
}

async fn record(project: &str) -> JsValue {
    let (database, store) = store(IdbTransactionMode::Readonly).await;
    let record = answer(&store.get(&project.into()).unwrap()).await;
    database.close();
    record
}

async fn put(project: &str, record: &JsValue) {
    let (database, store) = store(IdbTransactionMode::Readwrite).await;
    answer(&store.put_with_key(record, &project.into()).unwrap()).await;
    database.close();
}
