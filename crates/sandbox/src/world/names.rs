//! Invented names: realistic, varied, and some that a careless page would trip over.

use std::collections::HashMap;

use super::random::Random;

const FAMILIES: [&str; 48] = [
    "Aerts",
    "Åkerlund",
    "Bauer",
    "Béranger",
    "Blomqvist",
    "Brüggemann",
    "Castellano",
    "Claes",
    "Delacroix",
    "De Smet",
    "Dubois",
    "Eriksen",
    "Fontaine",
    "Gärtner",
    "González",
    "Haverkamp",
    "Hendriks",
    "Ibáñez",
    "Jørgensen",
    "Kowalczyk",
    "Kröger",
    "Lambert",
    "Lefèvre",
    "Lindqvist",
    "Maes",
    "Marchetti",
    "Müller",
    "Novák",
    "O'Sullivan",
    "Öztürk",
    "Pauwels",
    "Pettersson",
    "Quintero",
    "Rossi",
    "Schäfer",
    "Sørensen",
    "Szabó",
    "Tanaka",
    "Thornton",
    "Ueda",
    "Van Acker",
    "Van den Berg",
    "Verhoeven",
    "Weiß",
    "Whitfield",
    "Yıldız",
    "Zając",
    "Zwaan",
];
const TRADES: [&str; 36] = [
    "Accountants",
    "Agrar",
    "Apotheken",
    "Architecten",
    "Automotive",
    "Bakkerijen",
    "Bau",
    "Brouwerij",
    "Chemicals",
    "Dental",
    "Energie",
    "Engineering",
    "Foods",
    "Freight",
    "Gartenbau",
    "Hotels",
    "Immobilien",
    "Insurance",
    "Kliniken",
    "Logistik",
    "Machines",
    "Medical",
    "Notaires",
    "Optics",
    "Pharma",
    "Plastics",
    "Printing",
    "Publishing",
    "Retail",
    "Schools",
    "Shipping",
    "Steel",
    "Textiles",
    "Transport",
    "Verpackungen",
    "Vineyards",
];
const FORMS: [&str; 10] =
    ["AB", "AG", "B.V.", "GmbH", "Ltd", "NV", "S.A.", "SARL", "& Sons", "& Partner KG"];
const CITIES: [&str; 24] = [
    "Aarhus",
    "Antwerp",
    "Basel",
    "Bergen",
    "Bruges",
    "Cork",
    "Dresden",
    "Eindhoven",
    "Gdańsk",
    "Ghent",
    "Graz",
    "Győr",
    "Köln",
    "Lausanne",
    "Leuven",
    "Liège",
    "Luzern",
    "Malmö",
    "Münster",
    "Nürnberg",
    "Porto",
    "Rouen",
    "Turin",
    "Zürich",
];
const CHANNELS: [&str; 10] = [
    "Telecom",
    "IT Services",
    "Cloud Voice",
    "Networks",
    "Systems",
    "Connect",
    "UC Partners",
    "Communications",
    "Managed Services",
    "Digital",
];
const REGIONS: [&str; 12] = [
    "Alpine",
    "Atlantic",
    "Baltic",
    "Benelux",
    "Danube",
    "Iberian",
    "Nordic",
    "North Sea",
    "Rhine",
    "Scandic",
    "Tyrrhenian",
    "Western",
];
const GROUPS: [&str; 6] = [
    "Meridian Voice Group",
    "Northgate Communications",
    "Halden & Frost Telecom",
    "Vela Networks",
    "Lumière Cloud Voice",
    "Kestrel Carrier Services",
];
const PRODUCTS: [&str; 10] = [
    "Operator Connect",
    "Direct Routing",
    "Teams Calling",
    "SIP Trunk",
    "Contact Center",
    "Reception Desk",
    "Warehouse Phones",
    "Teams Phone Mobile",
    "Fax & Analog",
    "Test",
];
const FIRST_NAMES: [&str; 40] = [
    "Amélie",
    "Anders",
    "Anne",
    "Arthur",
    "Beatriz",
    "Björn",
    "Carla",
    "Chloé",
    "Daan",
    "Dilek",
    "Elena",
    "Emil",
    "Femke",
    "François",
    "Giulia",
    "Hannah",
    "Ingrid",
    "Jan",
    "Jörg",
    "Kaito",
    "Katarzyna",
    "Lars",
    "Léa",
    "Lieke",
    "Lukas",
    "Maja",
    "Marc",
    "Niamh",
    "Noor",
    "Olivia",
    "Paweł",
    "Pieter",
    "Renée",
    "Sanne",
    "Søren",
    "Tess",
    "Tomás",
    "Ulrike",
    "Wout",
    "Zoë",
];

