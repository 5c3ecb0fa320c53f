/** `<local-time data-kind="near">` inside a `<time datetime>`: words that stay true while the page is open. */

const STEPS = /** @type {const} */ ([
  ["minute", 60], ["hour", 3600], ["day", 86400], ["week", 604800],
]);
const LANGUAGE = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });
const clock = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(LANGUAGE, { month: "long", day: "numeric" });
const year = new Intl.DateTimeFormat(LANGUAGE, { year: "numeric", month: "long", day: "numeric" });

/**
 * @param {Date} at
 * @param {Date} now
 * @returns {string} “3 minutes ago”, “yesterday 20:15”, “12 May 20:15”, “12 May 2025”
 */
export function words(at, now) {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86400000);
  if (Math.abs(seconds) < 45) return LANGUAGE.startsWith("zh") ? "刚刚" : "just now";
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), STEPS[0][0]);
  if (days === 0 && Math.abs(seconds) < 6 * 3600) return relative.format(Math.round(seconds / 3600), STEPS[1][0]);
  if (Math.abs(days) <= 2) return `${relative.format(days, "day")} ${clock.format(at)}`;
  if (at.getFullYear() === now.getFullYear()) return `${day.format(at)} ${clock.format(at)}`;
  return year.format(at);
}

/** @param {Date} at */
function startOfDay(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.closest("time");
    const at = new Date(time?.getAttribute("datetime") ?? "");
    if (!time || Number.isNaN(at.getTime())) return;
    time.title = `${year.format(at)} ${clock.format(at)}`;
    const show = () => { this.textContent = words(at, new Date()); };
    show();
    // A page in the background need not keep time.
    this.timer = setInterval(() => { if (!document.hidden) show(); }, 60000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }
}

customElements.define("local-time", LocalTime);
