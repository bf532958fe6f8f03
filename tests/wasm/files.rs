//! Files in and out.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, Uint8Array};
use meshwright::browser::{download, open};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, File, HtmlAnchorElement};

fn file(name: &str, bytes: &[u8]) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, name).unwrap()
}

#[wasm_bindgen_test]
async fn text_is_read_without_a_byte_order_mark() {
    assert_eq!(
        open::read_text(&file("plan.json", "{\"ä\"}".as_bytes()))
            .await
            .as_deref(),
        Ok("{\"ä\"}")
    );
    assert_eq!(
        open::read_text(&file("bom.json", "\u{feff}{}".as_bytes()))
            .await
            .as_deref(),
        Ok("{}")
    );
    assert_eq!(
        open::read_text(&file("empty", &[])).await.as_deref(),
        Ok("")
    );
}

#[wasm_bindgen_test]
async fn bytes_are_read_as_they_are() {
    let bytes: Vec<u8> = (0..=255).collect();
    assert_eq!(open::read_bytes(&file("any", &bytes)).await, Ok(bytes));
}

#[wasm_bindgen_test]
async fn a_file_of_another_kind_is_refused_in_words() {
    let error = open::read_text(&file("photo.jpg", &[0xff, 0xd8, 0xff]))
        .await
        .unwrap_err();
    assert!(error.starts_with("photo.jpg is not UTF-8 text."), "{error}");
    let large = vec![b' '; open::LIMIT_BYTES as usize + 1];
    let error = open::read_text(&file("disk.img", &large))
        .await
        .unwrap_err();
    assert!(
        error.starts_with("disk.img is larger than 20 MB"),
        "{error}"
    );
    let error = open::read_bytes(&file("disk.img", &large))
        .await
        .unwrap_err();
    assert!(
        error.starts_with("disk.img is larger than 20 MB"),
        "{error}"
    );
}

#[wasm_bindgen_test]
async fn a_download_carries_its_name_its_type_and_its_bytes() {
    let clicked = Rc::new(RefCell::new(None));
    let body = web_sys::window()
        .unwrap()
        .document()
        .unwrap()
        .body()
        .unwrap();
    let options = EventListenerOptions {
        passive: false,
        ..EventListenerOptions::run_in_capture_phase()
    };
    let _listener = EventListener::new_with_options(&body, "click", options, {
        let clicked = Rc::clone(&clicked);
        move |event| {
            // The test must not leave a file on this machine.
            event.prevent_default();
            let anchor: HtmlAnchorElement = event.target().unwrap().dyn_into().unwrap();
            clicked.replace(Some((anchor.href(), anchor.download())));
        }
    });
    download::save("wg0.conf", "text/plain", b"[Interface]\n").unwrap();
    let (address, name) = clicked.take().unwrap();
    assert_eq!(name, "wg0.conf");
    let response = JsFuture::from(web_sys::window().unwrap().fetch_with_str(&address))
        .await
        .unwrap();
    let response: web_sys::Response = response.dyn_into().unwrap();
    let blob: Blob = JsFuture::from(response.blob().unwrap())
        .await
        .unwrap()
        .dyn_into()
        .unwrap();
    assert_eq!(blob.type_(), "text/plain");
    let text = JsFuture::from(blob.text()).await.unwrap();
    assert_eq!(text.as_string().as_deref(), Some("[Interface]\n"));
    assert!(body.query_selector("a[download]").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_chosen_file_arrives_with_its_name() {
    let body = web_sys::window()
        .unwrap()
        .document()
        .unwrap()
        .body()
        .unwrap();
    // The dialog itself cannot be opened by a script, and stays closed.
    let (sender, receiver) = (Rc::new(RefCell::new(None)), Rc::new(RefCell::new(None)));
    let arrived = js_sys::Promise::new(&mut |resolve, _| {
        sender.replace(Some(resolve));
    });
    let outcome = Rc::clone(&receiver);
    open::choose_file(".json", |_, _| {
        panic!("this dialog was replaced by the next")
    })
    .unwrap();
    open::choose_file(".json", move |name, text| {
        outcome.replace(Some((name, text)));
        let resolve: js_sys::Function = sender.take().unwrap();
        resolve.call0(&wasm_bindgen::JsValue::NULL).unwrap();
    })
    .unwrap();
    let inputs = body.query_selector_all("input[type=file]").unwrap();
    assert_eq!(inputs.length(), 1);
    let input: web_sys::HtmlInputElement = inputs.get(0).unwrap().dyn_into().unwrap();
    let transfer = web_sys::DataTransfer::new().unwrap();
    transfer
        .items()
        .add_with_file(&file("mesh.json", b"{}"))
        .unwrap();
    input.set_files(transfer.files().as_ref());
    input
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    JsFuture::from(arrived).await.unwrap();
    assert_eq!(
        receiver.take(),
        Some(("mesh.json".to_owned(), Ok("{}".to_owned())))
    );
}
