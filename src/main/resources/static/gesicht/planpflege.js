// Keys and mouse in the editor of the Aktenplan. Each of them ends in a link or in a form that stands on the page: without JavaScript the
// same is done there by hand.
const MERKE = "planpflege";

export function planpflege(ort) {
  const baum = ort.querySelector('[role="tree"]');
  if (!baum || ort.dataset.bereit) return;
  ort.dataset.bereit = "ja";
  const ziele = {
    baum: () => baum.querySelector("[aria-current]"),
    titel: () => ort.querySelector("#feld-titel"),
    unter: () => ort.querySelector("#feld-unter"),
    ende: () => ort.querySelector("[data-ende] > summary"),
  };
  const betrete = (was) => ziele[was]?.()?.focus();
  const gemerkt = sessionStorage.getItem(MERKE);
  sessionStorage.removeItem(MERKE);
  if (gemerkt) betrete(gemerkt);

  /** On the selected position at once; on another one after it was opened. */
  const danach = (eintrag, was) => {
    if (eintrag.getAttribute("aria-current") === "true") return betrete(was);
    sessionStorage.setItem(MERKE, was);
    eintrag.click();
  };

  baum.addEventListener("keydown", (e) => {
    const hier = e.target.closest("[data-position]");
    if (!hier || e.ctrlKey || e.metaKey) return;
    if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      e.preventDefault();
      if (hier.getAttribute("aria-current") !== "true") return danach(hier, "baum");
      sessionStorage.setItem(MERKE, "baum");
      ort.querySelector(`[data-rang="${e.key === "ArrowUp" ? -1 : 1}"]`)?.requestSubmit();
    } else if (!e.altKey && e.key === "F2") {
      e.preventDefault();
      danach(hier, "titel");
    } else if (!e.altKey && e.key === "Delete") {
      e.preventDefault();
      danach(hier, "ende");
    }
  });

  // Dropped on another position, the form opens with it as the place; nothing moves before it is sent.
  let gezogen = null;
  const unter = (e) => {
    const ziel = e.target.closest?.("[data-position]");
    return gezogen && ziel && ziel !== gezogen ? ziel : null;
  };
  const zeige = (ziel) => {
    for (const z of baum.querySelectorAll("[data-abwurf]")) if (z !== ziel) delete z.dataset.abwurf;
    if (ziel) ziel.dataset.abwurf = "";
  };
  baum.addEventListener("dragstart", (e) => {
    gezogen = e.target.closest("[data-position]");
    if (!gezogen) return;
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", gezogen.textContent.trim());
  });
  baum.addEventListener("dragover", (e) => {
    const ziel = unter(e);
    zeige(ziel);
    if (ziel) e.preventDefault();
  });
  baum.addEventListener("drop", (e) => {
    const ziel = unter(e);
    if (!ziel) return;
    e.preventDefault();
    sessionStorage.setItem(MERKE, "unter");
    location.assign(`/verwaltung/aktenplan?knoten=${gezogen.dataset.position}&unter=${ziel.dataset.position}`);
  });
  baum.addEventListener("dragend", () => {
    gezogen = null;
    zeige(null);
  });
}
