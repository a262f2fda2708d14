package de.federwerk.lesenachweis;

/** How something was read. */
enum Zugang {
    ANGESEHEN("angesehen"),
    HERUNTERGELADEN("heruntergeladen"),
    SCHNITTSTELLE("schnittstelle");

    final String kennung;

    Zugang(String kennung) {
        this.kennung = kennung;
    }
}
