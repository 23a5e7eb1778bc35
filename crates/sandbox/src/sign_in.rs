//! The sandbox's public sign-in: nothing secret is ever behind it.

/// Password of every user with a name and a password.
pub const PASSWORD: &str = "sandbox-demo";

/// DRaaS: reads and changes everything. The others are in `draas::user`.
pub const DRAAS_USER: &str = "demo";
/// DRaaS: the code that is right where an authenticator app shows it.
pub const DRAAS_TOTP_CODE: &str = "123456";
/// DRaaS: the code that is right where it was mailed.
pub const DRAAS_EMAIL_CODE: &str = "654321";
/// DRaaS: the machine-to-machine token of [`DRAAS_USER`], which never expires.
pub const DRAAS_MACHINE_TOKEN: &str = "sandbox-machine-token";
/// DRaaS: the same of `demo-system`.
pub const DRAAS_SYSTEM_TOKEN: &str = "sandbox-system-token";

/// Live Platform: the bearer token, as Microsoft Entra would have issued it.
pub const LIVE_TOKEN: &str = "sandbox-live-token";
/// Live Platform: the service provider's tenant at Microsoft Entra.
pub const LIVE_TENANT: &str = "5e8b2a70-11c4-4f0d-9a3e-6d2f7c1b9e05";
/// Live Platform: the registration that may fetch tokens.
pub const LIVE_CLIENT_ID: &str = "c1a0f2d4-7b6e-4c3a-8f59-0e4d2b7a6c18";
/// Live Platform: its secret.
pub const LIVE_CLIENT_SECRET: &str = "sandbox-live-secret";
/// Live Platform: what a token is asked for.
pub const LIVE_SCOPE: &str = "api://9d576dc4-b85d-4571-880e-4c6ed4c08c31/.default";

/// CUCM: has the role to read AXL.
pub const CUCM_USER: &str = "axl-reader";
/// CUCM: is known, but has no AXL role.
pub const CUCM_USER_WITHOUT_ROLE: &str = "no-axl";
/// CUCM: may change AXL's data, too.
pub const CUCM_ADMINISTRATOR: &str = "axl-admin";
