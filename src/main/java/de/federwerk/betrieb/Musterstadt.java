package de.federwerk.betrieb;

import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Akten;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.aktenplan.Planimport;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.datei.Dateien;
import de.federwerk.formular.Formularpflege;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.frist.Land;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwegvorlagen;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.geschaeftsgang.Vorlagenempfaenger;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Poststellen;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.schnittstelle.Zugangstoken;
import de.federwerk.webdav.AppKennwoerter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The demo: Musterstadt, where everything can be tried, and a second town that must see nothing of it. Loaded once into an empty
 * house, each town in one transaction, so that a kill leaves a whole town or none.
 */
@Component
@Order(10)
class Musterstadt implements ApplicationRunner, Startmeldung {

    static final String PASSWORT = "Musterstadt-2026";
    private static final UUID PROGRAMM = Protokoll.PROGRAMM;

    private final boolean demo;
    private final Path daten;
    private final Mandanten mandanten;
    private final Einheiten einheiten;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final Stufen stufen;
    private final Planimport planimport;
    private final Aktenplan plan;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Poststellen poststellen;
    private final Laufwegvorlagen vorlagen;
    private final Gemeindekalender kalender;
    private final Formularpflege formulare;
    private final Zugangstoken token;
    private final AppKennwoerter kennwoerter;
    private final Musterleistungen leistungen;
    private final Musterportal portal;
    private final int port;
    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;

    private @Nullable String hash;

    Musterstadt(
            @Value("${federwerk.demo}") boolean demo,
            @Value("${federwerk.daten}") Path daten,
            Mandanten mandanten,
            Einheiten einheiten,
            Personen personen,
            Berechtigungen berechtigungen,
            Stufen stufen,
            Planimport planimport,
            Aktenplan plan,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Dateien dateien,
            Blobs blobs,
            Poststellen poststellen,
            Laufwegvorlagen vorlagen,
            Gemeindekalender kalender,
            Formularpflege formulare,
            Zugangstoken token,
            AppKennwoerter kennwoerter,
            Musterleistungen leistungen,
            Musterportal portal,
            @Value("${server.port:8080}") int port,
            JdbcClient datenbank,
            TransactionTemplate transaktion) {
        this.demo = demo;
        this.daten = daten;
        this.mandanten = mandanten;
        this.einheiten = einheiten;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.stufen = stufen;
        this.planimport = planimport;
        this.plan = plan;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.dateien = dateien;
        this.blobs = blobs;
        this.poststellen = poststellen;
        this.vorlagen = vorlagen;
        this.kalender = kalender;
        this.formulare = formulare;
        this.token = token;
        this.kennwoerter = kennwoerter;
        this.leistungen = leistungen;
        this.portal = portal;
        this.port = port;
        this.datenbank = datenbank;
        this.transaktion = transaktion;
    }

    @Override
    public void run(ApplicationArguments argumente) throws IOException {
        if (!demo) {
            return;
        }
        var schon = mandanten.alle().stream().map(Mandanten.Mandant::kuerzel).toList();
        if (schon.isEmpty()) {
            gruende("musterstadt", "Stadt Musterstadt", this::musterstadt);
        }
        if (schon.isEmpty() || schon.equals(List.of("musterstadt"))) {
            gruende("nachbarstadt", "Stadt Nachbarstadt", this::nachbarstadt);
        }
        schreibeToken();
        schreibeNetzordner();
    }

    @Override
    public List<String> zeilen() {
        if (!demo || mandanten.alle().stream().noneMatch(m -> m.kuerzel().equals("musterstadt"))) {
            return List.of();
        }
        return List.of(
                "  Demo, alle mit dem Passwort " + PASSWORT + ":",
                "    anja.mueller              Sachbearbeitung SG 66.2, öffnet die Post",
                "    karin.ahrens              Leitung FD 66",
                "    heike.lorenz              Poststelle, schreibt an den Leistungen",
                "    petra.lueders             FD 32, sieht nichts von FD 66",
                "    thomas.brandt             Administration, Hausverwaltung, gibt Leistungen frei",
                "    miriam.vogt, klaus.reimer Datenschutz, Personalrat",
                "    maria.weber@nachbarstadt  zweiter Mandant");
    }

