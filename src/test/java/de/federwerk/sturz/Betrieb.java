package de.federwerk.sturz;

import de.federwerk.Antragsteller;
import de.federwerk.Browser;
import de.federwerk.sturz.Merkbuch.Antwort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.databind.json.JsonMapper;

/**
 * A working day: several threads drop files, upload, file, remark and close at the same time, and write into the {@link Merkbuch}
 * what they were told. They do not know of kills: to them the house is sometimes away.
 */
final class Betrieb implements AutoCloseable {

    private static final String PASSWORT = "Musterstadt-2026";
    /**
     * @param pauseMs at most this long between two acts of one thread: the program is in the middle of something at any moment
     * @param wartend so many files wait in the folder at most; what the program cannot take in time only makes every check longer
     * @param sturzMs a kill comes at most this long after the last one was got over
     */
    record Tempo(int pauseMs, int wartend, int sturzMs) {

        static final Tempo LANG = new Tempo(120, 15, 2_000);
        /** Half as much to read when everybody waits for the end. */
        static final Tempo KURZ = new Tempo(300, 5, 700);
    }

    private interface Tat {
        void tu(Random zufall) throws IOException, InterruptedException;
    }

    private final Programm programm;
    private final Merkbuch buch;
    private final Tempo tempo;
    private final Post post;
    private final Path eingang;
    private final List<Thread> faeden = new ArrayList<>();
    /** Held shared during an act, exclusively by whoever wants everybody to stand still. */
    private final ReentrantReadWriteLock tor = new ReentrantReadWriteLock(true);

    private final HttpClient netz =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private volatile boolean ende;
    private volatile String token = "";

    Betrieb(Programm programm, Merkbuch buch, long saat, Tempo tempo) throws IOException {
        this.programm = programm;
        this.buch = buch;
        this.tempo = tempo;
        this.post = new Post();
        this.eingang = Files.createDirectories(programm.daten().resolve("eingang"));
        faden("einwurf", saat + 1, this::wirfEin);
        faden("hochladen-1", saat + 2, this::ladeHoch);
        faden("hochladen-2", saat + 3, this::ladeHoch);
        faden("anlegen", saat + 4, this::legeAn);
        var anja = new Sitzung();
        faden("ablegen", saat + 5, zufall -> legeAb(anja, zufall));
        var karin = new Sitzung();
        faden("vermerken", saat + 6, zufall -> vermerke(karin, zufall));
        faden("beantragen", saat + 7, this::beantrage);
    }

    /** A person's browser, made anew when the session is gone. */
    private static final class Sitzung {
        Browser browser;
    }

