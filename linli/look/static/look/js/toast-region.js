/** `<toast-region role="status">`: sentences after an act. They leave by themselves only where nobody needs longer. */

class ToastRegion extends HTMLElement {
  connectedCallback() {
    for (const toast of this.children) this.welcome(toast);
    this.observer = new MutationObserver((changes) => {
      for (const change of changes) {
        for (const toast of change.addedNodes) if (toast instanceof Element) this.welcome(toast);
      }
    });
    this.observer.observe(this, { childList: true });
    document.body.addEventListener("htmx:responseError", (event) => this.sayOf(event, this.dataset.failed));
    document.body.addEventListener("htmx:sendError", (event) => this.sayOf(event, this.dataset.offline));
  }

  disconnectedCallback() {
    this.observer?.disconnect();
  }

  /**
   * What a page does by itself, such as noting that it was seen, may fail in silence: nobody asked for it.
   * @param {Event} event
   * @param {string | undefined} words
   */
  sayOf(event, words) {
    const asker = event.target;
    if (asker instanceof Element && asker.matches("[hx-swap='none'], [data-hx-swap='none']")) return;
    this.say(words);
  }

  /** @param {string | undefined} words */
  say(words) {
    const toast = document.createElement("p");
    toast.className = "toast toast-alarm";
    toast.textContent = words ?? "";
    this.replaceChildren(toast);
  }

  /** @param {Element} toast */
  welcome(toast) {
    toast.addEventListener("click", () => toast.remove());
    const isElder = document.documentElement.dataset.size !== "standard";
    if (isElder || toast.classList.contains("toast-alarm")) return;
    const length = toast.textContent?.length ?? 0;
    setTimeout(() => toast.classList.add("toast-gone"), 6000 + length * 80);
    setTimeout(() => toast.remove(), 6400 + length * 80);
  }
}

customElements.define("toast-region", ToastRegion);
