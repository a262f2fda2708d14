// Keys. A key means one thing everywhere; single letters rest while somebody types and can be switched off (WCAG 2.1.4).

const tippt = (e) => e.target.closest?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]");
const sichtbar = (element) => element.getClientRects().length > 0;
const einzeltasten = () => document.body.dataset.tasten !== "aus";

export function tasten() {
  merkeHand();
  if (!setzeFort()) betrete();
  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.isComposing) return;
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === "k") return tu(e, suchen);
    if (e.key === "F6") return tu(e, () => naechsterBereich(e.shiftKey ? -1 : 1));
    if (e.key === "Escape") return zurueck(e);
    if (e.ctrlKey || e.metaKey || e.altKey || tippt(e) || document.querySelector("dialog[open]") || !einzeltasten()) return;
    if (e.key === "/") return tu(e, suchen);
    if (e.key === "?") return tu(e, zeigeTasten);
    const taste = e.key.toLowerCase();
    if ((taste === "j" || taste === "k") && zeilen().length) return tu(e, () => blaettere(taste === "j" ? 1 : -1));
    const haken = taste === "x" && document.activeElement.closest(".fw-zeile, .fw-reihe")?.querySelector(".fw-zeile__haken");
    if (haken) return tu(e, () => haken.click());
    const ziel = taste.length === 1 && [...document.querySelectorAll("[data-taste]")].find((z) => z.dataset.taste.toLowerCase() === taste && sichtbar(z));
    if (ziel) tu(e, () => loeseAus(ziel));
  });
  for (const link of document.querySelectorAll("[data-tastenhilfe]")) link.addEventListener("click", (e) => tu(e, zeigeTasten));
  // A dialog opens from a button of the page; without JavaScript that button is a link to a page of its own.
  document.addEventListener("click", (e) => {
    const dialog = document.getElementById(e.target.closest?.("[data-dialog]")?.dataset.dialog);
    if (dialog?.showModal) tu(e, () => dialog.showModal());
  });
}

function tu(ereignis, was) {
  ereignis.preventDefault();
  was();
}

/** Fields take the focus, a folded form opens, everything else is clicked. */
function loeseAus(ziel) {
  const klappe = ziel.matches("summary") ? ziel.parentElement : null;
  if (ziel.matches("input, textarea, select")) return ziel.focus();
  if (ziel.disabled || ziel.getAttribute("aria-disabled") === "true") return ziel.focus();
  ziel.click();
  if (klappe?.open) klappe.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
}

function suchen() {
  const feld = document.querySelector("[data-suchfeld]");
  feld?.focus();
  feld?.select();
}

const zeilen = () => [...document.querySelectorAll("[data-liste] a[data-zeile]")].filter(sichtbar);

const ZEILE = "fw-zeile";

/** Turned to by J or K: goes on where the page before ended. */
function setzeFort() {
  const welche = sessionStorage.getItem(ZEILE);
  sessionStorage.removeItem(ZEILE);
  if (welche) zeilen().at(welche === "erste" ? 0 : -1)?.focus();
  return welche;
}

const TASTATUR = "fw-tastatur";

/** Whether the page was left by keys or by mouse. */
function merkeHand() {
  let mitTasten = false;
  addEventListener("keydown", () => (mitTasten = true), true);
  addEventListener("pointerdown", () => (mitTasten = false), true);
  addEventListener("pagehide", () => (mitTasten ? sessionStorage.setItem(TASTATUR, "ja") : sessionStorage.removeItem(TASTATUR)));
}

/** Whoever came by keys goes on at what the page was opened for, not at its top: at the task, not before the search field. */
function betrete() {
  if (!sessionStorage.getItem(TASTATUR)) return;
  const ziel = [...document.querySelectorAll("[data-fokus]")].find((z) => sichtbar(z) && (z.dataset.fokus === "" || `#${z.dataset.fokus}` === location.hash));
  if (!ziel) return;
  ziel.tabIndex = -1;
  if (!location.hash) return ziel.focus();
  // On its way to a part of the page the browser takes the focus from wherever it is.
  addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => ziel.focus())));
}

