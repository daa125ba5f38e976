//! Reading files of overrides, and what is found in them.

use proptest::prelude::*;
use sigillo_formats::DomainName;
use sigillo_formats::policy::Mode;

use super::*;

fn faults(text: &str) -> Vec<(&'static str, usize, String)> {
    let errors = Overrides::parse(text.as_bytes()).unwrap_err();
    let fault = |error: OverridesError| {
        let about = text.get(error.span.range()).unwrap().to_owned();
        assert!(OverridesFault::CODES.contains(&error.fault.code()));
        (error.fault.code(), error.line, about)
    };
    errors.into_iter().map(fault).collect()
}

/// The only fault of an override of `example.com` with these lines, and the text it is about.
fn fault_of(lines: &str) -> (&'static str, String) {
    let mut faults = faults(&format!("[[override]]\ndomain = \"example.com\"\n{lines}\n"));
    assert_eq!(faults.len(), 1, "{lines}: {faults:?}");
    let (code, line, about) = faults.remove(0);
    assert_eq!(line, 3, "{lines}");
    (code, about)
}

fn of(text: &str, domain: &str) -> Option<Override> {
    let overrides = Overrides::parse(text.as_bytes()).unwrap();
    overrides.for_domain(&DomainName::parse(domain).unwrap()).cloned()
}

fn decided(lines: &str) -> Override {
    of(&format!("[[override]]\ndomain = \"example.com\"\n{lines}"), "example.com").unwrap()
}

#[test]
fn decisions() {
    assert_eq!(decided(""), Override::default());
    assert_eq!(decided("mta_sts = \"use\"\ndane = \"use\"\npin = false"), Override::default());
    assert_eq!(decided("mta_sts = \"skip\"\npin = false").mta_sts, MtaStsOverride::Skip);
    assert_eq!(decided("dane = \"skip\"").dane, DaneUse::Skip);
    assert!(decided("mta_sts = \"use\"\npin = true").mta_sts.is_pinned());
    let forced =
        "policy = { mode = \"enforce\", mx = [\"Mail.example.com.\", \"*.bücher.example\"] }";
    let MtaStsOverride::Forced(policy) = decided(forced).mta_sts else { panic!("forced") };
    assert_eq!(policy.mode(), Mode::Enforce);
    let mx: Vec<String> = policy.mx().iter().map(ToString::to_string).collect();
    assert_eq!(mx, ["mail.example.com", "*.xn--bcher-kva.example"]);
    let none = decided("[override.policy]\nmode = \"none\"").mta_sts;
    assert!(matches!(none, MtaStsOverride::Forced(policy) if policy.mode() == Mode::None));
}

#[test]
fn names_in_every_form() {
    for (written, domain) in [
        ("domain = \"Example.COM.\"", "example.com"),
        ("domain = \"bücher.example\"", "xn--bcher-kva.example"),
        ("suffix = \".Example.com\"", "a.example.com"),
        ("suffix = \"com\"", "a.example.com"),
        ("suffix = \".bücher.example.\"", "a.xn--bcher-kva.example"),
    ] {
        assert!(of(&format!("[[override]]\n{written}\n"), domain).is_some(), "{written}");
    }
    assert!(of("", "example.com").is_none());
    assert!(of("\u{feff}# nothing\r\n", "example.com").is_none());
    assert!(of("override = [{ domain = \"a.example\" }]", "a.example").is_some());
    // The same name as domain and as suffix is two different things.
    let both = "[[override]]\ndomain = \"a.example\"\n[[override]]\nsuffix = \"a.example\"\n";
    assert_eq!(Overrides::parse(both.as_bytes()).unwrap().len(), 2);
}

