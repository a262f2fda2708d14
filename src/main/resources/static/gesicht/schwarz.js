// Areas to black out, drawn and moved on the page; the rows beside it are the truth, and what is sent.
import { kennung } from "./ablegen.js";
import { csrf } from "./seite.js";

const SVG = "http://www.w3.org/2000/svg";
/** Millimetres. */
const KLEIN = 0.5;
const SCHRITT = 2;
const FEIN = 0.25;
/** How near to its lower right corner an area is made larger instead of moved. */
const ECKE = 3;
/** Rows and removals sent at once; the server takes a form of two thousand fields. */
const SENDEN = 200;

export function schwarz(ort) {
  if (ort.dataset.bereit) return;
  ort.dataset.bereit = "ja";
  new Blatt(ort);
}

class Blatt {
  constructor(ort) {
    this.ort = ort;
    this.svg = ort.querySelector("[data-blatt]");
    this.gruppe = ort.querySelector("[data-bereiche]");
    this.form = ort.querySelector("[data-schwarz-bereiche]");
    this.liste = ort.querySelector("[data-zeilen]");
    this.vorlage = ort.querySelector("[data-vorlage]");
    this.breite = Number(this.form.dataset.breite);
    this.hoehe = Number(this.form.dataset.hoehe);
    this.stufe = 0;
    /** What is not kept yet: the number of its last change, by area. */
    this.geaendert = new Map();
    this.aenderungen = 0;
    ort.querySelectorAll("[data-werkzeug]").forEach((t) => (t.hidden = false));
    // With a mouse the empty row is in the way.
    ort.querySelector("[data-neu]").remove();
    this.svg.dataset.bereit = "";
    this.gruppe.querySelectorAll("[data-kennung]").forEach((r) => this.belebe(r));
    this.svg.addEventListener("pointerdown", (e) => this.beginne(e));
    this.svg.addEventListener("pointermove", (e) => this.ziehe(e));
    this.svg.addEventListener("pointerup", (e) => this.lasse(e));
    this.svg.addEventListener("pointercancel", () => this.brichAb());
    ort.querySelector(".fw-schwarz__rollen").addEventListener("keydown", (e) => this.taste(e));
    this.form.addEventListener("input", (e) => this.ausZeile(e));
    ort.querySelectorAll("[data-zoom]").forEach((k) => k.addEventListener("click", () => this.zoome(Number(k.dataset.zoom))));
    ort.querySelector("[data-deckend]").addEventListener("click", (e) => this.decke(e.currentTarget));
    // What was drawn is kept before the page is left by any way of ours.
    for (const form of ort.querySelectorAll("form")) {
      if (form !== this.form) form.addEventListener("submit", (e) => this.vorher(e, () => form.requestSubmit(e.submitter)));
    }
    // More rows than one form takes go in parts.
    this.form.addEventListener("submit", (e) => {
      if (this.zeilen().length <= SENDEN) return;
      e.preventDefault();
      for (const zeile of this.zeilen()) this.geaendert.set(zeile.dataset.bereichZeile, ++this.aenderungen);
      this.speichere();
    });
    for (const link of ort.querySelectorAll("a[href]")) link.addEventListener("click", (e) => this.vorher(e, () => link.click()));
    this.nummeriere();
  }

  /** Until the answer is there: what is on its way is not kept. */
  get offen() {
    return this.geaendert.size > 0 || this.form.querySelector("input[type=hidden][name=weg]") !== null;
  }

  vorher(ereignis, danach) {
    if (!this.offen) return;
    ereignis.preventDefault();
    this.speichere().then((gut) => gut && danach());
  }

  punkt(e) {
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return { x: klemme(p.x, 0, this.breite), y: klemme(p.y, 0, this.hoehe) };
  }

  beginne(e) {
    if (e.button) return;
    const p = this.punkt(e);
    const r = e.target.closest("[data-kennung]");
    e.preventDefault();
    this.svg.setPointerCapture(e.pointerId);
    if (r) {
      const m = mass(r);
      const amEck = Math.abs(p.x - m.x - m.breite) < ECKE && Math.abs(p.y - m.y - m.hoehe) < ECKE;
      this.zug = { r, von: p, m, art: amEck ? "groesse" : "lage" };
      r.focus();
    } else {
      this.zug = { r: this.rechteck(kennung(), { x: p.x, y: p.y, breite: 0, hoehe: 0 }), von: p, art: "neu" };
    }
  }

  ziehe(e) {
    if (!this.zug) return;
    const p = this.punkt(e);
    const { r, von, m, art } = this.zug;
    if (art === "neu") {
      setze(r, { x: Math.min(p.x, von.x), y: Math.min(p.y, von.y), breite: Math.abs(p.x - von.x), hoehe: Math.abs(p.y - von.y) });
    } else if (art === "groesse") {
      this.lege(r, { ...m, breite: m.breite + p.x - von.x, hoehe: m.hoehe + p.y - von.y });
    } else {
      this.lege(r, { ...m, x: m.x + p.x - von.x, y: m.y + p.y - von.y });
    }
  }