    private void gruende(String kuerzel, String name, Runnable inhalt) {
        var id = Kennung.neu();
        Mandantenkontext.als(
                id,
                () -> transaktion.executeWithoutResult(t -> {
                    mandanten.gruende(id, kuerzel, name, null);
                    inhalt.run();
                }));
    }

    private void musterstadt() {
        var stadt = einheiten.richteEin(PROGRAMM, "BM", "Stadtverwaltung", null);
        var zentral = einheiten.richteEin(PROGRAMM, "FD 10", "Zentrale Dienste", stadt);
        var post = einheiten.richteEin(PROGRAMM, "SG 10.4", "Poststelle", zentral);
        var finanzen = einheiten.richteEin(PROGRAMM, "FD 20", "Kämmerei und Steuern", stadt);
        var ordnung = einheiten.richteEin(PROGRAMM, "FD 32", "Ordnung", stadt);
        var tiefbau = einheiten.richteEin(PROGRAMM, "FD 66", "Tiefbau und Verkehr", stadt);
        var strassen = einheiten.richteEin(PROGRAMM, "SG 66.2", "Straßenverwaltung", tiefbau);
        poststellen.bestimme(post);
        kalender.setze(PROGRAMM, Land.ST);
        formulare.nimmMitgelieferte(PROGRAMM);

        var anja = person("anja.mueller", "Anja", "Müller", strassen, "Sachbearbeitung", false);
        var joerg = person("joerg.sander", "Jörg", "Sander", strassen, "Sachbearbeitung", false);
        var karin = person("karin.ahrens", "Karin", "Ahrens", tiefbau, "Leitung FD 66", true);
        person("petra.lueders", "Petra", "Lüders", ordnung, "Sachbearbeitung", false);
        person("jonas.kern", "Jonas", "Kern", finanzen, "Sachbearbeitung Steuern", false);
        var heike = person("heike.lorenz", "Heike", "Lorenz", post, "Poststelle", false);
        var thomas = person("thomas.brandt", "Thomas", "Brandt", zentral, "Leitung FD 10", true);
        personen.gib(PROGRAMM, anja, Rolle.POSTEINGANG);
        personen.gib(PROGRAMM, heike, Rolle.POSTEINGANG);
        personen.gib(PROGRAMM, heike, Rolle.TECHNIK);
        personen.gib(PROGRAMM, thomas, Rolle.ADMINISTRATION);
        personen.gib(PROGRAMM, thomas, Rolle.TECHNIK);
        personen.gib(PROGRAMM, thomas, Rolle.GEHEIMSCHUTZ);
        personen.ermaechtige(PROGRAMM, thomas, 2);
        personen.ermaechtige(PROGRAMM, karin, 1);
        stufen.benenne(anmeldung("thomas.brandt"), 1, "vertraulich");
        stufen.benenne(anmeldung("thomas.brandt"), 2, "streng vertraulich");
        personen.gib(PROGRAMM, thomas, Rolle.HAUSVERWALTUNG);
        personen.gib(PROGRAMM, thomas, Rolle.LEISTUNGEN);
        personen.gib(PROGRAMM, heike, Rolle.LEISTUNGEN);
        var miriam = person("miriam.vogt", "Miriam", "Vogt", stadt, "Datenschutz", false);
        personen.gib(PROGRAMM, miriam, Rolle.DATENSCHUTZ);
        personen.gib(
                PROGRAMM, person("klaus.reimer", "Klaus", "Reimer", stadt, "Personalrat", false), Rolle.PERSONALRAT);

        for (var einheit : List.of(zentral, finanzen, ordnung, strassen)) {
            berechtigungen.gebeFrei(Subjekt.EINHEIT, einheit, Ziel.EINHEIT, einheit, Recht.BEARBEITEN);
        }
        berechtigungen.gebeFrei(Subjekt.PERSON, karin, Ziel.EINHEIT, tiefbau, Recht.BEARBEITEN);
        berechtigungen.gebeFrei(Subjekt.ROLLE, personen.rolle(Rolle.POSTEINGANG), Ziel.EINHEIT, post, Recht.BEARBEITEN);

        var verfahren = personen.nimmAuf(PROGRAMM, "demo-verfahren", "", "Demo-Fachverfahren", null, true);
        einheiten.besetze(PROGRAMM, strassen, "Fachverfahren", false, verfahren);
        personen.ermaechtige(PROGRAMM, verfahren, 9);
        berechtigungen.gebeFrei(Subjekt.PERSON, verfahren, Ziel.EINHEIT, stadt, Recht.BEARBEITEN);

        plan();
        // Somewhere the answers must lie.
        berechtigungen.gebeFrei(
                Subjekt.PERSON,
                miriam,
                Ziel.PLAN,
                plan.gemeint("10.05.01", true).orElseThrow().id(),
                Recht.VERWALTEN);
        vorlagen(joerg, ordnung);
        leistungen.richteEin(anmeldung("heike.lorenz"), anmeldung("thomas.brandt"));
        portal.richteEin(anmeldung("thomas.brandt"));
        akten();
    }

