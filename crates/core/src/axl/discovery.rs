//! Which version to speak with a cluster.

use crate::error::{Problem, UpstreamError, excerpt};
use crate::words::later;

use super::{CcmVersion, Spoken, Version};

/// Tried in turn where a server neither answers without a version nor names its own: by
/// [Cisco's table](https://developer.cisco.com/docs/axl/axl-developer-guide/) every release from
/// 8.5 to 15 speaks one of these.
const TRIED: [&str; 4] = ["12.5", "11.0", "10.0", "8.5"];

const DOING: &str = later("finding out which version the cluster speaks");

/// Finds out which version to speak, a request at a time.
///
/// - Automatic: `getCCMVersion` without a version; a server that refuses names its versions on a
///   page (status 599), or else four versions are tried. Then the release's own schema is spoken,
///   asked once more where the release is newer than all known here.
/// - A version that a person chose is asked with and never replaced: when the server refuses it,
///   the error says so, with the version to choose instead.
///
/// Only errors about versions lead to another request. A refused sign-in never does: accounts
/// lock.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// # let page = "<html>Supported axl versions are 12.x, 14.0 and 15.0</html>";
/// # let release = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getCCMVersionResponse xmlns:n='http://www.cisco.com/AXL/API/15.0'><return>\
/// #   <componentVersion><version>14.0.1.10000-20</version></componentVersion></return>\
/// #   </n:getCCMVersionResponse></s:Body></s:Envelope>";
/// # let mut replies = [Reply::new(599, page), Reply::new(200, release)].into_iter();
/// # let mut send = |_| replies.next().unwrap();
/// let mut discovery = Discovery::new(None);
/// let mut step = discovery.first();
/// let spoken = loop {
///     step = match step {
///         DiscoveryStep::Ask(version) => {
///             let ask = GetCcmVersion::new(&api, &credentials, version);
///             discovery.answered(ask.decode(&send(ask.request())))
///         }
///         DiscoveryStep::Speak(spoken) => break spoken,
///         DiscoveryStep::Fail { error, .. } => panic!("{error}"),
///     };
/// };
/// assert_eq!(spoken, Spoken::new(Version::parse("14.0").unwrap(), "14.0.1.10000-20"));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    chosen: Option<Version>,
    asked: Option<Version>,
    stage: Stage,
    /// How many of [`TRIED`] were.
    tried: usize,
}

/// What the last question was asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The person's version, none, or one of [`TRIED`].
    Open,
    /// A version that the server named.
    Named,
    /// The schema that a release not known here should have.
    Guessed,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscoveryStep {
    /// Send a [`GetCcmVersion`](super::GetCcmVersion) with this version.
    Ask(Option<Version>),
    /// It is found out.
    Speak(Spoken),
    /// It cannot be. `instead` is a version that the server speaks, to offer.
    Fail { error: UpstreamError, instead: Option<Version> },
}

impl Discovery {
    /// `chosen` is the version that a person set, none for "automatic".
    pub fn new(chosen: Option<Version>) -> Self {
        Self { chosen, asked: chosen, stage: Stage::Open, tried: 0 }
    }

    pub fn first(&self) -> DiscoveryStep {
        DiscoveryStep::Ask(self.asked)
    }

    /// Takes the answer to the last [`DiscoveryStep::Ask`].
    pub fn answered(&mut self, answer: Result<CcmVersion, UpstreamError>) -> DiscoveryStep {
        match answer {
            Ok(found) => self.found(found),
            Err(error) => self.refused(error),
        }
    }

    fn found(&mut self, found: CcmVersion) -> DiscoveryStep {
        if let Some(chosen) = self.chosen {
            return DiscoveryStep::Speak(Spoken::new(chosen, found.full));
        }
        let Some(native) = found.schema else {
            // Older than the oldest schema known here, or no CUCM at all.
            let asked = excerpt(&found.full);
            let problem = Problem::WrongVersion { asked, supported: Vec::new() };
            return DiscoveryStep::Fail {
                error: UpstreamError::new(DOING, problem),
                instead: None,
            };
        };
        let speak = |schema| DiscoveryStep::Speak(Spoken::new(schema, found.full.clone()));
        match self.asked {
            // A release always speaks its own.
            _ if native.is_of(&found.full) => speak(native),
            Some(answered) if answered == native || self.stage != Stage::Open => speak(answered),
            _ => self.ask(native, Stage::Guessed),
        }
    }

