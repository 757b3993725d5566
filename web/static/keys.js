// One place for keys: plain letters, never while one types, never with Ctrl or Alt.

const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

export function onKeys(actions, isOff = () => false) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches?.(TYPING);
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || isOff()) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || action(event) === false) return;
    event.preventDefault();
  });
}
