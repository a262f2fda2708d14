package de.federwerk.aktenart;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** With what an Akte of a kind begins: its first Vorgänge, titles for further ones, how its Dokumente are called. */
@Component
public class Aktenartvorgaben {

    private static final int ZEILEN = 30;
    private static final int TITEL = 300;

    /**
     * @param vorgaenge titles of the Vorgänge that are made with a new Akte
     * @param vorgangstitel titles that are offered for further ones
     * @param dokumentart of a Dokument of which nobody says another; empty: as everywhere
     */
    public record Vorgaben(List<String> vorgaenge, List<String> vorgangstitel, String dokumentart) {

        static final Vorgaben KEINE = new Vorgaben(List.of(), List.of(), "");

        /** What a Dokument is of which nobody says another kind. */
        public String artOderSchreiben() {
            return dokumentart.isEmpty() ? "Schreiben" : dokumentart;
        }

        /** Everything that a new Vorgang may be called, each once. */
        public List<String> vorschlaege() {
            return java.util.stream.Stream.concat(vorgangstitel.stream(), vorgaenge.stream())
                    .distinct()
                    .toList();
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Aktenartvorgaben(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** @param aktenart null: of an Akte without one */
    @Transactional(readOnly = true)
    public Vorgaben von(@Nullable UUID aktenart) {
        return aktenart == null
                ? Vorgaben.KEINE
                : datenbank
                        .sql(
                                "SELECT vorgaenge, vorgangstitel, dokumentart FROM aktenart WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), aktenart)
                        .query((z, nr) -> new Vorgaben(
                                texte(z, "vorgaenge"), texte(z, "vorgangstitel"), z.getString("dokumentart")))
                        .optional()
                        .orElse(Vorgaben.KEINE);
    }

    private static List<String> texte(ResultSet zeile, String spalte) throws SQLException {
        return List.of((String[]) zeile.getArray(spalte).getArray());
    }

    /** @param vorgaenge one title a line, {@code vorgangstitel} as well @throws Abgelehnt (EINGABE) if it is too much or too long */
    @Transactional
    public void setze(Anmeldung wer, UUID aktenart, String vorgaenge, String vorgangstitel, String dokumentart) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var erste = zeilen(vorgaenge);
        var weitere = zeilen(vorgangstitel);
        var art = Aktenarten.zeile(dokumentart);
        if (art.length() > 60) {
            throw Abgelehnt.eingabe("Die Dokumentart hat höchstens 60 Zeichen. Es wurde nichts geändert.");
        }
        int geaendert = datenbank
                .sql(
                        "UPDATE aktenart SET vorgaenge = ?, vorgangstitel = ?, dokumentart = ? WHERE mandant_id = ? AND id = ?")
                .param(erste.toArray(String[]::new))
                .param(weitere.toArray(String[]::new))
                .param(art)
                .param(mandant())
                .param(aktenart)
                .update();
        if (geaendert == 0) {
            throw new NichtGefunden("Diese Aktenart gibt es nicht.");
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "aktenart.vorgaben",
                aktenart,
                null,
                Map.of(
                        "text",
                        "Vorgänge: " + String.join(", ", erste) + "; Titel: " + String.join(", ", weitere)
                                + "; Dokumentart: " + art));
    }

    private static List<String> zeilen(String getippt) {
        var zeilen = getippt.lines()
                .map(Aktenarten::zeile)
                .filter(z -> !z.isEmpty())
                .distinct()
                .toList();
        if (zeilen.size() > ZEILEN || zeilen.stream().anyMatch(z -> z.length() > TITEL)) {
            throw Abgelehnt.eingabe("Möglich sind " + ZEILEN + " Zeilen von je höchstens " + TITEL
                    + " Zeichen. Es wurde nichts geändert.");
        }
        return zeilen;
    }
}
