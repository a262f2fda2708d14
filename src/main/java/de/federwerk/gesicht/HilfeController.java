package de.federwerk.gesicht;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page behind {@code ?}: the keys, for those who read rather than try. */
@Controller
class HilfeController {

    @GetMapping("/hilfe")
    String hilfe() {
        return "gesicht/hilfe";
    }
}
