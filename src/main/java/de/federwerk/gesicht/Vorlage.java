package de.federwerk.gesicht;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.View;

/**
 * One template as a Spring view. The page is made whole before the first byte leaves: a template that fails still becomes a
 * clean error page, and the length is known.
 */
record Vorlage(TemplateEngine maschine, String name, Function<HttpServletRequest, @Nullable Rahmen> rahmen)
        implements View {

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    @Override
    public void render(@Nullable Map<String, ?> modell, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException {
        // Only what the template declares: Spring puts binding results and path variables into the model as well.
        var erwartet = maschine.getParamInfo(name);
        var werte = new HashMap<String, Object>();
        if (modell != null) {
            modell.forEach((schluessel, wert) -> {
                if (wert != null && erwartet.containsKey(schluessel)) {
                    werte.put(schluessel, wert);
                }
            });
        }
        if (erwartet.get("rahmen") == Rahmen.class && !werte.containsKey("rahmen")) {
            werte.put("rahmen", rahmen.apply(anfrage));
        }
        var seite = new Utf8ByteOutput();
        maschine.render(name, werte, seite);
        antwort.setContentType(getContentType());
        if (!antwort.containsHeader("Cache-Control")) {
            antwort.setHeader("Cache-Control", "no-store");
        }
        antwort.setContentLength(seite.getContentLength());
        seite.writeTo(antwort.getOutputStream());
    }
}
