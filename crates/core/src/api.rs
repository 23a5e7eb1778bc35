//! What an edge tells programs about the part of an estate that their token opens: nodes, findings,
//! and limits to change. `docs/api.md` is for those who ask; [`OPENAPI`] for their tools.
//!
//! Pure: an [`Estate`] is a tree as it was read, and a [`View`] the part of it that a visitor's
//! scopes open. Nothing of a node tells what stands above the opened part.

mod findings;
mod kept;
mod limits;
mod name;
mod node;
mod reading;
mod token;
mod view;

pub use kept::{Kept, Next, Wants, Wish};
pub use limits::{LimitsProblem, NewLimits};
pub use name::NodeName;
pub use reading::Reading;
pub use token::token;
pub use view::{Format, View};

use crate::estate::{NodeId, Tree};
use crate::insight::{Marks, Survey, Thresholds};
use crate::visitors::Members;

/// The description of all of it, as OpenAPI 3.1.
pub const OPENAPI: &str = include_str!("api/openapi.json");

/// A platform's tree as it was read once, with who belongs to whom and what to look at.
#[derive(Debug)]
pub struct Estate {
    members: Members,
    survey: Survey,
    /// Tells this reading from another, as long as something differs.
    digest: String,
}

impl Estate {
    /// `digest` is of the reply that the tree was decoded from.
    pub fn of(tree: Tree, digest: String) -> Self {
        let mut survey = Survey::new();
        survey.complete();
        survey.go_on(&tree, Thresholds::default(), usize::MAX);
        Self { members: Members::of(tree), survey, digest }
    }

    pub fn members(&self) -> &Members {
        &self.members
    }

    /// What to look at in a node.
    pub(crate) fn marks(&self, node: NodeId) -> Marks {
        self.survey.marks(node)
    }

    /// What a person should look at in all of it.
    pub(crate) fn survey(&self) -> &Survey {
        &self.survey
    }
}
