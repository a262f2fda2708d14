package de.federwerk;

import de.federwerk.betrieb.Programmstart;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. */
@SpringBootApplication
public class Federwerk {

    public static void main(String[] argumente) {
        Programmstart.starte(Federwerk.class, argumente);
    }
}