    private void faden(String name, long saat, Tat tat) {
        var zufall = new Random(saat);
        faeden.add(Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            while (!ende) {
                tor.readLock().lock();
                try {
                    if (!ende) tat.tu(zufall);
                } catch (IOException | UncheckedIOException | AssertionError | IllegalStateException weg) {
                    // The house is away, or its answer makes no sense to a browser: what was sent stays uncertain.
                    ruheAus(300);
                } catch (InterruptedException e) {
                    return;
                } finally {
                    tor.readLock().unlock();
                }
                ruheAus(zufall.nextInt(tempo.pauseMs()));
            }
        }));
    }

    private static void ruheAus(int ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void beginne() throws IOException {
        token = Files.readString(programm.daten().resolve("demo-token.txt")).strip();
        faeden.forEach(Thread::start);
    }

    /** Everybody finishes the act in hand; until {@link #weiter} nobody begins another. */
    void haltEin() {
        tor.writeLock().lock();
    }

    void weiter() {
        tor.writeLock().unlock();
    }

    @Override
    public void close() {
        ende = true;
        try {
            for (var faden : faeden) faden.join(70_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wirfEin(Random zufall) throws IOException {
        try (var da = Files.list(eingang)) {
            if (da.count() > tempo.wartend()) return;
        }
        var brief = post.brief(zufall);
        var halb = eingang.resolve(brief.name() + ".part");
        Files.write(halb, brief.bytes());
        buch.abgaben.put(
                brief.name(),
                new Merkbuch.Abgabe(brief.name(), Post.sha256(brief.bytes()), brief.bytes().length, brief.teile()));
        Files.move(halb, eingang.resolve(brief.name()), StandardCopyOption.ATOMIC_MOVE);
    }

    private void ladeHoch(Random zufall) throws IOException, InterruptedException {
        // Before the letter is written: while the house starts, its visitors leave the machine to it.
        if (!programm.horcht()) throw new IOException("weg");
        var vorgang = einer(buch.offeneVorgaenge, zufall);
        if (vorgang == null) return;
        var brief = post.brief(zufall);
        var was = new Merkbuch.Hochladung(kennung(zufall), vorgang, Post.sha256(brief.bytes()));
        for (int versuch = 1; versuch <= 3 && !ende; versuch++) {
            // Known before it is sent: killed in the middle, it may be there or not.
            if (!programm.lebt()) throw new IOException("weg");
            Merkbuch.merke(buch.hochladungen, was, Antwort.UNGEWISS);
            try {
                int status = lade(was, brief);
                Merkbuch.merke(buch.hochladungen, was, antwort(status));
                if (status < 500) return;
            } catch (IOException abgerissen) {
                // Half of them send the same again, as the handbook advises; the others never learn.
                if (zufall.nextBoolean()) return;
            }
        }
    }

    private int lade(Merkbuch.Hochladung was, Post.Brief brief) throws IOException, InterruptedException {
        var kopf = "--grenze\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"" + brief.name()
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return netz.send(
                        api("/vorgaenge/" + was.vorgang() + "/dokumente", was.schluessel())
                                .header("Content-Type", "multipart/form-data; boundary=grenze")
                                .POST(BodyPublishers.concat(
                                        BodyPublishers.ofString(kopf, StandardCharsets.UTF_8),
                                        BodyPublishers.ofByteArray(brief.bytes()),
                                        BodyPublishers.ofString("\r\n--grenze--\r\n")))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void legeAn(Random zufall) throws IOException, InterruptedException {
        if (!programm.horcht()) throw new IOException("weg");
        var akte = new Merkbuch.Akte(kennung(zufall), "Sturzakte " + zufall.nextInt(1_000_000));
        Merkbuch.merke(buch.akten, akte, Antwort.UNGEWISS);
        int status = sende(
                "/akten",
                akte.schluessel(),
                "{\"titel\":\"%s\",\"aktenplan\":\"66.20.03\",\"einheit\":\"SG 66.2\"}".formatted(akte.titel()));
        Merkbuch.merke(buch.akten, akte, antwort(status));
        if (status != 201) return;
        for (int i = 0; i < 3 && !ende; i++) {
            var vorgang = new Merkbuch.Vorgang(
                    kennung(zufall), akte.schluessel(), "Übergröße Straßenfläche " + zufall.nextInt(1_000_000));
            Merkbuch.merke(buch.vorgaenge, vorgang, Antwort.UNGEWISS);
            status = sende(
                    "/akten/" + akte.schluessel() + "/vorgaenge",
                    vorgang.schluessel(),
                    "{\"titel\":\"%s\"}".formatted(vorgang.titel()));
            Merkbuch.merke(buch.vorgaenge, vorgang, antwort(status));
            if (status == 201 && buch.offeneVorgaenge.size() < 40) buch.offeneVorgaenge.add(vorgang.schluessel());
        }
    }

    private int sende(String pfad, UUID schluessel, String json) throws IOException, InterruptedException {
        return netz.send(
                        api(pfad, schluessel)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Files an open Eingang in the browser, and now and then closes a Vorgang. */
    private void legeAb(Sitzung anja, Random zufall) throws IOException, InterruptedException {
        if (!programm.horcht()) throw new IOException("weg");
        var browser = angemeldet(anja, "anja.mueller");
        var vorgang = einer(buch.offeneVorgaenge, zufall);
        if (vorgang == null) return;
        if ((buch.abschluesse.isEmpty() || zufall.nextInt(6) == 0) && buch.offeneVorgaenge.size() > 3) {
            buch.offeneVorgaenge.remove(vorgang);
            Merkbuch.merke(buch.abschluesse, vorgang, Antwort.UNGEWISS);
            var seite = browser.sendeVon("/vorgaenge/" + vorgang, "/vorgaenge/" + vorgang + "/abschluss");
            Merkbuch.merke(buch.abschluesse, vorgang, antwort(seite, anja));
            return;
        }
        var offene = JsonMapper.shared()
                .readTree(netz.send(
                                api("/eingaenge?status=offen", null).GET().build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        if (!offene.isArray() || offene.isEmpty()) return;
        var eingang = UUID.fromString(
                offene.get(zufall.nextInt(offene.size())).get("id").asString());
        var was = new Merkbuch.Ablage(eingang, vorgang);
        Merkbuch.merke(buch.ablagen, was, Antwort.UNGEWISS);
        var seite = browser.sendeVon(
                "/posteingang/" + eingang,
                "/posteingang/" + eingang + "/ablage",
                "vorgangId",
                vorgang.toString(),
                "weg",
                "vorhanden");
        Merkbuch.merke(buch.ablagen, was, antwort(seite, anja));
    }

    private void vermerke(Sitzung karin, Random zufall) {
        if (!programm.horcht()) throw new IllegalStateException("weg");
        var browser = angemeldet(karin, "karin.ahrens");
        var vorgang = einer(buch.offeneVorgaenge, zufall);
        if (vorgang == null) return;
        var was = new Merkbuch.Vermerk(kennung(zufall), vorgang, "Rückfrage " + zufall.nextInt());
        Merkbuch.merke(buch.vermerke, was, Antwort.UNGEWISS);
        var seite = browser.sendeVon(
                "/vorgaenge/" + vorgang,
                "/vorgaenge/" + vorgang + "/vermerke",
                "vermerk",
                was.id().toString(),
                "text",
                was.text());
        Merkbuch.merke(buch.vermerke, was, antwort(seite, karin));
    }

    /** A citizen of the Portal: known before it is sent, acknowledged by the receipt. */
    private void beantrage(Random zufall) throws IOException {
        if (!programm.horcht()) throw new IOException("weg");
        var mensch = new Antragsteller(programm.portal());
        var anlage = new byte[1_000 + zufall.nextInt(20_000)];
        Arrays.fill(anlage, (byte) ('a' + zufall.nextInt(26)));
        var antrag = mensch.fuelleAus("Anliegen " + zufall.nextInt(1_000_000), anlage);
        Merkbuch.merke(buch.antraege, antrag, Antwort.UNGEWISS);
        var beleg = mensch.sende(antrag);
        buch.belege.put(antrag, beleg.blatt());
        Merkbuch.merke(buch.antraege, antrag, Antwort.BESTAETIGT);
    }

    private Browser angemeldet(Sitzung sitzung, String name) {
        if (sitzung.browser == null) {
            var neu = new Browser(programm.url());
            if (neu.melde(name, PASSWORT).status() != 302) throw new IllegalStateException("nicht angemeldet");
            sitzung.browser = neu;
        }
        return sitzung.browser;
    }

    private static Antwort antwort(int status) {
        return status == 201 ? Antwort.BESTAETIGT : status < 500 ? Antwort.ABGELEHNT : Antwort.UNGEWISS;
    }

    /** A redirect is the acknowledgement of a form, unless it leads to the sign-in. */
    private static Antwort antwort(Browser.Seite seite, Sitzung sitzung) {
        if (seite.status() >= 500) return Antwort.UNGEWISS;
        if (seite.status() >= 300 && seite.status() < 400 && !seite.ziel().startsWith("/anmelden"))
            return Antwort.BESTAETIGT;
        if (seite.status() != 409) sitzung.browser = null;
        return Antwort.ABGELEHNT;
    }

    private HttpRequest.Builder api(String pfad, UUID schluessel) {
        var anfrage = HttpRequest.newBuilder(URI.create(programm.url() + "/api/v1" + pfad))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
        return schluessel == null ? anfrage : anfrage.header("Idempotency-Key", schluessel.toString());
    }

    private static UUID kennung(Random zufall) {
        return new UUID(
                (zufall.nextLong() & ~0xF000L) | 0x4000L,
                (zufall.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | Long.MIN_VALUE);
    }

    private static UUID einer(java.util.Set<UUID> menge, Random zufall) {
        var liste = List.copyOf(menge);
        return liste.isEmpty() ? null : liste.get(zufall.nextInt(liste.size()));
    }
}
