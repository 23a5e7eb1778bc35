//! Who may sign in to DRaaS, and what each of them administers.

use crate::sign_in;

/// A user. There is one of each kind that a client has to cope with.
#[derive(Debug)]
pub struct User {
    pub name: &'static str,
    pub second_factor: Option<SecondFactor>,
    pub administers: &'static [Place],
    pub rights: Rights,
    /// The immutable token for machines, where one was made.
    pub machine_token: Option<&'static str>,
}

/// What a user has to give after the password.
#[derive(Debug)]
pub struct SecondFactor {
    pub by: Factor,
    pub option: Told,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    Email,
    Totp,
}

impl Factor {
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Totp => "totp",
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Email => sign_in::DRAAS_EMAIL_CODE,
            Self::Totp => sign_in::DRAAS_TOTP_CODE,
        }
    }
}

/// Whether the login says which factor it wants. Older cores do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Yes,
    LeftOut,
}

/// Something to administer; which entity it is depends on the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    System,
    Group,
    Distributor,
    /// A reseller of another distributor than the one above.
    Reseller,
    Tenant,
    Subscription,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    Full,
    /// Has the roles to read and none to change.
    Reader,
}

const fn user(name: &'static str, administers: &'static [Place]) -> User {
    User { name, second_factor: None, administers, rights: Rights::Full, machine_token: None }
}

const fn with_factor(name: &'static str, by: Factor, option: Told) -> User {
    User { second_factor: Some(SecondFactor { by, option }), ..user(name, &[Place::Group]) }
}

/// All of them; every password is [`sign_in::PASSWORD`].
pub static USERS: [User; 12] = [
    User {
        machine_token: Some(sign_in::DRAAS_MACHINE_TOKEN),
        ..user(sign_in::DRAAS_USER, &[Place::Group])
    },
    with_factor("demo-2fa", Factor::Totp, Told::Yes),
    with_factor("demo-email", Factor::Email, Told::Yes),
    with_factor("demo-2fa-unnamed", Factor::Email, Told::LeftOut),
    User { rights: Rights::Reader, ..user("demo-limited", &[Place::Tenant]) },
    User {
        machine_token: Some(sign_in::DRAAS_SYSTEM_TOKEN),
        ..user("demo-system", &[Place::System])
    },
    user("demo-distributor", &[Place::Distributor]),
    user("demo-reseller", &[Place::Reseller]),
    user("demo-tenant", &[Place::Tenant]),
    user("demo-subscription", &[Place::Subscription]),
    user("demo-several", &[Place::Distributor, Place::Reseller, Place::Tenant]),
    user("demo-nobody", &[]),
];

impl User {
    pub fn named(name: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.name == name)
    }

    pub fn of_machine_token(token: &str) -> Option<&'static Self> {
        USERS.iter().find(|user| user.machine_token == Some(token))
    }

    pub fn is_system(&self) -> bool {
        self.administers.contains(&Place::System)
    }
}
