package de.federwerk.akte;

import de.federwerk.basis.Abgelehnt;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets the triggers that keep an Einschränkung speak to people: by whatever door somebody came, she reads why, and nothing was changed. */
@Component
class Einschraenkungswache {

    private static final String EINGESCHRAENKT = "FW018";

    Einschraenkungswache(JdbcTemplate vorlage) {
        var bisher = vorlage.getExceptionTranslator();
        vorlage.setExceptionTranslator((was, sql, fehler) -> {
            if (EINGESCHRAENKT.equals(fehler.getSQLState())) {
                throw Abgelehnt.konflikt(meldung(String.valueOf(fehler.getMessage())));
            }
            return bisher.translate(was, sql, fehler);
        });
    }

    /** Without what PostgreSQL puts around it: „FEHLER: “ before, „Wobei: …“ behind. */
    private static String meldung(String roh) {
        int beginn = roh.indexOf("Die Verarbeitung");
        int ende = roh.indexOf('\n');
        return roh.substring(Math.max(beginn, 0), ende < 0 ? roh.length() : ende);
    }
}
