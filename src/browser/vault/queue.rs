//! Work in the order of the calls, one piece after the other.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::VaultError;

/// The promise of the work that was accepted last.
pub(super) struct Queue(RefCell<Promise>);

impl Default for Queue {
    fn default() -> Self {
        Self(RefCell::new(Promise::resolve(&JsValue::UNDEFINED)))
    }
}

impl Queue {
    /// Takes its turn at once, also if nobody waits for the outcome.
    pub(super) fn run<T, W>(
        &self,
        work: W,
    ) -> impl Future<Output = Result<T, VaultError>> + use<T, W>
    where
        T: 'static,
        W: Future<Output = Result<T, VaultError>> + 'static,
    {
        let earlier = self.0.borrow().clone();
        let outcome = Rc::new(RefCell::new(None));
        let place = Rc::clone(&outcome);
        let done = future_to_promise(async move {
            // Failures are told to whoever asked for the earlier work.
            let _ = JsFuture::from(earlier).await;
            let result = work.await;
            place.replace(Some(result));
            Ok(JsValue::UNDEFINED)
        });
        *self.0.borrow_mut() = done.clone();
        async move {
            let _ = JsFuture::from(done).await;
            let result = outcome.take();
            result.unwrap_or_else(|| Err(VaultError::Other("the work was broken off".to_owned())))
        }
    }
}