/// Names of tenants that test the reader: markup, a formula, quotes, another script, length.
pub const AWKWARD: [&str; 7] = [
    "<img src=x onerror=alert(document.title)>",
    "=HYPERLINK(\"https://example.invalid\",\"Invoice\")",
    "Smith & \"Sons\" </script> Ltd",
    "شركة النور للاتصالات",
    "東京ボイスサービス株式会社",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG, Zweigniederlassung Österreich",
    "-2+3 'n' Signs",
];

/// Hands out names, the same one never twice, except for subscriptions.
pub struct Names {
    /// How often each was asked for.
    used: HashMap<String, u32>,
}

impl Names {
    pub fn new() -> Self {
        Self { used: HashMap::new() }
    }

    pub fn group(&mut self, random: &mut Random) -> String {
        self.unique(random.pick(&GROUPS), random)
    }

    pub fn distributor(&mut self, random: &mut Random) -> String {
        let region = random.pick(&REGIONS);
        self.unique(&format!("{region} Voice Distribution"), random)
    }

    pub fn reseller(&mut self, random: &mut Random) -> String {
        let channel = random.pick(&CHANNELS);
        let name = if random.chance(50) {
            format!("{} {channel}", random.pick(&FAMILIES))
        } else {
            format!("{} {channel}", random.pick(&CITIES))
        };
        self.unique(&name, random)
    }

    /// A company, as tenants and services are.
    pub fn company(&mut self, random: &mut Random) -> String {
        let (family, form) = (random.pick(&FAMILIES), random.pick(&FORMS));
        let name = if random.chance(12) {
            format!("{family} & {} {form}", random.pick(&FAMILIES))
        } else {
            format!("{family} {} {form}", random.pick(&TRADES))
        };
        self.unique(&name, random)
    }

    pub fn subscription(random: &mut Random) -> String {
        let product = random.pick(&PRODUCTS);
        if random.chance(70) {
            format!("{product} {}", random.pick(&CITIES))
        } else {
            product.to_owned()
        }
    }

    /// First name and last name.
    pub fn person(random: &mut Random) -> (&'static str, &'static str) {
        (random.pick(&FIRST_NAMES), random.pick(&FAMILIES))
    }

    fn unique(&mut self, name: &str, random: &mut Random) -> String {
        // Asking again would search through all numbers given so far: a large world has
        // thousands of namesakes. No invented name ends in a number, so none is met twice.
        if self.count(name) == 1 {
            return name.to_owned();
        }
        let branch = format!("{name}, {}", random.pick(&CITIES));
        match self.count(&branch) {
            1 => branch,
            number => format!("{branch} {number}"),
        }
    }

    fn count(&mut self, name: &str) -> u32 {
        let count = self.used.entry(name.to_owned()).or_default();
        *count += 1;
        *count
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

/// Only ASCII letters, in lower case: how administrators make user ids and short names.
pub fn plain(name: &str) -> String {
    let letters = name.chars().flat_map(char::to_lowercase);
    letters
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'á' | 'à' | 'â' | 'ä' | 'å' | 'ą' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'í' | 'î' | 'ï' | 'ı' => Some('i'),
            'ñ' | 'ń' => Some('n'),
            'ó' | 'ö' | 'ő' | 'ø' => Some('o'),
            'ü' | 'ú' | 'ű' => Some('u'),
            'ç' => Some('c'),
            'ł' => Some('l'),
            'ß' => Some('s'),
            _ => None,
        })
        .collect()
}
