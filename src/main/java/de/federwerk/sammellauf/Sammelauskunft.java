package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far a run is. */
@Component
public class Sammelauskunft {

    private static final int GEZEIGT = 100;

    /** @param rueckwaerts whether it takes back, or was stopped at that @param umkehrbar whether there is a way back for what it does */
    public record Lauf(
            UUID id,
            Art art,
            String bezeichnung,
            String stand,
            boolean rueckwaerts,
            String hinweis,
            Instant angelegt,
            @Nullable Instant beendet,
            boolean umkehrbar,
            Map<String, Long> anzahlen) {

        public long zahl(String stand) {
            return anzahlen.getOrDefault(stand, 0L);
        }

        public long gesamt() {
            return anzahlen.values().stream().mapToLong(Long::longValue).sum();
        }

        public boolean unterwegs() {
            return stand.equals("laeuft") || stand.equals("ruecknahme");
        }

        /** Done or refused; backwards taken back, or not. */
        public long getan() {
            return rueckwaerts ? zahl("zurueckgenommen") + zahl("geblieben") : gesamt() - zahl("offen");
        }

        public long zuTun() {
            return rueckwaerts ? getan() + zahl("erledigt") : gesamt();
        }

        public String fortschritt() {
            return Anzeige.zahl(getan()) + " von " + Anzeige.zahl(zuTun());
        }

        public boolean zuruecknehmbar() {
            return umkehrbar
                    && !rueckwaerts
                    && zahl("erledigt") > 0
                    && (stand.equals("fertig") || stand.equals("angehalten"));
        }

        public String inWorten() {
            return switch (stand) {
                case "laeuft" -> "läuft";
                case "angehalten" -> rueckwaerts ? "Zurücknehmen angehalten" : "angehalten";
                case "fertig" -> zahl("abgelehnt") > 0 ? "fertig, nicht alles ging" : "fertig";
                case "ruecknahme" -> "wird zurückgenommen";
                default -> zahl("geblieben") > 0 ? "zurückgenommen, nicht alles ging" : "zurückgenommen";
            };
        }
    }

    private record Zeile(
            UUID id,
            String tat,
            String art,
            String bezeichnung,
            String stand,
            boolean rueckwaerts,
            String hinweis,
            Instant angelegt,
            @Nullable Instant beendet) {}

    private final JdbcClient datenbank;
    private final Sammeltaten taten;
    private final Sammelposten posten;

    Sammelauskunft(JdbcClient datenbank, Sammeltaten taten, Sammelposten posten) {
        this.datenbank = datenbank;
        this.taten = taten;
        this.posten = posten;
    }

    private static final String LAUF =
            "SELECT id, tat, art, bezeichnung, stand, rueckwaerts, hinweis, angelegt, beendet FROM sammellauf WHERE mandant_id = ?";

    /** One's own, the newest first. */
    @Transactional(readOnly = true)
    public List<Lauf> eigene(Anmeldung wer) {
        return datenbank
                .sql(LAUF + " AND person_id = ? AND NOT amtlich ORDER BY angelegt DESC, id DESC LIMIT " + GEZEIGT)
                .params(mandant(), wer.person())
                .query(Zeile.class)
                .list()
                .stream()
                .map(this::lauf)
                .toList();
    }

    /** @throws NichtGefunden if it is not the person's */
    @Transactional(readOnly = true)
    public Lauf eigener(Anmeldung wer, UUID id) {
        return datenbank
                .sql(LAUF + " AND id = ? AND person_id = ? AND NOT amtlich")
                .params(mandant(), id, wer.person())
                .query(Zeile.class)
                .optional()
                .map(this::lauf)
                .orElseThrow(() -> new NichtGefunden("Diesen Sammellauf gibt es nicht, oder er ist nicht Ihrer."));
    }

    /** One of the house; the caller has asked for the role. Its numbers say nothing about a single Akte. */
    @Transactional(readOnly = true)
    public Optional<Lauf> amtlicher(UUID id) {
        return datenbank
                .sql(LAUF + " AND id = ? AND amtlich")
                .params(mandant(), id)
                .query(Zeile.class)
                .optional()
                .map(this::lauf);
    }

    private Lauf lauf(Zeile z) {
        var art = Art.von(z.art);
        return new Lauf(
                z.id,
                art,
                z.bezeichnung,
                z.stand,
                z.rueckwaerts,
                z.hinweis,
                z.angelegt,
                z.beendet,
                taten.umkehrbar(z.tat, art),
                posten.anzahlen(z.id));
    }
}
