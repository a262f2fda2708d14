package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.geschaeftsgang.Faelligkeiten.Aufgabe;
import de.federwerk.geschaeftsgang.Faelligkeiten.Stufe;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Stellen;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds of deadlines and tells heads of those that have passed, by the rules of the Gemeinde; a Wiedervorlage on its day; deputies of what
 * lies there when they begin. Each once per round of a station. What is marked and what is told are one transaction; several nodes take
 * different rows.
 */
@Component
class Fristwache extends Dauerdienst {

    private static final Duration TAKT = Duration.ofMinutes(10);
    private static final Duration STILLE = Duration.ofHours(1);
    private static final int STAPEL = 200;
    /** More of a kind for one person at once are one Meldung with their number: after a rule was changed it may be hundreds. */
    static final int EINZELN = 5;
    /** People of one recipient who are told; a unit of more looks at its Postkorb anyway. */
    private static final int JE_EMPFAENGER = 50;

    private record Adressat(UUID person, Meldungsart art) {}

    /** @param fuer names the absent person for whom it is; empty for oneself */
    private record Nachricht(Aufgabe aufgabe, String fuer) {}

    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Fristregeln regeln;
    private final Faelligkeiten faelligkeiten;
    private final Stellen stellen;
    private final Leitungen leitungen;
    private final Vertretungsmeldung vertretungen;
    private final Meldungen meldungen;

