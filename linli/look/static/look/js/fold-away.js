/** `<fold-away><details>`: closes on Escape, on a press outside, and gives the focus back. */

class FoldAway extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const summary = details?.querySelector("summary");
    if (!details || !summary) return;
    this.onKey = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      summary.focus();
    };
    this.onPress = (/** @type {Event} */ event) => {
      if (details.open && event.target instanceof Node && !this.contains(event.target)) details.open = false;
    };
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("click", this.onPress);
  }

  disconnectedCallback() {
    if (this.onKey) document.removeEventListener("keydown", this.onKey);
    if (this.onPress) document.removeEventListener("click", this.onPress);
  }
}

customElements.define("fold-away", FoldAway);
