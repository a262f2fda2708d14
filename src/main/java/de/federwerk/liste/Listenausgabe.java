package de.federwerk.liste;

import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mappe;
import de.federwerk.basis.Tabellenausgabe;
import de.federwerk.gesicht.Blaettern;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A list as a table to take along: what it is narrowed to, with its columns in its order; on record before the first line leaves. */
@Controller
class Listenausgabe {

    /** More lines than this are no table that anybody works with; the last one says so. */
    static final int ZEILEN = 100_000;

    private static final int JE_STUECK = 1_000;

    private final Listen listen;
    private final Listenworte worte;
    private final Protokoll protokoll;
    private final TransactionTemplate transaktion;

    Listenausgabe(Listen listen, Listenworte worte, Protokoll protokoll, TransactionTemplate transaktion) {
        this.listen = listen;
        this.worte = worte;
        this.protokoll = protokoll;
        this.transaktion = transaktion;
    }

    /** @param art which list; the rest of its address as on its page */
    @GetMapping("/listen/ausgabe.xlsx")
    void xlsx(
            @RequestParam(defaultValue = "akten") String art,
            @RequestParam MultiValueMap<String, String> felder,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        var frage = Listenfrage.aus(Listenart.von(art), felder);
        var zeilen = zeilen(wer, frage, "xlsx", JE_STUECK);
        kopf(antwort, art + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        Mappe.schreibe(antwort.getOutputStream(), frage.art().name(), zeilen);
    }

    @GetMapping("/listen/ausgabe.csv")
    void csv(
            @RequestParam(defaultValue = "akten") String art,
            @RequestParam MultiValueMap<String, String> felder,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        var zeilen = zeilen(wer, Listenfrage.aus(Listenart.von(art), felder), "csv", JE_STUECK);
        kopf(antwort, art + ".csv", "text/csv; charset=UTF-8");
        var aus = antwort.getOutputStream();
        aus.write(Tabellenausgabe.MARKE.getBytes(StandardCharsets.UTF_8));
        for (var zeile : zeilen) {
            aus.write(Tabellenausgabe.zeile(zeile).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void kopf(HttpServletResponse antwort, String name, String art) {
        antwort.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        antwort.setContentType(art);
    }

    private record Ausgabe(List<Spalte> spalten, List<UUID> ids) {}

    /** @param jeStueck so many lines are read at once */
    Iterable<List<String>> zeilen(Anmeldung wer, Listenfrage gefragt, String form, int jeStueck) {
        var frage = listen.ohneFremdeFelder(gefragt);
        var ausgabe = requireNonNull(transaktion.execute(t -> {
            var ids = listen.alle(wer.person(), frage, ZEILEN + 1).orElseThrow(Listengeduld::zuLange);
            protokoll.schreibe(
                    wer.pseudonym(),
                    "liste.ausgegeben",
                    Kennung.neu(),
                    null,
                    Map.of(
                            "art",
                            frage.art().tabelle(),
                            "form",
                            form,
                            "text",
                            worte.alles(wer, frage),
                            "umfang",
                            Blaettern.gesamt(
                                    new Anzahl(Math.min(ids.size(), ZEILEN), ids.size() > ZEILEN),
                                    frage.art().eins(),
                                    frage.art().viele())));
            return new Ausgabe(Spaltenbild.gewaehlte(frage, listen.felder(frage), frage.spalten()), ids);
        }));
        return () -> new Zeilen(wer.person(), frage, ausgabe, jeStueck);
    }

    /**
     * The head, then a line for each that was in the list when it was asked for: however the order changes meanwhile, none comes twice and none is left
     * out. Read piece by piece; each piece sees what this person may read when it is read.
     */
    private final class Zeilen implements Iterator<List<String>> {

        private final UUID person;
        private final Listenfrage frage;
        private final Ausgabe ausgabe;
        private final int jeStueck;
        private final Deque<List<String>> bereit = new ArrayDeque<>();
        private int gelesen;

        private Zeilen(UUID person, Listenfrage frage, Ausgabe ausgabe, int jeStueck) {
            this.person = person;
            this.frage = frage;
            this.ausgabe = ausgabe;
            this.jeStueck = jeStueck;
            bereit.add(ausgabe.spalten.stream().map(Spalte::wort).toList());
        }

        @Override
        public boolean hasNext() {
            int alle = Math.min(ausgabe.ids.size(), ZEILEN);
            while (bereit.isEmpty() && gelesen < alle) {
                int bis = Math.min(alle, gelesen + jeStueck);
                for (var zeile : listen.zeilen(person, frage, ausgabe.ids.subList(gelesen, bis))) {
                    bereit.add(ausgabe.spalten.stream()
                            .map(s -> zeile.wert(s.name()))
                            .toList());
                }
                gelesen = bis;
                if (bis == ZEILEN && ausgabe.ids.size() > ZEILEN) {
                    bereit.add(
                            List.of(
                                    "Hier abgeschnitten: Eine Tabelle fasst 100.000 Zeilen. Bitte grenzen Sie die Liste ein und geben Sie die Teile einzeln aus."));
                }
            }
            return !bereit.isEmpty();
        }

        @Override
        public List<String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return bereit.remove();
        }
    }
}
