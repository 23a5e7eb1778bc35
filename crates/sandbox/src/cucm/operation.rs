//! Requests, held against the schema as strictly as a validating server would: the operation
//! is in the version's namespace and all below it in none, children come in their order, and
//! nothing else is there.

use super::fault::Fault;
use super::release::Schema;
use super::xml::Element;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// What is asked for.
#[derive(Clone, Debug)]
pub enum Operation {
    CcmVersion,
    GetLicensedUser { key: UserKey, tags: Vec<Tag> },
    ListLicensedUsers(ListRequest),
}

/// By what a single user is asked for.
#[derive(Clone, Debug)]
pub enum UserKey {
    Name(String),
    Uuid(String),
}

/// A search. A criterion that is there but empty matches nothing.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    pub user_id: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub tags: Vec<Tag>,
    pub skip: u64,
    pub first: Option<u64>,
}

/// A field of a licensed user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    UserId,
    FirstName,
    LastName,
    SnrEnabled,
    EmEnabled,
    DeviceCount,
    LicenseType,
    LicenseUsed,
}

impl Tag {
    /// In the order of the schema.
    pub const ALL: [Self; 8] = [
        Self::UserId,
        Self::FirstName,
        Self::LastName,
        Self::SnrEnabled,
        Self::EmEnabled,
        Self::DeviceCount,
        Self::LicenseType,
        Self::LicenseUsed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::UserId => "userId",
            Self::FirstName => "firstName",
            Self::LastName => "lastName",
            Self::SnrEnabled => "snrEnabled",
            Self::EmEnabled => "emEnabled",
            Self::DeviceCount => "deviceCount",
            Self::LicenseType => "licenseType",
            Self::LicenseUsed => "licenseUsed",
        }
    }
}

/// The element below the SOAP body.
pub fn in_body(envelope: &Element) -> Result<&Element, Fault> {
    let soap = |element: &Element, name: &str| {
        element.name == name && element.namespace.as_deref() == Some(ENVELOPE)
    };
    if !soap(envelope, "Envelope") {
        return Err(Fault::schema("The request is no SOAP 1.1 envelope"));
    }
    let body = envelope.children.iter().find(|child| soap(child, "Body"));
    body.and_then(|body| body.children.first())
        .ok_or_else(|| Fault::schema("The SOAP body holds no request"))
}

/// Reads a request of a supported schema.
pub fn read(request: &Element, schema: Schema) -> Result<Operation, Fault> {
    unqualified(request)?;
    let listing = schema >= Schema::WITH_LICENSED_USERS;
    match request.name.as_str() {
        "getCCMVersion" => {
            in_order(request, &["processNodeName"])?;
            Ok(Operation::CcmVersion)
        }
        "getLicensedUser" if listing => get_licensed_user(request),
        "listLicensedUser" if listing => list_licensed_users(request, schema),
        other => Err(Fault::schema(format!("Operation {other} is unknown or not permitted"))),
    }
}

fn get_licensed_user(request: &Element) -> Result<Operation, Fault> {
    in_order(request, &["name", "uuid", "returnedTags"])?;
    let key = match (request.child("name"), request.child("uuid")) {
        (Some(name), None) => UserKey::Name(name.text.clone()),
        (None, Some(uuid)) => UserKey::Uuid(uuid.text.clone()),
        _ => return Err(Fault::schema("Either name or uuid is required")),
    };
    // Unlike in the list, extension mobility is part of this in every version.
    let tags = match request.child("returnedTags") {
        Some(tags) => read_tags(tags, &Tag::ALL)?,
        None => Tag::ALL.to_vec(),
    };
    Ok(Operation::GetLicensedUser { key, tags })
}

fn list_licensed_users(request: &Element, schema: Schema) -> Result<Operation, Fault> {
    in_order(request, &["searchCriteria", "returnedTags", "skip", "first"])?;
    let criteria = required(request, "searchCriteria")?;
    in_order(criteria, &["userId", "firstName", "lastName"])?;
    if criteria.children.is_empty() {
        return Err(Fault::schema("At least one element under searchCriteria has to be mentioned"));
    }
    let known: Vec<Tag> = Tag::ALL
        .into_iter()
        .filter(|tag| *tag != Tag::EmEnabled || schema >= Schema::WITH_EXTENSION_MOBILITY)
        .collect();
    let tags = read_tags(required(request, "returnedTags")?, &known)?;
    let criterion = |name: &str| criteria.child(name).map(|element| element.text.clone());
    Ok(Operation::ListLicensedUsers(ListRequest {
        user_id: criterion("userId"),
        first_name: criterion("firstName"),
        last_name: criterion("lastName"),
        tags,
        skip: number(request, "skip")?.unwrap_or_default(),
        first: number(request, "first")?,
    }))
}

fn read_tags(element: &Element, known: &[Tag]) -> Result<Vec<Tag>, Fault> {
    let names: Vec<&str> = known.iter().map(|tag| tag.name()).collect();
    in_order(element, &names)?;
    Ok(known.iter().copied().filter(|tag| element.child(tag.name()).is_some()).collect())
}

fn required<'a>(parent: &'a Element, name: &str) -> Result<&'a Element, Fault> {
    let missing = || Fault::schema(format!("{} requires the element {name}", parent.name));
    parent.child(name).ok_or_else(missing)
}

fn number(parent: &Element, name: &str) -> Result<Option<u64>, Fault> {
    let Some(element) = parent.child(name) else { return Ok(None) };
    let text = element.text.trim();
    let wrong = |_| Fault::schema(format!("{name} is no unsigned number: {text}"));
    text.parse().map(Some).map_err(wrong)
}

/// The schema's `elementFormDefault` is unqualified.
fn unqualified(parent: &Element) -> Result<(), Fault> {
    for child in &parent.children {
        if let Some(namespace) = &child.namespace {
            let name = &child.name;
            return Err(Fault::schema(format!("Unexpected subelement {{{namespace}}}{name}")));
        }
        unqualified(child)?;
    }
    Ok(())
}

/// Each child at most once, and in this order.
fn in_order(parent: &Element, names: &[&str]) -> Result<(), Fault> {
    let mut left = names.iter();
    for child in &parent.children {
        if !left.any(|name| *name == child.name) {
            return Err(Fault::schema(format!("Unexpected subelement {}", child.name)));
        }
    }
    Ok(())
}
