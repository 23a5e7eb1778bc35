//! The license info of one service, as the platform sends it.

use seatree_core::estate::{Kind, Reading, Tree};
use seatree_core::http::Secret;
use seatree_core::live_platform::{Api, LicenseInfo, ServiceLicense, set_license};
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::Load;
use super::super::reply::{Asked, SECONDS, SourceReply, figures};
use super::DOING_ONE;
use crate::platform::fetch::{self, Way};

pub(super) async fn reply(
    load: &Load,
    api: &Api,
    asked: Asked,
    token: &Secret,
) -> Result<SourceReply, UpstreamError> {
    let Asked::Service(guid) = asked else {
        return Err(UpstreamError::new(DOING_ONE, Problem::NothingFound));
    };
    let request = LicenseInfo::new(api, token, guid).request();
    let deadline = load.stop.within(SECONDS);
    let reply = fetch::send(request, DOING_ONE, &load.way, deadline).await?.whole().await?;
    if let Some(refused) = load.way.refusal(DOING_ONE, &reply) {
        return Err(refused);
    }
    // Decoding needs no token, and what is shown of the request has none.
    let operation = LicenseInfo::new(api, &Secret::default(), guid);
    let figures = operation.decode(&reply).map(|license| of_service(&license));
    let connection = &load.entry.connection;
    Ok(SourceReply::new(connection, &operation.request(), token.clone(), reply, figures))
}

fn of_service(license: &ServiceLicense) -> Vec<(String, Reading)> {
    let mut tree = Tree::new("");
    let service = tree.append(0, Kind::Service);
    set_license(&mut tree, service, license);
    figures(&tree, service)
}
