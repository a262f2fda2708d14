package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Einschraenkungen;
import de.federwerk.akte.Stapelablage;
import de.federwerk.akte.Stapelablage.NeueAkte;
import de.federwerk.akte.Stapelablage.NeuerVorgang;
import de.federwerk.akte.Stapelablage.NeuesDokument;
import de.federwerk.akte.Stapelablage.Vorgang;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes one batch of {@link Posten} in the running transaction: Akten and Vorgänge that are not there yet, then everything else. */
final class Eintragung {

    /** @param vorgang where it lies now; null if it could not be filed @param grund why not, German */
    record Ergebnis(
            Posten posten,
            @Nullable Vorgang vorgang,
            @Nullable String grund) {}

    /** @param ergebnisse one for each Posten that was not there already */
    record Gebucht(List<Ergebnis> ergebnisse, int akten, int vorgaenge, long bytes) {

        long dokumente() {
            return ergebnisse.stream().filter(e -> e.vorgang != null).count();
        }
    }

    private static final String GESPERRT =
            "Die Verarbeitung ist dort eingeschränkt (Art. 18 DSGVO): Bis sie frei ist, kommt nichts hinein";

    private record Zielzeile(
            UUID schluessel, UUID akteId, @Nullable UUID vorgangId) {}

    private final JdbcClient datenbank;
    private final Stapelablage ablage;
    private final Einschraenkungen einschraenkungen;
    private final Anmeldung konto;
    private final UUID uebernahme;

    Eintragung(
            JdbcClient datenbank,
            Stapelablage ablage,
            Einschraenkungen einschraenkungen,
            Anmeldung konto,
            UUID uebernahme) {
        this.datenbank = datenbank;
        this.ablage = ablage;
        this.einschraenkungen = einschraenkungen;
        this.konto = konto;
        this.uebernahme = uebernahme;
    }

    /** Idempotent: what a transaction wrote whose commit nobody saw is not written again. */
    Gebucht trageEin(List<Posten> stapel) {
        var schon = schonDa(stapel);
        var neue = stapel.stream()
                .filter(p -> !schon.contains(p.fund().schluessel()))
                .toList();
        var akten = new HashMap<UUID, UUID>();
        var vorgaenge = new HashMap<UUID, UUID>();
        for (var p : neue) {
            if (p.platz().akteId() != null) {
                akten.put(p.platz().akte(), p.platz().akteId());
            }
        }
        bekannte(neue, akten, vorgaenge);
        var gesperrt = gesperrte(neue, akten, vorgaenge);
        var posten = neue.stream().filter(p -> !gesperrt.contains(p)).toList();
        int neueAkten = legeAkten(posten, akten);
        int neueVorgaenge = eroeffne(posten, akten, vorgaenge);
        var ergebnisse = lege(posten, vorgaenge);
        gesperrt.forEach(p -> ergebnisse.add(new Ergebnis(p, null, GESPERRT)));
        var gelegt = ergebnisse.stream().filter(e -> e.vorgang != null).toList();
        long bytes = gelegt.stream().mapToLong(e -> e.posten.blob().laenge()).sum();
        datenbank
                .sql("""
                UPDATE uebernahme SET dokumente = dokumente + ?, bytes = bytes + ?, akten = akten + ?, vorgaenge = vorgaenge + ?, zuletzt = now()
                 WHERE mandant_id = ? AND id = ?""")
                .params(gelegt.size(), bytes, neueAkten, neueVorgaenge, mandant(), uebernahme)
                .update();
        return new Gebucht(ergebnisse, neueAkten, neueVorgaenge, bytes);
    }

    /** What would go into an Akte or a Vorgang whose processing is restricted: it is named, and everything else goes on. */
    private List<Posten> gesperrte(List<Posten> posten, Map<UUID, UUID> akten, Map<UUID, UUID> vorgaenge) {
        var ziele = new HashMap<Posten, UUID>();
        for (var p : posten) {
            var platz = p.platz();
            var vorgang = platz.vorgangId() != null ? platz.vorgangId() : vorgaenge.get(platz.vorgang());
            var ziel = vorgang != null ? vorgang : akten.get(platz.akte());
            if (ziel != null) {
                ziele.put(p, ziel);
            }
        }
        var gesperrt = einschraenkungen.gesperrt(new HashSet<>(ziele.values()));
        return posten.stream()
                .filter(p -> ziele.containsKey(p) && gesperrt.contains(ziele.get(p)))
                .toList();
    }

    private Set<UUID> schonDa(List<Posten> stapel) {
        return new HashSet<>(datenbank
                .sql(
                        "SELECT schluessel FROM uebernahme_posten WHERE mandant_id = ? AND uebernahme_id = ? AND schluessel = ANY (CAST(? AS uuid[]))")
                .param(mandant())
                .param(uebernahme)
                .param(texte(stapel, p -> p.fund().schluessel().toString()))
                .query(UUID.class)
                .list());
    }

    private void bekannte(List<Posten> posten, Map<UUID, UUID> akten, Map<UUID, UUID> vorgaenge) {
        var gesucht = new HashSet<UUID>();
        for (var p : posten) {
            gesucht.add(p.platz().akte());
            gesucht.add(p.platz().vorgang());
        }
        datenbank
                .sql(
                        "SELECT schluessel, akte_id, vorgang_id FROM uebernahme_ziel WHERE mandant_id = ? AND uebernahme_id = ? AND schluessel = ANY (CAST(? AS uuid[]))")
                .param(mandant())
                .param(uebernahme)
                .param(texte(gesucht, UUID::toString))
                .query(Zielzeile.class)
                .list()
                .forEach(z -> {
                    if (z.vorgangId == null) {
                        akten.put(z.schluessel, z.akteId);
                    } else {
                        vorgaenge.put(z.schluessel, z.vorgangId);
                    }
                });
    }

