package de.federwerk.webdav;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** On the page of a Vorgang: the Dokument that is shown, opened in the person's own Office program, and its address for any other. */
@Component
@Order(40)
class Officeknopf implements Vorgangsbeigabe {

    /** What Microsoft's programs call themselves in a link. */
    private static final Map<String, String> MICROSOFT = Map.ofEntries(
            Map.entry("doc", "ms-word"),
            Map.entry("docx", "ms-word"),
            Map.entry("docm", "ms-word"),
            Map.entry("rtf", "ms-word"),
            Map.entry("odt", "ms-word"),
            Map.entry("xls", "ms-excel"),
            Map.entry("xlsx", "ms-excel"),
            Map.entry("xlsm", "ms-excel"),
            Map.entry("ods", "ms-excel"),
            Map.entry("ppt", "ms-powerpoint"),
            Map.entry("pptx", "ms-powerpoint"),
            Map.entry("odp", "ms-powerpoint"));

    private final Aktenbaum baum;
    private final Verzeichnis verzeichnis;
    private final Vorgaenge vorgaenge;
    private final Einschub einschub;

    Officeknopf(Aktenbaum baum, Verzeichnis verzeichnis, Vorgaenge vorgaenge, Einschub einschub) {
        this.baum = baum;
        this.verzeichnis = verzeichnis;
        this.vorgaenge = vorgaenge;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        var werte = new HashMap<String, Object>();
        if (dokument != null && vorgaenge.istAenderbar(wer.person(), vorgang)) {
            baum.dokument(verzeichnis.sicht(wer), dokument).ifPresent(d -> {
                var adresse =
                        ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                                + new Pfad(List.of(Verzeichnis.DOKUMENTE, dokument.toString(), d.name())).href(false);
                werte.put("adresse", adresse);
                var programm = MICROSOFT.get(endung(d.name()));
                if (programm != null) {
                    werte.put("microsoft", programm + ":ofe|u|" + adresse);
                    werte.put("libreoffice", "vnd.libreoffice.command:ofe|u|" + adresse);
                }
            });
        }
        return rahmen -> einschub.von("webdav/oeffnen", werte);
    }

    private static String endung(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
