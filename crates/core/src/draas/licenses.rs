//! The licenses of a group, distributor, reseller or tenant.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html>

use super::{Api, Complaint, Entity, LicensesDecoder, fault};
use crate::Operation;
use crate::error::UpstreamError;
use crate::estate::Tree;
use crate::http::{Reply, Request, Secret};

/// How much to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The entity's own totals.
    Totals,
    /// Everything below it, down to the subscriptions.
    Tree,
}

/// `GET …/{groups|distributors|resellers|tenants}/{uuid}/licenses[?detailed=true]`.
///
/// Not paginated: a group's tree can be many megabytes. Read it with a [`decoder`](Self::decoder)
/// while it arrives; [`decode`](Operation::decode) is for replies already whole.
#[derive(Clone, Debug)]
pub struct Licenses {
    url: String,
    entity: Entity,
    token: Secret,
}

impl Licenses {
    pub fn new(api: &Api, entity: Entity, detail: Detail, token: &Secret) -> Self {
        let query = match detail {
            Detail::Totals => "",
            Detail::Tree => "?detailed=true",
        };
        let path = format!("{}/{}/licenses{query}", entity.level.plural(), entity.uuid);
        Self { url: api.resource(&path), entity, token: token.clone() }
    }

    /// A decoder that fills a tree, below its connection, as the reply arrives.
    pub fn decoder(&self) -> LicensesDecoder {
        LicensesDecoder::new(self.entity)
    }

    /// The error that a status other than success means.
    pub fn fault(&self, reply: &Reply) -> UpstreamError {
        let level = self.entity.level;
        fault(level.doing(), Some(level.role()), reply)
    }

    /// What is being done, for errors of the way there.
    pub fn doing(&self) -> &'static str {
        self.entity.level.doing()
    }
}

impl Operation for Licenses {
    /// The tree below an unnamed connection, and what could not be read.
    type Output = (Tree, Vec<Complaint>);

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Self::Output, UpstreamError> {
        if !reply.is_success() {
            return Err(self.fault(reply));
        }
        let mut tree = Tree::new("");
        let mut decoder = self.decoder();
        decoder.push(&mut tree, &reply.body)?;
        let complaints = decoder.finish(&mut tree)?;
        Ok((tree, complaints))
    }
}
