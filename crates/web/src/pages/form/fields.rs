use sigillo_generate::options::VALUES_PER_OPTION;

/// How many values of a field are read: one more than an option may have, so that whoever reads them sees that
/// there are too many.
const VALUES: usize = VALUES_PER_OPTION + 1;

/// The fields of a query that a form knows, in their order. What was left blank is not there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields(Vec<(&'static str, String)>);

impl Fields {
    /// Reads the fields of these names; all others count for nothing.
    pub(crate) fn read(query: Option<&str>, names: &[&'static str]) -> Self {
        let mut fields: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let Some(name) = names.iter().find(|known| **known == name) else { continue };
            let value = value.trim();
            let count = fields.iter().filter(|(other, _)| other == name).count();
            if !value.is_empty() && count < VALUES {
                fields.push((name, value.to_owned()));
            }
        }
        Self(fields)
    }

    /// Whether nothing was filled in.
    pub(crate) fn is_blank(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a field; of several the last, which a button adds behind what stands in its field.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.of(name).last()
    }

    /// The value of a field as options have it.
    pub(crate) fn option(&self, name: &str) -> Option<String> {
        self.one(name).map(str::to_owned)
    }

    /// All values of a field.
    pub(crate) fn each(&self, name: &str) -> Vec<String> {
        self.of(name).map(str::to_owned).collect()
    }

    /// Whether a box is ticked.
    pub(crate) fn is_ticked(&self, name: &str) -> bool {
        self.one(name).is_some_and(|value| !matches!(value, "0" | "false" | "no"))
    }

    /// Puts these values in the place of those of a field.
    pub(crate) fn set(&mut self, name: &'static str, values: impl IntoIterator<Item = String>) {
        self.0.retain(|(other, _)| *other != name);
        self.0.extend(values.into_iter().map(|value| (name, value)));
    }

    /// The query that says the same.
    pub(crate) fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    pub(super) fn of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(other, _)| *other == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_strangers_are_not_there() {
        let query = "mx=+a.example+&mx=&other=1&mx=b%2eexample&mode=&id=1&id=2";
        let fields = Fields::read(Some(query), &["mx", "mode", "id", "zone"]);
        assert_eq!(fields.each("mx"), ["a.example", "b.example"]);
        assert_eq!((fields.one("mode"), fields.one("id")), (None, Some("2")));
        assert_eq!(fields.query(), "mx=a.example&mx=b.example&id=1&id=2");
        assert!(Fields::read(Some("other=1&mx=+"), &["mx"]).is_blank());
        assert!(Fields::read(None, &["mx"]).is_blank());
    }

    #[test]
    fn values_are_bounded() {
        let query = "mx=a&".repeat(10_000);
        assert_eq!(Fields::read(Some(&query), &["mx"]).each("mx").len(), VALUES);
    }

    #[test]
    fn what_is_set_takes_the_place_of_what_was_there() {
        let mut fields = Fields::read(Some("mx=a&id=1"), &["mx", "id"]);
        fields.set("mx", ["b".to_owned(), "c & d".to_owned()]);
        fields.set("id", None);
        assert_eq!(fields.query(), "mx=b&mx=c+%26+d");
    }
}