  lasse() {
    const zug = this.zug;
    this.zug = null;
    if (!zug) return;
    const m = mass(zug.r);
    if (zug.art === "neu") {
      if (m.breite < 1 || m.hoehe < 1) return void zug.r.remove();
      this.nimmAuf(zug.r);
      zug.r.focus();
    } else if (m.x !== zug.m.x || m.y !== zug.m.y || m.breite !== zug.m.breite || m.hoehe !== zug.m.hoehe) {
      this.inZeile(zug.r);
    }
  }

  brichAb() {
    if (this.zug?.art === "neu") this.zug.r.remove();
    else if (this.zug) setze(this.zug.r, this.zug.m);
    this.zug = null;
  }

  taste(e) {
    const r = e.target.closest?.("[data-kennung]");
    if (e.key === "Insert" || (e.key === "Enter" && !r)) {
      e.preventDefault();
      const neu = this.rechteck(kennung(), this.mitte());
      this.nimmAuf(neu);
      return void neu.focus();
    }
    if (!r) return;
    if (e.key === "Delete" || e.key === "Backspace") {
      e.preventDefault();
      return void this.entferne(r);
    }
    const richtung = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!richtung) return;
    e.preventDefault();
    const schritt = e.ctrlKey ? FEIN : SCHRITT;
    const m = mass(r);
    const [dx, dy] = richtung.map((d) => d * schritt);
    this.lege(r, e.shiftKey ? { ...m, breite: m.breite + dx, hoehe: m.hoehe + dy } : { ...m, x: m.x + dx, y: m.y + dy });
    this.inZeile(r);
  }

  /** In the middle of what is seen of the page. */
  mitte() {
    const rahmen = this.svg.parentElement.getBoundingClientRect();
    const p = this.punkt({ clientX: rahmen.left + rahmen.width / 2, clientY: rahmen.top + rahmen.height / 2 });
    const breite = Math.min(40, this.breite);
    const hoehe = Math.min(6, this.hoehe);
    return { x: klemme(p.x - breite / 2, 0, this.breite - breite), y: klemme(p.y - hoehe / 2, 0, this.hoehe - hoehe), breite, hoehe };
  }

  /** Within the page, and never smaller than can be seen. */
  lege(r, m) {
    const breite = klemme(m.breite, KLEIN, this.breite);
    const hoehe = klemme(m.hoehe, KLEIN, this.hoehe);
    setze(r, { x: klemme(m.x, 0, this.breite - breite), y: klemme(m.y, 0, this.hoehe - hoehe), breite, hoehe });
  }

  rechteck(kennung, m) {
    const r = document.createElementNS(SVG, "rect");
    r.setAttribute("class", "fw-schwarz__bereich");
    r.dataset.kennung = kennung;
    setze(r, m);
    this.gruppe.append(r);
    this.belebe(r);
    return r;
  }

  belebe(r) {
    r.setAttribute("tabindex", "0");
    r.setAttribute("role", "button");
    r.addEventListener("focus", () => this.waehle(r.dataset.kennung));
  }

  waehle(kennung) {
    for (const z of this.zeilen()) z.classList.toggle("fw-schwarzzeile--gewaehlt", z.dataset.bereichZeile === kennung);
  }

  zeilen() {
    return [...this.liste.querySelectorAll("[data-bereich-zeile]")];
  }

  zeile(kennung) {
    return this.zeilen().find((z) => z.dataset.bereichZeile === kennung);
  }

  nimmAuf(r) {
    const zeile = this.vorlage.content.firstElementChild.cloneNode(true);
    zeile.dataset.bereichZeile = r.dataset.kennung;
    zeile.querySelector("[name=kennung]").value = r.dataset.kennung;
    zeile.querySelector("[name=weg]").value = r.dataset.kennung;
    zeile.querySelector("[name=grund]").value = this.ort.querySelector("[data-grundwahl]").value;
    this.liste.append(zeile);
    this.inZeile(r);
    this.nummeriere();
  }

  inZeile(r) {
    const zeile = this.zeile(r.dataset.kennung);
    for (const [feld, wert] of Object.entries(mass(r))) zeile.querySelector(`[name=${feld}]`).value = String(rund(wert)).replace(".", ",");
    this.spaeter(r.dataset.kennung);
  }

  ausZeile(e) {
    const zeile = e.target.closest("[data-bereich-zeile]");
    if (!zeile) return;
    const r = this.gruppe.querySelector(`[data-kennung="${zeile.dataset.bereichZeile}"]`);
    if (e.target.name === "weg") return r && void this.entferne(r);
    const m = Object.fromEntries(["x", "y", "breite", "hoehe"].map((f) => [f, Number(zeile.querySelector(`[name=${f}]`).value.replace(",", "."))]));
    if (Object.values(m).some(Number.isNaN) || m.breite < KLEIN || m.hoehe < KLEIN) return;
    if (r) setze(r, m);
    this.spaeter(zeile.dataset.bereichZeile);
  }

  entferne(r) {
    const nachbar = r.nextElementSibling?.dataset.kennung ? r.nextElementSibling : r.previousElementSibling;
    const kennung = r.dataset.kennung;
    const weg = document.createElement("input");
    Object.assign(weg, { type: "hidden", name: "weg", value: kennung });
    this.form.append(weg);
    this.geaendert.delete(kennung);
    this.zeile(kennung)?.remove();
    r.remove();
    this.nummeriere();
    this.spaeter();
    (nachbar?.dataset.kennung ? nachbar : this.svg.parentElement).focus();
  }

  nummeriere() {
    const zeilen = this.zeilen();
    zeilen.forEach((z, i) => {
      z.querySelector("legend").textContent = `Bereich ${i + 1}`;
      this.gruppe.querySelector(`[data-kennung="${z.dataset.bereichZeile}"]`)?.setAttribute("aria-label", `Bereich ${i + 1}`);
    });
    this.ort.querySelector("[data-zahl]").textContent = zeilen.length + this.gruppe.querySelectorAll(".fw-schwarz__bereich--fest").length;
  }

  zoome(um) {
    this.stufe = klemme(this.stufe + um, -1, 3);
    this.svg.dataset.stufe = this.stufe;
  }

  decke(knopf) {
    const an = this.svg.classList.toggle("fw-schwarz__svg--deckend");
    knopf.setAttribute("aria-pressed", String(an));
  }

  /** @param kennung of the area that changed; none if one was taken away */
  spaeter(kennung) {
    if (kennung) this.geaendert.set(kennung, ++this.aenderungen);
    clearTimeout(this.ruhe);
    this.ruhe = setTimeout(() => this.speichere(), 600);
  }

  /** One after the other: each needs the number the one before got. @returns {Promise<boolean>} whether all is kept */
  speichere() {
    clearTimeout(this.ruhe);
    this.lauf = (this.lauf ?? Promise.resolve()).then(async () => {
      while (this.offen) if (!(await this.sende())) return false;
      return true;
    });
    return this.lauf;
  }

  /** Of the rows only these. */
  felder(kennungen) {
    const felder = new URLSearchParams();
    let entfernte = 0;
    for (const e of this.form.elements) {
      const zeile = e.closest("[data-bereich-zeile]");
      if (!e.name || (zeile && !kennungen.has(zeile.dataset.bereichZeile)) || (e.type === "checkbox" && !e.checked)) continue;
      if (e.name === "weg" && ++entfernte > SENDEN) continue;
      felder.append(e.name, e.value);
    }
    return felder;
  }

  async sende() {
    const melde = this.form.querySelector("[data-gespeichert]");
    const gesendet = new Map([...this.geaendert].slice(0, SENDEN));
    const felder = this.felder(gesendet);
    try {
      const antwort = await fetch(this.form.action, { method: "POST", body: felder, headers: { Accept: "application/json", ...csrf() } });
      const inhalt = await antwort.json();
      if (!antwort.ok) throw new Error(inhalt.detail ?? "");
      this.ort.querySelectorAll("[name=fassung]").forEach((f) => (f.value = inhalt.fassung));
      // What was changed again meanwhile is still to be sent.
      for (const [kennung, stand] of gesendet) if (this.geaendert.get(kennung) === stand) this.geaendert.delete(kennung);
      const weg = felder.getAll("weg");
      this.form.querySelectorAll("input[type=hidden][name=weg]").forEach((f) => weg.includes(f.value) && f.remove());
      const uhr = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
      melde.textContent = `Entwurf gespeichert, ${uhr} Uhr`;
      return true;
    } catch (fehler) {
      melde.textContent = (fehler.message || "Der Server ist nicht erreichbar.") + " Ihre Bereiche stehen noch auf dieser Seite.";
      return false;
    }
  }
}

const klemme = (wert, von, bis) => Math.min(Math.max(wert, von), Math.max(von, bis));
const rund = (wert) => Math.round(wert * 100) / 100;

function mass(r) {
  return { x: Number(r.getAttribute("x")), y: Number(r.getAttribute("y")), breite: Number(r.getAttribute("width")), hoehe: Number(r.getAttribute("height")) };
}

function setze(r, m) {
  for (const [name, wert] of [["x", m.x], ["y", m.y], ["width", m.breite], ["height", m.hoehe]]) r.setAttribute(name, String(rund(wert)));
}
