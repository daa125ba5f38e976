use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use sigillo_findings::Code;
use sigillo_language::Language;

use super::directive::Directive;
use super::example::Example;
use super::heading::{Heading, Names};
use super::link::Target;
use crate::BasePath;
use crate::place::Place;

/// A chapter as a page shows it.
pub(crate) struct Article {
    /// Its text as HTML, in which all that is not ours is escaped.
    pub(crate) html: String,
    /// Its headings of the second level.
    pub(crate) contents: Vec<Heading>,
    /// The codes that it links to, in its order.
    pub(crate) codes: Vec<Code>,
    /// The faulty texts in it that are judged.
    pub(crate) examples: Vec<Example>,
    /// What is wrong with the chapter itself. It is left out of the article, and tests refuse it.
    pub(crate) faults: Vec<String>,
}

impl Article {
    /// Makes an article of Markdown with tables.
    pub(crate) fn new(base_path: &BasePath, language: Language, markdown: &str) -> Self {
        let mut writer = Writer::new(base_path, language);
        for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
            writer.take(event);
        }
        let mut article = writer.article;
        pulldown_cmark::html::push_html(&mut article.html, writer.events.into_iter());
        // A corner without words is no heading of anything.
        article.html = article.html.replace("<th></th>", "<td></td>");
        article
    }
}

/// Turns the events of a chapter into those of an article.
struct Writer<'a> {
    base_path: &'a BasePath,
    language: Language,
    article: Article,
    events: Vec<Event<'a>>,
    names: Names,
    /// The heading that is being read: where it begins, and its words.
    heading: Option<(usize, HeadingLevel, String)>,
    /// The block of code that is being read: what it is called, and its text.
    block: Option<(String, String)>,
    /// How many texts that can be copied there were.
    samples: usize,
}

