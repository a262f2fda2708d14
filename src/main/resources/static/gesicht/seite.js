// What several islands need of the page around them.

const wert = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

/** The header that tells the server that this page made the request. */
export const csrf = () => (wert("_csrf") ? { [wert("_csrf_header")]: wert("_csrf") } : {});

/** Shows a message in the page, where htmx puts the server's messages as well. */
export function melde(art, text) {
  const ort = document.getElementById("meldungen");
  if (!ort) return;
  const kasten = document.createElement("div");
  kasten.className = `fw-hinweis fw-hinweis--${art}`;
  kasten.setAttribute("role", art === "fehler" ? "alert" : "status");
  const zeile = document.createElement("p");
  zeile.className = "fw-hinweis__text";
  zeile.textContent = text;
  kasten.append(zeile);
  ort.replaceChildren(kasten);
}

/** Elements below and including `wurzel`. */
export const finde = (wurzel, auswahl) => [...(wurzel.matches?.(auswahl) ? [wurzel] : []), ...wurzel.querySelectorAll(auswahl)];
