// Keys of the queue: J/K go along the rows, Enter opens, G opens the next one, / searches.
import { onKeys } from "./keys.js";

const links = () => [...document.querySelectorAll("#rows a.applicant")];

function step(by) {
  const all = links();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement);
  all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)].focus();
}

onKeys({
  j: () => step(1),
  k: () => step(-1),
  g: () => document.getElementById("open-next").click(),
  "/": () => document.getElementById("words").focus(),
});