    /** One at a position, with those beside one another who look at a Bescheid before it is signed; one for every Vorgang. */
    private void vorlagen(UUID kollege, UUID ordnung) {
        var thomas = anmeldung("thomas.brandt");
        vorlagen.legeAn(
                thomas,
                Kennung.neu(),
                new Laufwegvorlagen.Angaben(
                        plan.gemeint("66.20", true).orElseThrow().id(),
                        "Bescheid mit Mitzeichnung",
                        true,
                        List.of(
                                station(
                                        1,
                                        1,
                                        Stationsart.STELLUNGNAHME,
                                        Vorlagenempfaenger.an(new Empfaenger("einheit", ordnung)),
                                        "Bestehen Bedenken wegen der Verkehrssicherheit?",
                                        5),
                                station(
                                        1,
                                        2,
                                        Stationsart.MITZEICHNUNG,
                                        Vorlagenempfaenger.an(new Empfaenger("person", kollege)),
                                        "",
                                        2),
                                // SG 66.2 has no head of its own.
                                station(
                                        2,
                                        1,
                                        Stationsart.SCHLUSSZEICHNUNG,
                                        Vorlagenempfaenger.aus(Vorlagenempfaenger.Art.NAECHSTE_LEITUNG),
                                        "",
                                        3))));
        vorlagen.legeAn(
                thomas,
                Kennung.neu(),
                new Laufwegvorlagen.Angaben(
                        null,
                        "Zur Kenntnis an die Einheit",
                        false,
                        List.of(Laufwegvorlagen.Station.schlicht(
                                1,
                                Stationsart.KENNTNIS,
                                Vorlagenempfaenger.aus(Vorlagenempfaenger.Art.FEDERFUEHRUNG)))));
    }

    private static Laufwegvorlagen.Station station(
            int block, int zweig, Stationsart art, Vorlagenempfaenger an, String auftrag, int tage) {
        return new Laufwegvorlagen.Station(block, zweig, 1, art, an, auftrag, tage, false, null, null, null);
    }

    private void nachbarstadt() {
        var stadt = einheiten.richteEin(PROGRAMM, "BM", "Stadtverwaltung", null);
        var amt = einheiten.richteEin(PROGRAMM, "FD 32", "Ordnung", stadt);
        kalender.setze(PROGRAMM, Land.TH);
        var maria = person("maria.weber", "Maria", "Weber", amt, "Sachbearbeitung", false);
        personen.gib(PROGRAMM, maria, Rolle.POSTEINGANG);
        personen.gib(PROGRAMM, maria, Rolle.ADMINISTRATION);
        berechtigungen.gebeFrei(Subjekt.PERSON, maria, Ziel.EINHEIT, stadt, Recht.BEARBEITEN);
        plan();
    }

    private UUID person(
            String anmeldename, String vorname, String nachname, UUID einheit, String stelle, boolean leitung) {
        var id =
                personen.nimmAuf(PROGRAMM, anmeldename, vorname, nachname, anmeldename + "@musterstadt.example", false);
        // Everybody knows it: a rule against guessing has nothing to protect here.
        personen.setzeHash(PROGRAMM, id, hash(), false);
        einheiten.besetze(PROGRAMM, einheit, stelle, leitung, id);
        return id;
    }

    /** Slow on purpose, and the same for all of them: a dozen would hold up the first start. */
    private @Nullable String hash() {
        if (hash == null) hash = personen.hash(PASSWORT);
        return hash;
    }

