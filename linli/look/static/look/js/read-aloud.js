/** `<read-aloud data-target="id" hidden>`: shows itself only where the browser has a voice for the page's language. */

const LANGUAGE = document.documentElement.lang === "zh-Hans" ? "zh" : "en";

/**
 * Digits of a number that is dialled are spoken one by one: “一一九”, not “一百一十九”.
 * @param {string} text
 */
export function speakable(text) {
  return text
    .replace(/\d[\d -]*\d/g, (number, at) => {
      const digits = number.replace(/[ -]/g, "");
      const isPart = /[\d.:]/.test(text.charAt(at - 1)) || /^\s*[.:年月日号楼元户%％]/.test(text.slice(at + number.length));
      const isDialled = digits.length >= 7 || /^(1[012]\d|1[12]\d{3}|999|911|112)$/.test(digits);
      return isDialled && !isPart ? digits.split("").join(" ") : number;
    })
    .replace(/\s*\n\s*/g, LANGUAGE === "zh" ? "。" : ". ");
}

class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in window)) return;
    this.offer = () => {
      this.voice = speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(LANGUAGE));
      if (this.voice) this.hidden = false;
    };
    speechSynthesis.addEventListener("voiceschanged", this.offer);
    this.offer();
    this.querySelector("button")?.addEventListener("click", () => {
      if (this.isSpeaking) this.stop();
      else this.start();
    });
  }

  disconnectedCallback() {
    if (this.offer) speechSynthesis.removeEventListener("voiceschanged", this.offer);
    this.stop();
  }

  start() {
    const target = document.getElementById(this.dataset.target ?? "");
    if (!target || !this.voice) return;
    speechSynthesis.cancel();
    const speech = new SpeechSynthesisUtterance(speakable(target.innerText));
    speech.voice = this.voice;
    speech.lang = this.voice.lang;
    speech.rate = 0.9;
    speech.onend = speech.onerror = () => this.show(false);
    speechSynthesis.speak(speech);
    this.show(true);
  }

  stop() {
    if (this.isSpeaking) speechSynthesis.cancel();
    this.show(false);
  }

  /** @param {boolean} isSpeaking */
  show(isSpeaking) {
    this.isSpeaking = isSpeaking;
    this.querySelector("[data-start]")?.toggleAttribute("hidden", isSpeaking);
    this.querySelector("[data-stop]")?.toggleAttribute("hidden", !isSpeaking);
  }
}

customElements.define("read-aloud", ReadAloud);
