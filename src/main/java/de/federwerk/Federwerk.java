package de.federwerk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The program. */
@SpringBootApplication
public class Federwerk {

    public static void main(String[] args) {
        SpringApplication.run(Federwerk.class, args);
    }
}
