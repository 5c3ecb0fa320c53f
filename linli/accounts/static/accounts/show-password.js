// @ts-check
// Lets one see what one types: dots help nobody who has to look for the keys.

class ShowPassword extends HTMLElement {
  connectedCallback() {
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll("input[type=password]"))) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-bare";
      button.textContent = this.dataset.show ?? "";
      button.setAttribute("aria-controls", field.id);
      button.addEventListener("click", () => {
        const isShown = field.type === "text";
        field.type = isShown ? "password" : "text";
        button.textContent = (isShown ? this.dataset.show : this.dataset.hide) ?? "";
      });
      field.after(button);
      // A password that is sent in clear sight would be kept by the browser as ordinary text.
      field.form?.addEventListener("submit", () => (field.type = "password"));
    }
  }
}

customElements.define("show-password", ShowPassword);
