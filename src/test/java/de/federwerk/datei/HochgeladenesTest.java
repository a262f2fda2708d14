package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Haustest;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.TeilweiseAbgelehnt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.mock.web.MockMultipartHttpServletRequest;

class HochgeladenesTest extends Haustest {

    @Autowired
    Hochgeladenes hochgeladenes;

    private final Set<UUID> da = new HashSet<>();

    @Test
    void scheitert_eine_werden_beide_sorten_beim_namen_genannt_und_die_anderen_bleiben() {
        assertThatThrownBy(() -> nimm("a.txt", "zu gross.pdf", "b.txt"))
                .isInstanceOf(TeilweiseAbgelehnt.class)
                .hasMessage("Übernommen: a.txt, b.txt. Nicht übernommen: zu gross.pdf – Die Datei ist zu groß.")
                .extracting(e -> ((Abgelehnt) e).art())
                .isEqualTo(Abgelehnt.Art.GRENZE);
        assertThat(da).hasSize(2);
    }

    @Test
    void nach_einem_fehler_des_programms_wird_nicht_behauptet_es_sei_nichts_geschehen() {
        assertThatThrownBy(() -> nimm("a.txt", "kaputt.pdf", "b.txt", "c.txt"))
                .isInstanceOf(TeilweiseAbgelehnt.class)
                .hasMessage(
                        "Übernommen: a.txt. Nicht übernommen: kaputt.pdf, b.txt, c.txt – Das Programm hat einen Fehler gemacht.");
        assertThatThrownBy(() -> nimm("kaputt.pdf", "b.txt")).isInstanceOf(IllegalStateException.class);
        assertThat(da).hasSize(1);
    }

    @Test
    void wurde_keine_uebernommen_bleibt_es_eine_einfache_ablehnung() {
        assertThatThrownBy(() -> nimm("zu gross.pdf"))
                .isExactlyInstanceOf(Abgelehnt.class)
                .hasMessage("Die Datei ist zu groß.");
        assertThatThrownBy(() -> nimm("zu gross.pdf", "auch zu gross.pdf"))
                .isExactlyInstanceOf(Abgelehnt.class)
                .hasMessage(
                        "Keine der Dateien wurde übernommen: zu gross.pdf, auch zu gross.pdf – Die Datei ist zu groß.");
        assertThatThrownBy(() -> nimm()).isExactlyInstanceOf(Abgelehnt.class);
        assertThat(da).isEmpty();
    }

    private List<UUID> nimm(String... namen) throws Exception {
        var anfrage = new MockMultipartHttpServletRequest();
        anfrage.setParameter("stapel", "8d5f7ad2-58a9-4f39-9a6a-6f0d6d1c2b3a");
        for (var name : namen) {
            anfrage.addFile(new MockMultipartFile(
                    "datei", name, "text/plain", name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        return Mandantenkontext.als(
                neuerMandant(),
                () -> hochgeladenes.nimm(anfrage, da::contains, (id, bytes, name) -> {
                    if (name.contains("zu gross")) {
                        throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Die Datei ist zu groß.");
                    }
                    if (name.contains("kaputt")) {
                        throw new IllegalStateException("kaputt");
                    }
                    da.add(id);
                }));
    }
}
