package de.federwerk.geschaeftsgang;

import de.federwerk.aktenart.Aktenartbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** On the page of an Aktenart: which templates of Laufwege it offers first. */
@Controller
class Laufwegvorgabenseiten implements Aktenartbeigabe {

    /** Lines of the form beside those that are filled in. */
    private static final int FREIE = 2;

    private final Laufwegvorgaben vorgaben;
    private final Laufwegvorlagen vorlagen;
    private final Einschub einschub;

    Laufwegvorgabenseiten(Laufwegvorgaben vorgaben, Laufwegvorlagen vorlagen, Einschub einschub) {
        this.vorgaben = vorgaben;
        this.vorlagen = vorlagen;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(UUID aktenart) {
        var alle = vorlagen.alle();
        var gewaehlte = vorgaben.von(aktenart).stream()
                .filter(id -> alle.stream().anyMatch(v -> v.id().equals(id)))
                .map(UUID::toString)
                .toList();
        var werte = new HashMap<String, Object>();
        werte.put("aktenart", aktenart);
        werte.put("vorlagen", alle);
        werte.put(
                "zeilen",
                IntStream.range(0, Math.min(gewaehlte.size() + FREIE, Math.max(alle.size(), gewaehlte.size())))
                        .mapToObj(i -> i < gewaehlte.size() ? gewaehlte.get(i) : "")
                        .toList());
        return rahmen -> {
            werte.put("rahmen", rahmen);
            return einschub.von("geschaeftsgang/vorgaben", werte);
        };
    }

    @PostMapping("/verwaltung/aktenarten/{id}/laufwege")
    String setze(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<String> vorlage,
            @AuthenticationPrincipal Anmeldung wer) {
        vorgaben.setze(
                wer,
                id,
                vorlage.stream()
                        .flatMap(v -> Laufwegformular.kennung(v).stream())
                        .distinct()
                        .toList());
        return "redirect:/verwaltung/aktenarten/" + id + "#laufwege";
    }
}