#[test]
fn what_can_be_wrong_with_an_override() {
    for (lines, code, about) in [
        ("mta_st = \"skip\"", "overrides-unknown-key", "mta_st"),
        ("pin = \"true\"", "overrides-wrong-form", "\"true\""),
        ("dane = true", "overrides-wrong-form", "true"),
        ("policy = \"none\"", "overrides-wrong-form", "\"none\""),
        ("suffix = \"example.net\"", "overrides-conflict", "\"example.net\""),
        ("mta_sts = \"skpi\"", "overrides-invalid-word", "\"skpi\""),
        ("dane = \"off\"", "overrides-invalid-word", "\"off\""),
        ("policy = {}", "overrides-no-mode", "{}"),
        ("policy = { mode = \"Enforce\" }", "overrides-invalid-word", "\"Enforce\""),
        ("policy = { mode = \"none\", max_age = 1 }", "overrides-unknown-key", "max_age"),
        ("policy = { mode = \"none\", mx = \"a\" }", "overrides-wrong-form", "\"a\""),
        ("policy = { mode = \"none\", mx = [1] }", "overrides-wrong-form", "1"),
        ("policy = { mode = \"none\", mx = [\"a.*\"] }", "overrides-invalid-pattern", "\"a.*\""),
        ("mta_sts = \"use\"\npolicy = { mode = \"none\" }", "overrides-conflict", "\"use\""),
        ("pin = true\npolicy = { mode = \"none\" }", "overrides-conflict", "true"),
        ("pin = true\nmta_sts = \"skip\"", "overrides-conflict", "true"),
    ] {
        assert_eq!(fault_of(lines), (code, about.to_owned()), "{lines}");
    }
    for mode in ["enforce", "testing"] {
        let policy = format!("{{ mode = \"{mode}\", mx = [] }}");
        assert_eq!(fault_of(&format!("policy = {policy}")), ("overrides-no-mx", policy));
    }
}

#[test]
fn what_can_be_wrong_with_the_file() {
    for (text, code, about) in [
        ("[override]\ndomain = \"a\"", "overrides-wrong-form", "[override]"),
        ("override = [1]", "overrides-wrong-form", "1"),
        ("[[overide]]\ndomain = \"a\"", "overrides-unknown-key", "overide"),
        ("domain = \"a\"", "overrides-unknown-key", "domain"),
        ("[[override]]", "overrides-no-domain", "[[override]]"),
        ("[[override]]\ndomain = \"\"", "overrides-invalid-domain", "\"\""),
        ("[[override]]\ndomain = \".a\"", "overrides-invalid-domain", "\".a\""),
        ("[[override]]\nsuffix = \".\"", "overrides-invalid-domain", "\".\""),
        ("[[override]]\nsuffix = \"*.a\"", "overrides-invalid-domain", "\"*.a\""),
        ("[[override]]\ndomain = \"192.0.2.1\"", "overrides-invalid-domain", "\"192.0.2.1\""),
        ("[[override]\n", "overrides-syntax", ""),
    ] {
        let faults = faults(text);
        assert_eq!((faults.len(), faults[0].0), (1, code), "{text}: {faults:?}");
        if !about.is_empty() {
            assert_eq!(faults[0].2, about, "{text}");
        }
    }
    let not_utf8 = Overrides::parse(b"# a\n# \xff\n").unwrap_err();
    assert_eq!((not_utf8[0].fault.code(), not_utf8[0].line), ("overrides-not-utf8", 2));
    let long = Overrides::parse(&vec![b'#'; OVERRIDES_BYTES + 1]).unwrap_err();
    assert_eq!(long[0].fault.code(), "overrides-too-long");
    let many = |count: usize| {
        let entry = |index| format!("[[override]]\ndomain = \"a{index}.example\"\n");
        Overrides::parse((0..count).map(entry).collect::<String>().as_bytes())
    };
    assert_eq!(many(OVERRIDES_COUNT).unwrap().len(), OVERRIDES_COUNT);
    let errors = many(OVERRIDES_COUNT + 1).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].fault.code(), "overrides-too-many");
}

