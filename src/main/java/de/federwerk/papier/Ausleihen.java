package de.federwerk.papier;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.AkteWirdGeschlossen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.papier.Papierteile.Papierteil;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who has which paper, since when and until when. Whoever may read it may have it. */
@Component
class Ausleihen {

    private static final int JAHRE = 2;
    private static final int GEZEIGT = 50;
    private static final int STAPEL = 500;

    record Ausleihe(
            String wer,
            String grund,
            Instant seit,
            LocalDate bis,
            @Nullable Instant zurueck) {}

    /** What happened. @param neu false: it was so already, nothing was done twice */
    record Ergebnis(boolean neu, String satz) {}

    private final JdbcClient datenbank;
    private final Papierteile teile;
    private final Berechtigungen berechtigungen;
    private final Meldungen meldungen;

    Ausleihen(JdbcClient datenbank, Papierteile teile, Berechtigungen berechtigungen, Meldungen meldungen) {
        this.datenbank = datenbank;
        this.teile = teile;
        this.berechtigungen = berechtigungen;
        this.meldungen = meldungen;
    }

    /**
     * This person has it now, or answers for somebody outside who has it. Scanned twice, it is borrowed once.
     *
     * @param andere a name outside the house; empty: the person itself
     * @throws Abgelehnt (KONFLIKT) if somebody else has it, (EINGABE) for a day that cannot be meant
     */
    @Transactional
    public Ergebnis leiheAus(Anmeldung wer, String kennzeichen, String andere, String grund, LocalDate bis) {
        var teil = halte(wer, kennzeichen);
        var name = Papierteile.einzeilig(andere);
        var wofuer = Papierteile.einzeilig(grund);
        if (name.length() > 200 || wofuer.length() > 300) {
            throw Abgelehnt.eingabe("Name (200) oder Grund (300 Zeichen) ist zu lang.");
        }
        var inhaber = name.isEmpty() ? wer.name() : name;
        if (teil.ausgeliehen()) {
            if (wer.person().equals(teil.werId()) && inhaber.equals(teil.wer())) {
                return new Ergebnis(
                        false,
                        "%s ist schon seit %s an %s ausgegeben; es wurde nichts doppelt gebucht."
                                .formatted(teil.kennzeichen(), seit(teil), inhaber));
            }
            throw Abgelehnt.konflikt(
                    "%s hat seit %s %s. Es wurde nichts geändert; bitte lassen Sie es erst zurückbuchen."
                            .formatted(teil.kennzeichen(), seit(teil), teil.wer()));
        }
        var heute = LocalDate.now(Anzeige.ZONE);
        if (bis.isBefore(heute) || bis.isAfter(heute.plusYears(JAHRE))) {
            throw Abgelehnt.eingabe("Der %s liegt in der Vergangenheit oder mehr als %d Jahre voraus."
                    .formatted(Anzeige.datum(bis), JAHRE));
        }
        datenbank
                .sql("INSERT INTO ausleihe (mandant_id, id, papierteil_id, person_id, wer, grund, bis) VALUES (?,"
                        + " ?, ?, ?, ?, ?, ?)")
                .params(mandant(), de.federwerk.basis.Kennung.neu(), teil.id(), wer.person(), inhaber, wofuer, bis)
                .update();
        teile.schreibe(
                wer,
                "papier.ausgeliehen",
                teil.id(),
                teil.akteId(),
                teil.vorgangId(),
                Map.of(
                        "titel",
                        teil.kennzeichen() + " " + teil.titel(),
                        "wer",
                        inhaber,
                        "grund",
                        wofuer,
                        "bis",
                        bis.toString()));
        return new Ergebnis(
                true, "%s ist bis %s an %s ausgegeben.".formatted(teil.kennzeichen(), Anzeige.datum(bis), inhaber));
    }

