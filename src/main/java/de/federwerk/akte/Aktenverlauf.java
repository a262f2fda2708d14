package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the Protokoll says about an Akte, to those who see the Akte: only about what they see in it. */
@Component
public class Aktenverlauf {

    /** One act in the Protokoll. @param wer name of the person, or how the program calls itself */
    public record Ereignis(UUID id, Instant zeit, String wer, String handlung, String was) {

        /** What was done, in words. */
        public String inWorten() {
            return switch (handlung) {
                case "akte.angelegt" -> "hat die Akte angelegt";
                case "vorgang.angelegt" -> "hat den Vorgang eröffnet";
                case "vorgang.vermerkt" -> "hat vermerkt";
                case "vorgang.zda" -> "hat den Vorgang zu den Akten gelegt";
                case "akte.geaendert" -> "hat Angaben zur Akte geändert:";
                case "vorgang.geaendert" -> "hat Angaben zum Vorgang geändert:";
                case "dokument.geaendert" -> "hat Angaben zum Dokument geändert:";
                case "akte.zda" -> "hat die Akte zu den Akten gelegt";
                case "akte.wiederaufgenommen" -> "hat die Akte wieder aufgenommen:";
                case "vorgang.wiederaufgenommen" -> "hat den Vorgang wieder aufgenommen:";
                case "akte.umprotokolliert" -> "hat die Akte umprotokolliert:";
                case "vorgang.umnummeriert" -> "hat durch die Umprotokollierung der Akte umbenannt:";
                case "akte.registriert" -> "hat die Akte registriert:";
                case "vorgang.registriert" -> "hat den Vorgang registriert:";
                case "akte.verworfen" -> "hat die Akte in den Papierkorb gelegt:";
                case "vorgang.verworfen" -> "hat den Vorgang in den Papierkorb gelegt:";
                case "akte.zurueckgeholt", "vorgang.zurueckgeholt" -> "hat aus dem Papierkorb zurückgeholt:";
                case "vorgang.verlegt" -> "hat den Vorgang in eine andere Akte gelegt:";
                case "vorgang.eingeordnet" -> "hat den Vorgang anders eingeordnet:";
                case "akte.band" -> "hat einen Band begonnen:";
                case "akte.teilakte" -> "hat eine Teilakte angelegt:";
                case "akte.teilakte.umbenannt" -> "hat eine Teilakte umbenannt:";
                case "akte.teilakte.geschlossen" -> "hat eine Teilakte geschlossen:";
                case "akte.teilakte.wiederaufgenommen" -> "hat eine Teilakte wieder aufgenommen:";
                case "dokument.verlegt" -> "hat ein Dokument in einen anderen Vorgang gelegt:";
                case "dokument.kopiert" -> "hat ein Dokument kopiert:";
                case "verweis.angelegt" -> "hat einen Verweis angelegt";
                case "verweis.beendet" -> "hat einen Verweis entfernt";
                case "vorgang.uebergeben" -> "hat den Vorgang jemand anderem übergeben";
                case "akte.papierform" -> "hat bestimmt, wie die Akte geführt wird:";
                case "papier.erfasst" -> "hat Papier erfasst";
                case "papier.verlegt" -> "hat einen anderen Standort eingetragen für";
                case "papier.ausgeliehen" -> "hat Papier ausgegeben";
                case "papier.zurueck" -> "hat Papier zurückgebucht";
                case "akteneinsicht.erstellt" -> "hat Akteneinsicht zusammengestellt für";
                case "akte.uebergeben" -> "hat die Akte jemand anderem übergeben";
                case "akte.umgezogen" -> "hat die Akte durch einen Umbau einer anderen Einheit gegeben:";
                case "laufweg.uebergeben" -> "hat übergeben, was im Laufweg noch kommt:";
                case "dokument.abgelegt" -> "hat ein Dokument abgelegt";
                case "dokument.version" -> "hat eine neue Version abgelegt";
                case "dokument.vermerkt" -> "hat zum Dokument vermerkt";
                case "dokument.geschwaerzt" -> "hat eine geschwärzte Fassung hergestellt:";
                case "dokument.kommentiert" -> "hat kommentiert";
                case "dokument.ausgecheckt" -> "hat ausgecheckt";
                case "dokument.eingecheckt" -> "hat freigegeben";
                case "auskunft.aufgenommen" -> "hat ein Auskunftsersuchen aufgenommen (Art. 15 DSGVO):";
                case "auskunft.erteilt" -> "hat Auskunft erteilt (Art. 15 DSGVO):";
                case "einschraenkung.gesetzt" -> "hat die Verarbeitung eingeschränkt (Art. 18 DSGVO):";
                case "einschraenkung.ausnahme" -> "verarbeitet trotz Einschränkung:";
                case "einschraenkung.ausnahme.beendet" -> "hat die Ausnahme von der Einschränkung beendet";
                case "einschraenkung.aufgehoben" -> "hat die Einschränkung der Verarbeitung aufgehoben:";
                case "dokument.sperre.aufgehoben" -> "hat die Sperre aufgehoben:";
                case "kommentar.korrigiert" -> "hat einen Kommentar korrigiert";
                case "kommentar.zurueckgezogen" -> "hat einen Kommentar zurückgezogen";
                case "schutz.stufe" -> "hat die Vertraulichkeit geändert:";
                case "schutz.unterbrochen" -> "hat die Vererbung der Rechte unterbrochen";
                case "schutz.vererbt" -> "lässt die Rechte wieder erben";
                case "zugriff.freigegeben" -> "hat auf Zeit freigegeben:";
                case "zugriff.zurueckgenommen" -> "hat eine Freigabe beendet:";
                case "zugriff.ausgeschlossen" -> "hat ausgeschlossen:";
                case "zugriff.zugelassen" -> "hat wieder zugelassen:";
                case "zugriff.personalakte" -> "führt die Akte als Personalakte von";
                case "zugriff.personalakte.beendet" -> "führt die Akte nicht mehr als Personalakte von";
                case "merkpunkt.angelegt" -> "hat vorgemerkt";
                case "merkpunkt.geaendert" -> "hat einen Merkpunkt geändert";
                case "merkpunkt.verschoben" -> "hat einen Merkpunkt verschoben";
                case "merkpunkt.erledigt" -> "hat einen Merkpunkt erledigt";
                case "merkpunkt.geoeffnet" -> "hat einen Merkpunkt wieder geöffnet";
                case "merkpunkt.entfernt" -> "hat einen Merkpunkt entfernt";
                case "antrag.rueckfrage" -> "hat ins Postfach der Bürgerin oder des Bürgers gefragt:";
                case "antrag.hinweis" -> "hat ins Postfach der Bürgerin oder des Bürgers geschrieben:";
                case "laufweg.begonnen" -> "hat auf den Weg gebracht";
                case "laufweg.zurueckgeholt" -> "hat zurückgeholt";
                case "laufweg.ergaenzt" -> "hat den Laufweg ergänzt";
                case "aufgabe.genommen" -> "hat die Aufgabe genommen";
                case "aufgabe.zurueckgelegt" -> "hat die Aufgabe zurückgelegt";
                case "aufgabe.weitergegeben" -> "hat die Aufgabe weitergegeben";
                case "station.gezeichnet" -> "hat gezeichnet";
                case "station.geaendert" -> "hat mit Änderung gezeichnet";
                case "station.abgelehnt" -> "hat abgelehnt";
                case "station.kenntnis" -> "hat zur Kenntnis genommen";
                case "station.stellung" -> "hat Stellung genommen";
                case "station.erledigt" -> "hat erledigt";
                case "station.zurueck" -> "hat zurückgegeben";
                case "station.uebersprungen" -> "hat eine Station übersprungen";
                default -> handlung;
            };
        }

