// A domain all of whose texts mean harm: they are shown, and do nothing.
import assert from "node:assert/strict";
import { test } from "node:test";

import { assertFits, path, person, PHONE } from "./browser.mjs";
import { languages } from "./languages.mjs";
import { check } from "./steps.mjs";

const HARM = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
// Elements and attributes that no page has of its own.
const INJECTED = 'main img:not([src*="/badge/"]), main script, [onerror], [src="x"]';
// What would turn the text around, or be obeyed by a terminal.
const HIDDEN = "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]";

// The elements that show such a thing. What somebody types into a field stays as it is there.
function showsHidden(hidden) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (new RegExp(hidden).test(data) && !parentElement.closest("textarea")) found.push(parentElement.outerHTML);
  }
  return found;
}

async function assertHarmless(page) {
  assert.equal(await page.locator(INJECTED).count(), 0);
  assert.deepEqual(await page.evaluate(showsHidden, HIDDEN), [], path(page));
}

for (const words of Object.values(languages)) {
  test(`a hostile domain: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.home);
      await check(page, words, "hostile.example");
      assert.equal(await page.locator(".verdict-name").textContent(), words.verdicts.hostile);
      for (const summary of await page.locator("details > summary").all()) await summary.click();
      const text = await page.locator("main").innerText();
      assert.ok(text.includes(HARM), "the text of the record is shown");
      assert.ok(text.includes("\\u{202e}"), "hidden characters are shown");
      assert.ok(text.includes("<img src=x onerror=alert(3)>"), "the names of the certificate are shown");
      await assertHarmless(page);
      await page.setViewportSize(PHONE);
      await assertFits(page);
    }));

  test(`hostile words in every form: ${words.tag}`, () =>
    person({ allowedErrors: ["status of 4"] }, async (page) => {
      const harm = encodeURIComponent(`${HARM}\u202e`);
      const { places } = words;
      for (const address of [
        `${places.generator}?domain=${harm}&mx=${harm}&provider=${harm}&tls_rpt=${harm}&live_mx=${harm}&recipe=${harm}`,
        `${places.generator}?domain=a.example&mx=a.example&from_policy=${harm}&zone=${harm}&id=${harm}&${harm}=${harm}`,
        `${places.dmarc}?domain=${harm}&policy=${harm}&rua=${harm}&ruf=${harm}&fo=${harm}&existing=${harm}`,
        `${places.tlsRpt}?domain=${harm}&rua=${harm}&existing=${harm}`,
        `${places.checker}?domain=${harm}`,
        `${places.codes}/${harm}`,
        `${places.guide}/${harm}`,
        `/${harm}`,
      ]) {
        await page.goto(address);
        await assertHarmless(page);
        await page.setViewportSize(PHONE);
        await assertFits(page);
      }
      await page.goto(places.validator);
      await page.getByLabel(words.text, { exact: true }).fill(`version: STSv1\nmode: ${HARM}\u202e\nmx: ${HARM}\n`);
      await page.locator(".listing").waitFor();
      assert.ok((await page.locator(".listing").innerText()).includes(HARM));
      await assertHarmless(page);
      await assertFits(page);
    }));
}
