// Marking lines of a list: all of the page at once, and how many there are. Without this each line has its box, and the choice below says what is meant.

export function markieren(form) {
  if (form.dataset.bereit) return;
  form.dataset.bereit = "ja";
  const alle = form.querySelector("[data-alle]");
  const zeilen = [...form.querySelectorAll('input[name="id"]')];
  const stand = form.querySelector("[data-markierte]");
  const umfang = form.elements.umfang;
  const zeige = () => {
    const zahl = zeilen.filter((z) => z.checked).length;
    alle.checked = zahl > 0 && zahl === zeilen.length;
    alle.indeterminate = zahl > 0 && zahl < zeilen.length;
    stand.textContent = zahl ? `${zahl} von ${zeilen.length} auf dieser Seite markiert` : "";
  };
  alle.hidden = false;
  alle.addEventListener("change", () => {
    for (const z of zeilen) z.checked = alle.checked;
    umfang.value = "markierte";
    zeige();
  });
  form.addEventListener("change", (e) => {
    if (e.target.name !== "id") return;
    umfang.value = "markierte";
    zeige();
  });
  zeige();
}
