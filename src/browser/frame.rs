//! Work that waits for the next frame.

use std::cell::Cell;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A callback that waits for the next frame. Dropping it before then cancels it.
#[must_use = "dropping it cancels the callback"]
pub struct Frame(#[expect(dead_code, reason = "held to keep waiting")] AnimationFrame);

/// Calls back once, right before the browser draws the next frame. The argument
/// is the time of the frame in milliseconds since the page was opened.
pub fn next(callback: impl FnOnce(f64) + 'static) -> Frame {
    Frame(request_animation_frame(callback))
}

/// Calls back once, after the browser has painted the next frame.
pub fn painted(callback: impl FnOnce() + 'static) -> Frame {
    // Frame callbacks run before the painting, and a timer that they start
    // runs after it.
    next(move |_| {
        Timeout::new(0, callback).forget();
    })
}

/// A callback for when the page is left. Dropping it cancels it.
#[must_use = "dropping it cancels the callback"]
pub struct Leaving(#[expect(dead_code, reason = "held to keep listening")] [EventListener; 2]);

/// Calls back whenever the page is hidden or left, which may be the last that
/// it hears, and while which nothing is painted.
pub fn leaving(callback: impl Fn() + Clone + 'static) -> Leaving {
    let again = callback.clone();
    Leaving([
        EventListener::new(&gloo::utils::window(), "pagehide", move |_| callback()),
        EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
            again()
        }),
    ])
}

/// Lets the browser do what waits, such as a click, before long work goes on.
pub async fn pause() {
    let waited = Promise::new(&mut |resolve, _| {
        Timeout::new(0, move || {
            // It only wakes the line below, which cannot fail.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
        .forget();
    });
    let _ = JsFuture::from(waited).await;
}

/// The time in milliseconds, to measure how long something takes.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Cuts long work into slices, between which the browser does what waits.
pub struct Slices {
    /// In milliseconds.
    length: f64,
    began: Cell<f64>,
}

impl Slices {
    /// Slices of so many milliseconds; the first begins now.
    #[must_use]
    pub fn of(length: f64) -> Self {
        let began = Cell::new(now());
        Self { length, began }
    }

    /// Pauses if the slice is over, and answers whether it was.
    pub async fn breathe(&self) -> bool {
        if now() - self.began.get() < self.length {
            return false;
        }
        pause().await;
        self.began.set(now());
        true
    }
}
