package de.federwerk.suche;

import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Things to find and people to look for them. */
final class Probestadt {

    static final int OFFEN = 1;

    private Probestadt() {}

    static Indexeintrag dokument(String titel, String text) {
        return dokument(Kennung.neu(), titel, text, OFFEN);
    }

    static Indexeintrag dokument(UUID id, String titel, String text, int bereich) {
        return new Indexeintrag(
                id,
                "dokument",
                titel,
                null,
                text,
                bereich,
                0,
                false,
                null,
                null,
                Instant.parse("2026-03-01T10:00:00Z"),
                "",
                null,
                null);
    }

    /** As the {@link Probequelle} owns it. */
    static Indexeintrag probe(UUID id, String titel, String text, int bereich) {
        return mit(dokument(id, titel, text, bereich), "probe", null);
    }

    static Indexeintrag mit(Indexeintrag e, String art, @Nullable String aktenzeichen) {
        return new Indexeintrag(
                e.id(),
                art,
                e.titel(),
                aktenzeichen,
                e.text(),
                e.schutzbereich(),
                e.stufe(),
                e.sonder(),
                e.vorgang(),
                e.akte(),
                e.datum(),
                e.zusatz(),
                e.einheit(),
                e.dokumentart());
    }

    static Indexeintrag geschuetzt(
            Indexeintrag e, int stufe, boolean sonder, @Nullable UUID vorgang, @Nullable UUID akte) {
        return new Indexeintrag(
                e.id(),
                e.art(),
                e.titel(),
                e.aktenzeichen(),
                e.text(),
                e.schutzbereich(),
                stufe,
                sonder,
                vorgang,
                akte,
                e.datum(),
                e.zusatz(),
                e.einheit(),
                e.dokumentart());
    }

    static Sicht sicht(
            UUID mandant,
            int ermaechtigung,
            Set<Integer> bereiche,
            Set<UUID> vorgaenge,
            Set<UUID> akten,
            Set<UUID> ausgeschlossen) {
        return new Sicht(
                mandant,
                UUID.randomUUID(),
                Recht.LESEN,
                ermaechtigung,
                bereiche,
                vorgaenge,
                akten,
                ausgeschlossen,
                List.of(),
                1);
    }

    static Sicht sicht(UUID mandant, Integer... bereiche) {
        return sicht(mandant, 0, Set.of(bereiche), Set.of(), Set.of(), Set.of());
    }
}
