// Dividers between panes: draggable, focusable, remembered per person's browser and kind of pane.
import { finde } from "./seite.js";

const SCHRITT = 16;

/** Puts a divider after each `[data-bereich]` that has a pane to its right. */
export function teiler(wurzel) {
  for (const bereich of finde(wurzel, ".fw-bereich[data-bereich]")) {
    const rechts = bereich.nextElementSibling;
    if (rechts?.matches(".fw-bereich") && !bereich.dataset.teilbar) baue(bereich);
  }
}

function baue(bereich) {
  bereich.dataset.teilbar = "ja";
  const name = `fw-breite-${bereich.dataset.bereich}`;
  const griff = document.createElement("div");
  griff.className = "fw-teiler";
  griff.tabIndex = 0;
  griff.setAttribute("role", "separator");
  griff.setAttribute("aria-orientation", "vertical");
  griff.setAttribute("aria-label", `Breite: ${bereich.getAttribute("aria-label") ?? bereich.querySelector("h1, h2")?.textContent.trim() ?? "Bereich"}`);
  if (bereich.id) griff.setAttribute("aria-controls", bereich.id);
  bereich.after(griff);

  const grenzen = () => [parseFloat(getComputedStyle(bereich).minWidth) || 180, Math.max(240, bereich.parentElement.clientWidth - 320)];
  const sage = () => {
    const [kleinste, groesste] = grenzen();
    griff.setAttribute("aria-valuemin", Math.round(kleinste));
    griff.setAttribute("aria-valuemax", Math.round(groesste));
    griff.setAttribute("aria-valuenow", Math.round(Math.min(Math.max(bereich.getBoundingClientRect().width, kleinste), groesste)));
  };
  const setze = (breite) => {
    const [kleinste, groesste] = grenzen();
    const neu = Math.round(Math.min(Math.max(breite, kleinste), groesste));
    bereich.style.setProperty("--fw-breite", `${neu}px`);
    merke(name, neu);
    sage();
  };
  const vergiss = () => {
    bereich.style.removeProperty("--fw-breite");
    merke(name, null);
    sage();
  };

  const gemerkt = Number(lies(name));
  if (gemerkt >= 120 && gemerkt <= 2400) bereich.style.setProperty("--fw-breite", `${gemerkt}px`);
  sage();

  griff.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    const start = bereich.getBoundingClientRect().width - e.clientX;
    griff.setPointerCapture(e.pointerId);
    griff.classList.add("fw-teiler--zieht");
    const ziehe = (z) => setze(start + z.clientX);
    griff.addEventListener("pointermove", ziehe);
    griff.addEventListener("lostpointercapture", () => {
      griff.classList.remove("fw-teiler--zieht");
      griff.removeEventListener("pointermove", ziehe);
    }, { once: true });
  });
  griff.addEventListener("dblclick", vergiss);
  griff.addEventListener("keydown", (e) => {
    const jetzt = bereich.getBoundingClientRect().width;
    if (e.key === "ArrowLeft") setze(jetzt - SCHRITT);
    else if (e.key === "ArrowRight") setze(jetzt + SCHRITT);
    else if (e.key === "Home") vergiss();
    else return;
    e.preventDefault();
  });
}

// Storage may be forbidden by the browser: then widths last as long as the page.
function lies(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}
function merke(name, wert) {
  try { wert === null ? localStorage.removeItem(name) : localStorage.setItem(name, wert); } catch { /* see above */ }
}
