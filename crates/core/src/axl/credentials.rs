//! Who asks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::http::Secret;

/// An application user of the cluster. Its `Debug` shows nothing of the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: Secret,
}

impl Credentials {
    /// The value of an `Authorization` header, in UTF-8 as RFC 7617 has it.
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
        assert_eq!(credentials.basic(), "Basic YXhsOmjDvG50ZXIy");
        assert!(!format!("{credentials:?}").contains("nter2"));
    }
}
