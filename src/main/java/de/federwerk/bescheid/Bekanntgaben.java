package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reckons from when a Bescheid counts, keeps it with the rule that was applied, and has the end of the period come back to the clerk. */
@Component
class Bekanntgaben {

    private final JdbcClient datenbank;
    private final Bescheide bescheide;
    private final Bekanntgaberegeln regeln;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Laufwege laufwege;
    private final Protokoll protokoll;

    Bekanntgaben(
            JdbcClient datenbank,
            Bescheide bescheide,
            Bekanntgaberegeln regeln,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Laufwege laufwege,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.bescheide = bescheide;
        this.regeln = regeln;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.laufwege = laufwege;
        this.protokoll = protokoll;
    }

    /** As it stands now: what was kept, else reckoned; null while it has not gone out. Whoever calls has asked for the right to the Vorgang. */
    @Transactional(readOnly = true)
    public @Nullable Bekanntgabe stand(Bescheid b) {
        if (b.bekanntgabe() != null) {
            return new Bekanntgabe(b.bekanntgabe(), b.fristende(), b.begruendung());
        }
        var kanal = b.kanal();
        return kanal == null ? null : rechne(b, regeln.regel(b.recht(), kanal));
    }

    private @Nullable Bekanntgabe rechne(Bescheid b, Bekanntgaberegel regel) {
        var gesendet = b.gesendet();
        var von = b.kanal() == Kanal.POST ? b.aufgegeben() : gesendet == null ? null : tag(gesendet);
        return von == null
                ? null
                : Bekanntgabe.nach(
                        regel,
                        von,
                        gelesen(b.nachrichtId()),
                        LocalDate.now(Anzeige.ZONE),
                        b.rechtsbehelf() != null,
                        "klage".equals(b.rechtsbehelf()),
                        regeln.feiertage());
    }

    private static LocalDate tag(Instant zeit) {
        return LocalDate.ofInstant(zeit, Anzeige.ZONE);
    }

    private @Nullable LocalDate gelesen(@Nullable UUID nachricht) {
        return nachricht == null
                ? null
                : datenbank
                        .sql("SELECT gelesen FROM nachricht WHERE mandant_id = ? AND id = ? AND gelesen IS NOT NULL")
                        .params(mandant(), nachricht)
                        .query(Instant.class)
                        .optional()
                        .map(Bekanntgaben::tag)
                        .orElse(null);
    }

    /**
     * Reckons and keeps it, once; nothing as long as it depends on something that has not happened.
     *
     * @param wer who has sent it: to her the end of the period comes back
     */
    @Transactional
    public void rechne(Anmeldung wer, UUID vorgang, UUID id) {
        var b = bescheide.einer(vorgang, id);
        var kanal = b.kanal();
        if (b.bekanntgabe() != null || kanal == null) {
            return;
        }
        var regel = regeln.regel(b.recht(), kanal);
        var bekanntgabe = rechne(b, regel);
        if (bekanntgabe == null || bekanntgabe.tag() == null || bekanntgabe.fristende() == null) {
            return;
        }
        datenbank
                .sql(
                        "UPDATE bescheid SET bekanntgabe = ?, fristende = ?, begruendung = ?, regel = ? WHERE mandant_id = ? AND id = ? AND bekanntgabe IS NULL")
                .params(
                        bekanntgabe.tag(),
                        bekanntgabe.fristende(),
                        bekanntgabe.grund(),
                        kurz(regel.name()),
                        mandant(),
                        id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "bescheid.bekanntgegeben",
                id,
                akte(vorgang),
                Map.of("titel", b.betreff(), "text", bekanntgabe.grund(), "regel", regel.name()),
                "bescheid");
        legeVor(wer, vorgang, b, bekanntgabe.fristende());
    }

    private UUID akte(UUID vorgang) {
        return datenbank
                .sql("SELECT akte_id FROM vorgang WHERE mandant_id = ? AND id = ?")
                .params(mandant(), vorgang)
                .query(UUID.class)
                .single();
    }

    private static String kurz(String regel) {
        return regel.length() <= 200 ? regel : regel.substring(0, 199) + "…";
    }

    /** Not in a Vorgang that is closed, nor by whom has no right to it any more, nor for a day that is past: what stands at the Bescheid says it anyway. */
    private void legeVor(Anmeldung wer, UUID vorgang, Bescheid b, LocalDate fristende) {
        boolean darf = vorgaenge
                .finde(berechtigungen.sicht(wer.person(), de.federwerk.berechtigung.Recht.BEARBEITEN), vorgang)
                .filter(v -> vorgaenge.istAenderbar(wer.person(), v))
                .isPresent();
        var an = b.gesendetVon() == null ? wer.person() : b.gesendetVon();
        var station = new Station(
                Kennung.neu(),
                1,
                1,
                1,
                Stationsart.WIEDERVORLAGE,
                new Empfaenger("person", an),
                ("klage".equals(b.rechtsbehelf()) ? "Klagefrist" : "Widerspruchsfrist") + " endet: " + b.betreff(),
                null,
                fristende,
                false,
                null,
                null,
                null);
        var entwurf = new Laufwegentwurf(
                Kennung.neu(), vorgang, null, "Rechtsbehelfsfrist zum Bescheid", false, List.of(station));
        if (darf && laufwege.einwaende(entwurf).isEmpty()) {
            laufwege.beginne(wer, entwurf);
        }
    }
}
