package de.federwerk.uebernahme;

import de.federwerk.Teststadt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** An old network drive and somebody who takes it over. */
abstract class Laufwerktest extends Teststadt {

    protected static final String SONDER = "66 Tiefbau/66.20 Straßenverwaltung/66.20.03 Sondernutzungen/";

    @Autowired
    Uebernahmen uebernahmen;

    @TempDir
    Path laufwerk;

    /** What the console would show. @param rest files after which nobody wants it any more */
    protected static final class Mitschrift implements Ausgabe {

        private final List<String> zeilen = new ArrayList<>();
        private final AtomicInteger rest;

        Mitschrift(int rest) {
            this.rest = new AtomicInteger(rest);
        }

        @Override
        public synchronized void zeile(String text) {
            zeilen.add(text);
        }

        @Override
        public void fortschritt(String text) {
            // Only for people.
        }

        @Override
        public boolean abgebrochen() {
            return rest.decrementAndGet() < 0;
        }

        synchronized String alles() {
            return String.join("\n", zeilen);
        }

        String bericht() {
            var datei = alles().lines()
                    .filter(z -> z.startsWith("Bericht: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(9);
            try {
                return Files.readString(Path.of(datei));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    protected Path schreibe(String pfad, String inhalt) {
        try {
            var datei = laufwerk.resolve(pfad);
            Files.createDirectories(datei.getParent());
            return Files.writeString(datei, inhalt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected Uebernahmeauftrag auftrag(@Nullable Path tabelle, boolean probe) {
        return new Uebernahmeauftrag(laufwerk, tabelle, probe, laufwerk.toString(), "", "Allgemeines");
    }

    protected int uebernimm(Stadt stadt, Uebernahmeauftrag auftrag, Ausgabe ausgabe) {
        var kuerzel = jdbc.sql("SELECT kuerzel FROM mandant WHERE id = ?")
                .param(stadt.mandant())
                .query(String.class)
                .single();
        return uebernahmen.fuehreAus(kuerzel, auftrag, ausgabe);
    }

    protected long zahl(Stadt stadt, String frage) {
        return als(stadt.mandant(), () -> jdbc.sql(frage).query(Long.class).single());
    }
}
