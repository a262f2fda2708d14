package de.federwerk.verzeichnis;

import de.federwerk.basis.Datenbankfehler;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.verzeichnis.Gruppenfolgen.Abstand;
import de.federwerk.verzeichnis.Gruppenzuordnungen.Deutung;
import de.federwerk.verzeichnis.Verknuepfungen.Namensvetter;
import de.federwerk.verzeichnis.Verknuepfungen.Verknuepft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Compares the LDAP directory with the persons here: first what would happen, then, unless it is too much at once, lets it happen. */
@Component
class Abgleich {

    private static final Logger LOG = LoggerFactory.getLogger(Abgleich.class);

    /** More than so many, and more than a fifth of all: then it is rather the filter that is wrong. */
    private static final int ABGAENGE = 5;

    private static final int ANTEIL = 5;

    /** A joiner. @param schonHier the person who is the same one, if the settings say so */
    record Zugang(Fund fund, @Nullable UUID schonHier) {}

    record Aenderung(Fund fund, Verknuepft person) {}

    /**
     * What would happen.
     *
     * @param bekannt persons linked and valid now
     * @param entzuege how many of those who stay would lose a role or a Stelle
     * @param unpassend who cannot be taken in or followed, and why
     * @param vonHand of these, who has the name of somebody whom no name alone opens
     */
    record Plan(
            int gefunden,
            int bekannt,
            List<Zugang> neue,
            List<Aenderung> geaenderte,
            List<Aenderung> zurueck,
            List<Verknuepft> gehende,
            int entzuege,
            List<String> unpassend,
            List<Zugang> vonHand,
            Deutung deutung) {

        int verlierende() {
            return gehende.size() + entzuege;
        }

        /** Whether so many would lose something that a person has to say that it is so. */
        boolean gebremst() {
            return gefunden == 0 && bekannt > 0 || verlierende() > ABGAENGE && verlierende() * ANTEIL > bekannt;
        }
    }

    /** @param verwalter who stayed because nobody else could administrate this town */
    record Ergebnis(int neue, int geaenderte, int beendete, List<String> unpassend, List<String> verwalter) {}

    private final Verknuepfungen verknuepfungen;
    private final Gruppenfolgen besetzungen;
    private final Gruppenzuordnungen zuordnungen;
    private final PasswordEncoder passwoerter;
    private final Verknuepfungsfragen fragen;

    Abgleich(
            Verknuepfungen verknuepfungen,
            Gruppenfolgen besetzungen,
            Gruppenzuordnungen zuordnungen,
            PasswordEncoder passwoerter,
            Verknuepfungsfragen fragen) {
        this.fragen = fragen;
        this.verknuepfungen = verknuepfungen;
        this.besetzungen = besetzungen;
        this.zuordnungen = zuordnungen;
        this.passwoerter = passwoerter;
    }