    fn refused(&mut self, error: UpstreamError) -> DiscoveryStep {
        let supported: &[String] = match &error.problem {
            Problem::WrongVersion { supported, .. } => supported,
            // The server, or something before it, wants a version.
            Problem::Rejected { .. } if self.asked.is_none() => &[],
            _ => return DiscoveryStep::Fail { error, instead: None },
        };
        if let Some(chosen) = self.chosen {
            let instead = chosen.closest(supported);
            return DiscoveryStep::Fail { error, instead };
        }
        let newest = supported.iter().filter_map(|named| Version::parse(named)).max();
        let untried = TRIED.get(self.tried).and_then(|version| Version::parse(version));
        match (newest, untried) {
            // A server that refuses what it names itself would be asked for ever.
            (Some(_), _) if self.stage == Stage::Named => {
                DiscoveryStep::Fail { error, instead: newest }
            }
            (Some(named), _) => self.ask(named, Stage::Named),
            (None, Some(untried)) => {
                self.tried += 1;
                // After a guess these are the best there is.
                let stage = if self.stage == Stage::Open { Stage::Open } else { Stage::Named };
                self.ask(untried, stage)
            }
            (None, None) => DiscoveryStep::Fail { error, instead: None },
        }
    }

    fn ask(&mut self, version: Version, stage: Stage) -> DiscoveryStep {
        self.asked = Some(version);
        self.stage = stage;
        DiscoveryStep::Ask(self.asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    fn release(full: &str) -> CcmVersion {
        CcmVersion { full: full.into(), schema: Version::of_release(full) }
    }

    fn refusal(supported: &[&str]) -> UpstreamError {
        let supported = supported.iter().map(|&text| text.to_owned()).collect();
        let problem = Problem::WrongVersion { asked: "any".into(), supported };
        UpstreamError::new("asking", problem)
    }

    /// Asks a server that speaks some versions and names them or not, until the end; the
    /// versions asked with, and the end.
    fn ask(
        chosen: Option<&str>,
        full: &str,
        speaks: &[&str],
        named: &[&str],
    ) -> (String, DiscoveryStep) {
        let mut discovery = Discovery::new(chosen.map(version));
        let mut asked = Vec::new();
        let mut step = discovery.first();
        while let DiscoveryStep::Ask(with) = step {
            let text = with.map_or("1.0", Version::as_str);
            asked.push(text);
            assert!(asked.len() < 9, "for ever: {asked:?}");
            let speaks = speaks.contains(&text);
            step = discovery.answered(if speaks { Ok(release(full)) } else { Err(refusal(named)) });
        }
        (asked.join(" "), step)
    }

    fn speaks(schema: &str, full: &str) -> DiscoveryStep {
        DiscoveryStep::Speak(Spoken::new(version(schema), full))
    }

    #[test]
    fn one_question_is_enough_where_no_version_is_needed() {
        let full = "14.0.1.10000-20";
        assert_eq!(ask(None, full, &["1.0"], &[]), ("1.0".into(), speaks("14.0", full)));
    }

    #[test]
    fn the_refusal_names_the_version_to_ask_with() {
        let asked = ask(None, "12.5.1", &["12.0", "12.5"], &["12.5", "12.0", "banana"]);
        assert_eq!(asked, ("1.0 12.5".into(), speaks("12.5", "12.5.1")));
    }

    #[test]
    fn every_release_is_found_out_though_it_names_nothing() {
        for (full, speaks_these, expected) in [
            ("15.0.1", "15.0 14.0 12.5 12.0", "15.0"),
            ("14.0.1", "14.0 12.5 12.0 11.5 11.0", "14.0"),
            ("12.5.1", "12.5 12.0 11.5 11.0 10.0", "12.5"),
            ("12.0.1", "12.0 11.5 11.0 10.0", "12.0"),
            ("11.5.1", "11.5 11.0 10.0 9.1 9.0", "11.5"),
            ("10.5.2", "10.5 10.0 9.1 9.0 8.5", "10.5"),
            ("9.1.2", "9.1 9.0 8.5", "9.1"),
            ("8.5.1", "8.5", "8.5"),
        ] {
            let versions: Vec<&str> = speaks_these.split(' ').collect();
            assert_eq!(ask(None, full, &versions, &[]).1, speaks(expected, full), "{full}");
        }
    }

    #[test]
    fn a_release_of_the_future_is_asked_whether_it_still_speaks_the_newest() {
        let full = "16.0.1";
        let still = ask(None, full, &["1.0", "15.0"], &[]);
        assert_eq!(still, ("1.0 15.0".into(), speaks("15.0", full)));
        let named = ask(None, full, &["1.0", "14.0"], &["16.0", "14.0"]);
        assert_eq!(named, ("1.0 15.0 14.0".into(), speaks("14.0", full)));
        let mute = ask(None, full, &["1.0", "12.5"], &[]);
        assert_eq!(mute, ("1.0 15.0 12.5".into(), speaks("12.5", full)));
    }

    #[test]
    fn a_chosen_version_is_kept_and_never_replaced() {
        let kept = ask(Some("11.5"), "14.0.1", &["11.5"], &[]);
        assert_eq!(kept, ("11.5".into(), speaks("11.5", "14.0.1")));
        let (asked, end) = ask(Some("15.0"), "14.0.1", &["14.0"], &["14.0", "12.5"]);
        let DiscoveryStep::Fail { error, instead } = end else { panic!("{end:?}") };
        assert_eq!((asked.as_str(), instead), ("15.0", Some(version("14.0"))));
        assert!(matches!(error.problem, Problem::WrongVersion { .. }));
        let (_, end) = ask(Some("15.0"), "14.0.1", &[], &[]);
        assert!(matches!(end, DiscoveryStep::Fail { instead: None, .. }), "{end:?}");
    }

    #[test]
    fn servers_that_refuse_everything_are_given_up() {
        let (asked, end) = ask(None, "", &[], &[]);
        assert_eq!(asked, "1.0 12.5 11.0 10.0 8.5");
        assert!(matches!(end, DiscoveryStep::Fail { instead: None, .. }), "{end:?}");
        let (asked, end) = ask(None, "", &[], &["14.0"]);
        assert_eq!(asked, "1.0 14.0");
        assert!(matches!(end, DiscoveryStep::Fail { instead: Some(_), .. }), "{end:?}");
    }

    #[test]
    fn a_refused_sign_in_is_never_tried_again() {
        for problem in [Problem::SignedOut, Problem::Forbidden { role: None }] {
            let error = UpstreamError::new("asking", problem);
            let end = Discovery::new(None).answered(Err(error.clone()));
            assert_eq!(end, DiscoveryStep::Fail { error, instead: None });
        }
        let wants_a_version =
            Problem::Rejected { status: 500, code: None, message: "SOAPAction missing.".into() };
        let step =
            Discovery::new(None).answered(Err(UpstreamError::new("asking", wants_a_version)));
        assert_eq!(step, DiscoveryStep::Ask(Some(version("12.5"))));
    }

    #[test]
    fn what_is_no_release_is_no_cucm_known_here() {
        let step = Discovery::new(None).answered(Ok(release("7.1.5")));
        let DiscoveryStep::Fail { error, .. } = step else { panic!("{step:?}") };
        assert!(matches!(error.problem, Problem::WrongVersion { asked, .. } if asked == "7.1.5"));

        let step = Discovery::new(None).answered(Ok(release(&"x\u{202e}\n".repeat(1_000))));
        let DiscoveryStep::Fail { error, .. } = step else { panic!("{step:?}") };
        let what = error.what();
        assert!(what.len() < 500 && !what.contains(['\u{202e}', '\n']), "{what}");
    }
}
