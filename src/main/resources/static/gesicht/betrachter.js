// Shows a PDF with pdf.js. The page images the server has put inside stay until the first page stands, and stay for good if
// that fails. No foreign host: worker, decoders, character maps and fonts come from this house.
import { faerbe, finde as findeTreffer, muster } from "./treffer.js";

const PDFJS = "/pdfjs/";
const STUFEN = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
/** CSS pixels per PDF point at 100 %. */
const PUNKT = 96 / 72;
/** Pages whose text is searched; beyond, the full-text search of the house is the better tool. */
const SUCHSEITEN = 500;
/** A canvas beyond this many pixels is drawn coarser: browsers refuse or crash. */
const PIXEL = 16_000_000;

let nummer = 0;

export async function betrachter(ort) {
  if (ort.dataset.bereit) return;
  ort.dataset.bereit = "ja";
  const rueckfall = [...ort.childNodes];
  try {
    const pdfjs = await import(`${PDFJS}build/pdf.min.mjs`);
    pdfjs.GlobalWorkerOptions.workerSrc = `${PDFJS}build/pdf.worker.min.mjs`;
    const dokument = await pdfjs.getDocument({
      url: ort.dataset.pdf,
      isEvalSupported: false,
      enableXfa: false,
      cMapUrl: `${PDFJS}cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${PDFJS}standard_fonts/`,
      wasmUrl: `${PDFJS}wasm/`,
      iccUrl: `${PDFJS}iccs/`,
      disableAutoFetch: true,
      disableStream: true,
      rangeChunkSize: 262_144,
    }).promise;
    if (!ort.isConnected) return void dokument.loadingTask.destroy();
    const ansicht = new Ansicht(ort, dokument, pdfjs);
    await ansicht.beginne();
    for (const knoten of rueckfall) knoten.remove();
  } catch (fehler) {
    console.warn("Vorschau:", fehler);
    const hinweis = document.createElement("p");
    hinweis.className = "fw-sperre";
    hinweis.role = "status";
    hinweis.textContent = rueckfall.some((k) => k.querySelector?.("img") || k.matches?.("img"))
      ? "Die Vorschau ließ sich nicht laden. Sie sehen Bilder der Seiten."
      : "Die Vorschau ließ sich nicht laden. Das Dokument ist davon nicht betroffen; Sie können es herunterladen.";
    ort.querySelector(".fw-betrachter__werkzeug, .fw-betrachter__seiten")?.remove();
    ort.querySelectorAll(".fw-betrachter__werkzeug, .fw-betrachter__seiten").forEach((t) => t.remove());
    ort.prepend(hinweis);
  }
}

class Ansicht {
  constructor(ort, dokument, pdfjs) {
    Object.assign(this, { ort, dokument, pdfjs, seiten: [], breite: true, stufe: 1, suche: null, jetzt: -1 });
    ort.classList.add("fw-betrachter");
    this.baueWerkzeug();
    this.rahmen = element("div", { className: "fw-betrachter__seiten", tabIndex: 0, role: "region" });
    this.rahmen.setAttribute("aria-label", `Seiten: ${ort.dataset.titel ?? "Dokument"}`);
    ort.append(this.rahmen);
    this.rahmen.addEventListener("keydown", (e) => this.taste(e));
    this.rahmen.addEventListener("scroll", () => this.zeigeOrt(), { passive: true });
    // A wheel with Strg zooms the document, not the program around it.
    this.rahmen.addEventListener("wheel", (e) => e.ctrlKey && (e.preventDefault(), this.zoome(e.deltaY < 0 ? 1 : -1)), { passive: false });
  }

  async beginne() {
    const erste = await this.dokument.getPage(1);
    const mass = erste.getViewport({ scale: PUNKT });
    this.seiten = Array.from({ length: this.dokument.numPages }, (_, i) => {
      const feld = element("div", { className: "fw-betrachter__seite" });
      feld.dataset.seite = i + 1;
      feld.setAttribute("aria-label", `Seite ${i + 1}`);
      feld.role = "group";
      return { nr: i + 1, feld, mass, pdf: null, gezeichnet: 0 };
    });
    this.seiten[0].pdf = erste;
    this.rahmen.append(...this.seiten.map((s) => s.feld));
    // As it is measured now: what changes while the first page is drawn is seen afterwards.
    let weite = this.rahmen.clientWidth;
    this.lege();
    await this.zeichne(this.seiten[0]);
    this.waechter = new IntersectionObserver((faelle) => faelle.forEach((f) => this.sichtbar(this.seiten[f.target.dataset.seite - 1], f.isIntersecting)), {
      root: this.rahmen,
      rootMargin: "800px 0px",
    });
    for (const s of this.seiten) this.waechter.observe(s.feld);
    new ResizeObserver(() => {
      if (!this.breite || Math.abs(this.rahmen.clientWidth - weite) < 2) return;
      weite = this.rahmen.clientWidth;
      clearTimeout(this.ruhe);
      this.ruhe = setTimeout(() => this.lege(true), 120);
    }).observe(this.rahmen);
    this.zeigeOrt();
    if (this.feldSuche.value) this.sucheNach(this.feldSuche.value, false);
    const seite = Number(this.ort.dataset.seite);
    if (seite > 1) this.gehe(seite);
  }

