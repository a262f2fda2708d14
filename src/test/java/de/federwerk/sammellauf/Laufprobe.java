package de.federwerk.sammellauf;

import static org.awaitility.Awaitility.await;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Sammelläufe from their beginning to their end, for the comparison with the rules in plain Java. */
public final class Laufprobe {

    /** What may be in the background at the same time as this. */
    private static final Duration FERTIG = Duration.ofSeconds(30);

    private final Sammellaeufe laeufe;
    private final Sammelauskunft auskunft;
    private final Sammelposten posten;
    private final Sammelschritt schritt;
    private final TransactionTemplate transaktion;

    public Laufprobe(ApplicationContext haus) {
        this.laeufe = haus.getBean(Sammellaeufe.class);
        this.auskunft = haus.getBean(Sammelauskunft.class);
        this.posten = haus.getBean(Sammelposten.class);
        this.schritt = haus.getBean(Sammelschritt.class);
        this.transaktion = haus.getBean(TransactionTemplate.class);
    }

    /** Done when this returns. @return the run */
    public UUID tu(Anmeldung wer, String tat, String art, List<UUID> ids, Map<String, String> angaben) {
        var lauf = in(wer, () -> laeufe.beginne(wer, tat, Art.von(art), ids, angaben));
        laufe(wer, lauf);
        return lauf;
    }

    /** Taken back when this returns, as far as it can be. */
    public void nimmZurueck(Anmeldung wer, UUID lauf) {
        in(wer, () -> {
            laeufe.nimmZurueck(wer, lauf);
            return true;
        });
        laufe(wer, lauf);
    }

    /** The room in the background is woken as well: both do it together, each Posten once. */
    private void laufe(Anmeldung wer, UUID lauf) {
        boolean mehr = true;
        while (mehr) {
            mehr = Mandantenkontext.als(wer.mandant(), () -> schritt.weiter(lauf));
        }
        await().atMost(FERTIG)
                .pollInSameThread()
                .until(() -> !in(wer, () -> auskunft.eigener(wer, lauf)).unterwegs());
    }

    /** {@code fertig}, {@code angehalten}, {@code zurueckgenommen}. */
    public String stand(Anmeldung wer, UUID lauf) {
        return auskunft.eigener(wer, lauf).stand();
    }

    public List<Sammelposten.Zeile> zeilen(UUID person, UUID lauf) {
        return posten.zeilen(
                person,
                lauf,
                List.copyOf(Set.of("offen", "erledigt", "abgelehnt", "zurueckgenommen", "geblieben")),
                0,
                100);
    }

    private <T> T in(Anmeldung wer, Supplier<T> arbeit) {
        return Mandantenkontext.als(wer.mandant(), () -> transaktion.execute(t -> arbeit.get()));
    }
}
