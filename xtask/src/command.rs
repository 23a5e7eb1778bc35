//! The command line: what was asked for, checked before anything is started.

mod options;

pub(crate) use options::{LiveCors, ServeOptions};

use crate::{bench::BenchOptions, fuzz::FuzzOptions, test::Part};

pub(crate) const HELP: &str = "\
Seatree's commands

  cargo xtask serve   build everything, start sandbox, edge and page, stop all on Ctrl-C
      --port N          the page's port (8700); edge N+1, DRaaS N+11, Live Platform N+12, CUCM N+13
      --portal          the example of a portal, too, at port N+2
      --live-cors on|off  off rehearses a Live Platform without CORS, reached through the edge (on)
      --size N          nodes of the DRaaS tree (the sandbox's default)
      --users N         users of the CUCM cluster (the sandbox's default)
      --seed N          another seed, another estate (the sandbox's default)
  cargo xtask test    run every test, or the parts named: core sandbox xtask browser edge e2e
  cargo xtask bench   run every benchmark, or those named: decode, tree, edge, embed
      --size small|large|all  how much data (all)
      --rounds N        turns that each contestant takes (5)
      --only WHO        only these contestants (docs/benchmarks.md); may be repeated
      --report-only     a bar that does not hold is no failure
  cargo xtask fuzz    what no upstream should send, for all decoders or the targets named
      --inputs N        over all targets together (10000000)
      --seed N          other inputs (1)
  cargo xtask dist    a static site and an edge bundle, ready to deploy, in dist/
  cargo xtask check   fmt, clippy (native and wasm32), docs, deny
  cargo xtask locales print, as JSON, which texts lack a translation, or have one that does not fit

What is missing is installed first. Tools are kept in $SEATREE_TOOLS, else ~/.cache/seatree/tools.";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Serve(ServeOptions),
    Test(Vec<Part>),
    Bench(BenchOptions),
    Fuzz(FuzzOptions),
    Dist,
    Check,
    Locales,
}

impl Command {
    /// Reads the arguments after the program's name. The error is a sentence for the user.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let arguments: Vec<String> = arguments.into_iter().collect();
        if arguments.iter().any(|a| a == "--help" || a == "-h") {
            return Ok(Self::Help);
        }
        let Some((name, rest)) = arguments.split_first() else {
            return Ok(Self::Help);
        };
        match name.as_str() {
            "help" => Ok(Self::Help),
            "serve" => ServeOptions::parse(rest).map(Self::Serve),
            "test" => {
                rest.iter().map(|part| Part::parse(part)).collect::<Result<_, _>>().map(Self::Test)
            }
            "bench" => BenchOptions::parse(rest).map(Self::Bench),
            "fuzz" => FuzzOptions::parse(rest).map(Self::Fuzz),
            "dist" => alone(name, rest, Self::Dist),
            "check" => alone(name, rest, Self::Check),
            "locales" => alone(name, rest, Self::Locales),
            other => Err(format!("there is no command \"{other}\"")),
        }
    }
}

fn alone(name: &str, rest: &[String], command: Command) -> Result<Command, String> {
    match rest.first() {
        None => Ok(command),
        Some(extra) => Err(format!("{name} takes no \"{extra}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::{Bars, Bench, Size};

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn nothing_asked_for_prints_the_help() {
        assert_eq!(parse(""), Ok(Command::Help));
        assert_eq!(parse("serve --help"), Ok(Command::Help));
    }

    #[test]
    fn serve_without_options_uses_the_fixed_ports() {
        let Ok(Command::Serve(options)) = parse("serve") else { panic!("not serve") };
        assert_eq!(options.ports.page, 8700);
        assert_eq!(options.ports.cucm, 8713);
    }

    #[test]
    fn moving_the_page_moves_the_other_ports() {
        assert!(matches!(parse("serve --portal"), Ok(Command::Serve(options)) if options.portal));
        let Ok(Command::Serve(options)) = parse("serve --port 9000") else { panic!("not serve") };
        let ports = options.ports;
        assert_eq!(
            [ports.page, ports.edge, ports.draas, ports.live, ports.cucm],
            [9000, 9001, 9011, 9012, 9013]
        );
    }

    #[test]
    fn a_wrong_value_names_its_option() {
        for line in ["serve --port high", "serve --port 0", "serve --port 65530", "serve --port"] {
            let problem = parse(line).expect_err(line);
            assert!(problem.contains("--port"), "{problem}");
        }
        assert!(parse("serve --live-cors maybe").is_err_and(|p| p.contains("--live-cors")));
        assert!(parse("serve --size x").is_err_and(|p| p.contains("--size")));
    }

    #[test]
    fn live_cors_can_be_switched_off() {
        let Ok(Command::Serve(options)) = parse("serve --live-cors off") else {
            panic!("not serve")
        };
        assert_eq!(options.live_cors, LiveCors::Off);
    }

    #[test]
    fn unknown_words_are_refused() {
        assert!(parse("deploy").is_err_and(|p| p.contains("deploy")));
        assert!(parse("test everything").is_err_and(|p| p.contains("everything")));
        assert!(parse("check --fast").is_err_and(|p| p.contains("--fast")));
        assert!(parse("serve --fast").is_err_and(|p| p.contains("--fast")));
    }

    #[test]
    fn bench_takes_names_and_options_in_any_order() {
        let Ok(Command::Bench(options)) =
            parse("bench --size small decode --only lxml --rounds 2 --only browser/seatree")
        else {
            panic!("not bench")
        };
        assert_eq!(options.benches, [Bench::Decode]);
        assert_eq!((options.size, options.rounds), (Size::Small, 2));
        assert_eq!(options.only, ["lxml", "browser/seatree"]);
        assert_eq!(options.bars, Bars::Enforced);
        for line in ["bench paint", "bench --size 3", "bench --rounds 0", "bench --only"] {
            let problem = parse(line).expect_err(line);
            let word = line.split(' ').nth(1).unwrap_or_default();
            assert!(problem.contains(word), "{problem}");
        }
    }

    #[test]
    fn test_takes_any_number_of_parts() {
        assert_eq!(parse("test"), Ok(Command::Test(vec![])));
        assert_eq!(parse("test edge core"), Ok(Command::Test(vec![Part::Edge, Part::Core])));
    }
}
