//! Who asks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::http::Secret;

/// An application user of the cluster; or a visitor, whose token an edge takes in its place. Its
/// `Debug` shows nothing of the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// Empty for a visitor.
    pub user: String,
    /// A visitor's token.
    pub password: Secret,
}

impl Credentials {
    /// Those of a visitor: an edge with credentials of its own takes the token, and asks as the user
    /// that it holds.
    pub fn visitor(token: Secret) -> Self {
        Self { user: String::new(), password: token }
    }

    /// The value of an `Authorization` header: of a user in UTF-8 as RFC 7617 has it, of a visitor as
    /// RFC 6750.
    pub(super) fn header(&self) -> String {
        if self.user.is_empty() && !self.password.is_empty() {
            return format!("Bearer {}", self.password.expose());
        }
        self.basic()
    }

    pub(crate) fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{}:{}", self.user, self.password.expose())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_basic_in_utf_8_and_nothing_prints() {
        let credentials = Credentials { user: "axl".into(), password: Secret::from("hünter2") };
        assert_eq!(credentials.header(), "Basic YXhsOmjDvG50ZXIy");
        assert!(!format!("{credentials:?}").contains("nter2"));
    }

    #[test]
    fn a_visitor_brings_a_token_and_no_name() {
        let visitor = Credentials::visitor(Secret::from("ey.J0"));
        assert_eq!(visitor.header(), "Bearer ey.J0");
        assert!(!format!("{visitor:?}").contains("ey.J0"));
        // Who only asks whether anybody answers brings nothing.
        let nobody = Credentials { user: String::new(), password: Secret::default() };
        assert_eq!(nobody.header(), "Basic Og==");
    }
}
