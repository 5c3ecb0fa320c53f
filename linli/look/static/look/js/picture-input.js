/**
 * `<picture-input><input type="file" multiple></picture-input>`: a preview of each picture, words for those who
 * cannot see it, a way to take it back; pictures can be added in several goes and dropped onto it.
 */

/** @param {File} file */
const isPicture = (file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name);

/** @param {File} file */
function preview(file) {
  const image = new Image(150, 112);
  image.alt = file.name;
  image.src = URL.createObjectURL(file);
  image.onload = () => URL.revokeObjectURL(image.src);
  return image;
}

/** @param {File} file */
function named(file) {
  const name = document.createElement("span");
  name.className = "picked-name";
  name.textContent = `${file.name} · ${(file.size / 1e6).toFixed(1)} MB`;
  return name;
}

class PictureInput extends HTMLElement {
  files = /** @type {File[]} */ ([]);
  words = /** @type {WeakMap<File, string>} */ (new WeakMap());

  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector(".picked")) return;
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "picked";
    this.append(this.list);
    input.addEventListener("change", () => this.take(input.files));
    this.addEventListener("dragover", (event) => { event.preventDefault(); this.classList.add("picture-over"); });
    this.addEventListener("dragleave", () => this.classList.remove("picture-over"));
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      this.classList.remove("picture-over");
      this.take(event.dataTransfer?.files);
    });
    input.form?.addEventListener("reset", () => { this.files = []; this.show(); });
    if (input.files?.length) this.take(input.files);
  }

  /** @param {FileList | null | undefined} more */
  take(more) {
    if (!this.input) return;
    const all = "about" in this.dataset;
    const fresh = [...(more ?? [])].filter((file) => all || isPicture(file));
    const max = Number(this.input.dataset.max ?? "9");
    this.files = this.input.multiple ? [...this.files, ...fresh].slice(0, max) : fresh.slice(0, 1);
    this.show();
  }

  show() {
    if (!this.input || !this.list) return;
    const transfer = new DataTransfer();
    for (const file of this.files) transfer.items.add(file);
    this.input.files = transfer.files;
    this.list.replaceChildren(...this.files.map((file) => this.item(file)));
  }

  /** @param {File} file */
  item(file) {
    const item = document.createElement("li");
    item.append(isPicture(file) ? preview(file) : named(file));
    if (this.dataset.words && this.input?.name) item.append(this.wordsFor(file));
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button button-quiet";
    remove.textContent = this.dataset.remove ?? "×";
    remove.addEventListener("click", () => {
      this.files = this.files.filter((other) => other !== file);
      this.show();
      this.input?.focus();
    });
    item.append(remove);
    return item;
  }

  /** @param {File} file */
  wordsFor(file) {
    const field = document.createElement("input");
    field.className = "input";
    field.name = `${this.input?.name}_alt`;
    field.maxLength = 200;
    field.value = this.words.get(file) ?? "";
    const asked = (isPicture(file) ? this.dataset.words : this.dataset.about) ?? "";
    field.placeholder = asked;
    field.setAttribute("aria-label", `${asked} ${file.name}`);
    field.addEventListener("input", () => this.words.set(file, field.value));
    return field;
  }
}

customElements.define("picture-input", PictureInput);
