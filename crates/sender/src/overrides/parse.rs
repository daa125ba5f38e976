//! Reading the text of a file of overrides.

use std::collections::HashMap;

use sigillo_findings::{LineIndex, Span};
use sigillo_formats::policy::{Mode, Policy};
use sigillo_formats::{DomainName, MxPattern, misspelling};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{Form, OverridesError, OverridesFault, Table};
use super::{
    DaneUse, FORCED_MAX_AGE, MtaStsOverride, OVERRIDES_BYTES, OVERRIDES_COUNT, Override, Overrides,
};

const SKIP: &str = "skip";
const USES: [&str; 2] = ["use", SKIP];
const MODES: [&str; 3] = [Mode::ALL[0].name(), Mode::ALL[1].name(), Mode::ALL[2].name()];

pub(super) fn parse(text: &[u8]) -> Result<Overrides, Vec<OverridesError>> {
    let lines = LineIndex::new(text);
    let mut reader = Reader { lines: &lines, faults: Vec::new(), seen: HashMap::new() };
    let overrides = reader.file(text);
    let Reader { mut faults, .. } = reader;
    if faults.is_empty() {
        return Ok(overrides);
    }
    faults.sort_by_key(|(_, span)| span.start());
    let error = |(fault, span): (OverridesFault, Span)| {
        let line = lines.position(span.start()).line;
        OverridesError { fault, span, line }
    };
    Err(faults.into_iter().map(error).collect())
}

/// A value can't be had; why is among the faults.
#[derive(Debug, Clone, Copy)]
struct Told;

/// A value and where it stands.
type Placed<T> = (T, Span);

/// Which domains an override is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Scope {
    Domain(DomainName),
    Suffix(DomainName),
}

struct Reader<'a> {
    lines: &'a LineIndex<'a>,
    faults: Vec<Placed<OverridesFault>>,
    /// What has an override, and in which line.
    seen: HashMap<Scope, usize>,
}

