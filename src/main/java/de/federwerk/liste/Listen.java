package de.federwerk.liste;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Sichtliste;
import de.federwerk.datei.Dateityp;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.sammellauf.Sammellaeufe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Akten, Vorgänge and Dokumente that a person may read, across the house: a page, their number, and the ids of what was chosen. */
@Component
class Listen {

    /** How many can be chosen at once. */
    static final int AUSWAHL = Sammellaeufe.HOECHSTENS;

    /** What a line is called, whatever its columns. */
    private static final Set<String> IMMER = Set.of("titel", "aktenzeichen", "vorgang");

    /** One line. @param schluessel its place in the order @param werte by column; where nothing stands, there is no entry */
    record Zeile(UUID id, List<Object> schluessel, Map<String, String> werte) {

        String wert(String spalte) {
            return werte.getOrDefault(spalte, "");
        }
    }

    private record Zelle(UUID akteId, UUID feldId, String text) {}

    private final JdbcClient datenbank;
    private final Listengrenzen grenzen;
    private final Berechtigungen berechtigungen;
    private final Aktenarten arten;
    private final Listengeduld geduld;

    Listen(
            JdbcClient datenbank,
            Listengrenzen grenzen,
            Berechtigungen berechtigungen,
            Aktenarten arten,
            Listengeduld geduld) {
        this.datenbank = datenbank;
        this.grenzen = grenzen;
        this.berechtigungen = berechtigungen;
        this.arten = arten;
        this.geduld = geduld;
    }

    /** What stands in fields and titles is no mere metadata. */
    private Sicht sicht(UUID person) {
        return berechtigungen.sicht(person, Recht.LESEN);
    }

    @Transactional(readOnly = true)
    public Seite<Zeile> seite(UUID person, Listenfrage frage, Stelle ab, int jeSeite) {
        return seite(datenbank, grenzen.gang(sicht(person), frage), frage, ab, jeSeite);
    }

