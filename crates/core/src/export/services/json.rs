//! Services as one JSON document.

use super::{ServicesPlan, ServicesWriter, state};
use crate::estate::Uuid;
use crate::export::json::{push_figure, push_head, push_json, push_time, push_utilization};
use crate::export::{ExportError, number};
use crate::live_platform::{Part, ServiceLicense, Switch};
use crate::services::Service;

/// Writes one JSON document, a service on each line; `docs/services.md` describes its fields.
///
/// It has every name as it was sent; what is unknown is `null`.
#[derive(Debug)]
pub struct ServicesJson {
    plan: ServicesPlan,
    services: u64,
}

impl ServicesJson {
    pub fn begin(plan: ServicesPlan, out: &mut Vec<u8>) -> Self {
        let sources = plan.sources.iter().map(|(_, source)| source);
        push_head(out, plan.written_at_s, &plan.scope, sources);
        out.extend_from_slice(b"],\"services\":[");
        Self { plan, services: 0 }
    }
}

impl ServicesWriter for ServicesJson {
    fn service(
        &mut self,
        service: &Service,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        out.extend_from_slice(if self.services == 0 { b"\n" } else { b",\n" });
        self.services += 1;
        let customer = &service.customer;
        let (state, error) = state(service);
        let id = |id: Option<Uuid>| id.map(|id| id.to_string());
        out.extend_from_slice(b"{\"source\":");
        push_json(out, &self.plan.source(service).map(|(at, _)| at));
        field(out, "name", &customer.display_name());
        field(out, "full_name", &customer.full_name);
        field(out, "short_name", &customer.short_name);
        field(out, "id", &id(customer.guid));
        field(out, "microsoft_tenant", &id(customer.microsoft_tenant));
        field(out, "license_type", &customer.license_type.0);
        field(out, "license_type_name", &customer.license_type.name());
        field(out, "state", state);
        field(out, "error", &error);
        out.extend_from_slice(b",\"licenses\":");
        match service.license() {
            Some(license) => push_license(out, license),
            None => out.extend_from_slice(b"null"),
        }
        field(out, "findings", findings);
        out.push(b'}');
        Ok(())
    }

    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        out.extend_from_slice(b"\n],\"row_count\":");
        number::push(out, self.services);
        out.extend_from_slice(b"}\n");
        Ok(self.services)
    }
}

fn push_license(out: &mut Vec<u8>, license: &ServiceLicense) {
    let figures = [
        ("{\"acquired\":", license.acquired),
        (",\"licensed\":", license.licensed),
        (",\"available\":", license.available()),
        (",\"monitored\":", license.monitored),
        (",\"not_counted\":", license.not_counted()),
    ];
    for (name, figure) in figures {
        out.extend_from_slice(name.as_bytes());
        push_figure(out, figure);
    }
    out.extend_from_slice(b",\"utilization\":");
    push_utilization(out, &license.reading());
    out.extend_from_slice(b",\"factors\":[");
    for (index, part) in license.parts().iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push_part(out, part);
    }
    out.push(b']');
    field(out, "settings_level", &license.settings_level);
    field(out, "last_update", &license.last_update);
    out.extend_from_slice(b",\"last_update_at\":");
    push_time(out, license.last_update_s);
    out.push(b'}');
}

fn push_part(out: &mut Vec<u8>, part: &Part) {
    let switch = match part.switch {
        Switch::Always => "always on",
        Switch::On => "on",
        Switch::Off => "off",
        Switch::NotSaid => "not said",
    };
    out.extend_from_slice(b"{\"name\":");
    push_json(out, part.factor.name());
    field(out, "priority", &part.factor.priority());
    field(out, "switch", switch);
    out.extend_from_slice(b",\"configured\":");
    push_figure(out, part.configured);
    out.extend_from_slice(b",\"counted\":");
    push_figure(out, part.counted());
    out.push(b'}');
}

fn field(out: &mut Vec<u8>, name: &str, value: &(impl serde::Serialize + ?Sized)) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
    push_json(out, value);
}
