// What is typed survives. In this tab: a reload, a crash of its page, a lost session. At the server (/entwuerfe): signing out, another browser,
// a crash of the machine. What was typed last comes back. Nothing hidden or secret and no file is kept anywhere. The clock never repeats a
// request: each follows a key or the opening of a page, for it makes the session last longer.
import { csrf, finde } from "./seite.js";

const VORNE = "fw-entwurf:";
const PAUSE = 400;
const PAUSE_SERVER = 1_500;
// Characters in the tab. Bytes at the server: a request that outlives its page may carry 64 KiB.
const HOECHSTENS = 200_000;
const HOECHSTENS_SERVER = 60_000;
const AUF_EINMAL = 50;
const ABMELDEN_WARTET = 2_000;

const stellen = new Set();
// Markers of forms that were sent on the page before, by the name of their draft.
const gesendete = new Map();
// Drafts the server has: named by the page, "*" if they are too many, and what has been kept or forgotten since.
const beimServer = new Set();
const vergessen = new Set();
const hatServer = (schluessel) => !vergessen.has(schluessel) && (beimServer.has(schluessel) || beimServer.has("*"));

export function entwurf(wurzel) {
  if (wurzel === document) beginne();
  const neue = finde(wurzel, "form[data-entwurf]").filter((form) => !form.dataset.entwurfBereit && !form.querySelector("[type=password]")).map(baue);
  for (const neu of neue) stellen.add(neu);
  frage(neue);
}

function beginne() {
  for (const schluessel of (document.body.dataset.entwuerfe ?? "").split(" ")) if (schluessel) beimServer.add(schluessel);
  raeumeAuf();
  document.addEventListener("visibilitychange", () => document.hidden && bringeAlle());
  addEventListener("pagehide", bringeAlle);
  document.addEventListener("submit", meldeAb);
}

const hier = () => location.href.split("#")[0];
const navigation = () => performance.getEntriesByType("navigation")[0];
/** The page shows what was just sent, and why it was not taken. */
const abgelehnt = () => navigation()?.responseStatus >= 400 || !!document.querySelector("[aria-invalid=true], [data-abgelehnt]");

const felder = (form) => [...form.elements].filter((f) => f.name && !f.name.startsWith("_") && !["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset"].includes(f.type));
const angekreuzt = (art) => ["checkbox", "radio"].includes(art);
const wertVon = (f) => ({ name: f.name, art: f.type, wert: f.value, ...(angekreuzt(f.type) && { an: f.checked }) });
const passend = (form, { name, art }) => felder(form).filter((f) => f.name === name && f.type === art);

