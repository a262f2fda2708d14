package de.federwerk.webdav;

import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import de.federwerk.webdav.Merkmale.Merkmal;
import de.federwerk.webdav.Merkmale.Name;
import de.federwerk.webdav.Sperrlage.Sperre;
import de.federwerk.webdav.Verzeichnis.Fund;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.w3c.dom.Element;

/** PROPFIND and PROPPATCH: what a program asks about files and folders, and notes at its own. */
@Component
class Eigenschaften {

    private static final DateTimeFormatter HTTP_DATUM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    /** Windows sets times and attributes after each file; to refuse them would fail the whole copying. */
    private static final String WINDOWS = "urn:schemas-microsoft-com:";

    private static final int ELEMENT = 20_000;

    private final Verzeichnis verzeichnis;
    private final Sperrlage sperrlage;
    private final Merkmale merkmale;
    private final Arbeitsbereich bereich;
    private final TransactionTemplate transaktion;

    Eigenschaften(
            Verzeichnis verzeichnis,
            Sperrlage sperrlage,
            Merkmale merkmale,
            Arbeitsbereich bereich,
            TransactionTemplate transaktion) {
        this.verzeichnis = verzeichnis;
        this.sperrlage = sperrlage;
        this.merkmale = merkmale;
        this.bereich = bereich;
        this.transaktion = transaktion;
    }

    /** What is asked for. @param namen null: all of them @param nurNamen without their values */
    private record Frage(@Nullable List<Name> namen, boolean nurNamen) {}

    static String datum(Instant zeit) {
        return HTTP_DATUM.format(zeit);
    }

    /** @param mitInhalt also what lies in the folder */
    void frage(Anmeldung wer, Fund fund, boolean mitInhalt, Optional<Element> koerper, Antwortgeber antwort)
            throws IOException {
        var frage = frage(koerper);
        var eintrag = fund.eintrag();
        var inhalt = mitInhalt && eintrag.istOrdner() ? verzeichnis.inhalt(wer, eintrag) : List.<Eintrag>of();
        var eigene = new ArrayList<UUID>();
        for (var e : inhalt) {
            if (e.eigen()) {
                eigene.add(e.id());
            }
        }
        if (eintrag.eigen()) {
            eigene.add(eintrag.id());
        }
        var notiert = merkmale.an(eigene);
        var gesperrt =
                inhalt.isEmpty() ? Map.<UUID, List<Sperre>>of() : sperrlage.in(wer, eintrag, fund.pfad(), inhalt);
        var obere = sperrlage.auf(wer, fund);
        var tiefe = obere.stream().filter(Sperre::tief).toList();
        var text = antwort.mehrere();
        long belegt = fragtNachPlatz(frage) ? bereich.belegt(wer.person()) : -1;
        eine(text, frage, eintrag, fund.href(), obere, notiert, belegt);
        for (var e : inhalt) {
            var seine = new ArrayList<>(gesperrt.getOrDefault(e.id(), List.of()));
            seine.addAll(tiefe);
            eine(text, frage, e, fund.pfad().mit(e.name()).href(e.istOrdner()), seine, notiert, belegt);
        }
        text.write("</D:multistatus>");
        text.flush();
    }

    private static Frage frage(Optional<Element> koerper) {
        if (koerper.isEmpty()) {
            return new Frage(null, false);
        }
        var wurzel = koerper.get();
        if (!Xml.ist(wurzel, "propfind")) {
            throw Webdavfehler.mit(400, "Das ist keine Frage nach Eigenschaften.");
        }
        if (Xml.kind(wurzel, "propname").isPresent()) {
            return new Frage(null, true);
        }
        var gefragt = Xml.kind(wurzel, "prop");
        if (gefragt.isPresent()) {
            return new Frage(
                    Xml.kinder(gefragt.get()).stream().map(Eigenschaften::name).toList(), false);
        }
        if (Xml.kind(wurzel, "allprop").isPresent()) {
            return new Frage(null, false);
        }
        throw Webdavfehler.mit(400, "Das ist keine Frage nach Eigenschaften.");
    }

