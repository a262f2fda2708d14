// Uploading by drag and drop. The form works without: this shows progress per file, sends one after the other, keeps the page.
import { csrf, finde, melde } from "./seite.js";

// Each file is a form of its own to the server. One that failed keeps its id: if only the answer was lost, sending again takes it once.
const stapel = new Map();
const schluessel = (datei) => [datei.name, datei.size, datei.lastModified].join("|");

export function ablegen(wurzel) {
  for (const form of finde(wurzel, "form[data-ablegen]")) if (!form.dataset.bereit) baue(form);
}

function baue(form) {
  form.dataset.bereit = "ja";
  const feld = form.querySelector("input[type=file]");
  // The whole pane takes the file, if the form names one: nobody aims at a small box.
  const ziel = form.dataset.ablegen ? (form.closest(form.dataset.ablegen) ?? document.querySelector(form.dataset.ablegen) ?? form) : form;
  const stand = document.createElement("div");
  stand.className = "fw-ablegen__stand";
  stand.setAttribute("aria-live", "polite");
  form.append(stand);

  let tiefe = 0, laeuft = false;
  const mitDateien = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
  ziel.addEventListener("dragenter", (e) => mitDateien(e) && (tiefe++, ziel.classList.add("fw-ablegen--ziel")));
  ziel.addEventListener("dragleave", (e) => mitDateien(e) && --tiefe <= 0 && ((tiefe = 0), ziel.classList.remove("fw-ablegen--ziel")));
  ziel.addEventListener("dragover", (e) => mitDateien(e) && e.preventDefault());
  ziel.addEventListener("drop", (e) => {
    if (!mitDateien(e)) return;
    e.preventDefault();
    tiefe = 0;
    ziel.classList.remove("fw-ablegen--ziel");
    sende(nurDateien(e.dataTransfer));
  });
  form.addEventListener("submit", (e) => {
    if (!feld.files.length) return;
    e.preventDefault();
    sende([...feld.files]);
  });

  async function sende(dateien) {
    if (laeuft) return melde("warnung", "Es wird noch abgelegt. Bitte warten Sie, bis die letzte Datei fertig ist.");
    if (!dateien.length) return melde("warnung", "Das waren keine Dateien. Ordner lassen sich hier nicht ablegen; bitte ziehen Sie die Dateien daraus.");
    laeuft = true;
    form.setAttribute("aria-busy", "true");
    let gut = 0;
    const schlecht = [];
    stand.replaceChildren();
    for (const [i, datei] of dateien.entries()) {
      const zeile = neueZeile(datei, i, dateien.length);
      stand.append(zeile.element);
      try {
        await eine(form, feld, datei, zeile.fortschritt);
        gut++;
        zeile.fertig();
      } catch (fehler) {
        schlecht.push(datei.name);
        zeile.gescheitert(fehler.message);
      }
    }
    laeuft = false;
    form.removeAttribute("aria-busy");
    feld.value = "";
    if (gut && !schlecht.length) return neuLaden(form);
    if (gut) melde("warnung", `${gut} von ${dateien.length} abgelegt. Nicht abgelegt: ${schlecht.join(", ")}. Die Gründe stehen bei den Dateien; laden Sie die Seite neu, um die abgelegten zu sehen.`);
  }
}

/** Dropped folders have no bytes and would fail as a network error. */
function nurDateien(uebergabe) {
  const eintraege = [...uebergabe.items].filter((e) => e.kind === "file");
  return eintraege.filter((e) => e.webkitGetAsEntry?.()?.isFile !== false).map((e) => e.getAsFile()).filter(Boolean);
}

