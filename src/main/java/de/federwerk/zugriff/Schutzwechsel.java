package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives an Akte, Vorgang or Dokument another Schutzbereich, with all that inherits from it. Costs its own documents: from the commit on
 * nobody finds them by the search until they are indexed anew.
 */
@Component
class Schutzwechsel {

    private record Koordinate(
            int id,
            @Nullable UUID planKnoten,
            @Nullable UUID einheitId,
            int stufe,
            @Nullable UUID sonderId) {

        Koordinate mit(int neueStufe, @Nullable UUID neuerSonder) {
            return new Koordinate(id, planKnoten, einheitId, neueStufe, neuerSonder);
        }
    }

    private final JdbcClient datenbank;
    private final Schutzgueter gueter;
    private final Berechtigungen berechtigungen;
    private final Sonderbereiche sonderbereiche;
    private final Freigaben freigaben;
    private final Stufen stufen;
    private final Personen personen;
    private final Protokoll protokoll;
    private final Index index;

    Schutzwechsel(
            JdbcClient datenbank,
            Schutzgueter gueter,
            Berechtigungen berechtigungen,
            Sonderbereiche sonderbereiche,
            Freigaben freigaben,
            Stufen stufen,
            Personen personen,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.gueter = gueter;
        this.berechtigungen = berechtigungen;
        this.sonderbereiche = sonderbereiche;
        this.freigaben = freigaben;
        this.stufen = stufen;
        this.personen = personen;
        this.protokoll = protokoll;
        this.index = index;
    }

    /**
     * Sets the Vertraulichkeitsstufe. What lies in it and had the same follows; what is higher stays higher.
     *
     * @throws Abgelehnt (RECHT) without the role GEHEIMSCHUTZ or above the own Ermächtigung, (EINGABE) if the town has no such Stufe
     */
    @Transactional
    public void setzeStufe(Anmeldung wer, Art art, UUID id, int stufe, String grund) {
        personen.verlange(wer.person(), Rolle.GEHEIMSCHUTZ);
        verlangeGrund(grund);
        var gut = halte(gueter.sichtbares(wer, art, id));
        if (stufe != 0 && stufen.alle().stream().noneMatch(s -> s.nummer() == stufe)) {
            throw Abgelehnt.eingabe(
                    "Diese Vertraulichkeitsstufe hat keinen Namen. Benannt werden Stufen unter Verwaltung, Rechte.");
        }
        if (stufe > berechtigungen.sicht(wer.person(), Recht.LESEN).ermaechtigung()) {
            throw Abgelehnt.recht("Ihre eigene Ermächtigung reicht nicht bis „" + stufen.name(stufe)
                    + "“. Höher als man selbst sieht, stuft niemand ein: Sie würden sich aussperren.");
        }
        if (stufe == gut.stufe()) {
            return;
        }
        verschiebe(gut, k -> k.mit(k.stufe == gut.stufe() || k.stufe < stufe ? stufe : k.stufe, k.sonderId));
        schreibe(wer, gut, "schutz.stufe", stufen.name(stufe), grund);
    }

    /**
     * Cuts inheritance: from now on only these see it, the acting person with VERWALTEN among them.
     *
     * @param sonder a new id, or that of a named Sonderbereich
     * @param bleibende who keeps access; ignored where the Sonderbereich is a named one, which has its own Freigaben
     */
    @Transactional
    public void unterbreche(
            Anmeldung wer,
            Art art,
            UUID id,
            UUID sonder,
            boolean benannter,
            Map<Empfaenger, Recht> bleibende,
            String grund) {
        verlangeGrund(grund);
        var gut = halte(gueter.zumAendern(wer, art, id));
        if (sonder.equals(gut.sonderId())) {
            return;
        }
        if (benannter) {
            if (sonderbereiche.finde(sonder).einzeln()) {
                throw Abgelehnt.eingabe("In diesen Sonderbereich lässt sich nichts weiteres legen.");
            }
        } else {
            // The id came with the form: of one that exists already nobody gets hold this way.
            if (!sonderbereiche.richteEin(wer, sonder, gut.aktenzeichen() + " " + gut.titel(), true, grund)) {
                throw Abgelehnt.konflikt(
                        "Dieses Formular wurde schon einmal abgesendet. Bitte öffnen Sie die Seite neu.");
            }
            gebeFrei(wer, sonder, Subjekt.PERSON, wer.person(), Recht.VERWALTEN);
            bleibende.forEach((wem, recht) -> {
                if (!wem.id().equals(wer.person())) {
                    gebeFrei(wer, sonder, Subjekt.valueOf(wem.art().toUpperCase(Locale.ROOT)), wem.id(), recht);
                }
            });
        }
        verschiebe(gut, k -> Objects.equals(k.sonderId, gut.sonderId()) ? k.mit(k.stufe, sonder) : k);
        schreibe(
                wer,
                gut,
                "schutz.unterbrochen",
                benannter
                        ? sonderbereiche.finde(sonder).name()
                        : bleibende.entrySet().stream()
                                .map(e -> e.getKey().name() + " " + e.getValue().wort())
                                .collect(Collectors.joining(", ")),
                grund);
        // Whoever locks himself out could not undo it.
        if (benannter && !(gueter.istSichtbar(wer, gut) && gueter.darfAendern(wer, gut))) {
            throw Abgelehnt.eingabe(
                    "In diesem Sonderbereich sähen Sie " + art.diese()
                            + " selbst nicht mehr. Es wurde nichts geändert; bitte lassen Sie das jemanden tun, der ihn verwaltet.");
        }
    }