    Plan plane(Ldapeinstellungen wie, List<Fund> funde) {
        var deutung = zuordnungen.deutung();
        var bekannte = verknuepfungen.alle(Art.LDAP, "").stream()
                .collect(Collectors.toMap(Verknuepft::kennung, Function.identity()));
        var namen = verknuepfungen.namen(Art.LDAP, "").stream()
                .collect(Collectors.toMap(Namensvetter::anmeldename, Function.identity(), (a, b) -> a, HashMap::new));
        var haelt = besetzungen.von(
                Art.LDAP, bekannte.values().stream().map(Verknuepft::person).toList());
        var gesehen = new HashSet<String>();
        boolean ohneKennung = false;
        var plan = new Plan(
                funde.size(),
                (int) bekannte.values().stream().filter(Verknuepft::gueltig).count(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                0,
                new ArrayList<>(),
                new ArrayList<>(),
                deutung);
        int entzuege = 0;
        for (var fund : funde) {
            ohneKennung |= fund.kennung().isEmpty();
            var mangel = fund.mangel();
            if (!gesehen.add(fund.kennung()) && !fund.kennung().isEmpty()) mangel = "Kennung doppelt";
            var person = bekannte.get(fund.kennung());
            if (mangel != null) {
                plan.unpassend.add(bezeichnung(fund) + ": " + mangel);
            } else if (person == null) {
                zugang(wie, fund, namen, plan);
            } else if (person.gueltig() || person.beendet()) {
                var abstand = Abstand.von(haelt.getOrDefault(person.person(), List.of()), deutung.ziel(fund.gruppen()));
                if (person.gueltig() && !abstand.entzug().isEmpty()) entzuege++;
                bekannt(fund, person, abstand, namen, plan);
            }
        }
        // Somebody who cannot be recognised may be anybody: then nobody is missing for certain.
        if (!ohneKennung) {
            bekannte.values().stream()
                    .filter(p -> p.gueltig() && !gesehen.contains(p.kennung()))
                    .forEach(plan.gehende::add);
        }
        return new Plan(
                plan.gefunden,
                plan.bekannt,
                plan.neue,
                plan.geaenderte,
                plan.zurueck,
                plan.gehende,
                entzuege,
                plan.unpassend,
                plan.vonHand,
                deutung);
    }

    private static String bezeichnung(Fund fund) {
        return fund.name().isEmpty() ? fund.anmeldename() : fund.name();
    }

    private static void zugang(Ldapeinstellungen wie, Fund fund, HashMap<String, Namensvetter> namen, Plan plan) {
        var vetter = namen.get(fund.anmeldename());
        if (vetter == null) {
            plan.neue.add(new Zugang(fund, null));
        } else if (wie.verknuepfen() && vetter.frei() && vetter.heikel()) {
            plan.vonHand.add(new Zugang(fund, vetter.person()));
            plan.unpassend.add(bezeichnung(fund)
                    + ": ist hier jemand mit besonderen Rechten; bitte auf der Seite Verzeichnis von Hand verknüpfen");
            return;
        } else if (wie.verknuepfen() && vetter.frei()) {
            plan.neue.add(new Zugang(fund, vetter.person()));
        } else {
            plan.unpassend.add(vergeben(fund));
            return;
        }
        namen.put(fund.anmeldename(), new Namensvetter(new UUID(0, 0), fund.anmeldename(), false, false));
    }

    private static String vergeben(Fund fund) {
        return bezeichnung(fund) + ": Anmeldename „" + fund.anmeldename() + "“ ist hier schon vergeben";
    }

    private static void bekannt(
            Fund fund, Verknuepft person, Abstand abstand, HashMap<String, Namensvetter> namen, Plan plan) {
        var vetter = namen.get(fund.anmeldename());
        if (vetter != null && !vetter.person().equals(person.person())) {
            plan.unpassend.add(vergeben(fund));
        } else if (!person.gueltig()) {
            plan.zurueck.add(new Aenderung(fund, person));
        } else if (!abstand.keiner() || !person.wieIn(fund)) {
            plan.geaenderte.add(new Aenderung(fund, person));
        }
    }

    /** Each person in a transaction of their own: nobody waits for all, and one who does not fit stops nobody else. */
    Ergebnis fuehreAus(Plan plan) {
        var unpassend = new ArrayList<>(plan.unpassend);
        var verwalter = new ArrayList<String>();
        // One for all: it opens nothing, and nobody knows the password.
        var hash = plan.neue.isEmpty() ? null : passwoerter.encode(UUID.randomUUID() + "/" + UUID.randomUUID());
        int neue = 0;
        int geaenderte = 0;
        int beendete = 0;
        for (var zugang : plan.neue) {
            if (gelingt(zugang.fund, unpassend, () -> nimmAuf(zugang, hash, plan.deutung))) neue++;
        }
        for (var aenderung : plan.zurueck) {
            if (gelingt(aenderung.fund, unpassend, () -> {
                verknuepfungen.holeZurueck(Art.LDAP, aenderung.person.person());
                folge(aenderung, plan.deutung, verwalter);
            })) neue++;
        }
        for (var aenderung : plan.geaenderte) {
            if (gelingt(aenderung.fund, unpassend, () -> folge(aenderung, plan.deutung, verwalter))) geaenderte++;
        }
        for (var zugang : plan.vonHand) {
            var person = zugang.schonHier;
            if (person != null) gelingt(zugang.fund, unpassend, () -> fragen.merke(Art.LDAP, "", zugang.fund, person));
        }
        for (var person : plan.gehende) {
            if (verknuepfungen.beende(Art.LDAP, person.person())) beendete++;
            else verwalter.add(person.name());
        }
        return new Ergebnis(neue, geaenderte, beendete, unpassend, verwalter);
    }

    private void nimmAuf(Zugang zugang, @Nullable String hash, Deutung deutung) {
        var person = zugang.schonHier;
        if (person == null) {
            person = verknuepfungen.nimmAuf(Art.LDAP, "", zugang.fund, hash);
        } else {
            verknuepfungen.verknuepfe(Protokoll.PROGRAMM, Art.LDAP, "", zugang.fund.kennung(), person, hash);
            verknuepfungen.folge(person, zugang.fund);
        }
        besetzungen.gleicheAn(Art.LDAP, person, deutung.ziel(zugang.fund.gruppen()));
    }

    private void folge(Aenderung aenderung, Deutung deutung, List<String> verwalter) {
        var person = aenderung.person;
        if (!person.wieIn(aenderung.fund)) verknuepfungen.folge(person.person(), aenderung.fund);
        if (besetzungen.gleicheAn(Art.LDAP, person.person(), deutung.ziel(aenderung.fund.gruppen()))) {
            verwalter.add(person.name());
        }
    }

    private static boolean gelingt(Fund fund, List<String> unpassend, Runnable arbeit) {
        try {
            arbeit.run();
            return true;
        } catch (RuntimeException e) {
            // Without a database there is nothing to go on with.
            if (Datenbankfehler.istWeg(e)) throw e;
            LOG.warn("Verzeichnis: eine Person ließ sich nicht übernehmen", e);
            unpassend.add(bezeichnung(fund) + ": konnte nicht gespeichert werden");
            return false;
        }
    }
}
