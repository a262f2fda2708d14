package de.federwerk.umbau;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** The small town with Anja as the administrator, who rebuilds it. */
abstract class Umbaustadt extends Teststadt {

    @Autowired
    Umbauten umbauten;

    @Autowired
    Niederschriften niederschriften;

    @Autowired
    Vorschau vorschau;

    @Autowired
    Umbauwache wache;

    /** With Anja as the administrator. */
    Stadt verwaltete() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        return stadt;
    }

    static Schritt schritt(Schritt.Art art, UUID einheit, @Nullable UUID ziel) {
        return Schritt.schlicht(art, einheit, ziel, null, null);
    }

    UUID entwurf(Stadt stadt, LocalDate tag, Schritt... schritte) {
        var id = Kennung.neu();
        Mandantenkontext.als(stadt.mandant(), () -> {
            umbauten.legeAn(stadt.anja(), id, "Neuordnung", tag);
            for (var s : schritte) {
                umbauten.fuegeHinzu(stadt.anja(), id, s);
            }
        });
        return id;
    }

    Vorschau.Ergebnis vorschau(Stadt stadt, UUID umbau) {
        return Mandantenkontext.als(
                stadt.mandant(), () -> vorschau.von(stadt.anja().person(), umbauten.schritte(umbau)));
    }

    /** As seen, and with the agreement to whatever becomes wider. */
    void beschliesse(Stadt stadt, UUID umbau) {
        beschliesse(stadt, umbau, true);
    }

    void beschliesse(Stadt stadt, UUID umbau, boolean weiter) {
        Mandantenkontext.als(
                stadt.mandant(),
                () -> umbauten.beschliesse(
                        stadt.anja(), umbau, umbauten.plan(umbau).fassung() + "-" + umbauten.rechtestand(), weiter));
    }

    Vorschau.Ergebnis niederschrift(Stadt stadt, UUID umbau) {
        return Mandantenkontext.als(stadt.mandant(), () -> niederschriften.ergebnis(umbau));
    }

    String stand(Stadt stadt, UUID umbau) {
        return Mandantenkontext.als(stadt.mandant(), () -> umbauten.plan(umbau)).stand();
    }

    Umbauten.Plan fuehreAus(Stadt stadt, UUID umbau) {
        beschliesse(stadt, umbau);
        return Mandantenkontext.als(stadt.mandant(), () -> {
            wache.fuehreFaelligeAus();
            return umbauten.plan(umbau);
        });
    }

    /** The day has come. */
    void kommt(Stadt stadt, UUID umbau) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE umbau SET tag = heute() WHERE id = ?")
                        .param(umbau)
                        .update());
        Mandantenkontext.als(stadt.mandant(), wache::fuehreFaelligeAus);
    }

    static LocalDate heute() {
        return LocalDate.now(Anzeige.ZONE);
    }

    boolean sieht(Stadt stadt, Anmeldung wer, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), vorgang)
                        .isPresent());
    }

    <T> T eins(Stadt stadt, String sql, Class<T> was, Object... werte) {
        return als(stadt.mandant(), () -> jdbc.sql(sql).params(werte).query(was).single());
    }
}
