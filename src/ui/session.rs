//! The state of the page and everything that can happen to it.

mod elsewhere;
mod kept;
mod wish;

use std::rc::Rc;

use yew::prelude::*;

use crate::editor::{Command, Editor, Insertion, free_node_id, identities};
use crate::mesh::{Fix, Subject};
use crate::plan::{Edit, NodeId, PairKey, Plan, ProjectId};

use super::exporting::{Doubt, doubt};
use super::proving::{Heard, Phase, Project, Proving};
use super::several::tidied_words;
use super::start_up::no_keys_yet;
use super::words::t;

pub use elsewhere::Elsewhere;
pub use kept::{Kept, Keys, Saved, Secrets};
pub use wish::{Asked, Beyond, Clip, Download, FileLine, Order, Picture, Sheet, Tab, Toast, View};

/// The dispatcher, given to all components by context.
pub type Dispatch = UseReducerDispatcher<Session>;

/// Gives a component the dispatcher.
#[hook]
pub fn use_dispatch() -> Dispatch {
    // The app provides it around everything, so it is always there.
    #[allow(clippy::expect_used)]
    use_context::<Dispatch>().expect("invariant: App provides the dispatcher")
}

/// A question or note that stands in front of the page.
#[derive(Clone, PartialEq)]
pub enum Dialog {
    /// Some pairs get nowhere; download all the same?
    DownloadBroken(Download),
    /// The keyring file holds every secret; export it?
    ExportKeyring,
    /// Forget all keys of this project in this browser?
    ForgetSecrets,
    /// Another file replaces an open plan; go on?
    ReplacePlan(Rc<Plan>),
    /// A file could not be opened, and why. The open plan is untouched.
    CannotOpen(AttrValue),
    /// The stored plan cannot be read; its text can be saved to a file.
    StoredPlanUnreadable {
        /// Why.
        problem: AttrValue,
        /// The stored text as it is.
        text: AttrValue,
    },
}

/// The state of the page.
#[derive(Clone, PartialEq)]
pub struct Session {
    /// The open plan with history and selection.
    pub editor: Editor,
    /// The project's keys.
    pub keys: Keys,
    /// Where secrets are kept.
    pub kept: Kept,
    /// Whether the plan is stored.
    pub saved: Saved,
    /// How many projects were opened in this tab, and the stored text that the
    /// open one began with.
    pub opened: (u32, Option<AttrValue>),
    /// Whether another tab has the project as well.
    pub elsewhere: Elsewhere,
    /// Whether the first-visit panel shows.
    pub welcome: bool,
    /// How the plan is worked on.
    pub view: View,
    /// The open tab of the drawer; `None` if the drawer is closed.
    pub tab: Option<Tab>,
    /// Whose files the Files tab shows.
    pub file_of: Option<NodeId>,
    /// The line that the Files tab shows, if one was asked for.
    pub line: Option<FileLine>,
    /// What is proved of the open plan.
    pub proof: Proving,
    /// The cell of the matrix that is walked.
    pub asked: Option<Asked>,
    /// What stands in front of the page.
    pub dialog: Option<Dialog>,
    /// The latest message.
    pub toast: Option<Toast>,
    /// What a person wants to download as soon as it is proved.
    pub unproved: Option<Download>,
    /// What is downloaded as soon as its keys are made and stored.
    pub pending: Option<Download>,
    /// Whether a new version of the page waits.
    pub update_ready: bool,
    /// The machine that is taken to be away, to see who is cut off.
    pub away: Option<NodeId>,
    /// What lies over the page while somebody looks for something.
    pub sheet: Option<Sheet>,
    /// What the whole drawing is being made into.
    pub picture: Option<Picture>,
    /// Whether the page explains what is pointed at.
    pub explains: bool,
    /// What the canvas is asked to do. The number grows with every order, so
    /// that the same can be asked for twice.
    pub order: Option<(u32, Order)>,
}

