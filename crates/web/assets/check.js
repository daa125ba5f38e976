// Shows the steps of a look as they come, and the result when there is one.
const look = document.getElementById("look");
const list = document.getElementById("steps");
const count = document.getElementById("count");
const source = new EventSource(look.dataset.events);
let seen = 0;

source.addEventListener("step", (event) => {
  const step = JSON.parse(event.data);
  seen += 1;
  count.textContent = seen;
  const item = document.createElement("li");
  item.className = step.ok ? "good" : "idle";
  const name = { dns: `${step.kind} ${step.name}`, "policy-host": `HTTPS ${step.address}` }[step.step];
  item.textContent = `${name ?? `SMTP ${step.host} ${step.address}`}: ${step.ok ? look.dataset.ok : look.dataset.fail}`;
  list.prepend(item);
});
source.addEventListener("done", () => {
  source.close();
  location.reload();
});
// Without the stream the page asks again by itself, as it does without this script.
source.addEventListener("error", () => {
  source.close();
  setTimeout(() => location.reload(), 2000);
});
