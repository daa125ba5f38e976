// Validates while somebody types, takes files that are dropped, and applies fixes, all without leaving the page: the
// form is sent as it always is, and what comes back takes the place of the outcome.
import { showCopyButtons } from "./copy.js";

const form = document.getElementById("validator");
const field = document.getElementById("text");
const file = document.getElementById("file");
const outcome = document.getElementById("outcome");
const said = document.getElementById("said");
const DELAY = 400;
let timer;
let request;

// How a reader is told of the outcome who doesn't see it change.
function announce() {
  const words = outcome.querySelectorAll("#verdict > *, .finding[role=alert] > *, .fault > *");
  said.textContent = [...words].map((element) => element.textContent.trim()).join(" ");
}

// Sends the form, maybe with the button that was pressed, and shows what comes back. Only the last request counts.
async function send(submitter) {
  clearTimeout(timer);
  request?.abort();
  request = new AbortController();
  const { signal } = request;
  const hadFile = file.files.length > 0;
  outcome.setAttribute("aria-busy", "true");
  try {
    const body = new FormData(form, submitter);
    const response = await fetch(form.action, { method: "POST", body, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("outcome");
    if (fresh) {
      outcome.replaceChildren(...fresh.childNodes);
    } else {
      // The page of an error.
      const fault = document.createElement("div");
      fault.className = "card finding bad fault";
      fault.append(...(page.querySelectorAll("main h1, main .lead") ?? []));
      outcome.replaceChildren(fault);
    }
    if (fresh && (hadFile || outcome.querySelector("[data-mended]"))) {
      field.value = page.getElementById("text").value;
      file.value = "";
    }
    showCopyButtons(outcome);
    announce();
    return true;
  } catch (error) {
    // Another request took the place of this one; in all other cases the form goes the plain way.
    if (error.name !== "AbortError") form.submit();
    return false;
  } finally {
    if (!signal.aborted) outcome.removeAttribute("aria-busy");
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (field.value.trim() !== "") {
      send();
    } else {
      request?.abort();
      outcome.replaceChildren();
      said.textContent = "";
    }
  }, DELAY);
}

field.addEventListener("input", later);
form.elements.kind.addEventListener("change", later);
file.addEventListener("change", () => file.files.length > 0 && send());

form.addEventListener("submit", async (event) => {
  if (event.submitter?.name === "download") return;
  event.preventDefault();
  const isFix = event.submitter?.name === "fix";
  if (!(await send(event.submitter))) return;
  // The button that was pressed is gone: the next one is where the work goes on.
  const next = isFix && outcome.querySelector(".fix button");
  (next || document.getElementById("verdict"))?.focus();
});

// Files dropped anywhere on the page.
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  form.classList.remove("dropping");
  if (event.dataTransfer.files.length === 0) return;
  file.files = event.dataTransfer.files;
  send();
});
