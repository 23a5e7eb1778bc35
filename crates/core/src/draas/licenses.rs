//! The licenses of a group, distributor, reseller or tenant.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html>

use super::{Api, Complaint, Detailed, Entity, LicensesDecoder, fault};
use crate::error::UpstreamError;
use crate::estate::Tree;
use crate::http::{Reply, Request, Secret};
use crate::{Operation, TreeDecoder};

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
/// - Not paginated: a group's tree can be many megabytes. Read it with a
///   [`decoder`](Self::decoder) while it arrives; [`decode`](Operation::decode) is for replies
///   already whole.
/// - Role: [`Level::role`](super::Level::role), such as `groups.instance.licenses.list`. Where: every version; groups
///   since there are any (2026).
/// - Errors: [`Problem::Forbidden`](crate::Problem::Forbidden) names the role;
///   [`Problem::NothingFound`](crate::Problem::NothingFound) (404, "No license found") means that
///   there are none, not that something is broken.
/// - Vendor page: [Licenses][page].
///
/// ```
/// use seatree_core::draas::{Api, Detail, Entity, Level, Licenses};
/// use seatree_core::estate::{Figure, Meter, Uuid};
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let uuid = Uuid::parse("aaf9dba1-9469-40fa-be50-22298d68010d").unwrap();
/// let group = Entity { level: Level::Group, uuid };
/// let licenses = Licenses::new(&api, group, Detail::Tree, &Secret::from("token"));
/// assert!(licenses.request().url.ends_with(&format!("/groups/{uuid}/licenses?detailed=true")));
///
/// let reply = r#"{"group": {"name": "Netaxis"}, "msTeamsUsers": {"assigned": 363, "inUse": 5}}"#;
/// let (tree, complaints) = licenses.decode(&Reply::new(200, reply))?;
/// assert_eq!(tree.name(1), "Netaxis");
/// assert_eq!(tree.reading(1, Meter::TEAMS_USERS).assigned, Figure::known(363));
/// assert!(complaints.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html
#[derive(Clone, Debug)]
pub struct Licenses {
    url: String,
    entity: Entity,
    token: Secret,
    most_nodes: usize,
}

impl Licenses {
    pub fn new(api: &Api, entity: Entity, detail: Detail, token: &Secret) -> Self {
        let query = match detail {
            Detail::Totals => "",
            Detail::Tree => match api.detailed {
                Detailed::Lower => "?detailed=true",
                Detailed::Capital => "?detailed=True",
            },
        };
        let path = format!("{}/{}/licenses{query}", entity.level.plural(), entity.uuid);
        let most_nodes = usize::MAX;
        Self { url: api.resource(&path), entity, token: token.clone(), most_nodes }
    }

    /// Refuses trees that have more nodes.
    #[must_use]
    pub fn at_most(self, nodes: usize) -> Self {
        Self { most_nodes: nodes, ..self }
    }

    /// A decoder that fills a tree, below its connection, as the reply arrives.
    pub fn decoder(&self) -> LicensesDecoder {
        LicensesDecoder::new(self.entity).at_most(self.most_nodes)
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
        self.decoder().whole(&reply.body)
    }
}
