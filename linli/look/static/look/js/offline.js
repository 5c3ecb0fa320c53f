// Registers the service worker, and empties what it kept when the person logs out.

if ("serviceWorker" in navigator && document.querySelector("link[rel=manifest]")) {
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Private windows and old browsers refuse; pages work without it.
  });
}

document.addEventListener("submit", (event) => {
  const action = event.target instanceof HTMLFormElement ? (event.submitter?.getAttribute("formaction") ?? event.target.action) : "";
  if (!action.includes("/logout/")) return;
  navigator.serviceWorker?.controller?.postMessage("forget");
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
});

export {};
