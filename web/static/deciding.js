// Decisions: one key for what needs no reason, a small dialog for what does.

export const aDialogIsOpen = () => document.querySelector("dialog[open]") !== null;

export function open(id) {
  document.getElementById(id).showModal();
}

// Press the button of the card that means `decision`; a card shows only what can be done with it.
export function decideByKey(flag, decision) {
  const wanted = `button[value="${decision}"]`;
  const button = flag?.querySelector(`${wanted}:not(.plain)`) ?? flag?.querySelector(wanted);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

export function closeFlag(left) {
  const button = document.querySelector("#finish button");
  if (button.disabled) return;
  if (left) button.form.requestSubmit();
  else open("finishing");
}

let asked = null;

function send(reason) {
  const { form, decision } = asked;
  form.elements.reason.value = reason;
  const button = [...form.querySelectorAll(`button[value="${decision}"]`)].find((one) => one.dataset.reasons);
  button.dataset.told = "yes";
  form.requestSubmit(button);
  delete button.dataset.told;
}

export function prepareDialogs() {
  // Before htmx sees the click: a decision that needs a reason first asks for it.
  document.addEventListener(
    "submit",
    (event) => {
      const button = event.submitter;
      if (!button?.dataset.reasons || button.dataset.told) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      asked = { form: event.target, decision: button.value };
      const dialog = document.getElementById(`reasons-${button.value}`);
      dialog.querySelector("input").value = "";
      dialog.showModal();
      dialog.querySelector(".reason-list button").focus();
    },
    true,
  );
  for (const dialog of document.querySelectorAll("dialog")) prepare(dialog);
  document.getElementById("finish").addEventListener("submit", (event) => {
    if (event.submitter) {
      event.preventDefault();
      open("finishing");
    }
  });
}

function prepare(dialog) {
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]") || event.target === dialog) dialog.close("");
    const reason = event.target.closest(".reason-list button");
    if (reason) choose(dialog, reason.value);
  });
  dialog.addEventListener("keydown", (event) => {
    // Once a reason is chosen the dialog is gone: the page must not take the same key for another decision.
    event.stopPropagation();
    const reason = dialog.querySelectorAll(".reason-list button")[Number(event.key) - 1];
    if (!reason || event.target.matches("input")) return;
    event.preventDefault();
    choose(dialog, reason.value);
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (dialog.id === "finishing") document.getElementById("finish").submit();
    if (!dialog.matches(".reasons")) return;
    event.preventDefault();
    const typed = dialog.querySelector("input");
    const needed = asked.decision === "dismiss" && !typed.value.trim();
    typed.setCustomValidity(needed ? "请选择或填写驳回的理由" : "");
    if (typed.reportValidity()) choose(dialog, typed.value.trim());
  });
}

function choose(dialog, reason) {
  dialog.close("");
  send(reason);
}
