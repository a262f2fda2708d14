package de.federwerk.antrag;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Sprache;
import de.federwerk.formular.Formularpflege;
import de.federwerk.formular.Werte;
import de.federwerk.leistung.Dienststellen;
import de.federwerk.leistung.Leistungsangaben;
import de.federwerk.leistung.Leistungspflege;
import de.federwerk.leistung.Leistungstext;
import de.federwerk.leistung.Vertrauensniveau;
import de.federwerk.leistung.Zustaendigkeitsregeln;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives a small town of a test a Portal: one Leistung, „Hund anmelden“, that goes to one unit. */
@Component
public class Portalstadt {

    private final Leistungspflege pflege;
    private final Formularpflege formulare;
    private final Dienststellen dienststellen;
    private final Zustaendigkeitsregeln regeln;
    private final Antragswege wege;
    private final Aktenplan plan;
    private final Personen personen;
    private final JdbcClient jdbc;

    Portalstadt(
            Leistungspflege pflege,
            Formularpflege formulare,
            Dienststellen dienststellen,
            Zustaendigkeitsregeln regeln,
            Antragswege wege,
            Aktenplan plan,
            Personen personen,
            JdbcClient jdbc) {
        this.pflege = pflege;
        this.formulare = formulare;
        this.dienststellen = dienststellen;
        this.regeln = regeln;
        this.wege = wege;
        this.plan = plan;
        this.personen = personen;
        this.jdbc = jdbc;
    }

    /** Within a transaction of the town. @return id of the Leistung */
    public UUID richteEin(UUID einheit, Anmeldung schreibt, Anmeldung gibtFrei) {
        personen.gib(Protokoll.PROGRAMM, schreibt.person(), Rolle.LEISTUNGEN);
        personen.gib(Protokoll.PROGRAMM, gibtFrei.person(), Rolle.LEISTUNGEN);
        formulare.nimmMitgelieferte(Protokoll.PROGRAMM);
        var id = Kennung.neu();
        pflege.legeAn(
                schreibt,
                id,
                "hund-anmelden",
                null,
                new Leistungsangaben(
                        Map.of(
                                Sprache.DE,
                                new Leistungstext(
                                        "Hund anmelden",
                                        "Wer einen Hund hält, meldet ihn an.",
                                        "",
                                        "",
                                        List.of("Heimtierausweis"),
                                        "",
                                        "",
                                        "",
                                        "",
                                        "",
                                        List.of("Hundesteuer", "Welpe")),
                                Sprache.EN,
                                new Leistungstext(
                                        "Register a dog",
                                        "Whoever keeps a dog registers it.",
                                        "",
                                        "",
                                        List.of(),
                                        "",
                                        "",
                                        "",
                                        "",
                                        "",
                                        List.of("puppy"))),
                        null,
                        "hundesteuer-anmeldung",
                        null,
                        Vertrauensniveau.OHNE,
                        true,
                        List.of()));
        pflege.legeVor(schreibt, id);
        pflege.gibFrei(gibtFrei, id);
        var stelle = Kennung.neu();
        dienststellen.richteEin(
                schreibt,
                stelle,
                new Dienststellen.Angaben(
                        einheit,
                        "Tiefbau am Markt",
                        "Markt 1",
                        "12345 Musterstadt",
                        "",
                        "0123 4567",
                        "tiefbau@stadt.example",
                        "Eingang ohne Stufen",
                        List.of("8–12", "8–12", "8–12", "8–12", "8–12", "", ""),
                        "",
                        true));
        regeln.fuegeHinzu(schreibt, id, Kennung.neu(), Zustaendigkeitsregeln.Angaben.sonst(stelle));
        wege.setze(gibtFrei, new Weg(id, plan.gemeint("66.20.03").orElseThrow().id(), einheit, false, 10, true, 0));
        return id;
    }

    /** All that the form asks of who keeps one dog. */
    public Werte einHund(Werte werte) {
        return werte.mit("name", Map.of("vor", "Özlem", "nach", "Yılmaz"), "")
                .mit(
                        "anschrift",
                        Map.of("strasse", "Gartenweg", "hausnummer", "5", "plz", "12345", "ort", "Musterstadt"),
                        "")
                .mit("geburt", Map.of("tag", "29", "monat", "2", "jahr", "1996"), "")
                .mit("hund[1].rufname", "Nala", "")
                .mit("hund[1].rasse", "Mischling", "")
                .mit("hund[1].wurf", Map.of("tag", "3", "monat", "4", "jahr", "2025"), "")
                .mit("hund[1].haltung", Map.of("tag", "1", "monat", "9", "jahr", "2026"), "")
                .mit("hund[1].gefaehrlich", "nein", "")
                .mit("grund", "nichts", "")
                .mit("lastschrift", "nein", "")
                .mit("richtig", "ja", "");
    }

    /** A Konto, signed in where somebody has this secret in her cookie; within a transaction of the town. @return the hash that stands for it */
    public String meldeAn(UUID mandant, String email, String geheimnis) {
        var konto = Kennung.neu();
        var sitzung = hash(geheimnis);
        jdbc.sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, 'Wer', ?)")
                .params(mandant, konto, email)
                .update();
        jdbc.sql(
                        "INSERT INTO kontositzung (mandant_id, schluessel, konto_id, endet) VALUES (?, ?, ?, now() + interval '1 hour')")
                .params(mandant, sitzung, konto)
                .update();
        return sitzung;
    }

    private static String hash(String geheimnis) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(geheimnis.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