function baue(form) {
  form.dataset.entwurfBereit = "ja";
  const schluessel = form.dataset.entwurf || form.getAttribute("action") || location.pathname;
  // One draft per person and form: somebody else at this browser sees nothing of it.
  const name = `${VORNE}${document.body.dataset.person ?? ""}:${schluessel}`;
  const zeile = document.createElement("p");
  zeile.className = "fw-entwurf";
  zeile.role = "status";
  zeile.tabIndex = -1;

  // `zeit`: when it was typed; `server`: of what the server has kept, 0 if that is not known yet.
  let alt = lies(name);
  if (!alt?.werte?.every((w) => w.name)) alt = undefined;
  // What the draft holds for fields that this page does not have (yet).
  let rest = [];
  let uhr, uhrServer, unterwegs, abbruch, gebracht, gesendet = false, erledigt = false, zwecklos = false;
  const beruehrt = new Set();

  const sage = (text) => beruehrt.size && zeile.textContent !== text && zeile.replaceChildren(text);
  const merke = () => {
    clearTimeout(uhr);
    uhr = undefined;
    const werte = [...felder(form).map(wertVon), ...rest];
    if (JSON.stringify(werte).length > HOECHSTENS) return;
    alt = { zeit: Date.now(), server: alt?.server, werte };
    schreibe(name, alt);
  };
  const plane = () => {
    clearTimeout(uhrServer);
    uhrServer = setTimeout(bringe, PAUSE_SERVER);
  };
  const bringe = () => {
    if (uhr) merke();
    clearTimeout(uhrServer);
    if (alt && alt.server !== alt.zeit && gebracht !== alt.zeit && !gesendet && !zwecklos && form.isConnected) unterwegs = sende(alt);
    return unterwegs;
  };
  const sende = async (stand) => {
    const inhalt = JSON.stringify({ schluessel, alter: Date.now() - stand.zeit, felder: stand.werte });
    let status = 413;
    gebracht = stand.zeit;
    if (new Blob([inhalt]).size <= HOECHSTENS_SERVER) {
      alt.server ??= 0;
      schreibe(name, alt);
      abbruch = new AbortController();
      status = await fetch("/entwuerfe", { method: "PUT", keepalive: true, redirect: "error", signal: abbruch.signal, headers: { ...csrf(), Accept: "application/json", "Content-Type": "application/json" }, body: inhalt })
        .then((antwort) => antwort.status, () => 0);
    }
    // Discarded or sent meanwhile.
    if (!alt || gesendet) return;
    if (status === 204) {
      alt.server = stand.zeit;
      schreibe(name, alt);
      beimServer.add(schluessel);
      vergessen.delete(schluessel);
    } else if (status === 0 || status >= 500) gebracht = undefined;
    // Signed out: this page cannot write any more.
    else zwecklos = [401, 403].includes(status);
    if (alt.zeit === stand.zeit) sage(`Entwurf ${status === 204 ? "" : "nur in diesem Reiter "}gespeichert, ${wann(stand.zeit)}`);
  };
  const zeige = () => {
    const weg = Object.assign(document.createElement("button"), { type: "button", className: "fw-link", textContent: "Verwerfen" });
    weg.addEventListener("click", verwirf);
    zeile.replaceChildren(rest.length ? `Entwurf zum Teil wiederhergestellt, ${wann(alt.zeit)}; für das Übrige fehlen hier noch Felder.` : `Entwurf wiederhergestellt, ${wann(alt.zeit)}`, weg);
    for (let klappe = form.closest("details"); klappe; klappe = klappe.parentElement.closest("details")) klappe.open = true;
  };
  const leere = () => {
    clearTimeout(uhr);
    clearTimeout(uhrServer);
    uhr = alt = undefined;
    rest = [];
    beruehrt.clear();
    vergiss(name);
    form.reset();
    for (const feld of felder(form)) if (feld.dataset.entwurfWahl !== undefined) verborgen(feld).value = feld.dataset.entwurfWahl;
  };
  const verwirf = async () => {
    erledigt = true;
    leere();
    zeile.replaceChildren("Entwurf verworfen");
    zeile.focus();
    await unterwegs;
    vergissBeimServer(schluessel);
  };

  form.append(zeile);
  const jetzt = form.dataset.entwurfJetzt !== undefined;
  // Kept by the server and gone there: sent or discarded elsewhere.
  if (alt && alt.server === alt.zeit && !hatServer(schluessel)) {
    vergiss(name);
    alt = undefined;
  }
  if (jetzt) {
    // What was sent and is shown again is newer than any draft; of that only the fields come back which were not sent with it.
    const mit = gesendete.get(name)?.namen;
    const uebrige = (mit && alt?.werte?.filter((w) => !mit.includes(w.name))) ?? [];
    stelleHer(form, uebrige);
    rest = uebrige.filter((w) => !passend(form, w).length);
    merke();
  } else if (alt) {
    rest = alt.werte.filter((w) => !passend(form, w).length);
    if (stelleHer(form, alt.werte)) zeige();
  }
  if (alt && alt.server !== alt.zeit) plane();
  const geladen = alt;

  const getippt = (e) => {
    beruehrt.add(e.target);
    gesendet = false;
    // Whoever types on has stopped the sending, or writes what was not sent with it: the next page is no answer to that.
    vergiss(`${name}:gesendet`);
    clearTimeout(uhr);
    uhr = setTimeout(merke, PAUSE);
    plane();
  };
  form.addEventListener("input", getippt);
  form.addEventListener("auswahl", getippt);
  // Marked, not cleared: only the next page shows whether it arrived. Kept as it was sent: an older draft would come back over a refusal that
  // shows what was sent.
  form.addEventListener("submit", () => {
    clearTimeout(uhrServer);
    abbruch?.abort();
    merke();
    gesendet = erledigt = true;
    schreibe(`${name}:gesendet`, { zeit: Date.now(), von: hier(), namen: felder(form).map((f) => f.name) });
  });
  form.addEventListener("htmx:afterRequest", (e) => {
    vergiss(`${name}:gesendet`);
    if (!e.detail.successful) return;
    vergiss(name);
    if (alt?.server !== undefined) vergissBeimServer(schluessel);
    alt = undefined;
  });

  /** @param dort the server's draft; undefined if it has none any more */
  const vergleiche = (dort) => {
    // Discarded or sent before the answer came.
    if (erledigt) return;
    if (!dort) {
      if (!geladen || geladen.server !== geladen.zeit || beruehrt.size) return;
      leere();
      zeile.replaceChildren();
      return;
    }
    const zeit = Date.now() - dort.alter;
    if (geladen && geladen.zeit >= zeit) return;
    const geaendert = stelleHer(form, dort.felder, beruehrt, true);
    rest = dort.felder.filter((w) => !passend(form, w).length);
    if (beruehrt.size) {
      merke();
      plane();
    } else {
      clearTimeout(uhrServer);
      alt = { zeit, server: zeit, werte: dort.felder };
      schreibe(name, alt);
    }
    if (geaendert) zeige();
  };
  return { form, schluessel, jetzt, bringe, vergleiche };
}

