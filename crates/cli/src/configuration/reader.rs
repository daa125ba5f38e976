//! Reading keys into their types, one after the other, with every error kept.

use std::ops::RangeInclusive;
use std::time::Duration;

use sigillo_formats::{duration, misspelling};

use super::environment;
use super::error::{ConfigurationError, Expected, Fault, Place};
use super::file::FileContent;
use super::keys::Key;
use super::sources::Sources;
use super::values::{PATH, Reading, written_duration};
use super::written::{Value, Written};

/// What is known of all keys, and what turned out so far.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    content: FileContent,
    variables: Vec<(&'static Key, Written)>,
    pub(super) settings: Vec<Setting>,
    errors: Vec<ConfigurationError>,
}

/// The value that a key has in the end.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The key.
    pub(crate) key: &'static Key,
    /// The value, without passwords; none if it has none.
    pub(crate) value: Option<Value>,
    /// Where it comes from.
    pub(crate) place: Place,
}

/// A value can't be had; why is among the errors.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told;

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        let mut content = FileContent::read(sources.text());
        let (variables, mut errors) = environment::read(sources);
        errors.append(&mut content.errors);
        Self { sources, content, variables, settings: Vec::new(), errors }
    }

    /// Whether a section is there, in the file or by a variable.
    pub(super) fn has_section(&self, section: &str) -> bool {
        self.content.sections.contains(&section)
            || self.variables.iter().any(|(key, _)| key.section == section)
    }

    /// The errors, those of the file in its order before those of the environment; for some
    /// sections only, without those of the others.
    pub(super) fn into_errors(self, sections: Option<&[&str]>) -> Vec<ConfigurationError> {
        let mut errors = self.errors;
        if let Some(wanted) = sections {
            errors.retain(|error| error.section.is_none_or(|section| wanted.contains(&section)));
        }
        errors.sort_by_key(|error| match error.place {
            Place::File(span) => span.start(),
            _ => usize::MAX,
        });
        errors
    }

    /// Whether something is wrong so far.
    pub(super) const fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Where the value of a key was written.
    pub(super) fn place(&self, key: &'static Key) -> Place {
        self.written(key).map_or(Place::Default, |written| written.place)
    }

    /// Keeps what is wrong with a key.
    pub(super) fn fail(&mut self, key: &'static Key, fault: Fault, place: Place) -> Told {
        self.errors.push(fault.at(place, Some(key.section)));
        Told
    }

    /// What somebody wrote for a key: in the environment, or else in the file.
    pub(super) fn written(&self, key: &'static Key) -> Option<Written> {
        let of = |values: &[(&'static Key, Written)]| {
            values.iter().find(|(written, _)| *written == key).map(|(_, value)| value.clone())
        };
        of(&self.variables).or_else(|| of(&self.content.written))
    }

    /// What was written or is the default, kept as the setting.
    fn effective(&mut self, key: &'static Key) -> Result<Option<Written>, Told> {
        let written = match self.written(key).map(Ok).or_else(|| Written::default_of(key)) {
            None => None,
            Some(Ok(written)) => Some(written),
            Some(Err(error)) => {
                self.errors.push(error);
                return Err(Told);
            }
        };
        self.keep(key, written.as_ref());
        Ok(written)
    }

    /// Keeps the value that a key has in the end.
    pub(super) fn keep(&mut self, key: &'static Key, written: Option<&Written>) {
        self.settings.push(Setting {
            key,
            value: written.map(|written| written.value.clone()),
            place: written.map_or(Place::Default, |written| written.place.clone()),
        });
    }

    /// A text in its type; none if there is none.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static Key,
        reading: &Reading<T>,
    ) -> Result<Option<T>, Told> {
        match self.effective(key)? {
            Some(Written { value: Value::Text(text), place }) => {
                self.read_text(key, reading, &text, place).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// A text in its type, of a key that has a default.
    pub(super) fn value<T>(&mut self, key: &'static Key, reading: &Reading<T>) -> Result<T, Told> {
        self.optional(key, reading)?.ok_or(Told)
    }

    /// A list of texts in their type.
    pub(super) fn list<T>(
        &mut self,
        key: &'static Key,
        reading: &Reading<T>,
    ) -> Result<Vec<T>, Told> {
        let Some(Written { value: Value::List(items), place }) = self.effective(key)? else {
            return Ok(Vec::new());
        };
        let mut values = Vec::new();
        let mut is_complete = true;
        for (text, span) in &items {
            match self.read_text(key, reading, text, place.part(*span)) {
                Ok(value) => values.push(value),
                Err(Told) => is_complete = false,
            }
        }
        is_complete.then_some(values).ok_or(Told)
    }

    /// A list that has to have an item.
    pub(super) fn filled_list<T>(
        &mut self,
        key: &'static Key,
        reading: &Reading<T>,
    ) -> Result<Vec<T>, Told> {
        let values = self.list(key, reading)?;
        if values.is_empty() {
            let place = self.place(key);
            return Err(self.invalid(key, "[]", reading.expected, None, place));
        }
        Ok(values)
    }

    /// Reads the text of a value.
    pub(super) fn read_text<T>(
        &mut self,
        key: &'static Key,
        reading: &Reading<T>,
        text: &str,
        place: Place,
    ) -> Result<T, Told> {
        (reading.read)(text).ok_or_else(|| {
            let nearest = misspelling::nearest(text, reading.words);
            let expected = Expected { message: reading.expected, bounds: None };
            let value = text.to_owned();
            self.fail(key, Fault::InvalidValue { key, value, expected, nearest }, place)
        })
    }

    /// A whole number within bounds, of a key that has a default.
    pub(super) fn number<T: TryFrom<i64> + Copy + Into<i64>>(
        &mut self,
        key: &'static Key,
        bounds: RangeInclusive<T>,
    ) -> Result<T, Told> {
        let (least, most): (i64, i64) = ((*bounds.start()).into(), (*bounds.end()).into());
        let Some(Written { value: Value::Number(number), place }) = self.effective(key)? else {
            return Err(Told);
        };
        let within = (least..=most).contains(&number).then(|| T::try_from(number).ok()).flatten();
        within.ok_or_else(|| {
            let bounds = Some((least.to_string(), most.to_string()));
            self.invalid(key, &number.to_string(), "config-expected-number", bounds, place)
        })
    }

    /// A duration within bounds, of a key that has a default.
    pub(super) fn duration(
        &mut self,
        key: &'static Key,
        bounds: RangeInclusive<Duration>,
    ) -> Result<Duration, Told> {
        let Some(Written { value, place }) = self.effective(key)? else { return Err(Told) };
        let (text, seconds) = match value {
            Value::Number(number) => (number.to_string(), u64::try_from(number).ok()),
            Value::Text(text) => {
                let seconds = duration::seconds(&text);
                (text, seconds)
            }
            _ => return Err(Told),
        };
        let duration = seconds.map(Duration::from_secs).filter(|it| bounds.contains(it));
        duration.ok_or_else(|| {
            let bounds = (written_duration(*bounds.start()), written_duration(*bounds.end()));
            self.invalid(key, &text, "config-expected-duration", Some(bounds), place)
        })
    }

    /// `true` or `false`, of a key that has a default.
    pub(super) fn switch(&mut self, key: &'static Key) -> Result<bool, Told> {
        match self.effective(key)? {
            Some(Written { value: Value::Switch(switch), .. }) => Ok(switch),
            _ => Err(Told),
        }
    }

    /// What the file that a key names holds, as `understand` makes it out; none if no file is named.
    pub(super) fn file<T>(
        &mut self,
        key: &'static Key,
        limit: usize,
        understand: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<Option<T>, Told> {
        let Some(path) = self.optional(key, &PATH)? else { return Ok(None) };
        let place = self.place(key);
        let text = match (self.sources.read_file)(&path, limit) {
            Ok(text) => text,
            Err(error) => {
                let fault = Fault::UnreadableFile { path, error };
                return Err(self.fail(key, fault, place));
            }
        };
        let understood = understand(&text).map(Some);
        understood.map_err(|reason| self.fail(key, Fault::UnusableFile { path, reason }, place))
    }

    fn invalid(
        &mut self,
        key: &'static Key,
        value: &str,
        message: &'static str,
        bounds: Option<(String, String)>,
        place: Place,
    ) -> Told {
        let expected = Expected { message, bounds };
        let value = value.to_owned();
        self.fail(key, Fault::InvalidValue { key, value, expected, nearest: None }, place)
    }
}
