package de.federwerk.stand;

import de.federwerk.aktenplan.Planimport;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Poststellen;
import de.federwerk.protokoll.Protokoll;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Builds what stands before the first Akte: Mandant, units, persons, plan, Schutzbereiche and grants. The thousands set-based by
 * SQL; the few who sign in through the program, with a password.
 */
final class Stadtbau {

    /** Everyone who signs in. */
    static final String PASSWORT = "ein Passwort nur für den Stand";
    /** A clerk of the busiest Sachgebiet: few Schutzbereiche, but the position with very many Akten among them. */
    static final String WENIG = "wanda.wenig";
    /** An ordinary person who holds very many Schutzbereiche. */
    static final String VIEL = "viktor.viel";
    /** A Fachverfahren that uploads. */
    static final String VERFAHREN = "stand-verfahren";

    private final Haus haus;
    private final Stadtplan plan;
    private final String kuerzel;
    private final JdbcTemplate jdbc;

    Stadtbau(Haus haus, Stadtplan plan, String kuerzel) {
        this.kuerzel = kuerzel;
        this.haus = haus;
        this.plan = plan;
        this.jdbc = haus.bohne(JdbcTemplate.class);
    }

    void baue() {
        var mandant = Kennung.neu();
        haus.jdbc()
                .sql("INSERT INTO mandant (id, kuerzel, name) VALUES (?, ?, ?)")
                .params(mandant, kuerzel, "Stadt mit " + plan.umfang.dokumente() + " Dokumenten")
                .update();
        haus.betritt(mandant);
        haus.als(this::aktenplan);
        haus.als(() -> {
            var einheiten = einheiten();
            schutzbereiche(einheiten);
            personen(einheiten);
            benutzer(einheiten);
            haus.bohne(Poststellen.class)
                    .bestimme(einheiten.get(plan.riesenposition().einheit()));
        });
    }

    private void aktenplan() {
        var csv = plan.positionen.stream()
                .map(p -> p.kennzeichen() + ";" + p.titel() + ";10;bewerten")
                .collect(Collectors.joining(
                        "\n", "kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart\n", "\n"));
        haus.bohne(Planimport.class).lies(Protokoll.PROGRAMM, new StringReader(csv));
    }

    private List<UUID> einheiten() {
        var ids = new ArrayList<UUID>();
        for (var e : plan.einheiten) {
            var id = Kennung.neu();
            jdbc.update(
                    "INSERT INTO einheit (mandant_id, id, ueber_id, kuerzel, name) VALUES (?, ?, ?, ?, ?)",
                    haus.mandant(),
                    id,
                    e.ueber() < 0 ? null : ids.get(e.ueber()),
                    e.kuerzel(),
                    e.name());
            ids.add(id);
        }
        return ids;
    }

    private void schutzbereiche(List<UUID> einheiten) {
        var knoten = knoten();
        jdbc.batchUpdate(
                "INSERT INTO schutzbereich (mandant_id, plan_knoten, einheit_id, stufe) VALUES (?, ?, ?, 0)",
                plan.koordinaten.stream()
                        .map(k -> new Object[] {
                            haus.mandant(),
                            knoten.get(plan.positionen.get(k.position()).kennzeichen()),
                            einheiten.get(k.einheit())
                        })
                        .toList());
    }

    private Map<String, UUID> knoten() {
        var knoten = new HashMap<String, UUID>();
        jdbc.query(
                "SELECT kennzeichen, id FROM planknoten WHERE mandant_id = ?",
                zeile -> {
                    knoten.put(zeile.getString(1), zeile.getObject(2, UUID.class));
                },
                haus.mandant());
        return knoten;
    }

