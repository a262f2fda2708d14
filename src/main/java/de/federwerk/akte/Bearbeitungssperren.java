package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who has which Dokument checked out. As long as somebody has, nobody else files a Version of it. Knows nothing of rights. */
@Component
public class Bearbeitungssperren {

    /**
     * A Dokument that somebody has checked out.
     *
     * @param id its token, for WebDAV
     * @param weg how: on the page or by WebDAV
     * @param laeuftAb when it ends by itself; null: when it is given back
     */
    public record Sperre(
            UUID id,
            UUID dokumentId,
            UUID personId,
            String wer,
            String weg,
            String grund,
            Instant seit,
            @Nullable Instant laeuftAb) {

        public boolean von(Anmeldung anmeldung) {
            return personId.equals(anmeldung.person());
        }

        /** For a message: by whom, since when, why. */
        String inWorten() {
            return "von " + wer + " seit " + Anzeige.zeit(seit)
                    + (grund.isEmpty() ? "" : " (" + grund + ")")
                    + (laeuftAb == null ? "" : ", geöffnet in einem Programm");
        }
    }

    private static final int GENANNT = 5;

    private static final String GUELTIG = "(s.laeuft_ab IS NULL OR s.laeuft_ab > now())";

    private static final String SPALTEN = """
            SELECT s.id, s.dokument_id, s.person_id, trim(p.vorname || ' ' || p.nachname) AS wer, s.weg, s.grund, s.seit, s.laeuft_ab
              FROM bearbeitungssperre s JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.person_id
             WHERE s.mandant_id = :m AND %s AND\s""".formatted(GUELTIG);

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;

    Bearbeitungssperren(JdbcClient datenbank, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
    }

    @Transactional(readOnly = true)
    public Optional<Sperre> zu(UUID dokument) {
        return datenbank
                .sql(SPALTEN + "s.dokument_id = :dokument")
                .param("m", mandant())
                .param("dokument", dokument)
                .query(Sperre.class)
                .optional();
    }

    /** Those of a Vorgang, by their Dokument. Whoever asks shows only what the person sees. */
    @Transactional(readOnly = true)
    public Map<UUID, Sperre> in(UUID vorgang) {
        return datenbank
                .sql(
                        SPALTEN
                                + "s.dokument_id IN (SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND d.vorgang_id = :vorgang)")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .query(Sperre.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Sperre::dokumentId, Function.identity()));
    }

    /**
     * Asked behind the lock on the Vorgang by whoever is about to change the Dokument.
     *
     * @throws Abgelehnt (KONFLIKT) if somebody else has it checked out
     */
    @Transactional(readOnly = true)
    public void verlangeFrei(Anmeldung wer, Dokumente.Dokument dokument) {
        var sperre = zu(dokument.id());
        if (sperre.isPresent() && !sperre.get().von(wer)) {
            throw fremd(
                    dokument,
                    sperre.get(),
                    "Es wurde nichts abgelegt; Version " + dokument.version() + " gilt weiter.");
        }
    }

    static Abgelehnt fremd(Dokumente.Dokument dokument, Sperre sperre, String folge) {
        return Abgelehnt.konflikt(
                "Das Dokument „%s“ ist ausgecheckt: %s. %s Bitte sprechen Sie %s an; aufheben kann die Sperre auch die Leitung."
                        .formatted(dokument.titel(), sperre.inWorten(), folge, sperre.wer()));
    }

    private record Offen(String titel, String wer, Instant seit, boolean sichtbar) {}

    /** What somebody still works on is not put to the files. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(VorgangWirdGeschlossen vorgang) {
        var sicht = berechtigungen.sicht(vorgang.person(), Recht.METADATEN);
        var offene = datenbank
                .sql("""
                SELECT d.titel, trim(p.vorname || ' ' || p.nachname) AS wer, s.seit, %s AS sichtbar
                  FROM dokument d JOIN bearbeitungssperre s ON s.mandant_id = d.mandant_id AND s.dokument_id = d.id
                  JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.person_id
                 WHERE d.mandant_id = :m AND d.vorgang_id = :vorgang AND %s ORDER BY d.nummer""".formatted(sicht.aufDokument("d"), GUELTIG))
                .param("m", mandant())
                .param("vorgang", vorgang.vorgang())
                .params(sicht.parameter())
                .query(Offen.class)
                .list();
        if (!offene.isEmpty()) {
            vorgang.hindert(
                    "Im Vorgang %s noch ausgecheckt: %s. Bitte erst einchecken oder freigeben lassen, dann zu den Akten legen. Es wurde nichts geändert."
                            .formatted(offene.size() == 1 ? "ist ein Dokument" : "sind Dokumente", genannt(offene)));
        }
    }

    /** Who works on it elsewhere finds it where she took it from. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(DokumenteWerdenVerlegt verlegt) {
        boolean ausgecheckt = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM bearbeitungssperre s WHERE s.mandant_id = ? AND s.dokument_id IN (SELECT unnest(CAST(? AS uuid[]))) AND "
                                + GUELTIG + ")")
                .params(mandant(), Schutzfolge.feld(verlegt.dokumente()))
                .query(Boolean.class)
                .single();
        if (ausgecheckt) {
            throw Abgelehnt.konflikt(
                    "Das Dokument oder eine Anlage ist ausgecheckt. Erst wieder eingecheckt lässt es sich in einen anderen Vorgang legen.");
        }
    }

    private static String genannt(List<Offen> offene) {
        var namen = offene.stream()
                .limit(GENANNT)
                .map(o -> o.sichtbar
                        ? "„%s“ von %s seit %s".formatted(o.titel, o.wer, Anzeige.zeit(o.seit))
                        : "eines, das Sie nicht sehen")
                .collect(Collectors.joining("; "));
        return offene.size() <= GENANNT ? namen : namen + " und " + (offene.size() - GENANNT) + " weitere";
    }
}
