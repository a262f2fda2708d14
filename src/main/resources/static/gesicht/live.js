// Keeps an open page fresh. The server says that something has changed (/ereignisse), never what: an element with id and
// data-live="aufgaben" is then fetched anew with the page it stands on. Without JavaScript or EventSource one loads the page again.

// Each fetch counts as activity of the session. Nobody's hand on the page for so long: it waits until there is one.
const UNBERUEHRT = 5 * 60_000;
// A browser has six lines to a server without HTTP/2. Pages that nobody sees give theirs back.
const VERDECKT = 5_000;
const ERSTE_PAUSE = 5_000;
const LAENGSTE_PAUSE = 5 * 60_000;

const faellig = new Set();
let quelle, uhr, verdeckt, starte;
let pause = ERSTE_PAUSE, gehoert = false, holt = false, beruehrt = Date.now();

/** @param {(wurzel: ParentNode) => void} inseln starts the islands of what was fetched */
export function live(inseln) {
  if (!window.EventSource || !document.querySelector("[data-glocke]")) return;
  starte = inseln;
  for (const art of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(art, beruehre, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(verdeckt);
    if (document.hidden) verdeckt = setTimeout(schliesse, VERDECKT);
    else oeffne();
  });
  addEventListener("pagehide", schliesse);
  addEventListener("pageshow", (e) => e.persisted && oeffne());
  oeffne();
}

function beruehre() {
  beruehrt = Date.now();
  if (faellig.size) frische();
}

function oeffne() {
  clearTimeout(uhr);
  if (quelle || document.hidden) return;
  quelle = new EventSource("/ereignisse");
  quelle.onopen = () => {
    pause = ERSTE_PAUSE;
    // What happened while nobody listened is unknown.
    if (gehoert) nimm([...document.querySelectorAll("[data-live]")].flatMap(namen));
    gehoert = true;
    document.body.dataset.hoert = "";
  };
  quelle.onmessage = (e) => nimm([e.data]);
  quelle.addEventListener("glocke", (e) => glocke(Number(e.data)));
  // Signed out, or too many windows: again when somebody comes back to this one.
  quelle.addEventListener("ende", schliesse);
  quelle.onerror = () => {
    // A broken line the browser mends itself; an answer such as 503 it takes for the last word.
    if (quelle?.readyState !== EventSource.CLOSED) return;
    schliesse();
    uhr = setTimeout(oeffne, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LAENGSTE_PAUSE);
  };
}

function schliesse() {
  clearTimeout(uhr);
  quelle?.close();
  quelle = undefined;
  delete document.body.dataset.hoert;
}

const namen = (teil) => teil.dataset.live.split(" ");

function nimm(neue) {
  for (const name of neue) faellig.add(name);
  frische();
}

async function frische() {
  if (holt || document.hidden || Date.now() - beruehrt > UNBERUEHRT) return;
  const teile = [...document.querySelectorAll("[data-live][id]")].filter((teil) => namen(teil).some((n) => faellig.has(n)));
  faellig.clear();
  teile.filter(beschaeftigt).forEach(biete);
  const ruhige = teile.filter((teil) => !beschaeftigt(teil));
  if (!ruhige.length) return;
  holt = true;
  try {
    await hole(ruhige);
  } finally {
    holt = false;
  }
  if (faellig.size) frische();
}

/** Somebody is in it, has typed or ticked something, or sends a form: nothing is taken from under their hands. */
function beschaeftigt(teil) {
  if (teil.contains(document.activeElement) || teil.querySelector("dialog[open], [aria-busy=true]")) return true;
  return [...teil.querySelectorAll("input, textarea, select")].some(geaendert);
}

function geaendert(feld) {
  if (feld.type === "hidden") return false;
  if (feld.matches("[type=checkbox], [type=radio]")) return feld.checked !== feld.defaultChecked;
  if (feld.matches("select")) return feld.selectedIndex !== Math.max(0, [...feld.options].findIndex((o) => o.defaultSelected));
  return feld.value !== feld.defaultValue;
}

/** @returns whether the page could be fetched. Any other page – the sign-in, an error – replaces nothing. */
async function hole(teile, trotzdem = false) {
  let seite;
  try {
    const antwort = await fetch(location.pathname + location.search, { headers: { Accept: "text/html", "HX-Request": "true" }, cache: "no-store" });
    if (!antwort.ok || antwort.redirected) return false;
    seite = new DOMParser().parseFromString(await antwort.text(), "text/html");
  } catch {
    // The server is away for a moment: when the line is open again, everything is fetched.
    return false;
  }
  for (const teil of teile) {
    const neu = seite.getElementById(teil.id);
    if (!neu || !teil.isConnected) continue;
    if (!trotzdem && beschaeftigt(teil)) biete(teil);
    else tausche(teil, neu);
  }
  return true;
}

function tausche(alt, neu) {
  if (alt.previousElementSibling?.matches("[data-live-angebot]")) alt.previousElementSibling.remove();
  for (const feld of [...alt.querySelectorAll("input[id], textarea[id], select[id]")].filter(geaendert)) {
    const nachher = neu.querySelector(`#${CSS.escape(feld.id)}`);
    if (!nachher) continue;
    if (feld.matches("[type=checkbox], [type=radio]")) nachher.checked = feld.checked;
    else if (feld.type !== "file") nachher.value = feld.value;
  }
  alt.replaceWith(neu);
  window.htmx?.process(neu);
  starte(neu);
}

function biete(teil) {
  if (teil.previousElementSibling?.matches("[data-live-angebot]")) return;
  const ort = document.createElement("div");
  ort.className = "fw-live";
  ort.dataset.liveAngebot = "";
  ort.setAttribute("role", "status");
  teil.before(ort);
  const knopf = document.createElement("button");
  knopf.type = "button";
  knopf.className = "fw-knopf fw-knopf--klein";
  knopf.textContent = "Es gibt Neues – aktualisieren";
  knopf.addEventListener("click", async () => {
    knopf.setAttribute("aria-disabled", "true");
    const jetzt = document.getElementById(teil.id);
    if (!jetzt || !(await hole([jetzt], true))) return location.reload();
    const neu = document.getElementById(teil.id);
    neu.tabIndex = -1;
    neu.focus({ preventScroll: true });
  });
  // A status is read out when something comes into it, not when it comes with it.
  setTimeout(() => ort.append(knopf), 100);
}

function glocke(zahl) {
  const ort = document.querySelector("[data-glocke]");
  const name = zahl > 0 ? `Meldungen, ${zahl > 99 ? "mehr als 99" : zahl} ungelesen` : "Meldungen";
  if (!ort || ort.getAttribute("aria-label") === name) return;
  ort.setAttribute("aria-label", name);
  ort.title = name;
  ort.dataset.neu = String(zahl > 0);
  document.querySelector("[data-glocke-ansage]").textContent = name;
}
