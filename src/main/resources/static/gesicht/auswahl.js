// Choosing by typing (WAI-ARIA APG combobox, list autocomplete). The typed text is submitted as it stands; beside it a hidden
// field carries the id of what was chosen from the list, empty when nothing was.
import { finde } from "./seite.js";

const WARTEN = 150;
let nummer = 0;

export function auswahl(wurzel) {
  for (const feld of finde(wurzel, "input[data-auswahl]")) if (!feld.dataset.bereit) baue(feld);
}

function baue(feld) {
  feld.dataset.bereit = "ja";
  const id = feld.id || (feld.id = `auswahl-${++nummer}`);
  let rahmen = feld.closest(".fw-auswahl");
  if (!rahmen) {
    rahmen = document.createElement("div");
    rahmen.className = "fw-auswahl";
    feld.replaceWith(rahmen);
    rahmen.append(feld);
  }
  // data-auswahl-id names the hidden field; the page may have rendered it already, with the id chosen before.
  const name = feld.dataset.auswahlId ?? feld.name.replace(/Text$/, "");
  let verborgen = feld.form?.querySelector(`input[type="hidden"][name="${name}"]`);
  if (!verborgen) {
    verborgen = document.createElement("input");
    verborgen.type = "hidden";
    verborgen.name = name;
    rahmen.append(verborgen);
  }
  const liste = document.createElement("ul");
  liste.className = "fw-auswahl__liste";
  liste.id = `${id}-liste`;
  liste.role = "listbox";
  liste.setAttribute("aria-label", feld.labels?.[0]?.textContent.trim() ?? "Vorschläge");
  liste.hidden = true;
  const ansage = document.createElement("span");
  ansage.className = "kern-sr-only";
  ansage.role = "status";
  rahmen.append(liste, ansage);
  feld.role = "combobox";
  feld.autocomplete = "off";
  feld.setAttribute("aria-autocomplete", "list");
  feld.setAttribute("aria-expanded", "false");
  feld.setAttribute("aria-controls", liste.id);

  let uhr, abbruch, werte = [], aktiv = -1;

  const schliesse = () => {
    clearTimeout(uhr);
    abbruch?.abort();
    liste.hidden = true;
    aktiv = -1;
    feld.setAttribute("aria-expanded", "false");
    feld.removeAttribute("aria-activedescendant");
  };
  const markiere = (i) => {
    aktiv = i;
    [...liste.children].forEach((z, n) => z.setAttribute("aria-selected", n === i));
    if (i < 0) return feld.removeAttribute("aria-activedescendant");
    feld.setAttribute("aria-activedescendant", liste.children[i].id);
    liste.children[i].scrollIntoView({ block: "nearest" });
  };
  const nimm = (wert) => {
    feld.value = wert.text;
    verborgen.value = wert.id;
    schliesse();
    ansage.textContent = `${wert.text} gewählt`;
    feld.dispatchEvent(new CustomEvent("auswahl", { bubbles: true, detail: wert }));
  };
  const zeige = (neue) => {
    werte = neue.slice(0, 50);
    liste.replaceChildren(...werte.map((wert, i) => {
      const zeile = document.createElement("li");
      zeile.id = `${id}-wahl-${i}`;
      zeile.role = "option";
      zeile.setAttribute("aria-selected", "false");
      zeile.append(Object.assign(document.createElement("span"), { textContent: wert.text }));
      if (wert.zusatz) zeile.append(Object.assign(document.createElement("small"), { textContent: wert.zusatz }));
      zeile.addEventListener("pointerdown", (e) => e.preventDefault());
      zeile.addEventListener("click", () => nimm(wert));
      return zeile;
    }));
    aktiv = -1;
    liste.hidden = werte.length === 0;
    feld.setAttribute("aria-expanded", String(werte.length > 0));
    // Near the lower edge of its pane the list would open out of sight.
    if (!liste.hidden) liste.scrollIntoView({ block: "nearest" });
    ansage.textContent = werte.length === 0 ? "Keine Vorschläge" : werte.length === 1 ? "Ein Vorschlag" : `${werte.length} Vorschläge`;
  };
  const frage = async () => {
    abbruch?.abort();
    abbruch = new AbortController();
    try {
      const antwort = await fetch(feld.dataset.auswahl + encodeURIComponent(feld.value.trim()), { headers: { Accept: "application/json" }, signal: abbruch.signal });
      if (!antwort.ok) throw new Error(String(antwort.status));
      zeige(await antwort.json());
    } catch (fehler) {
      if (fehler.name === "AbortError") return;
      schliesse();
      ansage.textContent = "Vorschläge sind gerade nicht erreichbar. Der eingegebene Text wird beim Absenden zugeordnet.";
    }
  };

  feld.addEventListener("input", () => {
    verborgen.value = "";
    clearTimeout(uhr);
    if (feld.value.trim().length === 0) return schliesse();
    uhr = setTimeout(frage, WARTEN);
  });
  feld.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (liste.hidden) return void frage();
      const n = werte.length;
      markiere(e.key === "ArrowDown" ? (aktiv + 1) % n : (aktiv <= 0 ? n : aktiv) - 1);
    } else if (e.key === "Enter" && aktiv >= 0) {
      e.preventDefault();
      nimm(werte[aktiv]);
    } else if (e.key === "Escape" && !liste.hidden) {
      e.preventDefault();
      schliesse();
    }
  });
  feld.addEventListener("blur", schliesse);
}
