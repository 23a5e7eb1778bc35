//! What `serve` can be told.

use crate::serve::Ports;

/// Whether the sandbox's Live Platform sends CORS headers, which decides the page's route to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LiveCors {
    On,
    Off,
}

impl LiveCors {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}

/// The options of `serve`. What is `None` is the sandbox's to choose.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServeOptions {
    pub(crate) ports: Ports,
    pub(crate) live_cors: LiveCors,
    pub(crate) size: Option<u64>,
    pub(crate) users: Option<u64>,
    pub(crate) seed: Option<u64>,
    /// Whether the example of a portal is started, too.
    pub(crate) portal: bool,
}

impl ServeOptions {
    pub(super) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self {
            ports: Ports::DEFAULT,
            live_cors: LiveCors::On,
            size: None,
            users: None,
            seed: None,
            portal: false,
        };
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let mut value = || {
                arguments.next().ok_or_else(|| format!("{name} needs a value")).map(String::as_str)
            };
            match name.as_str() {
                "--port" => options.ports = Ports::from_page(value()?)?,
                "--live-cors" => {
                    options.live_cors = match value()? {
                        "on" => LiveCors::On,
                        "off" => LiveCors::Off,
                        other => return Err(format!("--live-cors is on or off, not \"{other}\"")),
                    }
                }
                "--portal" => options.portal = true,
                "--size" => options.size = Some(number(name, value()?)?),
                "--users" => options.users = Some(number(name, value()?)?),
                "--seed" => options.seed = Some(number(name, value()?)?),
                other => return Err(format!("serve has no option \"{other}\"")),
            }
        }
        Ok(options)
    }

    /// The part of the options that shapes the estate, as the sandbox takes it.
    pub(crate) fn estate_arguments(&self) -> Vec<String> {
        [("--size", self.size), ("--users", self.users), ("--seed", self.seed)]
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| [name.to_owned(), value.to_string()]))
            .flatten()
            .collect()
    }
}

fn number(name: &str, value: &str) -> Result<u64, String> {
    value.parse().map_err(|_| format!("{name} needs a whole number, not \"{value}\""))
}
