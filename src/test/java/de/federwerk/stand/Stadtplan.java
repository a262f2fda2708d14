package de.federwerk.stand;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The synthetic town on paper: the same numbers give the same town. Plan and units in {@link #positionen} and {@link #einheiten},
 * Schutzbereiche as pairs of a position and a unit, and the Akten one after the other by {@link #akten}.
 */
final class Stadtplan {

    record Position(String kennzeichen, String titel, boolean blatt) {}

    /** @param ueber index of the unit above; -1 for the top @param ebene 0 to 3 */
    record Einheit(String kuerzel, String name, int ueber, int ebene) {}

    /** Indexes into {@link #positionen} and {@link #einheiten}. */
    record Koordinate(int position, int einheit) {}

    record Dokument(String titel, String art, String absender, LocalDate vom, String dateiname, String text) {}

    record Vorgang(String titel, List<Dokument> dokumente) {}

    record Akte(String titel, Koordinate ort, List<Vorgang> vorgaenge) {}

    /** What takes the Akten, e.g. writes them into a folder tree. */
    interface Abnehmer {
        void nimm(Akte akte) throws java.io.IOException;
    }

    /** Vorgänge of the one Akte with very many. */
    static final int RIESENAKTE = 400;

    static final String RIESENVORGANG = "Planfeststellung Umgehungsstraße";
    static final String RIESENAKTE_TITEL = "Sammelakte Auskünfte";

    private static final String[] GEBIETE = {
        "Verwaltung", "Finanzen", "Ordnung", "Schule", "Kultur", "Soziales", "Gesundheit", "Bauen", "Verkehr", "Umwelt"
    };
    private static final String[] SACHEN = {
        "Satzungen",
        "Genehmigungen",
        "Widersprüche",
        "Gebühren",
        "Zuwendungen",
        "Beschaffung",
        "Statistik",
        "Aufsicht",
        "Planung",
        "Unterhaltung",
        "Verträge",
        "Beschwerden"
    };
    private static final String[] NACHNAMEN = {
        "Albrecht",
        "Bauer",
        "Celik",
        "Dietrich",
        "Ehlers",
        "Fischer",
        "Graf",
        "Hansen",
        "Ivanova",
        "Jansen",
        "Krüger",
        "Lehmann",
        "Möller",
        "Nowak",
        "Otten",
        "Petersen",
        "Quandt",
        "Richter",
        "Schröder",
        "Thiessen",
        "Uhlig",
        "Vogt",
        "Weiß",
        "Yilmaz",
        "Zimmermann",
        "Öztürk",
        "Kowalski",
        "Brinkmann",
        "Hofmeister",
        "Sauerland"
    };
    private static final String[] STRASSEN = {
        "Lindenstraße",
        "Bergstraße",
        "Am Wall",
        "Schulweg",
        "Goethestraße",
        "Marktplatz",
        "Kirchgasse",
        "Südring",
        "Hafenstraße",
        "Kastanienallee",
        "Mühlenweg",
        "Bahnhofstraße",
        "Rosenweg",
        "Feldstraße",
        "Gartenweg"
    };
    private static final String[] ARTEN = {"Antrag", "Bescheid", "Schreiben", "Vermerk", "Rechnung", "Stellungnahme"};

    final Umfang umfang;
    final List<Position> positionen;
    final List<Einheit> einheiten;
    final List<Koordinate> koordinaten;
    private final List<Integer> blaetter = new ArrayList<>();
    private final int erstesSachgebiet;
    private final Textquelle texte;
    private final SplittableRandom zufall;
    private int dokumente;
    private int laufend;

    Stadtplan(Umfang umfang, Textquelle texte, long saat) {
        this.umfang = umfang;
        this.texte = texte;
        this.zufall = new SplittableRandom(saat);
        this.positionen = positionen();
        this.einheiten = einheiten();
        this.erstesSachgebiet =
                (int) einheiten.stream().filter(e -> e.ebene < 3).count();
        for (int i = 0; i < positionen.size(); i++) {
            if (positionen.get(i).blatt) {
                blaetter.add(i);
            }
        }
        this.koordinaten = koordinaten();
    }

    /** Ten main groups; three levels, and a fourth under some, until there are as many as wanted. */
    private List<Position> positionen() {
        int je = umfang.positionen() >= 1_000 ? 9 : 2;
        int dritte = umfang.positionen() >= 1_000 ? 12 : 2;
        var liste = new ArrayList<Position>();
        int rest = umfang.positionen() - 10 - 10 * je - 10 * je * dritte;
        for (int a = 0; a < 10; a++) {
            var gebiet = GEBIETE[a];
            var eins = String.valueOf(10 * (a + 1));
            liste.add(new Position(eins, gebiet, false));
            for (int b = 1; b <= je; b++) {
                var zwei = eins + "." + (10 + b);
                liste.add(new Position(zwei, gebiet + ": " + SACHEN[(a + b) % SACHEN.length], false));
                for (int c = 1; c <= dritte; c++) {
                    var drei = zwei + ".%02d".formatted(c);
                    boolean feiner = rest >= 4;
                    liste.add(new Position(drei, SACHEN[c - 1] + " der " + gebiet + " " + b, !feiner));
                    for (int d = 1; feiner && d <= 4; d++) {
                        liste.add(new Position(drei + "." + d, SACHEN[c - 1] + " im Einzelfall, Gruppe " + d, true));
                        rest--;
                    }
                }
            }
        }
        return liste;
    }

    private List<Einheit> einheiten() {
        boolean gross = umfang.einheiten() >= 100;
        int dezernate = gross ? 6 : 2;
        int dienste = gross ? 5 : 2;
        var liste = new ArrayList<Einheit>();
        liste.add(new Einheit("BM", "Stadtverwaltung", -1, 0));
        for (int d = 1; d <= dezernate; d++) {
            liste.add(new Einheit("Dez " + d, "Dezernat " + d, 0, 1));
        }
        for (int d = 1; d <= dezernate; d++) {
            for (int f = 1; f <= dienste; f++) {
                liste.add(new Einheit("FD " + d + f, "Fachdienst " + GEBIETE[(d + f) % 10], d, 2));
            }
        }
        int ersterDienst = 1 + dezernate;
        for (int i = 0; liste.size() < umfang.einheiten(); i++) {
            int ueber = ersterDienst + i % (dezernate * dienste);
            var kuerzel = liste.get(ueber).kuerzel.replace("FD", "SG") + "." + (1 + i / (dezernate * dienste));
            liste.add(new Einheit(kuerzel, "Sachgebiet " + SACHEN[i % SACHEN.length], ueber, 3));
        }
        return liste;
    }

    /** The first one is the busiest: the position with very many Akten, led by the first Sachgebiet. */
    private List<Koordinate> koordinaten() {
        int sachgebiete = einheiten.size() - erstesSachgebiet;
        var liste = new ArrayList<Koordinate>(umfang.bereiche());
        for (int i = 0; i < umfang.bereiche(); i++) {
            int blatt = i % blaetter.size();
            int runde = i / blaetter.size();
            liste.add(new Koordinate(blaetter.get(blatt), erstesSachgebiet + (runde + 7 * blatt) % sachgebiete));
        }
        return liste;
    }

    /** Index of the Sachgebiet in which person {@code i} works; the first one has the most people. */
    int sachgebiet(int i) {
        return erstesSachgebiet + i % (einheiten.size() - erstesSachgebiet);
    }

    Koordinate riesenposition() {
        return koordinaten.getFirst();
    }

    /** Hands over all Akten with together N Dokumente; can be asked once. */
    void akten(Abnehmer abnehmer) throws java.io.IOException {
        var ort = new Koordinate(blaetter.get(1), riesenposition().einheit);
        abnehmer.nimm(new Akte(
                "Umgehungsstraße Nord",
                ort,
                List.of(vorgang(RIESENVORGANG, Math.min(umfang.riesenvorgang(), rest())))));
        var viele = new ArrayList<Vorgang>();
        for (int i = 0; i < RIESENAKTE && rest() > umfang.dokumente() / 2; i++) {
            viele.add(vorgang("Auskunft " + name() + " (" + (i + 1) + ")", 1));
        }
        abnehmer.nimm(new Akte(RIESENAKTE_TITEL, ort, viele));
        for (int i = 0; i < umfang.riesenposition() && rest() > 0; i++) {
            var koordinate = i % 5 < 3
                    ? riesenposition()
                    : new Koordinate(riesenposition().position, sachgebiet(zufall.nextInt(umfang.einheiten())));
            int anzahl = Math.min(rest(), 1 + (int) (3 * Math.pow(zufall.nextDouble(), 2)));
            abnehmer.nimm(new Akte(
                    name() + ", " + adresse() + " Nr " + (i + 1),
                    koordinate,
                    List.of(vorgang("Einzelfall " + (2020 + i % 7), anzahl))));
        }
        while (rest() > 0) {
            var koordinate = koordinaten.get((int) (koordinaten.size() * Math.pow(zufall.nextDouble(), 2.5)));
            var vorgaenge = new ArrayList<Vorgang>();
            int anzahl = 1 + (int) Math.min(40, -1.5 * Math.log(1 - zufall.nextDouble()));
            for (int i = 0; i < anzahl && rest() > 0; i++) {
                // Most have a handful of Dokumente, few have hundreds: lognormal, 1 to 500.
                int stueck = (int) Math.exp(1.2 + 1.2 * normal());
                vorgaenge.add(vorgang(
                        SACHEN[zufall.nextInt(SACHEN.length)] + " " + name() + " Teil " + (i + 1),
                        Math.min(rest(), Math.clamp(stueck, 1, 500))));
            }
            abnehmer.nimm(new Akte(adresse() + ", " + name() + " Nr " + ++laufend, koordinate, vorgaenge));
        }
    }

    private int rest() {
        return umfang.dokumente() - dokumente;
    }

    private double normal() {
        return Math.sqrt(-2 * Math.log(1 - zufall.nextDouble())) * Math.cos(2 * Math.PI * zufall.nextDouble());
    }

    private Vorgang vorgang(String titel, int anzahl) {
        var liste = new ArrayList<Dokument>(anzahl);
        for (int i = 0; i < anzahl; i++) {
            liste.add(dokument(i + 1));
        }
        dokumente += anzahl;
        return new Vorgang(titel, liste);
    }

    private Dokument dokument(int nummer) {
        var art = ARTEN[zufall.nextInt(ARTEN.length)];
        var wer = name();
        var vom = LocalDate.of(2026, 10, 31).minusDays(zufall.nextInt(2_500));
        int laenge = Math.clamp((int) (900 * Math.exp(0.7 * normal())), 150, 12_000);
        var text = "%s\n%s\n\n%s vom %s, Geschäftszeichen %s-%05d\n\n%s"
                .formatted(
                        wer,
                        adresse(),
                        art,
                        vom,
                        wer.substring(0, 2).toUpperCase(Locale.ROOT),
                        zufall.nextInt(100_000),
                        texte.text(zufall, laenge));
        return new Dokument(art + " " + wer, art, wer, vom, "%05d %s %s.txt".formatted(nummer, art, vom), text);
    }

    private String name() {
        return NACHNAMEN[zufall.nextInt(NACHNAMEN.length)]
                + (zufall.nextInt(4) == 0 ? "-" + NACHNAMEN[zufall.nextInt(NACHNAMEN.length)] : "");
    }

    private String adresse() {
        return STRASSEN[zufall.nextInt(STRASSEN.length)] + " " + (1 + zufall.nextInt(180));
    }
}
