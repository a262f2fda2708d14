package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.bescheid.Bescheide.Druckstueck;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The letters that leave on paper. Printed as often as need be, taken to the post once: that day counts. For everybody who may work on the Vorgang
 * a letter belongs to.
 */
@Component
class Druckstrasse {

    private static final int ZUGLEICH = 200;
    private static final long BYTES = 200_000_000;

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Bescheide bescheide;
    private final Bekanntgaben bekanntgaben;
    private final Blobs blobs;
    private final Protokoll protokoll;

    Druckstrasse(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Bescheide bescheide,
            Bekanntgaben bekanntgaben,
            Blobs blobs,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.bescheide = bescheide;
        this.bekanntgaben = bekanntgaben;
        this.blobs = blobs;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Druckstueck> liste(Anmeldung wer) {
        return bescheide.imDruck(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN));
    }

    /** Of those that are waiting; what is not hers or has gone is not among them. */
    private List<Druckstueck> gewaehlte(Anmeldung wer, List<UUID> ids) {
        if (ids.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte wählen Sie wenigstens einen Brief.");
        }
        if (ids.size() > ZUGLEICH) {
            throw Abgelehnt.eingabe("Möglich sind " + ZUGLEICH + " Briefe auf einmal.");
        }
        return liste(wer).stream().filter(d -> ids.contains(d.bescheid().id())).toList();
    }

    private record Zeile(UUID id, long laenge, byte[] sha256, String ort) {
        Blob blob() {
            return new Blob(id, laenge, sha256, ort);
        }
    }

    /**
     * What the chosen letters are made of, in the order of the list; from now on they count as printed.
     *
     * @throws Abgelehnt (EINGABE) if nothing was chosen, (KONFLIKT) if one of them is not waiting (any more)
     */
    @Transactional
    public List<Blob> drucke(Anmeldung wer, List<UUID> ids) {
        var stuecke = gewaehlte(wer, ids);
        verlangeAlle(stuecke, ids);
        var alle = new ArrayList<Blob>();
        for (var stueck : stuecke) {
            alle.add(datenbank
                    .sql("""
                    SELECT o.id, o.laenge, o.sha256, o.ort FROM bescheid b
                      JOIN version v ON v.mandant_id = b.mandant_id AND v.id = b.version_id
                      JOIN datei d ON d.mandant_id = v.mandant_id AND d.id = v.datei_id
                      JOIN blob o ON o.mandant_id = d.mandant_id AND o.id = d.blob_id
                     WHERE b.mandant_id = ? AND b.id = ? AND d.sha256 = b.sha256""")
                    .params(mandant(), stueck.bescheid().id())
                    .query(Zeile.class)
                    .single()
                    .blob());
            datenbank
                    .sql("UPDATE bescheid SET gedruckt = now() WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), stueck.bescheid().id())
                    .update();
            merke(
                    wer,
                    "bescheid.gedruckt",
                    stueck.bescheid(),
                    Map.of("titel", stueck.bescheid().betreff()));
        }
        if (alle.stream().mapToLong(Blob::laenge).sum() > BYTES) {
            throw Abgelehnt.eingabe("Das wird zu groß für eine Datei. Bitte drucken Sie weniger Briefe auf einmal.");
        }
        return alle;
    }

    private static void verlangeAlle(List<Druckstueck> stuecke, List<UUID> ids) {
        if (stuecke.size() < ids.stream().distinct().count()) {
            throw Abgelehnt.konflikt(
                    "Ein Teil der gewählten Briefe wartet nicht mehr: Jemand anderes hat sie schon abgesandt. Es wurde nichts ausgeführt; bitte laden Sie die Seite neu.");
        }
    }

    /** One PDF for the printer, each letter beginning on a page of its own. */
    byte[] zusammen(List<Blob> briefe) {
        try {
            if (briefe.size() == 1) {
                try (var strom = blobs.lies(briefe.getFirst())) {
                    return strom.readAllBytes();
                }
            }
            var aus = new ByteArrayOutputStream();
            var bund = new PDFMergerUtility();
            bund.setDestinationStream(aus);
            for (var brief : briefe) {
                try (var strom = blobs.lies(brief)) {
                    bund.addSource(new RandomAccessReadBuffer(strom));
                }
            }
            bund.mergeDocuments(IOUtils.createMemoryOnlyStreamCache());
            return aus.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * They were taken to the post on this day, from which on the Bekanntgabe counts. Sent twice, it is noted once.
     *
     * @throws Abgelehnt (EINGABE) for a day that lies ahead or before the Bescheid, or a letter that nobody has printed
     */
    @Transactional
    public int gibAuf(Anmeldung wer, List<UUID> ids, LocalDate tag) {
        if (tag.isAfter(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe("Der Tag der Aufgabe zur Post liegt noch vor uns. Es wurde nichts eingetragen.");
        }
        var stuecke = gewaehlte(wer, ids);
        for (var stueck : stuecke) {
            var b = stueck.bescheid();
            verlangeGedruckt(b, tag);
            // Held: of two who note it at once the second finds it done.
            int neu = datenbank
                    .sql(
                            "UPDATE bescheid SET aufgegeben = ?, aufgegeben_von = ? WHERE mandant_id = ? AND id = ? AND aufgegeben IS NULL")
                    .params(tag, wer.person(), mandant(), b.id())
                    .update();
            if (neu == 1) {
                merke(wer, "bescheid.aufgegeben", b, Map.of("titel", b.betreff(), "tag", tag.toString()));
                bekanntgaben.rechne(wer, b.vorgangId(), b.id());
            }
        }
        return stuecke.size();
    }

    private static void verlangeGedruckt(Bescheid b, LocalDate tag) {
        if (b.gedruckt() == null) {
            throw Abgelehnt.eingabe(
                    "„%s“ wurde noch nicht gedruckt. Es wurde nichts eingetragen.".formatted(b.betreff()));
        }
        var gesendet = b.gesendet();
        if (gesendet != null && tag.isBefore(LocalDate.ofInstant(gesendet, Anzeige.ZONE))) {
            throw Abgelehnt.eingabe("„%s“ wurde erst am %s freigegeben. Es wurde nichts eingetragen."
                    .formatted(b.betreff(), Anzeige.datum(gesendet)));
        }
    }

    private void merke(Anmeldung wer, String handlung, Bescheid b, Map<String, String> inhalt) {
        var akte = datenbank
                .sql("SELECT akte_id FROM vorgang WHERE mandant_id = ? AND id = ?")
                .params(mandant(), b.vorgangId())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Vorgang gibt es nicht."));
        protokoll.schreibe(wer.pseudonym(), handlung, b.id(), akte, inhalt, "bescheid");
    }
}
