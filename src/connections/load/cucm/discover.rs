//! Which release answers, and which version of AXL to speak with it.

use seatree_core::UpstreamError;
use seatree_core::axl::{
    Api, Credentials, Discovery, DiscoveryStep, GetCcmVersion, Spoken, Version,
};
use seatree_core::words::later;

use super::{Load, run};

const VERSION_S: u32 = 30;

pub(super) async fn discover(
    load: &Load,
    api: &Api,
    version: Option<Version>,
    credentials: &Credentials,
) -> Result<Spoken, UpstreamError> {
    let mut discovery = Discovery::new(version);
    let mut step = discovery.first();
    loop {
        step = match step {
            DiscoveryStep::Ask(version) => {
                let operation = GetCcmVersion::new(api, credentials, version);
                let doing = later("asking for the cluster's version");
                discovery.answered(run(load, doing, VERSION_S, &operation).await)
            }
            DiscoveryStep::Speak(spoken) => return Ok(spoken),
            DiscoveryStep::Fail { error, .. } => return Err(error),
        };
    }
}
