package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswortregelTest {

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
                "9876543210987"
            })
    void was_fremde_zuerst_versuchen_wird_abgewiesen(String passwort) {
        assertThatThrownBy(() -> Passwortregel.pruefe(passwort, "anja.mueller"))
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
                "Öltankwagenfahrt"
            })
    void was_lang_und_nicht_naheliegend_ist_geht_ohne_weitere_regeln(String passwort) {
        assertThatCode(() -> Passwortregel.pruefe(passwort, "anja.mueller")).doesNotThrowAnyException();
    }
}
