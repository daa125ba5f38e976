// The generator: what is filled in becomes a policy, records and an address.
import assert from "node:assert/strict";
import { test } from "node:test";

import { download, everyWay, path, person } from "./browser.mjs";
import { languages } from "./languages.mjs";
import { resultOf } from "./steps.mjs";

const POLICY =
  "version: STSv1\nmode: enforce\nmx: mail.good.example\nmx: *.backup.example\nmx: third.good.example\nmax_age: 604800\n";

// The policy as it stands on the page; as a file its lines end otherwise.
async function policy(page) {
  return (await page.locator("#policy-text").textContent()).replaceAll("\r\n", "\n");
}

const row = (page, words, number) => page.getByLabel(`${words.patterns} ${number}`, { exact: true });

for (const words of Object.values(languages)) {
  test(`a policy grows while it is filled in: ${words.tag}`, () =>
    person({}, async (page) => {
      await page.goto(words.places.generator);
      await page.getByLabel(words.mailDomain, { exact: true }).fill("good.example");
      await row(page, words, 1).fill("mail.good.example");
      await page.waitForURL(/mx=mail\.good\.example/);
      assert.match(await policy(page), /^mode: testing\nmx: mail\.good\.example$/m);

      // What is wrong is said beside its row, and what stood there remains.
      await row(page, words, 2).fill("*.*.example");
      await page.locator("#mx-1-fault").getByText(/./).first().waitFor();
      assert.equal(await row(page, words, 2).getAttribute("aria-invalid"), "true");
      await row(page, words, 2).fill("*.backup.example");
      await page.locator("#policy-text").getByText("*.backup.example").waitFor();
      assert.equal(await row(page, words, 2).getAttribute("aria-invalid"), null);

      const rows = page.locator('[data-rows="mx"]');
      const before = await rows.locator("[data-row]").count();
      await rows.getByRole("button", { name: words.addRow }).click();
      assert.equal(await rows.locator("[data-row]").count(), before + 1);
      await row(page, words, 3).fill("third.good.example");
      await page.getByRole("radio", { name: "enforce" }).check();
      await page.getByRole("button", { name: words.week }).click();
      await page.waitForURL(/max_age=1w/);
      await page.getByLabel(`${words.reports} 1`, { exact: true }).fill("reports@good.example");
      await page.locator("#outcome").getByText("v=TLSRPTv1; rua=mailto:reports@good.example").first().waitFor();
      assert.equal(await policy(page), POLICY);

      const copy = page.locator('[data-copy="policy-text"]');
      await copy.click();
      await copy.getByText(words.copied).waitFor();
      assert.equal((await page.evaluate(() => navigator.clipboard.readText())).replaceAll("\r\n", "\n"), POLICY);

      // The address holds all of it, in the other language too.
      await page.reload();
      assert.equal(await policy(page), POLICY);
      await page.locator(`.languages a[lang="${words.other}"]`).click();
      assert.equal(path(page), languages[words.other].places.generator);
      assert.equal(await policy(page), POLICY);
      await page.goBack();

      await rows.getByRole("button", { name: words.remove }).nth(2).click();
      await page.waitForURL((url) => !url.search.includes("third"));
      assert.doesNotMatch(await policy(page), /third/);
    }));
}

for (const { words, way, javaScriptEnabled } of everyWay(languages)) {
  test(`a policy is generated, downloaded and verified: ${way}`, () =>
    person({ javaScriptEnabled }, async (page) => {
      await page.goto(words.places.generator);
      await page.getByLabel(words.mailDomain, { exact: true }).fill("good.example");
      await page.getByRole("button", { name: words.readMx }).click();
      await page.locator("#live_mx code").getByText("mx.good.example").waitFor();
      await page.getByRole("radio", { name: "enforce" }).check();
      await page.locator("#recipe").selectOption("nginx");
      await page.getByRole("button", { name: words.generate, exact: true }).click();
      await page.waitForURL(/mode=enforce.*recipe=nginx/);
      await page.locator("#outcome .domain").getByText("enforce").waitFor();
      assert.match(await policy(page), /^mx: mx\.good\.example$/m);
      assert.ok((await page.locator("#publish").innerText()).includes("server {"));

      const file = await download(page, () => page.getByRole("link", { name: "mta-sts.txt", exact: true }).click());
      assert.equal(file.name, "mta-sts.txt");
      assert.equal(file.bytes.toString().replaceAll("\r\n", "\n"), await policy(page));
      const zone = await download(page, () => page.getByRole("link", { name: "zone.txt" }).click());
      assert.match(zone.bytes.toString(), /^_mta-sts.*TXT.*v=STSv1; id=/m);
      const archive = await download(page, () => page.getByRole("link", { name: words.archive }).click());
      assert.equal(archive.bytes.subarray(0, 4).toString("latin1"), "PK\u0003\u0004");

      await page.getByRole("link", { name: words.verify }).click();
      assert.equal(path(page), words.places.checker);
      assert.equal(await page.getByLabel(words.domain, { exact: true }).inputValue(), "good.example");
      await page.locator("form.search button").click();
      await resultOf(page);
    }));

  test(`what is wrong is listed, and each leads to its field: ${way}`, () =>
    person({ javaScriptEnabled, allowedErrors: ["status of 4"] }, async (page) => {
      await page.goto(words.places.generator);
      await page.getByLabel(words.mailDomain, { exact: true }).fill("good example");
      await row(page, words, 1).fill("mail..example");
      await page.getByRole("button", { name: words.generate, exact: true }).click();
      const links = page.locator("[data-summary] a");
      await links.first().waitFor();
      assert.equal(await links.count(), 2);
      await links.nth(1).click();
      assert.match(page.url(), /#mx-0$/);
    }));
}
