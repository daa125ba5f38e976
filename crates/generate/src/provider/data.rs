use std::collections::HashSet;

use serde::Deserialize;

use super::form::Form;
use super::template::Template;
use super::{Evidence, Provider, Text};

/// Reads the data file. What its fields mean is said at its top.
pub(super) fn read(text: &str) -> Result<Vec<Provider>, DataError> {
    let file: File = toml::from_str(text).map_err(DataError::Syntax)?;
    let providers: Vec<Provider> =
        file.provider.into_iter().map(Provider::try_from).collect::<Result<_, _>>()?;
    let mut names = HashSet::new();
    let all = providers.iter().flat_map(|it| std::iter::once(&it.id).chain(&it.aliases));
    for name in all {
        if !names.insert(name) {
            return Err(DataError::NameTwice(name.clone()));
        }
    }
    Ok(providers)
}

/// What is wrong with the data file.
#[derive(Debug, PartialEq)]
pub(super) enum DataError {
    /// A gap of a pattern, or the one of the variants, that some recognizer of the form has not.
    GapUnknown(String),
    /// A name of two providers.
    NameTwice(String),
    /// No note where the evidence is weak.
    NoteMissing(String),
    /// Not TOML, or other fields than there are.
    Syntax(toml::de::Error),
    /// Not a template, or one that leaves the choice of a domain to strangers.
    Template(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    provider: Vec<ProviderData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProviderData {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    name: String,
    evidence: Evidence,
    source: Text,
    note: Option<Text>,
    form: Vec<FormData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormData {
    recognize: Vec<String>,
    patterns: Option<Vec<String>>,
    #[serde(default)]
    only_live: bool,
    variants: Option<VariantsData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantsData {
    capture: String,
    values: Vec<String>,
    #[serde(default)]
    others: bool,
}

impl TryFrom<ProviderData> for Provider {
    type Error = DataError;

    fn try_from(data: ProviderData) -> Result<Self, DataError> {
        if data.evidence == Evidence::Weak && data.note.is_none() {
            return Err(DataError::NoteMissing(data.id));
        }
        let mut forms = Vec::new();
        let mut from_live_mx = Vec::new();
        for form in &data.form {
            let texts = form.pattern_texts();
            if form.only_live || texts.iter().any(|text| text.contains('{')) {
                from_live_mx.extend_from_slice(texts);
            }
            forms.extend(form.forms()?);
        }
        Ok(Self {
            id: data.id,
            aliases: data.aliases,
            name: data.name,
            evidence: data.evidence,
            source: data.source,
            note: data.note,
            forms,
            from_live_mx,
        })
    }
}

impl FormData {
    fn pattern_texts(&self) -> &[String] {
        self.patterns.as_ref().unwrap_or(&self.recognize)
    }

    /// A form for each variant, and one for all others where there may be some.
    fn forms(&self) -> Result<Vec<Form>, DataError> {
        let Some(variants) = &self.variants else {
            return Ok(vec![self.form(str::to_owned, None)?]);
        };
        let gap = format!("{{{}}}", variants.capture);
        if !self.recognize.iter().all(|text| text.contains(&gap)) {
            return Err(DataError::GapUnknown(gap));
        }
        let mut forms = Vec::new();
        for value in &variants.values {
            forms.push(self.form(|text| text.replace(&gap, value), Some(value.clone()))?);
        }
        if variants.others {
            forms.push(self.form(str::to_owned, None)?);
        }
        Ok(forms)
    }

    /// The form that results when each text is changed.
    fn form(
        &self,
        change: impl Fn(&str) -> String,
        variant: Option<String>,
    ) -> Result<Form, DataError> {
        let templates = |texts: &[String]| -> Result<Vec<Template>, DataError> {
            texts.iter().map(|text| Template::parse(&change(text))).collect()
        };
        let form = Form {
            recognizers: templates(&self.recognize)?,
            patterns: templates(self.pattern_texts())?,
            only_live: self.only_live,
            variant,
        };
        if form.recognizers.iter().any(Template::is_wildcard) {
            return Err(DataError::Template(self.recognize.join(", ")));
        }
        for gap in form.patterns.iter().flat_map(Template::gaps) {
            let fills = |template: &Template| template.gaps().any(|name| name == gap);
            if !form.recognizers.iter().all(fills) {
                return Err(DataError::GapUnknown(gap.to_owned()));
            }
        }
        Ok(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(provider: &str, form: &str) -> DataError {
        let text = format!(
            "[[provider]]\nid = \"a\"\nname = \"A\"\nsource = {{ en = \"s\", it = \"f\" }}\n\
             {provider}\n[[provider.form]]\n{form}"
        );
        read(&text).unwrap_err()
    }

    #[test]
    fn the_embedded_file_is_good() {
        assert!(Provider::all().len() >= 27);
    }

    #[test]
    fn faults_of_the_file_are_named() {
        let observed = "evidence = \"observed\"";
        let good = "recognize = [\"mx.example.com\"]";
        assert_eq!(error("evidence = \"weak\"", good), DataError::NoteMissing("a".to_owned()));
        assert_eq!(
            error("evidence = \"observed\"\naliases = [\"a\"]", good),
            DataError::NameTwice("a".to_owned())
        );
        assert_eq!(
            error(observed, "recognize = [\"*.example.com\"]"),
            DataError::Template("*.example.com".to_owned())
        );
        assert_eq!(
            error(observed, "recognize = [\"mx.example.com\"]\npatterns = [\"{b}.example.com\"]"),
            DataError::GapUnknown("b".to_owned())
        );
        assert_eq!(
            error(
                observed,
                "recognize = [\"mx.example.com\"]\nvariants = { capture = \"b\", values = [\"c\"] }"
            ),
            DataError::GapUnknown("{b}".to_owned())
        );
        assert!(matches!(error(observed, "recognise = []"), DataError::Syntax(_)));
    }

    #[test]
    fn other_values_of_a_variant_that_is_a_domain_ending_are_refused() {
        let form = "recognize = [\"mx.example.{c}\"]\n\
                    variants = { capture = \"c\", values = [\"com\"], others = true }";
        assert_eq!(
            error("evidence = \"observed\"", form),
            DataError::Template("mx.example.{c}".to_owned())
        );
    }
}
