/**
 * `<voice-note data-for="id of a file field" hidden><button>…</button></voice-note>`: records with the microphone and
 * puts the note into the file field, as if it had been chosen there. Stays hidden where a browser cannot record.
 */

const SECONDS_MOST = 600;

class VoiceNote extends HTMLElement {
  recorder = /** @type {MediaRecorder | null} */ (null);

  connectedCallback() {
    if (!("MediaRecorder" in window) || !navigator.mediaDevices) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.words = this.querySelector("button span");
    this.start = this.words?.textContent ?? "";
    this.button?.addEventListener("click", () => (this.recorder ? this.recorder.stop() : this.record()));
  }

  disconnectedCallback() {
    this.recorder?.stop();
  }

  async record() {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.say(this.dataset.refused ?? "");
      return;
    }
    const pieces = /** @type {Blob[]} */ ([]);
    const recorder = new MediaRecorder(stream);
    const since = Date.now();
    const clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      this.say(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
      if (seconds >= SECONDS_MOST) recorder.stop();
    }, 1000);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of stream.getTracks()) track.stop();
      this.recorder = null;
      if (this.words) this.words.textContent = this.start ?? "";
      this.say("");
      this.give(new Blob(pieces, { type: recorder.mimeType }));
    });
    this.recorder = recorder;
    if (this.words) this.words.textContent = this.dataset.stop ?? "";
    recorder.start();
  }

  /** @param {Blob} blob */
  give(blob) {
    const field = document.getElementById(this.dataset.for ?? "");
    if (!(field instanceof HTMLInputElement) || !blob.size) return;
    const transfer = new DataTransfer();
    const kind = blob.type.includes("mp4") ? "m4a" : "webm";
    transfer.items.add(new File([blob], `${this.dataset.called}.${kind}`, { type: blob.type }));
    field.files = transfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @param {string} words */
  say(words) {
    const status = this.querySelector("[role=status]");
    if (status) status.textContent = words;
  }
}

customElements.define("voice-note", VoiceNote);

export {};
