package de.federwerk.organisation;

/** Roles the program itself knows; a town names others for its Freigaben. */
public enum Rolle {
    /** Sets up units, persons, plan and Freigaben; reads no file by that. */
    ADMINISTRATION("Administration"),
    /** Sees and distributes what comes in at the central Posteingang. */
    POSTEINGANG("Zentraler Posteingang"),
    /** Looks after failures in the background. */
    TECHNIK("Technik"),
    /** Sets and raises Vertraulichkeitsstufen, and says up to which one a person may see. */
    GEHEIMSCHUTZ("Geheimschutz"),
    /** Answers who asks about her data, restricts processing, and is one of the two who together open the record of who read a protected Akte. */
    DATENSCHUTZ("Datenschutz"),
    /** The other of the two. */
    PERSONALRAT("Personalrat"),
    /** Writes and releases what the town tells its citizens about its Leistungen; reads no file by that. */
    LEISTUNGEN("Redaktion der Leistungen"),
    /** Makes and ends towns in this house; reads no file of any of them. */
    HAUSVERWALTUNG("Hausverwaltung");

    private final String bezeichnung;

    Rolle(String bezeichnung) {
        this.bezeichnung = bezeichnung;
    }

    public String bezeichnung() {
        return bezeichnung;
    }

    /**
     * Whether it opens what others may not decide or see. Who holds such a role is never recognised by a name alone that a directory gives
     * somebody. The central Posteingang is a clerk's daily work.
     */
    public boolean heikel() {
        return this != POSTEINGANG;
    }
}