    private static Name name(Element element) {
        return new Name(
                element.getNamespaceURI() == null ? "" : element.getNamespaceURI(),
                String.valueOf(element.getLocalName()));
    }

    private static boolean fragtNachPlatz(Frage frage) {
        return frage.namen != null
                && frage.namen.stream().anyMatch(n -> n.name().startsWith("quota-"));
    }

    /** @param belegt in the Arbeitsbereich; -1 if that is not asked for */
    private void eine(
            Writer text,
            Frage frage,
            Eintrag eintrag,
            String href,
            List<Sperre> sperren,
            Map<UUID, List<Merkmal>> notiert,
            long belegt)
            throws IOException {
        var werte = werte(eintrag, sperren, eintrag.nimmtEigenes() ? belegt : -1);
        for (var merkmal : notiert.getOrDefault(eintrag.id(), List.of())) {
            werte.put(merkmal.wie(), merkmal.element());
        }
        text.write("<D:response><D:href>" + Xml.text(href) + "</D:href>");
        var namen = frage.namen == null ? List.copyOf(werte.keySet()) : frage.namen;
        var gute = new StringBuilder();
        var fehlende = new StringBuilder();
        for (var name : namen) {
            var wert = werte.get(name);
            if (wert == null) {
                fehlende.append(leer(name));
            } else {
                gute.append(frage.nurNamen ? leer(name) : wert);
            }
        }
        if (!gute.isEmpty() || fehlende.isEmpty()) {
            gruppe(text, gute, "200 OK");
        }
        if (!fehlende.isEmpty()) {
            gruppe(text, fehlende, "404 Not Found");
        }
        text.write("</D:response>\n");
    }

    private static void gruppe(Writer text, CharSequence eigenschaften, String stand) throws IOException {
        text.write("<D:propstat><D:prop>" + eigenschaften + "</D:prop><D:status>HTTP/1.1 " + stand
                + "</D:status></D:propstat>");
    }

    private static String leer(Name name) {
        return name.raum().equals(Xml.DAV)
                ? "<D:" + name.name() + "/>"
                : name.raum().isEmpty()
                        ? "<" + name.name() + "/>"
                        : "<x:" + name.name() + " xmlns:x=\"" + Xml.text(name.raum()) + "\"/>";
    }

    private Map<Name, String> werte(Eintrag eintrag, List<Sperre> sperren, long belegt) {
        var werte = new LinkedHashMap<Name, String>();
        setze(werte, "displayname", Xml.text(eintrag.name()));
        setze(werte, "resourcetype", eintrag.istOrdner() ? "<D:collection/>" : "");
        if (eintrag.angelegt() != null) {
            setze(werte, "creationdate", DateTimeFormatter.ISO_INSTANT.format(eintrag.angelegt()));
        }
        if (eintrag.geaendert() != null) {
            setze(werte, "getlastmodified", datum(eintrag.geaendert()));
        }
        if (!eintrag.istOrdner()) {
            setze(werte, "getcontentlength", String.valueOf(eintrag.laenge()));
            setze(
                    werte,
                    "getcontenttype",
                    Xml.text(eintrag.medientyp() == null ? "application/octet-stream" : eintrag.medientyp()));
            setze(werte, "getetag", Xml.text(String.valueOf(eintrag.etag())));
        }
        if (belegt >= 0) {
            setze(werte, "quota-used-bytes", String.valueOf(belegt));
            setze(werte, "quota-available-bytes", String.valueOf(Math.max(0, bereich.platz() - belegt)));
        }
        setze(werte, "supportedlock", moegliche(eintrag));
        setze(werte, "lockdiscovery", sperren(sperren));
        return werte;
    }

    private static void setze(Map<Name, String> werte, String name, String wert) {
        werte.put(
                new Name(Xml.DAV, name),
                wert.isEmpty() ? "<D:" + name + "/>" : "<D:" + name + ">" + wert + "</D:" + name + ">");
    }

    private static String moegliche(Eintrag eintrag) {
        return eintrag.eigen()
                ? sperrart("exclusive") + sperrart("shared")
                : eintrag.art() == Art.DOKUMENT ? sperrart("exclusive") : "";
    }

