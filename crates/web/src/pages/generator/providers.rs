use sigillo_generate::provider::Preset;
use sigillo_language::Language;

use crate::pages::form::{Choice, FieldFault, Filled};

/// A provider that was chosen.
pub(super) struct Chosen {
    /// Which of the field's values it is, from 0.
    pub(super) index: usize,
    pub(super) value: String,
    pub(super) faults: Vec<FieldFault>,
    /// Its name for people; what was given, if there is no such provider.
    pub(super) name: String,
    pub(super) known: Option<Known>,
}

/// What is known about a provider.
pub(super) struct Known {
    pub(super) evidence: &'static str,
    pub(super) source: &'static str,
    pub(super) note: Option<&'static str>,
}

/// The providers that were chosen.
pub(super) fn chosen(filled: &Filled, language: Language) -> Vec<Chosen> {
    let known = |preset: Preset| {
        let provider = preset.provider();
        Known {
            evidence: provider.evidence().label(language),
            source: provider.source(language),
            note: provider.note(language),
        }
    };
    let rows = filled.rows("provider", 0).into_iter();
    rows.map(|row| {
        let preset = Preset::find(row.value).ok();
        Chosen {
            index: row.index,
            value: row.value.to_owned(),
            faults: row.faults.into_iter().cloned().collect(),
            name: preset.map_or_else(|| row.value.chars().take(64).collect(), name),
            known: preset.map(known),
        }
    })
    .collect()
}

/// All that can be chosen: each provider, and behind it its regions, countries or data centres.
pub(super) fn offered() -> Vec<Choice> {
    Preset::all().map(|preset| Choice { value: preset.name(), name: name(preset) }).collect()
}

/// The name of a preset for people, such as `Zoho (eu)`.
fn name(preset: Preset) -> String {
    let (id, preset_name) = (preset.provider().id(), preset.name());
    let variant = preset_name.strip_prefix(id).and_then(|rest| rest.strip_prefix('-'));
    match variant {
        Some(variant) => format!("{} ({variant})", preset.provider().name()),
        None => preset.provider().name().to_owned(),
    }
}