    /** It lies where it belongs again. Scanned twice, it is brought back once. */
    @Transactional
    public Ergebnis nimmZurueck(Anmeldung wer, String kennzeichen) {
        var teil = halte(wer, kennzeichen);
        if (!teil.ausgeliehen()) {
            return new Ergebnis(
                    false, "%s ist schon zurück; es wurde nichts doppelt gebucht.".formatted(teil.kennzeichen()));
        }
        datenbank
                .sql("UPDATE ausleihe SET zurueck = now(), zurueck_von = ? WHERE mandant_id = ? AND papierteil_id ="
                        + " ? AND zurueck IS NULL")
                .params(wer.person(), mandant(), teil.id())
                .update();
        teile.schreibe(
                wer,
                "papier.zurueck",
                teil.id(),
                teil.akteId(),
                teil.vorgangId(),
                Map.of("titel", teil.kennzeichen() + " " + teil.titel(), "wer", String.valueOf(teil.wer())));
        return new Ergebnis(true, "%s ist zurück: %s.".formatted(teil.kennzeichen(), teil.ort()));
    }

    /** One after another for the same paper. */
    private Papierteil halte(Anmeldung wer, String kennzeichen) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var teil = teile.teil(sicht, kennzeichen);
        datenbank
                .sql("SELECT id FROM papierteil WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), teil.id())
                .query(UUID.class)
                .single();
        return teile.teil(sicht, kennzeichen);
    }

    private static String seit(Papierteil teil) {
        return teil.seit() == null ? "" : Anzeige.zeit(teil.seit());
    }

    /** The newest first; who calls this has asked whether the person may. */
    @Transactional(readOnly = true)
    public List<Ausleihe> verlauf(UUID teil) {
        return datenbank
                .sql("SELECT wer, grund, seit, bis, zurueck FROM ausleihe WHERE mandant_id = ? AND papierteil_id ="
                        + " ? ORDER BY seit DESC, id DESC LIMIT "
                        + GEZEIGT)
                .params(mandant(), teil)
                .query(Ausleihe.class)
                .list();
    }

    private record Faellige(UUID id, UUID personId, String kennzeichen, LocalDate bis) {}

    /** Reminds whoever has something too long, once for each day it was to be back. @return how many were told something new */
    @Transactional
    public int erinnere(LocalDate heute) {
        int neue = 0;
        var nach = new Faellige(new UUID(0, 0), new UUID(0, 0), "", LocalDate.of(1, 1, 1));
        for (var stapel = faellige(heute, nach); !stapel.isEmpty(); stapel = faellige(heute, nach)) {
            neue += erinnere(stapel);
            nach = stapel.getLast();
        }
        return neue;
    }

    private List<Faellige> faellige(LocalDate heute, Faellige nach) {
        return datenbank
                .sql("""
                    SELECT l.id, l.person_id, p.kennzeichen, l.bis FROM ausleihe l JOIN papierteil p ON p.mandant_id = l.mandant_id AND p.id = l.papierteil_id
                     WHERE l.mandant_id = ? AND l.zurueck IS NULL AND l.bis < ? AND (l.bis, l.id) > (?, ?) ORDER BY l.bis, l.id LIMIT ?""")
                .params(mandant(), heute, nach.bis, nach.id, STAPEL)
                .query(Faellige.class)
                .list();
    }

    private int erinnere(List<Faellige> faellige) {
        int neue = 0;
        for (var f : faellige) {
            if (meldungen.sage(
                    f.personId,
                    Meldungsart.FRIST_UEBERSCHRITTEN,
                    "papier " + f.id + " " + f.bis,
                    "Papier zurückgeben, " + f.kennzeichen,
                    "war bis " + Anzeige.datum(f.bis) + " ausgeliehen",
                    "/papier/" + f.kennzeichen)) {
                neue++;
            }
        }
        return neue;
    }

    /** What somebody has at home is not put to the files with the rest. Neither what nor who is named: the person may not see the part. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(AkteWirdGeschlossen akte) {
        boolean ausgeliehen = datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM papierteil t JOIN ausleihe l ON l.mandant_id = t.mandant_id AND l.papierteil_id = t.id
                                WHERE t.mandant_id = ? AND t.akte_id = ? AND l.zurueck IS NULL)""")
                .params(mandant(), akte.akte())
                .query(Boolean.class)
                .single();
        if (ausgeliehen) {
            throw Abgelehnt.konflikt(
                    "Von dieser Akte ist noch Papier ausgeliehen. Bitte buchen Sie es zurück, dann legen Sie die Akte zu den Akten. Es wurde nichts geändert.");
        }
    }
}
