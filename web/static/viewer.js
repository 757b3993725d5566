// Pages of one file under each other: zoom, turn, boxes. Widths are set by script; the picture's own
// width and height attributes keep its place free while it loads.

const GAP = 24;
const LARGE = 1100;
const MARGIN = 0.35;

export class Viewer {
  constructor(stage) {
    this.stage = stage;
    this.pages = null;
    this.zoom = 0; // 0: as wide as the stage; otherwise CSS pixels of a page's width
    this.turns = new WeakMap();
    this.before = null;
    const buttons = { in: () => this.zoomBy(1.25), out: () => this.zoomBy(0.8), whole: () => this.whole() };
    Object.assign(buttons, { wide: () => this.wide(), left: () => this.turn(-90), right: () => this.turn(90) });
    for (const [id, action] of Object.entries(buttons)) document.getElementById(id).addEventListener("click", action);
    document.getElementById("all-boxes").addEventListener("change", (event) => {
      stage.classList.toggle("all-boxes", event.target.checked);
    });
    new ResizeObserver(() => this.layOut()).observe(stage);
  }

  open(pages) {
    this.pages = pages;
    this.zoom = 0;
    this.before = null;
    this.stage.scrollTo(0, 0);
    this.layOut();
  }

  get sheets() {
    return this.pages ? [...this.pages.querySelectorAll(".sheet")] : [];
  }

  get fitting() {
    return Math.max(this.stage.clientWidth - GAP, 160);
  }

  sheet(page) {
    return this.pages?.querySelector(`.sheet[data-page="${page}"]`);
  }

  layOut() {
    for (const sheet of this.sheets) {
      const image = sheet.querySelector("img");
      const turning = sheet.querySelector(".turning");
      const degrees = this.turns.get(sheet) || 0;
      const upright = degrees % 180 === 0;
      const ratio = Number(image.getAttribute("height")) / Number(image.getAttribute("width"));
      const shown = this.zoom || Math.min(this.fitting, 1000);
      const width = upright ? shown : shown / ratio;
      sheet.style.width = `${shown}px`;
      sheet.style.height = `${upright ? shown * ratio : shown / ratio}px`;
      turning.style.width = `${width}px`;
      turning.style.height = `${width * ratio}px`;
      turning.style.transform = `translate(-50%, -50%) rotate(${degrees}deg)`;
      if (width * devicePixelRatio > LARGE && image.src !== image.dataset.large && image.dataset.large) {
        image.src = image.dataset.large;
        delete image.dataset.large;
      }
    }
  }

  zoomBy(factor) {
    const middle = (this.stage.scrollTop + this.stage.clientHeight / 2) / this.stage.scrollHeight;
    const width = this.zoom || Math.min(this.fitting, 1000);
    this.zoom = Math.min(Math.max(width * factor, 160), 4000);
    this.layOut();
    this.stage.scrollTop = middle * this.stage.scrollHeight - this.stage.clientHeight / 2;
  }

  wide() {
    this.zoom = this.fitting;
    this.layOut();
  }

  whole() {
    const image = this.sheets[0]?.querySelector("img");
    if (!image) return;
    const ratio = image.getAttribute("width") / image.getAttribute("height");
    this.zoom = Math.max((this.stage.clientHeight - GAP * 2) * ratio, 160);
    this.layOut();
    this.middlePage()?.scrollIntoView({ block: "start" });
  }

  middlePage() {
    const middle = this.stage.getBoundingClientRect().top + this.stage.clientHeight / 2;
    return this.sheets.find((sheet) => sheet.getBoundingClientRect().bottom > middle) || this.sheets.at(-1);
  }

  turn(degrees) {
    const sheet = this.middlePage();
    if (!sheet) return;
    this.turns.set(sheet, ((this.turns.get(sheet) || 0) + degrees + 360) % 360);
    this.layOut();
    sheet.scrollIntoView({ block: "nearest" });
  }

  // Show a place: `box` as four fractions in a string. Its frame is marked, the rest of the page stays in view.
  point(page, box, flag) {
    for (const old of this.stage.querySelectorAll("rect.pointed, rect.current")) {
      if (old.classList.contains("pointed")) old.remove();
      else old.classList.remove("current");
    }
    const sheet = page && this.sheet(page);
    if (!sheet) return;
    if (!box) return sheet.scrollIntoView({ block: "start" });
    const frame = flag ? sheet.querySelector(`rect[data-flag="${flag}"]`) : drawn(sheet, box);
    frame?.classList.add("current");
    this.centre(frame);
  }

  centre(frame) {
    if (!frame) return;
    const place = frame.getBoundingClientRect();
    const seen = this.stage.getBoundingClientRect();
    this.stage.scrollTop += place.top + place.height / 2 - (seen.top + seen.height / 2);
    this.stage.scrollLeft += place.left + place.width / 2 - (seen.left + seen.width / 2);
  }

  zoomToBox(page, box) {
    const sheet = page && this.sheet(page);
    if (!sheet || !box) return;
    if (this.before !== null) {
      this.zoom = this.before;
      this.before = null;
      this.layOut();
    } else {
      const [left, , right] = box.split(" ").map(Number);
      this.before = this.zoom;
      this.zoom = Math.min(Math.max(this.stage.clientWidth / (right - left + MARGIN), this.fitting), 2600);
      this.layOut();
    }
    this.centre(sheet.querySelector("rect.current") || sheet);
  }

  mark(flag, state) {
    for (const frame of this.stage.querySelectorAll(`rect[data-flag="${flag}"]`)) frame.dataset.state = state;
  }
}

function drawn(sheet, box) {
  const [left, top, right, bottom] = box.split(" ").map(Number);
  const frame = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const places = { x: left, y: top, width: right - left, height: bottom - top, class: "pointed" };
  for (const [name, value] of Object.entries(places)) frame.setAttribute(name, value);
  sheet.querySelector("svg.boxes").append(frame);
  return frame;
}

// The place of a flag at reading size, cut out of the page's large picture.
export function showCrop(flag, viewer) {
  const crop = flag.querySelector("svg.crop");
  const image = crop && viewer.sheet(flag.dataset.page)?.querySelector("img");
  if (!image || crop.firstChild) return;
  const [width, height] = [Number(image.getAttribute("width")), Number(image.getAttribute("height"))];
  const [left, top, right, bottom] = flag.dataset.box.split(" ").map(Number);
  const across = Math.min(Math.max((right - left) * 1.3, 0.3), 1) * width;
  const down = Math.min(Math.max((bottom - top) * height * 1.6, across * 0.14), across * 0.75);
  const x = Math.min(Math.max(((left + right) / 2) * width - across / 2, 0), width - across);
  const y = Math.min(Math.max(((top + bottom) / 2) * height - down / 2, 0), height - down);
  crop.setAttribute("viewBox", `${x} ${y} ${across} ${down}`);
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "image");
  const parts = { href: image.dataset.large || image.src, width, height };
  for (const [name, value] of Object.entries(parts)) picture.setAttribute(name, value);
  crop.append(picture);
  crop.removeAttribute("hidden");
}