    private Seite<Zeile> seite(JdbcClient db, Listengrenzen.Gang gang, Listenfrage frage, Stelle ab, int jeSeite) {
        return Seite.<Zeile>lies(
                ab,
                jeSeite,
                Zeile::schluessel,
                (stelle, hoechstens) ->
                        zeilen(db, gang.person(), frage, ids(db, gang, frage, stelle, hoechstens), stelle));
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl(UUID person, Listenfrage frage) {
        var gang = grenzen.gang(sicht(person), frage);
        return geduld.sonst(new Anzahl(0, true), db -> anzahl(db, gang, frage));
    }

    private static Anzahl anzahl(JdbcClient db, Listengrenzen.Gang gang, Listenfrage frage) {
        var liste = liste(gang, frage);
        if (gang.bestand() && frage.art() == Listenart.AKTEN) {
            return liste.anzahl(gefragt(db, gang));
        }
        return gang.eng() ? liste.gezaehltEntlang(gefragt(db, gang)) : liste.gezaehlt(gefragt(db, gang));
    }

    /** A page and how many there are in all. @param zuLange it took too long to look; then nothing is known of it */
    record Blatt(Seite<Zeile> seite, Anzahl gesamt, boolean zuLange) {

        static final Blatt ZU_LANGE = new Blatt(Seite.leer(), new Anzahl(0, true), true);
    }

    @Transactional(readOnly = true)
    public Blatt blatt(UUID person, Listenfrage frage, Stelle ab, int jeSeite) {
        var gang = grenzen.gang(sicht(person), frage);
        return geduld.mit(db -> seite(db, gang, frage, ab, jeSeite))
                .map(seite -> gezaehlt(gang, frage, seite))
                .orElse(Blatt.ZU_LANGE);
    }

    private Blatt gezaehlt(Listengrenzen.Gang gang, Listenfrage frage, Seite<Zeile> seite) {
        // Where it is the only page, its lines are all there are: what hardly occurs is sought once, not twice.
        boolean einzige = seite.zurueck() == null && seite.weiter() == null;
        return new Blatt(
                seite,
                einzige
                        ? Anzahl.genau(seite.zeilen().size())
                        : geduld.sonst(new Anzahl(seite.zeilen().size(), true), db -> anzahl(db, gang, frage)),
                false);
    }

    /** All that are meant, in the order of the list, as it was at one moment; empty if it took too long to look. */
    @Transactional(readOnly = true)
    public Optional<List<UUID>> alle(UUID person, Listenfrage frage, int hoechstens) {
        var gang = grenzen.gang(sicht(person), frage);
        return geduld.mit(db -> ids(db, gang, frage, Stelle.ANFANG, hoechstens));
    }

    /** Those of them that this person may read. */
    @Transactional(readOnly = true)
    public List<UUID> davon(UUID person, Listenart art, List<UUID> ids) {
        var sicht = sicht(person);
        var da = datenbank
                .sql("SELECT x.id FROM " + art.tabelle()
                        + " x WHERE x.mandant_id = :m AND x.id = ANY (CAST(:ids AS uuid[])) AND " + art.gesehen(sicht))
                .param("m", mandant())
                .param("ids", Listengrenzen.feld(ids))
                .params(sicht.parameter())
                .query(UUID.class)
                .set();
        return ids.stream().filter(da::contains).distinct().toList();
    }

    /** The lines of these, in their order; of those that this person may read now. */
    @Transactional(readOnly = true)
    public List<Zeile> zeilen(UUID person, Listenfrage frage, List<UUID> ids) {
        var platz = new HashMap<UUID, Integer>();
        ids.forEach(id -> platz.putIfAbsent(id, platz.size()));
        return zeilen(datenbank, sicht(person), frage, davon(person, frage.art(), ids), Stelle.ANFANG).stream()
                .sorted(Comparator.comparing(z -> platz.getOrDefault(z.id, 0)))
                .toList();
    }

    private static List<UUID> ids(
            JdbcClient db, Listengrenzen.Gang gang, Listenfrage frage, Stelle ab, int hoechstens) {
        var liste = liste(gang, frage);
        var gefragt = gefragt(db, gang);
        return gang.eng() ? liste.entlang(gefragt, ab, hoechstens) : liste.ids(gefragt, ab, hoechstens);
    }

    private static Sichtliste.Frage gefragt(JdbcClient db, Listengrenzen.Gang gang) {
        return new Sichtliste.Frage(db, gang.sicht(), gang.bereich(), gang.werte());
    }

    private static Sichtliste liste(Listengrenzen.Gang gang, Listenfrage frage) {
        var art = frage.art();
        return new Sichtliste(
                art.tabelle(),
                "aktenbestand",
                List.copyOf(gang.spalten()),
                frage.ordnung(),
                sicht -> "(" + art.gesehen(sicht) + " AND " + gang.bedingung() + ")",
                art.einzeln(),
                null);
    }

    /** The lines of what this person was found to see. */
    private List<Zeile> zeilen(JdbcClient db, Sicht sicht, Listenfrage frage, List<UUID> ids, Stelle stelle) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var art = frage.art();
        var ordnung = frage.ordnung();
        var gezeigte = art.spalten().stream()
                .filter(s -> IMMER.contains(s.name()) || frage.spalten().contains(s.name()))
                .toList();
        var auswahl = new ArrayList<String>();
        auswahl.add("x.id");
        ordnung.spalten().forEach(s -> auswahl.add("x." + s.name() + " AS k_" + s.name()));
        gezeigte.forEach(s -> auswahl.add(
                s.ausdruck().replace(Listenspalten.SIEHT_VORGANG, sicht.aufVorgang("v")) + " AS s_" + s.name()));
        // OFFSET 0: the few rows are fetched by their keys before anything is joined to them. Planned as one, all
        // Dokumente of the town were read
        // in the order of their Vorgänge to join fifty of them (0.7 s among 41,000).
        var zeilen = db.sql("SELECT " + String.join(", ", auswahl) + " FROM (SELECT * FROM " + art.tabelle()
                        + " WHERE mandant_id = :m AND id = ANY (CAST(:ids AS uuid[])) OFFSET 0) x " + art.herkunft()
                        + " ORDER BY " + ordnung.folge("x", stelle))
                .param("m", mandant())
                .param("ids", Listengrenzen.feld(ids))
                .params(sicht.parameter())
                .query((z, nr) -> zeile(z, ordnung, gezeigte))
                .list();
        return mitFeldern(db, frage, zeilen);
    }

