package de.federwerk.meldung;

import org.springframework.stereotype.Component;

/** After a test that had no mail server the house waits longer and longer: whoever starts one tells it. */
@Component
public class Mailwecker {

    private final Mailversand versand;

    Mailwecker(Mailversand versand) {
        this.versand = versand;
    }

    public void wecke() {
        versand.versucheGleich();
    }
}
