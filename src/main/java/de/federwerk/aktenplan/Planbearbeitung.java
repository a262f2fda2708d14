package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Single positions changed by hand: add, change, move, order, end, take up again. Each act holds the plan and writes the Protokoll. */
@Component
class Planbearbeitung {

    /** What was typed. @param ueber the position above; null on top @param ab from which day on; null now */
    record Eingabe(
            String kennzeichen,
            String titel,
            String aufbewahrung,
            String art,
            String beginn,
            @Nullable UUID ueber,
            @Nullable LocalDate ab) {}

    /** Somebody else was here since the form was opened. */
    static final class Ueberholt extends Abgelehnt {
        Ueberholt(Position jetzt) {
            super(
                    Art.KONFLIKT,
                    "Inzwischen hat jemand anderes die Position „" + jetzt.anzeige()
                            + "“ geändert. Ihre Eingabe steht noch im Formular und ist nicht gespeichert; daneben steht, was jetzt gilt. Speichern Sie noch einmal, wenn Ihre Eingabe gelten soll.");
        }
    }

    private final JdbcClient datenbank;
    private final Planwerk werk;
    private final Planfassungen fassungen;
    private final Personen personen;
    private final Protokoll protokoll;

    Planbearbeitung(
            JdbcClient datenbank, Planwerk werk, Planfassungen fassungen, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.werk = werk;
        this.fassungen = fassungen;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    private Planvergleich.Grund beginne(Anmeldung wer, @Nullable LocalDate ab) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        werk.sperre();
        return fassungen.grund(ab != null && ab.isAfter(LocalDate.now(Anzeige.ZONE)) ? ab : null);
    }

    private static Position position(Planvergleich.Grund grund, UUID id) {
        var p = grund.bild().position(id);
        if (p == null) {
            throw new NichtGefunden("Diese Position des Aktenplans gibt es nicht.");
        }
        return p;
    }

