package de.federwerk.umstellung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Umprotokollierung;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.sammellauf.Sammeltat;
import de.federwerk.sammellauf.Tatfeld;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One Akte follows its position. No list offers it; {@link Umstellungslauf} begins it. */
@Component
class Umstellungstat implements Sammeltat {

    private final JdbcClient datenbank;
    private final Umprotokollierung umprotokollierung;
    /** Not before it is needed: they begin the runs that do this. */
    private final ObjectProvider<Umstellungslauf> laeufe;

    Umstellungstat(JdbcClient datenbank, Umprotokollierung umprotokollierung, ObjectProvider<Umstellungslauf> laeufe) {
        this.datenbank = datenbank;
        this.umprotokollierung = umprotokollierung;
        this.laeufe = laeufe;
    }

    @Override
    public String kennung() {
        return Umstellungslauf.TAT;
    }

    @Override
    public String wort() {
        return "Umstellung des Aktenplans";
    }

    @Override
    public Set<Art> arten() {
        return Set.of();
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of();
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        throw new NichtGefunden("Das lässt sich nicht gesammelt erledigen.");
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return angaben.getOrDefault("anlass", "");
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        var hier = position(id);
        var ziel = laeufe.getObject().ziel(auftrag.lauf(), hier);
        if (ziel == null) {
            throw Abgelehnt.konflikt("Steht inzwischen unter einer anderen Position und bleibt dort.");
        }
        var zeichen = umprotokollierung.stelleUm(auftrag.wer(), id, hier, null, ziel, auftrag.angabe("anlass"));
        return Map.of("von", hier.toString(), "nach", ziel.toString(), "zeichen", zeichen);
    }

    private UUID position(UUID akte) {
        return datenbank
                .sql("SELECT planknoten_id FROM akte WHERE mandant_id = ? AND id = ?")
                .params(mandant(), akte)
                .query(UUID.class)
                .single();
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        umprotokollierung.stelleUm(
                auftrag.wer(),
                id,
                UUID.fromString(spur.getOrDefault("nach", "")),
                spur.get("zeichen"),
                UUID.fromString(spur.getOrDefault("von", "")),
                auftrag.angabe("anlass") + " zurückgenommen");
    }

    /** What somebody was making at the very moment when the positions ended. */
    @Override
    public List<UUID> nachlese(Auftrag auftrag) {
        return laeufe.getObject().betroffene(auftrag.lauf());
    }
}
