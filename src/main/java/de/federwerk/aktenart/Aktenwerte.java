package de.federwerk.aktenart;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Empfaengersuche;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What stands in the fields of Akten and Vorgänge. Whoever asks has found these for the reader, and holds them where she writes. */
@Component
public class Aktenwerte {

    /** @param text empty if nothing stands there */
    public record Feldwert(Aktenfeld feld, String text) {}

    private record Zelle(UUID feldId, String text) {}

    private final JdbcClient datenbank;
    private final Aktenarten arten;
    private final Empfaengersuche personen;

    Aktenwerte(JdbcClient datenbank, Aktenarten arten, Empfaengersuche personen) {
        this.datenbank = datenbank;
        this.arten = arten;
        this.personen = personen;
    }

    /** The fields of an Akte or a Vorgang in their order; those taken away only where something stands in them. */
    @Transactional(readOnly = true)
    public List<Feldwert> von(Feldtraeger traeger, UUID id, @Nullable UUID aktenart) {
        if (aktenart == null) {
            return List.of();
        }
        var werte = texte(traeger, id);
        return arten.felder(traeger, aktenart, true).stream()
                .filter(f -> !f.beendet() || werte.containsKey(f.id()))
                .map(f -> new Feldwert(f, werte.getOrDefault(f.id(), "")))
                .toList();
    }

    /** Who stands in the fields for a person, by field: two of one name are told apart by it. */
    @Transactional(readOnly = true)
    public Map<UUID, UUID> personen(Feldtraeger traeger, UUID id) {
        var gemeinte = new HashMap<UUID, UUID>();
        datenbank
                .sql("SELECT feld_id, person_id FROM " + traeger.tabelle() + " WHERE mandant_id = ? AND "
                        + traeger.spalte() + " = ? AND person_id IS NOT NULL")
                .params(mandant(), id)
                .query((z, nr) -> gemeinte.put(z.getObject(1, UUID.class), z.getObject(2, UUID.class)))
                .list();
        return gemeinte;
    }

    /** Whether somebody else of the same name was chosen from the list than stands there. */
    @Transactional(readOnly = true)
    public boolean meintAnderen(Aktenfeld feld, String getippt, String gewaehlt, @Nullable UUID bisher) {
        if (feld.art() != Feldart.PERSON || bisher == null || gewaehlt.isBlank()) {
            return false;
        }
        var gemeinte = personen.gemeintePersonen(gewaehlt);
        return gemeinte.size() == 1
                && gemeinte.getFirst().name().equals(getippt.strip())
                && !gemeinte.getFirst().id().equals(bisher);
    }

    private Map<UUID, String> texte(Feldtraeger traeger, UUID id) {
        var werte = new HashMap<UUID, String>();
        datenbank
                .sql("SELECT feld_id, text FROM " + traeger.tabelle() + " WHERE mandant_id = ? AND " + traeger.spalte()
                        + " = ?")
                .params(mandant(), id)
                .query(Zelle.class)
                .list()
                .forEach(z -> werte.put(z.feldId, z.text));
        return werte;
    }

