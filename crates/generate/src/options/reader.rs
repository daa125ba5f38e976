//! Reading options one after the other, past those that are wrong.

use sigillo_formats::DomainName;

use super::{Fault, OptionError, OptionErrors, OptionName, VALUES_PER_OPTION, values};

/// Reads options and keeps what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct Reader {
    errors: Vec<OptionError>,
}

impl Reader {
    /// Keeps what is wrong with an option as a whole.
    pub(super) fn refuse(&mut self, option: OptionName, fault: Fault) {
        self.errors.push(OptionError::new(option, fault));
    }

    /// The value of an option; none also if it is wrong.
    pub(super) fn one<T>(
        &mut self,
        option: OptionName,
        text: Option<&str>,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<T> {
        let read = read(text?);
        read.map_err(|fault| self.refuse(option, fault)).ok()
    }

    /// The values of an option, without those that are wrong; none of too many.
    pub(super) fn each<T>(
        &mut self,
        option: OptionName,
        texts: &[String],
        mut read: impl FnMut(&str) -> Result<T, Fault>,
    ) -> Vec<T> {
        if texts.len() > VALUES_PER_OPTION {
            self.refuse(option, Fault::TooMany);
            return Vec::new();
        }
        let mut values = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            match read(text) {
                Ok(value) => values.push(value),
                Err(fault) => self.errors.push(OptionError::at(option, index, fault)),
            }
        }
        values
    }

    /// The zone that is named, if it holds the domain.
    pub(super) fn zone(
        &mut self,
        domain: Option<&DomainName>,
        text: Option<&str>,
    ) -> Option<DomainName> {
        self.one(OptionName::Zone, text, |text| {
            let zone = values::domain(text)?;
            match domain {
                Some(domain) if !domain.is_within(&zone) => {
                    Err(Fault::ZoneElsewhere { domain: domain.clone(), zone })
                }
                _ => Ok(zone),
            }
        })
    }

    /// Whether nothing is wrong with these options.
    pub(super) fn accepts(&self, options: &[OptionName]) -> bool {
        !self.errors.iter().any(|error| options.contains(&error.option()))
    }

    /// The domain, which was read before all others, if nothing is wrong with anything.
    pub(super) fn finish(
        self,
        domain: Result<DomainName, OptionError>,
    ) -> Result<DomainName, OptionErrors> {
        let mut errors = self.errors.into_iter();
        match domain {
            Err(first) => Err(OptionErrors::new(first, errors.collect())),
            Ok(domain) => match errors.next() {
                Some(first) => Err(OptionErrors::new(first, errors.collect())),
                None => Ok(domain),
            },
        }
    }
}
