//! Why there is no snapshot.

/// What kept a snapshot from being taken, closed enough to act on and without anything that an
/// upstream said: whoever may read snapshots is told of it. The rest is in the edge's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    NotSignedIn,
    Unreachable,
    TooSlow,
    /// The upstream answered with an error.
    Refused,
    /// What it sent is not whole, or no tree of licenses.
    Unreadable,
    /// The edge itself could not keep it.
    NotKept,
    /// The edge was stopped before it was whole.
    Interrupted,
}

impl Trouble {
    const ALL: [Self; 7] = [
        Self::NotSignedIn,
        Self::Unreachable,
        Self::TooSlow,
        Self::Refused,
        Self::Unreadable,
        Self::NotKept,
        Self::Interrupted,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            Self::NotSignedIn => "sign-in-failed",
            Self::Unreachable => "unreachable",
            Self::TooSlow => "too-slow",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::NotKept => "not-kept",
            Self::Interrupted => "interrupted",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.slug() == slug)
    }

    /// What happened, and what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotSignedIn => {
                "The edge could not sign in at the platform. Its operator finds the reason in its log."
            }
            Self::Unreachable => {
                "The platform could not be reached, or broke the connection off. It is tried again by itself."
            }
            Self::TooSlow => "The platform did not answer in time. It is tried again by itself.",
            Self::Refused => {
                "The platform answered with an error. It is tried again by itself; the edge's log has its status."
            }
            Self::Unreadable => {
                "What the platform sent was cut off, or is no tree of licenses. It is tried again by itself."
            }
            Self::NotKept => {
                "The edge could not keep the snapshot. Its operator finds the reason in its log."
            }
            Self::Interrupted => {
                "The edge was stopped while it took one. It is tried again by itself."
            }
        }
    }

    /// Whether the upstream is to blame, and so may be down.
    pub fn is_of_upstream(self) -> bool {
        matches!(self, Self::Unreachable | Self::TooSlow | Self::Refused | Self::Unreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble;

    #[test]
    fn a_trouble_is_found_again_by_its_slug() {
        for trouble in Trouble::ALL {
            assert_eq!(Trouble::from_slug(trouble.slug()), Some(trouble));
            assert!(trouble.sentence().ends_with('.'));
        }
    }
}
