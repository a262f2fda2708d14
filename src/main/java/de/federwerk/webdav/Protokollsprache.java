package de.federwerk.webdav;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Verzeichnis.Fund;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.w3c.dom.Element;

/** The methods of WebDAV (RFC 4918, class 1 and 2), each with what it asks before it acts. */
class Protokollsprache extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Protokollsprache.class);
    private static final String METHODEN =
            "OPTIONS, GET, HEAD, PUT, DELETE, MKCOL, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK";

    private final transient Verzeichnis verzeichnis;
    private final transient Eigenschaften eigenschaften;
    private final transient Sperrlage sperrlage;
    private final transient Aufnahme aufnahme;
    private final transient Transport transport;
    private final transient Arbeitsbereich bereich;
    private final transient Ausgabe ausgabe;

    Protokollsprache(
            Verzeichnis verzeichnis,
            Eigenschaften eigenschaften,
            Sperrlage sperrlage,
            Aufnahme aufnahme,
            Transport transport,
            Arbeitsbereich bereich,
            Ausgabe ausgabe) {
        this.verzeichnis = verzeichnis;
        this.eigenschaften = eigenschaften;
        this.sperrlage = sperrlage;
        this.aufnahme = aufnahme;
        this.transport = transport;
        this.bereich = bereich;
        this.ausgabe = ausgabe;
    }

    /** One request. @param token that the program shows it knows */
    private record Bitte(
            Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Antwortgeber geber,
            Fund fund,
            Set<String> token) {

        @Nullable
        String kopf(String name) {
            return anfrage.getHeader(name);
        }
    }

    @Override
    protected void service(HttpServletRequest anfrage, HttpServletResponse antwort) throws IOException {
        var geber = new Antwortgeber(antwort);
        try {
            bediene(anfrage, antwort, geber);
        } catch (Webdavfehler e) {
            fehler(antwort, geber, e.status(), e.bedingung(), String.valueOf(e.getMessage()));
        } catch (NichtGefunden e) {
            fehler(antwort, geber, 404, null, String.valueOf(e.getMessage()));
        } catch (Abgelehnt e) {
            int stand = e.art() == Abgelehnt.Art.KONFLIKT ? 423 : e.art().status();
            fehler(antwort, geber, stand, null, String.valueOf(e.getMessage()));
        } catch (DuplicateKeyException e) {
            fehler(antwort, geber, 409, null, "Ein anderes Programm hat das gerade auch angelegt.");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            LOG.error("WebDAV: {} ließ sich nicht ausführen", anfrage.getMethod(), e);
            fehler(antwort, geber, 500, null, "Das Programm hat einen Fehler gemacht. Es wurde nichts geändert.");
        }
    }

    private static void fehler(
            HttpServletResponse antwort, Antwortgeber geber, int stand, @Nullable String bedingung, String meldung)
            throws IOException {
        if (!antwort.isCommitted()) {
            antwort.resetBuffer();
            if (stand == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                antwort.setHeader("Retry-After", "2");
            }
            geber.fehler(stand, bedingung, meldung);
        }
    }

    private void bediene(HttpServletRequest anfrage, HttpServletResponse antwort, Antwortgeber geber)
            throws IOException {
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (ausweis == null || !(ausweis.getPrincipal() instanceof Anmeldung wer)) {
            throw new IllegalStateException("Die Tür steht offen");
        }
        if (anfrage.getMethod().equals("OPTIONS")) {
            antwort.setHeader("DAV", "1, 2");
            antwort.setHeader("Allow", METHODEN);
            antwort.setHeader("MS-Author-Via", "DAV");
            geber.leer(200);
            return;
        }
        var pfad = Pfad.aus(anfrage.getRequestURI());
        var wenn = Bedingungen.aus(anfrage.getHeader("If"));
        var fund = verzeichnis.suche(wer, pfad);
        var bitte = new Bitte(wer, anfrage, antwort, geber, fund, wenn.genannteToken());
        verlange(bitte, wenn);
        switch (anfrage.getMethod()) {
            case "GET", "HEAD" -> lies(bitte);
            case "PUT" -> speichere(bitte);
            case "DELETE" -> loesche(bitte);
            case "MKCOL" -> ordner(bitte);
            case "COPY" -> kopiere(bitte);
            case "MOVE" -> verschiebe(bitte);
            case "PROPFIND" -> frage(bitte);
            case "PROPPATCH" -> notiere(bitte);
            case "LOCK" -> sperre(bitte);
            case "UNLOCK" -> gibZurueck(bitte);
            default -> {
                antwort.setHeader("Allow", METHODEN);
                throw Webdavfehler.mit(405, "Das gibt es hier nicht.");
            }
        }
    }

    /** @throws Webdavfehler (412) if the program thinks things are otherwise than they are */
    private void verlange(Bitte bitte, Bedingungen wenn) {
        var etag = bitte.fund.da() ? bitte.fund.eintrag().etag() : null;
        var nur = bitte.kopf("If-Match");
        var nicht = bitte.kopf("If-None-Match");
        boolean liest = bitte.anfrage.getMethod().equals("GET")
                || bitte.anfrage.getMethod().equals("HEAD");
        boolean gut = (nur == null || (nur.strip().equals("*") ? bitte.fund.da() : nennt(nur, etag)))
                && (liest || nicht == null || !(nicht.strip().equals("*") ? bitte.fund.da() : nennt(nicht, etag)))
                && wenn.erfuellt(adresse -> lage(bitte, adresse));
        if (!gut) {
            throw Webdavfehler.mit(
                    412, "Inzwischen ist hier etwas anderes, als Ihr Programm denkt. Es wurde nichts geändert.");
        }
    }

    private static boolean nennt(String kopf, @Nullable String etag) {
        return etag != null
                && List.of(kopf.split(",")).stream().map(String::strip).anyMatch(etag::equals);
    }

    private Bedingungen.Lage lage(Bitte bitte, @Nullable String adresse) {
        var fund = adresse == null
                ? bitte.fund
                : verzeichnis.suche(bitte.wer, Pfad.ausAdresse(adresse, haus(bitte.anfrage)));
        return new Bedingungen.Lage(
                sperrlage.auf(bitte.wer, fund).stream()
                        .filter(s -> !s.fremd())
                        .map(Sperrlage.Sperre::token)
                        .collect(Collectors.toCollection(HashSet::new)),
                fund.da() ? fund.eintrag().etag() : null);
    }

    private static String haus(HttpServletRequest anfrage) {
        var weitergereicht = anfrage.getHeader("X-Forwarded-Host");
        var haus = weitergereicht == null ? anfrage.getHeader("Host") : weitergereicht;
        return haus == null ? anfrage.getServerName() : haus;
    }

    private void lies(Bitte bitte) throws IOException {
        var eintrag = bitte.fund.eintrag();
        if (eintrag.istOrdner()) {
            bitte.geber.text(
                    200,
                    "Das ist ein Netzordner von Federwerk. Öffnen Sie ihn mit dem Dateimanager oder mit einem Office-Programm; im Browser arbeiten Sie mit Federwerk selbst.\n");
            return;
        }
        ausgabe.sende(bitte.wer, eintrag, bitte.anfrage, bitte.antwort);
    }

    private void speichere(Bitte bitte) throws IOException {
        if (bitte.kopf("Content-Range") != null) {
            throw Webdavfehler.mit(400, "Dateien werden nur im Ganzen gespeichert. Es wurde nichts gespeichert.");
        }
        bitte.fund.eltern();
        sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, !bitte.fund.da());
        aufnahme.nimm(bitte.wer, bitte.fund, bitte.anfrage.getInputStream(), bitte.anfrage.getContentLengthLong());
        var jetzt = verzeichnis.suche(bitte.wer, bitte.fund.pfad());
        if (jetzt.da()) {
            bitte.antwort.setHeader("ETag", jetzt.eintrag().etag());
        }
        bitte.geber.leer(bitte.fund.da() ? 204 : 201);
    }

    private void loesche(Bitte bitte) {
        bitte.fund.eintrag();
        if (bitte.fund.eintrag().eigen()) {
            sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, true);
        }
        transport.loesche(bitte.wer, bitte.fund);
        bitte.geber.leer(204);
    }

    private void ordner(Bitte bitte) throws IOException {
        if (bitte.anfrage.getInputStream().read() >= 0) {
            throw Webdavfehler.mit(415, "Ein neuer Ordner ist leer.");
        }
        if (bitte.fund.da()) {
            throw Webdavfehler.mit(405, "Das gibt es schon.");
        }
        var eltern = bitte.fund.eltern();
        if (!eltern.nimmtEigenes()) {
            throw Webdavfehler.nichtHier(
                    "Akten und Vorgänge legen Sie in Federwerk an; eigene Ordner gibt es im Arbeitsbereich.");
        }
        sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, true);
        bereich.ordner(bitte.wer.person(), eltern.id(), bitte.fund.pfad().name());
        bitte.geber.leer(201);
    }

    private Fund ziel(Bitte bitte) {
        var kopf = bitte.kopf("Destination");
        if (kopf == null) {
            throw Webdavfehler.mit(400, "Es fehlt, wohin.");
        }
        var ziel = verzeichnis.suche(bitte.wer, Pfad.ausAdresse(kopf, haus(bitte.anfrage)));
        ziel.eltern();
        var quelle = bitte.fund.pfad();
        if (ziel.pfad().equals(quelle)
                || ziel.pfad().unter(quelle)
                || quelle.unter(ziel.pfad())
                || enthaelt(ziel, bitte.fund.eintrag())
                || ziel.da() && enthaelt(bitte.fund, ziel.eintrag())) {
            throw Webdavfehler.ineinander();
        }
        if (ziel.da() && "F".equalsIgnoreCase(bitte.kopf("Overwrite"))) {
            throw Webdavfehler.mit(412, "Am Ziel gibt es das schon. Es wurde nichts geändert.");
        }
        return ziel;
    }

    /** The same piece may be called by more than one address: a folder of Akten answers to its Aktenzeichen alone, too. */
    private static boolean enthaelt(Fund weg, Eintrag stueck) {
        return stueck.eigen() && weg.kette().stream().anyMatch(e -> e.eigen() && e.id().equals(stueck.id()));
    }

    private void kopiere(Bitte bitte) throws IOException {
        bitte.fund.eintrag();
        var ziel = ziel(bitte);
        sperrlage.verlangeOffen(
                bitte.wer, ziel, bitte.token, !ziel.da() || ziel.eintrag().istOrdner());
        if (bitte.fund.eintrag().art() == Eintrag.Art.DOKUMENT) {
            ausgabe.vermerke(bitte.wer, bitte.fund.eintrag(), bitte.antwort);
        }
        transport.kopiere(bitte.wer, bitte.fund, ziel, !"0".equals(bitte.kopf("Depth")));
        bitte.geber.leer(ziel.da() ? 204 : 201);
    }

    private void verschiebe(Bitte bitte) throws IOException {
        bitte.fund.eintrag();
        var ziel = ziel(bitte);
        sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, true);
        sperrlage.verlangeOffen(bitte.wer, ziel, bitte.token, true);
        transport.verschiebe(bitte.wer, bitte.fund, ziel);
        bitte.geber.leer(ziel.da() ? 204 : 201);
    }

    private void frage(Bitte bitte) throws IOException {
        var tiefe = bitte.kopf("Depth");
        bitte.fund.eintrag();
        if (!"0".equals(tiefe) && !"1".equals(tiefe)) {
            throw Webdavfehler.mit(
                    403,
                    "propfind-finite-depth",
                    "Der ganze Baum auf einmal wird nicht aufgezählt; bitte Ordner für Ordner.");
        }
        eigenschaften.frage(
                bitte.wer, bitte.fund, "1".equals(tiefe), Xml.lies(bitte.anfrage.getInputStream()), bitte.geber);
    }

    private void notiere(Bitte bitte) throws IOException {
        bitte.fund.eintrag();
        var koerper = koerper(bitte);
        sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, false);
        eigenschaften.aendere(bitte.fund, koerper, bitte.geber);
    }

    private static Element koerper(Bitte bitte) throws IOException {
        return Xml.lies(bitte.anfrage.getInputStream())
                .orElseThrow(() -> Webdavfehler.mit(400, "Die Anfrage ist leer."));
    }

    private void sperre(Bitte bitte) throws IOException {
        var dauer = Sperrlage.dauer(bitte.kopf("Timeout"));
        var koerper = Xml.lies(bitte.anfrage.getInputStream());
        if (koerper.isEmpty()) {
            bitte.fund.eintrag();
            var erneuert = sperrlage
                    .erneuere(bitte.wer, bitte.fund, bitte.token, dauer)
                    .orElseThrow(() -> Webdavfehler.mit(
                            412, "lock-token-matches-request-uri", "Diese Sperre gibt es hier nicht (mehr)."));
            antworte(bitte, erneuert, 200);
            return;
        }
        var wunsch = koerper.get();
        var umfang = Xml.ist(wunsch, "lockinfo") ? Xml.kind(wunsch, "lockscope") : Optional.<Element>empty();
        if (umfang.isEmpty()
                || Xml.kind(wunsch, "locktype")
                        .flatMap(t -> Xml.kind(t, "write"))
                        .isEmpty()) {
            throw Webdavfehler.mit(400, "Das ist keine Sperre, die es gibt.");
        }
        boolean geteilt = Xml.kind(umfang.get(), "shared").isPresent();
        var tiefe = bitte.kopf("Depth");
        if (tiefe != null && !tiefe.equals("0") && !tiefe.equalsIgnoreCase("infinity")) {
            throw Webdavfehler.mit(400, "Diese Tiefe gibt es für Sperren nicht.");
        }
        var besitzer = Xml.kind(wunsch, "owner").map(Xml::inhalt).orElse("");
        boolean neu = !bitte.fund.da();
        if (neu) {
            sperrlage.verlangeOffen(bitte.wer, bitte.fund, bitte.token, true);
            aufnahme.platzhalter(bitte.wer, bitte.fund);
        }
        var fund = neu ? verzeichnis.suche(bitte.wer, bitte.fund.pfad()) : bitte.fund;
        boolean tief = fund.eintrag().istOrdner() && !"0".equals(tiefe);
        var sperre = sperrlage.nimm(bitte.wer, fund, geteilt, tief, besitzer.length() > 2_000 ? "" : besitzer, dauer);
        bitte.antwort.setHeader("Lock-Token", "<" + sperre.token() + ">");
        antworte(bitte, sperre, neu ? 201 : 200);
    }

    private static void antworte(Bitte bitte, Sperrlage.Sperre sperre, int stand) throws IOException {
        var text = bitte.geber.xml(stand);
        text.write("<D:prop xmlns:D=\"DAV:\"><D:lockdiscovery>" + Eigenschaften.sperren(List.of(sperre))
                + "</D:lockdiscovery></D:prop>");
        text.flush();
    }

    private void gibZurueck(Bitte bitte) {
        bitte.fund.eintrag();
        var kopf = Objects.requireNonNullElse(bitte.kopf("Lock-Token"), "").strip();
        if (!kopf.startsWith("<") || !kopf.endsWith(">")) {
            throw Webdavfehler.mit(400, "Es fehlt, welche Sperre.");
        }
        sperrlage.gibZurueck(bitte.wer, bitte.fund, kopf.substring(1, kopf.length() - 1));
        bitte.geber.leer(204);
    }
}