function neueZeile(datei, i, von) {
  const element = document.createElement("p");
  element.className = "fw-ablegen__datei";
  const name = Object.assign(document.createElement("span"), { textContent: datei.name, title: datei.name });
  const wort = Object.assign(document.createElement("span"), { textContent: von > 1 ? `${i + 1} von ${von}` : "wird übertragen" });
  const balken = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  balken.setAttribute("aria-label", `Übertragung ${datei.name}`);
  element.append(name, wort, balken);
  return {
    element,
    fortschritt: (anteil) => {
      balken.value = anteil;
      if (anteil >= 1) wort.textContent = "wird abgelegt";
    },
    fertig: () => {
      balken.remove();
      wort.textContent = "abgelegt";
    },
    gescheitert: (grund) => {
      balken.remove();
      element.classList.add("fw-ablegen__datei--fehler");
      wort.textContent = "nicht abgelegt";
      element.append(Object.assign(document.createElement("span"), { textContent: grund }));
    },
  };
}

// XMLHttpRequest, because fetch does not tell how much of a request has been sent.
function eine(form, feld, datei, fortschritt) {
  const daten = new FormData();
  for (const [name, wert] of new FormData(form)) if (name !== feld.name) daten.append(name, wert);
  daten.append(feld.name, datei, datei.name);
  if (!stapel.has(schluessel(datei))) stapel.set(schluessel(datei), kennung());
  daten.set("stapel", stapel.get(schluessel(datei)));
  return new Promise((gut, schlecht) => {
    const anfrage = new XMLHttpRequest();
    anfrage.open("POST", form.action);
    anfrage.setRequestHeader("Accept", "application/json");
    for (const [name, wert] of Object.entries(csrf())) anfrage.setRequestHeader(name, wert);
    anfrage.upload.addEventListener("progress", (e) => e.lengthComputable && fortschritt(e.loaded / e.total));
    anfrage.addEventListener("load", () => {
      if (anfrage.status >= 300 || !angekommen(form, anfrage)) return schlecht(new Error(grund(anfrage)));
      stapel.delete(schluessel(datei));
      gut();
    });
    anfrage.addEventListener("error", () => schlecht(new Error("Die Verbindung ist abgebrochen. Die Datei liegt unverändert auf Ihrem Gerät; versuchen Sie es noch einmal.")));
    anfrage.send(daten);
  });
}

/** A good answer leads to the same part of the program; to be led elsewhere (sign-in, password) means that nothing was taken. */
function angekommen(form, anfrage) {
  const teil = (adresse) => new URL(adresse, location.href).pathname.split("/")[1];
  return teil(anfrage.responseURL || form.action) === teil(form.action);
}

/** A random UUID (version 4); crypto.randomUUID is missing where a house is reached without TLS. */
export function kennung() {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return [...b].map((x) => x.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function grund(anfrage) {
  if (anfrage.status < 300) {
    const pfad = new URL(anfrage.responseURL, location.href).pathname;
    if (pfad === "/passwort") return "Bitte ersetzen Sie zuerst in einem neuen Fenster Ihr Passwort und versuchen Sie es dann noch einmal. Die Datei ist nicht abgelegt.";
    if (pfad !== "/anmelden") return "Der Server hat anders geantwortet als erwartet. Bitte laden Sie die Seite neu und prüfen Sie, ob die Datei da ist.";
  }
  try {
    const problem = JSON.parse(anfrage.responseText);
    if (problem.detail) return problem.detail;
  } catch { /* no problem details: fall through */ }
  if (anfrage.getResponseHeader("Content-Type")?.startsWith("text/plain")) return anfrage.responseText.slice(0, 500);
  if (anfrage.status === 413) return "Die Datei ist zu groß.";
  if (anfrage.status < 300 || anfrage.status === 401 || anfrage.status === 403) return "Ihre Sitzung ist abgelaufen. Bitte melden Sie sich in einem neuen Fenster an und versuchen Sie es noch einmal.";
  return "Der Server hat die Datei nicht angenommen. Sie liegt unverändert auf Ihrem Gerät.";
}

/** Only the part of the page that shows the result, if the form names it; else the page. */
function neuLaden(form) {
  const teil = form.dataset.neuLaden;
  if (teil && window.htmx) return window.htmx.ajax("GET", location.href, { target: teil, select: teil, swap: "outerHTML" });
  location.reload();
}
