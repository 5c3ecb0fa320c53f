/**
 * `<draft-keeper data-key="post:sunny" data-saved="Draft saved" data-restored="…">` around a form: what is typed stays
 * on this device until it is sent. Passwords, codes, files and hidden fields are never kept.
 */

const PREFIX = "draft:";
const NEVER = new Set(["password", "file", "hidden", "submit", "button"]);
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || !this.dataset.key) return;
    this.form = form;
    this.key = PREFIX + this.dataset.key;
    if (!form.querySelector("[aria-invalid]")) this.restore();
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 600);
    });
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      // Kept until the next page shows that it arrived: that page holds no keeper with this key, or one with data-sent.
      this.keep();
    });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      const detail = /** @type {CustomEvent} */ (event).detail;
      if (detail.elt === form && detail.successful) this.forget();
    });
  }

  /** @returns {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */
  fields() {
    return [...(this.form?.elements ?? [])].filter(
      /** @returns {field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
      (field) => "name" in field && "value" in field && field.name !== ""
        && !NEVER.has(/** @type {HTMLInputElement} */ (field).type)
        && /** @type {HTMLInputElement} */ (field).autocomplete !== "one-time-code",
    );
  }

  keep() {
    const typed = this.fields().map((field) =>
      field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
    const isEmpty = this.fields().every((field) => !(field instanceof HTMLTextAreaElement) || field.value.trim() === "");
    try {
      if (isEmpty) this.forget();
      else localStorage.setItem(this.key ?? "", JSON.stringify(typed));
      this.say(isEmpty ? "" : `${this.dataset.saved} ${clock.format(new Date())}`);
    } catch {
      // A full or forbidden store: typing goes on, only unsaved.
    }
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.key ?? "") ?? "null");
    const fields = this.fields();
    if (!Array.isArray(kept) || kept.length !== fields.length) return;
    fields.forEach((field, i) => {
      if (typeof kept[i] === "boolean" && field instanceof HTMLInputElement) field.checked = kept[i];
      else if (field.value === "") field.value = kept[i];
    });
    this.say(this.dataset.restored ?? "");
  }

  forget() {
    localStorage.removeItem(this.key ?? "");
  }

  /** @param {string} words */
  say(words) {
    const place = this.querySelector(".kept");
    if (place) place.textContent = words;
  }
}

customElements.define("draft-keeper", DraftKeeper);
