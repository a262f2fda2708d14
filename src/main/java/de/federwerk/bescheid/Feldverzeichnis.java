package de.federwerk.bescheid;

import de.federwerk.formular.Feld;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formular;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a text may name: what the house knows, what the clerk is asked, and {@code antrag.…} what the citizen filled in – a field, a part of
 * one ({@code antrag.name.nach}), or a field of a repeated part ({@code antrag.hund.rufname}: all of them).
 */
record Feldverzeichnis(Formular angaben, @Nullable Formular antrag) {

    boolean kennt(String feld) {
        if (Briefangaben.NAMEN.contains(feld) || feld(angaben, feld) != null) {
            return true;
        }
        if (antrag == null || !feld.startsWith("antrag.")) {
            return false;
        }
        var teile = feld.substring(7).split("\\.", -1);
        var erstes = feld(antrag, teile[0]);
        if (teile.length == 1) {
            return erstes != null;
        }
        return teile.length == 2
                && (erstes != null && erstes.art().teile().contains(teile[1]) && erstes.art() != Feldart.DATUM
                        || wiederholt(antrag, teile[0], teile[1]));
    }

    /** All of them, for whoever writes the text. */
    List<String> alle() {
        var alle = new ArrayList<>(Briefangaben.NAMEN.stream().sorted().toList());
        felder(angaben).forEach(f -> alle.add(f.id()));
        if (antrag != null) {
            for (var schritt : antrag.schritte()) {
                for (var abschnitt : schritt.abschnitte()) {
                    for (var f : abschnitt.felder()) {
                        if (f.art() != Feldart.HINWEIS) {
                            alle.add("antrag." + (abschnitt.wiederholt() ? abschnitt.id() + "." : "") + f.id());
                        }
                    }
                }
            }
        }
        return alle;
    }

    private static List<Feld> felder(Formular formular) {
        return formular.schritte().stream()
                .flatMap(s -> s.abschnitte().stream())
                .flatMap(a -> a.felder().stream())
                .toList();
    }

    private static @Nullable Feld feld(Formular formular, String id) {
        return felder(formular).stream()
                .filter(f -> f.id().equals(id) && f.art() != Feldart.HINWEIS)
                .findFirst()
                .orElse(null);
    }

    private static boolean wiederholt(Formular formular, String abschnitt, String feld) {
        return formular.schritte().stream()
                .flatMap(s -> s.abschnitte().stream())
                .filter(a -> a.wiederholt() && a.id().equals(abschnitt))
                .anyMatch(a -> a.felder().stream().anyMatch(f -> f.id().equals(feld)));
    }
}
