package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Sichtliste;
import de.federwerk.posteingang.Eingaenge.Eingang;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Posteingangsbuch as a list, the newest number first: page by page, only what a person sees. */
@Component
public class Posteingangsbuch {

    /** The order of the book, by which places in it are read from an address. */
    public static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.text("nummer"));

    private static final Sichtliste BUCH = new Sichtliste(
            "eingang",
            "eingangsbestand",
            List.of("status", "vorgang_id", "akte_id"),
            NEUESTE_ZUERST,
            sicht -> Eingaenge.sichtbar(sicht, "x"),
            Map.of("s_vorgaenge", "vorgang_id", "s_akten", "akte_id"),
            null);

    private static final Pattern NUMMER = Pattern.compile("([0-9]{4})\\s*-\\s*([0-9]{1,9})");
    private static final Pattern JAHR = Pattern.compile("(?:19|20)[0-9]{2}");

    private final JdbcClient datenbank;

    Posteingangsbuch(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param status {@code offen}, {@code abgelegt} or null for all */
    @Transactional(readOnly = true)
    public Seite<Eingang> seite(Sicht sicht, @Nullable String status, Stelle ab, int jeSeite) {
        var frage = frage(sicht, status);
        return Seite.lies(
                ab,
                jeSeite,
                eingang -> List.of(eingang.nummer()),
                (stelle, hoechstens) -> eingaenge(BUCH.ids(frage, stelle, hoechstens), stelle));
    }

    /** @param status {@code offen}, {@code abgelegt} or null for all */
    @Transactional(readOnly = true)
    public Anzahl anzahl(Sicht sicht, @Nullable String status) {
        return BUCH.anzahl(frage(sicht, status));
    }

    /** The open Eingang that follows {@code eingang} downwards in the list, else the newest open one. */
    @Transactional(readOnly = true)
    public Optional<UUID> naechsterOffener(Sicht sicht, UUID eingang) {
        var frage = frage(sicht, "offen");
        var nummer = datenbank
                .sql("SELECT nummer FROM eingang WHERE mandant_id = ? AND id = ?")
                .params(mandant(), eingang)
                .query(String.class)
                .optional();
        return nummer.flatMap(n ->
                        BUCH.ids(frage, Stelle.nach(List.of(n)), 1).stream().findFirst())
                .or(() -> BUCH.ids(frage, Stelle.ANFANG, 1).stream().findFirst());
    }

    private Sichtliste.Frage frage(Sicht sicht, @Nullable String status) {
        var werte = new HashMap<String, Object>();
        if (status != null) {
            werte.put("status", status);
        }
        return new Sichtliste.Frage(datenbank, sicht, status == null ? "TRUE" : "x.status = :status", werte);
    }

    /** The Eingänge that this person was found to see. */
    private List<Eingang> eingaenge(List<UUID> ids, Stelle stelle) {
        return datenbank
                .sql(Eingaenge.SPALTEN + "g.id = ANY (CAST(:ids AS uuid[])) ORDER BY "
                        + NEUESTE_ZUERST.folge("g", stelle))
                .param("m", mandant())
                .param("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(Eingang.class)
                .list();
    }

    /** Where in the book the typed number lies: {@code 2026-000123}, {@code 123} (this year) or a year; anything else is its start. */
    public static Stelle sprung(String getippt) {
        var text = getippt.strip();
        var nummer = NUMMER.matcher(text);
        if (nummer.matches()) {
            return Stelle.ab("%s-%06d".formatted(nummer.group(1), Long.parseLong(nummer.group(2))));
        }
        if (JAHR.matcher(text).matches()) {
            return Stelle.ab(text + "-9999999");
        }
        return text.matches("[0-9]{1,9}")
                ? Stelle.ab("%d-%06d"
                        .formatted(LocalDate.now(ZoneId.of("Europe/Berlin")).getYear(), Long.parseLong(text)))
                : Stelle.ANFANG;
    }
}
