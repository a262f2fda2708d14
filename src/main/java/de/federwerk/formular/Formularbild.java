package de.federwerk.formular;

import de.federwerk.formular.Formular.Platz;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page of a form as {@code formular/schritt.jte} draws it.
 *
 * @param titel of the page
 * @param fehler for the list above it
 */
public record Formularbild(
        String schritt, String titel, String hilfe, String sprache, List<Gruppe> gruppen, List<Feldfehler> fehler) {

    /** Above the list of what does not fit. */
    public String fehlertitel() {
        boolean eines = fehler.size() == 1;
        if (sprache.equals("en")) {
            return eines ? "One field is not right yet" : fehler.size() + " fields are not right yet";
        }
        return eines ? "Ein Feld ist noch nicht richtig" : fehler.size() + " Felder sind noch nicht richtig";
    }

    /** An Abschnitt. @param mehr what the button says that adds one; empty if none can be added @param stuecke of it; exactly one if it is not repeated */
    public record Gruppe(
            String id, String titel, String hilfe, boolean wiederholt, String mehr, List<Stueck> stuecke) {}

    /** @param titel of one of a repeated Abschnitt, {@code Hund 2}; else empty @param weg name of the button that removes it; empty if it must stay */
    public record Stueck(String titel, String weg, List<Feldbild> felder) {}

    /** @param teil the input at which {@code fehler} stands; empty for the field @param gezeigt of a computed field */
    public record Feldbild(
            Feld feld,
            String pfad,
            String id,
            String titel,
            String hilfe,
            String text,
            String sprache,
            Werte werte,
            String fehler,
            String teil,
            String herkunft,
            String gezeigt) {

        public String wert() {
            return werte.text(pfad);
        }

        public String wert(String teil) {
            return werte.text(pfad + "." + teil);
        }

        public boolean gewaehlt(String wert) {
            return werte.texte(pfad).contains(wert);
        }

        public List<Anlage> anlagen() {
            return werte.anlagen(pfad);
        }

        public boolean falsch() {
            return !fehler.isEmpty();
        }

        /** Whether this input is the one to mend. */
        public boolean falsch(String eines) {
            return falsch() && (teil.isEmpty() || teil.equals(eines));
        }

        /** Ids of what belongs to the input: help, error, origin. */
        public String beschrieben() {
            var ids = new ArrayList<String>();
            if (!hilfe.isEmpty() || feld.art() == Feldart.DATEI) {
                ids.add(id + "-hilfe");
            }
            if (falsch()) {
                ids.add(id + "-fehler");
            }
            if (!herkunft.isEmpty()) {
                ids.add(id + "-herkunft");
            }
            return String.join(" ", ids);
        }

        /** Said by a word where it is not asked for, not by a star where it is: most fields are. */
        public String freiwillig() {
            return feld.pflicht() || feld.art() == Feldart.BERECHNET
                    ? ""
                    : sprache.equals("en") ? "optional" : "freiwillig";
        }

        public String arten() {
            return Formularbild.arten(feld);
        }
    }

    static Formularbild von(
            Schritt schritt,
            Lage lage,
            Werte werte,
            String sprache,
            List<Feldfehler> fehler,
            Map<String, Feldfehler> nachPfad) {
        var gruppen = new ArrayList<Gruppe>();
        for (var abschnitt : schritt.abschnitte()) {
            if (!lage.zeigt(schritt, abschnitt)) {
                continue;
            }
            var nummern = Formular.nummern(lage, schritt, abschnitt);
            var stuecke = new ArrayList<Stueck>();
            for (int nr : nummern) {
                var felder = new ArrayList<Feldbild>();
                for (var feld : abschnitt.felder()) {
                    var platz = new Platz(schritt, abschnitt, feld);
                    if (lage.zeigt(platz, nr)) {
                        felder.add(feld(platz, nr, lage, werte, sprache, nachPfad));
                    }
                }
                stuecke.add(new Stueck(
                        nr == 0 ? "" : abschnitt.eines().in(sprache) + " " + nr,
                        nr > 0 && nummern.size() > abschnitt.mindestens() ? abschnitt.id() + "[" + nr + "]" : "",
                        felder));
            }
            boolean mehr = abschnitt.wiederholt() && nummern.size() < abschnitt.hoechstens();
            gruppen.add(new Gruppe(
                    abschnitt.id(),
                    abschnitt.titel().in(sprache),
                    abschnitt.hilfe().in(sprache),
                    abschnitt.wiederholt(),
                    mehr ? mehr(abschnitt, nummern.size(), sprache) : "",
                    stuecke));
        }
        return new Formularbild(
                schritt.id(), schritt.titel().in(sprache), schritt.hilfe().in(sprache), sprache, gruppen, fehler);
    }

    private static String mehr(Abschnitt abschnitt, int schon, String sprache) {
        var eines = abschnitt.eines().in(sprache);
        return sprache.equals("en")
                ? "Add: " + eines
                : eines + (schon == 0 ? " hinzufügen" : ": weitere Angabe hinzufügen");
    }

    private static Feldbild feld(
            Platz platz, int nr, Lage lage, Werte werte, String sprache, Map<String, Feldfehler> nachPfad) {
        var feld = platz.feld();
        var pfad = platz.pfad(nr);
        var fehler = nachPfad.get(pfad);
        return new Feldbild(
                feld,
                pfad,
                Formular.htmlId(pfad),
                feld.titel().in(sprache),
                feld.hilfe().in(sprache),
                feld.text().in(sprache),
                sprache,
                werte,
                fehler == null ? "" : fehler.meldung(),
                fehler == null ? "" : fehler.teil(),
                werte.herkunft(pfad),
                feld.art() == Feldart.BERECHNET ? lage.gelesen(platz, nr).gezeigt() : "");
    }

    static String arten(Feld feld) {
        return Dateiart.worte(feld.typen());
    }
}