#[test]
fn everything_is_told_in_its_order_and_in_words() {
    let text = "[[override]]\ndomain = \"Example.com\"\npin = 1\n\n[[override]]\n\
                domain = \"example.com.\"\nmta_sts = \"Skip\"\n[[override]]\ndane = \"skip\"\n";
    let errors = Overrides::parse(text.as_bytes()).unwrap_err();
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "line 3: pin takes true or false",
            "line 6: the domain example.com has an override already, in line 2: join the two",
            "line 7: \"Skip\" can't be the value of mta_sts: give use or skip",
            "line 8: the override has neither domain nor suffix: give one of them",
        ]
    );
    let nearest = |fault: &OverridesFault| match fault {
        OverridesFault::InvalidWord { nearest, .. } => *nearest,
        _ => None,
    };
    assert_eq!(nearest(&errors[2].fault), Some("skip"));
}

proptest! {
    #[test]
    fn no_text_does_any_harm(text in "(\\[\\[?override\\]?\\]|domain|suffix|policy|mx|pin|mode| = |\"a\"|\"skip\"|[\\[\\]{},\\n]|true|.){0,30}") {
        if let Err(errors) = Overrides::parse(text.as_bytes()) {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(error.span.end() <= text.len() && error.line >= 1);
            }
        }
    }
}

/// Overrides that are told apart by the name of their forced policy's host.
fn overrides(entries: &[(bool, String)]) -> Overrides {
    let entry = |(index, (is_suffix, name)): (usize, &(bool, String))| {
        let key = if *is_suffix { "suffix" } else { "domain" };
        let policy = format!("{{ mode = \"enforce\", mx = [\"mx{index}.example\"] }}");
        format!("[[override]]\n{key} = \"{name}\"\npolicy = {policy}\n")
    };
    let text: String = entries.iter().enumerate().map(entry).collect();
    Overrides::parse(text.as_bytes()).unwrap()
}

/// The number of the override that is found.
fn found(overrides: &Overrides, domain: &DomainName) -> Option<String> {
    overrides.for_domain(domain).map(|it| match &it.mta_sts {
        MtaStsOverride::Forced(policy) => policy.mx()[0].to_string(),
        other => panic!("{other:?}"),
    })
}

#[test]
fn a_domain_comes_before_suffixes_and_the_longest_suffix_first() {
    let overrides = overrides(&[
        (true, "example.com".to_owned()),
        (false, "a.example.com".to_owned()),
        (true, "a.example.com".to_owned()),
        (true, "com".to_owned()),
    ]);
    for (name, index) in [
        ("a.example.com", Some(1)),
        ("b.a.example.com", Some(2)),
        ("c.b.a.example.com", Some(2)),
        ("b.example.com", Some(0)),
        ("example.com", Some(3)),
        ("anexample.com", Some(3)),
        ("com", None),
        ("example.org", None),
    ] {
        let expected = index.map(|index: usize| format!("mx{index}.example"));
        assert_eq!(found(&overrides, &DomainName::parse(name).unwrap()), expected, "{name}");
    }
    assert_eq!((overrides.len(), overrides.is_empty()), (4, false));
    assert!(Overrides::default().is_empty());
}

proptest! {
    #[test]
    fn the_lookup_finds_what_a_search_through_all_finds(
        entries in prop::collection::btree_set((any::<bool>(), "[ab](\\.[ab]){0,3}"), 0..12),
        names in prop::collection::vec("[ab](\\.[ab]){0,4}", 1..8),
    ) {
        let entries: Vec<(bool, String)> = entries.into_iter().collect();
        let overrides = overrides(&entries);
        for name in names {
            let name = DomainName::parse(&name).unwrap();
            let matching = entries.iter().enumerate().filter(|(_, (is_suffix, of))| {
                let of = DomainName::parse(of).unwrap();
                if *is_suffix { name.is_within(&of) && name != of } else { name == of }
            });
            let best = matching.max_by_key(|(_, (is_suffix, of))| (!is_suffix, of.len()));
            let expected = best.map(|(index, _)| format!("mx{index}.example"));
            prop_assert_eq!(found(&overrides, &name), expected);
        }
    }
}
