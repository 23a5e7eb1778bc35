//! The sandbox's public sign-in: nothing secret is ever behind it.

/// Password of every user with a name and a password.
pub const PASSWORD: &str = "sandbox-demo";

/// DRaaS: reads and changes everything.
pub const DRAAS_USER: &str = "demo";
/// DRaaS: has to give a second factor.
pub const DRAAS_SECOND_FACTOR_USER: &str = "demo-2fa";
/// DRaaS: administers one tenant, is refused everything else.
pub const DRAAS_LIMITED_USER: &str = "demo-limited";
/// DRaaS: the code that is right as second factor.
pub const DRAAS_SECOND_FACTOR: &str = "123456";
/// DRaaS: the machine-to-machine token of [`DRAAS_USER`], which never expires.
pub const DRAAS_MACHINE_TOKEN: &str = "sandbox-machine-token";

/// Live Platform: the bearer token, as Microsoft Entra would have issued it.
pub const LIVE_TOKEN: &str = "sandbox-live-token";

/// CUCM: has the role to read AXL.
pub const CUCM_USER: &str = "axl-reader";
/// CUCM: is known, but has no AXL role.
pub const CUCM_USER_WITHOUT_ROLE: &str = "no-axl";
