// While files are read: the server says when something changed, and the page asks for what is new at once.
const OFTEN = 5000; // where a proxy holds events back, the page asks by itself

let events = null;

const ask = () => document.body.dispatchEvent(new Event("changed"));

function follow() {
  events?.close();
  events = new EventSource(`${location.pathname}/events`);
  events.addEventListener("progress", (event) => {
    ask();
    if (JSON.parse(event.data).status === "done") events.close();
  });
}

document.body.addEventListener("uploaded", follow);
addEventListener("pagehide", () => events?.close());
setInterval(() => document.querySelector("[data-under-way]") && ask(), OFTEN);
if (document.querySelector("[data-under-way]")) follow();
