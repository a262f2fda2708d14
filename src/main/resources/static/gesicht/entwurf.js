// What is typed survives a reload, a crash of the tab's page, a lost session: kept in this tab only, never on the server.
import { finde } from "./seite.js";

const uhrzeit = (zeit) => new Intl.DateTimeFormat("de-DE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }).format(zeit);
const HOECHSTENS = 200_000;

export function entwurf(wurzel) {
  if (wurzel === document) raeumeAuf();
  for (const form of finde(wurzel, "form[data-entwurf]")) if (!form.dataset.entwurfBereit) baue(form);
}

const felder = (form) => [...form.elements].filter((f) => f.name && !f.name.startsWith("_") && !["hidden", "password", "file", "submit", "button"].includes(f.type));

function baue(form) {
  form.dataset.entwurfBereit = "ja";
  // One draft per person and form: somebody else at this browser sees nothing of it.
  const name = `fw-entwurf:${document.body.dataset.person ?? ""}:${form.dataset.entwurf || form.getAttribute("action") || location.pathname}`;
  const zeile = document.createElement("p");
  zeile.className = "fw-entwurf";
  zeile.role = "status";

  const alt = lies(name);
  if (alt && stelleHer(form, alt.werte)) {
    zeile.append(`Entwurf wiederhergestellt, ${uhrzeit(alt.zeit)} Uhr`);
    const weg = Object.assign(document.createElement("button"), { type: "button", className: "fw-link", textContent: "Verwerfen" });
    weg.addEventListener("click", () => {
      vergiss(name);
      form.reset();
      zeile.replaceChildren("Entwurf verworfen");
    });
    zeile.append(weg);
    if (form.closest("details")) form.closest("details").open = true;
  }
  form.append(zeile);

  const merke = () => {
    const werte = felder(form).map((f) => [f.name, f.type, ["checkbox", "radio"].includes(f.type) ? [f.value, f.checked] : f.value]);
    return JSON.stringify(werte).length <= HOECHSTENS && schreibe(name, { zeit: Date.now(), werte });
  };
  let uhr;
  form.addEventListener("input", () => {
    clearTimeout(uhr);
    uhr = setTimeout(() => merke() && zeile.replaceChildren(`Entwurf gespeichert, ${uhrzeit(Date.now())} Uhr`), 400);
  });
  // Marked, not cleared: only the next page shows whether it arrived. Kept as it was sent: an older draft would come back over a refusal that
  // shows what was sent.
  form.addEventListener("submit", () => {
    clearTimeout(uhr);
    merke();
    schreibe(`${name}:gesendet`, { zeit: Date.now() });
  });
  form.addEventListener("htmx:afterRequest", (e) => {
    if (!e.detail.successful) return vergiss(`${name}:gesendet`);
    vergiss(name);
    vergiss(`${name}:gesendet`);
  });
}

/** Drafts whose form was sent go when the answer is a good page; a refusal, an error, a reload or the sign-in page keeps them. */
function raeumeAuf() {
  const weg = performance.getEntriesByType("navigation")[0];
  const angekommen = weg?.type === "navigate" && !(weg.responseStatus >= 400) && location.pathname !== "/anmelden" && !document.querySelector("[aria-invalid=true]");
  try {
    for (const marke of Object.keys(sessionStorage).filter((s) => s.startsWith("fw-entwurf:") && s.endsWith(":gesendet"))) {
      vergiss(marke);
      if (angekommen) vergiss(marke.slice(0, -":gesendet".length));
    }
  } catch { /* storage forbidden: nothing was kept */ }
}

/** Fills only what is empty or as the server rendered it; returns whether anything changed. */
function stelleHer(form, werte) {
  let geaendert = false;
  for (const [name, typ, wert] of werte) {
    const passend = felder(form).filter((f) => f.name === name && f.type === typ);
    for (const f of passend) {
      if (["checkbox", "radio"].includes(typ)) {
        if (f.value === wert[0] && f.checked !== wert[1]) [f.checked, geaendert] = [wert[1], true];
      } else if (f.value !== wert && (f.value === f.defaultValue || f.matches("select"))) [f.value, geaendert] = [wert, true];
    }
  }
  return geaendert;
}

function lies(name) {
  try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
}
function schreibe(name, wert) {
  try { sessionStorage.setItem(name, JSON.stringify(wert)); return true; } catch { return false; }
}
function vergiss(name) {
  try { sessionStorage.removeItem(name); } catch { /* storage forbidden: nothing was kept */ }
}
