// Forms that keep what they make up to date while they are filled in. A form with data-live names the parts of the page
// that come of it; they are taken from the page that the server makes of the form's query.
import { showCopyButtons } from "./copy.js";

const PAUSE = 250;

for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting;
  let request;

  showRowButtons(form);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => update(query(form)), PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    const button = event.submitter?.id;
    const page = await update(query(form, event.submitter));
    if (page) takeForm(form, page, button);
  });
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]");
    const remove = event.target.closest("[data-remove]");
    if (add) addRow(add);
    if (remove) removeRow(remove, form);
  });

  // Shows what comes of a query; gives the page that the server made, or nothing if another query came in between.
  async function update(search) {
    request?.abort();
    request = new AbortController();
    const url = new URL(form.action);
    url.search = search;
    try {
      const response = await fetch(url, { signal: request.signal });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (!same(form, page)) throw new Error("another page");
      takeOutcome(form, page);
      takeFaults(form, page);
      history.replaceState(null, "", url);
      return page;
    } catch (error) {
      if (error.name !== "AbortError") say(document.querySelector("[data-status]")?.dataset.busy);
    }
  }
}

// The query of a form, without what was left blank.
function query(form, submitter) {
  const data = new FormData(form, submitter);
  return new URLSearchParams([...data].filter(([, value]) => value.trim() !== "")).toString();
}

function same(form, page) {
  return page.querySelector(`form[data-live="${form.dataset.live}"]`);
}

function takeOutcome(form, page) {
  for (const part of document.querySelectorAll(form.dataset.live)) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    if (part.innerHTML !== fresh.innerHTML) {
      part.innerHTML = fresh.innerHTML;
      showCopyButtons(part);
    }
    if (fresh.dataset.said) say(fresh.dataset.said);
  }
  for (const link of document.querySelectorAll(".languages a")) {
    const fresh = page.querySelector(`.languages a[lang="${link.lang}"]`);
    if (fresh) link.href = fresh.getAttribute("href");
  }
}

// Brings what stands beside the fields up to date; nobody's typing is touched.
function takeFaults(form, page) {
  const fresh = same(form, page);
  for (const part of form.querySelectorAll("[data-part]")) takePart(part, page.getElementById(part.id));
  for (const fault of form.querySelectorAll(".fault[id]")) {
    if (!fault.closest("[data-row], [data-part]")) takeFault(fault, fresh.querySelector(`#${fault.id}`));
  }
  for (const list of form.querySelectorAll("[data-rows]")) {
    // The server knows nothing of rows that are blank.
    const filled = [...fresh.querySelectorAll(`[data-rows="${list.dataset.rows}"] [data-row]`)];
    for (const row of list.querySelectorAll("[data-row]")) {
      const isBlank = row.querySelector("input").value.trim() === "";
      takeFault(row.querySelector(".fault"), isBlank ? null : filled.shift()?.querySelector(".fault"));
    }
  }
}

function takeFault(fault, fresh) {
  const html = fresh?.innerHTML ?? "";
  if (fault.innerHTML !== html) fault.innerHTML = html;
  const field = document.querySelector(`[aria-describedby~="${fault.id}"]`);
  if (html.trim() === "") field?.removeAttribute("aria-invalid");
  else field?.setAttribute("aria-invalid", "true");
}

// A part with fields that follow from others. The focus stays where it was, or goes to its last field.
function takePart(part, fresh) {
  if (!fresh || part.innerHTML === fresh.innerHTML) return;
  const active = part.contains(document.activeElement) ? document.activeElement.id : null;
  part.innerHTML = fresh.innerHTML;
  if (active === null) return;
  const field = document.getElementById(active);
  (field && part.contains(field) ? field : part.querySelector("select, button"))?.focus({ preventScroll: true });
}

// After a button the whole form is as the server says.
function takeForm(form, page, button) {
  const fresh = same(form, page);
  const active = document.activeElement?.id;
  form.innerHTML = fresh.innerHTML;
  showRowButtons(form);
  const url = new URL(location.href);
  url.search = query(form);
  history.replaceState(null, "", url);
  const summary = form.querySelector("[data-summary]");
  const outcome = document.querySelector(form.dataset.live.split(",")[0]);
  if (summary?.childElementCount) summary.focus();
  else if (button) document.getElementById(button)?.focus({ preventScroll: true });
  else if (active && document.getElementById(active)?.matches("input, select, textarea")) document.getElementById(active).focus();
  else outcome?.focus();
}

function say(words) {
  const status = document.querySelector("[data-status]");
  if (status && words && status.textContent !== words) status.textContent = words;
}

function showRowButtons(form) {
  for (const button of form.querySelectorAll("[data-add], [data-remove]")) button.hidden = false;
}

function addRow(button) {
  const rows = button.parentElement.querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  const number = Number(/\d+$/.exec(last.querySelector("input").id)[0]) + 1;
  const name = button.parentElement.dataset.rows;
  const field = row.querySelector("input");
  const fault = row.querySelector(".fault");
  field.id = `${name}-${number}`;
  field.value = "";
  field.removeAttribute("aria-invalid");
  fault.id = `${name}-${number}-fault`;
  fault.replaceChildren();
  field.setAttribute("aria-describedby", `${fault.id} ${name}-hint`);
  for (const named of row.querySelectorAll("[aria-label]")) {
    named.setAttribute("aria-label", named.getAttribute("aria-label").replace(/\d+$/, number + 1));
  }
  last.after(row);
  field.focus();
}

function removeRow(button, form) {
  const row = button.closest("[data-row]");
  const list = row.parentElement;
  const field = row.querySelector("input");
  if (list.querySelectorAll("[data-row]").length > 1) {
    const next = row.nextElementSibling;
    row.remove();
    (next.querySelector("input") ?? next).focus();
  } else {
    field.value = "";
    field.focus();
  }
  form.dispatchEvent(new Event("input"));
}
