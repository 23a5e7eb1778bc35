//! What `bench` can be told.

/// One benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Replies into trees and lists.
    Decode,
    /// The license tree: from the reply to rows, and what is done with them.
    Tree,
    /// Requests through the edge.
    Edge,
    /// From nothing to rows, on another page.
    Embed,
}

impl Bench {
    const ALL: [Self; 4] = [Self::Decode, Self::Tree, Self::Edge, Self::Embed];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Tree => "tree",
            Self::Edge => "edge",
            Self::Embed => "embed",
        }
    }

    fn parse(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|bench| bench.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            format!("there is no benchmark \"{name}\"; there are {}", names.join(", "))
        })
    }
}

/// How much data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Large,
    All,
}

impl Size {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
            Self::All => "all",
        }
    }
}

/// What becomes of a bar that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bars {
    /// The command fails.
    Enforced,
    /// It is told.
    Reported,
}

/// The options of `bench`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BenchOptions {
    pub(crate) benches: Vec<Bench>,
    pub(crate) size: Size,
    pub(crate) rounds: u32,
    /// Contestants; all when empty.
    pub(crate) only: Vec<String>,
    pub(crate) bars: Bars,
}

impl BenchOptions {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self {
            benches: Vec::new(),
            size: Size::All,
            rounds: 5,
            only: Vec::new(),
            bars: Bars::Enforced,
        };
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let mut value = || {
                arguments.next().ok_or_else(|| format!("{name} needs a value")).map(String::as_str)
            };
            match name.as_str() {
                "--size" => {
                    options.size = match value()? {
                        "small" => Size::Small,
                        "large" => Size::Large,
                        "all" => Size::All,
                        other => {
                            return Err(format!("--size is small, large or all, not \"{other}\""));
                        }
                    }
                }
                "--rounds" => {
                    let given = value()?;
                    let rounds = given.parse().ok().filter(|rounds| *rounds > 0);
                    options.rounds =
                        rounds.ok_or_else(|| format!("--rounds needs a count, not \"{given}\""))?;
                }
                "--only" => options.only.push(value()?.to_owned()),
                "--report-only" => options.bars = Bars::Reported,
                option if option.starts_with("--") => {
                    return Err(format!("bench has no option \"{option}\""));
                }
                bench => options.benches.push(Bench::parse(bench)?),
            }
        }
        if options.benches.is_empty() {
            options.benches = Bench::ALL.to_vec();
        }
        Ok(options)
    }
}
