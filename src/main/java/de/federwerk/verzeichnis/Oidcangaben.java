package de.federwerk.verzeichnis;

import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a provider says of a person, read as the settings name it. */
final class Oidcangaben {

    private static final int GRUPPEN = 2_000;

    private Oidcangaben() {}

    /** @param mehr what it said when asked once more */
    static Fund fund(Oidceinstellungen wie, String sub, ClaimsSet angaben, @Nullable ClaimsSet mehr) {
        var gruppen = new TreeSet<String>();
        if (!wie.gruppen().isEmpty()) {
            var wert = wert(angaben, wie.gruppen());
            if (wert == null && mehr != null) wert = wert(mehr, wie.gruppen());
            if (wert instanceof Collection<?> liste) {
                liste.stream().limit(GRUPPEN).forEach(g -> gruppen.add(String.valueOf(g)));
            } else if (wert != null) {
                gruppen.add(wert.toString());
            }
        }
        var nachname = text(angaben, mehr, "family_name");
        return Fund.aus(
                sub,
                text(angaben, mehr, wie.anmeldename()),
                text(angaben, mehr, "given_name"),
                nachname == null ? text(angaben, mehr, "name") : nachname,
                text(angaben, mehr, "email"),
                gruppen);
    }

    /** Whether it said anything of groups: a claim that is missing is no empty list (some providers leave it out when there are too many). */
    static boolean nenntGruppen(Oidceinstellungen wie, ClaimsSet angaben, @Nullable ClaimsSet mehr) {
        return wert(angaben, wie.gruppen()) != null || mehr != null && wert(mehr, wie.gruppen()) != null;
    }

    private static @Nullable String text(ClaimsSet angaben, @Nullable ClaimsSet mehr, String name) {
        return angaben.getClaim(name) instanceof String text
                ? text
                : mehr != null && mehr.getClaim(name) instanceof String text ? text : null;
    }

    /** Also of a claim within a claim: {@code realm_access.roles}. */
    static @Nullable Object wert(ClaimsSet angaben, String pfad) {
        var ganz = angaben.getClaim(pfad);
        if (ganz != null || !pfad.contains(".")) return ganz;
        @Nullable Object wert = angaben.getClaim(pfad.substring(0, pfad.indexOf('.')));
        for (var teil : pfad.substring(pfad.indexOf('.') + 1).split("\\.")) {
            wert = wert instanceof Map<?, ?> inhalt ? inhalt.get(teil) : null;
        }
        return wert;
    }
}