/** The next row gets the focus, over the end of the page too; if rows open beside the list, its content follows by itself. */
function blaettere(richtung) {
  const alle = zeilen();
  // Marked with X, the row's checkbox has the focus: one is still in that row.
  const reihe = document.activeElement.closest("[data-liste] :is(.fw-zeile, .fw-reihe)");
  const hier = alle.findIndex((z) => z === document.activeElement || reihe?.contains(z));
  const jetzt = hier >= 0 ? hier : alle.findIndex((z) => z.getAttribute("aria-current") === "true");
  const ziel = alle[jetzt < 0 ? 0 : Math.min(Math.max(jetzt + richtung, 0), alle.length - 1)];
  if (hier >= 0 && ziel === alle[hier]) {
    const weiter = [...ziel.closest(".fw-bereich, main").querySelectorAll(`.fw-blaettern a[rel=${richtung > 0 ? "next" : "prev"}]`)].at(richtung > 0 ? -1 : 0);
    if (!weiter) return;
    sessionStorage.setItem(ZEILE, richtung > 0 ? "erste" : "letzte");
    return weiter.click();
  }
  ziel.focus();
  ziel.scrollIntoView({ block: "nearest" });
  if (ziel.closest("[data-liste]").dataset.liste === "folgt" && ziel.getAttribute("aria-current") !== "true") ziel.click();
}

/** Panes, navigation and header, in the order of the page. */
function naechsterBereich(richtung) {
  const bereiche = [...document.querySelectorAll("header.fw-kopf, [data-region], .fw-bereich")].filter((b) => sichtbar(b) && !(b.matches("main") && b.querySelector(".fw-bereich")));
  if (!bereiche.length) return;
  let jetzt = -1;
  bereiche.forEach((b, i) => b.contains(document.activeElement) && (jetzt = i));
  const ziel = bereiche[(jetzt + richtung + bereiche.length) % bereiche.length];
  const betretbar = (auswahl) => [...ziel.querySelectorAll(auswahl)].find(sichtbar);
  const erstes = betretbar('[aria-current]:is(a), [role="treeitem"][tabindex="0"]') ?? betretbar('a[href], button:not(:disabled), input:not([type=hidden]), [tabindex="0"]');
  if (!erstes && !ziel.hasAttribute("tabindex")) ziel.tabIndex = -1;
  (erstes ?? ziel).focus();
}

/** Closes what is open; else leaves the field; else back to the list that the page names. */
function zurueck(e) {
  if (document.querySelector("dialog[open]")) return;
  const menue = document.querySelector("details[data-menue][open]");
  if (menue) {
    menue.open = false;
    return menue.querySelector("summary").focus();
  }
  if (tippt(e)) return e.target.blur();
  const link = [...document.querySelectorAll("[data-zurueck]")].find(sichtbar);
  if (link) link.click();
}

const ALLGEMEIN = [["/", "Suchen"], ["Strg K", "Suchen"], ["F6", "Nächster Bereich"], ["Esc", "Zurück"], ["?", "Diese Übersicht"]];

function zeigeTasten() {
  const dialog = document.getElementById("tastenhilfe");
  const liste = dialog?.querySelector("[data-tastenliste]");
  if (!liste) return location.assign("/hilfe");
  const eigene = [...document.querySelectorAll("[data-taste]")].filter(sichtbar).map((z) => [z.dataset.taste.toUpperCase(), z.dataset.tastenwort ?? wort(z)]);
  const blaettern = zeilen().length ? [["J", "Nächste Zeile"], ["K", "Vorige Zeile"], ["Enter", "Öffnen"]] : [];
  if (document.querySelector(".fw-zeile__haken")) blaettern.push(["X", "Zeile markieren"]);
  liste.replaceChildren(...[...eigene, ...blaettern, ...ALLGEMEIN].map(([taste, was]) => {
    const zeile = document.createElement("div");
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    for (const teil of taste.split(" ")) {
      const kbd = document.createElement("kbd");
      kbd.className = "fw-taste";
      kbd.textContent = teil;
      dt.append(kbd, " ");
    }
    dd.textContent = was;
    zeile.append(dt, dd);
    return zeile;
  }));
  dialog.showModal();
}

/** What a button says, without its own key hint. */
function wort(element) {
  if (element.getAttribute("aria-label")) return element.getAttribute("aria-label");
  const feld = element.labels?.[0];
  const kopie = (feld ?? element).cloneNode(true);
  kopie.querySelectorAll("kbd, [aria-hidden]").forEach((k) => k.remove());
  return kopie.textContent.trim().replace(/\s+/g, " ");
}