    private int legeAkten(List<Posten> posten, Map<UUID, UUID> akten) {
        var neue = new LinkedHashMap<UUID, NeueAkte>();
        for (var p : posten) {
            var platz = p.platz();
            if (platz.vorgangId() == null && !akten.containsKey(platz.akte())) {
                neue.computeIfAbsent(
                        platz.akte(),
                        k -> new NeueAkte(
                                Kennung.neu(),
                                Objects.requireNonNull(platz.position()),
                                Objects.requireNonNull(platz.einheit()),
                                platz.stufe(),
                                platz.akteTitel()));
            }
        }
        ablage.legeAkten(konto, List.copyOf(neue.values()));
        neue.forEach((schluessel, akte) -> akten.put(schluessel, akte.id()));
        merke(neue.entrySet().stream()
                .map(e -> new Zielzeile(e.getKey(), e.getValue().id(), null))
                .toList());
        return neue.size();
    }

    private int eroeffne(List<Posten> posten, Map<UUID, UUID> akten, Map<UUID, UUID> vorgaenge) {
        var neue = new LinkedHashMap<UUID, NeuerVorgang>();
        for (var p : posten) {
            var platz = p.platz();
            if (platz.vorgangId() == null && !vorgaenge.containsKey(platz.vorgang())) {
                neue.computeIfAbsent(
                        platz.vorgang(),
                        k -> new NeuerVorgang(
                                Kennung.neu(),
                                Objects.requireNonNull(akten.get(platz.akte())),
                                platz.vorgangTitel(),
                                platz.vermerk()));
            }
        }
        ablage.eroeffne(konto, List.copyOf(neue.values()));
        neue.forEach((schluessel, vorgang) -> vorgaenge.put(schluessel, vorgang.id()));
        merke(neue.entrySet().stream()
                .map(e -> new Zielzeile(
                        e.getKey(), e.getValue().akte(), e.getValue().id()))
                .toList());
        return neue.size();
    }

    private void merke(List<Zielzeile> ziele) {
        if (ziele.isEmpty()) {
            return;
        }
        datenbank
                .sql("""
                INSERT INTO uebernahme_ziel (mandant_id, uebernahme_id, schluessel, akte_id, vorgang_id)
                SELECT ?, ?, t.* FROM unnest(CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[])) AS t""")
                .param(mandant())
                .param(uebernahme)
                .param(texte(ziele, z -> z.schluessel.toString()))
                .param(texte(ziele, z -> z.akteId.toString()))
                .param(texte(ziele, z -> z.vorgangId == null ? null : z.vorgangId.toString()))
                .update();
    }

    private List<Ergebnis> lege(List<Posten> posten, Map<UUID, UUID> vorgaenge) {
        var wohin = new HashMap<Posten, UUID>();
        posten.forEach(p -> wohin.put(
                p,
                p.platz().vorgangId() != null
                        ? p.platz().vorgangId()
                        : Objects.requireNonNull(vorgaenge.get(p.platz().vorgang()))));
        var gehalten = ablage.halte(wohin.values().stream().distinct().toList());
        var ergebnisse = new ArrayList<Ergebnis>();
        var neue = new ArrayList<NeuesDokument>();
        var gelegte = new ArrayList<Fund>();
        for (var p : posten) {
            var vorgang = gehalten.get(wohin.get(p));
            if (vorgang == null || !vorgang.offen()) {
                ergebnisse.add(new Ergebnis(
                        p,
                        null,
                        "Der Vorgang " + (vorgang == null ? "" : vorgang.aktenzeichen())
                                + " ist zu den Akten gelegt (zdA) und nimmt nichts mehr auf"));
                continue;
            }
            var platz = p.platz();
            neue.add(new NeuesDokument(
                    Kennung.neu(),
                    vorgang.id(),
                    p.blob(),
                    p.fund().name(),
                    platz.titel(),
                    platz.dokumentart(),
                    platz.absender(),
                    platz.datum()));
            gelegte.add(p.fund());
            ergebnisse.add(new Ergebnis(p, vorgang, null));
        }
        ablage.lege(konto, gehalten, neue);
        datenbank
                .sql("""
                INSERT INTO uebernahme_posten (mandant_id, uebernahme_id, schluessel, pfad, laenge, geaendert, dokument_id)
                SELECT ?, ?, t.* FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS timestamptz[]), CAST(? AS uuid[])) AS t""")
                .param(mandant())
                .param(uebernahme)
                .param(texte(gelegte, f -> f.schluessel().toString()))
                .param(texte(gelegte, f -> f.pfad().replace("\0", "")))
                .param(gelegte.stream().mapToLong(Fund::laenge).toArray())
                .param(texte(gelegte, f -> f.geaendert().toString()))
                .param(texte(neue, d -> d.id().toString()))
                .update();
        return ergebnisse;
    }

    private static <T> @Nullable String[] texte(Collection<T> liste, Function<T, @Nullable String> feld) {
        return liste.stream().map(feld).toArray(String[]::new);
    }
}
