// Every page, empty and filled in, and how one gets there.
import { languages } from "./languages.mjs";
import { check } from "./steps.mjs";

const POLICY = "domain=good.example&mode=enforce&mx=mx.good.example&tls_rpt=tls%40good.example&recipe=nginx";
const FAULTY_POLICY = "domain=good+example&mx=mail..example&max_age=soon";
const RUA = "domain=good.example&rua=reports%40good.example";
const FAULTY_TEXT = "version: STSv1\nmode: enforced\nmx: mail.example.com\nmx: *.*.example.com\nmax_age: 60\n";

// The pages of a language that an address leads to.
function addresses({ tag, places }) {
  return [
    ...Object.entries(places),
    ["generator-filled", `${places.generator}?${POLICY}`],
    ["generator-faulty", `${places.generator}?${FAULTY_POLICY}`],
    ["tlsRpt-filled", `${places.tlsRpt}?${RUA}&existing=v%3DTLSRPTv1%3B+rua%3Dreports%40good.example`],
    ["dmarc-filled", `${places.dmarc}?${RUA}&policy=reject&zone=good.example&existing=v%3DDMARC1%3B+p%3Dnone`],
    ["validator-filled", `${places.validator}?kind=policy&text=${encodeURIComponent(FAULTY_TEXT)}`],
    ["code", `${places.codes}/policy-mode-invalid`],
    ["code-live", `${places.codes}/starttls-refused`],
    ["code-unknown", `${places.codes}/nothing-of-the-kind`],
    ["missing", `/${tag}/nothing`],
  ];
}

// All pages but the chapters of the guide: the name, and how to open it.
export function pages(words) {
  const looks = ["good", "failing", "hostile"].map((label) => ({
    name: `result-${label}`,
    open: async (page) => {
      await page.goto(words.places.home);
      await check(page, words, `${label}.example`);
      // What is kept is looked at as anybody else finds it.
      await page.goto(page.url());
    },
  }));
  const others = addresses(words).map(([name, address]) => ({ name, open: (page) => page.goto(address) }));
  return [...others, ...looks];
}

// The chapters of the guide, in the order of the guide.
export async function chapters(page, words) {
  await page.goto(words.places.guide);
  return page.locator(".chapters > li > a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
}

export const allLanguages = Object.values(languages);
