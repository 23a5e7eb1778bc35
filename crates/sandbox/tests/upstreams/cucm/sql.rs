//! `executeSQLQuery`.

use std::collections::BTreeMap;

use super::{axl, list, rows, text};
use crate::harness::{Reply, Running, sandbox};

const TOTALS: &str = "SELECT name,value,UserValue,DeviceValue FROM TABLE (FUNCTION \
    LicenseTotals()) (pkid,name,value,UserValue,DeviceValue)";

fn query(running: &Running, schema: &str, statement: &str) -> Reply {
    let request = "<ns:executeSQLQuery><sql><![CDATA[STATEMENT]]></sql></ns:executeSQLQuery>";
    axl(running, schema, &request.replace("STATEMENT", statement))
}

/// The database's number of a refusal, which comes without words beside it.
fn refused(reply: &Reply) -> i32 {
    let (code, _) = super::fault(reply);
    assert!(!reply.body.contains("axlmessage"), "{}", reply.body);
    code
}

#[test]
fn totals_are_those_of_the_list_and_the_devices_and_their_names_are_filled_up() {
    let running = sandbox(&["--serve", "cucm", "--cucm-version", "10.0"]);
    let truth = &running.truth().cucm;
    let totals = rows(&query(&running, "10.0", TOTALS));
    assert_eq!(totals.len(), 6);
    for total in &totals {
        let columns: Vec<&str> = total.children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(columns, ["name", "value", "uservalue", "devicevalue"], "in lower case");
        let name = text(total, "name");
        assert_eq!(name.chars().count(), 17, "{name:?}");
        let license = name.trim_end().replace("EnhancedPlus", "Enhanced Plus");
        let number = |column| text(total, column).parse::<u32>().unwrap();
        assert_eq!(number("value"), truth.total[license.as_str()], "{license}");
        assert_eq!(number("uservalue"), truth.required[license.as_str()], "{license}");
        assert_eq!(number("devicevalue"), truth.unassigned[license.as_str()], "{license}");
    }
}

#[test]
fn totals_agree_with_the_list_of_the_same_cluster() {
    let running = sandbox(&["--serve", "cucm"]);
    let tags = "<licenseType/><licenseUsed/>";
    let mut listed: BTreeMap<String, u32> = BTreeMap::new();
    for user in rows(&axl(&running, "14.0", &list("<userId>%</userId>", tags, ""))) {
        let used: u32 = text(&user, "licenseUsed").parse().unwrap();
        *listed.entry(text(&user, "licenseType").replace(' ', "")).or_default() += used;
    }
    listed.remove("");
    let totals = rows(&query(&running, "14.0", TOTALS)).into_iter().map(|total| {
        let name = text(&total, "name").replace(' ', "");
        (name, text(&total, "uservalue").parse().unwrap())
    });
    assert_eq!(listed, totals.collect());
}

#[test]
fn facts_of_users_come_page_by_page_each_once() {
    let running = sandbox(&["--serve", "cucm", "--users", "300", "--cucm-version", "9.1"]);
    let page = |skip: usize| {
        let statement = format!(
            "SELECT SKIP {skip} FIRST 100 u.pkid,u.fkenduser,u.em,u.snr,u.tin,e.userid,\
             e.firstname,e.middlename,e.lastname FROM licensingresourceusage u \
             LEFT OUTER JOIN enduser e ON e.pkid=u.fkenduser ORDER BY u.pkid"
        );
        rows(&query(&running, "9.1", &statement))
    };
    let mut all = page(0);
    assert_eq!(all.len(), 100);
    all.extend(page(100));
    all.extend(page(200));
    let count = "SELECT COUNT(*) AS rows FROM LicensingResourceUsage";
    let count: usize = text(&rows(&query(&running, "9.1", count))[0], "rows").parse().unwrap();
    assert_eq!(all.len(), count);
    assert!(count > 250 && count < 300, "who uses nothing has no row: {count}");
    assert!(all.is_sorted_by(|one, next| text(one, "pkid") < text(next, "pkid")));
    let truth = &running.truth().cucm;
    let with = |column| all.iter().filter(|row| text(row, column) == "t").count();
    assert_eq!(with("snr"), truth.single_number_reach);
    assert_eq!(with("em"), truth.extension_mobility);
    let user = all.iter().find(|row| text(row, "userid") == "zed").unwrap();
    assert_eq!(text(user, "lastname"), "O'Connor");
    assert_eq!(text(user, "fkenduser").len(), 36);
}

#[test]
fn one_user_is_found_letter_by_letter_and_quotes_are_doubled() {
    let running = sandbox(&["--serve", "cucm"]);
    let find = |condition: &str| {
        let from = "select * from enduser where ";
        rows(&query(&running, "14.0", &format!("{from}{condition}")))
    };
    assert_eq!(text(&find("lastname = 'O''Connor'")[0], "userid"), "zed");
    assert!(find("lastname = 'o''connor'").is_empty());
    assert_eq!(find("userid like 'svc_fax'").len(), 2);
    let all = find("userid <> 'zed'").len();
    assert_eq!(all + 1, running.truth().cucm.users);
}

#[test]
fn mistakes_have_the_number_of_the_database() {
    let running = sandbox(&["--serve", "cucm"]);
    for (statement, code) in [
        ("SELEC name FROM enduser", -201),
        ("SELECT userid FROM enduser WHERE", -201),
        ("SELECT userid FROM enduser WHERE userid = 'open", -201),
        ("DELETE FROM enduser", -201),
        ("SELECT name FROM device", -206),
        ("SELECT email FROM enduser", -217),
        ("SELECT pkid FROM enduser e, licensingresourceusage u WHERE e.pkid=u.fkenduser", -324),
        ("SELECT a FROM TABLE (FUNCTION Nothing()) (a)", -674),
    ] {
        assert_eq!(refused(&query(&running, "14.0", statement)), code, "{statement}");
    }
}

#[test]
fn before_9_0_the_database_counts_no_licenses() {
    let running = sandbox(&["--serve", "cucm", "--cucm-version", "8.5"]);
    assert_eq!(refused(&query(&running, "8.5", TOTALS)), -674);
    let facts = "select * from licensingresourceusage";
    assert_eq!(refused(&query(&running, "8.5", facts)), -206);
}

#[test]
fn a_result_of_more_than_8_mb_is_refused_as_a_list_is() {
    let running = sandbox(&["--serve", "cucm", "--axl-reply-limit", "20000"]);
    let (code, text) = super::fault(&query(&running, "14.0", "select * from enduser"));
    assert_eq!(code, -1);
    assert!(text.starts_with("Query request too large. Total rows matched: 1200 rows."), "{text}");
}
