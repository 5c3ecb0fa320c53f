/** `<share-link>`: copies the link beside it, or hands it to the device's own way of sharing; without either it can be selected. */

class ShareLink extends HTMLElement {
  connectedCallback() {
    const input = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    const copy = /** @type {HTMLButtonElement} */ (this.querySelector("[data-do=copy]"));
    const share = /** @type {HTMLButtonElement} */ (this.querySelector("[data-do=share]"));
    input.addEventListener("focus", () => input.select());
    if (navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(input.value).catch(() => input.select());
        const status = this.querySelector("[role=status]");
        if (status) status.textContent = this.dataset.copied ?? "";
      });
    }
    if (typeof navigator.share === "function") {
      share.hidden = false;
      // Whoever closes the device's sheet again has changed their mind; nothing went wrong.
      share.addEventListener("click", () => navigator.share({ title: this.dataset.title, url: input.value }).catch(() => {}));
    }
  }
}

customElements.define("share-link", ShareLink);
