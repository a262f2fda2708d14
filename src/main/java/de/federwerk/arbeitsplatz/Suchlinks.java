package de.federwerk.arbeitsplatz;

import de.federwerk.suche.Anfrage.Reihenfolge;
import de.federwerk.suche.Treffer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses on the search page: each changes one thing and keeps the rest. */
record Suchlinks(String q, @Nullable String art, Reihenfolge reihenfolge) {

    String art(@Nullable String andere) {
        return adresse(andere, reihenfolge);
    }

    String sortiert(Reihenfolge andere) {
        return adresse(art, andere);
    }

    /** For turning pages: what every page keeps. */
    String bleibt() {
        return adresse(art, reihenfolge);
    }

    /** Where a hit lies; the words go along to be marked there. */
    String ziel(Treffer treffer) {
        var pfad = switch (treffer.art()) {
            case "dokument" -> "/dokumente/";
            case "vorgang" -> "/vorgaenge/";
            case "akte" -> "/akten/";
            default -> "/posteingang/";
        };
        return UriComponentsBuilder.fromPath(pfad + treffer.id())
                .queryParam("q", "{q}")
                .encode()
                .buildAndExpand(q)
                .toUriString();
    }

    String wort(String welche) {
        return switch (welche) {
            case "dokument" -> "Dokumente";
            case "vorgang" -> "Vorgänge";
            case "akte" -> "Akten";
            default -> "Eingänge";
        };
    }

    String symbol(String welche) {
        return switch (welche) {
            case "dokument" -> "description";
            case "vorgang" -> "assignment";
            case "akte" -> "folder";
            default -> "move_to_inbox";
        };
    }

    private String adresse(@Nullable String welche, Reihenfolge sortiert) {
        var adresse = UriComponentsBuilder.fromPath("/suche").queryParam("q", "{q}");
        if (welche != null) {
            adresse.queryParam("art", welche);
        }
        if (sortiert != Reihenfolge.RELEVANZ) {
            adresse.queryParam("sortiert", sortiert);
        }
        return adresse.encode().buildAndExpand(q).toUriString();
    }
}
