// @ts-check
// Prints the page; without JavaScript the browser's own menu does.

class PrintButton extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}

customElements.define("print-button", PrintButton);