        String symbol() {
            return switch (handlung) {
                case "akte.angelegt", "akte.umgezogen", "akte.umprotokolliert", "akte.band", "akte.teilakte" ->
                    "folder";
                case "vorgang.angelegt" -> "assignment";
                case "vorgang.vermerkt", "dokument.vermerkt" -> "edit_note";
                case "vorgang.zda", "akte.zda" -> "task_alt";
                case "vorgang.verlegt", "dokument.verlegt", "vorgang.eingeordnet" -> "arrow_forward";
                case String h when h.startsWith("papier.") -> "inventory_2";
                case String h when h.startsWith("schutz.") || h.startsWith("zugriff.") -> "lock";
                case "merkpunkt.erledigt" -> "check_box";
                case "station.gezeichnet", "station.geaendert" -> "draw";
                case "station.zurueck", "laufweg.zurueckgeholt" -> "assignment_return";
                case String h when h.startsWith("merkpunkt.") -> "check_box_outline_blank";
                case String h when h.endsWith("kommentiert") || h.startsWith("kommentar.") -> "chat";
                case String h
                when h.startsWith("station.") || h.startsWith("laufweg.") || h.startsWith("aufgabe.") -> "assignment";
                default -> "description";
            };
        }
    }

    /** The order of the Protokoll: as things happened, also where the clock was set back in between. */
    static final Ordnung JUENGSTES_ZUERST = Ordnung.ab(Ordnung.kennung("id"));

