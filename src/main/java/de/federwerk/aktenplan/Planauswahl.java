package de.federwerk.aktenplan;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The choices for “which position?”. */
@Controller
class Planauswahl {

    record Auswahl(UUID id, String text, String zusatz) {}

    private final Aktenplan plan;

    Planauswahl(Aktenplan plan) {
        this.plan = plan;
    }

    @GetMapping("/aktenplan/auswahl")
    @ResponseBody
    List<Auswahl> auswahl(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "false") boolean alle) {
        return plan.suche(q, alle).stream()
                .map(k -> new Auswahl(k.id(), k.anzeige(), k.frist()))
                .toList();
    }
}
