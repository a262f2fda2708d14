package de.federwerk.rechteprobe;

import de.federwerk.Browser;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.schnittstelle.Zugangstoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Everybody of a {@link Rechtewelt} at the doors of the house: people at its pages, programs at the interface, calendars at the feed. */
final class Rechtebesuch {

    private static final String PASSWORT = "ein gutes Passwort";
    private static final String UUID_FORM = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern TREFFER = Pattern.compile("<h1>([0-9]+) Treffer</h1>");
    private static final Pattern LISTENZAHL =
            Pattern.compile("id=\"listentitel\">[^<]*</h1><span class=\"fw-zahl\">([0-9]+)</span>");
    private static final Pattern GESAMT = Pattern.compile("\"gesamt\":([0-9]+)");
    /** Of everything there is, so many at each visit. */
    private static final int STICHPROBE = 8;

    private record Antwort(int status, String text, String gesamt) {}

    private final ApplicationContext haus;
    private final String adresse;
    private final Rechtewelt welt;
    private final Rechtevergleich vergleich;
    private final HttpClient netz = HttpClient.newHttpClient();
    private final Map<UUID, Browser> browser = new HashMap<>();
    private final Map<UUID, String> token = new HashMap<>();
    private final Map<UUID, String> kalender = new HashMap<>();

    Rechtebesuch(ApplicationContext haus, String adresse, Rechtewelt welt, Rechtevergleich vergleich) {
        this.haus = haus;
        this.adresse = adresse;
        this.welt = welt;
        this.vergleich = vergleich;
    }

    /** Passwords, tokens and secret addresses; once, while everybody is still there. */
    void schliesseAuf() {
        var hash = haus.getBean(Personen.class).hash(PASSWORT);
        als(() -> welt.modell.personen.values().forEach(p -> {
            if (p.technisch()) {
                token.put(p.id(), haus.getBean(Zugangstoken.class).stelleAus(p.id()));
            } else {
                haus.getBean(Personen.class).setzeHash(Protokoll.PROGRAMM, p.id(), hash, false);
                kalender.put(p.id(), "geheim" + p.id());
                welt.satz("kalenderabo", "id, person_id, geheim", Kennung.neu(), p.id(), sha256("geheim" + p.id()));
            }
        }));
    }

    /** One after the other; whatever time alone changed in between is not judged. */
    void besuche(Befunde befunde) {
        for (var person : welt.modell.personen.keySet()) {
            var vorher = uhr();
            var diese = befunde.leere();
            var wartende = als(() -> vergleich.wartende(welt));
            if (token.containsKey(person)) {
                anDerSchnittstelle(person, vorher, wartende, diese);
            } else {
                aufDenSeiten(person, vorher, wartende, diese);
                imKalender(person, vorher, diese);
            }
            var grenze = welt.modell.naechsteGrenze(vorher);
            if (grenze.isEmpty() || grenze.get().isAfter(uhr())) {
                befunde.nimm(diese);
            }
        }
    }

