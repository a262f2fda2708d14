package de.federwerk.webdav;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header If (RFC 4918, 10.4): lists of which one must be true, each of tokens and ETags that must (not) be those of a thing.
 *
 * @param listen in the order of the header
 */
record Bedingungen(List<Liste> listen) {

    private static final int HOECHSTENS = 200;

    /** @param adresse of what it speaks; null: what the request names */
    record Liste(@Nullable String adresse, List<Bedingung> bedingungen) {}

    /** @param etag whether {@code wert} is an ETag, else a token */
    record Bedingung(boolean nicht, boolean etag, String wert) {}

    /** What a thing is like now. */
    record Lage(Set<String> token, @Nullable String etag) {}

    /** @throws Webdavfehler (400) for what is none */
    static Bedingungen aus(@Nullable String kopf) {
        return kopf == null ? new Bedingungen(List.of()) : new Leser(kopf).lies();
    }

    /** Tokens that the program shows it knows, whatever it says about them. */
    Set<String> genannteToken() {
        var alle = new HashSet<String>();
        for (var liste : listen) {
            for (var bedingung : liste.bedingungen) {
                if (!bedingung.etag) {
                    alle.add(bedingung.wert);
                }
            }
        }
        return alle;
    }

    boolean leer() {
        return listen.isEmpty();
    }

    /** @param lage of what an address names; of the request's own for null */
    boolean erfuellt(Function<@Nullable String, Lage> lage) {
        return listen.isEmpty()
                || listen.stream().anyMatch(liste -> {
                    var jetzt = lage.apply(liste.adresse);
                    return liste.bedingungen.stream().allMatch(b -> b.nicht != trifftZu(b, jetzt));
                });
    }

    private static boolean trifftZu(Bedingung bedingung, Lage lage) {
        return bedingung.etag ? bedingung.wert.equals(lage.etag) : lage.token.contains(bedingung.wert);
    }

    private static final class Leser {

        private final String kopf;
        private int stelle;

        Leser(String kopf) {
            this.kopf = kopf;
        }

        Bedingungen lies() {
            var listen = new ArrayList<Liste>();
            String adresse = null;
            for (leer(); stelle < kopf.length(); leer()) {
                if (kopf.charAt(stelle) == '<') {
                    adresse = bis('<', '>');
                } else {
                    listen.add(liste(adresse));
                }
                if (listen.size() > HOECHSTENS) {
                    throw unlesbar();
                }
            }
            if (listen.isEmpty()) {
                throw unlesbar();
            }
            return new Bedingungen(listen);
        }

        private Liste liste(@Nullable String adresse) {
            verlange('(');
            var bedingungen = new ArrayList<Bedingung>();
            for (leer(); zeichen() != ')'; leer()) {
                boolean nicht = kopf.regionMatches(true, stelle, "Not", 0, 3);
                if (nicht) {
                    stelle += 3;
                    leer();
                }
                boolean etag = zeichen() == '[';
                bedingungen.add(new Bedingung(nicht, etag, etag ? bis('[', ']') : bis('<', '>')));
                if (bedingungen.size() > HOECHSTENS) {
                    throw unlesbar();
                }
            }
            verlange(')');
            if (bedingungen.isEmpty()) {
                throw unlesbar();
            }
            return new Liste(adresse, bedingungen);
        }

        private String bis(char auf, char zu) {
            verlange(auf);
            int ende = kopf.indexOf(zu, stelle);
            if (ende < 0) {
                throw unlesbar();
            }
            var wert = kopf.substring(stelle, ende);
            stelle = ende + 1;
            return wert;
        }

        private void verlange(char c) {
            if (zeichen() != c) {
                throw unlesbar();
            }
            stelle++;
        }

        private char zeichen() {
            if (stelle >= kopf.length()) {
                throw unlesbar();
            }
            return kopf.charAt(stelle);
        }

        private void leer() {
            while (stelle < kopf.length() && Character.isWhitespace(kopf.charAt(stelle))) {
                stelle++;
            }
        }

        private static Webdavfehler unlesbar() {
            return Webdavfehler.mit(400, "Der Kopf „If“ lässt sich nicht lesen.");
        }
    }
}
