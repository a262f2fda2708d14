package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Ablage;
import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.ablage.Speichervoll;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Wachstum;
import de.federwerk.gesicht.Anzeige;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One run over the tree: counts, checks the space, then takes the files in batches – bytes of one batch into the Ablage while the
 * batch before is entered in the database. A Probe goes the same way without writing anything but its report.
 */
final class Lauf {

    /** Files per look into the database, and per transaction: more is hardly faster and keeps locks longer. */
    private static final int STAPEL = 1_000;

    private static final long STAPEL_BYTES = 64L << 20;
    /** Rows, index and Protokoll of one Dokument without its text (measured), for the estimate beforehand. */
    private static final long BYTES_JE_DOKUMENT = 8_000;

    private static final long TAKT = 1_000_000_000L;

    final Stand stand = new Stand();
    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Blobs blobs;
    private final Uebernahmeauftrag auftrag;
    private final @Nullable Uebernahmetabelle tabelle;
    private final Zuordnung zuordnung;
    private final Bericht bericht;
    private final Ausgabe ausgabe;
    private final @Nullable UUID uebernahme;
    private final Runnable fortgang;
    private final Wachstum wachstum;
    private final List<Fund> funde = new ArrayList<>();
    /** What a Probe would make: keys of Akten and Vorgänge. */
    private final Set<UUID> waeren = new HashSet<>();

    private long naechsteMeldung;