  massstab(mass) {
    if (!this.breite) return this.stufe;
    const platz = this.rahmen.clientWidth - 34;
    return Math.min(Math.max(platz / mass.width, 0.2), 1.6);
  }

  /** Sizes all pages; those in sight are drawn anew. Keeps the place in the document. */
  lege(neu = false) {
    const hier = this.seite();
    for (const s of this.seiten) this.messe(s);
    this.wort.textContent = `${Math.round(this.massstab(this.seiten[0].mass) * 100)} %`;
    if (!neu) return;
    for (const s of this.seiten) if (s.gezeichnet) this.zeichne(s);
    if (hier > 1) this.gehe(hier);
  }

  messe(s) {
    const m = this.massstab(s.mass);
    s.feld.style.width = `${Math.floor(s.mass.width * m)}px`;
    s.feld.style.height = `${Math.floor(s.mass.height * m)}px`;
    s.feld.style.setProperty("--total-scale-factor", String(m * PUNKT));
    s.feld.style.setProperty("--scale-round-x", "1px");
    s.feld.style.setProperty("--scale-round-y", "1px");
  }

  sichtbar(s, ja) {
    s.inSicht = ja;
    if (ja && !s.gezeichnet) this.zeichne(s).catch((fehler) => console.warn(`Seite ${s.nr}:`, fehler));
    // Bounded memory: what scrolled far away is let go.
    if (!ja && s.gezeichnet) {
      s.auftrag?.cancel();
      s.feld.replaceChildren();
      s.gezeichnet = 0;
      s.pdf?.cleanup();
    }
  }

  async zeichne(s) {
    const lauf = (s.gezeichnet = ++nummer);
    s.auftrag?.cancel();
    s.pdf ??= await this.dokument.getPage(s.nr);
    s.mass = s.pdf.getViewport({ scale: PUNKT });
    this.messe(s);
    const masstab = this.massstab(s.mass) * PUNKT;
    let dichte = window.devicePixelRatio || 1;
    const bild = s.pdf.getViewport({ scale: masstab });
    dichte = Math.min(dichte, Math.sqrt(PIXEL / (bild.width * bild.height)));
    const leinwand = element("canvas", { width: Math.floor(bild.width * dichte), height: Math.floor(bild.height * dichte) });
    leinwand.setAttribute("aria-hidden", "true");
    s.auftrag = s.pdf.render({ canvas: leinwand, viewport: s.pdf.getViewport({ scale: masstab * dichte }) });
    try {
      await s.auftrag.promise;
    } catch (fehler) {
      if (fehler?.name === "RenderingCancelledException") return;
      throw fehler;
    }
    if (s.gezeichnet !== lauf) return;
    const text = element("div", { className: "textLayer" });
    s.feld.replaceChildren(leinwand, text);
    const schicht = new this.pdfjs.TextLayer({ textContentSource: s.pdf.streamTextContent({ includeMarkedContent: true }), container: text, viewport: bild });
    await schicht.render();
    if (s.gezeichnet !== lauf) return;
    s.teile = schicht.textDivs;
    this.faerbe(s);
  }

  // Place and zoom

  seite() {
    const mitte = this.rahmen.scrollTop + this.rahmen.clientHeight / 3;
    let nr = 1;
    for (const s of this.seiten) if (s.feld.offsetTop <= mitte) nr = s.nr;
    return nr;
  }

  zeigeOrt() {
    if (document.activeElement !== this.feldSeite) this.feldSeite.value = this.seite();
    this.knopfZurueck.disabled = this.seite() <= 1;
    this.knopfWeiter.disabled = this.seite() >= this.seiten.length;
  }

  gehe(nr) {
    const s = this.seiten[Math.min(Math.max(nr, 1), this.seiten.length) - 1];
    if (s) this.rahmen.scrollTop = s.feld.offsetTop - 8;
    this.zeigeOrt();
  }

  zoome(richtung) {
    const jetzt = this.massstab(this.seiten[0].mass);
    this.breite = richtung === 0;
    if (richtung > 0) this.stufe = STUFEN.find((s) => s > jetzt + 0.02) ?? STUFEN.at(-1);
    if (richtung < 0) this.stufe = STUFEN.findLast((s) => s < jetzt - 0.02) ?? STUFEN[0];
    this.lege(true);
  }

