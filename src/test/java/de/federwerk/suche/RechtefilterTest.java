package de.federwerk.suche;

import static de.federwerk.suche.Probestadt.dokument;
import static de.federwerk.suche.Probestadt.geschuetzt;
import static de.federwerk.suche.Probestadt.sicht;
import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may not see it finds neither it nor its count. */
class RechtefilterTest {

    /** A small town suffices to fill the store of answers. */
    private static final int GESPEICHERT_AB = 1_000;

    @TempDir
    Path ordner;

    private final UUID mandant = UUID.randomUUID();
    private final UUID vorgang = UUID.randomUUID();
    private final UUID akte = UUID.randomUUID();
    private final Suchkopf kopf = new Suchkopf(GESPEICHERT_AB);
    private Mandantenindex index;

    @BeforeEach
    void oeffne() throws IOException {
        index = new Mandantenindex(ordner, kopf, null, 0);
    }

    @AfterEach
    void schliesse() throws IOException {
        index.close();
    }

    @Test
    void die_formel_gilt() throws IOException {
        index.setze(dokument(UUID.randomUUID(), "Geheimnis", "Personalakte", 7));
        index.setze(geschuetzt(dokument(UUID.randomUUID(), "Vertraulich", "Personalakte", 7), 2, false, vorgang, akte));
        index.setze(geschuetzt(dokument(UUID.randomUUID(), "Beihilfe", "Personalakte", 8), 0, true, vorgang, akte));
        index.setze(geschuetzt(
                dokument(UUID.randomUUID(), "Urlaub", "Personalakte", 9), 0, false, UUID.randomUUID(), akte));
        index.schreibeFest(UUID.randomUUID(), null);

        assertThat(gezaehlt(sicht(mandant))).isZero();
        assertThat(gezaehlt(sicht(mandant, 6, 10))).isZero();
        assertThat(titel(sicht(mandant, 7))).containsExactly("Geheimnis");
        assertThat(titel(sicht(mandant, 2, Set.of(7), Set.of(), Set.of(), Set.of())))
                .containsExactlyInAnyOrder("Geheimnis", "Vertraulich");
        assertThat(titel(sicht(mandant, 0, Set.of(), Set.of(vorgang), Set.of(), Set.of())))
                .containsExactly("Beihilfe");
        assertThat(titel(sicht(mandant, 0, Set.of(), Set.of(), Set.of(akte), Set.of())))
                .containsExactly("Urlaub");
        assertThat(titel(sicht(mandant, 2, Set.of(), Set.of(vorgang), Set.of(akte), Set.of())))
                .containsExactlyInAnyOrder("Vertraulich", "Beihilfe", "Urlaub");
        assertThat(titel(sicht(mandant, 2, Set.of(7, 8, 9), Set.of(vorgang), Set.of(akte), Set.of(akte))))
                .containsExactly("Geheimnis");
    }

    @Test
    void gesperrtes_ist_weg_auch_aus_der_zahl() throws IOException {
        var eines = dokument(UUID.randomUUID(), "Eines", "Personalakte", 7);
        index.setze(eines);
        index.setze(dokument(UUID.randomUUID(), "Anderes", "Personalakte", 7));
        index.schreibeFest(UUID.randomUUID(), null);
        var liste = Suche.suche(index, kopf, sicht(mandant, 7), Anfrage.nach("Personalakte"), List.of(eines.id()));
        assertThat(liste.gesamt()).isEqualTo(1);
        assertThat(liste.jeArt()).containsEntry("dokument", 1L);
        assertThat(liste.treffer()).extracting(Treffer::titel).containsExactly("Anderes");
    }

    /** The store of answers must not outlive the rights, even where the state number stays the same. */
    @Test
    void stimmt_mit_der_formel_ueberein_auch_aus_dem_speicher() throws IOException {
        var zufall = new Random(42);
        var akten = java.util.stream.Stream.generate(UUID::randomUUID).limit(30).toList();
        var vorgaenge =
                java.util.stream.Stream.generate(UUID::randomUUID).limit(60).toList();
        var alle = new java.util.ArrayList<Indexeintrag>();
        for (int i = 0; i < GESPEICHERT_AB + 500; i++) {
            var e = geschuetzt(
                    dokument(UUID.randomUUID(), "Nr " + i, i % 3 == 0 ? "selten oft" : "oft", zufall.nextInt(50)),
                    zufall.nextInt(3),
                    zufall.nextBoolean(),
                    vorgaenge.get(zufall.nextInt(60)),
                    zufall.nextInt(5) == 0 ? null : akten.get(zufall.nextInt(30)));
            alle.add(e);
            index.setze(e);
        }
        index.schreibeFest(UUID.randomUUID(), null);
        var person = UUID.randomUUID();
        for (int runde = 0; runde < 40; runde++) {
            Set<Integer> bereiche = new HashSet<>();
            zufall.ints(zufall.nextInt(20), 0, 50).forEach(bereiche::add);
            var s = new Sicht(
                    mandant,
                    person,
                    Recht.LESEN,
                    zufall.nextInt(3),
                    bereiche,
                    Set.of(vorgaenge.get(zufall.nextInt(60))),
                    Set.of(akten.get(zufall.nextInt(30))),
                    Set.of(akten.get(zufall.nextInt(30))),
                    List.of(),
                    1);
            for (String wort : List.of("oft", "selten", "oft")) {
                long erwartet = alle.stream()
                        .filter(e -> e.text().contains(wort) && darf(s, e))
                        .count();
                assertThat(Suche.suche(index, kopf, s, eine(wort), List.of()).gesamt())
                        .isEqualTo(erwartet);
            }
        }
        assertThat(kopf.speicher.getHitCount())
                .as("Antworten kamen aus dem Speicher")
                .isPositive();
    }

    /** One hit a page: only the number is asked for, and showing twenty costs more than counting. */
    private static Anfrage eine(String wort) {
        return new Anfrage(wort, null, Stelle.ANFANG, 1, Anfrage.Reihenfolge.RELEVANZ);
    }

    private static boolean darf(Sicht s, Indexeintrag e) {
        return e.stufe() <= s.ermaechtigung()
                && (s.bereiche().contains(e.schutzbereich())
                        || s.vorgaenge().contains(e.vorgang())
                        || (e.akte() != null && s.akten().contains(e.akte()) && !e.sonder()))
                && !(e.akte() != null && s.ausgeschlossen().contains(e.akte()));
    }

    private long gezaehlt(Sicht sicht) {
        var liste = Suche.suche(index, kopf, sicht, Anfrage.nach("Personalakte"), List.of());
        assertThat(liste.jeArt().values().stream().mapToLong(n -> n).sum()).isEqualTo(liste.gesamt());
        return liste.gesamt();
    }

    private List<String> titel(Sicht sicht) {
        return Suche.suche(index, kopf, sicht, Anfrage.nach("Personalakte"), List.of()).treffer().stream()
                .map(Treffer::titel)
                .toList();
    }
}
