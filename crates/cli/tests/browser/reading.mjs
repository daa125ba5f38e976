// What is there to read: the guide, the codes, the API; and the way between the languages.
import assert from "node:assert/strict";
import { test } from "node:test";

import { everyWay, path, person } from "./browser.mjs";
import { languages } from "./languages.mjs";

for (const { words, way, javaScriptEnabled } of everyWay(languages)) {
  test(`the guide is read from chapter to chapter: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.home);
      await page.locator("header nav").getByRole("link", { name: { en: "Guide", it: "Guida" }[words.tag] }).click();
      assert.equal(path(page), words.places.guide);
      const chapters = await page.locator(".chapters > li > a").count();
      const titles = new Set();
      await page.locator(".chapters a").first().click();
      for (let read = 1; read < chapters; read += 1) {
        titles.add(await page.locator("h1").textContent());
        const next = page.locator('.neighbours a[rel="next"]');
        assert.ok((await next.innerText()).startsWith(words.next));
        const to = await next.getAttribute("href");
        await next.click();
        await page.waitForURL((url) => url.pathname === to);
      }
      titles.add(await page.locator("h1").textContent());
      assert.equal(titles.size, chapters);
      assert.equal(await page.locator('.neighbours a[rel="next"]').count(), 0);
      assert.ok((await page.locator('.neighbours a[rel="prev"]').innerText()).startsWith(words.before));

      // The other language has the same chapter.
      const number = (address) => page.locator(`.chapters a[href="${address}"]`).evaluate((link) => [...link.closest("ol").querySelectorAll("li > a")].indexOf(link));
      await page.locator(`.languages a[lang="${words.other}"]`).click();
      const translated = path(page);
      assert.ok(translated.startsWith(`${languages[words.other].places.guide}/`));
      assert.equal(await page.locator("html").getAttribute("lang"), words.other);
      await page.goto(languages[words.other].places.guide);
      assert.equal(await number(translated), chapters - 1);
    }));

  test(`every place is the same place in the other language: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      for (const [place, address] of Object.entries(words.places)) {
        await page.goto(address);
        await page.locator(`.languages a[lang="${words.other}"]`).click();
        await page.waitForURL((url) => url.pathname === languages[words.other].places[place]);
      }
    }));

  test(`the API is described: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.api);
      assert.ok((await page.locator("article").count()) >= 8);
      assert.match(await page.locator("#main").innerText(), /curl.*\/api\/v1\/validate/s);
      const document = await page.locator('a[href$="openapi.json"]').getAttribute("href");
      const response = await page.request.get(document);
      assert.equal((await response.json()).openapi.slice(0, 3), "3.1");
    }));
}

for (const words of Object.values(languages)) {
  test(`the codes are filtered: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.codes);
      const codes = page.locator("section.codes li:visible");
      const all = await codes.count();
      await page.getByLabel(words.filter).fill("starttls REFUSED".toLowerCase());
      const found = await codes.count();
      assert.ok(found > 0 && found < all, `${found} of ${all}`);
      assert.equal(await page.locator("#count").textContent(), String(found));
      await page.getByLabel(words.filter).fill("xyzzy");
      assert.equal(await codes.count(), 0);
      assert.equal(await page.locator("#count").textContent(), words.noCode);
      await page.getByLabel(words.filter).fill("");
      assert.equal(await codes.count(), all);
      await codes.first().getByRole("link").click();
      assert.match(path(page), new RegExp(`^${words.places.codes}/[a-z0-9-]+$`));
    }));

  test(`the first visit is in the reader's language: ${words.tag}`, () =>
    person({ locale: words.tag }, async (page) => {
      await page.goto("/");
      assert.equal(path(page), words.places.home);
    }));
}

test("without scripts nothing is shown that needs them", () =>
  person({ javaScriptEnabled: false }, async (page) => {
    await page.goto(languages.en.places.codes);
    assert.equal(await page.locator("#filter").isVisible(), false);
    await page.goto(languages.en.places.generator);
    for (const button of ["[data-copy]", "[data-add]", "[data-remove]"]) {
      assert.equal(await page.locator(`button${button}:visible`).count(), 0, button);
    }
  }));
