//! A worker: the same program in a thread of its own, for long work.
//!
//! `static/worker.js` starts it. Page and worker send each other bytes, which
//! change hands without a copy. Text from the worker says that it cannot go on.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    DedicatedWorkerGlobalScope, ErrorEvent, EventTarget, MessageEvent, WorkerOptions, WorkerType,
};
use zeroize::Zeroizing;

use super::fault;

/// The attribute that names the worker's script, on the element that starts the page.
const ATTRIBUTE: &str = "data-worker";
/// How long a worker may take to say that it is there.
const PATIENCE: u32 = 20_000;

/// What comes from a worker.
#[derive(Debug, PartialEq, Eq)]
pub enum News {
    /// It is there and reads what was sent.
    Ready,
    /// What it says.
    Bytes(Vec<u8>),
    /// It cannot start or go on, and why. Nothing more comes.
    Failed(String),
}

/// A worker of this page. Dropping it ends it, whatever it does.
#[must_use = "dropping it ends the worker"]
pub struct Worker(Rc<Shared>);

struct Shared {
    worker: web_sys::Worker,
    /// What waits until the worker is there; `None` from then on.
    waiting: RefCell<Option<Vec<Uint8Array>>>,
    listeners: RefCell<Vec<EventListener>>,
    impatience: RefCell<Option<Timeout>>,
}

impl Worker {
    /// Starts a worker. It calls back with what comes, first of all with
    /// [`News::Ready`].
    ///
    /// # Errors
    /// The browser does not start one here, and why.
    pub fn start(callback: impl Fn(News) + 'static) -> Result<Self, String> {
        let worker = script()
            .and_then(|script| {
                let options = WorkerOptions::new();
                options.set_type(WorkerType::Module);
                web_sys::Worker::new_with_options(&script, &options)
            })
            .map_err(|thrown| fault::words(&thrown))?;
        let shared = Rc::new(Shared {
            worker,
            waiting: RefCell::new(Some(Vec::new())),
            listeners: RefCell::default(),
            impatience: RefCell::default(),
        });
        shared.listen(Rc::new(callback));
        Ok(Self(shared))
    }

    /// Sends bytes. They go away from here, and the worker wipes them.
    pub fn send_secret(&self, bytes: &[u8]) {
        let bytes = Uint8Array::from(bytes);
        let mut waiting = self.0.waiting.borrow_mut();
        if let Some(waiting) = waiting.as_mut() {
            waiting.push(bytes);
        } else {
            self.0.post(&bytes);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Shared {
    fn listen(self: &Rc<Self>, callback: Rc<dyn Fn(News)>) {
        // The listeners belong to what they hear for, so they hold it loosely.
        let hear = |event: &'static str, read: fn(&web_sys::Event) -> News| {
            let (shared, callback) = (Rc::downgrade(self), Rc::clone(&callback));
            EventListener::new(&self.worker, event, move |event| {
                if let Some(shared) = shared.upgrade() {
                    shared.tell(read(event), callback.as_ref());
                }
            })
        };
        let unreadable =
            |_: &web_sys::Event| News::Failed("a message could not be read".to_owned());
        *self.listeners.borrow_mut() = vec![
            hear("message", said),
            hear("error", broken),
            hear("messageerror", unreadable),
        ];
        let (shared, callback) = (Rc::downgrade(self), Rc::clone(&callback));
        *self.impatience.borrow_mut() = Some(Timeout::new(PATIENCE, move || {
            if let Some(shared) = shared.upgrade() {
                let why = "it did not start in time".to_owned();
                shared.tell(News::Failed(why), callback.as_ref());
            }
        }));
    }

    fn tell(&self, news: News, callback: &dyn Fn(News)) {
        if self.listeners.borrow().is_empty() {
            return;
        }
        match &news {
            News::Ready => {
                drop(self.impatience.take());
                let waiting = self.waiting.take();
                for bytes in waiting.into_iter().flatten() {
                    self.post(&bytes);
                }
            }
            News::Failed(_) => self.end(),
            News::Bytes(_) => {}
        }
        callback(news);
    }

    fn post(&self, bytes: &Uint8Array) {
        // It fails only for what cannot be handed over, and bytes can.
        let _ = self
            .worker
            .post_message_with_transfer(bytes, &Array::of1(&bytes.buffer()));
    }

    fn end(&self) {
        self.worker.terminate();
        drop(self.impatience.take());
        // One of them may be running right now, and it is not dropped under itself.
        let listeners = self.listeners.take();
        Timeout::new(0, move || drop(listeners)).forget();
    }
}

/// The address of the worker's script.
fn script() -> Result<String, JsValue> {
    let document = gloo::utils::document();
    let starter = document.query_selector("script[data-worker]")?;
    let path = starter.and_then(|starter| starter.get_attribute(ATTRIBUTE));
    path.ok_or_else(|| JsValue::from("this page names no worker"))
}

fn said(event: &web_sys::Event) -> News {
    let data = event.unchecked_ref::<MessageEvent>().data();
    match data.dyn_into::<Uint8Array>() {
        Ok(bytes) if bytes.length() == 0 => News::Ready,
        Ok(bytes) => News::Bytes(bytes.to_vec()),
        Err(text) => News::Failed(fault::words(&text)),
    }
}

/// A script that cannot be loaded gives an event without a message.
fn broken(event: &web_sys::Event) -> News {
    event.prevent_default();
    let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
    let message = message.filter(|message| !message.is_empty());
    News::Failed(message.unwrap_or_else(|| "its script could not be loaded".to_owned()))
}

/// Whether the program runs in a worker.
#[must_use]
pub fn is_inside() -> bool {
    web_sys::window().is_none()
}

/// The page, as its worker sees it.
#[derive(Clone)]
pub struct Page(DedicatedWorkerGlobalScope);

impl Page {
    /// The page to which this worker belongs; `None` outside of a worker.
    #[must_use]
    pub fn here() -> Option<Self> {
        js_sys::global().dyn_into().ok().map(Self)
    }

    /// Listens from now on, and tells the page so.
    pub fn listen(&self, callback: impl Fn(Zeroizing<Vec<u8>>) + 'static) {
        let target: &EventTarget = &self.0;
        EventListener::new(target, "message", move |event| {
            let data = event.unchecked_ref::<MessageEvent>().data();
            if let Ok(bytes) = data.dyn_into::<Uint8Array>() {
                let copy = Zeroizing::new(bytes.to_vec());
                bytes.fill(0, 0, bytes.length());
                callback(copy);
            }
        })
        .forget();
        self.say(&[]);
    }

    /// Says something to the page.
    pub fn say(&self, bytes: &[u8]) {
        let bytes = Uint8Array::from(bytes);
        // It fails only for what cannot be handed over, and bytes can.
        let _ = self
            .0
            .post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
    }

    /// Says that the worker cannot go on, and why.
    pub fn give_up(&self, why: &str) {
        let _ = self.0.post_message(&why.into());
    }
}
