// Starts the islands. Every form and link works without any of them.
import { tasten } from "./tasten.js";
import { teiler } from "./teiler.js";
import { auswahl } from "./auswahl.js";
import { ablegen } from "./ablegen.js";
import { baum } from "./baum.js";
import { entwurf } from "./entwurf.js";
import { doppelt } from "./doppelt.js";
import { live } from "./live.js";
import { csrf, finde, melde } from "./seite.js";

/** @param {ParentNode} wurzel the page, or what htmx has just put into it */
function starte(wurzel) {
  teiler(wurzel);
  auswahl(wurzel);
  ablegen(wurzel);
  baum(wurzel);
  entwurf(wurzel);
  for (const form of finde(wurzel, "form[data-passkey]")) import("./passkey.js").then((m) => m.passkey(form));
  for (const ort of finde(wurzel, "[data-schwaerzung]")) import("./schwarz.js").then((m) => m.schwarz(ort));
  if (finde(wurzel, "[data-tafel]").length) import("./tafel.js").then((m) => m.tafel(wurzel));
  for (const ort of finde(wurzel, "[data-markieren]")) import("./markieren.js").then((m) => m.markieren(ort));
  for (const ort of finde(wurzel, "[data-planpflege]")) import("./planpflege.js").then((m) => m.planpflege(ort));
  for (const ort of finde(wurzel, "[data-betrachter]")) import("./betrachter.js").then((m) => m.betrachter(ort));
}

tasten();
doppelt();
starte(document);
live(starte);

document.body.addEventListener("htmx:load", (e) => starte(e.detail.elt));
document.body.addEventListener("htmx:configRequest", (e) => Object.assign(e.detail.headers, csrf()));
document.body.addEventListener("htmx:beforeSwap", (e) => {
  const { xhr } = e.detail;
  if (xhr.status < 400 || xhr.getResponseHeader("HX-Retarget")) return;
  // Not our error page (a proxy's, or the session's end): never into the middle of the work.
  e.detail.shouldSwap = false;
  const klartext = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain") ? xhr.responseText : "";
  melde("fehler", klartext || "Der Server hat nicht richtig geantwortet. Es wurde nichts geändert. Bitte laden Sie die Seite neu.");
});
document.body.addEventListener("htmx:sendError", () =>
  melde("fehler", "Der Server ist nicht erreichbar. Ihre Eingaben stehen noch auf der Seite; versuchen Sie es gleich noch einmal."));

// A menu closes when one clicks or tabs elsewhere.
document.addEventListener("click", (e) => schliesseMenues(e.target));
document.addEventListener("focusin", (e) => schliesseMenues(e.target));
function schliesseMenues(ausser) {
  for (const menue of document.querySelectorAll("details[data-menue][open]")) if (!menue.contains(ausser)) menue.open = false;
}
