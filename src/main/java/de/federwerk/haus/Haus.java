package de.federwerk.haus;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.haus.Gruendung.Verwaltung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Mandanten.Zeile;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Sitzungen;
import de.federwerk.protokoll.Protokoll;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the Hausverwaltung does with the towns. Stands in the Protokoll of the first town, whose people alone have this role; the end of a town
 * and its return also in its own.
 */
@Component
class Haus {

    private static final Pattern KUERZEL = Pattern.compile("[a-z][a-z0-9-]{1,30}");
    private static final Pattern ANMELDENAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,60}");
    /** One part of a host name between two dots (RFC 1123 § 2.1). */
    private static final Pattern NAMENSTEIL = Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)");

    /** As typed. */
    record Angaben(String kuerzel, String name, String hostname, String vorname, String nachname, String anmeldename) {

        static Angaben leer() {
            return new Angaben("", "", "", "", "", "verwaltung");
        }
    }

    private final Mandanten mandanten;
    private final Gruendung gruendung;
    private final Personen personen;
    private final Sitzungen sitzungen;
    private final Einmal einmal;
    private final Protokoll protokoll;
    private final TransactionTemplate eigene;

    Haus(
            Mandanten mandanten,
            Gruendung gruendung,
            Personen personen,
            Sitzungen sitzungen,
            Einmal einmal,
            Protokoll protokoll,
            PlatformTransactionManager transaktionen) {
        this.mandanten = mandanten;
        this.gruendung = gruendung;
        this.personen = personen;
        this.sitzungen = sitzungen;
        this.einmal = einmal;
        this.protokoll = protokoll;
        this.eigene = new TransactionTemplate(transaktionen);
        this.eigene.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @throws Abgelehnt (RECHT) without the role, or outside the first town of the house */
    void verlange(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.HAUSVERWALTUNG);
    }

    /**
     * A new town with its first administrator.
     *
     * @param id chosen by the caller: sent twice, it is founded once
     * @return the password for the first sign-in, kept nowhere
     */
    @Transactional
    public String gruende(Anmeldung wer, UUID id, Angaben a) {
        verlange(wer);
        einmal.warte(id);
        var schon = mandanten.finde(id);
        if (schon.isPresent()) {
            throw Abgelehnt.konflikt(
                    "„" + schon.get().name()
                            + "“ wurde mit diesem Formular schon gegründet; es ist nichts doppelt. Das Anfangspasswort stand auf der Seite danach.");
        }
        var kuerzel = bereinigt(a.kuerzel).toLowerCase(Locale.ROOT);
        if (!KUERZEL.matcher(kuerzel).matches()) {
            throw Abgelehnt.eingabe(
                    "Das Kürzel braucht 2 bis 31 Zeichen: Kleinbuchstaben, Ziffern, Bindestrich; vorn ein Buchstabe.");
        }
        var anmeldename = bereinigt(a.anmeldename).toLowerCase(Locale.ROOT);
        var nachname = bereinigt(a.nachname);
        var vorname = bereinigt(a.vorname);
        if (!ANMELDENAME.matcher(anmeldename).matches()
                || nachname.isEmpty()
                || nachname.length() > 100
                || vorname.length() > 100) {
            throw Abgelehnt.eingabe(
                    "Die erste Administration braucht einen Nachnamen (bis 100 Zeichen) und einen Anmeldenamen aus 2 bis 61 Kleinbuchstaben, Ziffern, Punkten und Bindestrichen.");
        }
        var name = name(a.name);
        var hostname = hostname(a.hostname);
        // First the record, which goes with the transaction; the town is the last thing that can fail.
        protokoll.schreibe(wer.pseudonym(), "mandant.gegruendet", id, null, inhalt(kuerzel, name, hostname));
        try {
            return gruendung.gruende(
                    id,
                    kuerzel,
                    name,
                    hostname,
                    new Verwaltung(anmeldename, vorname, nachname),
                    Gruendung.ERSTE_ROLLEN);
        } catch (DuplicateKeyException e) {
            throw vergeben();
        }
    }

    /** Another name, another host name. The Kürzel stays: sign-in names and folders carry it. */
    @Transactional
    public void benenne(Anmeldung wer, UUID id, String name, String hostname) {
        var bisher = mandant(wer, id);
        var neuerName = name(name);
        var neuerHostname = hostname(hostname);
        protokoll.schreibe(
                wer.pseudonym(), "mandant.benannt", id, null, inhalt(bisher.kuerzel(), neuerName, neuerHostname));
        try {
            mandanten.benenne(id, neuerName, neuerHostname);
        } catch (DuplicateKeyException e) {
            throw vergeben();
        }
    }

    /** Everybody of the town is signed out and signs in no more; nothing is deleted. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        var mandant = mandant(wer, id);
        if (id.equals(wer.mandant())) {
            throw Abgelehnt.konflikt(
                    "„" + mandant.name()
                            + "“ ist der erste Mandant des Hauses, zu ihm gehört die Hausverwaltung. Er kann nicht beendet werden.");
        }
        if (mandanten.beende(id)) {
            beiderseits(wer, mandant, "mandant.beendet", sitzungen::beendeAlle);
        }
    }

    /** As it was before its end; people sign in anew. */
    @Transactional
    public void oeffne(Anmeldung wer, UUID id) {
        var mandant = mandant(wer, id);
        if (mandanten.oeffne(id)) {
            beiderseits(wer, mandant, "mandant.wiederaufgenommen", () -> {});
        }
    }

    /** On record here, and, in a transaction of its own within this one, there. */
    private void beiderseits(Anmeldung wer, Zeile mandant, String handlung, Runnable dort) {
        var inhalt = Map.of("kuerzel", mandant.kuerzel(), "name", mandant.name());
        protokoll.schreibe(wer.pseudonym(), handlung, mandant.id(), null, inhalt);
        Mandantenkontext.als(
                mandant.id(),
                () -> eigene.executeWithoutResult(t -> {
                    dort.run();
                    protokoll.schreibe(wer.pseudonym(), handlung, mandant.id(), null, inhalt);
                }));
    }

    /** @throws NichtGefunden if there is none */
    Zeile mandant(Anmeldung wer, UUID id) {
        verlange(wer);
        return mandanten.finde(id).orElseThrow(() -> new NichtGefunden("Diesen Mandanten gibt es nicht."));
    }

    private static Map<String, String> inhalt(String kuerzel, String name, @Nullable String hostname) {
        var inhalt = new HashMap<>(Map.of("kuerzel", kuerzel, "name", name));
        if (hostname != null) {
            inhalt.put("hostname", hostname);
        }
        return inhalt;
    }

    private static String name(String getippt) {
        var name = bereinigt(getippt);
        if (name.isEmpty() || name.length() > 200) {
            throw Abgelehnt.eingabe("Der Name fehlt, oder er ist länger als 200 Zeichen.");
        }
        return name;
    }

    private static @Nullable String hostname(String getippt) {
        var hostname = bereinigt(getippt).toLowerCase(Locale.ROOT);
        if (!hostname.isEmpty() && !istHostname(hostname)) {
            throw Abgelehnt.eingabe(
                    "Der Hostname ist nur der Name des Rechners, zum Beispiel akte.stadt.example: ohne https://, ohne Port und Pfad.");
        }
        return hostname.isEmpty() ? null : hostname;
    }

    private static boolean istHostname(String name) {
        return name.length() <= 253
                && Stream.of(name.split("\\.", -1))
                        .allMatch(teil -> NAMENSTEIL.matcher(teil).matches());
    }

    private static Abgelehnt vergeben() {
        return Abgelehnt.konflikt(
                "Das Kürzel oder der Hostname gehört schon einem anderen Mandanten. Es wurde nichts geändert.");
    }

    private static String bereinigt(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
