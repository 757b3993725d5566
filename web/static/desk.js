// The clerk's desk: which file and flag are before the clerk, and the keys. Pictures: viewer.js; decisions: deciding.js.
import { onKeys } from "./keys.js";
import { Viewer, showCrop } from "./viewer.js";
import { aDialogIsOpen, closeFlag, decideByKey, open, prepareDialogs } from "./deciding.js";

const findings = document.getElementById("findings");
const search = document.getElementById("search");
const files = [...findings.querySelectorAll(":scope > section")].map((section) => section.dataset.file);
const viewer = new Viewer(document.getElementById("stage"));
let file = "";
let current = null;

const flags = () => [...findings.querySelectorAll("article.flag")];
const asking = () => flags().filter((flag) => flag.dataset.asks === "yes");
const undecided = () => asking().filter((flag) => flag.dataset.state === "open");
const fileOf = (element) => element.closest("section[data-file]").dataset.file;

function showFile(wanted) {
  if (wanted === file) return;
  file = wanted;
  for (const part of document.querySelectorAll("#findings > section, .stage > [data-file]"))
    part.hidden = part.dataset.file !== file;
  for (const name of document.querySelectorAll(".file-name"))
    name.toggleAttribute("aria-current", name.dataset.file === file);
  document.querySelector(`.thumbs section[data-file="${file}"]`).scrollIntoView({ block: "nearest" });
  const section = findings.querySelector(`section[data-file="${file}"]`);
  document.getElementById("viewing").textContent = section.dataset.name || "整份申报";
  findings.scrollTop = 0;
  viewer.open(document.querySelector(`.stage > [data-file="${file}"]`));
}

function show(flag, { focus = true } = {}) {
  if (!flag) return;
  current?.classList.remove("current");
  current = flag;
  showFile(fileOf(flag));
  flag.classList.add("current");
  if (focus) flag.focus({ preventScroll: true });
  flag.scrollIntoView({ block: "nearest" });
  showCrop(flag, viewer);
  viewer.point(flag.dataset.page, flag.dataset.box, flag.dataset.flag);
}

function step(by) {
  const all = asking();
  if (!all.length) return;
  const here = all.indexOf(current);
  if (here >= 0) return show(all[(here + by + all.length) % all.length]);
  show(all.find((flag) => fileOf(flag) === file) || all[0]);
}

function turnTo(by) {
  const next = files[(files.indexOf(file) + by + files.length) % files.length];
  current?.classList.remove("current");
  current = null;
  showFile(next);
  const first = asking().find((flag) => fileOf(flag) === next);
  if (first) show(first);
  else findings.focus({ preventScroll: true });
}

// Dots and the count follow from the cards, so they are right whatever was swapped in.
function recount() {
  const left = undecided().length;
  const all = asking().length;
  const doubtful = asking().filter((flag) => flag.dataset.state === "doubt").length;
  const told = left ? `待决定 ${left} / ${all}` : all ? "全部已决定" : "没有待决定的问题";
  document.getElementById("progress").textContent = doubtful ? `${told}，存疑 ${doubtful}` : told;
  for (const place of document.querySelectorAll(".thumbs .file-name, .thumbs .thumb")) {
    const here = asking().filter(
      (flag) =>
        fileOf(flag) === place.dataset.file && (!place.dataset.page || flag.dataset.page === place.dataset.page),
    );
    const open = here.filter((flag) => flag.dataset.state === "open" || flag.dataset.state === "doubt");
    const dots = place.querySelector(".dots");
    const gravest = open.some((flag) => flag.dataset.severity === "error") ? "error" : "warning";
    dots.className = here.length ? `dots ${open.length ? gravest : "settled"}` : "dots";
    dots.textContent = here.length ? (place.dataset.page ? "" : open.length || "✓") : "";
    dots.title = here.length ? (open.length ? `${open.length}个问题待决定` : "问题都已决定") : "";
  }
}

function find(words) {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return;
  const found = flags().filter((flag) => flag.textContent.toLowerCase().includes(wanted));
  const here = found.indexOf(current);
  if (found.length) show(found[(here + 1) % found.length], { focus: false });
  search.setCustomValidity(found.length ? "" : "没有找到");
  search.reportValidity();
}

findings.addEventListener("click", (event) => {
  const value = event.target.closest(".to-box");
  if (value) return viewer.point(value.dataset.page, value.dataset.box);
  const flag = event.target.closest("article.flag");
  if (flag && !event.target.closest("button, summary, a, input")) show(flag);
});
document.querySelector(".thumbs").addEventListener("click", (event) => {
  const chosen = event.target.closest("button");
  if (!chosen) return;
  showFile(chosen.dataset.file);
  if (chosen.dataset.page) viewer.point(chosen.dataset.page);
});
document.getElementById("stage").addEventListener("click", (event) => {
  const box = event.target.closest("rect.flagged");
  if (box) show(document.getElementById(`flag-${box.dataset.flag}`));
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") find(search.value);
});
document.getElementById("help").addEventListener("click", () => open("keys"));

// The answer to a decision is the same flag's card: mark it, and go on to what is still open.
document.addEventListener("htmx:afterSwap", (event) => {
  const card = event.detail.elt.closest?.("article.flag");
  if (!card) return;
  recount();
  viewer.mark(card.dataset.flag, card.dataset.state);
  const all = asking();
  const rest = [...all.slice(all.indexOf(card) + 1), ...all].filter((flag) => flag.dataset.state === "open");
  show(card.dataset.state === "open" || !rest.length ? card : rest[0]);
});

prepareDialogs();
onKeys(
  {
    j: () => step(1),
    k: () => step(-1),
    n: () => turnTo(1),
    p: () => turnTo(-1),
    1: () => decideByKey(current, "confirm"),
    2: () => decideByKey(current, "dismiss"),
    3: () => decideByKey(current, "doubt"),
    u: () => decideByKey(current, "withdraw"),
    z: () => viewer.zoomToBox(current?.dataset.page, current?.dataset.box),
    Enter: (event) => (event.target.closest("button, a, summary") ? false : show(current)),
    "+": () => viewer.zoomBy(1.25),
    "=": () => viewer.zoomBy(1.25),
    "-": () => viewer.zoomBy(0.8),
    0: () => viewer.whole(),
    w: () => viewer.wide(),
    "[": () => viewer.turn(-90),
    "]": () => viewer.turn(90),
    a: () => document.getElementById("all-boxes").click(),
    "/": () => search.focus(),
    "?": () => open("keys"),
    f: () => closeFlag(undecided().length),
    g: () => document.getElementById("leave").requestSubmit(),
    b: () => document.getElementById("back-to-finished")?.click(),
  },
  aDialogIsOpen,
);

recount();
for (const flag of flags()) viewer.mark(flag.dataset.flag, flag.dataset.state);
if (undecided().length) show(undecided()[0]);
else if (asking().length) show(asking()[0]);
else turnTo(files.length > 1 ? 1 - files.indexOf("overall") + files.indexOf(file) : 0);