    private static Zeile zeile(ResultSet z, Ordnung ordnung, List<Spalte> gezeigte) throws SQLException {
        var schluessel = new ArrayList<Object>();
        for (var s : ordnung.spalten()) {
            var name = "k_" + s.name();
            schluessel.add(
                    switch (s.typ()) {
                        case TEXT -> z.getString(name);
                        case ZAHL -> z.getLong(name);
                        case ZEIT -> z.getTimestamp(name).toInstant();
                        case KENNUNG -> z.getObject(name, UUID.class);
                    });
        }
        var werte = new HashMap<String, String>();
        for (var s : gezeigte) {
            var wert = z.getString("s_" + s.name());
            if (wert != null && !(wert.isEmpty() && !s.name().equals("dateityp"))) {
                werte.put(
                        s.name(),
                        switch (s.name()) {
                            case "dateityp" -> Dateityp.name(wert.isEmpty() ? null : wert);
                            case "groesse" -> Anzeige.groesse(Long.parseLong(wert));
                            default -> wert;
                        });
            }
        }
        return new Zeile(z.getObject("id", UUID.class), schluessel, werte);
    }

    private List<Zeile> mitFeldern(JdbcClient db, Listenfrage frage, List<Zeile> zeilen) {
        var felder = felder(frage).stream()
                .filter(f -> frage.spalten().contains(f.formname()))
                .toList();
        if (felder.isEmpty()) {
            return zeilen;
        }
        var werte = db
                .sql("""
                SELECT akte_id, feld_id, text FROM aktenwert
                 WHERE mandant_id = :m AND akte_id = ANY (CAST(:akten AS uuid[])) AND feld_id = ANY (CAST(:felder AS uuid[]))""")
                .param("m", mandant())
                .param(
                        "akten",
                        Listengrenzen.feld(zeilen.stream().map(Zeile::id).toList()))
                .param(
                        "felder",
                        Listengrenzen.feld(felder.stream().map(Aktenfeld::id).toList()))
                .query(Zelle.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Zelle::akteId, Collectors.toMap(w -> "f-" + w.feldId, Zelle::text)));
        return zeilen.stream()
                .map(z -> {
                    var alle = new HashMap<>(z.werte);
                    alle.putAll(werte.getOrDefault(z.id, Map.of()));
                    return new Zeile(z.id, z.schluessel, alle);
                })
                .toList();
    }

    /** The fields that can stand in columns: of the Aktenart that the list is narrowed to. */
    @Transactional(readOnly = true)
    public List<Aktenfeld> felder(Listenfrage frage) {
        var art = frage.kennung(Eingrenzung.AKTENART);
        return frage.art() != Listenart.AKTEN || art == null ? List.of() : arten.felder(Feldtraeger.AKTE, art, false);
    }

    /** Not narrowed by fields that the Aktenart does not have (any more), whatever stood in the address. */
    @Transactional(readOnly = true)
    public Listenfrage ohneFremdeFelder(Listenfrage frage) {
        if (frage.feldgrenzen().isEmpty()) {
            return frage;
        }
        var da = felder(frage).stream().map(Aktenfeld::formname).collect(Collectors.toSet());
        return frage.nurFelder(da::contains);
    }
}
