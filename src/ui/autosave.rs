//! No edit is lost: the plan is stored after every change, and two tabs never
//! write over each other.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::tabs::Tabs;
use crate::browser::{address, frame, plan_store};
use crate::plan::{Plan, ProjectId};
use crate::project::write_plan;

use super::proving::Same;
use super::session::{Action, Dialog, Elsewhere, Saved, Session};

/// What is known of the store: the plan that stands there, and its text.
#[derive(Default)]
struct Known {
    plan: Option<Rc<Plan>>,
    text: Option<AttrValue>,
}

/// Stores the plan after every change, once somebody has kept it. A plan that
/// came from the store is not written back. Text that this tab has not seen is
/// never replaced: another tab may have stored more.
#[hook]
pub(super) fn use_autosave(session: &UseReducerHandle<Session>) {
    let dispatch = session.dispatcher();
    let known = use_mut_ref(Known::default);
    let plan = session.editor.plan();
    let unreadable = matches!(session.dialog, Some(Dialog::StoredPlanUnreadable { .. }));
    let keep = !session.welcome && !unreadable && session.elsewhere == Elsewhere::Alone;
    let known_here = Rc::clone(&known);
    let said = use_mut_ref(|| Saved::NotYet);
    *said.borrow_mut() = session.saved.clone();
    // What stores the newest change.
    let waiting = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    let waits = Rc::clone(&waiting);
    let deps = (Same(Rc::clone(plan)), keep);
    use_effect_with(deps, move |(plan, keep)| {
        let store = {
            let plan = Rc::clone(&plan.0);
            move || {
                let news = store(&plan, &mut known.borrow_mut());
                // What is said already is not said again, or all is drawn again.
                news.filter(
                    |news| !matches!(news, Action::Saved(saved) if *saved == *said.borrow()),
                )
            }
        };
        let tell = {
            let (store, dispatch) = (store.clone(), dispatch.clone());
            move || {
                if let Some(news) = store() {
                    dispatch.dispatch(news);
                }
            }
        };
        // A change is painted first, and stored even if the page goes before that
        // or another change or project comes.
        let painted = keep.then(|| {
            let soon: Rc<dyn Fn()> = Rc::new(tell.clone());
            waiting.replace(Some(soon));
            frame::painted(tell)
        });
        move || {
            // Only a failure is news, once something else is open.
            if painted.is_some()
                && let Some(news @ Action::Saved(Saved::Failed(_))) = store()
            {
                dispatch.dispatch(news);
            }
            waiting.take();
        }
    });
    use_effect_with((), move |()| {
        let leaving = frame::leaving(move || {
            let store = waits.borrow().clone();
            if let Some(store) = store {
                store();
            }
        });
        move || drop(leaving)
    });
    // Comes after the above, which stores what is left of the project before.
    {
        let (known, plan) = (known_here, Rc::clone(plan));
        let is_here = session.saved == Saved::Here;
        use_effect_with(session.opened.clone(), move |opened| {
            *known.borrow_mut() = Known {
                plan: is_here.then_some(plan),
                text: opened.1.clone(),
            };
        });
    }
}

/// Stores a plan, unless it stands there already.
fn store(plan: &Rc<Plan>, known: &mut Known) -> Option<Action> {
    if known
        .plan
        .as_ref()
        .is_some_and(|stored| Rc::ptr_eq(stored, plan))
    {
        return None;
    }
    let id = plan.id.as_ref().map_or("", ProjectId::as_str);
    let text = write_plan(plan);
    let result = plan_store::load(id).and_then(|there| match there {
        Some(there) if known.text.as_deref() != Some(&there) && there != text => Ok(false),
        _ => plan_store::save(id, &text).map(|()| true),
    });
    match result {
        Ok(true) => {
            plan_store::note_change(id);
            *known = Known {
                plan: Some(Rc::clone(plan)),
                text: Some(text.into()),
            };
            Some(Action::Saved(Saved::Here))
        }
        Ok(false) => Some(Action::Elsewhere(Elsewhere::Changed)),
        Err(problem) => {
            known.plan = None;
            Some(Action::Saved(Saved::Failed(problem.to_string().into())))
        }
    }
}

/// Talks with the other tabs, so that a project is changed in one of them only.
#[hook]
pub(super) fn use_other_tabs(session: &UseReducerHandle<Session>) -> Callback<()> {
    let latest = use_mut_ref(|| session.clone());
    *latest.borrow_mut() = session.clone();
    let tabs: Rc<RefCell<Option<Rc<Tabs>>>> = use_mut_ref(|| None);
    {
        let (latest, tabs) = (Rc::clone(&latest), Rc::clone(&tabs));
        use_effect_with((), move |()| {
            let answer = Rc::clone(&tabs);
            let joined = Tabs::join(move |text| {
                let session = latest.borrow().clone();
                let Some((what, project)) = text.split_once(' ') else {
                    return;
                };
                if project_of(&session) != project || session.saved == Saved::NotYet {
                    return;
                }
                match what {
                    "ask" if session.elsewhere == Elsewhere::Alone => {
                        if let Some(tabs) = answer.borrow().as_ref() {
                            tabs.say(&["held ", project].concat());
                        }
                    }
                    "held" | "take" if session.elsewhere == Elsewhere::Alone => {
                        session.dispatch(Action::Elsewhere(Elsewhere::Open));
                    }
                    _ => {}
                }
            });
            *tabs.borrow_mut() = Some(Rc::new(joined));
            move || drop(tabs.borrow_mut().take())
        });
    }
    {
        let tabs = Rc::clone(&tabs);
        let kept = session.saved == Saved::Here;
        use_effect_with((project_of(session), kept), move |(project, kept)| {
            if *kept && !project.is_empty() {
                address::name_project(project);
                plan_store::note_open(project);
                if let Some(tabs) = tabs.borrow().as_ref() {
                    tabs.say(&["ask ", project].concat());
                }
            }
        });
    }
    use_callback((), move |(), ()| {
        if let Some(tabs) = tabs.borrow().as_ref() {
            tabs.say(&["take ", &project_of(&latest.borrow())].concat());
        }
    })
}

fn project_of(session: &Session) -> String {
    let id = session.editor.plan().id.as_ref();
    id.map_or("", ProjectId::as_str).to_owned()
}
