package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who is responsible for a Leistung, rule by rule in their order. */
@Component
public class Zustaendigkeitsregeln {

    private static final int HOECHSTENS = 300;

    /** A new rule as it is typed; empty conditions do not matter. @param seite alle, gerade or ungerade */
    public record Angaben(
            String strasse,
            @Nullable Integer hausnummerVon,
            @Nullable Integer hausnummerBis,
            String seite,
            String ortsteil,
            String nameVon,
            String nameBis,
            String gegenstand,
            UUID dienststelle) {

        /** The rule for all others. */
        public static Angaben sonst(UUID dienststelle) {
            return new Angaben("", null, null, "alle", "", "", "", "", dienststelle);
        }

        /** By the beginning of the family name. */
        public static Angaben namen(String von, String bis, UUID dienststelle) {
            return new Angaben("", null, null, "alle", "", von, bis, "", dienststelle);
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Zustaendigkeitsregeln(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Regel> von(UUID leistung) {
        return Leistungen.regeln(datenbank, ":was", leistung);
    }

    /**
     * Adds a rule behind the others, but before the one for all others.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @throws Abgelehnt (EINGABE) if the conditions contradict themselves
     */
    @Transactional
    public void fuegeHinzu(Anmeldung wer, UUID leistung, UUID id, Angaben a) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        halte(leistung);
        var regeln = von(leistung);
        if (regeln.size() >= HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "Mehr als " + HOECHSTENS + " Regeln je Leistung sind nicht vorgesehen. Es wurde keine angelegt.");
        }
        var von = a.nameVon.strip();
        var bis = a.nameBis.strip().isEmpty() ? von : a.nameBis.strip();
        pruefe(a, von, bis);
        boolean da = datenbank
                .sql("SELECT EXISTS (SELECT FROM dienststelle WHERE mandant_id = ? AND id = ? AND beendet IS NULL)")
                .params(mandant(), a.dienststelle)
                .query(Boolean.class)
                .single();
        if (!da) {
            throw Abgelehnt.eingabe("Bitte wählen Sie eine Dienststelle. Es wurde keine Regel angelegt.");
        }
        var werte = new HashMap<String, @Nullable Object>();
        werte.put("von", a.hausnummerVon);
        werte.put("bis", a.hausnummerBis);
        int neu = datenbank
                .sql("""
                INSERT INTO zustaendigkeitsregel (mandant_id, id, leistung_id, platz, strasse, hausnummer_von, hausnummer_bis, seite, ortsteil, name_von, name_bis,
                                                  gegenstand, dienststelle_id)
                VALUES (:m, :id, :leistung, :platz, :strasse, :von, :bis, :seite, :ortsteil, :nameVon, :nameBis, :gegenstand, :dienststelle)
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param("m", mandant())
                .param("id", id)
                .param("leistung", leistung)
                .param("platz", regeln.stream().mapToInt(Regel::platz).max().orElse(0) + 1)
                .param("strasse", Leistungsangaben.zeile(a.strasse))
                .params(werte)
                .param("seite", a.seite)
                .param("ortsteil", Leistungsangaben.zeile(a.ortsteil))
                .param("nameVon", von)
                .param("nameBis", bis)
                .param("gegenstand", Leistungsangaben.zeile(a.gegenstand))
                .param("dienststelle", a.dienststelle)
                .update();
        if (neu == 0) {
            return;
        }
        ordne(von(leistung).stream()
                .sorted(java.util.Comparator.comparing(Regel::sonst).thenComparingInt(Regel::platz))
                .toList());
        merke(wer, "zustaendigkeit.hinzugefuegt", leistung, id);
    }

    private static void pruefe(Angaben a, String von, String bis) {
        if (a.strasse.isBlank() && (a.hausnummerVon != null || a.hausnummerBis != null || !a.seite.equals("alle"))) {
            throw Abgelehnt.eingabe("Hausnummern brauchen eine Straße. Es wurde keine Regel angelegt.");
        }
        if (!List.of("alle", "gerade", "ungerade").contains(a.seite)) {
            throw Abgelehnt.eingabe(
                    "Bitte wählen Sie alle, gerade oder ungerade Hausnummern. Es wurde keine Regel angelegt.");
        }
        if (a.hausnummerVon != null && a.hausnummerVon < 1
                || a.hausnummerVon != null && a.hausnummerBis != null && a.hausnummerBis < a.hausnummerVon
                || a.hausnummerBis != null && a.hausnummerBis < 1) {
            throw Abgelehnt.eingabe(
                    "Die Hausnummern passen nicht: Die erste muss die kleinere sein. Es wurde keine Regel angelegt.");
        }
        if (von.isEmpty() != bis.isEmpty()
                || !von.isEmpty()
                        && (Regelwerk.schlicht(von).isEmpty()
                                || Regelwerk.schlicht(von).compareTo(Regelwerk.schlicht(bis)) > 0)) {
            throw Abgelehnt.eingabe(
                    "Die Anfangsbuchstaben passen nicht: Der erste muss im Alphabet vorn stehen. Es wurde keine Regel angelegt.");
        }
        if (a.strasse.length() > 100
                || a.ortsteil.length() > 100
                || a.gegenstand.length() > 100
                || von.length() > 20
                || bis.length() > 20) {
            throw Abgelehnt.eingabe(
                    "Eine Angabe ist zu lang (Namen bis 20, sonst bis 100 Zeichen). Es wurde keine Regel angelegt.");
        }
    }

    /** One place up or down. */
    @Transactional
    public void verschiebe(Anmeldung wer, UUID leistung, UUID id, boolean hinauf) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        halte(leistung);
        var regeln = new java.util.ArrayList<>(von(leistung));
        int stelle = regeln.stream().map(Regel::id).toList().indexOf(id);
        int nachbar = hinauf ? stelle - 1 : stelle + 1;
        if (stelle < 0) {
            throw new NichtGefunden("Diese Regel gibt es nicht.");
        }
        if (nachbar < 0 || nachbar >= regeln.size()) {
            return;
        }
        java.util.Collections.swap(regeln, stelle, nachbar);
        ordne(regeln);
        merke(wer, "zustaendigkeit.verschoben", leistung, id);
    }

    private void ordne(List<Regel> regeln) {
        for (int i = 0; i < regeln.size(); i++) {
            datenbank
                    .sql("UPDATE zustaendigkeitsregel SET platz = ? WHERE mandant_id = ? AND id = ?")
                    .params(i + 1, mandant(), regeln.get(i).id())
                    .update();
        }
    }

    @Transactional
    public void entferne(Anmeldung wer, UUID leistung, UUID id) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        halte(leistung);
        int zeilen = datenbank
                .sql("DELETE FROM zustaendigkeitsregel WHERE mandant_id = ? AND leistung_id = ? AND id = ?")
                .params(mandant(), leistung, id)
                .update();
        if (zeilen == 0) {
            throw new NichtGefunden("Diese Regel gibt es nicht.");
        }
        merke(wer, "zustaendigkeit.entfernt", leistung, id);
    }

    private void halte(UUID leistung) {
        var gehalten = datenbank
                .sql("SELECT id FROM leistung WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), leistung)
                .query(UUID.class)
                .optional();
        if (gehalten.isEmpty()) {
            throw new NichtGefunden("Diese Leistung gibt es nicht.");
        }
    }

    /** All rules as they are now: a rule means something only among the others. */
    private void merke(Anmeldung wer, String handlung, UUID leistung, UUID regel) {
        var jetzt = new StringBuilder();
        for (var r : von(leistung)) {
            jetzt.append(r.text()).append(" → ").append(r.dienststelle()).append('\n');
        }
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                leistung,
                null,
                Map.of("text", jetzt.toString().strip(), "regel", regel.toString()));
    }
}
