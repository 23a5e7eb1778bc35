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

/// CUCM: has the role to read AXL.
pub const CUCM_USER: &str = "axl-reader";
/// CUCM: is known, but has no AXL role.
pub const CUCM_USER_WITHOUT_ROLE: &str = "no-axl";
/// CUCM: may change AXL's data, too.
pub const CUCM_ADMINISTRATOR: &str = "axl-admin";
