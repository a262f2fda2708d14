// Keys in the tree (WAI-ARIA APG, navigation treeview). Entries are links; without JavaScript they are followed and the server
// shows the opened branch.
import { finde } from "./seite.js";

export function baum(wurzel) {
  for (const b of finde(wurzel, '[role="tree"]')) if (!b.dataset.bereit) baue(b);
}

/** By the pane's own scroll position: scrollIntoView also makes the entry the place from which Tab goes on, past the head of the page. */
function zeige(eintrag) {
  const rumpf = eintrag.closest(".fw-bereich__rumpf");
  if (!rumpf) return;
  const hier = eintrag.getBoundingClientRect();
  const dort = rumpf.getBoundingClientRect();
  if (hier.top < dort.top || hier.bottom > dort.bottom) rumpf.scrollTop += hier.top - dort.top - dort.height / 2;
}

function baue(baum) {
  baum.dataset.bereit = "ja";
  const alle = () => [...baum.querySelectorAll('[role="treeitem"]')];
  const sichtbare = () => alle().filter((e) => e.getClientRects().length > 0);
  const betrete = (eintrag) => {
    for (const e of alle()) e.tabIndex = -1;
    eintrag.tabIndex = 0;
    eintrag.focus();
  };
  const start = baum.querySelector('[role="treeitem"][aria-current], [role="treeitem"][aria-selected="true"]') ?? alle()[0];
  for (const e of alle()) e.tabIndex = e === start ? 0 : -1;
  if (start) zeige(start);

  baum.addEventListener("keydown", (e) => {
    const hier = e.target.closest('[role="treeitem"]');
    if (!hier || e.ctrlKey || e.metaKey || e.altKey) return;
    const reihe = sichtbare();
    const i = reihe.indexOf(hier);
    const offen = hier.getAttribute("aria-expanded");
    const kinder = hier.nextElementSibling?.matches("ul") ? hier.nextElementSibling : null;
    if (e.key === "ArrowDown") reihe[i + 1] && betrete(reihe[i + 1]);
    else if (e.key === "ArrowUp") reihe[i - 1] && betrete(reihe[i - 1]);
    else if (e.key === "Home") betrete(reihe[0]);
    else if (e.key === "End") betrete(reihe.at(-1));
    else if (e.key === "ArrowRight" && offen === "false") kinder ? hier.setAttribute("aria-expanded", "true") : hier.click();
    else if (e.key === "ArrowRight" && offen === "true") kinder?.querySelector('[role="treeitem"]') && betrete(kinder.querySelector('[role="treeitem"]'));
    else if (e.key === "ArrowLeft" && offen === "true" && kinder) hier.setAttribute("aria-expanded", "false");
    else if (e.key === "ArrowLeft") hier.closest("ul")?.previousElementSibling?.matches('[role="treeitem"]') && betrete(hier.closest("ul").previousElementSibling);
    else if (e.key === " ") hier.click();
    else if (/^\p{L}$|^\d$/u.test(e.key) && !["j", "k"].includes(e.key)) {
      const passend = [...reihe.slice(i + 1), ...reihe.slice(0, i)].find((z) => z.textContent.trim().toLowerCase().startsWith(e.key.toLowerCase()));
      if (!passend || document.querySelector(`[data-taste="${e.key.toLowerCase()}" i]`)) return;
      betrete(passend);
    } else return;
    e.preventDefault();
  });
  // The arrow folds without leaving the page, where the branch is already here.
  baum.addEventListener("click", (e) => {
    if (!e.target.matches(".fw-baum__pfeil")) return;
    const hier = e.target.closest("[aria-expanded]");
    if (!hier?.nextElementSibling?.matches("ul")) return;
    e.preventDefault();
    hier.setAttribute("aria-expanded", hier.getAttribute("aria-expanded") === "true" ? "false" : "true");
  });
}