/// Something that happens to the page.
pub enum Action {
    /// A command of the editor. A problem becomes a message.
    Do(Command),
    /// Select a pair, by its ends.
    SelectPair(PairKey),
    /// Show the canvas or the table.
    ShowView(View),
    /// Show the one of the two that does not show.
    OtherView,
    /// Open or close the drawer at a tab.
    ShowTab(Option<Tab>),
    /// Show the files of a machine.
    ShowFilesOf(NodeId),
    /// Show a line of a file.
    ShowLine(FileLine),
    /// Walk a cell of the matrix, or close the walk.
    Walk(Option<Asked>),
    /// The proof of the open plan has something to say.
    Proof(Heard, Project),
    /// The first-visit panel was answered, or the plan was edited.
    EndWelcome,
    /// Show or close a dialog.
    Show(Option<Dialog>),
    /// Say something at the bottom left.
    Say(AttrValue),
    /// Close the message with this number.
    Unsay(u32),
    /// The keys of a project changed. If another project is open by now, they
    /// are not for it.
    Keys(Option<ProjectId>, Keys),
    /// It is known where secrets are kept.
    Kept(Kept),
    /// It is known whether the plan is stored.
    Saved(Saved),
    /// A new version of the page waits.
    UpdateReady,
    /// See what is lost without a machine, or see the mesh as it is again.
    WhatIf(Option<NodeId>),
    /// A plan was opened, with what is known of its keys, whether it is stored,
    /// and what is stored as this project.
    Opened(Rc<Plan>, Keys, Saved, Option<AttrValue>),
    /// The open project was closed, and the example stands in its place.
    Closed(Rc<Plan>),
    /// It is known what other tabs do.
    Elsewhere(Elsewhere),
    /// A person wants to download something. Broken pairs and secrets are
    /// asked about first.
    Download(Download),
    /// The same, after the question was answered.
    DownloadNow(Download),
    /// What was pending has been handed over.
    Delivered,
    /// Lay something over the page, or take it away.
    ShowSheet(Option<Sheet>),
    /// Make the whole drawing into something, or be done with it.
    Picture(Option<Picture>),
    /// Begin or stop to explain what is pointed at.
    Explain,
    /// Ask the canvas to do something.
    Order(Order),
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Do(command)
    }
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = self.as_ref().clone();
        match action {
            Action::Do(command) => next.carry_out(&command),
            Action::SelectPair(pair) => next.carry_out(&Command::Select(Subject::Pair(pair))),
            // What was asked of one view is not asked of the next.
            Action::ShowView(view) => (next.view, next.order) = (view, None),
            Action::OtherView => (next.view, next.order) = (next.view.other(), None),
            Action::ShowTab(tab) => next.show_tab(tab),
            Action::ShowFilesOf(node) => {
                next.show_tab(Some(Tab::Files));
                (next.file_of, next.line) = (Some(node), None);
            }
            Action::ShowLine(line) => {
                next.show_tab(Some(Tab::Files));
                next.file_of = Some(line.node.clone());
                next.line = Some(line);
            }
            Action::Walk(asked) => next.walk(asked),
            Action::Proof(heard, project) => next.hear(heard, project),
            Action::EndWelcome => (next.welcome, next.sheet) = (false, None),
            Action::Show(dialog) => next.dialog = dialog,
            Action::Say(text) => next.say(text, false),
            Action::Unsay(number) => {
                next.toast = next.toast.filter(|toast| toast.number != number);
            }
            Action::Keys(project, keys) => {
                if project == next.editor.plan().id {
                    next.keys = keys;
                }
            }
            Action::Kept(kept) => next.kept = kept,
            Action::Saved(saved) => next.saved = saved,
            Action::UpdateReady => next.update_ready = true,
            Action::WhatIf(away) => next.away = away,
            Action::Elsewhere(elsewhere) => next.elsewhere = elsewhere,
            Action::Opened(plan, keys, saved, text) => {
                (next.keys, next.saved, next.opened.1) = (keys, saved, text);
                (next.welcome, next.sheet) = (false, None);
                next.open(&plan);
            }
            Action::Closed(example) => {
                (next.keys, next.saved, next.opened.1) = (no_keys_yet(), Saved::NotYet, None);
                next.welcome = true;
                next.open(&example);
            }
            Action::Download(download) => next.ask_or_download(download),
            Action::DownloadNow(download) => next.begin_download(download),
            Action::Delivered => next.pending = None,
            Action::ShowSheet(sheet) => next.sheet = sheet,
            Action::Picture(picture) => next.picture = picture,
            Action::Explain => next.explains = !next.explains,
            Action::Order(order) => {
                if matches!(order, Order::Do(_)) {
                    next.view = View::Canvas;
                }
                let number = next.order.as_ref().map_or(0, |(number, _)| *number);
                next.order = Some((number.wrapping_add(1), order));
            }
        }
        if !Rc::ptr_eq(next.editor.mesh(), self.editor.mesh()) || next.keys != self.keys {
            next.proof.begin_anew();
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

impl Session {
    /// Begins anew with another plan.
    fn open(&mut self, plan: &Plan) {
        self.opened.0 = self.opened.0.wrapping_add(1);
        self.elsewhere = Elsewhere::Alone;
        self.editor = Editor::open(plan.clone());
        (self.dialog, self.pending, self.file_of) = (None, None, None);
        (self.unproved, self.line, self.asked) = (None, None, None);
        (self.away, self.proof) = (None, Proving::BEGIN);
    }

    fn show_tab(&mut self, tab: Option<Tab>) {
        (self.tab, self.line) = (tab, None);
        // Files hold keys, and keys are stored with a plan that is kept.
        if tab == Some(Tab::Files) {
            self.welcome = false;
        }
    }

    fn walk(&mut self, asked: Option<Asked>) {
        let pair = asked
            .as_ref()
            .and_then(|asked| PairKey::new(&asked.from, &asked.owner));
        if let Some(pair) = pair {
            self.carry_out(&Command::Select(Subject::Pair(pair)));
        }
        self.asked = asked;
    }

    fn hear(&mut self, heard: Heard, project: Project) {
        self.proof.hear(heard, project);
        let is_known = !matches!(self.proof.phase, Phase::Running(_));
        if let Some(download) = self.unproved.take_if(|_| is_known) {
            self.ask_or_download(download);
        }
    }

    fn ask_or_download(&mut self, download: Download) {
        if download == Download::Keyring {
            self.dialog = Some(Dialog::ExportKeyring);
            return;
        }
        match doubt(&self.proof, self.editor.mesh(), &download) {
            Doubt::None => self.begin_download(download),
            Doubt::Broken => self.dialog = Some(Dialog::DownloadBroken(download)),
            // It is asked again when the proof is there.
            Doubt::Unknown => self.unproved = Some(download),
        }
    }

    fn begin_download(&mut self, download: Download) {
        (self.welcome, self.dialog, self.pending) = (false, None, Some(download));
    }

    /// Gives a new machine an identity that no key bears, so that it never
    /// inherits the key of a machine that was deleted.
    fn with_fresh_identity(&self, command: &Command) -> Option<Command> {
        let known = |id: &NodeId| matches!(&self.keys, Keys::Ready(secrets) if secrets.0.knows(id));
        let fresh = |name| free_node_id(self.editor.plan(), name, known);
        match command {
            Command::AddNode { kind, id: None, at } => {
                let trial = self.editor.update(command).ok()?;
                let Subject::Node(id) = trial.selection.single() else {
                    return None;
                };
                Some(Command::AddNode {
                    kind: kind.clone(),
                    id: Some(fresh(&trial.plan().nodes.get(&id)?.name)),
                    at: *at,
                })
            }
            Command::Insert(insertion) if insertion.ids.is_empty() => {
                let ids = identities(self.editor.plan(), insertion, known);
                Some(Command::Insert(Insertion {
                    ids,
                    ..insertion.clone()
                }))
            }
            Command::ApplyFix(Fix {
                text,
                edit: Edit::AddRelay(_, name),
            }) => Some(Command::ApplyFix(Fix {
                text: text.clone(),
                edit: Edit::AddRelay(fresh(name), name.clone()),
            })),
            _ => None,
        }
    }

    fn carry_out(&mut self, command: &Command) {
        let history = self.editor.history();
        let step = match command {
            Command::Undo => history.undo_name().map(|name| t!("Undone: {}", name)),
            Command::Redo => history.redo_name().map(|name| t!("Done again: {}", name)),
            _ => None,
        };
        let fresh = self.with_fresh_identity(command);
        match self.editor.update(fresh.as_ref().unwrap_or(command)) {
            Ok(editor) => {
                let edited = !Rc::ptr_eq(editor.plan(), self.editor.plan());
                if edited && self.elsewhere != Elsewhere::Alone {
                    self.say(t!("This project is open in another tab. Take it over, or open a copy, to change it here."), false);
                    return;
                }
                // What was asked about is not the plan any more.
                if edited {
                    self.away = None;
                }
                let removed = matches!(
                    command,
                    Command::Remove(_)
                        | Command::RemoveSeveral(_)
                        | Command::ApplyFix(_)
                        | Command::ApplyFixes(_)
                );
                if edited {
                    self.welcome = false;
                    // Its button would take back another step than it names.
                    self.toast.take_if(|toast| toast.undo);
                }
                if let Some(step) = step.filter(|_| edited) {
                    self.say(step, false);
                }
                self.editor = editor;
                if let Command::Tidy(parts) = command {
                    self.say(tidied_words(self.editor.plan(), parts, edited), edited);
                }
                if edited && removed {
                    let name = self
                        .editor
                        .history()
                        .undo_name()
                        .unwrap_or_default()
                        .to_owned();
                    self.say(name.into(), true);
                }
            }
            Err(problem) => self.say(problem.to_string().into(), false),
        }
    }

    fn say(&mut self, text: AttrValue, undo: bool) {
        let number = self
            .toast
            .as_ref()
            .map_or(0, |toast| toast.number.wrapping_add(1));
        self.toast = Some(Toast { text, undo, number });
    }
}
