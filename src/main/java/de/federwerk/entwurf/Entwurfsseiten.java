package de.federwerk.entwurf;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.entwurf.Entwuerfe.Entwurf;
import de.federwerk.entwurf.Entwuerfe.Feld;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * For {@code entwurf.js}. Each of these counts as activity of the session, unlike listening to {@code /ereignisse}: it follows a key that
 * was pressed or a page that was opened, and the page repeats none of them by itself. Whoever types is there; to sign them out in the
 * middle of a long Vermerk would protect nobody. After twelve hours the session ends all the same.
 */
@Controller
class Entwurfsseiten {

    /** Forms of one page that are asked for at once. */
    private static final int AUF_EINMAL = 100;
    /** Bytes of a request: the largest draft, were each of its characters escaped. */
    private static final int ANFRAGE = 4 * Entwuerfe.GROESSE;

    /** As the page sends it. */
    private record Eingabe(
            @Nullable String schluessel,
            @Nullable Long alter,
            @Nullable List<@Nullable Eingabefeld> felder) {}

    private record Eingabefeld(
            @Nullable String name,
            @Nullable String art,
            @Nullable String wert,
            @Nullable Boolean an) {}

    private final Entwuerfe entwuerfe;
    private final JsonMapper json = JsonMapper.shared();

    Entwurfsseiten(Entwuerfe entwuerfe) {
        this.entwuerfe = entwuerfe;
    }

    @GetMapping("/entwuerfe")
    @ResponseBody
    List<Entwurf> finde(
            @RequestParam(required = false) @Nullable List<String> schluessel, @AuthenticationPrincipal Anmeldung wer) {
        return schluessel == null
                ? List.of()
                : entwuerfe.finde(
                        wer.person(), schluessel.stream().limit(AUF_EINMAL).toList());
    }

    @PutMapping("/entwuerfe")
    ResponseEntity<Void> merke(HttpServletRequest anfrage, @AuthenticationPrincipal Anmeldung wer) throws IOException {
        var eingabe = lies(anfrage.getInputStream().readNBytes(ANFRAGE + 1));
        if (eingabe.schluessel == null || eingabe.felder == null) throw Entwuerfe.unverstanden();
        entwuerfe.merke(
                wer.person(),
                eingabe.schluessel,
                Duration.ofMillis(eingabe.alter == null ? 0 : eingabe.alter),
                eingabe.felder.stream().map(Entwurfsseiten::feld).toList());
        return ResponseEntity.noContent().build();
    }

    /** Read here, not by Spring, which would read as much as is sent and name in its message what it could not read. */
    private Eingabe lies(byte[] text) {
        if (text.length > ANFRAGE)
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Der Entwurf ist zu groß, um ihn aufzubewahren. Was Sie eingegeben haben, steht noch auf der Seite.");
        try {
            return Objects.requireNonNullElseGet(
                    json.readValue(text, Eingabe.class), () -> new Eingabe(null, null, null));
        } catch (JacksonException e) {
            throw Entwuerfe.unverstanden();
        }
    }

    private static Feld feld(@Nullable Eingabefeld feld) {
        if (feld == null || Stream.of(feld.name, feld.art, feld.wert).anyMatch(Objects::isNull))
            throw Entwuerfe.unverstanden();
        return new Feld(
                Objects.requireNonNull(feld.name),
                Objects.requireNonNull(feld.art),
                Objects.requireNonNull(feld.wert),
                feld.an);
    }

    @DeleteMapping("/entwuerfe")
    ResponseEntity<Void> vergiss(
            @RequestParam(defaultValue = "") String schluessel, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.vergiss(wer.person(), schluessel);
        return ResponseEntity.noContent().build();
    }
}