/** Asks for drafts that were typed elsewhere; one request, and none where there is nothing to ask for. */
async function frage(neue) {
  const offen = abgelehnt() ? [] : neue.filter((stelle) => !stelle.jetzt && hatServer(stelle.schluessel));
  for (let i = 0; i < offen.length; i += AUF_EINMAL) {
    const teil = offen.slice(i, i + AUF_EINMAL);
    try {
      const antwort = await fetch(`/entwuerfe?${new URLSearchParams(teil.map((stelle) => ["schluessel", stelle.schluessel]))}`, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!antwort.ok) return;
      const gefunden = await antwort.json();
      for (const stelle of teil) stelle.vergleiche(gefunden.find((dort) => dort.schluessel === stelle.schluessel));
    } catch {
      // The server is away: what this tab has will do.
      return;
    }
  }
}

/** @returns what is on its way to the server */
function bringeAlle() {
  for (const stelle of stellen) if (!stelle.form.isConnected) stellen.delete(stelle);
  return [...stellen].map((stelle) => stelle.bringe()).filter(Boolean);
}

/** Signing out ends the session and empties the tab: first what was typed last has to arrive. */
async function meldeAb(e) {
  const form = e.target;
  if (e.defaultPrevented || form.getAttribute("action") !== "/abmelden") return;
  const unterwegs = bringeAlle();
  if (!unterwegs.length) return;
  e.preventDefault();
  await Promise.race([Promise.all(unterwegs), new Promise((fertig) => setTimeout(fertig, ABMELDEN_WARTET))]);
  form.submit();
}

/**
 * Drafts of others go, and all when somebody has signed out. Drafts whose form was sent go when the answer to that is a good page; a refusal,
 * an error, a reload or the sign-in page keeps them.
 */
