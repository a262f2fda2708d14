package de.federwerk.akte;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenartvorgaben;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Sprung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The plan with its Akten, one Akte, its Protokoll, and the forms that make new ones. */
@Controller
class Aktenseiten {

    private static final int JE_SEITE = 50;
    private static final UUID OBEN = new UUID(0, 0);

    /**
     * One line of the tree.
     *
     * @param offen opened or on the way to what is selected
     * @param anzahl Akten this person sees at and below it
     * @param kinder what stands below it, only where it is opened
     */
    record Zweig(Aktenplan.Knoten knoten, boolean offen, boolean gewaehlt, long anzahl, List<Zweig> kinder) {}

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Vorgangslisten vorgangslisten;
    private final Aktenverlauf verlauf;
    private final FruehereAktenzeichen fruehere;
    private final Aktenarten arten;
    private final Aktenwerte werte;
    private final Aktenartvorgaben vorgaben;
    private final Aktenanlage anlage;
    private final Aktenteile teile;
    private final Verweise verweise;
    private final Abschluss abschluss;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Berechtigungen berechtigungen;
    private final TransactionTemplate transaktion;
    private final ObjectProvider<Aktenbeigabe> beigaben;
    private final Einschraenkungen einschraenkungen;

    Aktenseiten(
            Akten akten,
            Vorgaenge vorgaenge,
            Vorgangslisten vorgangslisten,
            Aktenverlauf verlauf,
            FruehereAktenzeichen fruehere,
            Aktenarten arten,
            Aktenwerte werte,
            Aktenartvorgaben vorgaben,
            Aktenanlage anlage,
            Aktenteile teile,
            Verweise verweise,
            Abschluss abschluss,
            Aktenplan plan,
            Einheiten einheiten,
            Berechtigungen berechtigungen,
            TransactionTemplate transaktion,
            ObjectProvider<Aktenbeigabe> beigaben,
            Einschraenkungen einschraenkungen) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.vorgangslisten = vorgangslisten;
        this.verlauf = verlauf;
        this.fruehere = fruehere;
        this.arten = arten;
        this.werte = werte;
        this.vorgaben = vorgaben;
        this.anlage = anlage;
        this.teile = teile;
        this.verweise = verweise;
        this.abschluss = abschluss;
        this.plan = plan;
        this.einheiten = einheiten;
        this.berechtigungen = berechtigungen;
        this.transaktion = transaktion;
        this.beigaben = beigaben;
        this.einschraenkungen = einschraenkungen;
    }

    /** @param zu an Aktenzeichen, number or year typed to jump to */
    @GetMapping("/akten")
    @Transactional(readOnly = true)
    public String plan(
            @RequestParam(required = false) @Nullable UUID knoten,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var baum = plan.baumMitBeendeten();
        seite.addAttribute("zweige", zweige(baum, knoten, akten.anzahlJePosition(sicht)));
        var position =
                baum.stream().filter(k -> k.id().equals(knoten)).findFirst().orElse(null);
        seite.addAttribute("knoten", position);
        if (position == null) {
            return "akte/plan";
        }
        var stelle = zu.isBlank() ? Akten.NEUESTE_ZUERST.lies(ab) : akten.sprungUnter(position, zu);
        var liste = akten.unter(sicht, position.id(), stelle, JE_SEITE);
        seite.addAttribute("akten", liste);
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(
                        liste.zeilen().stream().map(Akten.Zeile::id).toList()));
        seite.addAttribute("gesamt", akten.anzahlUnter(sicht, position.id()));
        seite.addAttribute("zu", zu);
        return "akte/plan";
    }

    /** @param zu a number or an Aktenzeichen of a Vorgang typed to jump to @param teil a Band or Teilakte; {@code akte}: what lies in none */
    @GetMapping("/akten/{id}")
    @Transactional(readOnly = true)
    public String akte(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String teil,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var lesen = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var akte = akten.akte(sicht, id);
        var stelle = zu.isBlank() ? Vorgangslisten.NACH_NUMMER.lies(ab) : vorgangslisten.sprungIn(akte, zu);
        seite.addAttribute("akte", akte);
        seite.addAttribute("lesbar", akten.istOffen(lesen, akte));
        seite.addAttribute("knoten", plan.knoten(akte.planknotenId()).orElseThrow());
        var alleTeile = teile.von(sicht, id);
        var wahl = Vorgangslisten.Teilwahl.von(teil, alleTeile);
        seite.addAttribute("teile", alleTeile);
        seite.addAttribute("teilwahl", wahl.text());
        var liste = vorgangslisten.in(sicht, id, wahl, stelle, JE_SEITE);
        seite.addAttribute("vorgaenge", liste);
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(
                        liste.zeilen().stream().map(Vorgaenge.Vorgang::id).toList()));
        seite.addAttribute("einschraenkungen", akten.istOffen(lesen, akte) ? einschraenkungen.ueber(id) : List.of());
        seite.addAttribute("gesamt", vorgangslisten.anzahlIn(sicht, id, wahl));
        seite.addAttribute("vorschlaege", vorgaben.von(akte.aktenartId()).vorschlaege());
        seite.addAttribute("zu", zu);
        seite.addAttribute("ereignisse", verlauf.juengste(lesen, id, 10));
        seite.addAttribute(
                "beigaben",
                !akten.istOffen(lesen, akte)
                        ? List.of()
                        : beigaben.orderedStream().map(b -> b.anAkte(wer, akte)).toList());
        seite.addAttribute(
                "darfBearbeiten",
                akten.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                                .isPresent()
                        && einschraenkungen.hindert(id).isEmpty());
        seite.addAttribute("fruehere", fruehere.von(id, null));
        seite.addAttribute(
                "werte", akten.istOffen(lesen, akte) ? werte.von(Feldtraeger.AKTE, id, akte.aktenartId()) : List.of());
        seite.addAttribute("verweise", verweise.an(lesen, id));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", "");
        seite.addAttribute("hindernis", "");
        return "akte/akte";
    }

    /** @param zu a day typed to jump to */
    @GetMapping("/akten/{id}/protokoll")
    @Transactional(readOnly = true)
    public String protokoll(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var stelle =
                Sprung.tagesende(zu).map(Aktenverlauf::bis).orElseGet(() -> Aktenverlauf.JUENGSTES_ZUERST.lies(ab));
        seite.addAttribute("akte", akten.akte(sicht, id));
        seite.addAttribute("ereignisse", verlauf.protokoll(sicht, id, null, stelle, JE_SEITE));
        seite.addAttribute("gesamt", verlauf.anzahl(sicht, id));
        seite.addAttribute("zu", zu);
        return "akte/protokoll";
    }

    @GetMapping("/akten/neu")
    @Transactional(readOnly = true)
    public String neu(
            @RequestParam(required = false) @Nullable UUID knoten,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var position = knoten == null
                ? ""
                : plan.knoten(knoten)
                        .filter(k -> k.blatt() && k.gilt())
                        .map(Aktenplan.Knoten::anzeige)
                        .orElse("");
        return formular(seite, wer, Kennung.neu(), position, null, "", null, "");
    }

    @PostMapping("/akten")
    String legeAn(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(required = false) @Nullable UUID planId,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(required = false) @Nullable UUID aktenart,
            @RequestParam(defaultValue = "false") boolean entwurf,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            var knoten = position(this.plan, planId, plan);
            var wo = einheit != null
                    ? einheit
                    : einheiten
                            .von(wer.person())
                            .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie die federführende Einheit."));
            anlage.legeAn(wer, id, new Akten.Neu(knoten.id(), wo, titel, aktenart, entwurf));
            // Its fields are filled in next.
            return "redirect:/akten/" + id + (aktenart == null ? "" : "/bearbeiten");
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(seite, wer, id, plan, einheit, titel, aktenart, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/akten/{id}/vorgaenge")
    String eroeffne(
            @PathVariable UUID id,
            @RequestParam UUID vorgang,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "false") boolean entwurf,
            @RequestParam(required = false) @Nullable UUID teil,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            var neuer = vorgaenge.eroeffne(wer, vorgang, id, titel, entwurf, teil);
            // Its fields are filled in next.
            boolean mitFeldern = neuer.aktenartId() != null
                    && !arten.felder(Feldtraeger.VORGANG, neuer.aktenartId(), false)
                            .isEmpty();
            return "redirect:/vorgaenge/" + neuer.id() + (mitFeldern ? "/bearbeiten" : "");
        } catch (Abgelehnt e) {
            var name = akte(id, teil == null ? "" : teil.toString(), null, "", seite, wer);
            seite.addAttribute("getippt", titel);
            seite.addAttribute("fehler", String.valueOf(e.getMessage()));
            antwort.setStatus(e.art().status());
            return name;
        }
    }

    @PostMapping("/akten/{id}/abschluss")
    String schliesse(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return gefolgt(id, seite, wer, antwort, () -> abschluss.schliesseAkte(wer, id));
    }

    @PostMapping("/akten/{id}/wiederaufnahme")
    String nimmWiederAuf(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return gefolgt(id, seite, wer, antwort, () -> abschluss.nimmAkteWiederAuf(wer, id, grund));
    }

    private String gefolgt(UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        try {
            tat.run();
            return "redirect:/akten/" + id;
        } catch (Abgelehnt e) {
            var name = transaktion.execute(t -> akte(id, "", null, "", seite, wer));
            seite.addAttribute("hindernis", String.valueOf(e.getMessage()));
            antwort.setStatus(e.art().status());
            return String.valueOf(name);
        }
    }

    private String formular(
            Model seite,
            Anmeldung wer,
            UUID id,
            String position,
            @Nullable UUID einheit,
            String titel,
            @Nullable UUID aktenart,
            String fehler) {
        seite.addAttribute("id", id);
        seite.addAttribute("position", position);
        seite.addAttribute("titel", titel);
        seite.addAttribute("arten", arten.wahl());
        seite.addAttribute("aktenart", aktenart);
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute(
                "einheit",
                einheit != null ? einheit : einheiten.von(wer.person()).orElse(null));
        seite.addAttribute("fehler", fehler);
        return "akte/neu";
    }

    /** What was chosen from the list, or what was typed if it is exactly one. */
    static Aktenplan.Knoten position(Aktenplan plan, @Nullable UUID gewaehlt, String getippt) {
        if (gewaehlt != null) {
            var knoten = plan.knoten(gewaehlt);
            if (knoten.isPresent()
                    && (getippt.isBlank() || knoten.get().anzeige().equals(getippt.strip()))) {
                return knoten.get();
            }
        }
        return plan.gemeint(getippt)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                getippt.isBlank()
                                        ? "Die Position im Aktenplan fehlt. Tippen Sie einen Teil des Kennzeichens oder des Titels."
                                        : "„" + getippt
                                                + "“ ist nicht genau eine Position des Aktenplans. Bitte tippen Sie das Kennzeichen, zum Beispiel 66.20.03."));
    }

    /** The top level, and below it only what lies on the way to the selected position: a plan of 1,500 stays readable. */
    static List<Zweig> zweige(List<Aktenplan.Knoten> baum, @Nullable UUID gewaehlt, Map<UUID, Long> anzahl) {
        var nachId = new HashMap<UUID, Aktenplan.Knoten>();
        baum.forEach(k -> nachId.put(k.id(), k));
        var weg = new ArrayList<UUID>();
        for (var k = gewaehlt == null ? null : nachId.get(gewaehlt);
                k != null;
                k = k.ueberId() == null ? null : nachId.get(k.ueberId())) {
            weg.add(k.id());
        }
        var summe = new HashMap<>(anzahl);
        for (int i = baum.size() - 1; i >= 0; i--) {
            var k = baum.get(i);
            if (k.ueberId() != null) {
                summe.merge(k.ueberId(), summe.getOrDefault(k.id(), 0L), Long::sum);
            }
        }
        // What has ended stands there as long as this person sees Akten under it.
        var unter = new HashMap<UUID, List<Aktenplan.Knoten>>();
        baum.stream()
                .filter(k -> k.gilt() || summe.getOrDefault(k.id(), 0L) > 0)
                .forEach(k -> unter.computeIfAbsent(k.ueberId() == null ? OBEN : k.ueberId(), id -> new ArrayList<>())
                        .add(k));
        return kinder(OBEN, unter, gewaehlt, weg, summe);
    }

    private static List<Zweig> kinder(
            UUID ueber,
            Map<UUID, List<Aktenplan.Knoten>> unter,
            @Nullable UUID gewaehlt,
            List<UUID> weg,
            Map<UUID, Long> summe) {
        return unter.getOrDefault(ueber, List.of()).stream()
                .map(k -> {
                    var offen = weg.contains(k.id());
                    return new Zweig(
                            k,
                            offen,
                            k.id().equals(gewaehlt),
                            summe.getOrDefault(k.id(), 0L),
                            offen ? kinder(k.id(), unter, gewaehlt, weg, summe) : List.of());
                })
                .toList();
    }
}
