//! What goes in: the files of each machine, read.

use crate::conf::{self, Conf, Effect, Reader, Sysctl, When};
use crate::plan::Platform;

/// The files of one machine.
///
/// Holds secrets, so it can neither be printed nor serialized.
pub struct MachineFiles {
    /// The machine's name in the plan.
    pub name: String,
    /// The name that people know it by.
    pub shown: String,
    /// The path of the config, for messages.
    pub config_path: String,
    /// The config, or why its reader refuses it.
    pub conf: Result<Conf, conf::Fault>,
    /// The path and content of the kernel settings, if there are any.
    pub sysctl: Option<(String, Sysctl)>,
    /// Whether the machine is taken to forward packets although no file says so:
    /// of foreign files the kernel settings are often not at hand.
    pub forwards_anyway: bool,
    /// What the hooks do that run on the way up.
    pub(super) effects: Vec<(Effect, conf::At)>,
}

impl MachineFiles {
    /// Reads the config of a machine as its platform does.
    #[must_use]
    pub fn read(name: &str, platform: Platform, config_path: &str, config: &str) -> Self {
        let conf = conf::read(config, reader_of(platform));
        let interface = interface_of(config_path);
        let hooks = conf.as_ref().map_or(&[][..], |conf| &conf.interface.hooks);
        let mut effects = Vec::new();
        // `wg-quick` runs all of the first kind before any of the second.
        for when in [When::PreUp, When::PostUp] {
            for hook in hooks.iter().filter(|hook| hook.value.when == when) {
                for effect in hook.value.effects(interface) {
                    effects.push((effect, hook.at));
                }
            }
        }
        Self {
            name: name.to_owned(),
            shown: name.to_owned(),
            config_path: config_path.to_owned(),
            conf,
            sysctl: None,
            forwards_anyway: false,
            effects,
        }
    }

    /// Adds the kernel settings that lie beside the config.
    #[must_use]
    pub fn with_sysctl(mut self, path: &str, text: &str) -> Self {
        self.sysctl = Some((path.to_owned(), Sysctl::read(text)));
        self
    }
}

/// Who reads the config on a platform.
fn reader_of(platform: Platform) -> Reader {
    match platform {
        Platform::Linux => Reader::Linux,
        Platform::Android => Reader::Android,
        Platform::Ios => Reader::Apple,
    }
}

/// The name of the interface: that of the file without its ending.
fn interface_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".conf").unwrap_or(name)
}
