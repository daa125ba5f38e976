//! `[store]`: the database.

use std::io;

use sigillo_store::StoreUrl;

use super::error::{Expected, Fault, Place};
use super::folder::own_folder;
use super::keys::{Key, STORE_URL, STORE_URL_SECRET_FILE};
use super::reader::{Reader, Told};
use super::values::{self, PATH};
use super::written::{Value, Written};

/// The credential of the service manager that the URL can come from.
const CREDENTIAL: &str = "store.url";

/// How large a file with a secret may be, in bytes.
const SECRET_BYTES: usize = 64 * 1024;

/// The name of the database in the state folder of the service or the user's data folder.
const DATABASE: &str = "sigillo.sqlite";

/// Where everything is kept.
#[derive(Debug, Clone)]
pub(crate) struct StoreConfiguration {
    /// The database.
    pub(crate) url: StoreUrl,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<StoreConfiguration, Told> {
    read_url(reader).map(|url| StoreConfiguration { url })
}

/// The URL: from where it is given, or from the file that is named, or from a credential, or the
/// default.
fn read_url(reader: &mut Reader<'_>) -> Result<StoreUrl, Told> {
    let own = reader.written(&STORE_URL);
    let file = reader.written(&STORE_URL_SECRET_FILE);
    // What the environment says overrides both keys of the file.
    let is_variable = |written: &Option<Written>| {
        written.as_ref().is_some_and(|it| matches!(it.place, Place::Variable { .. }))
    };
    let (own, file) = match (is_variable(&own), is_variable(&file)) {
        (true, false) => (own, None),
        (false, true) => (None, file),
        _ => (own, file),
    };
    match (own, file) {
        (Some(_), Some(file)) => {
            let fault = Fault::Conflict { key: &STORE_URL_SECRET_FILE, other: &STORE_URL };
            Err(reader.fail(&STORE_URL_SECRET_FILE, fault, file.place))
        }
        (Some(own), None) => {
            let Value::Text(text) = &own.value else { return Err(Told) };
            let url = reader.read_text(&STORE_URL, &values::STORE_URL, text, own.place.clone())?;
            keep(reader, &url, own.place);
            reader.keep(&STORE_URL_SECRET_FILE, None);
            Ok(url)
        }
        (None, Some(file)) => {
            let Value::Text(path) = &file.value else { return Err(Told) };
            let path = reader.read_text(&STORE_URL_SECRET_FILE, &PATH, path, file.place.clone())?;
            let url = secret(reader, &STORE_URL_SECRET_FILE, path, &file.place)?;
            keep(reader, &url, file.place.clone());
            reader.keep(&STORE_URL_SECRET_FILE, Some(&file));
            Ok(url)
        }
        (None, None) => {
            let (url, place) = match from_credential(reader)? {
                Some(url) => (url, Place::Credential { name: CREDENTIAL }),
                None => (usual(reader)?, Place::Default),
            };
            keep(reader, &url, place);
            reader.keep(&STORE_URL_SECRET_FILE, None);
            Ok(url)
        }
    }
}

/// Keeps the URL as it may be shown.
fn keep(reader: &mut Reader<'_>, url: &StoreUrl, place: Place) {
    reader.keep(&STORE_URL, Some(&Written { value: Value::Text(url.to_string()), place }));
}

fn from_credential(reader: &mut Reader<'_>) -> Result<Option<StoreUrl>, Told> {
    let Some(folder) = reader.sources.system_variable("CREDENTIALS_DIRECTORY") else {
        return Ok(None);
    };
    let path = format!("{folder}/{CREDENTIAL}");
    match (reader.sources.read_file)(&path, SECRET_BYTES) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        _ => secret(reader, &STORE_URL, path, &Place::Credential { name: CREDENTIAL }).map(Some),
    }
}

/// The URL that a file holds, without the line end that editors put behind it.
fn secret(
    reader: &mut Reader<'_>,
    key: &'static Key,
    path: String,
    place: &Place,
) -> Result<StoreUrl, Told> {
    let text = (reader.sources.read_file)(&path, SECRET_BYTES)
        .map_err(|error| reader.fail(key, Fault::UnreadableFile { path, error }, place.clone()))?;
    let url = str::from_utf8(&text).ok().and_then(|text| StoreUrl::parse(text.trim()).ok());
    url.ok_or_else(|| {
        let expected = Expected { message: values::STORE_URL.expected, bounds: None };
        reader.fail(key, Fault::InvalidSecret { key: &STORE_URL, expected }, place.clone())
    })
}

/// A file in the folder of the program.
fn usual(reader: &mut Reader<'_>) -> Result<StoreUrl, Told> {
    let Some(folder) = own_folder(reader.sources) else {
        let fault = Fault::NoDataFolder { key: &STORE_URL };
        return Err(reader.fail(&STORE_URL, fault, Place::Default));
    };
    Ok(StoreUrl::sqlite(&folder.join(DATABASE)))
}
