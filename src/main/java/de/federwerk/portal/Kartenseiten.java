package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Formularwert.Ort;
import de.federwerk.stadtplan.Stadtplaene;
import de.federwerk.stadtplan.Stadtplan;
import de.federwerk.stadtplan.Stadtplan.Punkt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * To show a place on the town's map, without script: each square of the map is a button that says where it was pressed. Pressed by a key it means its
 * middle; from there the mark is moved by buttons. What is marked is kept in the draft at once.
 */
@Portalseite
class Kartenseiten {

    /** Pixels that a button moves the mark, or the map where there is none. */
    private static final int SCHRITT_PUNKT = 16;

    private static final int SCHRITT_KARTE = 192;
    private static final Pattern KACHEL = Pattern.compile("k_(\\d{1,4})_(\\d{1,4})\\.x");

    private final Stadtplaene plaene;
    private final Antraege antraege;
    private final Formulare formulare;

    Kartenseiten(Stadtplaene plaene, Antraege antraege, Formulare formulare) {
        this.plaene = plaene;
        this.antraege = antraege;
        this.formulare = formulare;
    }

    @GetMapping("/portal/stadtplan/kachel")
    ResponseEntity<byte[]> kachel(
            @RequestParam int fassung, @RequestParam int stufe, @RequestParam int spalte, @RequestParam int zeile) {
        var bild = plaene.kachel(fassung, stufe, spalte, zeile)
                .orElseThrow(() -> new NichtGefunden("Dieses Stück der Karte gibt es nicht."));
        return ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .contentType(MediaType.IMAGE_PNG)
                .body(bild);
    }

    @GetMapping("/portal/antraege/{id}/karte")
    String zeige(@PathVariable UUID id, @RequestParam(defaultValue = "") String feld, Model seite) {
        var plan = plan();
        var antrag = entwurf(id);
        var punkt = punkt(angabe(antrag, feld), plan);
        int stufe = punkt == null ? 0 : plan.stufen() - 1;
        return seite(
                antrag,
                feld,
                plan,
                stufe,
                punkt == null ? plan.breite(0) / 2 : plan.x(stufe, punkt.laenge()),
                punkt == null ? plan.hoehe(0) / 2 : plan.y(stufe, punkt.breite()),
                seite);
    }

    private Stadtplan plan() {
        return plaene.plan().orElseThrow(() -> new NichtGefunden("Einen Stadtplan gibt es hier nicht."));
    }

    private Antrag entwurf(UUID id) {
        var antrag = antraege.antrag(id);
        if (!antrag.entwurf()) {
            throw new NichtGefunden("Dieser Antrag ist abgesendet.");
        }
        return antrag;
    }

    /** @throws NichtGefunden unless the form asks for this place just now */
    private Formularangabe angabe(Antrag antrag, String feld) {
        return formulare.fassung(antrag.formularfassungId()).formular().angaben(antrag.werte()).stream()
                .filter(a -> a.art() == Feldart.ORT && a.pfad().equals(feld))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Nach diesem Ort wird nicht gefragt."));
    }

    private static @Nullable Punkt punkt(Formularangabe angabe, Stadtplan plan) {
        return angabe.wert() instanceof Ort ort
                        && ort.breite() != null
                        && ort.laenge() != null
                        && plan.zeigt(ort.breite(), ort.laenge())
                ? new Punkt(ort.breite(), ort.laenge())
                : null;
    }

    private String seite(Antrag antrag, String feld, Stadtplan plan, int stufe, int x, int y, Model seite) {
        var angabe = angabe(antrag, feld);
        var punkt = punkt(angabe, plan);
        seite.addAttribute("antrag", antrag);
        seite.addAttribute("angabe", angabe);
        seite.addAttribute("plan", plan);
        seite.addAttribute("punkt", punkt);
        seite.addAttribute("ausschnitt", plan.ausschnitt(stufe, x, y, punkt));
        return "portal/karte";
    }

