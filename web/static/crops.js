// Shows the place of a flag at reading size: the page is moved behind a window, the box drawn on it.
const MARGIN = 0.06;
const LEAST = 0.45; // of the page's width, so that one sees where it is

function place(link) {
  const image = link.querySelector("img");
  if (!image.complete || !image.naturalWidth || link.classList.contains("placed")) return;
  const [left, top, right, bottom] = link.dataset.box.split(",").map(Number);
  const wide = Math.min(1, Math.max(LEAST, right - left + 2 * MARGIN));
  link.classList.add("placed");
  const width = link.clientWidth / wide;
  const height = (width * image.naturalHeight) / image.naturalWidth;
  const tall = Math.min(320, Math.max(110, (bottom - top) * height + 60));
  const shift = (middle, whole, window) => Math.min(0, Math.max(window - whole, window / 2 - middle * whole));
  const x = shift((left + right) / 2, width, link.clientWidth);
  const y = shift((top + bottom) / 2, height, tall);
  link.style.height = `${tall}px`;
  Object.assign(image.style, { width: `${width}px`, left: `${x}px`, top: `${y}px` });
  const box = document.createElement("span");
  box.className = "box";
  Object.assign(box.style, {
    left: `${x + left * width - 3}px`,
    top: `${y + top * height - 3}px`,
    width: `${(right - left) * width + 6}px`,
    height: `${(bottom - top) * height + 6}px`,
  });
  link.append(box);
}

function placeAll(root = document) {
  for (const link of root.querySelectorAll(".crop[data-box]")) {
    place(link);
    link.querySelector("img").addEventListener("load", () => place(link), { once: true });
  }
}

placeAll();
document.addEventListener("htmx:afterSwap", (event) => placeAll(event.target));
