package de.federwerk.verzeichnis;

import de.federwerk.verzeichnis.Gruppenzuordnungen.Deutung;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a look into the LDAP directory shows before anything is saved: the first persons, the groups, and what a comparison would do. */
record Vorschau(Abgleich.Plan plan, List<Zeile> personen, List<Gruppe> gruppen, int gruppenzahl, int verweise) {

    static final int PERSONEN = 20;
    private static final int GRUPPEN = 50;

    /** @param bedeutung roles and Stellen that follow from the groups */
    record Zeile(
            String name,
            String anmeldename,
            @Nullable String mail,
            @Nullable String mangel,
            String bedeutung) {}

    record Gruppe(String name, String bedeutung) {}

    static Vorschau aus(Ldapverzeichnis.Bestand bestand, Abgleich.Plan plan) {
        return new Vorschau(
                plan,
                bestand.personen().stream()
                        .limit(PERSONEN)
                        .map(f -> new Zeile(
                                f.name(),
                                f.anmeldename(),
                                f.mail(),
                                f.mangel(),
                                bedeutung(plan.deutung(), f.gruppen())))
                        .toList(),
                bestand.gruppen().stream()
                        .limit(GRUPPEN)
                        .map(g -> new Gruppe(g, bedeutung(plan.deutung(), List.of(g))))
                        .toList(),
                bestand.gruppen().size(),
                bestand.verweise());
    }

    private static String bedeutung(Deutung deutung, Collection<String> gruppen) {
        return gruppen.stream()
                .flatMap(g -> deutung.zeilen(g).stream())
                .map(Gruppenzuordnungen.Zeile::bedeutung)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    List<String> unpassend() {
        return plan.unpassend().stream().limit(PERSONEN).toList();
    }
}