    private void plan() {
        try (var csv = beilage("aktenplan.csv")) {
            planimport.lies(PROGRAMM, csv);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Each line is one Dokument; the same Akte and Vorgang are made once. */
    private void akten() {
        var akteNach = new HashMap<String, UUID>();
        var vorgangNach = new HashMap<String, UUID>();
        var werNach = new HashMap<String, Anmeldung>();
        try (var csv = beilage("akten.csv");
                var zeilen = CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(';')
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(csv)) {
            for (var zeile : zeilen) {
                var wer = werNach.computeIfAbsent(zeile.get("person"), this::anmeldung);
                var akte = akteNach.computeIfAbsent(
                        zeile.get("akte"),
                        titel -> akten.legeAn(
                                        wer,
                                        Kennung.neu(),
                                        plan.gemeint(zeile.get("plan"))
                                                .orElseThrow()
                                                .id(),
                                        einheiten.von(wer.person()).orElseThrow(),
                                        titel)
                                .id());
                var vorgang = vorgangNach.computeIfAbsent(
                        zeile.get("akte") + "/" + zeile.get("vorgang"),
                        t -> vorgaenge
                                .eroeffne(wer, Kennung.neu(), akte, zeile.get("vorgang"))
                                .id());
                lege(wer, vorgang, zeile);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void lege(Anmeldung wer, UUID vorgang, CSVRecord zeile) throws IOException {
        try (var pdf = Musterbrief.pdf(zeile.get("absender"), zeile.get("dokument"), zeile.get("text"))) {
            var bytes = blobs.schreibe(pdf);
            var datei = dateien.aufnehmen(bytes, zeile.get("dokument") + ".pdf");
            dokumente.lege(
                    wer,
                    Kennung.neu(),
                    vorgang,
                    datei,
                    new Angaben(
                            zeile.get("dokument"),
                            zeile.get("dokumentart"),
                            null,
                            null,
                            zeile.get("absender"),
                            null,
                            null));
        }
    }

    private Anmeldung anmeldung(String anmeldename) {
        return datenbank
                .sql(
                        "SELECT mandant_id AS mandant, id AS person, pseudonym, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(Mandantenkontext.mandant(), anmeldename)
                .query(Anmeldung.class)
                .single();
    }

    /** Only ever with demo data: a token that reads everything of the first Mandant, in a file only the owner can read. */
    private void schreibeToken() throws IOException {
        var ziel = daten.resolve("demo-token.txt");
        var erster = mandanten.alle().getFirst();
        if (Files.exists(ziel) || !erster.kuerzel().equals("musterstadt")) {
            return;
        }
        var wert = Mandantenkontext.als(
                erster.id(),
                () -> transaktion.execute(
                        t -> token.stelleAus(anmeldung("demo-verfahren").person())));
        schreibeNurFuerEigner(ziel, wert);
    }

    /** Only ever with demo data: address, name and App-Kennwort of a folder to write to; after a start on another port the address is another. */
    private void schreibeNetzordner() throws IOException {
        var ziel = daten.resolve("demo-webdav.txt");
        var erster = mandanten.alle().getFirst();
        if (!erster.kuerzel().equals("musterstadt")) {
            return;
        }
        var adresse = "http://localhost:" + port + "/webdav/Arbeitsbereich/";
        var bisher = Files.exists(ziel) ? Files.readString(ziel).strip().split(" ", -1) : new String[0];
        if (bisher.length == 3) {
            if (!bisher[0].equals(adresse)) {
                schreibeNurFuerEigner(ziel, adresse + " " + bisher[1] + " " + bisher[2]);
            }
            return;
        }
        var kennwort = Mandantenkontext.als(
                erster.id(), () -> transaktion.execute(t -> kennwoerter.stelleAus(anmeldung("anja.mueller"), "Demo")));
        schreibeNurFuerEigner(ziel, adresse + " anja.mueller " + kennwort);
    }

    private static void schreibeNurFuerEigner(Path ziel, String zeile) throws IOException {
        var neu = ziel.resolveSibling(ziel.getFileName() + ".neu");
        Files.deleteIfExists(neu);
        Files.createFile(neu, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(neu, zeile + "\n");
        Files.move(neu, ziel, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Reader beilage(String name) {
        return new InputStreamReader(
                Musterstadt.class.getResourceAsStream("/musterstadt/" + name), StandardCharsets.UTF_8);
    }
}
