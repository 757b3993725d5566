"use strict";
const batch = JSON.parse(document.getElementById("batch").textContent);
const byId = (id) => document.getElementById(id);
const sections = [...document.querySelectorAll(".application")];
const people = [...document.querySelectorAll(".person")];
const now = { application: 0, flag: null, file: -1, page: 1, zoom: 1, place: null };

const flagsOf = (index) => [...sections[index].querySelectorAll(".flag")];
const boxOf = (element) => (element && element.dataset.box ? element.dataset.box.split(",").map(Number) : null);

function openApplication(index, flag) {
  now.application = index;
  sections.forEach((section, at) => { section.hidden = at !== index; });
  people.forEach((person, at) => person.setAttribute("aria-current", String(at === index)));
  people[index].scrollIntoView({ block: "nearest" });
  byId("file").replaceChildren(...batch[index].files.map((file, at) => new Option(file.label, String(at))));
  byId("findings").scrollTop = 0;
  const flags = flagsOf(index);
  const first = flag || flags[0];
  if (first) { openFlag(first); } else { openPage(0, 1, null); }
}

function openFlag(flag) {
  document.querySelectorAll(".flag.current").forEach((one) => one.classList.remove("current"));
  now.flag = flag;
  flag.classList.add("current");
  flag.scrollIntoView({ block: "nearest" });
  if (flag.dataset.file === undefined) { openPage(-1, 1, null); return; }
  openPage(Number(flag.dataset.file), Number(flag.dataset.page || 1), boxOf(flag));
}

function openPage(file, page, place, asField) {
  const files = batch[now.application].files;
  const known = files[file];
  const pages = known ? known.pages : [];
  now.file = file; now.page = Math.min(Math.max(page, 1), Math.max(pages.length, 1)); now.place = place;
  byId("file").value = known ? String(file) : "";
  byId("page").textContent = pages.length ? `第 ${now.page} / ${pages.length} 页` : "";
  const source = pages[now.page - 1];
  byId("sheet").hidden = !source;
  byId("empty").textContent = source ? "" : known ? "该文件没有可显示的页面。" : "此问题不针对某一份材料。";
  byId("boxes").replaceChildren();
  if (!source) { return; }
  const picture = byId("picture");
  picture.onload = () => { drawBoxes(asField ? place : null); show(place); };
  picture.alt = `${known.label} 第${now.page}页`;
  picture.src = source;
}

function drawBoxes(field) {
  const shared = new Map();
  for (const flag of flagsOf(now.application)) {
    const here = Number(flag.dataset.file) === now.file && Number(flag.dataset.page) === now.page;
    if (here && flag.dataset.box) {
      shared.set(flag.dataset.box, [...(shared.get(flag.dataset.box) || []), flag]);
    }
  }
  const frames = [...shared.values()].map((flags) => {
    const frame = framed(boxOf(flags[0]), flags[0].dataset.severity);
    const label = document.createElement("span");
    label.textContent = flags.map((flag) => flag.dataset.number).join("、");
    frame.append(label);
    frame.title = flags.map((flag) => flag.querySelector(".message").textContent).join("\n");
    frame.classList.toggle("current", flags.includes(now.flag) && !field);
    frame.onclick = () => openFlag(flags[(flags.indexOf(now.flag) + 1) % flags.length]);
    return frame;
  });
  if (field) { const frame = framed(field, "field"); frame.classList.add("current"); frames.push(frame); }
  byId("boxes").replaceChildren(...frames);
}

function framed(box, kind) {
  const frame = document.createElement("button");
  frame.className = `box ${kind}`;
  const [left, top, right, bottom] = box;
  Object.assign(frame.style, { left: `${left * 100}%`, top: `${top * 100}%`,
    width: `calc(${(right - left) * 100}% + 8px)`, height: `calc(${(bottom - top) * 100}% + 8px)` });
  return frame;
}