    /** Where the list goes on from the end of this moment. */
    static Stelle bis(Instant zeit) {
        return Stelle.ab(Kennung.letzteZu(zeit));
    }

    /**
     * What came from another Akte and lies here now: what a move names, and what lies in such a Vorgang. A Dokument also if its last move was within
     * this Akte: it may have come in a Vorgang that it has left since.
     */
    private static final String MITGEBRACHTES = """
            SELECT h.id FROM verlegung u JOIN vorgang h ON h.mandant_id = u.mandant_id AND h.id = u.objekt_id AND h.akte_id = :akte
             WHERE u.mandant_id = :m AND u.nach_akte_id = :akte AND u.aus_akte_id <> :akte AND u.art = 'vorgang'
            UNION SELECT h.id FROM verlegung u JOIN dokument h ON h.mandant_id = u.mandant_id AND h.vorgang_id = u.objekt_id AND h.akte_id = :akte
             WHERE u.mandant_id = :m AND u.nach_akte_id = :akte AND u.aus_akte_id <> :akte AND u.art = 'vorgang'
            UNION SELECT h.id FROM verlegung u JOIN dokument h ON h.mandant_id = u.mandant_id AND h.id = u.objekt_id AND h.akte_id = :akte
             WHERE u.mandant_id = :m AND u.nach_akte_id = :akte AND u.art = 'dokument'""";

    /** What lay here once: its acts of that time stay in this Protokoll, for whoever sees it where it is now. */
    private static final String FORT =
            "SELECT u.objekt_id FROM verlegung u WHERE u.mandant_id = :m AND u.aus_akte_id = :akte";

    private final JdbcClient datenbank;
    private final Umzugsbuch buch;

    Aktenverlauf(JdbcClient datenbank, Umzugsbuch buch) {
        this.datenbank = datenbank;
        this.buch = buch;
    }

