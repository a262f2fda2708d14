package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.organisation.Sitzungen;
import de.federwerk.organisation.Sitzungen.Sitzung;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells open pages of persons that something of theirs has changed, so that they fetch it anew – with the rights of that moment. What
 * travels is a name such as {@code aufgaben}, never content. Reaches the pages of this process; whoever misses it sees the change with the
 * next click.
 *
 * <p>Stops before the web server does: it would otherwise wait for connections that never end by themselves.
 */
@Component
public class Liveticker implements SmartLifecycle {

    /** Windows of one person that listen at once; the next one takes the place of the oldest. */
    static final int JE_PERSON = 6;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,39}");
    private static final Duration TAKT = Duration.ofSeconds(10);
    private static final Duration STILLE = Duration.ofMinutes(2);

    private record Hoerer(UUID mandant, UUID person) {}

    private final Sitzungen sitzungen;
    private final Dauerlaeufe laeufe;
    private final int insgesamt;
    // Guarded by itself; each of a person's in the order in which they came.
    private final Map<Hoerer, Deque<Leitung>> leitungen = new HashMap<>();
    private int anzahl;
    private volatile boolean laeuft;
    private volatile @Nullable Dauerlauf lauf;

    Liveticker(Sitzungen sitzungen, Dauerlaeufe laeufe, @Value("${federwerk.live.hoechstens:1000}") int insgesamt) {
        this.sitzungen = sitzungen;
        this.laeufe = laeufe;
        this.insgesamt = insgesamt;
    }

    /**
     * Says that something has changed, once the running transaction has committed; not at all if it is rolled back; at once without one.
     * Parts of pages with {@code data-live="<was>"} are then fetched anew.
     *
     * @param personen of this Mandant; whoever has no page open is passed over
     * @param was {@code [a-z-]}, at most 40 characters, e.g. {@code aufgaben}
     */
    public void an(Collection<UUID> personen, String was) {
        if (!NAME.matcher(was).matches()) throw new IllegalArgumentException("Kein Name für den Liveticker: " + was);
        var wen = personen.stream().map(p -> new Hoerer(mandant(), p)).collect(Collectors.toSet());
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            verteile(wen, was);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                verteile(wen, was);
            }
        });
    }

    private void verteile(Set<Hoerer> wen, String was) {
        synchronized (leitungen) {
            for (var hoerer : wen) {
                leitungen.getOrDefault(hoerer, new ArrayDeque<>()).forEach(l -> l.sage(was));
            }
        }
    }

    /** A new listener; empty when there are too many in all, or the house is closing. Whoever gets one gives it back: {@link #schliesse}. */
    Optional<Leitung> oeffne(Sitzung sitzung) {
        synchronized (leitungen) {
            if (!laeuft || anzahl >= insgesamt) return Optional.empty();
            var seine = leitungen.computeIfAbsent(hoerer(sitzung), h -> new ArrayDeque<>());
            while (seine.size() >= JE_PERSON) {
                seine.removeFirst().beende(Leitung.VOLL);
                anzahl--;
            }
            var neue = new Leitung(sitzung);
            seine.addLast(neue);
            anzahl++;
            return Optional.of(neue);
        }
    }

    void schliesse(Leitung leitung) {
        synchronized (leitungen) {
            var hoerer = hoerer(leitung.sitzung());
            var seine = leitungen.get(hoerer);
            if (seine == null) return;
            if (seine.remove(leitung)) anzahl--;
            if (seine.isEmpty()) leitungen.remove(hoerer);
        }
    }

    private static Hoerer hoerer(Sitzung sitzung) {
        return new Hoerer(sitzung.wer().mandant(), sitzung.wer().person());
    }

    private List<Leitung> alle() {
        synchronized (leitungen) {
            return leitungen.values().stream().flatMap(Collection::stream).toList();
        }
    }

    /** Whose session has ended hears nothing more, and is told so. */
    private void sieh() {
        var offene = alle();
        if (offene.isEmpty()) return;
        var lebende = sitzungen.lebende(
                offene.stream().map(l -> l.sitzung().kennung()).collect(Collectors.toSet()));
        offene.stream()
                .filter(l -> !lebende.contains(l.sitzung().kennung()))
                .forEach(l -> l.beende(Leitung.ABGEMELDET));
    }

    @EventListener
    void abgemeldet(LogoutSuccessEvent ereignis) {
        var laufender = lauf;
        if (laufender != null) laufender.wecke();
    }

    @Override
    public void start() {
        laeuft = true;
        lauf = laeufe.beginne("liveticker", TAKT, STILLE, this::sieh);
    }

    @Override
    public void stop() {
        synchronized (leitungen) {
            laeuft = false;
        }
        // Without a word: the browsers come back by themselves when the house is open again.
        alle().forEach(l -> l.beende(""));
        var laufender = lauf;
        if (laufender != null) laufender.ende(Duration.ofSeconds(2));
    }

    @Override
    public boolean isRunning() {
        return laeuft;
    }
}
