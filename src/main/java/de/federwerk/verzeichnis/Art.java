package de.federwerk.verzeichnis;

/** Kinds of directories. Stands in the database by its name. */
enum Art {
    LDAP("LDAP"),
    OIDC("Anmeldedienst");

    private final String bezeichnung;

    Art(String bezeichnung) {
        this.bezeichnung = bezeichnung;
    }

    String bezeichnung() {
        return bezeichnung;
    }
}
