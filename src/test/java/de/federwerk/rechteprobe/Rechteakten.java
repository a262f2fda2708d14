package de.federwerk.rechteprobe;

import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.rechteprobe.Rechtemodell.Schutzbereich;
import de.federwerk.suche.Index;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Akten of a {@link Rechtewelt} with what lies in them, and its Eingänge: as rows, as facts, and noted for the index. */
final class Rechteakten {

    /** Where an Akte stands in the Aktenplan; its rights follow its Schutzbereich. */
    final Map<UUID, UUID> positionen = new HashMap<>();

    /** Which unit leads an Akte, a Vorgang or an Eingang, whatever lies in its Schutzbereich. */
    final Map<UUID, UUID> federfuehrend = new HashMap<>();

    private final Rechtewelt welt;
    private final JdbcClient jdbc;
    private final @Nullable Index index;
    /** The bytes of every file. */
    private @Nullable Blob inhalt;

    /** @param index null: nothing is indexed */
    Rechteakten(Rechtewelt welt, JdbcClient jdbc, @Nullable Index index) {
        this.welt = welt;
        this.jdbc = jdbc;
        this.index = index;
    }

    /** @param aller of every file, noted in this transaction */
    void baue(Blob aller) {
        inhalt = aller;
    }

    Blob inhalt() {
        return requireNonNull(inhalt);
    }

    /** What there is of these kinds. */
    List<Ding> dinge(String... arten) {
        var welche = Set.of(arten);
        return welt.modell.dinge.values().stream()
                .filter(d -> welche.contains(d.art()))
                .toList();
    }

    void akte() {
        var id = welt.zufall.kennung();
        var position = welt.zufall.eines(welt.modell.positionen.keySet());
        var einheit = welt.zufall.eines(welt.modell.einheiten.keySet());
        var bereich = welt.bereich(
                position, einheit, welt.zufall.stufe(), welt.zufall.inVonHundert(20) ? welt.sonderbereich() : null);
        welt.satz(
                "akte",
                "id, aktenzeichen, titel, planknoten_id, einheit_id, schutzbereich_id, angelegt_von",
                id,
                "A-" + welt.naechste(),
                Rechtewelt.WORT,
                position,
                einheit,
                bereich.nr(),
                welt.zufall.kennung());
        positionen.put(id, position);
        federfuehrend.put(id, einheit);
        nimm(new Ding(id, "akte", bereich.nr(), null, id));
        for (int i = 0; i <= welt.zufall.zahl(2); i++) vorgang(welt.modell.dinge.get(id));
    }

    void vorgang(Ding akte) {
        var id = welt.zufall.kennung();
        var einheit = welt.zufall.eines(welt.modell.einheiten.keySet());
        int bereich = abweichend(akte.bereich());
        welt.satz(
                "vorgang",
                "id, akte_id, aktenzeichen, titel, einheit_id, schutzbereich_id, angelegt_von",
                id,
                akte.id(),
                "V-" + welt.naechste(),
                Rechtewelt.WORT,
                einheit,
                bereich,
                welt.zufall.kennung());
        federfuehrend.put(id, einheit);
        nimm(new Ding(id, "vorgang", bereich, id, akte.id()));
        for (int i = 0; i < welt.zufall.zahl(3); i++) dokument(welt.modell.dinge.get(id));
    }

    void dokument(Ding vorgang) {
        var id = welt.zufall.kennung();
        int bereich = abweichend(vorgang.bereich());
        welt.satz(
                "dokument",
                "id, vorgang_id, akte_id, nummer, titel, schutzbereich_id, angelegt_von",
                id,
                vorgang.id(),
                vorgang.akte(),
                welt.naechste(),
                Rechtewelt.WORT,
                bereich,
                welt.zufall.kennung());
        welt.satz(
                "version",
                "id, dokument_id, nummer, datei_id, angelegt_von",
                welt.zufall.kennung(),
                id,
                1,
                datei(),
                welt.zufall.kennung());
        nimm(new Ding(id, "dokument", bereich, vorgang.id(), vorgang.akte()));
    }

    void eingang() {
        var id = welt.zufall.kennung();
        var einheit = welt.zufall.eines(welt.modell.einheiten.keySet());
        var bereich = welt.bereich(null, einheit, welt.zufall.stufe(), null);
        welt.satz(
                "eingang",
                "id, nummer, eingegangen, kanal, datei_id, einheit_id, schutzbereich_id",
                id,
                "2026-%06d".formatted(welt.naechste()),
                welt.jetzt(),
                "upload",
                datei(),
                einheit,
                bereich.nr());
        federfuehrend.put(id, einheit);
        nimm(new Ding(id, "eingang", bereich.nr(), null, null));
    }

    private UUID datei() {
        var id = welt.zufall.kennung();
        welt.satz(
                "datei",
                "id, blob_id, dateiname, laenge, sha256, stand",
                id,
                inhalt().id(),
                Rechtewelt.WORT + " mit Anlage.txt",
                1,
                new byte[32],
                "fertig");
        return id;
    }

    /** Mostly as what it lies in. */
    private int abweichend(int bereich) {
        var b = welt.modell.bereiche.get(bereich);
        return welt.zufall.inVonHundert(80)
                ? bereich
                : welt.bereich(
                                b.position(),
                                b.einheit(),
                                welt.zufall.stufe(),
                                welt.zufall.inVonHundert(50) ? welt.sonderbereich() : b.sonder())
                        .nr();
    }

    private void nimm(Ding ding) {
        welt.modell.dinge.put(ding.id(), ding);
        if (index != null) {
            index.vormerken(ding.art(), ding.id());
        }
    }

    /** It lies in another Schutzbereich from now on; hidden from the search until that knows it. */
    void verlege(Ding ding, Schutzbereich bereich) {
        welt.setze(ding.art(), ding.id(), "schutzbereich_id", bereich.nr());
        welt.modell.dinge.put(ding.id(), new Ding(ding.id(), ding.art(), bereich.nr(), ding.vorgang(), ding.akte()));
        if (index != null) {
            index.vormerkenUndSperren(ding.art(), ding.id());
        }
        if (ding.art().equals("vorgang")) {
            // What was filed there is seen by whoever sees the Vorgang: the database sees to it.
            welt.modell.dinge.replaceAll(
                    (id, d) -> d.art().equals("eingang") && ding.id().equals(d.vorgang())
                            ? new Ding(id, "eingang", bereich.nr(), d.vorgang(), d.akte())
                            : d);
        }
    }

    void lege(Ding eingang, Ding vorgang, UUID dokument, UUID person) {
        jdbc.sql(
                        "UPDATE eingang SET status = 'abgelegt', vorgang_id = ?, dokument_id = ?, abgelegt = now(), abgelegt_von = ? WHERE mandant_id = ? AND id = ?")
                .params(vorgang.id(), dokument, person, welt.mandant, eingang.id())
                .update();
        welt.modell.dinge.put(
                eingang.id(), new Ding(eingang.id(), "eingang", vorgang.bereich(), vorgang.id(), vorgang.akte()));
        if (index != null) {
            index.vormerkenUndSperren("eingang", eingang.id());
        }
    }
}