    private void aufDenSeiten(UUID person, Instant jetzt, Set<UUID> wartende, Befunde befunde) {
        var lesen = welt.modell.alles(person, Recht.LESEN, jetzt);
        // The pages of the plan, of an Akte and of a Vorgang show titles to whoever may only know of them.
        var wissen = welt.modell.alles(person, Recht.METADATEN, jetzt);
        var wer = "person " + person + " um " + jetzt + ", ";
        var mensch = angemeldet(person, jetzt);
        for (var ding : welt.zufall.einige(welt.modell.dinge.values(), STICHPROBE)) {
            var pfad = "/" + weg(ding) + "/" + ding.id();
            var seite = mensch.hole(pfad);
            // A Dokument is shown on the page of its Vorgang, or alone to who does not see that.
            boolean gezeigt = seite.status() == 200
                    || seite.ziel().matches("/(vorgaenge|dokumente)/.*")
                            && mensch.hole(seite.ziel()).status() == 200;
            boolean metadaten = ding.art().equals("akte") || ding.art().equals("vorgang");
            befunde.gleich(wer + pfad, (metadaten ? wissen : lesen).contains(ding.id()), gezeigt);
            if (metadaten) {
                befunde.gleich(
                        wer + pfad + "/zugriff",
                        lesen.contains(ding.id()),
                        mensch.hole(pfad + "/zugriff").status() == 200);
            }
            if (!ding.art().equals("eingang")) {
                var liste = mensch.hole(pfad + "/zugriff.csv");
                befunde.gleich(wer + pfad + "/zugriff.csv", lesen.contains(ding.id()), liste.status() == 200);
                if (liste.status() == 200) {
                    befunde.gleich(
                            wer + pfad + "/zugriff.csv, wer darin steht",
                            Ausgabe.soll(welt.modell, person, ding, jetzt),
                            Ausgabe.ist(liste.text()));
                }
            }
        }
        var knoten = welt.zufall.eines(welt.modell.positionen.keySet());
        befunde.gleich(
                wer + "/akten?knoten=" + knoten,
                Rechtevergleich.ids(
                        welt, wissen, d -> d.art().equals("akte") && knoten.equals(welt.akten.positionen.get(d.id()))),
                genannte(mensch.hole("/akten?knoten=" + knoten).text(), "/akten/"),
                welt.akten.positionen.size());
        for (var art : Map.of("akte", "akten", "vorgang", "vorgaenge", "dokument", "dokumente")
                .entrySet()) {
            var liste = "/listen/" + art.getValue() + "?ordnung=-angelegt";
            var zahl = LISTENZAHL.matcher(mensch.hole(liste).text());
            befunde.gleich(
                    wer + liste + ", Zahl",
                    String.valueOf(Rechtevergleich.ids(welt, lesen, d -> d.art().equals(art.getKey()))
                            .size()),
                    zahl.find() ? zahl.group(1) : "0");
        }
        var darf = Rechtevergleich.gesucht(welt, lesen);
        var gefunden = mensch.hole("/suche?q=" + Rechtewelt.WORT).text();
        zahl(wer + "/suche", Befunde.ohne(darf, wartende), darf, TREFFER, gefunden, befunde);
        befunde.zwischen(wer + "/suche", Set.of(), darf, genannteVon(gefunden), welt.modell.dinge.size());
        var auswahl = mensch.hole("/vorgaenge/auswahl?q=" + Rechtewelt.WORT).text();
        befunde.zwischen(
                wer + "/vorgaenge/auswahl",
                Set.of(),
                welt.modell.alles(person, Recht.BEARBEITEN, jetzt),
                genannteVon(auswahl),
                welt.modell.dinge.size());
    }

    /** Whoever left was signed out; whoever is back signs in again. */
    private Browser angemeldet(UUID person, Instant jetzt) {
        var mensch = browser.computeIfAbsent(person, p -> new Browser(adresse));
        var p = welt.modell.personen.get(person);
        if (p.zeit().gilt(jetzt) && mensch.hole("/postkorb").status() != 200) {
            mensch.melde(p.name() + "@" + welt.kuerzel(), PASSWORT);
        }
        return mensch;
    }

