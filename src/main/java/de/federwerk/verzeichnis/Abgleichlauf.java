package de.federwerk.verzeichnis;

import com.unboundid.ldap.sdk.LDAPException;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Compares each LDAP directory in the time its settings name. What goes wrong is a Störung, which ends by itself when it works again; until
 * then it is tried every few minutes.
 */
@Component
class Abgleichlauf extends Dauerdienst {

    /** Kinds of Störungen: the directory is away; too many would lose something; somebody does not fit; the last administrator stayed. */
    static final String AUSFALL = "verzeichnis";

    static final String BREMSE = "verzeichnisbremse";
    static final String UNPASSEND = "verzeichnisperson";
    static final String VERWALTER = "verzeichnisverwalter";

    private static final Duration TAKT = Duration.ofSeconds(30);
    /** The first comparison of a large town writes for minutes. */
    private static final Duration STILLE = Duration.ofMinutes(30);

    private static final int NEUER_VERSUCH_MIN = 3;
    private static final int GENANNT = 10;

    private final Verzeichniseinstellungen einstellungen;
    private final Ldapverzeichnis ldap;
    private final Abgleich abgleich;
    private final Mandanten mandanten;
    private final Stoerungen stoerungen;
    private final Set<UUID> laufende = ConcurrentHashMap.newKeySet();

    Abgleichlauf(
            Verzeichniseinstellungen einstellungen,
            Ldapverzeichnis ldap,
            Abgleich abgleich,
            Mandanten mandanten,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "verzeichnisabgleich", TAKT, STILLE);
        this.einstellungen = einstellungen;
        this.ldap = ldap;
        this.abgleich = abgleich;
        this.mandanten = mandanten;
        this.stoerungen = stoerungen;
    }

    @Override
    protected void runde() {
        for (var mandant : mandanten.alle()) {
            if (!laeuft()) return;
            Mandantenkontext.als(mandant.id(), () -> {
                if (einstellungen.nimm()) laufe(0);
            });
            lebenszeichen();
        }
    }

    /**
     * One comparison for the Mandant of this thread.
     *
     * @param bestaetigt so many may lose something, somebody has looked at it
     * @return what came of it, for the page
     * @throws Abgelehnt (KONFLIKT) if one is running
     */
    String laufe(int bestaetigt) {
        var mandant = Mandantenkontext.mandant();
        if (!laufende.add(mandant)) {
            throw Abgelehnt.konflikt("Ein Abgleich läuft gerade. Bitte sehen Sie in einer Minute noch einmal nach.");
        }
        try {
            return einstellungen.ldap().map(e -> laufe(e, bestaetigt)).orElse("Es ist kein Verzeichnis eingerichtet.");
        } finally {
            laufende.remove(mandant);
        }
    }

    private String laufe(Verzeichniseinstellungen.Ldap e, int bestaetigt) {
        Ldapverzeichnis.Bestand bestand;
        try {
            bestand = ldap.lies(e.wie(), e.passwort());
        } catch (LDAPException grund) {
            stoerungen.melde(
                    AUSFALL,
                    e.id(),
                    "Verzeichnis " + e.wie().server(),
                    Ldapverzeichnis.ursache(grund)
                            + " Wer sich darüber anmeldet, kommt gerade nicht herein; wer angemeldet ist, arbeitet weiter. Es wird alle paar Minuten neu versucht.",
                    Ldapverzeichnis.grund(grund));
            einstellungen.wiederholeIn(NEUER_VERSUCH_MIN);
            return Ldapverzeichnis.ursache(grund) + " Es wurde nichts geändert.";
        }
        stoerungen.erledigt(AUSFALL, e.id());
        var plan = abgleich.plane(e.wie(), bestand.personen());
        if (plan.gebremst() && (bestaetigt == 0 || plan.verlierende() > bestaetigt)) {
            return bremse(e, plan);
        }
        var ergebnis = abgleich.fuehreAus(plan);
        stoerungen.erledigt(BREMSE, e.id());
        melde(
                UNPASSEND,
                e,
                ergebnis.unpassend(),
                "Diese Personen stehen im Verzeichnis und konnten nicht übernommen werden: ");
        melde(
                VERWALTER,
                e,
                ergebnis.verwalter(),
                "Nach dem Verzeichnis hätte die Administration niemanden mehr. Deshalb bleibt der Zugang von: ");
        var text = "%s gefunden: %d neu, %d geändert, %d beendet%s."
                .formatted(
                        Anzeige.anzahl(plan.gefunden(), "Person", "Personen"),
                        ergebnis.neue(),
                        ergebnis.geaenderte(),
                        ergebnis.beendete(),
                        ergebnis.unpassend().isEmpty()
                                ? ""
                                : ", " + ergebnis.unpassend().size() + " nicht übernommen");
        einstellungen.merke(text, null);
        return text;
    }

    private String bremse(Verzeichniseinstellungen.Ldap e, Abgleich.Plan plan) {
        var text =
                "Nach dem Verzeichnis (%s) gingen von %s auf einmal %d, und %d verlören eine Rolle oder Stelle. Deshalb wurde nichts geändert."
                        .formatted(
                                Anzeige.anzahl(plan.gefunden(), "Person", "Personen"),
                                Anzeige.anzahl(plan.bekannt(), "Person", "Personen"),
                                plan.gehende().size(),
                                plan.entzuege());
        einstellungen.merke(text, plan.verlierende());
        stoerungen.melde(
                BREMSE,
                e.id(),
                "Verzeichnis " + e.wie().server(),
                text
                        + " Bitte Suchbasis, Filter und Gruppen prüfen. Ist es richtig so, führt die Administration den Abgleich auf der Seite Verzeichnis trotzdem aus.",
                null);
        return text;
    }

    private void melde(String art, Verzeichniseinstellungen.Ldap e, List<String> wen, String satz) {
        if (wen.isEmpty()) {
            stoerungen.erledigt(art, e.id());
            return;
        }
        var genannt = String.join("; ", wen.subList(0, Math.min(GENANNT, wen.size())));
        var weitere = wen.size() > GENANNT ? " und " + (wen.size() - GENANNT) + " weitere" : "";
        stoerungen.melde(art, e.id(), "Verzeichnis " + e.wie().server(), satz + genannt + weitere + ".", null);
    }

    /** Whoever has mended the directory need not wait. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void nach(StoerungErneut erneut) {
        if (!erneut.art().startsWith(AUSFALL)) return;
        Mandantenkontext.als(erneut.mandant(), () -> einstellungen.wiederholeIn(0));
        wecke();
    }
}
