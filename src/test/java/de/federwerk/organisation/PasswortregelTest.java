package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswortregelTest {

    private static final Passwortregel.Umfeld ANJA =
            new Passwortregel.Umfeld("anja.mueller", "Anja Müller-Lüdenscheidt", "Stadt Rabenwalde rabenwalde");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kurz",
                "Passwort1234",
                "1234567890123",
                "!Willkommen2026",
                "qwertzuiopü+",
                "aaaaaaaaaaaaaaaa",
                "abababababab",
                "Rathaus-2026!",
                "anja.mueller2026",
                "abcdefghijklmn",
                "9876543210987",
                "P4ssw0rt!2026",
                "Sommer2026Winter2026",
                "hallohallohallo",
                "Müller-Anja-1984",
                "luedenscheidt1",
                "Rabenwalde2026!",
                "Stadt Rabenwalde",
                "iloveyou iloveyou"
            })
    void was_fremde_zuerst_versuchen_wird_abgewiesen(String passwort) {
        assertThatThrownBy(() -> ANJA.pruefe(passwort))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Passwort");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ein gutes Passwort",
                "Musterstadt-2026",
                "vier kleine Enten",
                "x7Kq-29fm-PPzt-41ab",
                "Öltankwagenfahrt",
                "Anja isst gern Kuchen",
                "Willkommen bei den Igeln"
            })
    void was_lang_und_nicht_naheliegend_ist_geht_ohne_weitere_regeln(String passwort) {
        assertThatCode(() -> ANJA.pruefe(passwort)).doesNotThrowAnyException();
    }
}
