use std::fmt;
use std::str::FromStr;

/// Names a saved result in its address; whoever doesn't know it can't guess it.
///
/// As text it is 32 lower-case hexadecimal digits, and nothing else is read, so that each result
/// has one address.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResultId(u128);

/// A text is no [`ResultId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the id of a result has 32 hexadecimal digits in lower case")]
pub struct ResultIdError;

impl ResultId {
    /// The id made of a random number, which has to come from a generator for secrets.
    #[must_use]
    pub const fn from_random(number: u128) -> Self {
        Self(number)
    }

    /// Reads an id.
    ///
    /// ```
    /// # use sigillo_store::results::ResultId;
    /// let id = ResultId::parse("00112233445566778899aabbccddeeff")?;
    /// assert_eq!(id.to_string(), "00112233445566778899aabbccddeeff");
    /// assert!(ResultId::parse("00112233445566778899AABBCCDDEEFF").is_err());
    /// # Ok::<(), sigillo_store::results::ResultIdError>(())
    /// ```
    ///
    /// # Errors
    /// If the text is none.
    pub fn parse(text: &str) -> Result<Self, ResultIdError> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 32 || !text.bytes().all(is_digit) {
            return Err(ResultIdError);
        }
        u128::from_str_radix(text, 16).map(Self).map_err(|_| ResultIdError)
    }
}

impl FromStr for ResultId {
    type Err = ResultIdError;

    fn from_str(text: &str) -> Result<Self, ResultIdError> {
        Self::parse(text)
    }
}

impl fmt::Display for ResultId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for ResultId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ResultId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written_and_in_no_other_way() {
        for number in [0, 1, 0x0123_4567_89ab_cdef, u128::MAX] {
            let id = ResultId::from_random(number);
            assert_eq!(ResultId::parse(&id.to_string()), Ok(id));
        }
        let zeros = "0".repeat(31);
        for end in ["", "00", "g", "A", "-", " ", "è", "\0"] {
            assert_eq!(ResultId::parse(&format!("{zeros}{end}")), Err(ResultIdError), "{end:?}");
        }
        assert_eq!(ResultId::parse(&format!("+{zeros}")), Err(ResultIdError));
    }
}
