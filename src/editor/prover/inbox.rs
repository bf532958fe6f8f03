//! Where requests wait.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::Request;

/// Requests in the order in which they came. Clones share it.
#[derive(Clone, Default)]
pub struct Inbox(Rc<RefCell<Waiting>>);

#[derive(Default)]
struct Waiting {
    requests: VecDeque<Request>,
    reader: Option<Waker>,
}

impl Inbox {
    /// Adds a request.
    pub fn put(&self, request: Request) {
        let reader = {
            let mut waiting = self.0.borrow_mut();
            waiting.requests.push_back(request);
            waiting.reader.take()
        };
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    /// Waits for the next request.
    pub(super) async fn next(&self) -> Request {
        poll_fn(|context| {
            let mut waiting = self.0.borrow_mut();
            if let Some(request) = waiting.requests.pop_front() {
                return Poll::Ready(request);
            }
            waiting.reader = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Whether another proof is asked for.
    pub(super) fn has_newer(&self) -> bool {
        let waiting = self.0.borrow();
        let mut requests = waiting.requests.iter();
        requests.any(|request| matches!(request, Request::Prove { .. }))
    }
}
