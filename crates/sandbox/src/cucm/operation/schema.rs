//! What all requests have in common with the schema.

use super::Paging;
use crate::cucm::fault::Fault;
use crate::cucm::xml::Element;

/// The schema's `elementFormDefault` is unqualified.
pub fn unqualified(parent: &Element) -> Result<(), Fault> {
    for child in &parent.children {
        if let Some(namespace) = &child.namespace {
            let name = &child.name;
            return Err(Fault::schema(format!("Unexpected subelement {{{namespace}}}{name}")));
        }
        unqualified(child)?;
    }
    Ok(())
}

/// An operation has at most a `sequence`, and some do not even have that.
pub fn attributes(request: &Element, sequence: bool) -> Result<(), Fault> {
    for (name, value) in &request.attributes {
        let prefix = name.split(':').next().unwrap_or_default();
        // Namespaces, and what any element may have.
        if prefix == "xmlns" || name.starts_with("xsi:") {
            continue;
        }
        if name != "sequence" || !sequence {
            let operation = &request.name;
            return Err(Fault::schema(format!("Attribute {name} is not allowed in {operation}")));
        }
        if value.trim().parse::<u64>().is_err() {
            return Err(Fault::schema(format!("sequence is no unsigned number: {value}")));
        }
    }
    Ok(())
}

/// Each child at most once, and in this order.
pub fn in_order(parent: &Element, names: &[&str]) -> Result<(), Fault> {
    let mut left = names.iter();
    for child in &parent.children {
        if !left.any(|name| *name == child.name) {
            return Err(Fault::schema(format!("Unexpected subelement {}", child.name)));
        }
    }
    Ok(())
}

pub fn required<'a>(parent: &'a Element, name: &str) -> Result<&'a Element, Fault> {
    let missing = || Fault::schema(format!("{} requires the element {name}", parent.name));
    parent.child(name).ok_or_else(missing)
}

/// The search criteria of a list, each with what it looks for. One that is there but empty
/// matches nothing.
pub fn criteria<const N: usize>(
    request: &Element,
    names: [&str; N],
) -> Result<[Option<String>; N], Fault> {
    let criteria = required(request, "searchCriteria")?;
    in_order(criteria, &names)?;
    if criteria.children.is_empty() {
        return Err(Fault::schema("At least one element under searchCriteria has to be mentioned"));
    }
    Ok(names.map(|name| criteria.child(name).map(|element| element.text.clone())))
}

pub fn paging(request: &Element) -> Result<Paging, Fault> {
    let skip = number(request, "skip")?.unwrap_or_default();
    Ok(Paging { skip, first: number(request, "first")? })
}

fn number(parent: &Element, name: &str) -> Result<Option<u64>, Fault> {
    let Some(element) = parent.child(name) else { return Ok(None) };
    let text = element.text.trim();
    let wrong = |_| Fault::schema(format!("{name} is no unsigned number: {text}"));
    text.parse().map(Some).map_err(wrong)
}

/// The pattern of the schema's XUUID. Cisco's guide says that servers are more lenient about
/// the braces; a client that relies on it is caught here.
pub fn uuid(element: &Element) -> Result<String, Fault> {
    let text = element.text.trim();
    let bare = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    let lengths = bare.map(|bare| bare.split('-').map(str::len).collect::<Vec<usize>>());
    if lengths.as_deref() != Some(&[8, 4, 4, 4, 12]) {
        return Err(Fault::schema(format!(
            "Value '{text}' is not facet-valid with respect to pattern \
             '\\{{........-....-....-....-............\\}}' for type 'XUUID'"
        )));
    }
    Ok(text.to_owned())
}
