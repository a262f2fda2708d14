package de.federwerk.betrieb;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.leistung.Dienststellen;
import de.federwerk.leistung.Katalogdatei;
import de.federwerk.leistung.Leistungspflege;
import de.federwerk.leistung.Zustaendigkeitsregeln;
import de.federwerk.leistung.Zustaendigkeitsregeln.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What Musterstadt does for its citizens: the Leistungen that come with the program, published, and where people go for them. */
@Component
class Musterleistungen {

    private static final List<String> WOCHE =
            List.of("8–12, 14–16", "8–12, 14–18", "8–12", "8–12, 14–18", "8–12", "", "");

    private final JdbcClient datenbank;
    private final Einheiten einheiten;
    private final Katalogdatei datei;
    private final Leistungspflege pflege;
    private final Dienststellen dienststellen;
    private final Zustaendigkeitsregeln regeln;

    Musterleistungen(
            JdbcClient datenbank,
            Einheiten einheiten,
            Katalogdatei datei,
            Leistungspflege pflege,
            Dienststellen dienststellen,
            Zustaendigkeitsregeln regeln) {
        this.datenbank = datenbank;
        this.einheiten = einheiten;
        this.datei = datei;
        this.pflege = pflege;
        this.dienststellen = dienststellen;
        this.regeln = regeln;
    }

    /** Within the transaction that founds the town. */
    void richteEin(Anmeldung schreibt, Anmeldung gibtFrei) {
        datei.uebernimmMitgelieferte(schreibt);
        var buero = dienststelle(schreibt, "FD 32", "Bürgerbüro", "Rathausplatz 1", "Erdgeschoss", "01234 500-0");
        var standesamt =
                dienststelle(schreibt, "FD 32", "Standesamt", "Rathausplatz 1", "1. Stock, Raum 1.12", "01234 500-320");
        var steuernVorn = dienststelle(
                schreibt, "FD 20", "Steueramt, Namen A–K", "Rathausplatz 1", "2. Stock, Raum 2.04", "01234 500-204");
        var steuernHinten = dienststelle(
                schreibt, "FD 20", "Steueramt, Namen L–Z", "Rathausplatz 1", "2. Stock, Raum 2.06", "01234 500-206");
        var strassen = dienststelle(
                schreibt, "SG 66.2", "Straßenverwaltung", "Bauhofstraße 7", "1. Stock, Raum 114", "01234 500-662");
        var post = dienststelle(
                schreibt, "SG 10.4", "Poststelle", "Rathausplatz 1", "Erdgeschoss, Raum 0.03", "01234 500-104");
        for (var kurzname : alle()) {
            var leistung = leistung(kurzname);
            pflege.legeVor(schreibt, leistung);
            pflege.gibFrei(gibtFrei, leistung);
            switch (kurzname) {
                case "hundesteuer-anmeldung" -> {
                    regel(schreibt, leistung, Angaben.namen("A", "K", steuernVorn));
                    regel(schreibt, leistung, Angaben.namen("L", "Z", steuernHinten));
                    regel(schreibt, leistung, Angaben.sonst(steuernVorn));
                }
                case "sondernutzung", "baugenehmigung" -> regel(schreibt, leistung, Angaben.sonst(strassen));
                case "eheschliessung", "geburtsurkunde" -> regel(schreibt, leistung, Angaben.sonst(standesamt));
                case "informationszugang", "allgemeines-anliegen" -> regel(schreibt, leistung, Angaben.sonst(post));
                default -> regel(schreibt, leistung, Angaben.sonst(buero));
            }
        }
    }

    private UUID dienststelle(Anmeldung wer, String einheit, String name, String strasse, String raum, String telefon) {
        var id = Kennung.neu();
        dienststellen.richteEin(
                wer,
                id,
                new Dienststellen.Angaben(
                        einheiten.mitKuerzel(einheit).orElseThrow(),
                        name,
                        strasse,
                        "00000 Musterstadt",
                        raum,
                        telefon,
                        "rathaus@musterstadt.example",
                        strasse.startsWith("Rathaus")
                                ? "Eingang ohne Stufen, Aufzug, Toilette für Rollstühle im Erdgeschoss"
                                : "Rampe am Hof, Aufzug",
                        WOCHE,
                        "",
                        true));
        return id;
    }

    private void regel(Anmeldung wer, UUID leistung, Angaben angaben) {
        regeln.fuegeHinzu(wer, leistung, Kennung.neu(), angaben);
    }

    private List<String> alle() {
        return datenbank
                .sql("SELECT kurzname FROM leistung WHERE mandant_id = ? ORDER BY kurzname")
                .param(mandant())
                .query(String.class)
                .list();
    }

    private UUID leistung(String kurzname) {
        return datenbank
                .sql("SELECT id FROM leistung WHERE mandant_id = ? AND kurzname = ?")
                .params(mandant(), kurzname)
                .query(UUID.class)
                .single();
    }
}
