// @ts-check
// Passkeys: asks the server what to do, the device to do it, and sends the device's answer as an ordinary form.

/** @param {ArrayBuffer} buffer */
const encoded = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

/** @param {string} text */
const decoded = (text) => {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
};

/** @param {any} options */
function readable(options) {
  const key = { ...options.publicKey, challenge: decoded(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: decoded(key.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (key[list]) key[list] = key[list].map((/** @type {any} */ one) => ({ ...one, id: decoded(one.id) }));
  }
  return { publicKey: key };
}

/** @param {any} credential */
function sendable(credential) {
  const given = credential.response;
  /** @type {Record<string, unknown>} */
  const response = { clientDataJSON: encoded(given.clientDataJSON) };
  if (given.attestationObject) {
    response.attestationObject = encoded(given.attestationObject);
    response.transports = given.getTransports ? given.getTransports() : [];
  } else {
    response.authenticatorData = encoded(given.authenticatorData);
    response.signature = encoded(given.signature);
    response.userHandle = given.userHandle ? encoded(given.userHandle) : null;
  }
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: encoded(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

// Browsers make passkeys for names only, never for a bare address such as 127.0.0.1.
const isPossible = () =>
  window.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in window && !/^[\d.]+$|:/.test(location.hostname);

class PasskeyWay extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || !isPossible()) return;
    this.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(form).catch((error) => this.tell(error));
    });
  }

  /** @param {HTMLFormElement} form */
  async ask(form) {
    this.tell(null);
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-from]"))) {
      field.value = /** @type {HTMLInputElement | null} */ (document.getElementById(field.dataset.from ?? ""))?.value ?? "";
    }
    const options = this.dataset.options ? JSON.parse(this.dataset.options) : await this.fetched(form);
    const key = readable(options);
    const made = key.publicKey.user ? await navigator.credentials.create(key) : await navigator.credentials.get(key);
    const answer = document.createElement("input");
    answer.type = "hidden";
    answer.name = "credential";
    answer.value = sendable(made);
    form.append(answer);
    form.submit();
  }

  /** @param {HTMLFormElement} form */
  async fetched(form) {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const data = await response.json().catch(() => ({}));
    if (response.ok && data.publicKey) return data;
    const error = new Error(data.error ?? "");
    error.name = "Refused";
    throw error;
  }

  /** @param {any} error */
  tell(error) {
    const place = /** @type {HTMLElement | null} */ (this.querySelector("[role=alert]"));
    if (!place) return;
    // Somebody who closes the device's question knows that it was closed.
    place.hidden = !error;
    if (error) place.textContent = (error.name === "Refused" && error.message) || this.dataset.failed || "";
  }
}

customElements.define("passkey-way", PasskeyWay);
