package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads persons from CSV: {@code anmeldename;vorname;nachname;email;einheit;stelle;leitung;rollen}, UTF-8, with a head line; roles
 * parted by commas. Persons known already are left as they are. All or nothing: every wrong line is named.
 */
@Component
class Personenimport {

    private static final int ZEILEN = 10_000;

    private record Zeile(long nr, String anmeldename, String vorname, String nachname, @Nullable String email, @Nullable UUID einheit, String stelle, boolean leitung, List<Rolle> rollen) {}

    /** @param passwort shown once; must be changed at the first sign-in */
    record Neu(String anmeldename, String name, String passwort) {}

    record Bericht(List<Neu> neue, int schonDa) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Einheiten einheiten;
    private final ApplicationEventPublisher ereignisse;

    Personenimport(JdbcClient datenbank, Personen personen, Einheiten einheiten, ApplicationEventPublisher ereignisse) {
        this.ereignisse = ereignisse;
        this.datenbank = datenbank;
        this.personen = personen;
        this.einheiten = einheiten;
    }

    /**
     * @param mitZugriff whether each new Stelle may work on what its unit leads
     * @throws Abgelehnt (EINGABE) with every wrong line; then nobody was added
     */
    @Transactional
    public Bericht lies(UUID wer, Reader csv, boolean mitZugriff) {
        var fehler = new ArrayList<String>();
        var zeilen = zeilen(csv, fehler);
        if (!fehler.isEmpty()) {
            throw Abgelehnt.eingabe("Es wurde niemand aufgenommen. " + String.join(" ", fehler.subList(0, Math.min(20, fehler.size()))));
        }
        var da = new HashSet<>(datenbank.sql("SELECT anmeldename FROM person WHERE mandant_id = ?").param(mandant()).query(String.class).list());
        var neue = new ArrayList<Neu>();
        int schonDa = 0;
        for (var zeile : zeilen) {
            if (!da.add(zeile.anmeldename)) {
                schonDa++;
                continue;
            }
            var id = personen.nimmAuf(wer, zeile.anmeldename, zeile.vorname, zeile.nachname, zeile.email, false);
            var passwort = personen.anfangspasswort();
            personen.setzePasswort(wer, id, passwort, true);
            if (zeile.einheit != null) {
                var stelle = einheiten.besetze(wer, zeile.einheit, zeile.stelle, zeile.leitung, id);
                if (mitZugriff) {
                    ereignisse.publishEvent(new StelleBesetzt(mandant(), stelle, zeile.einheit));
                }
            }
            zeile.rollen.forEach(rolle -> personen.gib(wer, id, rolle));
            neue.add(new Neu(zeile.anmeldename, (zeile.vorname + " " + zeile.nachname).strip(), passwort));
        }
        return new Bericht(neue, schonDa);
    }

    private List<Zeile> zeilen(Reader csv, List<String> fehler) {
        var zeilen = new ArrayList<Zeile>();
        var format = CSVFormat.DEFAULT.builder().setDelimiter(';').setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).setTrim(true).get();
        try (var leser = format.parse(csv)) {
            if (!leser.getHeaderNames().stream().map(n -> n.replace("\uFEFF", "")).toList().containsAll(List.of("anmeldename", "nachname"))) {
                throw Abgelehnt.eingabe("Die erste Zeile muss die Spalten nennen: anmeldename;vorname;nachname;email;einheit;stelle;leitung;rollen");
            }
            for (var satz : leser) {
                if (zeilen.size() >= ZEILEN) {
                    throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Mehr als " + ZEILEN + " Zeilen; bitte teilen Sie die Liste.");
                }
                zeile(satz, fehler).ifPresent(zeilen::add);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw Abgelehnt.eingabe("Die Datei ist keine lesbare CSV-Datei mit Semikolon: " + e.getMessage());
        }
        return zeilen;
    }

    private Optional<Zeile> zeile(CSVRecord satz, List<String> fehler) {
        long nr = satz.getRecordNumber() + 1;
        var werte = new ArrayList<>(Arrays.asList(satz.values()));
        while (werte.size() < 8) {
            werte.add("");
        }
        var anmeldename = werte.get(0).replace("\uFEFF", "").toLowerCase(Locale.ROOT);
        var einheit = werte.get(4).isEmpty() ? Optional.<UUID>empty() : einheiten.mitKuerzel(werte.get(4));
        var rollen = new ArrayList<Rolle>();
        for (var name : werte.get(7).split("\\s*,\\s*")) {
            var rolle = Arrays.stream(Rolle.values()).filter(r -> r.name().equalsIgnoreCase(name) || r.bezeichnung().equalsIgnoreCase(name)).findFirst();
            if (rolle.isPresent()) {
                rollen.add(rolle.get());
            } else if (!name.isEmpty()) {
                fehler.add("Zeile " + nr + ": Die Rolle „" + name + "“ gibt es nicht; möglich sind " + Arrays.toString(Rolle.values()) + ".");
            }
        }
        if (!anmeldename.matches("[a-z0-9][a-z0-9._-]{1,60}")) {
            fehler.add("Zeile " + nr + ": „" + anmeldename + "“ ist kein Anmeldename (Kleinbuchstaben, Ziffern, Punkt, Bindestrich).");
        } else if (werte.get(2).isEmpty() || werte.get(2).length() > 100 || werte.get(1).length() > 100) {
            fehler.add("Zeile " + nr + ": Der Nachname fehlt, oder ein Name ist länger als 100 Zeichen.");
        } else if (!werte.get(4).isEmpty() && einheit.isEmpty()) {
            fehler.add("Zeile " + nr + ": Die Einheit „" + werte.get(4) + "“ gibt es nicht.");
        } else {
            return Optional.of(new Zeile(
                    nr, anmeldename, werte.get(1), werte.get(2), werte.get(3).isEmpty() ? null : werte.get(3), einheit.orElse(null),
                    werte.get(5).isEmpty() ? "Sachbearbeitung" : werte.get(5), Map.of("ja", true, "x", true, "1", true).containsKey(werte.get(6).toLowerCase(Locale.ROOT)), rollen));
        }
        return Optional.empty();
    }
}
