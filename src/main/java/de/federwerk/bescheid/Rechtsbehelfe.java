package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.frist.Land;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How to object: a few texts that the town keeps right. What came with the program goes out only after somebody there has said that it is. */
@Component
class Rechtsbehelfe {

    /** @param art {@code widerspruch} or {@code klage} */
    record Rechtsbehelf(UUID id, String name, String art, String text, boolean geprueft, int aenderung) {
        boolean klage() {
            return art.equals("klage");
        }
    }

    private record Mitgeliefert(String name, String art, String text) {}

    private static final List<Mitgeliefert> MITGELIEFERTE = List.of(
            new Mitgeliefert(
                    "Widerspruch",
                    "widerspruch",
                    "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden. Der Widerspruch ist schriftlich, in elektronischer Form oder zur Niederschrift bei {{stadt}}, {{stelle}}, {{strasse}}, {{ort}}, einzulegen."),
            new Mitgeliefert(
                    "Widerspruch (Abgaben)",
                    "widerspruch",
                    "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden. Der Widerspruch ist schriftlich, in elektronischer Form oder zur Niederschrift bei {{stadt}}, {{stelle}}, {{strasse}}, {{ort}}, einzulegen.\nDer Widerspruch hat keine aufschiebende Wirkung (§ 80 Absatz 2 Satz 1 Nummer 1 VwGO); der Betrag ist trotzdem fristgerecht zu zahlen."),
            new Mitgeliefert(
                    "Klage",
                    "klage",
                    "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Klage beim Verwaltungsgericht [Ort, Straße, Postleitzahl – bitte eintragen] erhoben werden."));

    /** Where it is not everywhere the Widerspruch (§ 68 Abs. 1 Satz 2 VwGO): what the town should look at first. */
    private static final Map<Land, String> HINWEISE = Map.of(
            Land.NW,
            "In Nordrhein-Westfalen entfällt das Widerspruchsverfahren meist (§ 110 JustG NRW): Dann ist die Klage der richtige Text.",
            Land.BY,
            "In Bayern entfällt das Widerspruchsverfahren meist oder ist wählbar (Art. 12 AGVwGO): bei Kommunalabgaben Widerspruch oder unmittelbar Klage.",
            Land.NI,
            "In Niedersachsen entfällt das Widerspruchsverfahren meist (§ 80 NJG), es gibt aber Ausnahmen.");

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Rechtsbehelfe(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    static String hinweis(@Nullable Land land) {
        return land == null
                ? ""
                : HINWEISE.getOrDefault(
                        land, "Bitte prüfen Sie, wo das Recht des Landes das Widerspruchsverfahren ausschließt.");
    }

    @Transactional(readOnly = true)
    public List<Rechtsbehelf> alle() {
        return datenbank
                .sql(
                        "SELECT id, name, art, text, geprueft, aenderung FROM rechtsbehelf WHERE mandant_id = ? ORDER BY name")
                .param(mandant())
                .query(Rechtsbehelf.class)
                .list();
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Rechtsbehelf einer(UUID id) {
        return alle().stream()
                .filter(r -> r.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Rechtsbehelfsbelehrung gibt es nicht."));
    }

    /** Those that come with the program, unchecked; what is there already stays. */
    @Transactional
    public void nimmMitgelieferte(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        for (var m : MITGELIEFERTE) {
            var id = Kennung.neu();
            int neu = datenbank
                    .sql("""
                    INSERT INTO rechtsbehelf (mandant_id, id, name, art, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT (mandant_id, name) DO NOTHING""")
                    .params(mandant(), id, m.name, m.art, m.text)
                    .update();
            if (neu == 1) {
                merke(wer, id, m.name);
            }
        }
    }

    /**
     * Changes the text and says that it is right.
     *
     * @param aenderung as it was when the form was opened
     * @throws Abgelehnt (EINGABE) if something is missing in it, (KONFLIKT) if somebody else has changed it
     */
    @Transactional
    public void pruefe(Anmeldung wer, UUID id, int aenderung, String text, boolean geprueft) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var bisher = einer(id);
        var neu = text.strip();
        if (neu.isEmpty() || neu.length() > 5000) {
            throw Abgelehnt.eingabe("Die Belehrung braucht einen Text von höchstens 5.000 Zeichen.");
        }
        if (geprueft && neu.contains("[")) {
            throw Abgelehnt.eingabe(
                    "In der Belehrung steht noch etwas in eckigen Klammern. Bitte tragen Sie es ein, bevor Sie sie als geprüft kennzeichnen.");
        }
        var maengel = Vorlagentext.aus(neu).maengel(Briefangaben.NAMEN::contains, List.of());
        if (!maengel.isEmpty()) {
            throw Abgelehnt.eingabe(String.join(" ", maengel));
        }
        int da = datenbank
                .sql("""
                UPDATE rechtsbehelf SET text = ?, geprueft = ?, aenderung = aenderung + 1 WHERE mandant_id = ? AND id = ? AND aenderung = ?""")
                .params(neu, geprueft, mandant(), id, aenderung)
                .update();
        if (da == 0) {
            throw Abgelehnt.konflikt(
                    "Die Belehrung hat inzwischen jemand anderes geändert. Ihre Änderung wurde nicht gespeichert.");
        }
        merke(wer, id, bisher.name);
    }

    private void merke(Anmeldung wer, UUID id, String name) {
        protokoll.schreibe(wer.pseudonym(), "rechtsbehelf.gespeichert", id, null, Map.of("name", name), "rechtsbehelf");
    }
}
