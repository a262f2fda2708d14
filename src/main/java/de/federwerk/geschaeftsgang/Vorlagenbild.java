package de.federwerk.geschaeftsgang;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Laufweg as it is drawn: blocks under one another, their branches side by side, the stations of a branch under one another. */
record Vorlagenbild(List<List<List<Halt>>> bloecke) {

    /** @param an who gets it, by name or as it follows from the Vorgang */
    record Halt(Stationsart was, String an, String auftrag, boolean persoenlich, String frist) {}

    /** @param stationen in the order of the form @param namen of those that are named */
    static Vorlagenbild von(List<Laufwegvorlagen.Station> stationen, Map<Empfaenger, String> namen) {
        var bloecke = new ArrayList<List<List<Halt>>>();
        Laufwegvorlagen.Station vorige = null;
        for (var s : stationen) {
            if (vorige == null || vorige.block() != s.block()) {
                bloecke.add(new ArrayList<>());
            }
            var block = bloecke.getLast();
            if (block.isEmpty() || vorige == null || vorige.zweig() != s.zweig()) {
                block.add(new ArrayList<>());
            }
            block.getLast()
                    .add(new Halt(
                            s.art(),
                            s.an().benannt()
                                    .map(e -> namen.getOrDefault(e, "unbekannt"))
                                    .orElse(s.an().art().wort()),
                            s.auftrag(),
                            s.persoenlich(),
                            s.tage() == null
                                    ? ""
                                    : (s.art() == Stationsart.WIEDERVORLAGE ? "nach " : "binnen ")
                                            + (s.tage() == 1 ? "einem Arbeitstag" : s.tage() + " Arbeitstagen")));
            vorige = s;
        }
        return new Vorlagenbild(bloecke);
    }
}
