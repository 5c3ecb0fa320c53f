// <copy-words data-done="Copied">: a button that copies what its input holds; the input can be selected by hand without it.

class CopyWords extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const input = this.querySelector("input");
    if (!button || !input || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      const said = this.querySelector("[role=status]");
      if (said) said.textContent = this.dataset.done || "";
    });
  }
}

customElements.define("copy-words", CopyWords);
