// Pictures of every page, for people to look at: only where a folder is named for them. Whole pages, and of each what
// a window shows, as the README has it.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { DESKTOP, person, PHONE } from "./browser.mjs";
import { screenshots } from "./environment.mjs";
import { allLanguages, chapters, pages } from "./places.mjs";

const WIDTHS = { desktop: DESKTOP, phone: PHONE };

if (screenshots) {
  mkdirSync(screenshots, { recursive: true });
  for (const words of allLanguages) {
    test(`pictures: ${words.tag}`, () =>
      person({ allowedErrors: ["status of 4"], reducedMotion: "reduce" }, async (page) => {
        for (const { name, open } of pages(words)) {
          await open(page);
          await take(page, `${words.tag}-${name}`);
        }
        for (const [index, address] of (await chapters(page, words)).entries()) {
          await page.goto(address);
          await take(page, `${words.tag}-chapter-${String(index + 1).padStart(2, "0")}`);
        }
      }));
  }
}

async function take(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const [width, viewport] of Object.entries(WIDTHS)) {
      await page.setViewportSize(viewport);
      await page.screenshot({ path: join(screenshots, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: "light" });
  await page.screenshot({ path: join(screenshots, `${name}-window.png`) });
}
