package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** In which part of its Akte a Vorgang lies. */
@Component
public class Einordnung {

    private static final String DIREKT = "direkt in der Akte";

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenteile teile;
    private final Umzugsbuch buch;
    private final Protokoll protokoll;
    private final Index index;

    Einordnung(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenteile teile,
            Umzugsbuch buch,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.teile = teile;
        this.buch = buch;
        this.protokoll = protokoll;
        this.index = index;
    }

    /**
     * Puts a Vorgang, open or zdA, into another part of its Akte.
     *
     * @param teilId null: into none; where there are Bände, into the open one
     * @throws Abgelehnt (RECHT) without the right to work on Vorgang and Akte; (KONFLIKT) if the part is closed, or it lies there already; (EINGABE)
     *     without a reason
     */
    @Transactional
    public void ordneEin(Anmeldung wer, UUID vorgangId, @Nullable UUID teilId, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        var gelesen = vorgaenge.bearbeitbar(wer, vorgangId);
        akten.halte(gelesen.akteId());
        vorgaenge.halte(vorgangId);
        var vorher = vorgaenge.bearbeitbar(wer, vorgangId);
        var akte = akten.zumVerlegen(wer, vorher.akteId());
        if (!akte.id().equals(gelesen.akteId()) || !akte.offen()) {
            throw Abgelehnt.konflikt(
                    "Der Vorgang " + vorher.aktenzeichen()
                            + " liegt inzwischen in einer anderen Akte, oder seine Akte ist zu den Akten gelegt. Es wurde nichts geändert.");
        }
        if (teilId != null && !teile.teil(akte.id(), teilId).offen()) {
            throw Abgelehnt.konflikt("„" + teile.teil(akte.id(), teilId).name()
                    + "“ ist geschlossen; dort kommt nichts mehr hinein. Es wurde nichts geändert.");
        }
        lege(vorgangId, teilId);
        var nachher = vorgaenge.bearbeitbar(wer, vorgangId);
        if (Objects.equals(vorher.teilId(), nachher.teilId())) {
            throw Abgelehnt.konflikt("Der Vorgang " + vorher.aktenzeichen() + " liegt schon dort: " + ort(vorher)
                    + ". Es wurde nichts geändert.");
        }
        merkeUmzug(wer, vorher, nachher, warum);
    }

    private void lege(UUID vorgang, @Nullable UUID teil) {
        datenbank
                .sql("UPDATE vorgang SET teil_id = ? WHERE mandant_id = ? AND id = ?")
                .param(teil)
                .param(mandant())
                .param(vorgang)
                .update();
    }

    private void merkeUmzug(Anmeldung wer, Vorgang vorher, Vorgang nachher, String warum) {
        var aus = ort(vorher);
        var nach = ort(nachher);
        buch.schreibe(wer, Umzugsbuch.Umzug.inDerAkte(vorher.id(), vorher.akteId(), aus, nach, warum));
        protokoll.schreibe(
                wer.pseudonym(),
                "vorgang.eingeordnet",
                vorher.id(),
                vorher.akteId(),
                Map.of(
                        "aktenzeichen",
                        vorher.aktenzeichen(),
                        "text",
                        aus + " → " + nach + ": " + warum,
                        "von",
                        aus,
                        "nach",
                        nach,
                        "grund",
                        warum),
                "vorgang");
        index.vormerken("vorgang", vorher.id());
    }

    private static String ort(Vorgang vorgang) {
        return vorgang.teil() == null ? DIREKT : vorgang.teil();
    }

    /** Nothing open lies in a closed part. @throws Abgelehnt (KONFLIKT) if its Teilakte is closed */
    @Transactional(propagation = Propagation.MANDATORY)
    public void nachWiederaufnahme(Anmeldung wer, Vorgang vorgang) {
        var teil = vorgang.teilId() == null
                ? Optional.<Aktenteile.Teil>empty()
                : Optional.of(teile.teil(vorgang.akteId(), vorgang.teilId()));
        if (teil.isEmpty() || teil.get().offen()) {
            return;
        }
        if (!teil.get().band()) {
            // Without its name: whoever works on the Vorgang need not see the Akte.
            throw Abgelehnt.konflikt(
                    "Die Teilakte, in der der Vorgang liegt, ist geschlossen. Bitte nehmen Sie zuerst die Teilakte wieder auf.");
        }
        lege(vorgang.id(), null);
        merkeUmzug(
                wer, vorgang, vorgaenge.bearbeitbar(wer, vorgang.id()), "wieder aufgenommen, nachdem der Band endete");
    }
}