    /** Everybody works in a Sachgebiet; one in twelve reads the Fachdienst, one in a hundred the Dezernat, some a part of the plan. */
    private void personen(List<UUID> einheiten) {
        int anzahl = plan.umfang.personen();
        var ids = IntStream.range(0, anzahl).mapToObj(i -> Kennung.neu()).toList();
        var stellen = IntStream.range(0, anzahl).mapToObj(i -> Kennung.neu()).toList();
        jdbc.batchUpdate(
                "INSERT INTO person (mandant_id, id, anmeldename, vorname, nachname, pseudonym) VALUES (?, ?, ?, 'Nr.', ?, gen_random_uuid())",
                zeilen(anzahl, i -> new Object[] {haus.mandant(), ids.get(i), "p%05d".formatted(i), "Person " + i}));
        jdbc.batchUpdate(
                "INSERT INTO stelle (mandant_id, id, einheit_id, bezeichnung) VALUES (?, ?, ?, 'Sachbearbeitung')",
                zeilen(anzahl, i -> new Object[] {haus.mandant(), stellen.get(i), einheiten.get(plan.sachgebiet(i))}));
        jdbc.batchUpdate(
                "INSERT INTO stellenbesetzung (mandant_id, id, stelle_id, person_id) VALUES (?, ?, ?, ?)",
                zeilen(anzahl, i -> new Object[] {haus.mandant(), Kennung.neu(), stellen.get(i), ids.get(i)}));
        var knoten = List.copyOf(knoten().values());
        var freigaben = new ArrayList<Object[]>();
        for (int i = 0; i < anzahl; i++) {
            int sachgebiet = plan.sachgebiet(i);
            int dienst = plan.einheiten.get(sachgebiet).ueber();
            freigaben.add(freigabe("stelle", stellen.get(i), "einheit", einheiten.get(sachgebiet), 2));
            if (i % 12 == 1) {
                freigaben.add(freigabe("person", ids.get(i), "einheit", einheiten.get(dienst), 1));
            }
            if (i % 100 == 2) {
                freigaben.add(freigabe(
                        "person",
                        ids.get(i),
                        "einheit",
                        einheiten.get(plan.einheiten.get(dienst).ueber()),
                        1));
            }
            if (i % 50 == 3) {
                freigaben.add(freigabe("person", ids.get(i), "plan", knoten.get((31 * i) % knoten.size()), 1));
            }
        }
        jdbc.batchUpdate(
                "INSERT INTO freigabe (mandant_id, id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht) VALUES (?, ?, ?, ?, ?, ?, ?)",
                freigaben);
    }

    private Object[] freigabe(String subjekt, UUID wer, String ziel, UUID worauf, int recht) {
        return new Object[] {haus.mandant(), Kennung.neu(), subjekt, wer, ziel, worauf, recht};
    }

    private static List<Object[]> zeilen(int anzahl, java.util.function.IntFunction<Object[]> zeile) {
        return IntStream.range(0, anzahl).mapToObj(zeile).toList();
    }

    private void benutzer(List<UUID> einheiten) {
        var personen = haus.bohne(Personen.class);
        var berechtigungen = haus.bohne(Berechtigungen.class);
        int erstes = plan.riesenposition().einheit();
        var wenig = personen.nimmAuf(Protokoll.PROGRAMM, WENIG, "Wanda", "Wenig", null, false);
        var viel = personen.nimmAuf(Protokoll.PROGRAMM, VIEL, "Viktor", "Viel", null, false);
        var verfahren = personen.nimmAuf(Protokoll.PROGRAMM, VERFAHREN, "", "Verfahren des Standes", null, true);
        for (var person : List.of(wenig, viel)) {
            personen.setzePasswort(Protokoll.PROGRAMM, person, PASSWORT, false);
            personen.gib(Protokoll.PROGRAMM, person, Rolle.POSTEINGANG);
        }
        for (var person : List.of(wenig, viel, verfahren)) {
            berechtigungen.gebeFrei(Subjekt.PERSON, person, Ziel.EINHEIT, einheiten.get(erstes), Recht.BEARBEITEN);
            haus.bohne(de.federwerk.organisation.Einheiten.class)
                    .besetze(Protokoll.PROGRAMM, einheiten.get(erstes), "Sachbearbeitung", false, person);
        }
        long gehalten = 0;
        for (int i = erstes; gehalten < plan.umfang.grosseSicht() && i < einheiten.size(); i++) {
            int einheit = i;
            gehalten += plan.koordinaten.stream()
                    .filter(k -> k.einheit() == einheit)
                    .count();
            berechtigungen.gebeFrei(Subjekt.PERSON, viel, Ziel.EINHEIT, einheiten.get(i), Recht.LESEN);
        }
    }
}
