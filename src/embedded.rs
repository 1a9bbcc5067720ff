//! One table of the rules that are compiled in.

use serde::de::DeserializeOwned;

/// The table `name` of the embedded rule file `text`. The files are constants and a test of each
/// room reads its own table, so a table that does not parse cannot leave the tests.
pub(crate) fn table<T: DeserializeOwned>(text: &str, name: &str) -> T {
    let parsed = text.parse::<toml::Table>().map(|mut tables| tables.remove(name));
    match parsed.map(|table| table.map(|t| t.try_into())) {
        Ok(Some(Ok(rules))) => rules,
        Ok(Some(Err(error))) => unreachable!("embedded rules, table {name}: {error}"),
        Ok(None) => unreachable!("embedded rules have no table {name}"),
        Err(error) => unreachable!("embedded rules: {error}"),
    }
}