impl Reader<'_> {
    fn fail(&mut self, fault: OverridesFault, span: Span) -> Told {
        self.faults.push((fault, span));
        Told
    }

    fn file(&mut self, text: &[u8]) -> Overrides {
        let mut overrides = Overrides::default();
        if text.len() > OVERRIDES_BYTES {
            let fault = OverridesFault::TooLong { limit: OVERRIDES_BYTES };
            self.fail(fault, Span::at(OVERRIDES_BYTES));
            return overrides;
        }
        let text = match str::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                let start = error.valid_up_to();
                let end = error.error_len().map_or(text.len(), |length| start + length);
                self.fail(OverridesFault::NotUtf8, Span::new(start, end));
                return overrides;
            }
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        // What follows from a mistake in the syntax is not worth telling.
        if !errors.is_empty() {
            for error in errors {
                let span = error.span().map_or_else(|| Span::at(0), Span::from);
                self.fail(OverridesFault::Syntax { reason: error.message().to_owned() }, span);
            }
            return overrides;
        }
        let table = table.get_ref();
        self.keys(Table::File, table);
        let Some(value) = table.get("override") else { return overrides };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong_form("override", Form::Overrides, value.span().into());
            return overrides;
        };
        for item in array.iter().take(OVERRIDES_COUNT) {
            match self.entry(item) {
                Ok((Scope::Domain(name), found)) => {
                    overrides.domains.insert(name.as_str().into(), found);
                }
                Ok((Scope::Suffix(name), found)) => {
                    overrides.suffixes.insert(name.as_str().into(), found);
                }
                Err(Told) => {}
            }
        }
        if let Some(item) = array.get(OVERRIDES_COUNT) {
            let fault = OverridesFault::TooMany { limit: OVERRIDES_COUNT };
            self.fail(fault, item.span().into());
        }
        overrides
    }

    /// Tells the keys that a table doesn't have.
    fn keys(&mut self, table: Table, content: &DeTable<'_>) {
        for name in content.keys() {
            let text: &str = name.get_ref();
            if !table.keys().contains(&text) {
                let nearest = misspelling::nearest(text, table.keys());
                let fault = OverridesFault::UnknownKey { table, name: text.to_owned(), nearest };
                self.fail(fault, name.span().into());
            }
        }
    }

    fn entry(&mut self, item: &Spanned<DeValue<'_>>) -> Result<(Scope, Override), Told> {
        let DeValue::Table(table) = item.get_ref() else {
            return Err(self.wrong_form("override", Form::Overrides, item.span().into()));
        };
        self.keys(Table::Override, table);
        let scope = self.scope(table, item.span().into());
        let mta_sts = self.mta_sts(table);
        let dane = self.word(table, "dane", &USES).map(|word| match word {
            Some((SKIP, _)) => DaneUse::Skip,
            _ => DaneUse::Use,
        });
        Ok((scope?, Override { mta_sts: mta_sts?, dane: dane? }))
    }

    fn scope(&mut self, table: &DeTable<'_>, span: Span) -> Result<Scope, Told> {
        let domain = self.text(table, "domain");
        let suffix = self.text(table, "suffix");
        let (key, scope, span) = match (domain?, suffix?) {
            (None, None) => return Err(self.fail(OverridesFault::NoDomain, span)),
            (Some(_), Some((_, span))) => return Err(self.conflict("suffix", "domain", span)),
            (Some((text, span)), None) => {
                ("domain", Scope::Domain(self.domain(text, text, span)?), span)
            }
            (None, Some((text, span))) => {
                let name = text.strip_prefix('.').unwrap_or(text);
                ("suffix", Scope::Suffix(self.domain(text, name, span)?), span)
            }
        };
        let line = self.lines.position(span.start()).line;
        if let Some(line) = self.seen.get(&scope).copied() {
            let (Scope::Domain(name) | Scope::Suffix(name)) = scope;
            return Err(self.fail(OverridesFault::SameDomain { key, name, line }, span));
        }
        self.seen.insert(scope.clone(), line);
        Ok(scope)
    }

    fn domain(&mut self, value: &str, name: &str, span: Span) -> Result<DomainName, Told> {
        DomainName::parse(name).map_err(|error| {
            self.fail(OverridesFault::InvalidDomain { value: value.to_owned(), error }, span)
        })
    }

    fn mta_sts(&mut self, table: &DeTable<'_>) -> Result<MtaStsOverride, Told> {
        let word = self.word(table, "mta_sts", &USES);
        let policy = self.policy(table);
        let pin = self.switch(table, "pin");
        let pin = pin?.filter(|(is_pinned, _)| *is_pinned);
        match (word?, policy?, pin) {
            (Some((_, span)), Some(_), _) => Err(self.conflict("mta_sts", "policy", span)),
            (None, Some(_), Some((_, span))) => Err(self.conflict("pin", "policy", span)),
            (Some((SKIP, _)), None, Some((_, span))) => {
                Err(self.conflict("pin", "mta_sts = \"skip\"", span))
            }
            (Some((SKIP, _)), None, None) => Ok(MtaStsOverride::Skip),
            (None, Some(policy), None) => Ok(MtaStsOverride::Forced(policy)),
            (_, None, Some(_)) => Ok(MtaStsOverride::Pinned),
            (_, None, None) => Ok(MtaStsOverride::Published),
        }
    }

    fn policy(&mut self, table: &DeTable<'_>) -> Result<Option<Policy>, Told> {
        let Some(value) = table.get("policy") else { return Ok(None) };
        let span = value.span().into();
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.wrong_form("policy", Form::Policy, span));
        };
        self.keys(Table::Policy, table);
        let word = self.word(table, "mode", &MODES);
        let mx = self.mx(table);
        let Some((word, _)) = word? else {
            return Err(self.fail(OverridesFault::NoMode, span));
        };
        // The words are the names of the modes.
        let mode: Mode = word.parse().map_err(|_| Told)?;
        let policy = Policy::new(mode, FORCED_MAX_AGE, mx?);
        policy.map(Some).map_err(|_| self.fail(OverridesFault::NoMx { mode }, span))
    }

    fn mx(&mut self, table: &DeTable<'_>) -> Result<Vec<MxPattern>, Told> {
        let Some(value) = table.get("mx") else { return Ok(Vec::new()) };
        let DeValue::Array(array) = value.get_ref() else {
            return Err(self.wrong_form("mx", Form::List, value.span().into()));
        };
        let mut patterns = Ok(Vec::new());
        for item in array {
            let span = item.span().into();
            let pattern = match item.get_ref() {
                DeValue::String(text) => MxPattern::parse(text).map_err(|error| {
                    let value = text.to_string();
                    self.fail(OverridesFault::InvalidPattern { value, error }, span)
                }),
                _ => Err(self.wrong_form("mx", Form::List, span)),
            };
            match (&mut patterns, pattern) {
                (Ok(patterns), Ok(pattern)) => patterns.push(pattern),
                _ => patterns = Err(Told),
            }
        }
        patterns
    }

    /// A text that is one of these words.
    fn word(
        &mut self,
        table: &DeTable<'_>,
        key: &'static str,
        words: &'static [&'static str],
    ) -> Result<Option<Placed<&'static str>>, Told> {
        let Some((text, span)) = self.text(table, key)? else { return Ok(None) };
        if let Some(word) = words.iter().copied().find(|word| *word == text) {
            return Ok(Some((word, span)));
        }
        let nearest = misspelling::nearest(text, words);
        let fault = OverridesFault::InvalidWord { key, value: text.to_owned(), words, nearest };
        Err(self.fail(fault, span))
    }

    fn text<'t>(
        &mut self,
        table: &'t DeTable<'_>,
        key: &'static str,
    ) -> Result<Option<Placed<&'t str>>, Told> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let span = value.span().into();
        match value.get_ref() {
            DeValue::String(text) => Ok(Some((text, span))),
            _ => Err(self.wrong_form(key, Form::Text, span)),
        }
    }

    fn switch(
        &mut self,
        table: &DeTable<'_>,
        key: &'static str,
    ) -> Result<Option<Placed<bool>>, Told> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let span = value.span().into();
        match value.get_ref() {
            DeValue::Boolean(switch) => Ok(Some((*switch, span))),
            _ => Err(self.wrong_form(key, Form::Switch, span)),
        }
    }

    fn wrong_form(&mut self, key: &'static str, form: Form, span: Span) -> Told {
        self.fail(OverridesFault::WrongForm { key, form }, span)
    }

    fn conflict(&mut self, key: &'static str, other: &'static str, span: Span) -> Told {
        self.fail(OverridesFault::Conflict { key, other }, span)
    }
}
