// Buttons that copy the text of the element that they name. They are hidden where nothing can copy.
export function showCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
}

showCopyButtons(document);
// An address to pass on is whole; only the reader's browser knows for sure under which name it found the site.
for (const address of document.querySelectorAll("[data-address]")) {
  address.textContent = new URL(address.textContent, location.href).href;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  await navigator.clipboard.writeText(source.value ?? source.textContent);
  const words = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = words), 1500);
});