impl<'a> Writer<'a> {
    fn new(base_path: &'a BasePath, language: Language) -> Self {
        let article = Article {
            html: String::new(),
            contents: Vec::new(),
            codes: Vec::new(),
            examples: Vec::new(),
            faults: Vec::new(),
        };
        let (events, names) = (Vec::new(), Names::new());
        Self { base_path, language, article, events, names, heading: None, block: None, samples: 0 }
    }

    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => self.block = Some((label(&kind), String::new())),
            Event::Text(text) if self.block.is_some() => {
                if let Some((_, block)) = &mut self.block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => self.end_block(),
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((self.events.len(), level, String::new()));
                self.events.push(event);
            }
            Event::End(TagEnd::Heading(_)) => {
                self.end_heading();
                self.events.push(event);
            }
            // Wide tables scroll by themselves, by keyboard too.
            Event::Start(Tag::Table(_)) => {
                self.push_html("<div class=\"scroll\" tabindex=\"0\">");
                self.events.push(event);
            }
            Event::End(TagEnd::Table) => {
                self.events.push(event);
                self.push_html("</div>");
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.destination(dest_url);
                self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.article.faults.push(format!("HTML: {text}"));
                self.events.push(Event::Text(text));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.article.faults.push(format!("an image: {dest_url}"));
            }
            Event::End(TagEnd::Image) => {}
            _ => {
                self.note_heading(&event);
                self.events.push(event);
            }
        }
    }

    fn push_html(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::Html(html.into()));
    }

    fn note_heading(&mut self, event: &Event<'_>) {
        let Some((_, _, words)) = &mut self.heading else { return };
        match event {
            Event::Text(text) => words.push_str(text),
            Event::Code(code) => {
                words.push('`');
                words.push_str(code);
                words.push('`');
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let Some((start, level, words)) = self.heading.take() else { return };
        let heading = self.names.heading(&words);
        let name = CowStr::from(heading.id.clone());
        if let Some(Event::Start(Tag::Heading { id, .. })) = self.events.get_mut(start) {
            *id = Some(name);
        }
        match level {
            HeadingLevel::H1 => self.article.faults.push(format!("a second title: {words}")),
            HeadingLevel::H2 => self.article.contents.push(heading),
            _ => {}
        }
    }

    fn destination(&mut self, destination: CowStr<'a>) -> CowStr<'a> {
        match destination.parse() {
            Ok(Target::Standard) => destination,
            Ok(Target::Page(place)) => {
                if let Place::Code(code) = place {
                    self.article.codes.push(code);
                }
                place.url(self.base_path, self.language).into()
            }
            Err(_) => {
                self.article.faults.push(format!("a link that leads nowhere: {destination}"));
                "#main".into()
            }
        }
    }

    fn end_block(&mut self) {
        let Some((label, text)) = self.block.take() else { return };
        let Some(name) = label.strip_prefix("sigillo") else {
            if label != "text" {
                self.article.faults.push(format!("a block of an unknown kind: {label:?}"));
            }
            self.push_html("<pre tabindex=\"0\"><code>");
            self.events.push(Event::Text(text.into()));
            self.push_html("</code></pre>\n");
            return;
        };
        let shown = Directive::parse(name.trim(), &text).and_then(|directive| {
            if let Directive::Findings(example) = &directive {
                self.article.examples.push(example.clone());
            }
            directive.show(self.base_path, self.language, &mut self.samples)
        });
        match shown {
            Ok(html) => self.push_html(html),
            Err(fault) => self.article.faults.push(format!("{label}: {fault}\n{text}")),
        }
    }
}

/// What stands behind the fence of a block.
fn label(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(label) => label.to_string(),
        CodeBlockKind::Indented => "indented".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(markdown: &str) -> Article {
        let base_path = "/tools".parse().unwrap();
        Article::new(&base_path, Language::Italian, markdown)
    }

    #[test]
    fn headings_have_names_and_links_lead_to_pages_in_the_language_below_the_base_path() {
        let article =
            article("## Perché `max_age`\n\n[a](tool:checker) [`b`](code:policy-empty)\n");
        assert_eq!(
            article.html,
            "<h2 id=\"perche-max-age\">Perché <code>max_age</code></h2>\n<p>\
             <a href=\"/tools/it/verifica\">a</a> \
             <a href=\"/tools/it/codici/policy-empty\"><code>b</code></a></p>\n"
        );
        let contents: Vec<String> =
            article.contents.iter().map(|heading| heading.text.to_string()).collect();
        assert_eq!(contents, ["Perché <code>max_age</code>"]);
        assert_eq!(article.codes, [Code::PolicyEmpty]);
        assert_eq!(article.faults, Vec::<String>::new());
    }

    #[test]
    fn html_does_not_pass_and_is_a_fault() {
        let article =
            article("a <b>c</b>\n\n<script>alert(1)</script>\n\n![x](https://example.com/x.png)\n");
        for element in ["<b>", "<script", "<img"] {
            assert!(!article.html.contains(element), "{}", article.html);
        }
        assert!(article.html.contains("&lt;script&gt;"), "{}", article.html);
        assert_eq!(article.faults.len(), 4, "{:?}", article.faults);
    }

    #[test]
    fn what_leads_nowhere_is_a_fault() {
        for broken in [
            "[x](guide:99-nothing)",
            "[x](javascript:alert(1))",
            "# Title",
            "    indented",
            "```sh\nls\n```",
            "```sigillo nothing\n```",
            "```sigillo generate\ndomain = \"example.com\"\n```",
            "```sigillo generate\ndomain = \"example.com\"\nid = \"1\"\nshow = [\"policy\"]\n```",
            "```sigillo generate\nno toml\n```",
            "```sigillo tls-rpt\ndomain = \"example.com\"\nrua = [\"nobody\"]\n```",
            "```sigillo dmarc\ndomain = \"example.com\"\npolicies = \"none\"\n```",
            "```sigillo findings\nkind = \"nothing\"\ntext = \"x\"\n```",
        ] {
            let article = article(broken);
            assert_eq!(article.faults.len(), 1, "{broken}: {:?}", article.faults);
            assert!(!article.html.contains("javascript"), "{}", article.html);
        }
    }

    #[test]
    fn examples_are_generated_and_lead_on_to_the_tool() {
        let article = article(
            "```sigillo generate\ndomain = \"example.com\"\nmx = [\"a.example.com\", \"*.b.example.com\"]\n\
             mode = \"enforce\"\nid = \"20260115\"\ntls_rpt = [\"r@example.com\"]\nrecipe = \"nginx\"\n\
             policy_host = [\"192.0.2.1\"]\n\
             show = [\"policy\", \"record\", \"tls-rpt\", \"policy-host\", \"zone\", \"recipe\", \"steps\"]\n```\n",
        );
        assert_eq!(article.faults, Vec::<String>::new());
        for expected in [
            "version: STSv1\nmode: enforce\nmx: a.example.com\nmx: *.b.example.com\n",
            ">v=STSv1; id=20260115;<",
            ">v=TLSRPTv1; rua=mailto:r@example.com<",
            ">192.0.2.1<",
            "_mta-sts.example.com. 3600 IN TXT &#34;v=STSv1; id=20260115;&#34;",
            "server_name mta-sts.example.com",
            "href=\"/tools/it/generatore?domain=example.com&#38;mx=a.example.com&#38;mx=*.b.example.com&#38;\
             mode=enforce&#38;tls_rpt=r%40example.com&#38;recipe=nginx&#38;policy_host=192.0.2.1\"",
        ] {
            assert!(article.html.contains(expected), "{expected}\n{}", article.html);
        }
    }
}
