package de.federwerk.liste;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a list is narrowed to, in words, and what somebody meant who typed words. What one may not see has no name here. */
@Component
class Listenworte {

    /** By what it is narrowed, in words. @param ohne the address of the list without it */
    record Chip(String wort, String text, String ohne) {}

    private static final String VERBORGEN = "nicht für Sie freigegeben";

    private final JdbcClient datenbank;
    private final Aktenplan plan;
    private final Aktenarten arten;
    private final Empfaengersuche personen;
    private final Berechtigungen berechtigungen;

    Listenworte(
            JdbcClient datenbank,
            Aktenplan plan,
            Aktenarten arten,
            Empfaengersuche personen,
            Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.arten = arten;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
    }

    @Transactional(readOnly = true)
    public List<Chip> chips(Anmeldung wer, Listenfrage frage) {
        var chips = new ArrayList<Chip>();
        Eingrenzung.fuer(frage.art()).stream()
                .filter(e -> frage.grenzen().containsKey(e))
                .map(e -> new Chip(
                        e.wort(frage.art()),
                        wort(wer, e, frage.wert(e)),
                        frage.ohne(e).adresse()))
                .forEach(chips::add);
        var art = frage.kennung(Eingrenzung.AKTENART);
        if (art != null && !frage.feldgrenzen().isEmpty()) {
            var namen = arten.felder(Feldtraeger.AKTE, art, true).stream()
                    .collect(Collectors.toMap(Aktenfeld::formname, Aktenfeld::name));
            frage.feldgrenzen()
                    .forEach((feld, wert) -> chips.add(new Chip(
                            namen.getOrDefault(feld, "Feld"),
                            "„" + wert + "“",
                            frage.nurFelder(f -> !f.equals(feld)).adresse())));
        }
        return chips;
    }

    /** In one line, for the record of who took it along. */
    @Transactional(readOnly = true)
    public String alles(Anmeldung wer, Listenfrage frage) {
        var worte = chips(wer, frage).stream().map(c -> c.wort + ": " + c.text).collect(Collectors.joining("; "));
        return worte.isEmpty() ? "alle" : worte;
    }

    /** What stands in a field of the form; empty where nothing does. */
    @Transactional(readOnly = true)
    public String wort(Anmeldung wer, Eingrenzung grenze, String wert) {
        if (wert.isEmpty()) {
            return "";
        }
        return switch (grenze) {
            case POSITION ->
                plan.knoten(UUID.fromString(wert))
                        .map(Aktenplan.Knoten::anzeige)
                        .orElse(VERBORGEN);
            case EINHEIT ->
                wert.equals(Eingrenzung.MEINE)
                        ? "meine Einheit"
                        : name("SELECT kuerzel || ' ' || name FROM einheit WHERE mandant_id = ? AND id = ?", wert);
            case PERSON ->
                wert.equals(Eingrenzung.ICH)
                        ? "ich"
                        : name(
                                "SELECT trim(vorname || ' ' || nachname) FROM person WHERE mandant_id = ? AND id = ?",
                                wert);
            case AKTENART ->
                arten.finde(UUID.fromString(wert)).map(Aktenarten.Wahl::name).orElse(VERBORGEN);
            case AKTE -> bezeichnung(wer, Listenart.AKTEN, wert);
            case VORGANG -> bezeichnung(wer, Listenart.VORGAENGE, wert);
            case TITEL, DOKUMENTART -> "„" + wert + "“";
            case STAND, PAPIER, DATEITYP, HERKUNFT -> grenze.wahl().getOrDefault(wert, wert);
            default -> Anzeige.datum(LocalDate.parse(wert));
        };
    }

    private String name(String sql, String id) {
        return datenbank
                .sql(sql)
                .params(mandant(), UUID.fromString(id))
                .query(String.class)
                .optional()
                .orElse(VERBORGEN);
    }

    private String bezeichnung(Anmeldung wer, Listenart art, String id) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("SELECT x.aktenzeichen || ' ' || x.titel FROM " + art.tabelle()
                        + " x WHERE x.mandant_id = :m AND x.id = :id AND " + art.gesehen(sicht))
                .param("m", mandant())
                .param("id", UUID.fromString(id))
                .params(sicht.parameter())
                .query(String.class)
                .optional()
                .orElse(VERBORGEN);
    }

    /**
     * The list as a form asks for it, where position and person are typed: the id that the field chose counts only as long as its words stand
     * there. Not a transaction of its own: what it refuses would spoil that of the page.
     *
     * @throws Abgelehnt (EINGABE) if there is no such position or person
     */
    public Listenfrage gemeint(Anmeldung wer, Listenfrage frage, @Nullable String position, @Nullable String person) {
        var neu = frage;
        if (position != null && !position.equals(wort(wer, Eingrenzung.POSITION, frage.wert(Eingrenzung.POSITION)))) {
            neu = neu.mit(
                    Eingrenzung.POSITION,
                    position.isBlank()
                            ? ""
                            : plan.gemeint(position, true)
                                    .map(k -> k.id().toString())
                                    .orElseThrow(() -> Abgelehnt.eingabe("Im Aktenplan steht keine Position „"
                                            + position.strip() + "“. Nach ihr wurde nicht eingegrenzt.")));
        }
        if (person != null && !person.equals(wort(wer, Eingrenzung.PERSON, frage.wert(Eingrenzung.PERSON)))) {
            neu = neu.mit(Eingrenzung.PERSON, person.isBlank() ? "" : person(person.strip()));
        }
        return neu;
    }

    private String person(String getippt) {
        if (getippt.equalsIgnoreCase(Eingrenzung.ICH)) {
            return Eingrenzung.ICH;
        }
        var gemeinte = personen.gemeintePersonen(getippt);
        if (gemeinte.size() != 1) {
            throw Abgelehnt.eingabe(
                    "„" + getippt
                            + "“ heißt niemand im Haus, oder mehrere heißen so. Nach der Person wurde nicht eingegrenzt; der Anmeldename ist eindeutig.");
        }
        return gemeinte.getFirst().id().toString();
    }
}