function show(place) {
  if (!place) { wholePage(); return; }
  const [left, top, right, bottom] = place;
  const stage = byId("stage"), picture = byId("picture");
  const ratio = picture.naturalHeight / picture.naturalWidth;
  const wide = 0.6 / Math.max(right - left, 0.02);
  const high = (0.6 * stage.clientHeight) / (stage.clientWidth * ratio * Math.max(bottom - top, 0.02));
  setZoom(Math.min(Math.max(Math.min(wide, high), 0.9), 1.8));
  const sheet = byId("sheet");
  stage.scrollTo({
    left: sheet.offsetLeft - stage.offsetLeft + ((left + right) / 2) * sheet.clientWidth - stage.clientWidth / 2,
    top: sheet.offsetTop - stage.offsetTop + ((top + bottom) / 2) * sheet.clientHeight - stage.clientHeight / 2,
  });
}

function wholePage() {
  const stage = byId("stage"), picture = byId("picture");
  const shown = picture.naturalHeight / picture.naturalWidth;
  setZoom(Math.min(1, (stage.clientHeight - 28) / ((stage.clientWidth - 28) * shown)));
  stage.scrollTo(0, 0);
}

function setZoom(zoom) {
  now.zoom = Math.min(Math.max(zoom, 0.2), 5);
  byId("sheet").style.width = `${(byId("stage").clientWidth - 28) * now.zoom}px`;
}

function step(by) {
  const flags = flagsOf(now.application);
  const next = flags[flags.indexOf(now.flag) + by];
  if (next) { openFlag(next); return; }
  for (let at = now.application + by; at >= 0 && at < sections.length; at += by) {
    const found = people[at].parentElement.hidden ? [] : flagsOf(at);
    if (found.length) { openApplication(at, by > 0 ? found[0] : found[found.length - 1]); return; }
  }
}

function stepPerson(by) {
  for (let at = now.application + by; at >= 0 && at < people.length; at += by) {
    if (!people[at].parentElement.hidden) { openApplication(at); return; }
  }
}

people.forEach((person, index) => { person.onclick = () => openApplication(index); });
byId("findings").addEventListener("click", (event) => {
  const field = event.target.closest(".field-link");
  if (field) { openPage(Number(field.dataset.file), Number(field.dataset.page), boxOf(field), true); return; }
  const flag = event.target.closest(".flag");
  if (flag) { openFlag(flag); }
});
byId("file").onchange = (event) => openPage(Number(event.target.value), 1, null);
byId("previous").onclick = () => openPage(now.file, now.page - 1, null);
byId("next").onclick = () => openPage(now.file, now.page + 1, null);
byId("in").onclick = () => setZoom(now.zoom * 1.25);
byId("out").onclick = () => setZoom(now.zoom / 1.25);
byId("whole").onclick = wholePage;
byId("fit").onclick = () => setZoom(1);
document.querySelectorAll(".filters button").forEach((button, _, all) => {
  button.onclick = () => {
    all.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    const wanted = button.dataset.verdict;
    people.forEach((person) => { person.parentElement.hidden = wanted !== "" && person.dataset.verdict !== wanted; });
  };
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "SELECT") { return; }
  const keys = { j: () => step(1), k: () => step(-1), n: () => stepPerson(1), p: () => stepPerson(-1),
    "+": () => setZoom(now.zoom * 1.25), "=": () => setZoom(now.zoom * 1.25), "-": () => setZoom(now.zoom / 1.25),
    "0": wholePage, ArrowLeft: () => openPage(now.file, now.page - 1, null), ArrowRight: () => openPage(now.file, now.page + 1, null) };
  const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (run) { event.preventDefault(); run(); }
});
window.addEventListener("resize", () => setZoom(now.zoom));
function openAddressed() {
  const [application, number] = location.hash.slice(1).split("-").map(Number);
  const index = application >= 1 && application <= sections.length ? application - 1 : 0;
  openApplication(index, flagsOf(index).find((flag) => Number(flag.dataset.number) === number));
}
window.addEventListener("hashchange", openAddressed);
if (sections.length) { openAddressed(); }
