//! A worker of the page: it starts, answers, and says so when it cannot.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use meshwright::browser::frame;
use meshwright::browser::worker::{News, Worker, is_inside};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Element, Url};

/// What the page names as its worker, until this is dropped.
struct Named(Element);

impl Named {
    fn script(text: &str) -> Self {
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind);
        let url = Url::create_object_url_with_blob(&blob.unwrap()).unwrap();
        let document = gloo::utils::document();
        let element = document.create_element("script").unwrap();
        element.set_attribute("data-worker", &url).unwrap();
        document.body().unwrap().append_child(&element).unwrap();
        Self(element)
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Starts a worker with this script, sends it three bytes, and waits for news.
async fn news(script: &str, count: usize) -> Vec<News> {
    let named = Named::script(script);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hearing = Rc::clone(&heard);
    let worker = Worker::start(move |news| hearing.borrow_mut().push(news)).unwrap();
    // It is not there yet, so this has to wait for it.
    worker.send_secret(&[1, 2, 3]);
    let began = frame::now();
    while heard.borrow().len() < count && frame::now() - began < 4000.0 {
        frame::pause().await;
    }
    // Whatever else would come, has come by now.
    frame::pause().await;
    drop((worker, named));
    heard.take()
}

#[wasm_bindgen_test]
async fn what_is_sent_early_arrives_once_the_worker_is_there() {
    let script = "onmessage = (event) => postMessage(event.data.reverse());
        setTimeout(() => postMessage(new Uint8Array()), 50);";
    let answer = News::Bytes(vec![3, 2, 1]);
    assert_eq!(news(script, 2).await, [News::Ready, answer]);
}

#[wasm_bindgen_test]
async fn a_worker_that_cannot_go_on_says_why_and_nothing_more() {
    let script = "postMessage('No memory.'); postMessage(new Uint8Array());";
    let failed = News::Failed("No memory".to_owned());
    assert_eq!(news(script, 2).await, [failed]);

    let script = "postMessage(new Uint8Array()); onmessage = () => { throw new Error('Broken'); };";
    let heard = news(script, 2).await;
    let [News::Ready, News::Failed(why)] = &heard[..] else {
        panic!("{heard:?}");
    };
    assert!(why.contains("Broken"), "{why}");

    let heard = news("this is no program", 1).await;
    assert!(matches!(heard[..], [News::Failed(_)]), "{heard:?}");
}

#[wasm_bindgen_test]
fn a_page_without_a_script_for_it_starts_no_worker() {
    assert!(!is_inside());
    let started = Worker::start(|_| {});
    assert!(started.is_err_and(|why| why.contains("names no worker")));
}
