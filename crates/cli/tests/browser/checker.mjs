// From the field of the first page to the result, and what can be done with it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { download, everyWay, path, person } from "./browser.mjs";
import { languages } from "./languages.mjs";
import { check, resultOf } from "./steps.mjs";

for (const { words, way, javaScriptEnabled } of everyWay(languages)) {
  test(`a domain that is well: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.home);
      await check(page, words, " Good.Example. ");
      assert.match(path(page), new RegExp(`^${words.places.checker}/[A-Za-z0-9_-]{16,}$`));
      assert.equal(await page.locator("h1").textContent(), "good.example");
      assert.equal(await page.locator(".verdict-name").textContent(), words.verdicts.good);
      assert.equal(await page.locator(".path > .stage").count(), 6);
      assert.equal(await page.locator(".path .bad").count(), 0);
      assert.equal(await page.locator(".path .hosts li.good").count(), 1);
      assert.equal(await page.locator("table.checks tbody tr").count(), 17);

      const certificate = page.locator("details.card").first();
      assert.equal(await certificate.locator("dl").isVisible(), false);
      await certificate.locator("summary").click();
      assert.match(await certificate.locator("dl").innerText(), /mta-sts\.good\.example/);

      const json = await download(page, () => page.getByRole("link", { name: "JSON" }).click());
      const report = JSON.parse(json.bytes);
      assert.equal(report.verdict, "enforced");
      assert.equal(report.observation.domain, "good.example");
      const markdown = await download(page, () => page.getByRole("link", { name: "Markdown" }).click());
      assert.match(markdown.bytes.toString(), /^# good\.example: /);

      const badge = page.locator("main img");
      assert.ok(await badge.evaluate((image) => image.complete && image.naturalWidth > 0));
      assert.equal(await badge.getAttribute("alt"), `MTA-STS: ${words.verdicts.good}`);

      // The address leads to the same result at any time.
      const permalink = await page.locator("#permalink").textContent();
      assert.equal(permalink, javaScriptEnabled ? page.url() : path(page));
      await page.goto(permalink);
      assert.equal(await page.locator(".verdict-name").textContent(), words.verdicts.good);
    }));

  test(`a domain that fails, and what has changed since: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.checker);
      await check(page, words, "failing.example");
      assert.equal(await page.locator(".verdict-name").textContent(), words.verdicts.failing);
      assert.ok((await page.locator(".finding.bad").count()) >= 2);
      assert.equal(await page.locator(".path .hosts li.bad").count(), 1);
      const first = path(page);

      // A finding leads to the page of its code.
      await page.locator(".finding.bad .hint a").first().click();
      assert.match(path(page), new RegExp(`^${words.places.codes}/`));
      await page.goBack();

      await page.getByRole("button", { name: words.checkAgain }).click();
      await page.waitForURL((url) => url.pathname !== first && url.pathname.length > words.places.checker.length);
      await resultOf(page);
      await page.locator("section.columns .plain a").first().click();
      await page.locator("#since").waitFor();
      assert.match(await page.locator("#since").textContent(), new RegExp(`^${words.since} `));
      assert.match(page.url(), /since=/);
    }));

  test(`what is no domain is said beside the field: ${way}`, () =>
    person({ javaScriptEnabled, allowedErrors: ["status of 4"] }, async (page) => {
      await page.goto(words.places.home);
      await page.getByLabel(words.domain, { exact: true }).fill("not a domain");
      await page.locator("form.search button").click();
      await page.locator("#fault").waitFor();
      assert.equal(await page.getByLabel(words.domain, { exact: true }).inputValue(), "not a domain");
      await check(page, words, "good.example");
    }));
}
