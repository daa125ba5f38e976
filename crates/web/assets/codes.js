// The field that leaves only the codes in which all words occur. It is hidden where nothing can filter.
const filter = document.getElementById("filter");
const field = document.getElementById("words");
const count = document.getElementById("count");
const sections = [...document.querySelectorAll("section.codes")].map((section) => ({
  section,
  items: [...section.querySelectorAll("li")].map((item) => ({ item, text: item.textContent.toLowerCase() })),
}));
function apply() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { section, items } of sections) {
    let here = 0;
    for (const { item, text } of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) here += 1;
    }
    section.hidden = here === 0;
    shown += here;
  }
  document.querySelector("nav.contents").hidden = words.length > 0;
  count.textContent = words.length === 0 ? "" : shown === 0 ? count.dataset.none : String(shown);
}
filter.hidden = false;
field.addEventListener("input", apply);
if (field.value) apply();