  taste(e) {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target !== this.rahmen) return;
    const tat = { "+": () => this.zoome(1), "-": () => this.zoome(-1), 0: () => this.zoome(0), PageDown: () => this.gehe(this.seite() + 1), PageUp: () => this.gehe(this.seite() - 1) }[e.key];
    if (!tat) return;
    e.preventDefault();
    tat();
  }

  // Hits

  async sucheNach(text, springe = true) {
    this.suche = muster(text);
    this.funde = [];
    this.jetzt = -1;
    const lauf = this.suche;
    for (const s of this.seiten.slice(0, this.suche ? SUCHSEITEN : 0)) {
      const pdf = (s.pdf ??= await this.dokument.getPage(s.nr));
      const inhalt = await pdf.getTextContent();
      if (this.suche !== lauf) return;
      s.anzahl = findeTreffer(inhalt.items.map((t) => (t.str ?? "") + (t.hasEOL ? "\n" : "")), this.suche).length;
      for (let i = 0; i < s.anzahl; i++) this.funde.push([s.nr, i]);
    }
    for (const s of this.seiten) this.faerbe(s);
    this.zaehle();
    if (this.funde.length && springe) this.springe(1);
  }

  faerbe(s) {
    if (s.teile) faerbe(s.teile, this.suche, this.funde?.[this.jetzt]?.[0] === s.nr ? this.funde[this.jetzt][1] : -1);
  }

  springe(richtung) {
    if (!this.funde?.length) return;
    const vorher = this.funde[this.jetzt]?.[0];
    this.jetzt = (this.jetzt + richtung + this.funde.length) % this.funde.length;
    const [nr] = this.funde[this.jetzt];
    const s = this.seiten[nr - 1];
    if (vorher && vorher !== nr) this.faerbe(this.seiten[vorher - 1]);
    const zeige = () => {
      this.faerbe(s);
      s.feld.querySelector("mark.fw-jetzt")?.scrollIntoView({ block: "center", inline: "nearest" });
    };
    if (s.gezeichnet && s.teile) zeige();
    else this.gehe(nr), this.zeichne(s).then(zeige, () => {});
    this.zaehle();
  }

  zaehle() {
    const n = this.funde?.length ?? 0;
    this.stand.textContent = !this.suche ? "" : n === 0 ? "kein Treffer" : `${this.jetzt < 0 ? "" : `${this.jetzt + 1} / `}${n}${this.jetzt < 0 ? " Treffer" : ""}`;
    this.knopfVor.hidden = this.knopfNach.hidden = n === 0;
  }

  baueWerkzeug() {
    const leiste = element("div", { className: "fw-werkzeug fw-betrachter__werkzeug", role: "group" });
    leiste.setAttribute("aria-label", "Vorschau bedienen");
    this.feldSuche = element("input", { type: "search", value: this.ort.dataset.suche ?? "", placeholder: "Suchen", autocomplete: "off" });
    this.feldSuche.setAttribute("aria-label", "Im Dokument suchen");
    this.feldSuche.addEventListener("keydown", (e) => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      if (this.gesucht === this.feldSuche.value && this.funde?.length) this.springe(e.shiftKey ? -1 : 1);
      else this.sucheNach((this.gesucht = this.feldSuche.value));
    });
    this.gesucht = this.feldSuche.value;
    this.stand = element("span", { role: "status", className: "fw-klein" });
    this.knopfVor = knopf("keyboard_arrow_up", "Voriger Treffer", () => this.springe(-1));
    this.knopfNach = knopf("keyboard_arrow_down", "Nächster Treffer", () => this.springe(1));
    this.knopfVor.hidden = this.knopfNach.hidden = true;
    const suche = element("span", { className: "fw-betrachter__suche" });
    suche.append(this.feldSuche, this.stand, this.knopfVor, this.knopfNach);
    this.feldSeite = element("input", { className: "fw-betrachter__feld", inputMode: "numeric", value: "1", autocomplete: "off" });
    this.feldSeite.setAttribute("aria-label", `Seite von ${this.dokument.numPages}`);
    this.feldSeite.addEventListener("change", () => this.gehe(Number.parseInt(this.feldSeite.value, 10) || 1));
    this.knopfZurueck = knopf("chevron_left", "Vorige Seite", () => this.gehe(this.seite() - 1));
    this.knopfWeiter = knopf("chevron_right", "Nächste Seite", () => this.gehe(this.seite() + 1));
    this.wort = element("span", { className: "fw-klein" });
    leiste.append(
      suche,
      this.knopfZurueck,
      this.feldSeite,
      element("span", { textContent: `/ ${this.dokument.numPages}` }),
      this.knopfWeiter,
      element("span", { className: "fw-werkzeug__strich" }),
      knopf("zoom_out", "Kleiner", () => this.zoome(-1)),
      this.wort,
      knopf("zoom_in", "Größer", () => this.zoome(1)),
      knopf("fit_width", "An die Breite anpassen", () => this.zoome(0)),
    );
    this.ort.prepend(leiste);
  }
}

const element = (name, werte) => Object.assign(document.createElement(name), werte);

function knopf(symbol, wort, tat) {
  const k = element("button", { type: "button", className: "fw-knopf fw-knopf--still fw-knopf--symbol fw-knopf--klein", title: wort });
  k.setAttribute("aria-label", wort);
  const bild = element("span", { className: `fw-symbol fw-symbol--${symbol}` });
  bild.setAttribute("aria-hidden", "true");
  k.append(bild);
  k.addEventListener("click", tat);
  return k;
}
