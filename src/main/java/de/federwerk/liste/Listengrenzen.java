package de.federwerk.liste;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Einheiten;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a list is narrowed to, in SQL. Position and unit are coordinates of the Schutzbereich (ADR 0006): they narrow the Sicht itself, so that
 * a part of the house costs no more than that part. What names an Akte, a Vorgang or a person has an index of its own. The rest is looked at
 * row by row.
 */
@Component
class Listengrenzen {

    /**
     * @param person her Sicht on everything
     * @param sicht the same, within the coordinates that were asked for
     * @param bereich which part of the list is read, by an index
     * @param bedingung on its rows
     * @param spalten that both look at
     * @param eng whether the part has an index of its own and is read to its end
     * @param bestand whether nothing but coordinates was asked for
     */
    record Gang(
            Sicht person,
            Sicht sicht,
            String bereich,
            String bedingung,
            Set<String> spalten,
            Map<String, Object> werte,
            boolean eng,
            boolean bestand) {}

    private static final Pattern WORTGRENZE = Pattern.compile("\\s+");

    private final JdbcClient datenbank;
    private final Einheiten einheiten;

    Listengrenzen(JdbcClient datenbank, Einheiten einheiten) {
        this.datenbank = datenbank;
        this.einheiten = einheiten;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Gang gang(Sicht sicht, Listenfrage frage) {
        var bau = new Bau(sicht, frage);
        frage.grenzen().forEach(bau::nimm);
        frage.feldgrenzen().forEach(bau::aktenfeld);
        return bau.fertig();
    }

    private final class Bau {

        private final Sicht sicht;
        private final Listenfrage frage;
        private final List<String> bereich = new ArrayList<>();
        private final List<String> bedingung = new ArrayList<>();
        private final Set<String> spalten = new TreeSet<>();
        private final Map<String, Object> werte = new HashMap<>();
        private @Nullable List<UUID> positionen;
        private @Nullable List<UUID> einheitenListe;
        private boolean eng;
        private boolean bestand = true;

        private Bau(Sicht sicht, Listenfrage frage) {
            this.sicht = sicht;
            this.frage = frage;
            spalten.addAll(frage.art().rechtespalten());
        }

        private void nimm(Eingrenzung grenze, String wert) {
            bestand &= grenze == Eingrenzung.POSITION || grenze == Eingrenzung.EINHEIT;
            switch (grenze) {
                case POSITION -> position(UUID.fromString(wert));
                case EINHEIT -> einheit(wert);
                case PERSON -> person(wert);
                case STAND -> stand(wert);
                case TITEL -> titel(wert);
                case AKTENART -> aktenart(UUID.fromString(wert));
                case PAPIER -> papier(wert);
                case AKTE -> gleich("akte_id", "akte", UUID.fromString(wert));
                case VORGANG -> gleich("vorgang_id", "vorgang", UUID.fromString(wert));
                case DOKUMENTART -> {
                    spalten.add("dokumentart");
                    werte.put("dokumentart", wert);
                    bedingung.add("lower(x.dokumentart) = lower(:dokumentart)");
                }
                case DATEITYP -> dateityp(wert);
                case HERKUNFT -> {
                    // Of those that came in there is an index; the others are most of all.
                    spalten.add("eingang_id");
                    bereich.add("x.eingang_id IS " + (wert.equals("eingang") ? "NOT NULL" : "NULL"));
                }
                case ANGELEGT_VON, GEAENDERT_VON, ZDA_VON -> tag(grenze, LocalDate.parse(wert), true);
                case ANGELEGT_BIS, GEAENDERT_BIS, ZDA_BIS -> tag(grenze, LocalDate.parse(wert), false);
            }
        }

        /** An index begins with this column: the part is read to its end. */
        private void gleich(String spalte, String name, UUID wert) {
            spalten.add(spalte);
            werte.put(name, wert);
            bereich.add("x." + spalte + " = :" + name);
            eng = true;
        }

        /** With all below it. */
        private void position(UUID position) {
            positionen = mitUnteren("planknoten", position);
            werte.put("positionen", feld(positionen));
            bedingung.add(anAkte("planknoten_id", "IN (SELECT unnest(CAST(:positionen AS uuid[])))"));
        }

        private void einheit(String wert) {
            var gemeinte = wert.equals(Eingrenzung.MEINE)
                    ? einheiten.von(sicht.person())
                    : java.util.Optional.of(UUID.fromString(wert));
            einheitenListe = gemeinte.map(e -> mitUnteren("einheit", e)).orElse(List.of());
            werte.put("einheiten", feld(einheitenListe));
            var drin = "einheit_id IN (SELECT unnest(CAST(:einheiten AS uuid[])))";
            if (frage.art() == Listenart.DOKUMENTE) {
                bedingung.add("EXISTS (SELECT FROM vorgang ev WHERE ev.mandant_id = :m AND ev.id = x.vorgang_id AND ev."
                        + drin + ") IS TRUE");
            } else {
                spalten.add("einheit_id");
                bedingung.add("(x." + drin + ") IS TRUE");
            }
        }

        private void person(String wert) {
            var person = wert.equals(Eingrenzung.ICH) ? sicht.person() : UUID.fromString(wert);
            boolean bisher = eng;
            gleich(frage.art() == Listenart.DOKUMENTE ? "angelegt_von" : "bearbeiter_id", "person", person);
            // Whoever scans for the whole house has filed most of it: as long as any list.
            eng = bisher || frage.art() != Listenart.DOKUMENTE;
        }

        private void stand(String wert) {
            var was = switch (wert) {
                case "zda" -> "%1$s.stand = 'zda'";
                case "entwurf" -> "%1$s.entwurf";
                default -> "%1$s.stand <> 'zda' AND NOT %1$s.entwurf";
            };
            if (frage.art() == Listenart.DOKUMENTE) {
                bedingung.add("EXISTS (SELECT FROM vorgang sv WHERE sv.mandant_id = :m AND sv.id = x.vorgang_id AND "
                        + was.formatted("sv") + ") IS TRUE");
            } else {
                spalten.addAll(List.of("stand", "entwurf"));
                bedingung.add("(" + was.formatted("x") + ")");
            }
        }

        private void titel(String wert) {
            spalten.add("titel");
            bedingung.addAll(wortanfaenge("x.titel", wert));
        }

        /** What stands in a field of the Aktenart. @param name as {@code f-<uuid>} */
        private void aktenfeld(String name, String wert) {
            bestand = false;
            var id = "feld" + werte.size();
            werte.put(id, UUID.fromString(name.substring(2)));
            bedingung.add(
                    "EXISTS (SELECT FROM aktenwert fw WHERE fw.mandant_id = :m AND fw.akte_id = x.id AND fw.feld_id = :"
                            + id + " AND " + String.join(" AND ", wortanfaenge("fw.text", wert)) + ")");
        }

        /** Each word stands at the beginning of a word, in any case. */
        private List<String> wortanfaenge(String spalte, String wert) {
            var alle = new ArrayList<String>();
            Arrays.stream(WORTGRENZE.split(wert))
                    .filter(w -> !w.isEmpty())
                    .limit(10)
                    .forEach(w -> {
                        var name = "wort" + werte.size();
                        werte.put(name, "(^|[^[:alnum:]])" + w.replaceAll("[^\\p{L}\\p{N}]", "\\\\$0"));
                        alle.add(spalte + " ~* :" + name);
                    });
            return alle;
        }

        private void aktenart(UUID art) {
            if (frage.art() == Listenart.AKTEN) {
                gleich("aktenart_id", "aktenart", art);
            } else {
                werte.put("aktenart", art);
                bedingung.add(anAkte("aktenart_id", "= :aktenart"));
            }
        }

        private void papier(String wert) {
            var akte = frage.art() == Listenart.AKTEN ? "x.id" : "x.akte_id";
            werte.put("papierform", wert);
            bedingung.add("EXISTS (SELECT FROM papierform pf WHERE pf.mandant_id = :m AND pf.akte_id = " + akte
                    + " AND (:papierform IN ('papier', 'elektronisch') OR pf.form = :papierform)) IS "
                    + (wert.equals("elektronisch") ? "FALSE" : "TRUE"));
        }

        private void dateityp(String wert) {
            var art = """
                    (SELECT coalesce(df.medientyp, '') FROM version dn JOIN datei df ON df.mandant_id = dn.mandant_id AND df.id = dn.datei_id
                      WHERE dn.mandant_id = :m AND dn.dokument_id = x.id ORDER BY dn.nummer DESC LIMIT 1)""";
            bedingung.add(
                    switch (wert) {
                        case "pdf" -> art + "= 'application/pdf'";
                        case "mail" -> art + "= 'message/rfc822'";
                        case "bild" -> art + "~ '^image/'";
                        case "office" -> art + "~ '^application/(msword|vnd[.](openxmlformats|oasis|ms-))'";
                        case "text" -> art + "~ '^text/'";
                        default ->
                            art
                                    + " !~ '^(application/pdf$|message/rfc822$|image/|text/|application/(msword|vnd[.](openxmlformats|oasis|ms-)))'";
                    });
        }

        /** A day of the column that orders the list bounds what is read of it. */
        private void tag(Eingrenzung grenze, LocalDate tag, boolean ab) {
            var name = grenze.feld();
            var spalte = name.startsWith("zda") ? "zda_am" : name.substring(0, name.indexOf('_'));
            spalten.add(spalte);
            var zeit = (ab ? tag : tag.plusDays(1)).atStartOfDay(Anzeige.ZONE).toInstant();
            werte.put(name, Timestamp.from(zeit));
            (frage.sortierung().name().equals(spalte) ? bereich : bedingung)
                    .add("x." + spalte + (ab ? " >= :" : " < :") + name);
        }

        private String anAkte(String spalte, String ist) {
            if (frage.art() == Listenart.AKTEN) {
                spalten.add(spalte);
                return "(x." + spalte + " " + ist + ") IS TRUE";
            }
            return "EXISTS (SELECT FROM akte ga WHERE ga.mandant_id = :m AND ga.id = x.akte_id AND ga." + spalte + " "
                    + ist + ") IS TRUE";
        }

        private Gang fertig() {
            return new Gang(
                    sicht,
                    positionen == null && einheitenListe == null ? sicht : inKoordinaten(),
                    bereich.isEmpty() ? "TRUE" : String.join(" AND ", bereich),
                    bedingung.isEmpty() ? "TRUE" : String.join(" AND ", bedingung),
                    spalten,
                    werte,
                    eng,
                    bestand);
        }

        /** The same rights, of the Schutzbereiche that lie there. */
        private Sicht inKoordinaten() {
            // By key: as one condition for both, each page read all 50,000 Schutzbereiche of a large town.
            var da = new HashSet<>(datenbank
                    .sql("SELECT id FROM schutzbereich WHERE mandant_id = :m"
                            + (positionen == null ? "" : " AND plan_knoten = ANY (CAST(:positionen AS uuid[]))")
                            + (einheitenListe == null ? "" : " AND einheit_id = ANY (CAST(:einheiten AS uuid[]))"))
                    .param("m", mandant())
                    .params(werte)
                    .query(Integer.class)
                    .list());
            da.retainAll(sicht.bereiche());
            return sicht.mitBereichen(da);
        }
    }

    /** Ended ones too: what lies there is still there. @param baum from code */
    private List<UUID> mitUnteren(String baum, UUID oberstes) {
        return datenbank
                .sql("""
                WITH RECURSIVE unter (id) AS (
                    SELECT CAST(:oberstes AS uuid)
                    UNION SELECT k.id FROM %s k JOIN unter u ON k.mandant_id = :m AND k.ueber_id = u.id)
                SELECT id FROM unter""".formatted(baum))
                .param("m", mandant())
                .param("oberstes", oberstes)
                .query(UUID.class)
                .list();
    }

    static String feld(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