    /**
     * Writes the fields of an Akte or a Vorgang that are named; an empty text takes a value away. Fields that were taken from the form stay as they are.
     *
     * @param neue by field, as typed
     * @throws Abgelehnt (EINGABE) if one does not fit its kind, or one that must be filled in is left empty
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setze(Feldtraeger traeger, UUID id, UUID aktenart, Map<UUID, String> neue) {
        setze(traeger, id, aktenart, neue, true);
    }

    /** As {@link #setze(Feldtraeger, UUID, UUID, Map)}. @param vollstaendig whether what must be filled in is asked for */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setze(Feldtraeger traeger, UUID id, UUID aktenart, Map<UUID, String> neue, boolean vollstaendig) {
        var felder = arten.felder(traeger, aktenart, false);
        var alle = texte(traeger, id);
        alle.putAll(neue);
        var fehlende = Aktenarten.fehlende(felder, alle);
        if (vollstaendig && !fehlende.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte füllen Sie noch aus: "
                            + fehlende.stream().map(Aktenfeld::name).collect(Collectors.joining(", ")) + ".")
                    .an(fehlende.stream().map(Aktenfeld::formname).toList());
        }
        for (var feld : felder) {
            var getippt = neue.get(feld.id());
            if (getippt == null) {
                continue;
            }
            if (getippt.isBlank()) {
                datenbank
                        .sql("DELETE FROM " + traeger.tabelle() + " WHERE mandant_id = ? AND " + traeger.spalte()
                                + " = ? AND feld_id = ?")
                        .params(mandant(), id, feld.id())
                        .update();
            } else {
                schreibe(id, feld, wert(feld, getippt.strip()));
            }
        }
    }

    /**
     * Writes what fits and leaves out what does not: nobody is there who could be asked.
     *
     * @return by field why its value was left out
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, String> setzeWasPasst(Feldtraeger traeger, UUID id, UUID aktenart, Map<UUID, String> neue) {
        var nicht = new HashMap<UUID, String>();
        for (var feld : arten.felder(traeger, aktenart, false)) {
            var getippt = neue.getOrDefault(feld.id(), "").strip();
            if (getippt.isEmpty()) {
                continue;
            }
            try {
                schreibe(id, feld, gelesen(feld, getippt));
            } catch (Abgelehnt nein) {
                nicht.put(feld.id(), String.valueOf(nein.getMessage()));
            }
        }
        return nicht;
    }

    /** What was chosen from the list counts as long as it stands in the field: namesakes are told apart by it. @param gewaehlt as the list put it into the form */
    @Transactional(readOnly = true)
    public String gemeint(Aktenfeld feld, String getippt, String gewaehlt) {
        return feld.art() == Feldart.PERSON
                        && !gewaehlt.isBlank()
                        && personen.gemeintePersonen(gewaehlt).stream()
                                .anyMatch(p -> p.name().equals(getippt.strip()))
                ? gewaehlt
                : getippt;
    }

    private Wert wert(Aktenfeld feld, String getippt) {
        try {
            return gelesen(feld, getippt);
        } catch (Abgelehnt e) {
            throw e.an(List.of(feld.formname()));
        }
    }

    private Wert gelesen(Aktenfeld feld, String getippt) {
        if (feld.art() != Feldart.PERSON) {
            return feld.art().lies(feld.name(), getippt, feld.auswahl());
        }
        var gemeinte = personen.gemeintePersonen(getippt);
        if (gemeinte.size() != 1) {
            throw Abgelehnt.eingabe(
                    "„%s“: „%s“ heißt niemand im Haus, oder mehrere heißen so. Bitte wählen Sie aus der Liste, oder geben Sie den Anmeldenamen an."
                            .formatted(feld.name(), getippt));
        }
        return new Wert(
                gemeinte.getFirst().name(), null, null, gemeinte.getFirst().id());
    }

    /** What a value would be written as, so that a form can tell whether it was changed. @throws Abgelehnt (EINGABE) as {@link #setze} */
    @Transactional(readOnly = true)
    public String geschrieben(Aktenfeld feld, String getippt) {
        return getippt.isBlank() ? "" : wert(feld, getippt.strip()).text();
    }

    private void schreibe(UUID id, Aktenfeld feld, Wert wert) {
        datenbank
                .sql("""
                INSERT INTO %1$s (mandant_id, %2$s, feld_id, text, zahl, tag, person_id) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, %2$s, feld_id) DO UPDATE SET text = excluded.text, zahl = excluded.zahl, tag = excluded.tag, person_id = excluded.person_id""".formatted(feld.traeger().tabelle(), feld.traeger().spalte()))
                .param(mandant())
                .param(id)
                .param(feld.id())
                .param(wert.text())
                .param(wert.zahl())
                .param(wert.tag())
                .param(wert.person())
                .update();
    }
}
