// Finds and colours words in the text layer of a page. Near the analysis of the server, not equal to it: word forms by cutting
// the ending, compounds by looking inside words, ß as ss.

/** @returns {RegExp|null} for a query as typed: words, "phrases"; operators and one-letter words are left out */
export function muster(text) {
  const teile = [...text.matchAll(/"([^"]+)"|„([^“"]+)[“"]|([^\s"„“]+)/g)]
    .map((m) => m[1] ?? m[2] ?? m[3])
    .filter((w) => !/^(AND|OR|NOT|UND|ODER|NICHT)$/.test(w) && !w.startsWith("-"))
    .map((w) => falte(w)[0].replace(/[^\p{L}\p{N}./ -]/gu, "").trim())
    .filter((w) => w.length > 1);
  if (!teile.length) return null;
  const quelle = teile.map((wort) => {
    const stamm = /[\s\d]/.test(wort) || wort.length < 5 ? wort : wort.replace(/(?:en|er|es|em|e|n|s)$/, "");
    const genau = stamm.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/\s+/g, "\\s+");
    // With its ending where the word ends there, else the bare stem: the front part of a compound.
    return /\d$/.test(wort) ? genau : `${genau}\\p{L}{0,3}(?!\\p{L})|${genau}`;
  });
  return new RegExp(quelle.join("|"), "giu");
}

/** Lower case, ß → ss, umlauts stay; with the original index of each character. */
function falte(text) {
  let gefaltet = "";
  const woher = [];
  for (let i = 0; i < text.length; i++) {
    const zeichen = text[i] === "ß" ? "ss" : text[i].toLowerCase().slice(0, 1);
    gefaltet += zeichen;
    for (let n = 0; n < zeichen.length; n++) woher.push(i);
  }
  return [gefaltet, woher];
}

/** Hits over the boundaries of the pieces: [[piece, from, to], …] per hit. */
export function finde(stuecke, suche) {
  if (!suche) return [];
  const ganz = stuecke.join("");
  const [gefaltet, woher] = falte(ganz);
  const anfang = [];
  let summe = 0;
  for (const stueck of stuecke) anfang.push(summe), (summe += stueck.length);
  const funde = [];
  for (const m of gefaltet.matchAll(suche)) {
    if (!m[0].trim() || funde.length >= 2000) continue;
    const von = woher[m.index];
    const bis = woher[m.index + m[0].length - 1] + 1;
    const teile = [];
    for (let i = 0; i < stuecke.length; i++) {
      const a = Math.max(von - anfang[i], 0);
      const b = Math.min(bis - anfang[i], stuecke[i].length);
      if (a < b) teile.push([i, a, b]);
    }
    funde.push(teile);
  }
  return funde;
}

/** Colours all hits in the text layer's pieces, the current one stronger. */
export function faerbe(teile, suche, jetzt) {
  for (const teil of teile) if (teil.querySelector("mark")) teil.textContent = teil.textContent;
  // Between two pieces of different lines the page has a break that the pieces do not carry.
  const stuecke = teile.map((t) => t.textContent + (t.nextElementSibling?.matches("br") ? "\n" : ""));
  const jeStueck = new Map();
  finde(stuecke, suche).forEach((teileDesFunds, nr) => teileDesFunds.forEach(([i, a, b]) => jeStueck.set(i, [...(jeStueck.get(i) ?? []), [a, b, nr]])));
  for (const [i, stellen] of jeStueck) {
    const text = teile[i].textContent;
    const neu = [];
    let ende = 0;
    for (const [a, b, nr] of stellen) {
      const marke = document.createElement("mark");
      marke.className = nr === jetzt ? "fw-jetzt" : "";
      marke.textContent = text.slice(a, b);
      neu.push(text.slice(ende, a), marke);
      ende = b;
    }
    neu.push(text.slice(ende));
    teile[i].replaceChildren(...neu);
  }
}
