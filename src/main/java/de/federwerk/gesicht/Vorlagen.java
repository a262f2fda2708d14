package de.federwerk.gesicht;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/**
 * View name {@code akte/vorgang} → template {@code akte/vorgang.jte}, compiled with the program: a wrong field fails the build,
 * and no template is read at runtime.
 */
@Component
class Vorlagen implements ViewResolver, Ordered {

    private final TemplateEngine maschine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "de.federwerk");
    private final ObjectProvider<Rahmengeber> rahmengeber;

    Vorlagen(ObjectProvider<Rahmengeber> rahmengeber) {
        this.rahmengeber = rahmengeber;
    }

    /** Null for redirects and for names without a template: Spring's own resolvers come next. */
    @Override
    public @Nullable View resolveViewName(String name, Locale sprache) {
        if (name.startsWith("redirect:") || name.startsWith("forward:") || !maschine.hasTemplate(name + ".jte")) {
            return null;
        }
        return new Vorlage(maschine, name + ".jte", this::rahmen);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private @Nullable Rahmen rahmen(HttpServletRequest anfrage) {
        var geber = rahmengeber.getIfAvailable();
        return geber == null ? null : geber.rahmen(anfrage).orElse(null);
    }

    void zeichne(String name, Map<String, Object> werte, TemplateOutput ausgabe) {
        maschine.render(name + ".jte", werte, ausgabe);
    }

    /** One template without a request, for a house whose database is away, and for tests. */
    String alsText(String name, Map<String, Object> werte) {
        var ausgabe = new gg.jte.output.StringOutput();
        maschine.render(name + ".jte", werte, ausgabe);
        return ausgabe.toString();
    }
}
