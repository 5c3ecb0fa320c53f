// The page to write on: buttons for bold, lists and links, and a draft that goes once it has arrived.
// Loaded by the pages to write on and by the page of an entry, where one arrives.

import "./voice-note.js";

/** Before, after and what stands between when nothing is chosen. */
const MARKS = /** @type {Record<string, [string, string]>} */ ({
  bold: ["**", "**"],
  slanted: ["*", "*"],
  link: ["[", "](https://)"],
});
const LINES = /** @type {Record<string, string>} */ ({ list: "- ", quote: "> " });

class MarkdownBar extends HTMLElement {
  connectedCallback() {
    const area = document.getElementById(this.dataset.for ?? "");
    if (!(area instanceof HTMLTextAreaElement) || !this.hidden) return;
    this.hidden = false;
    area.before(this);
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) this.put(area, button.value);
    });
  }

  /**
   * @param {HTMLTextAreaElement} area
   * @param {string} what
   */
  put(area, what) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const chosen = value.slice(from, to);
    area.focus();
    if (what in MARKS) {
      const [before, after] = MARKS[what];
      area.setRangeText(before + chosen + after, from, to, "end");
      if (!chosen) area.setSelectionRange(from + before.length, from + before.length);
    } else {
      const start = value.lastIndexOf("\n", from - 1) + 1;
      const lines = value.slice(start, to).split("\n").map((line) => LINES[what] + line).join("\n");
      area.setRangeText(lines, start, to, "end");
    }
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("markdown-bar", MarkdownBar);

const SENT = "sent-draft";
const keeper = document.querySelector("draft-keeper[data-key^='post:']");
if (keeper instanceof HTMLElement) {
  sessionStorage.removeItem(SENT);
  keeper.addEventListener("submit", () => sessionStorage.setItem(SENT, keeper.dataset.key ?? ""));
} else {
  const key = sessionStorage.getItem(SENT);
  if (key) localStorage.removeItem(`draft:${key}`);
  sessionStorage.removeItem(SENT);
}

export {};
