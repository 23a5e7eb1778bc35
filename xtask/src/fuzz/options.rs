//! What `fuzz` can be told.

/// What to feed, and how much of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FuzzOptions {
    /// By name; empty means all.
    pub(crate) targets: Vec<String>,
    /// Over all targets together.
    pub(crate) inputs: u64,
    pub(crate) seed: u64,
}

impl FuzzOptions {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self { targets: Vec::new(), inputs: 10_000_000, seed: 1 };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let number = match argument.as_str() {
                "--inputs" => &mut options.inputs,
                "--seed" => &mut options.seed,
                other if other.starts_with("--") => {
                    return Err(format!("fuzz has no option \"{other}\""));
                }
                _ => {
                    options.targets.push(argument.clone());
                    continue;
                }
            };
            let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
            *number = value
                .parse()
                .map_err(|_| format!("{argument} needs a whole number, not \"{value}\""))?;
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::FuzzOptions;

    fn parse(line: &str) -> Result<FuzzOptions, String> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        FuzzOptions::parse(&arguments)
    }

    #[test]
    fn targets_and_amounts_come_in_any_order() {
        let options = parse("axl-list --inputs 500 config --seed 3").unwrap();
        assert_eq!(options.targets, ["axl-list", "config"]);
        assert_eq!((options.inputs, options.seed), (500, 3));
        assert_eq!(parse("").unwrap().inputs, 10_000_000);
    }

    #[test]
    fn mistakes_name_their_option() {
        assert!(parse("--inputs many").is_err_and(|problem| problem.contains("--inputs")));
        assert!(parse("--seed").is_err_and(|problem| problem.contains("--seed")));
        assert!(parse("--hours 2").is_err_and(|problem| problem.contains("--hours")));
    }
}