    /**
     * The Protokoll of an Akte, the newest first: who, when, what.
     *
     * @param objekt only what was done to this one thing; null for everything in the Akte
     */
    @Transactional(readOnly = true)
    public Seite<Ereignis> protokoll(Sicht sicht, UUID akte, @Nullable UUID objekt, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                e -> List.of(e.id),
                (stelle, hoechstens) -> ereignisse(sicht, akte, objekt, stelle, hoechstens));
    }

    /** The newest few, for beside an object: {@link #protokoll} without looking whether more follow. */
    @Transactional(readOnly = true)
    public List<Ereignis> juengste(Sicht sicht, UUID akte, int hoechstens) {
        return ereignisse(sicht, akte, null, Stelle.ANFANG, hoechstens);
    }

    private List<Ereignis> ereignisse(Sicht sicht, UUID akte, @Nullable UUID objekt, Stelle stelle, int hoechstens) {
        var herkunft = buch.herkunft(akte);
        // Scalar subqueries, not EXISTS: those would be hashed over all Vorgänge and Dokumente there are.
        var gesehene = """
                %s AND (CAST(:objekt AS uuid) IS NULL OR p.objekt_id = :objekt)
                AND (SELECT true FROM akte a WHERE a.mandant_id = :m AND a.id = :akte AND %s)
                AND (p.objekt_id = :akte
                     OR (SELECT true FROM vorgang v WHERE v.mandant_id = :m AND v.id = p.objekt_id AND %s)
                     OR (SELECT true FROM dokument d WHERE d.mandant_id = :m AND d.id = p.objekt_id AND %s))
                ORDER BY %s LIMIT :hoechstens""".formatted(
                        JUENGSTES_ZUERST.bedingung("p", stelle),
                        sicht.aufAkte("a"),
                        sicht.aufVorgang("v"),
                        sicht.aufDokument("d"),
                        JUENGSTES_ZUERST.folge("p", stelle));
        return datenbank
                .sql("""
                SELECT p.id, p.zeit, coalesce(trim(w.vorname || ' ' || w.nachname), 'Federwerk (Programm)') AS wer, p.handlung,
                       coalesce((SELECT string_agg(i.wert, ' · ' ORDER BY i.feld = 'anlass', i.feld) FROM protokoll_inhalt i
                                  WHERE i.mandant_id = p.mandant_id AND i.eintrag_id = p.id AND i.feld IN ('aktenzeichen', 'titel', 'text', 'nummer', 'anlass')), '') AS was
                  FROM (%1$s) p
                  LEFT JOIN person w ON w.mandant_id = p.mandant_id AND w.pseudonym = p.person
                 ORDER BY %2$s LIMIT :hoechstens""".formatted(
                                zweige(herkunft, "p.mandant_id, p.id, p.zeit, p.handlung, p.person", gesehene),
                                JUENGSTES_ZUERST.folge("p", stelle)))
                .param("herkunft", Schutzfolge.feld(herkunft))
                .param("m", mandant())
                .param("akte", akte)
                .param("objekt", objekt)
                .param("hoechstens", hoechstens)
                .params(JUENGSTES_ZUERST.parameter(stelle))
                .params(sicht.parameter())
                .query(Ereignis.class)
                .list();
    }

    /**
     * What happened in this Akte, and, apart from that, what happened elsewhere to what came from there: each by its own index, and no further than
     * the page reaches. Mostly nothing came from elsewhere.
     */
    private static String zweige(List<UUID> herkunft, String spalten, String gesehene) {
        var hier = "SELECT %s FROM protokoll p WHERE p.mandant_id = :m AND p.akte_id = :akte AND %s"
                .formatted(spalten, gesehene);
        return herkunft.isEmpty() ? hier : """
                (%s) UNION ALL (
                SELECT p.* FROM (%s) h CROSS JOIN LATERAL (
                    SELECT %s FROM protokoll p
                     WHERE p.mandant_id = :m AND p.objekt_id = h.id AND p.akte_id IN (SELECT unnest(CAST(:herkunft AS uuid[]))) AND %s) p)""".formatted(hier, MITGEBRACHTES, spalten, gesehene);
    }

    /** How many entries of the Akte this person sees. */
    @Transactional(readOnly = true)
    public Anzahl anzahl(Sicht sicht, UUID akte) {
        var herkunft = buch.herkunft(akte);
        return Anzahl.aus(datenbank
                .sql("""
                SELECT count(*) FROM (SELECT FROM (%s) p LIMIT :bis) z""".formatted(zweige(herkunft, "p.id", """
                                (SELECT true FROM akte a WHERE a.mandant_id = :m AND a.id = :akte AND %s)
                                AND (p.objekt_id = :akte
                                     OR p.objekt_id IN (SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND (v.akte_id = :akte OR v.id IN (%s)) AND %s)
                                     OR p.objekt_id IN (SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND (d.akte_id = :akte OR d.id IN (%s) OR d.vorgang_id IN (%s)) AND %s))
                                LIMIT :bis""".formatted(
                                sicht.aufAkte("a"), FORT, sicht.aufVorgang("v"), FORT, FORT, sicht.aufDokument("d")))))
                .param("herkunft", Schutzfolge.feld(herkunft))
                .param("m", mandant())
                .param("akte", akte)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }
}
