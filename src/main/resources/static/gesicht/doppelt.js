// A second click sends nothing a second time, and the button says why. The server refuses doubles as well.

export function doppelt() {
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== "post" || form.hasAttribute("data-mehrfach")) return;
    if (form.dataset.gesendet) return e.preventDefault();
    form.dataset.gesendet = "ja";
    form.setAttribute("aria-busy", "true");
    const knopf = e.submitter;
    // After the browser has collected the fields: a disabled button would not send its own value.
    setTimeout(() => {
      knopf?.setAttribute("aria-disabled", "true");
      if (knopf?.matches(".fw-knopf--haupt")) knopf.dataset.wort = knopf.innerHTML, (knopf.textContent = "Wird gesendet …");
    });
    // A request that never ends (network gone) must not lock the form for good.
    setTimeout(() => loese(form), 30_000);
  });
  document.addEventListener("htmx:afterRequest", (e) => e.target.matches?.("form") && loese(e.target));
  // Back in the browser shows the page as it was left.
  addEventListener("pageshow", (e) => e.persisted && document.querySelectorAll("form[data-gesendet]").forEach(loese));
}

function loese(form) {
  delete form.dataset.gesendet;
  form.removeAttribute("aria-busy");
  for (const knopf of form.querySelectorAll("[aria-disabled=true]")) {
    knopf.removeAttribute("aria-disabled");
    if (knopf.dataset.wort) knopf.innerHTML = knopf.dataset.wort;
  }
}
