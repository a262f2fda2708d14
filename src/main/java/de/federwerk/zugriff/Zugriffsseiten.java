package de.federwerk.zugriff;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.basis.Tabellenausgabe;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** „Wer sieht diese Akte, und warum?“ – for everyone who sees the thing itself. */
@Controller
class Zugriffsseiten {

    private static final int JE_SEITE = 50;
    private static final Pattern QUELLE = Pattern.compile("(freigabe|akte|vorgang|aufgabe):([0-9a-fA-F-]{36})");

    /** The answer about one person. @param hindert why not, or why not more; empty if nothing stands against it */
    record Antwort(UUID person, String name, boolean sieht, List<Zugriffe.Weg> wege, List<String> hindert) {}

    /** A place from which rights come down. @param freigaben who may what there, at most six */
    record Herkunft(String art, String name, List<String> freigaben, int weitere) {}

    private final Schutzgueter gueter;
    private final Zugriffe zugriffe;
    private final Personenzugriffe menschen;
    private final Personalakten personalakten;
    private final Ausschluesse ausschluesse;
    private final Rechtesuche suche;
    private final Stufen stufen;
    private final Personen personen;
    private final Berechtigungen berechtigungen;

    Zugriffsseiten(
            Schutzgueter gueter,
            Zugriffe zugriffe,
            Personenzugriffe menschen,
            Personalakten personalakten,
            Ausschluesse ausschluesse,
            Rechtesuche suche,
            Stufen stufen,
            Personen personen,
            Berechtigungen berechtigungen) {
        this.gueter = gueter;
        this.zugriffe = zugriffe;
        this.menschen = menschen;
        this.personalakten = personalakten;
        this.ausschluesse = ausschluesse;
        this.suche = suche;
        this.stufen = stufen;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
    }

    /**
     * @param wen a person typed, {@code wenId} as the field chose: why that one sees it, or not
     * @param quelle {@code art:id}: the persons whom this source reaches
     * @param p where the list of those persons goes on
     */
    @GetMapping("/{art:akten|vorgaenge|dokumente}/{id}/zugriff")
    @Transactional(readOnly = true)
    public String zeige(
            @PathVariable String art,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String wen,
            @RequestParam(defaultValue = "") String wenId,
            @RequestParam(defaultValue = "") String quelle,
            @RequestParam(required = false) @Nullable String p,
            @RequestParam(defaultValue = "") String erledigt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var gut = gueter.sichtbares(wer, art(art), id);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        boolean darf = gueter.darfAendern(wer, gut);
        var quellen = zugriffe.quellen(gut, sicht, Zugriffe.NACH_QUELLE.lies(ab), JE_SEITE);
        seite.addAttribute("gut", gut);
        seite.addAttribute("darf", darf);
        seite.addAttribute(
                "darfEinstufen",
                personen.profil(wer.person())
                        .map(profil -> profil.hat(Rolle.GEHEIMSCHUTZ))
                        .orElse(false));
        seite.addAttribute("summe", zugriffe.summe(gut, sicht));
        seite.addAttribute("quellen", quellen);
        seite.addAttribute("gesamt", Anzahl.genau(zugriffe.anzahlQuellen(gut, sicht)));
        var ausgeschlossene = ausschluesse.von(gut.akte(), gueter.siehtAkte(wer, gut));
        seite.addAttribute("ausgeschlossene", ausgeschlossene);
        seite.addAttribute("fehltPerson", darf && personalakten.fehltPerson(gut));
        seite.addAttribute("stufe", stufen.name(gut.stufe()));
        seite.addAttribute("herkunft", herkunft(quellen.zeilen()));
        seite.addAttribute(
                "abweichungen",
                gut.art() == Art.AKTE ? gueter.abweichungen(wer, gut) : List.<Schutzgueter.Abweichung>of());
        seite.addAttribute("wen", wen);
        seite.addAttribute(
                "antwort", wen.isBlank() && wenId.isBlank() ? null : antwort(gut, sicht, ausgeschlossene, wen, wenId));
        seite.addAttribute("erledigt", erledigt);
        zeigePersonen(gut, sicht, quelle, p, seite);
        return "zugriff/zugriff";
    }

    static Art art(String pfad) {
        var art = Art.aus(pfad);
        if (art == null) {
            throw new NichtGefunden("Diese Seite gibt es nicht.");
        }
        return art;
    }

    private void zeigePersonen(Schutzgut gut, Sicht sicht, String quelle, @Nullable String ab, Model seite) {
        var genannt = QUELLE.matcher(quelle);
        seite.addAttribute("quelle", quelle);
        Seite<Zugriffe.Sehender> sehende = Seite.leer();
        if (genannt.matches()) {
            sehende = zugriffe.sehende(
                    gut,
                    sicht,
                    genannt.group(1),
                    UUID.fromString(genannt.group(2)),
                    Zugriffe.NACH_NAMEN.lies(ab),
                    JE_SEITE);
        } else if (quelle.equals("alle")) {
            sehende = zugriffe.sehende(gut, sicht, null, null, Zugriffe.NACH_NAMEN.lies(ab), JE_SEITE);
        }
        seite.addAttribute("sehende", sehende);
    }

