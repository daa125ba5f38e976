// What people do in several of the tests.

// Types a domain into the field that is there, and waits for the result.
export async function check(page, words, domain) {
  await page.getByLabel(words.domain, { exact: true }).fill(domain);
  await page.locator("form.search").getByRole("button", { name: words.check, exact: true }).click();
  await resultOf(page);
}

// Waits until the page of a look has become that of its result.
export async function resultOf(page) {
  await page.locator(".verdict").waitFor();
}
