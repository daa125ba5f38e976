use sigillo_generate::options::{OptionErrors, VALUES_PER_OPTION};
use sigillo_language::Language;

use super::{FieldFault, Fields};

/// A form as it was filled in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pub(crate) fields: Fields,
    pub(crate) faults: Vec<FieldFault>,
}

/// A row of a field that has several values.
pub(crate) struct FilledRow<'a> {
    /// From 0.
    pub(crate) index: usize,
    /// From 1.
    pub(crate) number: usize,
    /// Empty for a row to fill in.
    pub(crate) value: &'a str,
    /// What is wrong with it.
    pub(crate) faults: Vec<&'a FieldFault>,
}

/// One of the values that a field may have.
pub(crate) struct Choice {
    /// The value.
    pub(crate) value: String,
    /// What it is called.
    pub(crate) name: String,
}

impl Filled {
    /// What was filled in, and what is wrong with it; nothing is wrong with a form that nobody has filled in.
    pub(crate) fn new(fields: Fields, errors: Option<&OptionErrors>, language: Language) -> Self {
        let errors = errors.filter(|_| !fields.is_blank());
        let faults = errors
            .into_iter()
            .flat_map(OptionErrors::iter)
            .map(|error| FieldFault::of(error, language))
            .collect();
        Self { fields, faults }
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.fields.one(name).unwrap_or_default()
    }

    /// Whether a field has this value.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Whether this is among a field's values, of which each may be several with colons between.
    pub(crate) fn is_among(&self, name: &str, value: &str) -> bool {
        self.fields.of(name).flat_map(|all| all.split(':')).any(|one| one == value)
    }

    /// Whether a box is ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.fields.is_ticked(name)
    }

    /// Whether any of these fields has something in it, or something is wrong with it.
    pub(crate) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            self.fields.one(name).is_some() || self.faults.iter().any(|fault| fault.field == *name)
        })
    }

    /// What is wrong with a field as a whole.
    pub(crate) fn faults_of(&self, name: &str) -> Vec<&FieldFault> {
        let of_field = |fault: &&FieldFault| fault.field == name && fault.index.is_none();
        self.faults.iter().filter(of_field).collect()
    }

    /// The rows of a field, and behind them so many to fill in.
    pub(crate) fn rows(&self, name: &str, spare: usize) -> Vec<FilledRow<'_>> {
        let values = self.fields.of(name).take(VALUES_PER_OPTION);
        let spare = std::iter::repeat_n("", spare);
        let row = |(index, value)| FilledRow {
            index,
            number: index + 1,
            value,
            faults: self
                .faults
                .iter()
                .filter(|fault| fault.field == name && fault.index == Some(index))
                .collect(),
        };
        values.chain(spare).enumerate().map(row).collect()
    }
}
