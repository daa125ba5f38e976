//! Values as they are written, in the file or the environment.

use sigillo_findings::Span;
use toml::Spanned;
use toml::de::{DeInteger, DeValue};

use super::error::{ConfigurationError, Fault, Place};
use super::keys::{Form, Key};

/// A value that somebody wrote, of the form that its key has.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) value: Value,
    pub(super) place: Place,
}

/// A value of one of the forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Switch(bool),
    /// An array of strings, each with where it stands.
    List(Vec<(String, Span)>),
}

impl Written {
    /// The default of a key.
    pub(super) fn default_of(key: &'static Key) -> Option<Result<Self, ConfigurationError>> {
        let value = DeValue::parse(key.default?).ok()?;
        Some(read(key, &value).map(|value| Self { value, place: Place::Default }))
    }

    /// The value of a key in the file.
    pub(super) fn from_file(
        key: &'static Key,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<Self, ConfigurationError> {
        read(key, value).map(|read| Self { value: read, place: Place::File(value.span().into()) })
    }

    /// The value of a key in the environment.
    pub(super) fn from_variable(key: &'static Key, text: &str) -> Result<Self, ConfigurationError> {
        let name = key.variable();
        let start = name.len() + 1;
        let place = Place::Variable {
            text: format!("{name}={text}"),
            name,
            span: Span::new(start, start + text.len()),
        };
        let wrong = |found| {
            Fault::WrongForm { key, found, mended: None }.at(place.clone(), Some(key.section))
        };
        let value = match key.form {
            Form::Text | Form::Duration => Value::Text(text.to_owned()),
            Form::List => Value::List(items(text, start)),
            Form::Number => Value::Number(text.parse().map_err(|_| wrong("config-found-text"))?),
            Form::Switch => Value::Switch(text.parse().map_err(|_| wrong("config-found-text"))?),
        };
        Ok(Self { value, place })
    }
}

/// The items of a list that is parted by commas, and where they stand.
fn items(text: &str, start: usize) -> Vec<(String, Span)> {
    let mut offset = start;
    let items = text.split(',').map(|item| {
        let at = offset + item.len() - item.trim_start().len();
        offset += item.len() + 1;
        let item = item.trim();
        (item.to_owned(), Span::new(at, at + item.len()))
    });
    items.collect()
}

/// A value of the file in the form of the key.
fn read(key: &'static Key, value: &Spanned<DeValue<'_>>) -> Result<Value, ConfigurationError> {
    let place = Place::File(value.span().into());
    let wrong = |mended| {
        Fault::WrongForm { key, found: found(value.get_ref()), mended }
            .at(place.clone(), Some(key.section))
    };
    match (key.form, value.get_ref()) {
        (Form::Text | Form::Duration, DeValue::String(text)) => Ok(Value::Text(text.to_string())),
        (Form::Switch, DeValue::Boolean(switch)) => Ok(Value::Switch(*switch)),
        (Form::Number | Form::Duration, DeValue::Integer(integer)) => {
            number(integer).map(Value::Number).ok_or_else(|| wrong(None))
        }
        (Form::List, DeValue::Array(array)) => {
            let item = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::String(text) => Ok((text.to_string(), item.span().into())),
                other => {
                    let fault = Fault::WrongForm { key, found: found(other), mended: None };
                    Err(fault.at(Place::File(item.span().into()), Some(key.section)))
                }
            };
            array.iter().map(item).collect::<Result<_, _>>().map(Value::List)
        }
        (Form::List, DeValue::String(text)) => {
            Err(wrong(Some(format!("[{}]", toml::Value::from(text.as_ref())))))
        }
        (Form::Text, DeValue::Integer(integer)) => Err(wrong(Some(format!("\"{integer}\"")))),
        (Form::Number, DeValue::String(text)) if text.parse::<i64>().is_ok() => {
            Err(wrong(Some(text.to_string())))
        }
        (Form::Switch, DeValue::String(text)) if text.parse::<bool>().is_ok() => {
            Err(wrong(Some(text.to_string())))
        }
        _ => Err(wrong(None)),
    }
}

fn number(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// The message that names what a value is.
fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "config-found-text",
        DeValue::Integer(_) => "config-found-number",
        DeValue::Float(_) => "config-found-fraction",
        DeValue::Boolean(_) => "config-found-switch",
        DeValue::Datetime(_) => "config-found-date",
        DeValue::Array(_) => "config-found-list",
        DeValue::Table(_) => "config-found-table",
    }
}

impl Value {
    /// The value as TOML.
    pub(crate) fn to_toml(&self) -> String {
        match self {
            Self::Text(text) => toml::Value::from(text.as_str()).to_string(),
            Self::Number(number) => number.to_string(),
            Self::Switch(switch) => switch.to_string(),
            Self::List(items) => {
                let items = items.iter().map(|(item, _)| toml::Value::from(item.as_str()));
                toml::Value::Array(items.collect()).to_string()
            }
        }
    }

    /// The value as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
            Self::Switch(switch) => (*switch).into(),
            Self::List(items) => items.iter().map(|(item, _)| item.as_str()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::keys::{KEYS, NETWORK_HTTPS_PORT, WEB_LISTEN};
    use super::*;

    #[test]
    fn every_default_has_the_form_of_its_key() {
        for key in KEYS.iter().filter(|key| key.default.is_some()) {
            let default = Written::default_of(key).unwrap().unwrap();
            assert_eq!(Some(default.value.to_toml().as_str()), key.default, "{key}");
        }
    }

    #[test]
    fn lists_in_the_environment_are_parted_by_commas() {
        let written = Written::from_variable(&WEB_LISTEN, "a, bc").unwrap();
        let Value::List(items) = written.value else { panic!("a list") };
        let text = "SIGILLO_WEB_LISTEN=a, bc";
        for (item, span) in items {
            assert_eq!(text.get(span.range()), Some(item.as_str()));
        }
    }

    #[test]
    fn numbers_are_whole() {
        for (text, is_number) in
            [("0x1bb", true), ("443", true), ("4e2", false), ("\"443\"", false)]
        {
            let value = DeValue::parse(text).unwrap();
            assert_eq!(read(&NETWORK_HTTPS_PORT, &value).is_ok(), is_number, "{text}");
        }
    }
}
