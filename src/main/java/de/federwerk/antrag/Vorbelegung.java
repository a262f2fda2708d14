package de.federwerk.antrag;

import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.konto.Datensafe;
import de.federwerk.konto.Datensafe.Art;
import de.federwerk.konto.Datensafe.Datum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Between a form and the Datensafe: what of an answered one may be kept, and what of the next one is known. Nothing goes either way unasked. */
@Component
public class Vorbelegung {

    /** What could be kept of what was sent. @param titel as the form calls it */
    public record Behaltbar(Art art, String titel, Map<String, String> werte) {
        public String gezeigt() {
            return art.gezeigt(werte);
        }
    }

    /** What could be filled in. @param pfad of the field */
    public record Angebot(String pfad, String titel, Datum datum) {}

    private final Antraege antraege;
    private final Formulare formulare;
    private final Datensafe safe;

    Vorbelegung(Antraege antraege, Formulare formulare, Datensafe safe) {
        this.antraege = antraege;
        this.formulare = formulare;
        this.safe = safe;
    }

    /** What the Konto could keep of its sent Antrag and does not yet; nothing for who is not signed in. */
    @Transactional(readOnly = true)
    public List<Behaltbar> behaltbare(Antrag antrag) {
        if (antrag.entwurf() || !antrag.imKonto() || safe.konto().isEmpty()) {
            return List.of();
        }
        var schon = new EnumMap<Art, Map<String, String>>(Art.class);
        safe.meine().forEach(d -> schon.put(d.art(), d.werte()));
        var formular = formular(antrag);
        var funde = new LinkedHashMap<Art, Behaltbar>();
        for (var angabe : formular.angaben(antrag.werte(), antrag.sprache().kennung())) {
            art(formular, angabe).ifPresent(art -> {
                var werte = werte(art, antrag.werte(), angabe.pfad());
                if (!angabe.gezeigt().isEmpty() && !werte.equals(schon.get(art))) {
                    funde.putIfAbsent(art, new Behaltbar(art, angabe.titel(), werte));
                }
            });
        }
        return List.copyOf(funde.values());
    }

    /** @param arten those that were agreed to; others are left out */
    @Transactional
    public void behalte(UUID id, Collection<Art> arten) {
        var antrag = antraege.antrag(id);
        behaltbare(antrag).stream()
                .filter(b -> arten.contains(b.art))
                .forEach(b -> safe.merke(b.art, b.werte, antrag.titel()));
    }

    /** What is known of what one page asks and nobody has answered yet. */
    @Transactional(readOnly = true)
    public List<Angebot> angebote(Antrag antrag, String schritt) {
        if (!antrag.imKonto()) {
            return List.of();
        }
        var bekannt = new EnumMap<Art, Datum>(Art.class);
        safe.meine().forEach(d -> bekannt.put(d.art(), d));
        if (bekannt.isEmpty()) {
            return List.of();
        }
        var formular = formular(antrag);
        var angebote = new ArrayList<Angebot>();
        for (var angabe : formular.angaben(antrag.werte(), antrag.sprache().kennung())) {
            if (angabe.schritt().equals(schritt)) {
                art(formular, angabe)
                        .filter(art -> leer(art, antrag.werte(), angabe.pfad()))
                        .map(bekannt::get)
                        .ifPresent(d -> angebote.add(new Angebot(angabe.pfad(), angabe.titel(), d)));
            }
        }
        return angebote;
    }

    /**
     * Fills in what was agreed to, and where nothing was typed meanwhile.
     *
     * @param pfade of the fields
     * @param woher what is then said at the field
     */
    @Transactional
    public void uebernimm(UUID id, String schritt, Collection<String> pfade, Function<Datum, String> woher) {
        var angebote = angebote(antraege.entwurf(id), schritt).stream()
                .filter(a -> pfade.contains(a.pfad))
                .toList();
        antraege.schreibe(id, schritt, werte -> {
            var neu = werte;
            for (var a : angebote) {
                if (leer(a.datum.art(), neu, a.pfad)) {
                    neu = neu.mit(a.pfad, a.datum.werte(), woher.apply(a.datum));
                }
            }
            return neu;
        });
    }

    private Formular formular(Antrag antrag) {
        return formulare.fassung(antrag.formularfassungId()).formular();
    }

    /** Only what is asked about the person who fills it in; in what is repeated others are meant. */
    private static Optional<Art> art(Formular formular, Formularangabe angabe) {
        boolean selbst = angabe.nummer() == 0
                && (angabe.art() == Feldart.IBAN
                        || formular.feld(angabe.pfad()).map(f -> f.selbst()).orElse(false));
        return selbst
                ? switch (angabe.art()) {
                    case NAME -> Optional.of(Art.NAME);
                    case ANSCHRIFT -> Optional.of(Art.ANSCHRIFT);
                    case DATUM -> Optional.of(Art.GEBURT);
                    case EMAIL -> Optional.of(Art.EMAIL);
                    case TELEFON -> Optional.of(Art.TELEFON);
                    case IBAN -> Optional.of(Art.IBAN);
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    private static Map<String, String> werte(Art art, Werte werte, String pfad) {
        var teile = new LinkedHashMap<String, String>();
        art.teile().forEach(t -> teile.put(t, werte.text(t.isEmpty() ? pfad : pfad + "." + t)));
        return teile;
    }

    private static boolean leer(Art art, Werte werte, String pfad) {
        return werte(art, werte, pfad).values().stream().allMatch(String::isBlank);
    }
}
