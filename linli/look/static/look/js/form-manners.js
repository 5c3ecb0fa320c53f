// Small manners of all forms: the summary of errors gets the focus, and one press sends once.

/** @param {ParentNode} root */
function greet(root) {
  const summary = root.querySelector(".summary[role=alert]");
  if (summary instanceof HTMLElement) summary.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.classList.add("htmx-request");
});

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.target instanceof Element) greet(event.target);
});
greet(document);

export {};
