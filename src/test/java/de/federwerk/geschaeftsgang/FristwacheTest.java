package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class FristwacheTest extends Teststadt {

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Fristwache wache;

    private List<String> meldungen(Stadt stadt, UUID person) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT art FROM meldung WHERE mandant_id = ? AND person_id = ? ORDER BY entstanden, id")
                        .params(stadt.mandant(), person)
                        .query(String.class)
                        .list());
    }

    private void beginne(Stadt stadt, UUID vorgang, Station... stationen) {
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        stadt.anja(),
                        new Laufwegentwurf(Kennung.neu(), vorgang, null, "Bescheid", false, List.of(stationen))));
    }

    private static Station bis(Anmeldung wer, Stationsart art, LocalDate tag) {
        return new Station(
                Kennung.neu(),
                1,
                1,
                1,
                art,
                new Empfaenger("person", wer.person()),
                "Geheimer Auftrag",
                null,
                tag,
                false,
                null,
                null,
                null);
    }

    @Test
    void erinnert_einmal_vor_der_frist_und_sagt_es_der_leitung_wenn_sie_lange_vorbei_ist() {
        var stadt = stadt();
        var leitung = als(stadt.mandant(), () -> {
            var id = personen.nimmAuf(Protokoll.PROGRAMM, "olga.ordnung", "Olga", "Ordnung", null, false);
            einheiten.besetze(Protokoll.PROGRAMM, stadt.ordnung(), "Leitung", true, id);
            return id;
        });
        var heute = LocalDate.now(Anzeige.ZONE);
        var petra = stadt.petra().person();
        beginne(
                stadt,
                vorgang(stadt, "Geheimer Titel").id(),
                bis(stadt.petra(), Stationsart.BEARBEITUNG, heute.plusDays(1)));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU");
        als(stadt.mandant(), () -> wache.erinnere(heute));
        als(stadt.mandant(), () -> wache.erinnere(heute));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU", "FRIST_BALD");
        // Three working days and a weekend later.
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(8)));
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(9)));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU", "FRIST_BALD", "FRIST_UEBERSCHRITTEN");
        assertThat(meldungen(stadt, leitung)).containsExactly("ESKALATION");
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql("SELECT string_agg(titel || text, ' ') FROM meldung WHERE mandant_id = ?")
                                .param(stadt.mandant())
                                .query(String.class)
                                .single())
                        .doesNotContain("Geheimer"));
    }

    @Test
    void eine_wiedervorlage_meldet_sich_an_ihrem_tag_und_ein_ende_dem_der_begann() {
        var stadt = stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        var anja = stadt.anja().person();
        var vorgang = vorgang(stadt, "Zirkus").id();
        beginne(stadt, vorgang, bis(stadt.anja(), Stationsart.WIEDERVORLAGE, heute.plusDays(7)));
        als(stadt.mandant(), () -> wache.erinnere(heute));
        assertThat(meldungen(stadt, anja)).isEmpty();

        var kenntnis = bis(stadt.petra(), Stationsart.KENNTNIS, heute.plusDays(30));
        beginne(stadt, vorgang, kenntnis);
        als(
                stadt.mandant(),
                () -> gang.erledige(stadt.petra(), kenntnis.id(), new Antwort(Ergebnis.KENNTNIS, "", 1, null)));
        assertThat(meldungen(stadt, anja)).containsExactly("ERLEDIGT");
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(60)));
        assertThat(meldungen(stadt, stadt.petra().person())).containsExactly("AUFGABE_NEU");
    }
}