    Fristwache(
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Fristregeln regeln,
            Faelligkeiten faelligkeiten,
            Stellen stellen,
            Leitungen leitungen,
            Vertretungsmeldung vertretungen,
            Meldungen meldungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "fristwache", TAKT, STILLE);
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.regeln = regeln;
        this.faelligkeiten = faelligkeiten;
        this.stellen = stellen;
        this.leitungen = leitungen;
        this.vertretungen = vertretungen;
        this.meldungen = meldungen;
    }

    @Override
    protected void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var m : mandanten.alle()) {
            if (m.gilt()) Mandantenkontext.als(m.id(), () -> erinnere(heute));
        }
    }

    /** @param heute the day in the town hall */
    void erinnere(LocalDate heute) {
        for (var stufe : Stufe.values()) {
            solange(() -> stapel(stufe, heute));
        }
        solange(vertretungen::sageBegonnene);
    }

    /** Each batch in a transaction of its own, as long as there may be more. */
    private void solange(BooleanSupplier stapel) {
        while (Boolean.TRUE.equals(transaktion.execute(t -> stapel.getAsBoolean()))) {
            // The next one.
        }
    }

    private boolean stapel(Stufe stufe, LocalDate heute) {
        var genommene = faelligkeiten.nimm(stufe, regeln.geltende(), heute, STAPEL);
        var je = switch (stufe) {
            case VORHER, NACHHER -> anLeute(genommene, heute);
            case ESKALATION -> anLeitung(genommene, this::leitung);
            case WEITER -> anLeitung(genommene, e -> leitung(e).flatMap(leitungen::leitungVon));
        };
        je.forEach((adressat, nachrichten) -> sage(stufe, adressat, nachrichten, heute));
        return genommene.size() == STAPEL;
    }

    /** Whom it came to, and who stands in for them. */
    private Map<Adressat, List<Nachricht>> anLeute(List<Aufgabe> aufgaben, LocalDate heute) {
        var je = new LinkedHashMap<Adressat, List<Nachricht>>();
        var personen = new HashMap<Empfaenger, List<UUID>>();
        var vertretbare = new HashMap<UUID, List<UUID>>();
        for (var aufgabe : aufgaben) {
            var leute = personen.computeIfAbsent(aufgabe.empfaenger(), this::personen);
            leute.forEach(p -> lege(je, p, erinnerung(aufgabe, heute), new Nachricht(aufgabe, "")));
            if (!aufgabe.empfaengerArt().equals("einheit")) {
                vertretbare.put(aufgabe.id(), leute);
            }
        }
        var nachId = aufgaben.stream().collect(Collectors.toMap(Aufgabe::id, Function.identity()));
        for (var statt : vertretungen.statt(vertretbare)) {
            var aufgabe = nachId.get(statt.aufgabe());
            if (aufgabe != null) {
                lege(je, statt.person(), erinnerung(aufgabe, heute), new Nachricht(aufgabe, statt.zusatz()));
            }
        }
        return je;
    }

    private static Meldungsart erinnerung(Aufgabe aufgabe, LocalDate heute) {
        return aufgabe.faellig().isBefore(heute) ? Meldungsart.FRIST_UEBERSCHRITTEN : Meldungsart.FRIST_BALD;
    }

    private Map<Adressat, List<Nachricht>> anLeitung(
            List<Aufgabe> aufgaben, Function<Empfaenger, Optional<UUID>> welche) {
        var je = new LinkedHashMap<Adressat, List<Nachricht>>();
        var bekannte = new HashMap<Empfaenger, Optional<UUID>>();
        for (var aufgabe : aufgaben) {
            bekannte.computeIfAbsent(aufgabe.empfaenger(), welche)
                    .ifPresent(p -> lege(je, p, Meldungsart.ESKALATION, new Nachricht(aufgabe, "")));
        }
        return je;
    }

    private static void lege(Map<Adressat, List<Nachricht>> je, UUID person, Meldungsart art, Nachricht nachricht) {
        je.computeIfAbsent(new Adressat(person, art), a -> new ArrayList<>()).add(nachricht);
    }

    private void sage(Stufe stufe, Adressat an, List<Nachricht> nachrichten, LocalDate heute) {
        var schluessel = switch (stufe) {
            case VORHER -> "frist";
            case NACHHER -> "ueberfaellig";
            case ESKALATION -> "eskalation";
            case WEITER -> "weiter";
        };
        if (nachrichten.size() > EINZELN) {
            sageZusammen(schluessel, an, nachrichten, heute);
            return;
        }
        for (var nachricht : nachrichten) {
            var aufgabe = nachricht.aufgabe;
            meldungen.sage(
                    an.person,
                    an.art,
                    "%s %s %d".formatted(schluessel, aufgabe.id(), aufgabe.runde()),
                    aufgabe.titel(),
                    frist(an.art)
                            + Anzeige.datum(aufgabe.faellig())
                            + (nachricht.fuer.isEmpty() ? "" : ", " + nachricht.fuer),
                    an.art == Meldungsart.ESKALATION ? "/leitung/aufgaben" : "/aufgaben/" + aufgabe.id());
        }
    }

    private void sageZusammen(String schluessel, Adressat an, List<Nachricht> nachrichten, LocalDate heute) {
        var erste = nachrichten.stream()
                .map(Nachricht::aufgabe)
                .min(Comparator.comparing(Aufgabe::faellig).thenComparing(Aufgabe::id))
                .orElseThrow();
        long inVertretung = nachrichten.stream().filter(n -> !n.fuer.isEmpty()).count();
        meldungen.sage(
                an.person,
                an.art,
                "%s zusammen %s %d %s".formatted(schluessel, erste.id(), erste.runde(), heute),
                Anzeige.anzahl(nachrichten.size(), "Aufgabe", "Aufgaben"),
                "die erste " + frist(an.art) + Anzeige.datum(erste.faellig())
                        + (inVertretung == 0 ? "" : ", davon %s in Vertretung".formatted(Anzeige.zahl(inVertretung))),
                an.art == Meldungsart.ESKALATION ? "/leitung/aufgaben" : "/postkorb");
    }

    private static String frist(Meldungsart art) {
        return switch (art) {
            case FRIST_BALD -> "bis ";
            case ESKALATION -> "überfällig seit ";
            default -> "seit ";
        };
    }

    private List<UUID> personen(Empfaenger an) {
        return switch (an.art()) {
            case "person" -> List.of(an.id());
            case "stelle" -> ids(stellen.inhaber(an.id()));
            default -> ids(stellen.mitglieder(an.id()));
        };
    }

    private static List<UUID> ids(List<Stellen.Inhaber> inhaber) {
        return inhaber.stream()
                .map(Stellen.Inhaber::person)
                .limit(JE_EMPFAENGER)
                .toList();
    }

    private Optional<UUID> leitung(Empfaenger an) {
        return switch (an.art()) {
            case "einheit" -> leitungen.leitungDer(an.id());
            case "person" -> leitungen.leitungVon(an.id());
            default ->
                personen(an).stream()
                        .flatMap(p -> leitungen.leitungVon(p).stream())
                        .findFirst();
        };
    }
}
