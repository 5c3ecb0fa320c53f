/** `<print-page hidden><button>`: appears where the browser can print, and prints the page. */

class PrintPage extends HTMLElement {
  connectedCallback() {
    this.hidden = typeof window.print !== "function";
    this.querySelector("button")?.addEventListener("click", () => window.print());
  }
}

customElements.define("print-page", PrintPage);
