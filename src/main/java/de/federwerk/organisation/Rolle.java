package de.federwerk.organisation;

/** Roles the program itself knows; a town names others for its Freigaben. */
public enum Rolle {
    /** Sets up units, persons, plan and Freigaben; reads no file by that. */
    ADMINISTRATION("Administration"),
    /** Sees and distributes what comes in at the central Posteingang. */
    POSTEINGANG("Zentraler Posteingang"),
    /** Looks after failures in the background. */
    TECHNIK("Technik");

    private final String bezeichnung;

    Rolle(String bezeichnung) {
        this.bezeichnung = bezeichnung;
    }

    public String bezeichnung() {
        return bezeichnung;
    }
}