    @PostMapping("/portal/antraege/{id}/karte")
    String bewege(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String feld,
            @RequestParam(defaultValue = "") String tun,
            @RequestParam(defaultValue = "0") int stufe,
            @RequestParam(defaultValue = "0") int x,
            @RequestParam(defaultValue = "0") int y,
            HttpServletRequest anfrage,
            Model seite) {
        var plan = plan();
        var antrag = entwurf(id);
        var angabe = angabe(antrag, feld);
        if (tun.equals("fertig")) {
            return "redirect:/portal/antraege/" + id + "/" + angabe.schritt();
        }
        // Only so far as there is map: whatever was sent, nothing overflows.
        int hier = Math.clamp(stufe, 0, plan.stufen() - 1);
        int mitteX = Math.clamp(x, 0, plan.breite(hier));
        int mitteY = Math.clamp(y, 0, plan.hoehe(hier));
        var gedrueckt = gedrueckt(anfrage);
        if (gedrueckt.isPresent()) {
            var da = plan.punkt(hier, gedrueckt.get()[0], gedrueckt.get()[1]);
            return mit(antrag, angabe, da, plan, Math.min(hier + 1, plan.stufen() - 1), seite);
        }
        var punkt = punkt(angabe, plan);
        switch (tun) {
            case "naeher", "weiter" -> {
                int neu = Math.clamp(tun.equals("naeher") ? hier + 1L : hier - 1L, 0, plan.stufen() - 1);
                return punkt != null
                        ? seite(
                                antrag,
                                feld,
                                plan,
                                neu,
                                plan.x(neu, punkt.laenge()),
                                plan.y(neu, punkt.breite()),
                                seite)
                        : seite(
                                antrag,
                                feld,
                                plan,
                                neu,
                                neu > hier ? mitteX * 2 : neu < hier ? mitteX / 2 : mitteX,
                                neu > hier ? mitteY * 2 : neu < hier ? mitteY / 2 : mitteY,
                                seite);
            }
            case "weg" -> {
                antraege.schreibe(id, angabe.schritt(), w -> w.mit(feld, Map.of("breite", "", "laenge", ""), ""));
                return seite(entwurf(id), feld, plan, hier, mitteX, mitteY, seite);
            }
            default -> {
                int rechts = tun.equals("ost") ? 1 : tun.equals("west") ? -1 : 0;
                int unten = tun.equals("sued") ? 1 : tun.equals("nord") ? -1 : 0;
                if (punkt == null) {
                    return seite(
                            antrag,
                            feld,
                            plan,
                            hier,
                            mitteX + rechts * SCHRITT_KARTE,
                            mitteY + unten * SCHRITT_KARTE,
                            seite);
                }
                var da = plan.punkt(
                        hier,
                        plan.x(hier, punkt.laenge()) + rechts * SCHRITT_PUNKT,
                        plan.y(hier, punkt.breite()) + unten * SCHRITT_PUNKT);
                return mit(antrag, angabe, da, plan, hier, seite);
            }
        }
    }

    /** Keeps the mark and shows what is around it. */
    private String mit(Antrag antrag, Formularangabe angabe, Punkt da, Stadtplan plan, int stufe, Model seite) {
        var teile = Map.of(
                "breite",
                da.breite().toPlainString().replace('.', ','),
                "laenge",
                da.laenge().toPlainString().replace('.', ','));
        var neu = antraege.schreibe(antrag.id(), angabe.schritt(), w -> w.mit(angabe.pfad(), teile, ""));
        return seite(neu, angabe.pfad(), plan, stufe, plan.x(stufe, da.laenge()), plan.y(stufe, da.breite()), seite);
    }

    /** Where a square was pressed, as pixels of its Stufe. Without a pointer a browser says 0, 0: that is its middle. */
    private static Optional<int[]> gedrueckt(HttpServletRequest anfrage) {
        for (var name : anfrage.getParameterMap().keySet()) {
            var kachel = KACHEL.matcher(name);
            if (kachel.matches()) {
                int x = zahl(anfrage.getParameter(name));
                int y = zahl(anfrage.getParameter(name.substring(0, name.length() - 1) + "y"));
                boolean taste = x == 0 && y == 0;
                return Optional.of(new int[] {
                    Integer.parseInt(kachel.group(1)) * Stadtplan.KACHEL + (taste ? Stadtplan.KACHEL / 2 : x),
                    Integer.parseInt(kachel.group(2)) * Stadtplan.KACHEL + (taste ? Stadtplan.KACHEL / 2 : y)
                });
            }
        }
        return Optional.empty();
    }

    private static int zahl(@Nullable String text) {
        return text != null && text.matches("\\d{1,4}") ? Math.min(Integer.parseInt(text), Stadtplan.KACHEL - 1) : 0;
    }
}
