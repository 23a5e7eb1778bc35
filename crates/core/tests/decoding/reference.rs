//! Licenses read by another hand: the whole document through `serde_json`, then a walk over it.

use std::fmt;

use seatree_core::draas::{Complaint, Entity};
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// JSON with its fields in order, those sent twice included.
#[derive(Clone, Debug)]
pub enum Json {
    Null,
    Bool,
    Number(f64),
    Whole(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Json;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Json, E> {
                Ok(Json::Null)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
                Ok(Json::Bool)
            }
            fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
                Ok(Json::Whole(value))
            }
            #[expect(clippy::cast_precision_loss, reason = "too large for a count in any case")]
            fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
                Ok(i64::try_from(value).map_or(Json::Number(value as f64), Json::Whole))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
                Ok(Json::Number(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Json, E> {
                Ok(Json::Text(value.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = from.next_element()? {
                    items.push(item);
                }
                Ok(Json::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = from.next_entry()? {
                    fields.push(field);
                }
                Ok(Json::Object(fields))
            }
        }
        from.deserialize_any(Any)
    }
}

/// What the decoder should make of a reply without an `error`; none for what holds no licenses.
pub fn read(entity: Entity, reply: &str) -> Option<(Tree, Vec<Complaint>)> {
    let mut reader =
        Reader { entity, tree: Tree::new(""), root: None, complaints: Vec::new(), found: false };
    if let Json::Object(fields) = serde_json::from_str(reply).unwrap() {
        reader.envelope(&fields);
    }
    reader.found.then_some((reader.tree, reader.complaints))
}

struct Reader {
    entity: Entity,
    tree: Tree,
    root: Option<NodeId>,
    complaints: Vec<Complaint>,
    found: bool,
}

impl Reader {
    fn complain(&mut self, place: &str, expected: &'static str) {
        if self.complaints.len() < 100 {
            let place = seatree_core::error::excerpt(place);
            self.complaints.push(Complaint { place, expected });
        }
    }

    /// Complains when a field that means something has the name of one before it.
    fn once(&mut self, fields: &[(String, Json)], at: usize, place: &str) {
        const KNOWN: [&str; 17] = [
            "name",
            "uuid",
            "id",
            "distributors",
            "resellers",
            "tenants",
            "subscriptions",
            "group",
            "distributor",
            "reseller",
            "tenant",
            "msTeamsUsers",
            "sipTrunkChannels",
            "assigned",
            "inUse",
            "inUseMsUsers",
            "inUseMsResourceAccount",
        ];
        if !KNOWN.contains(&fields[at].0.as_str()) {
            return;
        }
        if fields[..at].iter().any(|(name, _)| *name == fields[at].0) {
            self.complain(place, "a field sent once");
        }
    }

    fn root(&mut self) -> NodeId {
        if let Some(root) = self.root {
            return root;
        }
        let root = self.tree.append(0, self.entity.level.kind());
        self.tree.set_uuid(root, self.entity.uuid);
        self.root = Some(root);
        root
    }

    fn envelope(&mut self, fields: &[(String, Json)]) {
        for (at, (name, value)) in fields.iter().enumerate() {
            let is_license = matches!(name.as_str(), "msTeamsUsers" | "sipTrunkChannels");
            let is_entity = name == self.entity.level.word();
            self.once(fields, at, name);
            match value {
                Json::Null => {}
                Json::Object(inner) if is_entity => {
                    self.found = true;
                    let root = self.root();
                    self.entity(root, inner, name);
                }
                Json::Object(inner) => self.license(None, name, inner, name),
                _ if is_entity => self.complain(name, "an entity"),
                _ if is_license => self.complain(name, "a license object"),
                _ => {}
            }
        }
    }

    fn entity(&mut self, node: NodeId, fields: &[(String, Json)], path: &str) {
        let is_subscription = self.tree.kind(node) == Kind::Subscription;
        for (at, (name, value)) in fields.iter().enumerate() {
            let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let kind = match name.as_str() {
                "distributors" => Some(Kind::Distributor),
                "resellers" => Some(Kind::Reseller),
                "tenants" => Some(Kind::Tenant),
                "subscriptions" => Some(Kind::Subscription),
                _ => None,
            };
            let is_license = matches!(name.as_str(), "msTeamsUsers" | "sipTrunkChannels");
            self.once(fields, at, &place);
            match (name.as_str(), value) {
                (_, Json::Null) => {}
                ("name", Json::Text(name)) => self.tree.set_name(node, name),
                ("name", _) => self.complain(&place, "a name"),
                ("uuid", _) if is_subscription => {}
                ("uuid", Json::Text(text)) if Uuid::parse(text).is_some() => {
                    self.tree.set_uuid(node, Uuid::parse(text).unwrap());
                }
                ("uuid", _) => self.complain(&place, "a uuid"),
                ("id", _) if !is_subscription => {}
                ("id", value) => match count(value).and_then(Figure::get) {
                    Some(id) => self.tree.set_subscription_id(node, u64::try_from(id).unwrap()),
                    None => self.complain(&place, "a subscription id"),
                },
                (_, Json::List(items)) if kind.is_some() => {
                    for (at, item) in items.iter().enumerate() {
                        let place = format!("{place}[{at}]");
                        match item {
                            Json::Null => {}
                            Json::Object(fields) => {
                                let child = self.tree.append(node, kind.unwrap());
                                self.entity(child, fields, &place);
                            }
                            _ => self.complain(&place, "an entity"),
                        }
                    }
                }
                _ if kind.is_some() => self.complain(&place, "a list"),
                (_, Json::Object(inner)) => self.license(Some(node), name, inner, &place),
                _ if is_license => self.complain(&place, "a license object"),
                _ => {}
            }
        }
    }

    fn license(&mut self, node: Option<NodeId>, name: &str, fields: &[(String, Json)], path: &str) {
        let mut target = None;
        if matches!(name, "msTeamsUsers" | "sipTrunkChannels") {
            self.found = true;
            let meter = self.tree.meter(name).unwrap();
            let at = node.unwrap_or_else(|| self.root());
            if self.root == Some(at) && has_figures(&self.tree, at, meter) {
                self.complain(path, "a field sent once");
            }
            target = Some((at, meter));
        }
        for (at, (name, value)) in fields.iter().enumerate() {
            let measure = match name.as_str() {
                "assigned" => Measure::Assigned,
                "inUse" => Measure::InUse,
                "inUseMsUsers" => Measure::Users,
                "inUseMsResourceAccount" => Measure::ResourceAccounts,
                _ => {
                    self.once(fields, at, &format!("{path}.{name}"));
                    continue;
                }
            };
            let place = format!("{path}.{name}");
            self.once(fields, at, &place);
            let Some(figure) = count(value) else {
                self.complain(&place, "a count");
                continue;
            };
            if target.is_none() && figure.is_known() {
                self.found = true;
                let license = path.rsplit('.').next().unwrap();
                let meter = self.tree.meter(license).unwrap();
                let at = node.unwrap_or_else(|| self.root());
                if has_figures(&self.tree, at, meter) {
                    self.complain(&place, "a field sent once");
                }
                target = Some((at, meter));
            }
            if let Some((at, meter)) = target {
                self.tree.set_figure(at, meter, measure, figure);
            }
        }
    }
}

fn has_figures(tree: &Tree, node: NodeId, meter: Meter) -> bool {
    let reading = tree.reading(node, meter);
    [reading.assigned, reading.in_use, reading.users, reading.resource_accounts]
        .iter()
        .any(|figure| figure.is_known())
}

#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
fn count(value: &Json) -> Option<Figure> {
    match value {
        Json::Null => Some(Figure::UNKNOWN),
        Json::Whole(count) => (*count >= 0).then_some(Figure::known(*count)),
        Json::Number(float) if float.fract() == 0.0 && (0.0..9e15).contains(float) => {
            Some(Figure::known(*float as i64))
        }
        Json::Text(text) if text.trim().is_empty() => Some(Figure::UNKNOWN),
        Json::Text(text) => count(&serde_json::from_str::<Json>(text.trim()).ok()?),
        _ => None,
    }
    .filter(|_| !matches!(value, Json::Text(text) if text.contains(['{', '[', 'n', '"'])))
}
