// The board of a head: a card goes to somebody else by mouse or by keys. To the keys it is a layout grid (WAI-ARIA APG): each column is a row
// of cards, one stop for Tab, Enter leads into a card and Esc out of it. Without this every card has its form, which is also what is sent.
import { csrf, finde, melde } from "./seite.js";

export function tafel(wurzel) {
  for (const t of finde(wurzel, "[data-tafel]")) if (!t.dataset.bereit) baue(t);
}

const INNEN = "a, summary, select, button";

function baue(tafel) {
  tafel.dataset.bereit = "ja";
  const spalten = [...tafel.querySelectorAll("[data-an]")];
  const hilfe = document.getElementById("tafel-hilfe");
  if (!tafel.querySelector("[data-karte]")) return;
  hilfe.hidden = false;
  tafel.role = "grid";
  tafel.setAttribute("aria-describedby", hilfe.id);
  const ansage = Object.assign(document.createElement("p"), { className: "kern-sr-only", role: "status" });
  tafel.after(ansage);
  const sage = (text) => (ansage.textContent = text);

  for (const s of spalten) {
    s.role = "row";
    s.querySelector("[data-kopf]").role = "rowheader";
    s.querySelector(".fw-tafel__karten").role = "none";
  }
  for (const k of tafel.querySelectorAll("[data-karte]")) {
    k.role = "gridcell";
    k.draggable = true;
    k.tabIndex = -1;
    sperre(k);
  }
  tafel.querySelector("[data-karte]").tabIndex = 0;

  const kartenIn = (spalte) => [...spalte.querySelectorAll("[data-karte]")];
  const spalteVon = (karte) => karte.closest("[data-an]");
  const betrete = (karte) => {
    if (!karte) return;
    for (const k of tafel.querySelectorAll("[data-karte]")) k.tabIndex = -1;
    karte.tabIndex = 0;
    karte.focus();
  };

  /** The card that was taken up by keys or mouse, and over which column it hangs. */
  let auf = null;
  const ziele = (spalte) => spalten.forEach((s) => s.classList.toggle("fw-tafel__spalte--ziel", s === spalte));
  const nimmAuf = (karte) => {
    auf = { karte, ziel: spalten.indexOf(spalteVon(karte)) };
    karte.classList.add("fw-karte--auf");
  };
  const lass = () => {
    auf?.karte.classList.remove("fw-karte--auf");
    auf = null;
    ziele(null);
  };
  const legeAb = () => {
    const { karte, ziel } = auf;
    lass();
    if (spalten[ziel] === spalteVon(karte)) return sage("Die Karte bleibt, wo sie war.");
    return bewege(karte, spalten[ziel]);
  };

  async function bewege(karte, ziel) {
    if (karte.getAttribute("aria-busy") === "true") return;
    const form = karte.querySelector("form");
    const woher = spalteVon(karte);
    const daten = new URLSearchParams(new FormData(form));
    daten.set("anId", ziel.dataset.an);
    karte.setAttribute("aria-busy", "true");
    sage(`Wird an ${ziel.dataset.name} gegeben.`);
    let grund;
    try {
      const antwort = await fetch(form.action, { method: "POST", headers: { Accept: "application/json", ...csrf() }, body: daten });
      if (antwort.status !== 204) grund = await warum(antwort);
    } catch {
      grund = "Der Server ist nicht erreichbar. Die Karte liegt, wo sie war; versuchen Sie es gleich noch einmal.";
    }
    karte.removeAttribute("aria-busy");
    if (grund) {
      sage("");
      melde("fehler", grund);
      return betrete(karte);
    }
    form.elements.aufgabe.value = `${form.elements.aufgabe.value.slice(0, 36)} ${ziel.dataset.an}`;
    const wahl = [...form.elements.anId.options].find((o) => o.value === ziel.dataset.an);
    if (wahl) Object.assign(wahl, { value: woher.dataset.an, textContent: woher.dataset.name });
    karte.querySelector("[data-seit]").textContent = "seit eben";
    zaehle(woher, -1);
    zaehle(ziel, 1);
    ziel.querySelector(".fw-tafel__karten").prepend(karte);
    betrete(karte);
    sage(`${karte.dataset.titel} liegt jetzt bei ${ziel.dataset.name}.`);
  }

  tafel.addEventListener("keydown", (e) => {
    const karte = e.target.closest("[data-karte]");
    if (!karte || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target !== karte) {
      if (e.key !== "Escape") return;
      e.preventDefault();
      return betrete(karte);
    }
    if (auf) {
      if (e.key === "Tab") return lass();
      if (["ArrowLeft", "ArrowUp"].includes(e.key)) auf.ziel = Math.max(auf.ziel - 1, 0);
      else if (["ArrowRight", "ArrowDown"].includes(e.key)) auf.ziel = Math.min(auf.ziel + 1, spalten.length - 1);
      else if (e.key === "Home") auf.ziel = 0;
      else if (e.key === "End") auf.ziel = spalten.length - 1;
      else if (e.key === "Escape") {
        e.preventDefault();
        lass();
        return sage("Abgebrochen. Die Karte bleibt, wo sie war.");
      } else if (e.key === " " || e.key === "Enter") {
        e.preventDefault();
        return void legeAb();
      } else return;
      e.preventDefault();
      ziele(spalten[auf.ziel]);
      spalten[auf.ziel].scrollIntoView({ block: "nearest" });
      return sage(`${spalten[auf.ziel].dataset.name}, Spalte ${auf.ziel + 1} von ${spalten.length}`);
    }
    const spalte = spalteVon(karte);
    const reihe = kartenIn(spalte);
    const i = reihe.indexOf(karte);
    const daneben = (schritt) => {
      for (let s = spalten.indexOf(spalte) + schritt; spalten[s]; s += schritt) {
        const dort = kartenIn(spalten[s]);
        if (dort.length) return dort[Math.min(i, dort.length - 1)];
      }
    };
    if (e.key === "ArrowDown") betrete(reihe[i + 1]);
    else if (e.key === "ArrowUp") betrete(reihe[i - 1]);
    else if (e.key === "ArrowRight") betrete(daneben(1));
    else if (e.key === "ArrowLeft") betrete(daneben(-1));
    else if (e.key === "Home") betrete(reihe[0]);
    else if (e.key === "End") betrete(reihe.at(-1));
    else if (e.key === " ") {
      nimmAuf(karte);
      ziele(spalte);
      sage(`Aufgenommen: ${karte.dataset.titel}. Pfeile wählen, bei wem; Leertaste legt ab, Escape bricht ab.`);
    } else if (e.key === "Enter") {
      for (const z of karte.querySelectorAll(INNEN)) z.tabIndex = 0;
      karte.querySelector("a").focus();
    } else return;
    e.preventDefault();
  });
  tafel.addEventListener("focusout", (e) => {
    const karte = e.target.closest("[data-karte]");
    if (!karte || karte.contains(e.relatedTarget)) return;
    sperre(karte);
    if (auf?.karte === karte) lass();
  });

  tafel.addEventListener("dragstart", (e) => {
    const karte = e.target.closest("[data-karte]");
    if (!karte) return;
    nimmAuf(karte);
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", karte.dataset.titel);
  });
  tafel.addEventListener("dragover", (e) => {
    const spalte = e.target.closest("[data-an]");
    if (!auf || !spalte) return;
    e.preventDefault();
    auf.ziel = spalten.indexOf(spalte);
    ziele(spalte);
  });
  tafel.addEventListener("drop", (e) => {
    if (!auf) return;
    e.preventDefault();
    void legeAb();
  });
  tafel.addEventListener("dragend", lass);
}

/** What is in a card is reached from within it only. */
function sperre(karte) {
  for (const z of karte.querySelectorAll(INNEN)) {
    z.tabIndex = -1;
    if (z.matches("a")) z.draggable = false;
  }
}

function zaehle(spalte, um) {
  const zahl = spalte.querySelector("[data-anzahl]");
  const wert = Number(zahl.textContent.replaceAll(".", "")) + um;
  zahl.textContent = new Intl.NumberFormat("de-DE").format(wert);
}

async function warum(antwort) {
  if (antwort.redirected || antwort.status === 401 || antwort.status === 403) return "Ihre Sitzung ist abgelaufen oder das Recht fehlt. Die Karte liegt, wo sie war; bitte laden Sie die Seite neu.";
  try {
    const problem = await antwort.json();
    if (problem.detail) return problem.detail;
  } catch { /* no problem details: the general word follows */ }
  return "Der Server hat die Karte nicht angenommen. Sie liegt, wo sie war; bitte laden Sie die Seite neu.";
}
