package de.federwerk.rechteprobe;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The doors of one town that are tried: two or one of all there are, drawn from its seed. What they draw themselves is no part of what the town draws:
 * the same seed is the same town, whatever doors there will be.
 */
final class Rechtetueren {

    /** Parts, Handmappen, folders, Akteneinsicht, Auskunft, and what is done to many. */
    static final int ALLE = 6;

    private static final int SAMMELLAUF = 5;

    /** After so many changes of a hundred: most of the time belongs to the lists. */
    private static final int JE_FRAGE = 50;

    private final Rechtewelt welt;
    private final Weltzufall zufall;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final List<Rechtetuer> tueren = new ArrayList<>();
    private final List<Rechtesammellauf> sammellaeufe = new ArrayList<>();

    /** @param saat each of six that follow one another has another door for certain */
    Rechtetueren(ApplicationContext haus, Rechtewelt welt, long saat) {
        this.welt = welt;
        this.jdbc = haus.getBean(JdbcClient.class);
        this.transaktion = haus.getBean(TransactionTemplate.class);
        this.zufall = new Weltzufall(~saat);
        var welche = new LinkedHashSet<>(List.of(Math.floorMod(saat, ALLE)));
        welche.add(zufall.zahl(ALLE));
        for (int tuer : welche) {
            switch (tuer) {
                case 0 -> tueren.add(new Teiletuer(haus, welt, zufall));
                case 1 -> tueren.add(new Mappentuer(haus, welt, zufall, this));
                case 2 -> tueren.add(new Ordnertuer(haus, welt, zufall, this));
                case 3 -> tueren.add(new Einsichtstuer(haus, welt, zufall, this));
                case 4 -> tueren.add(new Auskunftstuer(haus, welt, zufall, this));
                case SAMMELLAUF -> sammellaeufe.add(new Rechtesammellauf(haus, welt, zufall, this));
                default -> throw new IllegalStateException();
            }
        }
    }

    /** Once, in a transaction of the town. */
    boolean richteEin() {
        tueren.forEach(Rechtetuer::richteEin);
        return true;
    }

    /** Between two changes of the town. */
    void frage(Befunde befunde) {
        if (!zufall.inVonHundert(JE_FRAGE)) {
            return;
        }
        if (!tueren.isEmpty()) {
            Mandantenkontext.als(
                    welt.mandant,
                    () -> transaktion.executeWithoutResult(t -> {
                        t.setRollbackOnly();
                        var jetzt = jdbc.sql("SELECT now()")
                                .query(Timestamp.class)
                                .single()
                                .toInstant();
                        tueren.forEach(tuer -> tuer.frage(jetzt, befunde));
                    }));
        }
        sammellaeufe.forEach(s -> s.laufe(befunde));
    }

    /** As who has signed in. */
    Anmeldung angemeldet(UUID person) {
        return jdbc.sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(welt.mandant, person)
                .query((z, nr) -> new Anmeldung(
                        welt.mandant,
                        person,
                        z.getObject(1, UUID.class),
                        welt.modell.personen.get(person).name()))
                .single();
    }
}
