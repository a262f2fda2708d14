package de.federwerk.zugriff;

/** Sets of Freigaben that most towns need, so that one is set up in an hour. What they give can be ended one by one like any other. */
enum Rechtevorlage {
    SACHGEBIET(
            "Sachgebiet", "Wer in der Einheit arbeitet, bearbeitet, was sie führt; ihre Leitung verwaltet es.", false),
    QUERSCHNITT(
            "Querschnitt, zum Beispiel Kämmerei",
            "Wer in der Einheit arbeitet, liest alles unter einer Position des Aktenplans, gleich wer es führt.",
            true),
    PERSONALAKTEN(
            "Personalakten",
            "Ein Sonderbereich „Personalakten“, den nur diese Einheit bearbeitet und ihre Leitung verwaltet. Akten kommen hinein, wenn sie als Personalakte geführt werden; wer selbst gemeint ist, sieht sie dann nicht.",
            false),
    REGISTRATUR(
            "Registratur",
            "Wer in der Einheit arbeitet, ordnet und verwaltet alles unter einer Position des Aktenplans.",
            true);

    private final String titel;
    private final String text;
    private final boolean mitPosition;

    Rechtevorlage(String titel, String text, boolean mitPosition) {
        this.titel = titel;
        this.text = text;
        this.mitPosition = mitPosition;
    }

    String titel() {
        return titel;
    }

    String text() {
        return text;
    }

    /** Whether it asks for a position of the Aktenplan. */
    boolean mitPosition() {
        return mitPosition;
    }
}