    private void anDerSchnittstelle(UUID person, Instant jetzt, Set<UUID> wartende, Befunde befunde) {
        var lesen = welt.modell.alles(person, Recht.LESEN, jetzt);
        var wer = "person " + person + " um " + jetzt + ", /api/v1/";
        for (var ding : welt.zufall.einige(welt.modell.dinge.values(), STICHPROBE)) {
            if (!ding.art().equals("eingang")) {
                var pfad = weg(ding) + "/" + ding.id();
                befunde.gleich(wer + pfad, lesen.contains(ding.id()), rest(person, pfad).status == 200);
                if (ding.art().equals("dokument")) {
                    befunde.gleich(
                            wer + pfad + "/inhalt",
                            lesen.contains(ding.id()),
                            rest(person, pfad + "/inhalt").status == 200);
                }
            }
        }
        var eingaenge = Rechtevergleich.ids(
                welt,
                welt.modell.alles(person, Recht.METADATEN, jetzt),
                d -> d.art().equals("eingang"));
        var buch = rest(person, "eingaenge");
        befunde.gleich(wer + "eingaenge", eingaenge, genannteVon(buch.text), eingaenge.size() + 1);
        if (buch.status == 200) {
            befunde.gleich(wer + "eingaenge, Zahl", String.valueOf(eingaenge.size()), buch.gesamt);
        }
        var darf = Rechtevergleich.gesucht(welt, lesen);
        var gefunden = rest(person, "suche?q=" + Rechtewelt.WORT).text;
        zahl(wer + "suche", Befunde.ohne(darf, wartende), darf, GESAMT, gefunden, befunde);
        befunde.zwischen(wer + "suche", Set.of(), darf, genannteVon(gefunden), welt.modell.dinge.size());
    }

    /** The calendar names the deadlines of what is one's own, not what one does for others. */
    private void imKalender(UUID person, Instant jetzt, Befunde befunde) {
        var soll = welt.modell.aufgaben.values().stream()
                .filter(a -> a.frist() && welt.modell.istSeine(person, a, jetzt))
                .filter(a -> welt.modell.darf(person, Recht.METADATEN, welt.modell.dinge.get(a.vorgang()), jetzt))
                .map(a -> a.id())
                .collect(Collectors.toSet());
        var pfad = "/kalender/abo/" + welt.mandant + "/" + kalender.get(person);
        befunde.gleich(
                "person " + person + " um " + jetzt + ", Kalender",
                soll,
                genannte(new Browser(adresse).hole(pfad).text(), "UID:"),
                welt.modell.aufgaben.size());
    }

    private static void zahl(
            String was, Set<UUID> mindestens, Set<UUID> hoechstens, Pattern form, String text, Befunde befunde) {
        var zahl = form.matcher(text.replaceAll("\\s+", " "));
        int ist = zahl.find() ? Integer.parseInt(zahl.group(1)) : 0;
        befunde.gleich(
                was + ", Zahl " + ist + " zwischen " + mindestens.size() + " und " + hoechstens.size(),
                true,
                mindestens.size() <= ist && ist <= hoechstens.size());
    }

    private static String weg(Ding ding) {
        return switch (ding.art()) {
            case "akte" -> "akten";
            case "vorgang" -> "vorgaenge";
            case "dokument" -> "dokumente";
            default -> "posteingang";
        };
    }

    private static Set<UUID> genannte(String text, String davor) {
        return Pattern.compile(davor + "(" + UUID_FORM + ")")
                .matcher(text)
                .results()
                .map(t -> UUID.fromString(t.group(1)))
                .collect(Collectors.toSet());
    }

    /** Things of this town whose id stands anywhere in the text. */
    private Set<UUID> genannteVon(String text) {
        var alle = new HashSet<>(genannte(text, ""));
        alle.retainAll(welt.modell.dinge.keySet());
        return alle;
    }

    private Antwort rest(UUID person, String pfad) {
        try {
            var antwort = netz.send(
                    HttpRequest.newBuilder(URI.create(adresse + "/api/v1/" + pfad))
                            .header("Authorization", "Bearer " + token.get(person))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Antwort(
                    antwort.statusCode(),
                    antwort.body(),
                    antwort.headers().firstValue("X-Gesamt").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Instant uhr() {
        return haus.getBean(JdbcClient.class)
                .sql("SELECT clock_timestamp()")
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private <T> T als(java.util.function.Supplier<T> arbeit) {
        return Mandantenkontext.als(
                welt.mandant, () -> haus.getBean(TransactionTemplate.class).execute(t -> arbeit.get()));
    }

    private void als(Runnable arbeit) {
        als(() -> {
            arbeit.run();
            return true;
        });
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
