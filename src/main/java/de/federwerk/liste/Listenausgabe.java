package de.federwerk.liste;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mappe;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.basis.Tabellenausgabe;
import de.federwerk.gesicht.Blaettern;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        var zeilen = zeilen(wer, frage, "xlsx");
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
        var zeilen = zeilen(wer, Listenfrage.aus(Listenart.von(art), felder), "csv");
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

    private Iterable<List<String>> zeilen(Anmeldung wer, Listenfrage frage, String form) {
        var spalten = transaktion.execute(t -> {
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
                                    listen.anzahl(wer.person(), frage),
                                    frage.art().eins(),
                                    frage.art().viele())));
            return Listenseiten.gewaehlte(frage, listen, frage.spalten());
        });
        return () -> new Zeilen(wer.person(), frage, spalten);
    }

    /** The head, then a line for each, read piece by piece: each piece sees what this person may read when it is read. */
    private final class Zeilen implements Iterator<List<String>> {

        private final UUID person;
        private final Listenfrage frage;
        private final List<Spalte> spalten;
        private boolean kopf = true;
        private Seite<Listen.Zeile> stueck = Seite.leer();
        private int stelle;
        private int gelesen;
        private boolean abgeschnitten;
        private boolean hinweis;

        private Zeilen(UUID person, Listenfrage frage, List<Spalte> spalten) {
            this.person = person;
            this.frage = frage;
            this.spalten = spalten;
        }

        @Override
        public boolean hasNext() {
            if (kopf || hinweis) {
                return true;
            }
            if (stelle >= stueck.zeilen().size() && !abgeschnitten) {
                var weiter = stueck.weiter();
                if (gelesen > 0 && weiter == null) {
                    return false;
                }
                if (gelesen >= ZEILEN) {
                    abgeschnitten = true;
                    hinweis = true;
                    return true;
                }
                stueck = listen.seite(
                        person,
                        frage,
                        gelesen == 0 ? Stelle.ANFANG : frage.ordnung().lies(weiter),
                        JE_STUECK);
                stelle = 0;
            }
            return stelle < stueck.zeilen().size();
        }

        @Override
        public List<String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (kopf) {
                kopf = false;
                return spalten.stream().map(Spalte::wort).toList();
            }
            if (hinweis) {
                hinweis = false;
                return List.of(
                        "Hier abgeschnitten: Eine Tabelle fasst 100.000 Zeilen. Bitte grenzen Sie die Liste ein und geben Sie die Teile einzeln aus.");
            }
            gelesen++;
            var zeile = stueck.zeilen().get(stelle++);
            return spalten.stream().map(s -> zeile.wert(s.name())).toList();
        }
    }
}