    /** @param fortgang told now and then how far it is */
    Lauf(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Blobs blobs,
            Uebernahmeauftrag auftrag,
            @Nullable Uebernahmetabelle tabelle,
            Zuordnung zuordnung,
            Bericht bericht,
            Ausgabe ausgabe,
            @Nullable UUID uebernahme,
            Consumer<Stand> fortgang) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.blobs = blobs;
        this.auftrag = auftrag;
        this.tabelle = tabelle;
        this.zuordnung = zuordnung;
        this.bericht = bericht;
        this.ausgabe = ausgabe;
        this.uebernahme = uebernahme;
        this.fortgang = () -> fortgang.accept(stand);
        this.wachstum = new Wachstum(datenbank, transaktion);
    }

    /** @param eintragung null for a Probe */
    void gehe(@Nullable Eintragung eintragung) {
        if (tabelle != null && !tabelle.fremdeSpalten().isEmpty()) {
            ausgabe.zeile("Nicht verwendet werden die Spalten: " + String.join(", ", tabelle.fremdeSpalten()) + ".");
        }
        zaehle();
        pruefePlatz(eintragung == null);
        stand.begonnen = System.nanoTime();
        try (var schreiber =
                eintragung == null ? null : new Schreiber(transaktion, eintragung, ausgabe, this::gebucht)) {
            var baum = new Quellbaum(auftrag.ordner(), new Quellbaum.Besucher() {
                @Override
                public void datei(Fund fund) {
                    funde.add(fund);
                    if (funde.size() == STAPEL) {
                        verarbeite(schreiber);
                    }
                }

                @Override
                public void ausgelassen(String pfad, long laenge, boolean problem, String grund) {
                    lasseAus(pfad, laenge, problem, grund);
                }
            });
            baum.gehe();
            verarbeite(schreiber);
            if (schreiber != null) {
                schreiber.warte();
            }
        }
        if (tabelle != null) {
            tabelle.unbenutzte(zeile -> lasseAus(
                    zeile.werte().getOrDefault("pfad", ""),
                    0,
                    true,
                    "Zeile " + zeile.nr() + " der Tabelle: Diesen Pfad gibt es im Ordner nicht"));
        }
        ausgabe.fortschritt(stand.zeile());
    }

    private void zaehle() {
        var zaehler = new Quellbaum(auftrag.ordner(), new Quellbaum.Besucher() {
            @Override
            public void datei(Fund fund) {
                stand.gefunden.incrementAndGet();
                stand.gefundenBytes.addAndGet(fund.laenge());
                melde("Gezählt: " + Anzeige.anzahl(stand.gefunden.get(), "Datei", "Dateien"));
            }

            @Override
            public void ausgelassen(String pfad, long laenge, boolean problem, String grund) {
                // Said in the second pass.
            }
        });
        zaehler.gehe();
        ausgabe.zeile("Gefunden: " + Anzeige.anzahl(stand.gefunden.get(), "Datei", "Dateien") + " mit "
                + Anzeige.groesse(stand.gefundenBytes.get()) + ".");
    }

    private void pruefePlatz(boolean probe) {
        long schonBytes = uebernahme == null
                ? 0
                : Objects.requireNonNull(transaktion.execute(t -> datenbank
                        .sql("SELECT bytes + ? * dokumente FROM uebernahme WHERE mandant_id = ? AND id = ?")
                        .params(BYTES_JE_DOKUMENT, mandant(), uebernahme)
                        .query(Long.class)
                        .optional()
                        .orElse(0L)));
        long noetig = Math.max(0, stand.gefundenBytes.get() + BYTES_JE_DOKUMENT * stand.gefunden.get() - schonBytes);
        long frei = blobs.frei();
        ausgabe.zeile("Platz: etwa " + Anzeige.groesse(noetig) + " nötig, " + Anzeige.groesse(frei) + " frei"
                + " (dazu kommen Text und Seitenbilder, wenn die Dateien gelesen werden).");
        if (noetig > frei) {
            var satz = "Der Platz reicht nicht: Nötig sind etwa " + Anzeige.groesse(noetig) + ", frei sind "
                    + Anzeige.groesse(frei) + ".";
            if (!probe) {
                throw new Abbruch(
                        satz + " Begonnen wurde nichts. Bitte Platz schaffen und denselben Befehl noch einmal geben.");
            }
            ausgabe.zeile(satz);
        }
    }

    private void melde(String text) {
        if (ausgabe.abgebrochen()) {
            throw new Abbruch(
                    "Die Übernahme wurde angehalten. Was bis hierher übernommen wurde, ist sicher; derselbe Befehl macht dort weiter.");
        }
        if (System.nanoTime() - naechsteMeldung > 0) {
            naechsteMeldung = System.nanoTime() + TAKT;
            fortgang.run();
            ausgabe.fortschritt(text);
        }
    }

    private void lasseAus(String pfad, long laenge, boolean problem, String grund) {
        if (problem) {
            stand.probleme.incrementAndGet();
        } else {
            stand.ausgelassen.incrementAndGet();
        }
        bericht.zeile(problem ? "Problem" : "ausgelassen", pfad, grund, "", "", "", "", "", "", "", laenge, "");
    }

    private void verarbeite(@Nullable Schreiber schreiber) {
        Map<UUID, Bekannt> bekannte = uebernahme == null || funde.isEmpty()
                ? Map.of()
                : Objects.requireNonNull(transaktion.execute(t -> Bekannt.unter(funde, uebernahme, datenbank)));
        var offen = new ArrayList<Fund>();
        for (var fund : funde) {
            var bekannt = bekannte.get(fund.schluessel());
            if (bekannt == null) {
                offen.add(fund);
            } else {
                schonDa(fund, bekannt);
            }
        }
        funde.clear();
        nimm(offen, schreiber);
        melde(stand.zeile());
    }

    private void schonDa(Fund fund, Bekannt b) {
        boolean gleich = b.gleicht(fund);
        if (gleich) {
            stand.zaehleSchon();
        } else {
            stand.bearbeitet.incrementAndGet();
            stand.probleme.incrementAndGet();
        }
        bericht.zeile(
                gleich ? "schon übernommen" : "Problem",
                fund.pfad(),
                gleich
                        ? ""
                        : "Die Datei wurde seit ihrer Übernahme geändert; in der Akte liegt der frühere Stand, der neue wurde nicht übernommen",
                "",
                "",
                b.akte(),
                b.akteTitel(),
                b.vorgang(),
                b.vorgangTitel(),
                b.titel(),
                fund.laenge(),
                java.util.HexFormat.of().formatHex(b.sha256()));
    }

    private void nimm(List<Fund> offen, @Nullable Schreiber schreiber) {
        for (var rest = offen; !rest.isEmpty(); ) {
            rest = schreiber == null ? probiere(rest) : nimmStapel(rest, schreiber);
        }
    }

    private List<Fund> probiere(List<Fund> stapel) {
        for (var fund : stapel) {
            var platz = platz(fund);
            if (platz == null) {
                continue;
            }
            stand.zaehle(1, fund.laenge(), 0);
            if (platz.akteId() == null && platz.vorgangId() == null && waeren.add(platz.akte())) {
                stand.akten.incrementAndGet();
            }
            if (platz.vorgangId() == null && waeren.add(platz.vorgang())) {
                stand.vorgaenge.incrementAndGet();
            }
            zeile("würde übernommen", fund, platz, "", "", null);
        }
        return List.of();
    }

    /** @return those that did not fit into this batch */
    private List<Fund> nimmStapel(List<Fund> offen, Schreiber schreiber) {
        var posten = new ArrayList<Posten>();
        long bytes = 0;
        int n = 0;
        try (var stapel = blobs.stapel()) {
            for (; n < offen.size() && bytes < STAPEL_BYTES; n++) {
                var fund = offen.get(n);
                melde(stand.zeile());
                var platz = platz(fund);
                var blob = platz == null ? null : lies(stapel, fund);
                if (platz != null && blob != null) {
                    posten.add(new Posten(fund, blob, platz));
                    bytes += fund.laenge();
                }
            }
            stapel.sichere();
        } catch (Speichervoll e) {
            throw new Abbruch(
                    "Der Speicherplatz ist erschöpft. Was bis hierher übernommen wurde, ist sicher. Bitte Platz schaffen und denselben Befehl noch einmal geben.",
                    e);
        } catch (IOException e) {
            throw new Abbruch(
                    "In die Ablage lässt sich nicht schreiben (" + Quellbaum.ursache(e)
                            + "). Was bis hierher übernommen wurde, ist sicher; derselbe Befehl macht dort weiter.",
                    e);
        }
        if (!posten.isEmpty()) {
            schreiber.nimm(posten);
        }
        return offen.subList(n, offen.size());
    }

    private Ziel.@Nullable Platz platz(Fund fund) {
        if (fund.laenge() > blobs.hoechstens()) {
            problem(
                    fund,
                    "Die Datei ist mit " + Anzeige.groesse(fund.laenge()) + " größer als erlaubt (höchstens "
                            + Anzeige.groesse(blobs.hoechstens()) + ")");
            return null;
        }
        return switch (zuordnung.ziel(fund)) {
            case Ziel.Platz platz -> platz;
            case Ziel.Unklar unklar -> {
                problem(fund, unklar.grund());
                yield null;
            }
        };
    }

    private void problem(Fund fund, String grund) {
        stand.bearbeitet.incrementAndGet();
        lasseAus(fund.pfad(), fund.laenge(), true, grund);
    }

    private @Nullable Blob lies(Ablage.Stapel stapel, Fund fund) throws IOException {
        Blob blob = null;
        try (var quelle = fund.oeffne()) {
            blob = stapel.nimm(quelle, blobs.hoechstens());
            if (blob.laenge() == fund.laenge() && fund.unveraendert()) {
                return blob;
            }
            problem(fund, "Die Datei wurde während der Übernahme geändert; ein neuer Lauf nimmt sie mit");
        } catch (Quellstrom.Fehler e) {
            unlesbar(fund, e.getCause() instanceof IOException grund ? grund : e);
        } catch (Speichervoll e) {
            throw e;
        } catch (Abgelehnt zuGross) {
            problem(fund, "Die Datei wurde während der Übernahme größer als erlaubt");
        } catch (IOException e) {
            if (blob == null) {
                throw e;
            }
            unlesbar(fund, e);
        }
        return null;
    }

    private void unlesbar(Fund fund, IOException grund) {
        Quellbaum.verschwunden(fund.datei());
        problem(fund, "Die Datei ist nicht lesbar (" + Quellbaum.ursache(grund) + ")");
    }

    /** After the commit of a batch. */
    private void gebucht(Eintragung.Gebucht gebucht) {
        stand.akten.addAndGet(gebucht.akten());
        stand.vorgaenge.addAndGet(gebucht.vorgaenge());
        long dokumente = gebucht.dokumente();
        stand.zaehle(dokumente, gebucht.bytes(), gebucht.ergebnisse().size() - dokumente);
        wachstum.um(dokumente);
        for (var e : gebucht.ergebnisse()) {
            var vorgang = e.vorgang();
            var fund = e.posten().fund();
            if (vorgang == null) {
                bericht.zeile("Problem", fund.pfad(), e.grund(), "", "", "", "", "", "", "", fund.laenge(), "");
            } else {
                zeile(
                        "übernommen",
                        fund,
                        e.posten().platz(),
                        vorgang.akteAktenzeichen(),
                        vorgang.aktenzeichen(),
                        e.posten().blob());
            }
        }
    }

    private void zeile(String ergebnis, Fund fund, Ziel.Platz platz, String akte, String vorgang, @Nullable Blob blob) {
        bericht.zeile(
                ergebnis,
                fund.pfad(),
                platz.hinweis(),
                platz.position() == null ? "" : platz.position().kennzeichen(),
                platz.einheitKuerzel(),
                akte,
                platz.akteTitel(),
                vorgang,
                platz.vorgangTitel(),
                platz.titel(),
                fund.laenge(),
                blob == null ? "" : blob.pruefsumme());
    }
}