    private static String sperrart(String umfang) {
        return "<D:lockentry><D:lockscope><D:" + umfang
                + "/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockentry>";
    }

    static String sperren(List<Sperre> sperren) {
        var text = new StringBuilder();
        for (var s : sperren) {
            text.append("<D:activelock><D:locktype><D:write/></D:locktype><D:lockscope><D:")
                    .append(s.geteilt() ? "shared" : "exclusive")
                    .append("/></D:lockscope><D:depth>")
                    .append(s.tief() ? "infinity" : "0")
                    .append("</D:depth>");
            if (!s.besitzer().isEmpty()) {
                text.append("<D:owner>").append(s.besitzer()).append("</D:owner>");
            }
            text.append("<D:timeout>Second-")
                    .append(Math.max(
                            1, Duration.between(Instant.now(), s.laeuftAb()).toSeconds()))
                    .append("</D:timeout>");
            // Of no use to anybody else, and so nobody else's business.
            if (!s.fremd()) {
                text.append("<D:locktoken><D:href>").append(s.token()).append("</D:href></D:locktoken>");
            }
            text.append("<D:lockroot><D:href>")
                    .append(Xml.text(s.wurzel().href(false)))
                    .append("</D:href></D:lockroot></D:activelock>");
        }
        return text.toString();
    }

    private record Aenderung(Name name, @Nullable String element) {}

    /** Everything or nothing, in the order of the request. */
    void aendere(Fund fund, Element koerper, Antwortgeber antwort) throws IOException {
        var aenderungen = aenderungen(koerper);
        var eintrag = fund.eintrag();
        var verboten = aenderungen.stream()
                .filter(a -> !a.name.raum().startsWith(WINDOWS))
                .filter(a -> !eintrag.eigen()
                        || a.name.raum().equals(Xml.DAV)
                        || a.name.raum().length() > 500
                        || a.name.name().length() > 200
                        || a.element != null && a.element.length() > ELEMENT)
                .map(Aenderung::name)
                .toList();
        if (verboten.isEmpty() && eintrag.eigen()) {
            transaktion.executeWithoutResult(t -> {
                for (var a : aenderungen) {
                    if (a.element == null) {
                        merkmale.entferne(eintrag.id(), a.name);
                    } else {
                        merkmale.setze(eintrag.id(), a.name, a.element);
                    }
                }
                if (merkmale.anzahl(eintrag.id()) > Merkmale.JE_STUECK) {
                    throw Webdavfehler.mit(
                            507, "An einer Datei lassen sich höchstens " + Merkmale.JE_STUECK + " Merkmale notieren.");
                }
            });
        }
        var text = antwort.mehrere();
        text.write("<D:response><D:href>" + Xml.text(fund.href()) + "</D:href>");
        for (var name : aenderungen.stream().map(Aenderung::name).distinct().toList()) {
            gruppe(
                    text,
                    leer(name),
                    verboten.isEmpty()
                            ? "200 OK"
                            : verboten.contains(name) ? "403 Forbidden" : "424 Failed Dependency");
        }
        text.write("</D:response></D:multistatus>");
        text.flush();
    }

    private static List<Aenderung> aenderungen(Element koerper) {
        if (!Xml.ist(koerper, "propertyupdate")) {
            throw Webdavfehler.mit(400, "Das ist keine Änderung von Eigenschaften.");
        }
        var alle = new ArrayList<Aenderung>();
        for (var teil : Xml.kinder(koerper)) {
            boolean setzt = Xml.ist(teil, "set");
            var werte = setzt || Xml.ist(teil, "remove") ? Xml.kind(teil, "prop") : Optional.<Element>empty();
            if (werte.isPresent()) {
                for (var eine : Xml.kinder(werte.get())) {
                    alle.add(new Aenderung(name(eine), setzt ? Xml.alsText(eine) : null));
                }
            }
        }
        if (alle.isEmpty()) {
            throw Webdavfehler.mit(400, "Das ist keine Änderung von Eigenschaften.");
        }
        return alle;
    }
}
