package de.federwerk.suche;

import static de.federwerk.suche.Probestadt.OFFEN;
import static de.federwerk.suche.Probestadt.dokument;
import static de.federwerk.suche.Probestadt.sicht;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.store.LockObtainFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which index is believed after the program was killed. */
class MandantenindexTest {

    @TempDir
    Path ordner;

    private final Suchkopf kopf = new Suchkopf();
    private final UUID erster = UUID.randomUUID();
    private final UUID zweiter = UUID.randomUUID();

    @Test
    void ein_index_ohne_fertigen_aufbau_gilt_nicht() throws IOException {
        try (var index = new Mandantenindex(ordner, kopf, null, 0)) {
            index.beginneAufbau();
            index.baueEin(dokument("Halb", ""));
            index.schreibeFest(erster, null);
        }
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThat(index.brauchtAufbau()).isTrue();
            assertThat(gezaehlt(index, "Halb")).isZero();
        }
    }

    @Test
    void ein_unterbrochener_erster_aufbau_ist_kein_verlust_ein_geloeschter_index_schon() throws IOException {
        try (var index = new Mandantenindex(ordner, kopf, null, 0)) {
            index.beginneAufbau();
            index.schreibeFest(erster, null);
            assertThat(index.verlust()).isNull();
        }
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThat(index.verlust()).isNull();
            index.beginneAufbau();
            index.schliesseAufbauAb(erster);
            index.verwirf();
        }
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThat(index.verlust()).isEqualTo("Der Index fehlt");
        }
        // Nor does the killed rebuild of a lost one make the loss forgotten.
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThat(index.verlust()).isEqualTo("Der Index fehlt");
        }
    }

    @Test
    void zwischen_den_beiden_commits_getoetet_gilt_er_aus_einer_sicherung_nicht() throws IOException {
        baue();
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            index.setze(dokument("Neu", ""));
            index.schreibeFest(zweiter, erster);
            index.setze(dokument("Nicht festgeschrieben", ""));
        }
        for (UUID stand : List.of(erster, zweiter)) {
            try (var index = new Mandantenindex(ordner, kopf, stand, 0)) {
                assertThat(index.brauchtAufbau()).isFalse();
                assertThat(gezaehlt(index, "Alt")).isEqualTo(1);
                assertThat(gezaehlt(index, "Neu")).isEqualTo(1);
                assertThat(gezaehlt(index, "festgeschrieben")).isZero();
            }
        }
        try (var index = new Mandantenindex(ordner, kopf, UUID.randomUUID(), 0)) {
            assertThat(index.brauchtAufbau()).isTrue();
            assertThat(gezaehlt(index, "Alt")).isZero();
        }
    }

    @Test
    void ein_zweites_programm_bekommt_den_ordner_nicht_und_zerstoert_nichts() throws IOException {
        baue();
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThatThrownBy(() -> new Mandantenindex(ordner, kopf, erster, 0))
                    .isInstanceOf(LockObtainFailedException.class);
            assertThat(gezaehlt(index, "Alt")).isEqualTo(1);
        }
        try (var index = new Mandantenindex(ordner, kopf, erster, 0)) {
            assertThat(index.brauchtAufbau()).isFalse();
        }
    }

    private void baue() throws IOException {
        try (var index = new Mandantenindex(ordner, kopf, null, 0)) {
            index.beginneAufbau();
            index.baueEin(dokument("Alt", ""));
            index.schliesseAufbauAb(erster);
        }
    }

    private long gezaehlt(Mandantenindex index, String wort) {
        return Suche.suche(index, kopf, sicht(UUID.randomUUID(), OFFEN), Anfrage.nach(wort), List.of())
                .gesamt();
    }
}