    private @Nullable Antwort antwort(
            Schutzgut gut, Sicht sicht, List<Ausschluesse.Ausgeschlossener> ausgeschlossene, String wen, String wenId) {
        var gemeint = suche.subjekt(wenId, wen).filter(g -> g.art().equals("person"));
        if (gemeint.isEmpty()) {
            return null;
        }
        var mensch = menschen.mensch(gemeint.get().id()).orElseThrow();
        var wege = zugriffe.wege(gut, sicht, mensch.id());
        boolean sieht = wege.stream().anyMatch(Zugriffe.Weg::wirkt);
        return new Antwort(mensch.id(), mensch.name(), sieht, wege, hindert(gut, ausgeschlossene, mensch, wege));
    }

    private List<String> hindert(
            Schutzgut gut,
            List<Ausschluesse.Ausgeschlossener> ausgeschlossene,
            Personenzugriffe.Mensch mensch,
            List<Zugriffe.Weg> wege) {
        var gruende = new ArrayList<String>();
        if (!mensch.gilt()) {
            gruende.add("Die Person gehört nicht mehr zum Haus.");
        }
        ausgeschlossene.stream()
                .filter(x -> x.personId().equals(mensch.id()))
                .map(x -> x.eigenePersonalakte()
                        ? "Das ist die eigene Personalakte der Person: Ihr Recht auf Einsicht besteht bei der Personalstelle, nicht hier. Das geht jeder Freigabe vor."
                        : "Die Person ist von dieser Akte ausgeschlossen; das geht jeder Freigabe vor.")
                .distinct()
                .forEach(gruende::add);
        if (mensch.ermaechtigung() < gut.stufe()) {
            gruende.add("Die Vertraulichkeitsstufe ist „" + stufen.name(gut.stufe())
                    + "“, die Ermächtigung der Person reicht bis „" + stufen.name(mensch.ermaechtigung()) + "“.");
        }
        if (wege.isEmpty()) {
            gruende.add(
                    gut.unterbrochen()
                            ? "Die Vererbung ist hier unterbrochen, und die eigene Regel nennt die Person nicht, auch keine ihrer Stellen, Einheiten und Rollen."
                            : "Keine Freigabe am Aktenplan oder an der federführenden Einheit nennt die Person, eine ihrer Stellen, Einheiten oder Rollen; einzeln freigegeben ist auch nichts.");
        }
        return gruende;
    }

    private static List<Herkunft> herkunft(List<Zugriffe.Zeile> zeilen) {
        var orte = new LinkedHashMap<String, List<Zugriffe.Zeile>>();
        zeilen.stream()
                .filter(z -> z.art().equals("freigabe"))
                .sorted(Comparator.comparing(Zugriffe.Zeile::zielArt)
                        .reversed()
                        .thenComparing(z -> String.valueOf(z.ziel())))
                .forEach(z -> orte.computeIfAbsent(z.zielArt() + z.zielId(), o -> new ArrayList<>())
                        .add(z));
        return orte.values().stream()
                .map(je -> new Herkunft(
                        je.getFirst().zielArt(),
                        je.getFirst().ziel() == null
                                ? "Eigene Regel"
                                : String.valueOf(je.getFirst().ziel()),
                        je.stream()
                                .limit(6)
                                .map(z -> z.subjekt() + ": " + z.darf())
                                .toList(),
                        Math.max(0, je.size() - 6)))
                .toList();
    }

    /** For the field that asks for a person, unit, Stelle or role. */
    @GetMapping("/zugriff/auswahl")
    @ResponseBody
    List<Rechtesuche.Auswahl> subjekte(@RequestParam(defaultValue = "") String q) {
        return suche.subjekte(q);
    }

    /** For the field that asks for a position, unit or Sonderbereich. */
    @GetMapping("/zugriff/ziele")
    @ResponseBody
    List<Rechtesuche.Auswahl> ziele(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return suche.ziele(q);
    }

    /** All as a list to take along. */
    @GetMapping(value = "/{art:akten|vorgaenge|dokumente}/{id}/zugriff.csv", produces = "text/csv; charset=UTF-8")
    @Transactional(readOnly = true)
    public ResponseEntity<String> nachweis(
            @PathVariable String art, @PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var gut = gueter.sichtbares(wer, art(art), id);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var text = new StringBuilder(Tabellenausgabe.MARKE + "name;stelle;darf;nur auf zeit\r\n");
        Seite<Zugriffe.Sehender> seite = zugriffe.sehende(gut, sicht, null, null, Stelle.ANFANG, 10_000);
        for (var s : seite.zeilen()) {
            text.append(Tabellenausgabe.zelle(s.name()))
                    .append(';')
                    .append(Tabellenausgabe.zelle(s.stelle() == null ? "" : s.stelle()))
                    .append(';')
                    .append(Recht.values()[s.recht()].wort())
                    .append(';')
                    .append(s.aufZeit() ? "ja" : "nein")
                    .append("\r\n");
        }
        return ResponseEntity.ok()
                .header("Content-Disposition", "attachment; filename=\"zugriff.csv\"")
                .body(text.toString());
    }
}
