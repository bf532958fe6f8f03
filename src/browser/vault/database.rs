//! The database in the browser, opened anew for each piece of work.
//!
//! A connection that stays open would keep other tabs from upgrading the
//! database, and dies unnoticed when the user clears the site's data.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

use super::VaultError;

const NAME: &str = "meshwright.vault";
const VERSION: u32 = 1;
const STORE: &str = "sealed";
/// Where a trial record goes. No project has this name.
const TRIAL: &str = "";

/// A connection; it closes when dropped.
pub(super) struct Database(IdbDatabase);

impl Drop for Database {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Database {
    pub(super) async fn open() -> Result<Self, VaultError> {
        let request = factory()?.open_with_u32(NAME, VERSION).map_err(thrown)?;
        let asked = request.clone();
        let create = Closure::once(move |_: Event| {
            // A failure here makes the request fail.
            if let Ok(database) = result_of::<IdbDatabase>(&asked) {
                let _ = database.create_object_store(STORE);
            }
        });
        request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
        answer(&request).await?;
        result_of(&request).map(Self).map_err(thrown)
    }

    /// Writes and removes a record, to learn whether the browser stores keys.
    pub(super) async fn try_out(&self, record: &JsValue) -> Result<(), VaultError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite)?;
        store.put_with_key(record, &TRIAL.into()).map_err(thrown)?;
        store.delete(&TRIAL.into()).map_err(thrown)?;
        completion(&transaction).await
    }

    /// The record of a project.
    pub(super) async fn read(&self, project: &str) -> Result<Option<JsValue>, VaultError> {
        let (_, store) = self.begin(IdbTransactionMode::Readonly)?;
        record(&store, project).await
    }

    /// Stores the record of a project, if there is none or the one there may be
    /// replaced. Returns when the browser has written it.
    pub(super) async fn replace(
        &self,
        project: &str,
        new: &JsValue,
        may_replace: impl Fn(&JsValue) -> bool,
    ) -> Result<(), VaultError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite)?;
        if let Some(old) = record(&store, project).await?
            && !may_replace(&old)
        {
            return Err(VaultError::NotLoaded);
        }
        store.put_with_key(new, &project.into()).map_err(thrown)?;
        completion(&transaction).await
    }

    /// Removes the record of a project.
    pub(super) async fn delete(&self, project: &str) -> Result<(), VaultError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite)?;
        store.delete(&project.into()).map_err(thrown)?;
        completion(&transaction).await
    }

    /// Begins a transaction that counts as complete only when the disk has it.
    fn begin(
        &self,
        mode: IdbTransactionMode,
    ) -> Result<(IdbTransaction, IdbObjectStore), VaultError> {
        let transaction = strict_transaction(&self.0, mode).map_err(thrown)?;
        let store = transaction.object_store(STORE).map_err(thrown)?;
        Ok((transaction, store))
    }
}

fn factory() -> Result<IdbFactory, VaultError> {
    // It is missing where site data is blocked, and some browsers throw instead.
    gloo::utils::window()
        .indexed_db()
        .ok()
        .flatten()
        .ok_or(VaultError::Denied)
}

/// `database.transaction(STORE, mode, { durability: "strict" })`, which web-sys
/// offers only behind a compiler flag. Browsers that do not know the option
/// ignore it.
fn strict_transaction(
    database: &IdbDatabase,
    mode: IdbTransactionMode,
) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let method: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    method
        .call3(database, &STORE.into(), &mode.into(), &options)?
        .dyn_into()
}

async fn record(store: &IdbObjectStore, project: &str) -> Result<Option<JsValue>, VaultError> {
    let request = store.get(&project.into()).map_err(thrown)?;
    answer(&request).await?;
    let record = request.result().map_err(thrown)?;
    Ok((!record.is_undefined()).then_some(record))
}

/// Waits for a request. The two ends of a promise serve as its handlers.
async fn answer(request: &IdbRequest) -> Result<(), VaultError> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    if JsFuture::from(settled).await.is_ok() {
        return Ok(());
    }
    let reason = request.error().ok().flatten();
    Err(thrown(reason.map_or(JsValue::NULL, JsValue::from)))
}

/// Waits until a transaction is written. An error always ends in an abort, and
/// only the abort knows about a full disk.
async fn completion(transaction: &IdbTransaction) -> Result<(), VaultError> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    if JsFuture::from(settled).await.is_ok() {
        return Ok(());
    }
    Err(thrown(
        transaction.error().map_or(JsValue::NULL, JsValue::from),
    ))
}

fn result_of<T: wasm_bindgen::JsCast>(request: &IdbOpenDbRequest) -> Result<T, JsValue> {
    request.result()?.dyn_into()
}

fn thrown(value: JsValue) -> VaultError {
    VaultError::from_thrown(&value)
}