function raeumeAuf() {
  const { person } = document.body.dataset;
  const abgemeldet = location.pathname === "/anmelden" && new URLSearchParams(location.search).has("abgemeldet");
  for (const name of namen()) if (abgemeldet || (person && !name.startsWith(`${VORNE}${person}:`))) vergiss(name);
  // Nobody is signed in: it is still open whether it will arrive.
  if (!person) return;
  // The session was lost, and what was sent waits to be sent again.
  if (location.pathname === "/fortsetzen") {
    document.querySelector("main form")?.addEventListener("submit", () => {
      for (const marke of marken()) schreibe(marke, { ...lies(marke), zeit: Date.now(), von: hier() });
    });
    return;
  }
  for (const marke of marken()) {
    const name = marke.slice(0, -":gesendet".length);
    const gesendet = lies(marke) ?? {};
    gesendete.set(name, gesendet);
    vergiss(marke);
    const schluessel = name.slice(`${VORNE}${person}:`.length);
    if (!angekommen(gesendet) || document.querySelector(`form[data-entwurf="${CSS.escape(schluessel)}"][data-entwurf-jetzt]`)) continue;
    if (lies(name)?.server !== undefined) vergissBeimServer(schluessel);
    vergiss(name);
  }
}

/** This page is the answer to what was sent, and a good one. Where no referrer is sent, because its loading began with the sending. */
function angekommen({ von, zeit }) {
  if (navigation()?.type !== "navigate" || abgelehnt()) return false;
  return document.referrer ? document.referrer === von : Math.abs(performance.timeOrigin - zeit) < 2_000;
}

/**
 * Fills only what is empty or as the server rendered it; returns whether anything changed.
 *
 * @param ausser fields somebody has touched since
 * @param alles also over what an older draft has filled
 */
function stelleHer(form, werte, ausser = new Set(), alles = false) {
  let geaendert = false;
  for (const { name, art, wert, an } of werte) {
    for (const f of passend(form, { name, art })) {
      if (ausser.has(f)) continue;
      if (angekreuzt(art)) {
        if (f.value === wert && f.checked !== an) [f.checked, geaendert] = [an, true];
      } else if (f.matches("select") && ![...f.options].some((o) => o.value === wert)) continue;
      else if (f.value !== wert && (alles || f.value === f.defaultValue || f.matches("select"))) {
        [f.value, geaendert] = [wert, true];
        // The id beside it belongs to what was chosen before; the server resolves what stands here now.
        if (verborgen(f)) {
          f.dataset.entwurfWahl ??= verborgen(f).value;
          verborgen(f).value = "";
        }
      }
    }
  }
  return geaendert;
}

/** The hidden field beside one with choices, see auswahl.js. */
const verborgen = (f) => (f.dataset.auswahl === undefined ? null : f.form.querySelector(`input[type="hidden"][name="${f.dataset.auswahlId ?? f.name.replace(/Text$/, "")}"]`));

function wann(zeit) {
  const teil = (wie) => new Intl.DateTimeFormat("de-DE", { ...wie, timeZone: "Europe/Berlin" });
  const tag = teil({ day: "2-digit", month: "2-digit" });
  return `${tag.format(zeit) === tag.format(Date.now()) ? "" : `${tag.format(zeit)}, `}${teil({ hour: "2-digit", minute: "2-digit" }).format(zeit)} Uhr`;
}

function vergissBeimServer(schluessel) {
  vergessen.add(schluessel);
  // Should it not arrive, the draft is offered once more: a nuisance, and nothing lost.
  fetch(`/entwuerfe?${new URLSearchParams({ schluessel })}`, { method: "DELETE", keepalive: true, redirect: "error", headers: { ...csrf(), Accept: "application/json" } }).catch(() => {});
}

function namen() {
  try { return Object.keys(sessionStorage).filter((s) => s.startsWith(VORNE)); } catch { return []; /* storage forbidden: nothing was kept */ }
}
const marken = () => namen().filter((s) => s.endsWith(":gesendet"));
function lies(name) {
  try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
}
function schreibe(name, wert) {
  try { sessionStorage.setItem(name, JSON.stringify(wert)); } catch { /* storage forbidden or full: the server may still keep it */ }
}
function vergiss(name) {
  try { sessionStorage.removeItem(name); } catch { /* storage forbidden: nothing was kept */ }
}
