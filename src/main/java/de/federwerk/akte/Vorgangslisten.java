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

    /** The Vorgänge of an Akte in the order of their numbers. */
    @Transactional(readOnly = true)
    public Seite<Vorgang> in(Sicht sicht, UUID akte, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                v -> List.of(v.ordnung(), v.id()),
                (stelle, hoechstens) -> vorgaenge
                        .abfrage(
                                sicht,
                                "v.akte_id = :akte AND " + NACH_NUMMER.bedingung("v", stelle) + " AND ",
                                " ORDER BY " + NACH_NUMMER.folge("v", stelle) + " LIMIT :hoechstens")
                        .param("akte", akte)
                        .param("hoechstens", hoechstens)
                        .params(NACH_NUMMER.parameter(stelle))
                        .query(Vorgang.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlIn(Sicht sicht, UUID akte) {
        return zaehle(sicht, "v.akte_id = :was", akte);
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
        return zaehle(sicht, IN_ARBEIT.formatted(":was"), sicht.person());
    }

    private Anzahl zaehle(Sicht sicht, String bedingung, UUID was) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM vorgang v WHERE v.mandant_id = :m AND " + bedingung + " AND "
                        + sicht.aufVorgang("v") + " LIMIT :bis) z")
                .param("m", mandant())
                .param("was", was)
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