    /**
     * A new position. Sent twice, it is made once.
     *
     * @throws Abgelehnt if the plan would not be one with it
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID id, Eingabe eingabe) {
        var grund = beginne(wer, eingabe.ab);
        if (grund.bild().position(id) != null || grund.vorgemerkt().containsKey(id)) {
            return;
        }
        var neu = new Position(
                id,
                eingabe.ueber,
                Planworte.liesKennzeichen(eingabe.kennzeichen),
                Planworte.liesTitel(eingabe.titel),
                Planworte.liesAufbewahrung(eingabe.aufbewahrung),
                Planworte.liesArt(eingabe.art),
                Planworte.liesBeginn(eingabe.beginn),
                0,
                0,
                true);
        tu(wer, grund, eingabe.ab, "Neu: " + neu.anzeige(), List.of(new Planaenderung(null, neu)), "angelegt");
    }

    /**
     * @param fassung of the position when the form was opened
     * @param rechteGesehen whether the person knows that a move changes who sees the Akten below
     * @throws Ueberholt if somebody else changed it since
     * @throws Abgelehnt if the plan would not be one, or the Kennzeichen is in use
     */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, int fassung, Eingabe eingabe, boolean rechteGesehen) {
        var grund = beginne(wer, eingabe.ab);
        var vorher = position(grund, id);
        // Before the Akten are counted: whoever is making one holds the position until it is there.
        datenbank
                .sql("SELECT id FROM planknoten WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
        if (vorher.fassung() != fassung) {
            throw new Ueberholt(vorher);
        }
        if (!vorher.gilt()) {
            throw Abgelehnt.konflikt(
                    "Die Position „" + vorher.anzeige() + "“ ist beendet. Nehmen Sie sie zuerst wieder auf.");
        }
        var nachher = new Position(
                id,
                eingabe.ueber,
                Planworte.liesKennzeichen(eingabe.kennzeichen),
                Planworte.liesTitel(eingabe.titel),
                Planworte.liesAufbewahrung(eingabe.aufbewahrung),
                Planworte.liesArt(eingabe.art),
                Planworte.liesBeginn(eingabe.beginn),
                vorher.rang(),
                fassung,
                true);
        if (nachher.gleicht(vorher)) {
            return;
        }
        if (!nachher.kennzeichen().equals(vorher.kennzeichen())) {
            pruefeKennzeichen(vorher, eingabe.ab);
        }
        if (!Objects.equals(nachher.ueberId(), vorher.ueberId())) {
            pruefeOrt(grund.bild(), vorher, nachher.ueberId(), rechteGesehen);
        }
        var aenderung = new Planaenderung(vorher, nachher);
        var worte = aenderung.inWorten(grund.bild(), grund.bild().mit(List.of(aenderung)));
        tu(wer, grund, eingabe.ab, vorher.kennzeichen() + ": " + worte, List.of(aenderung), "geaendert");
    }

    private void pruefeKennzeichen(Position vorher, @Nullable LocalDate ab) {
        long akten = datenbank
                .sql("SELECT count(*) FROM (SELECT FROM akte WHERE mandant_id = ? AND planknoten_id = ? LIMIT "
                        + (Planworte.GENAU_BIS + 1) + ") a")
                .params(mandant(), vorher.id())
                .query(Long.class)
                .single();
        if (akten > 0) {
            throw Abgelehnt.konflikt(
                    "Unter " + vorher.kennzeichen()
                            + (akten == 1
                                    ? " steht 1 Akte"
                                    : " stehen "
                                            + (akten > Planworte.GENAU_BIS ? "mehr als 10.000" : Anzeige.zahl(akten))
                                            + " Akten")
                            + ", deren Aktenzeichen damit beginnen: Das Kennzeichen bleibt. Legen Sie eine neue Position an und beenden Sie diese.");
        }
        if (ab != null && ab.isAfter(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe(
                    "Ein Kennzeichen lässt sich nur sofort ändern: Bis zu dem Tag könnten Akten entstehen, die es tragen.");
        }
    }

    private void pruefeOrt(Planbild bild, Position p, @Nullable UUID nach, boolean rechteGesehen) {
        var ziel = nach == null ? null : bild.position(nach);
        if (nach != null && (ziel == null || !ziel.gilt())) {
            throw Abgelehnt.eingabe("Die Position darüber gibt es nicht, oder sie ist beendet.");
        }
        if (ziel != null && bild.istOderLiegtUnter(ziel.id(), p.id())) {
            throw Abgelehnt.eingabe("„" + p.anzeige() + "“ kann nicht unter sich selbst liegen.");
        }
        if (rechteGesehen) {
            return;
        }
        Set<UUID> hier =
                new HashSet<>(bild.weg(p.id()).stream().map(Position::id).toList());
        Set<UUID> dort = new HashSet<>(
                ziel == null
                        ? List.of()
                        : bild.weg(ziel.id()).stream().map(Position::id).toList());
        var anders = new HashSet<>(hier);
        anders.addAll(dort);
        anders.removeIf(id -> hier.contains(id) && dort.contains(id) || id.equals(p.id()));
        long freigaben = datenbank
                .sql("""
                SELECT count(*) FROM freigabe WHERE mandant_id = :m AND ziel_art = 'plan' AND gilt(gueltig_von, gueltig_bis)
                   AND ziel_id IN (SELECT unnest(CAST(:ids AS uuid[])))""")
                .param("m", mandant())
                .param("ids", anders.stream().map(UUID::toString).toArray(String[]::new))
                .query(Long.class)
                .single();
        if (freigaben > 0) {
            throw Abgelehnt.konflikt(
                    "Über dem alten oder dem neuen Ort %s am Aktenplan: Nach dem Verschieben sehen andere Personen die Akten unter „%s“. Es ist noch nichts geändert; kreuzen Sie an, dass sich die Zugriffe ändern sollen, und speichern Sie noch einmal."
                            .formatted(
                                    freigaben == 1 ? "hängt eine Freigabe" : "hängen " + freigaben + " Freigaben",
                                    p.anzeige()));
        }
    }

    /**
     * Ends a position with everything below it.
     *
     * @param gesehen whether the person knows how many positions and open Akten that are
     * @throws Abgelehnt (KONFLIKT) with the numbers, if not
     */
    @Transactional
    public void beende(Anmeldung wer, UUID id, int fassung, @Nullable LocalDate ab, boolean gesehen) {
        var grund = beginne(wer, ab);
        var p = position(grund, id);
        if (!p.gilt()) {
            return;
        }
        if (p.fassung() != fassung) {
            throw new Ueberholt(p);
        }
        var alle = grund.bild().mitUnteren(id);
        long akten = werk.offene(alle);
        if (!gesehen && (alle.size() > 1 || akten > 0)) {
            throw Abgelehnt.konflikt(
                    "Mit „%s“ enden %s darunter; dort liegen %s. Sie bleiben und lassen sich weiter bearbeiten, nur neue entstehen nicht mehr. Kreuzen Sie an, dass das so sein soll; es ist noch nichts geändert."
                            .formatted(
                                    p.anzeige(),
                                    Anzeige.anzahl(alle.size() - 1L, "Position", "Positionen"),
                                    Planworte.offeneAkten(akten)));
        }
        var aenderungen =
                alle.stream().map(u -> new Planaenderung(u, u.beendet())).toList();
        tu(wer, grund, ab, "Ende: " + p.anzeige(), aenderungen, "beendet");
    }

    /** What has ended holds again, as what it was. @throws Abgelehnt if what lies above has ended as well */
    @Transactional
    public void nimmWiederAuf(Anmeldung wer, UUID id) {
        var grund = beginne(wer, null);
        var p = position(grund, id);
        if (p.gilt()) {
            return;
        }
        tu(
                wer,
                grund,
                null,
                "Wieder: " + p.anzeige(),
                List.of(new Planaenderung(p, p.wiederaufgenommen())),
                "wiederaufgenommen");
    }

    /** One place up or down among its siblings. @param richtung -1 up, 1 down */
    @Transactional
    public void ruecke(Anmeldung wer, UUID id, int richtung) {
        var grund = beginne(wer, null);
        var p = position(grund, id);
        var reihe = new ArrayList<>(
                grund.bild().kinder(p.ueberId()).stream().filter(Position::gilt).toList());
        int von = reihe.indexOf(p);
        int nach = von + Integer.signum(richtung);
        if (von < 0 || nach < 0 || nach >= reihe.size()) {
            return;
        }
        reihe.add(nach, reihe.remove(von));
        var aenderungen = new ArrayList<Planaenderung>();
        for (int i = 0; i < reihe.size(); i++) {
            var r = reihe.get(i);
            if (r.rang() != (i + 1) * 10) {
                aenderungen.add(new Planaenderung(r, r.mitRang((i + 1) * 10)));
            }
        }
        tu(wer, grund, null, "Reihenfolge: " + p.anzeige(), aenderungen, "geordnet");
    }

    private void tu(
            Anmeldung wer,
            Planvergleich.Grund grund,
            @Nullable LocalDate ab,
            String was,
            List<Planaenderung> aenderungen,
            String handlung) {
        fassungen.aendere(wer, was, ab, grund, aenderungen);
        var erste = aenderungen.isEmpty() ? null : aenderungen.getFirst().nachher();
        protokoll.schreibe(
                wer.pseudonym(),
                "aktenplan.position." + handlung,
                erste == null ? mandant() : erste.id(),
                null,
                Map.of(
                        "was",
                        was,
                        "ab",
                        ab == null ? "sofort" : ab.toString(),
                        "positionen",
                        String.valueOf(aenderungen.size())));
    }

    /** How many levels the plan may have. */
    @Transactional
    public void begrenze(Anmeldung wer, int ebenen) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        fassungen.setzeEbenen(ebenen);
        protokoll.schreibe(
                wer.pseudonym(), "aktenplan.ebenen", mandant(), null, Map.of("ebenen", String.valueOf(ebenen)));
    }
}