    /** Without the reason: the list of Freigaben is read by those who do not see the thing. It stands in the Protokoll of the Akte. */
    private void gebeFrei(Anmeldung wer, UUID sonder, Subjekt subjekt, UUID wem, Recht recht) {
        freigaben.erteile(
                wer, new Freigaben.Neu(Kennung.neu(), subjekt, wem, Ziel.SONDER, sonder, recht, null, null, ""));
    }

    /** Lets it inherit again from what it lies in. @throws Abgelehnt (KONFLIKT) if it inherits already */
    @Transactional
    public void vererbeWieder(Anmeldung wer, Art art, UUID id, String grund) {
        verlangeGrund(grund);
        var gut = halte(gueter.zumAendern(wer, art, id));
        var oben =
                gut.ueber() == null ? null : koordinaten(List.of(gut.ueber())).getFirst().sonderId;
        if (Objects.equals(gut.sonderId(), oben)) {
            throw Abgelehnt.konflikt("Hier ist die Vererbung nicht unterbrochen. Es wurde nichts geändert.");
        }
        verschiebe(gut, k -> Objects.equals(k.sonderId, gut.sonderId()) ? k.mit(k.stufe, oben) : k);
        schreibe(wer, gut, "schutz.vererbt", "", grund);
    }

    private static void verlangeGrund(String grund) {
        if (grund.isBlank() || grund.length() > 300) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie einen Grund an (bis 300 Zeichen); er steht im Protokoll der Akte.");
        }
    }

    /** Nobody files into it while its rights change: those who add to it hold its Akte or its Vorgang as well. */
    private Schutzgut halte(Schutzgut gut) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), gut.akte())
                .query(UUID.class)
                .single();
        datenbank
                .sql("""
                SELECT id FROM vorgang WHERE mandant_id = :m AND akte_id = :akte AND (CAST(:vorgang AS uuid) IS NULL OR id = :vorgang)
                 ORDER BY id FOR NO KEY UPDATE""")
                .param("m", mandant())
                .param("akte", gut.akte())
                .param("vorgang", gut.vorgang(), java.sql.Types.OTHER)
                .query(UUID.class)
                .list();
        return gueter.jetzt(gut);
    }

    private void verschiebe(Schutzgut gut, UnaryOperator<Koordinate> wohin) {
        var neue = new HashMap<Integer, Integer>();
        for (var alt : koordinaten(bereiche(gut))) {
            var neu = wohin.apply(alt);
            if (!neu.equals(alt)) {
                neue.put(alt.id, berechtigungen.schutzbereich(neu.planKnoten, neu.einheitId, neu.stufe, neu.sonderId));
            }
        }
        if (neue.isEmpty()) {
            return;
        }
        for (var teil : Teil.von(gut.art())) {
            index.vormerkenUndSperren(
                    teil.tabelle,
                    datenbank
                            .sql("UPDATE " + teil.tabelle
                                    + " x SET schutzbereich_id = n.neu FROM unnest(CAST(:alt AS int[]), CAST(:neu AS int[])) AS n (alt, neu)"
                                    + " WHERE x.mandant_id = :m AND x." + teil.spalte
                                    + " = :id AND x.schutzbereich_id = n.alt RETURNING x.id")
                            .param("m", mandant())
                            .param("id", gut.id())
                            .param("alt", feld(neue.keySet()))
                            .param("neu", feld(neue.values()))
                            .query(UUID.class)
                            .list());
        }
    }

    /** What goes with it: table, and the column that names what it lies in. */
    private record Teil(String tabelle, String spalte) {

        static List<Teil> von(Art art) {
            return switch (art) {
                case AKTE ->
                    List.of(new Teil("akte", "id"), new Teil("vorgang", "akte_id"), new Teil("dokument", "akte_id"));
                case VORGANG -> List.of(new Teil("vorgang", "id"), new Teil("dokument", "vorgang_id"));
                case DOKUMENT -> List.of(new Teil("dokument", "id"));
            };
        }
    }

    private List<Integer> bereiche(Schutzgut gut) {
        return datenbank
                .sql(Teil.von(gut.art()).stream()
                        .map(t -> "SELECT schutzbereich_id FROM " + t.tabelle + " WHERE mandant_id = :m AND " + t.spalte
                                + " = :id")
                        .collect(Collectors.joining(" UNION ")))
                .param("m", mandant())
                .param("id", gut.id())
                .query(Integer.class)
                .list();
    }

    private List<Koordinate> koordinaten(List<Integer> ids) {
        return datenbank
                .sql(
                        "SELECT id, plan_knoten, einheit_id, stufe, sonder_id FROM schutzbereich WHERE mandant_id = ? AND id = ANY (CAST(? AS int[]))")
                .params(mandant(), feld(ids))
                .query(Koordinate.class)
                .list();
    }

    private static String feld(Collection<Integer> werte) {
        return werte.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private void schreibe(Anmeldung wer, Schutzgut gut, String handlung, String text, String grund) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                gut.id(),
                gut.akte(),
                Map.of("aktenzeichen", gut.aktenzeichen(), "text", text, "grund", grund),
                switch (gut.art()) {
                    case AKTE -> "akte";
                    case VORGANG -> "vorgang";
                    case DOKUMENT -> "dokument";
                });
    }
}
