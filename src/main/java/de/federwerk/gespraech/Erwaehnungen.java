package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Empfaengersuche;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whom a Kommentar mentions with “@”: only people who may read the Dokument, and they are told. */
@Component
class Erwaehnungen {

    private static final int HOECHSTENS = 20;
    /** Those who are told of a further Kommentar; whoever wrote last comes first. */
    private static final int MITREDENDE = 30;

    /** An @ at the beginning of a word, and up to four words behind it: a sign-in name, or first and last name. Not the one in a mail address. */
    private static final Pattern GENANNT =
            Pattern.compile("(?<![^\\s(„\"'])@(\\p{L}[\\p{L}\\p{N}._'’-]*(?: \\p{L}[\\p{L}\\p{N}._'’-]*){0,3})");

    private final JdbcClient datenbank;
    private final Empfaengersuche suche;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Meldungen meldungen;

    Erwaehnungen(
            JdbcClient datenbank,
            Empfaengersuche suche,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Meldungen meldungen) {
        this.datenbank = datenbank;
        this.suche = suche;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.meldungen = meldungen;
    }

    /**
     * Who is meant by a field for one person; empty if nothing stands in it.
     *
     * @param gewaehlt what was chosen from the list counts only as long as it stands in the field: without a script nobody empties the hidden one
     * @throws Abgelehnt (EINGABE) if nobody is called so, or more than one
     */
    @Transactional(readOnly = true)
    Optional<Empfaenger> imFeld(String getippt, String gewaehlt) {
        if (getippt.isBlank()) {
            return Optional.empty();
        }
        var gemeinte = suche.gemeintePersonen(gewaehlt).stream()
                .filter(p -> p.name().equals(getippt.strip()))
                .toList();
        return Optional.of(einer(getippt, gemeinte.isEmpty() ? suche.gemeintePersonen(getippt) : gemeinte));
    }

    private static Empfaenger einer(String getippt, List<Empfaenger> gemeinte) {
        if (gemeinte.size() == 1) {
            return gemeinte.getFirst();
        }
        throw Abgelehnt.eingabe(
                gemeinte.isEmpty()
                        ? "„%s“ heißt niemand im Haus. Bitte geben Sie Vor- und Nachnamen an oder den Anmeldenamen. Es wurde nichts gespeichert."
                                .formatted(getippt.strip())
                        : "„%s“ heißen mehrere im Haus. Bitte geben Sie den Anmeldenamen an. Es wurde nichts gespeichert."
                                .formatted(getippt.strip()));
    }

    /**
     * Whom a text mentions, and whoever else is meant; never the author.
     *
     * @throws Abgelehnt (EINGABE) if somebody is unknown, or may not read the Dokument: nobody is told then
     */
    Set<Empfaenger> gemeinte(Anmeldung wer, String text, Collection<Empfaenger> weitere, UUID dokument) {
        var alle = new LinkedHashSet<>(weitere);
        alle.addAll(imText(text));
        alle.removeIf(p -> p.id().equals(wer.person()));
        if (alle.size() > HOECHSTENS) {
            throw Abgelehnt.eingabe("Erwähnt sind %d Personen; möglich sind %d. Es wurde nichts gespeichert."
                    .formatted(alle.size(), HOECHSTENS));
        }
        for (var person : alle) {
            if (!darfLesen(person.id(), dokument)) {
                throw Abgelehnt.eingabe(
                        "%s darf dieses Dokument nicht sehen und kann deshalb nicht erwähnt werden. Es wurde nichts gespeichert und niemandem etwas gemeldet. Bitte nehmen Sie den Namen heraus."
                                .formatted(person.name()));
            }
        }
        return alle;
    }

    /** The longest name that somebody has: „@Karin Ahrens bitte“ means Karin Ahrens. */
    private List<Empfaenger> imText(String text) {
        var stellen =
                GENANNT.matcher(text).results().map(r -> formen(r.group(1))).toList();
        if (stellen.size() > 5 * HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "In diesem Text stehen zu viele @. Erwähnt werden können bis zu %d Personen. Es wurde nichts gespeichert."
                            .formatted(HOECHSTENS));
        }
        var bekannte =
                suche.gemeintePersonen(stellen.stream().flatMap(List::stream).collect(Collectors.toSet()));
        var personen = new ArrayList<Empfaenger>();
        for (var formen : stellen) {
            var form = formen.stream().filter(bekannte::containsKey).findFirst();
            if (form.isEmpty()) {
                throw Abgelehnt.eingabe(
                        "„@%s“ heißt niemand im Haus. Bitte schreiben Sie hinter das @ den Anmeldenamen oder Vor- und Nachnamen; ist niemand gemeint, setzen Sie ein Leerzeichen dahinter. Es wurde nichts gespeichert."
                                .formatted(formen.getLast()));
            }
            personen.add(einer("@" + form.get(), bekannte.getOrDefault(form.get(), List.of())));
        }
        return personen;
    }

    /** What may be meant, the longest first, without what ends a sentence. */
    private static List<String> formen(String genannt) {
        var worte = genannt.split(" ");
        var formen = new ArrayList<String>();
        for (int zahl = worte.length; zahl > 0; zahl--) {
            formen.add(String.join(" ", List.of(worte).subList(0, zahl)).replaceFirst("[._'’-]+$", ""));
        }
        return formen;
    }

    private boolean darfLesen(UUID person, UUID dokument) {
        return dokumente
                .finde(berechtigungen.sicht(person, Recht.LESEN), dokument)
                .isPresent();
    }

    /** Notes them down and tells whoever is new among them. */
    @Transactional(propagation = Propagation.MANDATORY)
    void merke(UUID kommentar, String aktenzeichen, Set<Empfaenger> personen) {
        for (var person : personen) {
            int neu = datenbank
                    .sql(
                            "INSERT INTO erwaehnung (mandant_id, kommentar_id, person_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                    .params(mandant(), kommentar, person.id())
                    .update();
            if (neu == 1) {
                meldungen.sage(
                        person.id(),
                        Meldungsart.ERWAEHNT,
                        "erwaehnt " + kommentar,
                        "Kommentar, " + aktenzeichen,
                        "",
                        "/kommentare/" + kommentar);
            }
        }
    }

    /** Tells those who have commented before and may still read it; those who are mentioned know already. */
    @Transactional(propagation = Propagation.MANDATORY)
    void sageMitredenden(Anmeldung wer, UUID kommentar, UUID dokument, String aktenzeichen) {
        var mitredende = datenbank
                .sql("""
                SELECT k.verfasst_von FROM kommentar k
                 WHERE k.mandant_id = :m AND k.dokument_id = :dokument AND k.zurueckgezogen IS NULL AND k.verfasst_von <> :wer
                   AND k.verfasst_von NOT IN (SELECT person_id FROM erwaehnung WHERE mandant_id = :m AND kommentar_id = :kommentar)
                 GROUP BY k.verfasst_von ORDER BY max(k.verfasst) DESC, k.verfasst_von LIMIT :hoechstens""")
                .param("m", mandant())
                .param("dokument", dokument)
                .param("wer", wer.person())
                .param("kommentar", kommentar)
                .param("hoechstens", MITREDENDE)
                .query(UUID.class)
                .list();
        for (var person : mitredende) {
            if (darfLesen(person, dokument)) {
                meldungen.sage(
                        person,
                        Meldungsart.KOMMENTAR,
                        "kommentar " + kommentar,
                        "Kommentar, " + aktenzeichen,
                        "",
                        "/kommentare/" + kommentar);
            }
        }
    }
}
