package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads persons from CSV: {@code anmeldename;vorname;nachname;email;einheit;stelle;leitung;rollen}, UTF-8, with a head line; roles
 * parted by commas. Persons known already are left as they are. All or nothing: every wrong line is named.
 */
@Component
class Personenimport {

    private static final int ZEILEN = 10_000;

    private record Zeile(
            String anmeldename,
            String vorname,
            String nachname,
            @Nullable String email,
            @Nullable UUID einheit,
            String stelle,
            boolean leitung,
            List<Rolle> rollen) {}

    /** @param passwort shown once; must be changed at the first sign-in */
    record Neu(String anmeldename, String name, String passwort) {}

    record Bericht(List<Neu> neue, int schonDa) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Personen personen;
    private final Einheiten einheiten;
    private final ApplicationEventPublisher ereignisse;

    Personenimport(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Personen personen,
            Einheiten einheiten,
            ApplicationEventPublisher ereignisse) {
        this.transaktion = transaktion;
        this.ereignisse = ereignisse;
        this.datenbank = datenbank;
        this.personen = personen;
        this.einheiten = einheiten;
    }

    /**
     * @param mitZugriff whether each new Stelle may work on what its unit leads
     * @throws Abgelehnt (EINGABE) with every wrong line; then nobody was added
     */
    public Bericht lies(UUID wer, Reader csv, boolean mitZugriff) {
        var fehler = new ArrayList<String>();
        var zeilen = zeilen(csv, fehler);
        if (!fehler.isEmpty()) {
            throw Abgelehnt.eingabe("Es wurde niemand aufgenommen. "
                    + String.join(" ", fehler.subList(0, Math.min(20, fehler.size()))));
        }
        var passwoerter = new HashMap<String, Passwort>();
        var schonBekannt = transaktion.execute(t -> vorhandene());
        for (var zeile : zeilen) {
            if (!schonBekannt.contains(zeile.anmeldename)) {
                passwoerter.computeIfAbsent(zeile.anmeldename, name -> neuesPasswort());
            }
        }
        return transaktion.execute(t -> nimmAuf(wer, zeilen, passwoerter, mitZugriff));
    }

    /** @param hash takes 50 ms and 19 MiB to reckon, so before the transaction: 1,000 people would hold it for a minute */
    private record Passwort(String klartext, @Nullable String hash) {}

    private Passwort neuesPasswort() {
        var passwort = personen.anfangspasswort();
        return new Passwort(passwort, personen.hash(passwort));
    }

    private HashSet<String> vorhandene() {
        return new HashSet<>(datenbank
                .sql("SELECT anmeldename FROM person WHERE mandant_id = ?")
                .param(mandant())
                .query(String.class)
                .list());
    }

    private Bericht nimmAuf(UUID wer, List<Zeile> zeilen, Map<String, Passwort> passwoerter, boolean mitZugriff) {
        var da = vorhandene();
        // None for the program itself.
        var person = datenbank
                .sql("SELECT id FROM person WHERE mandant_id = ? AND pseudonym = ?")
                .params(mandant(), wer)
                .query(UUID.class)
                .optional()
                .orElse(null);
        var neue = new ArrayList<Neu>();
        int schonDa = 0;
        for (var zeile : zeilen) {
            var passwort = passwoerter.get(zeile.anmeldename);
            if (passwort == null || !da.add(zeile.anmeldename)) {
                schonDa++;
                continue;
            }
            var id = personen.nimmAuf(wer, zeile.anmeldename, zeile.vorname, zeile.nachname, zeile.email, false);
            personen.setzeHash(wer, id, passwort.hash, true);
            if (zeile.einheit != null) {
                var stelle = einheiten.besetze(wer, zeile.einheit, zeile.stelle, zeile.leitung, id);
                if (mitZugriff) {
                    ereignisse.publishEvent(new StelleBesetzt(mandant(), stelle, zeile.einheit, person));
                }
            }
            zeile.rollen.forEach(rolle -> personen.gib(wer, id, rolle));
            neue.add(new Neu(zeile.anmeldename, (zeile.vorname + " " + zeile.nachname).strip(), passwort.klartext));
        }
        return new Bericht(neue, schonDa);
    }

    private List<Zeile> zeilen(Reader csv, List<String> fehler) {
        return Tabelle.lies(
                        csv,
                        List.of("anmeldename", "nachname"),
                        "anmeldename;vorname;nachname;email;einheit;stelle;leitung;rollen",
                        ZEILEN)
                .stream()
                .flatMap(satz -> zeile(satz, fehler).stream())
                .toList();
    }

    private Optional<Zeile> zeile(Tabelle.Zeile satz, List<String> fehler) {
        long nr = satz.nr();
        var anmeldename = satz.wert("anmeldename").toLowerCase(Locale.ROOT);
        var kuerzel = satz.wert("einheit");
        var einheit = kuerzel.isEmpty() ? Optional.<UUID>empty() : einheiten.mitKuerzel(kuerzel);
        var rollen = new ArrayList<Rolle>();
        for (var name : satz.wert("rollen").split("\\s*,\\s*")) {
            var rolle = Arrays.stream(Rolle.values())
                    .filter(r ->
                            r.name().equalsIgnoreCase(name) || r.bezeichnung().equalsIgnoreCase(name))
                    .findFirst();
            if (rolle.isPresent()) {
                if (!rollen.contains(rolle.get())) {
                    rollen.add(rolle.get());
                }
            } else if (!name.isEmpty()) {
                fehler.add("Zeile " + nr + ": Die Rolle „" + name + "“ gibt es nicht; möglich sind "
                        + Arrays.toString(Rolle.values()) + ".");
            }
        }
        if (!anmeldename.matches("[a-z0-9][a-z0-9._-]{1,60}")) {
            fehler.add("Zeile " + nr + ": „" + anmeldename
                    + "“ ist kein Anmeldename (Kleinbuchstaben, Ziffern, Punkt, Bindestrich).");
        } else if (satz.wert("nachname").isEmpty()
                || satz.wert("nachname").length() > 100
                || satz.wert("vorname").length() > 100) {
            fehler.add("Zeile " + nr + ": Der Nachname fehlt, oder ein Name ist länger als 100 Zeichen.");
        } else if (satz.wert("email").length() > 254 || satz.wert("stelle").length() > 200) {
            fehler.add("Zeile " + nr + ": E-Mail oder Stelle ist zu lang.");
        } else if (!kuerzel.isEmpty() && einheit.isEmpty()) {
            fehler.add("Zeile " + nr + ": Die Einheit „" + kuerzel + "“ gibt es nicht.");
        } else {
            return Optional.of(new Zeile(
                    anmeldename,
                    satz.wert("vorname"),
                    satz.wert("nachname"),
                    satz.wert("email").isEmpty() ? null : satz.wert("email"),
                    einheit.orElse(null),
                    satz.wert("stelle").isEmpty() ? "Sachbearbeitung" : satz.wert("stelle"),
                    Set.of("ja", "x", "1").contains(satz.wert("leitung").toLowerCase(Locale.ROOT)),
                    rollen));
        }
        return Optional.empty();
    }
}
