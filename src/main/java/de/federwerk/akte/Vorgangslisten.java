package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge.Vermerk;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Vorgänge in an Akte or on a desk, and the Vermerke in a Vorgang: page by page, only what a person sees. */
@Component
public class Vorgangslisten {

    /** The order of Vorgänge in an Akte. */
    public static final Ordnung NACH_NUMMER = Ordnung.auf(Ordnung.text("ordnung"), Ordnung.kennung("id"));

    /** The order of what a person works on. */
    public static final Ordnung ZULETZT_ZUERST = Ordnung.ab(Ordnung.zeit("geaendert"), Ordnung.kennung("id"));

    /** The order of Vermerke. */
    public static final Ordnung AELTESTE_ZUERST = Ordnung.auf(Ordnung.zeit("verfasst"), Ordnung.kennung("id"));

    private static final String IN_ARBEIT = "v.bearbeiter_id = %s AND v.stand = 'in_bearbeitung'";

    private final JdbcClient datenbank;
    private final Vorgaenge vorgaenge;
    private final Aktenzeichenregel regel;

    Vorgangslisten(JdbcClient datenbank, Vorgaenge vorgaenge, Aktenzeichenregel regel) {
        this.datenbank = datenbank;
        this.vorgaenge = vorgaenge;
        this.regel = regel;
    }

    /** Which Vorgänge of an Akte: of one part, those in none, or all. */
    public record Teilwahl(@Nullable UUID teil, boolean direkt) {

        static final Teilwahl ALLE = new Teilwahl(null, false);

        /** As it stands in an address: {@code akte} for those in none, the id of a part; anything else: all. */
        static Teilwahl von(String getippt, List<Aktenteile.Teil> teile) {
            return teile.stream()
                    .map(Aktenteile.Teil::id)
                    .filter(id -> id.toString().equals(getippt))
                    .findFirst()
                    .map(id -> new Teilwahl(id, false))
                    .orElse(getippt.equals("akte") ? new Teilwahl(null, true) : ALLE);
        }

        private String bedingung() {
            return "v.akte_id = :was"
                    + (direkt ? " AND v.teil_id IS NULL" : teil == null ? "" : " AND v.teil_id = :teil");
        }

        String text() {
            return direkt ? "akte" : teil == null ? "" : teil.toString();
        }
    }

    /** The Vorgänge of an Akte in the order of their numbers. */
    @Transactional(readOnly = true)
    public Seite<Vorgang> in(Sicht sicht, UUID akte, Stelle ab, int jeSeite) {
        return in(sicht, akte, Teilwahl.ALLE, ab, jeSeite);
    }

    @Transactional(readOnly = true)
    public Seite<Vorgang> in(Sicht sicht, UUID akte, Teilwahl wahl, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                v -> List.of(v.ordnung(), v.id()),
                (stelle, hoechstens) -> vorgaenge
                        .abfrage(
                                sicht,
                                wahl.bedingung() + " AND " + NACH_NUMMER.bedingung("v", stelle) + " AND ",
                                " ORDER BY " + NACH_NUMMER.folge("v", stelle) + " LIMIT :hoechstens")
                        .param("was", akte)
                        .param("teil", wahl.teil, java.sql.Types.OTHER)
                        .param("hoechstens", hoechstens)
                        .params(NACH_NUMMER.parameter(stelle))
                        .query(Vorgang.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlIn(Sicht sicht, UUID akte) {
        return anzahlIn(sicht, akte, Teilwahl.ALLE);
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlIn(Sicht sicht, UUID akte, Teilwahl wahl) {
        return zaehle(sicht, wahl.bedingung(), akte, wahl.teil);
    }

    /** Where in the list of an Akte the typed number or Aktenzeichen lies. */
    @Transactional(readOnly = true)
    public Stelle sprungIn(Akten.Akte akte, String getippt) {
        return Stelle.ab(datenbank
                .sql("SELECT ziffernweise(?)")
                .param(regel.gemeintIn(
                        akte.aktenzeichen(), getippt.replace("\0", "").strip()))
                .query(String.class)
                .single());
    }

    /** Open Vorgänge this person works on, the last touched first. */
    @Transactional(readOnly = true)
    public Seite<Vorgang> inArbeit(Sicht sicht, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                v -> List.of(v.geaendert(), v.id()),
                (stelle, hoechstens) -> vorgaenge
                        .abfrage(
                                sicht,
                                IN_ARBEIT.formatted(":person") + " AND " + ZULETZT_ZUERST.bedingung("v", stelle)
                                        + " AND ",
                                " ORDER BY " + ZULETZT_ZUERST.folge("v", stelle) + " LIMIT :hoechstens")
                        .param("person", sicht.person())
                        .param("hoechstens", hoechstens)
                        .params(ZULETZT_ZUERST.parameter(stelle))
                        .query(Vorgang.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlInArbeit(Sicht sicht) {
        return zaehle(sicht, IN_ARBEIT.formatted(":was"), sicht.person(), null);
    }

    private Anzahl zaehle(Sicht sicht, String bedingung, UUID was, @Nullable UUID teil) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM vorgang v WHERE v.mandant_id = :m AND " + bedingung + " AND "
                        + sicht.aufVorgang("v") + " LIMIT :bis) z")
                .param("m", mandant())
                .param("was", was)
                .param("teil", teil, java.sql.Types.OTHER)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }

    /** The Vermerke of a Vorgang that this person sees, the oldest first. */
    @Transactional(readOnly = true)
    public Seite<Vermerk> vermerke(Sicht sicht, UUID vorgang, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                n -> List.of(n.verfasst(), n.id()),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                SELECT n.id, n.text, n.verfasst, trim(p.vorname || ' ' || p.nachname) AS wer
                  FROM vermerk n JOIN vorgang v ON v.mandant_id = n.mandant_id AND v.id = n.vorgang_id
                  JOIN person p ON p.mandant_id = n.mandant_id AND p.id = n.verfasst_von
                 WHERE n.mandant_id = :m AND n.vorgang_id = :vorgang AND v.id = :vorgang AND %s AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                        AELTESTE_ZUERST.bedingung("n", stelle),
                                        sicht.aufVorgang("v"),
                                        AELTESTE_ZUERST.folge("n", stelle)))
                        .param("m", mandant())
                        .param("vorgang", vorgang)
                        .param("hoechstens", hoechstens)
                        .params(AELTESTE_ZUERST.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Vermerk.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlVermerke(Sicht sicht, UUID vorgang) {
        return Anzahl.aus(datenbank
                .sql("""
                SELECT count(*) FROM (SELECT FROM vermerk n
                  WHERE n.mandant_id = :m AND n.vorgang_id = :vorgang AND (SELECT true FROM vorgang v WHERE v.mandant_id = :m AND v.id = :vorgang AND %s)
                  LIMIT :bis) z""".formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("vorgang", vorgang)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }
}
