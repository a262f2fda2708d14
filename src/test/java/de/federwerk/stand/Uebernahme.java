package de.federwerk.stand;

import de.federwerk.uebernahme.Ausgabe;
import de.federwerk.uebernahme.Uebernahmeauftrag;
import de.federwerk.uebernahme.Uebernahmen;
import java.nio.file.Path;

/** Takes an {@link Aktenberg} into the town as {@code bin/import} does. */
final class Uebernahme {

    private Uebernahme() {}

    /** Returns when everything is in the Akten; reading and indexing go on. Milliseconds it took. */
    static double nimm(Haus haus, String kuerzel, Path berg, boolean laut) throws Exception {
        var gesagt = new StringBuilder();
        var ausgabe = new Ausgabe() {
            private long naechste;

            @Override
            public void zeile(String text) {
                gesagt.append(text).append('\n');
            }

            @Override
            public void fortschritt(String text) {
                if (laut && System.nanoTime() > naechste) {
                    System.err.println(text);
                    naechste = System.nanoTime() + 10_000_000_000L;
                }
            }

            @Override
            public boolean abgebrochen() {
                return false;
            }
        };
        var auftrag = new Uebernahmeauftrag(
                Aktenberg.ordner(berg), Aktenberg.tabelle(berg), false, berg.toString(), "", "Ohne Vorgang");
        return Messreihe.millisekunden(() -> {
            int ende = haus.bohne(Uebernahmen.class).fuehreAus(kuerzel, auftrag, ausgabe);
            if (ende != 0) {
                throw new IllegalStateException("Die Übernahme endet mit " + ende + ": " + gesagt);
            }
        });
    }
}
