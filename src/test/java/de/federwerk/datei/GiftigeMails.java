package de.federwerk.datei;

import static de.federwerk.datei.Giftschrank.b;
import static de.federwerk.datei.Giftschrank.wiederhole;

import de.federwerk.datei.Giftschrank.Folge;
import de.federwerk.datei.Giftschrank.Schreiber;
import de.federwerk.datei.Giftschrank.Stueck;
import java.util.ArrayList;
import java.util.List;

/** Mails that no mail program would write. */
final class GiftigeMails {

    private static final String KOPF = "From: amt@example.org\r\nTo: rathaus@example.org\r\nSubject: Eingabe\r\n"
            + "Date: Mon, 23 Nov 2026 08:59:30 +0100\r\nMIME-Version: 1.0\r\n";

    private final List<Stueck> stuecke = new ArrayList<>();

    private GiftigeMails() {}

    static List<Stueck> alle(String draussen) {
        var mails = new GiftigeMails();
        mails.gebaut();
        mails.koepfe();
        mails.inhalte(draussen);
        return mails.stuecke;
    }

    private void lege(String name, Folge folge, String wort, Schreiber inhalt) {
        stuecke.add(new Stueck(name, folge, wort, inhalt));
    }

    private void lege(String name, Folge folge, String wort, String inhalt) {
        lege(name, folge, wort, aus -> aus.write(b(inhalt)));
    }

    /** A mail in a mail in a mail. */
    static byte[] geschachtelt(int tiefe) {
        var mail = KOPF.replace("Eingabe", "Kern") + "\r\nDer Kern der Sache.\r\n";
        for (int i = tiefe; i > 0; i--) {
            mail = KOPF.replace("Eingabe", "Stufe " + i) + "Content-Type: multipart/mixed; boundary=\"S" + i
                    + "\"\r\n\r\n--S" + i + "\r\nContent-Type: message/rfc822\r\n\r\n" + mail + "\r\n--S" + i
                    + "--\r\n";
        }
        return b(mail);
    }

    private void gebaut() {
        lege("30-tief.eml", Folge.GELESEN, "Stufe 1", aus -> aus.write(geschachtelt(30)));
        lege("10000-anlagen.eml", Folge.GEKUERZT, "mehr als 200 Anlagen", aus -> {
            aus.write(b(KOPF + "Content-Type: multipart/mixed; boundary=Z\r\n\r\n"));
            for (int i = 0; i < 10_000; i++) {
                aus.write(b("--Z\r\nContent-Type: text/plain; name=\"a" + i + ".txt\"\r\n\r\nAnlage " + i + "\r\n"));
            }
            aus.write(b("--Z--\r\n"));
        });
        lege("100000-leere.eml", Folge.GEKUERZT, null, aus -> {
            aus.write(b(KOPF + "Content-Type: multipart/mixed; boundary=Z\r\n\r\n"));
            wiederhole(aus, "--Z\r\n\r\n\r\n", 100_000);
        });
        lege("2000-tief.eml", Folge.GEKUERZT, "verschachtelt", aus -> {
            aus.write(b(KOPF));
            for (int i = 0; i < 2_000; i++) {
                aus.write(b("Content-Type: multipart/mixed; boundary=B" + i + "\r\n\r\n--B" + i + "\r\n"));
            }
        });
        lege(
                "ohne-grenze.eml",
                Folge.GELESEN,
                null,
                KOPF + "Content-Type: multipart/mixed\r\n\r\n--Z\r\n\r\nText\r\n--Z--");
        lege("lange-grenze.eml", Folge.GEKUERZT, null, aus -> {
            aus.write(b(KOPF + "Content-Type: multipart/mixed; boundary=\""));
            wiederhole(aus, "Z", 10_000_000);
            aus.write(b("\"\r\n\r\nText"));
        });
        lege("viele-texte.eml", Folge.GEKUERZT, "Absatz", aus -> {
            aus.write(b(KOPF + "Content-Type: multipart/mixed; boundary=Z\r\n\r\n"));
            for (int i = 0; i < 150; i++) {
                aus.write(b("--Z\r\nContent-Type: text/html\r\n\r\n"));
                wiederhole(aus, "<p>Absatz</p>", 60_000);
                aus.write(b("\r\n"));
            }
            aus.write(b("--Z--\r\n"));
        });
    }

    private void koepfe() {
        lege("100000-koepfe.eml", Folge.GEKUERZT, "Eingabe", aus -> {
            aus.write(b(KOPF));
            for (int i = 0; i < 100_000; i++) {
                aus.write(b("X-Kopf-" + i + ": x\r\n"));
            }
            aus.write(b("\r\nText"));
        });
        lege(
                "doppelte-koepfe.eml",
                Folge.GELESEN,
                "Eingabe",
                KOPF
                        + "Subject: zweiter\r\nFrom: anderer@example.org\r\nDate: Tue, 1 Jan 2030 00:00:00 +0000\r\nContent-Type: text/plain\r\nContent-Type: text/html\r\n\r\n<b>Text</b>");
        lege(
                "ohne-datum.eml",
                Folge.GELESEN,
                "Text",
                "From: a@example.org\r\nTo: b@example.org\r\nSubject: ohne Datum\r\n\r\nText");
        lege("langer-kopf.eml", Folge.GEKUERZT, null, aus -> {
            aus.write(b("Subject: "));
            wiederhole(aus, "lang ", 2_000_000);
            aus.write(b("\r\n" + KOPF + "\r\nText"));
        });
        lege("klammern.eml", Folge.GELESEN, "Eingabe", aus -> {
            aus.write(b("Date: "));
            wiederhole(aus, "(", 190_000);
            aus.write(b("\r\n" + KOPF + "\r\nText"));
        });
        lege("woerter.eml", Folge.GELESEN, "Text", aus -> {
            aus.write(b("Subject: "));
            wiederhole(aus, "=?x?q?", 30_000);
            aus.write(b("\r\n" + KOPF + "\r\nText"));
        });
        lege("parameter.eml", Folge.GELESEN, null, aus -> {
            aus.write(b(KOPF + "Content-Type: application/pdf"));
            for (int i = 0; i < 8_000; i++) {
                aus.write(b("; name*" + i + "*=%41%42"));
            }
            aus.write(b("\r\nContent-Disposition: attachment\r\n\r\nText"));
        });
        lege(
                "zeichensatz.eml",
                Folge.GELESEN,
                "Text",
                KOPF.replace("Eingabe", "=?utf-99?B?4pi6?= =?utf-8?B?gICA?= =?utf-16?Q?=00?=")
                        + "Content-Type: text/plain; charset=\"x-gibt-es-nicht\"\r\nContent-Transfer-Encoding: uuencode\r\n\r\nText \377\376");
        lege(
                "zeilenumbruch.eml",
                Folge.GELESEN,
                "Text",
                KOPF.replace("Eingabe", "=?utf-8?Q?A=0D=0ABcc:_x=00=1B[31m?=") + "\r\nText");
    }

    private void inhalte(String draussen) {
        lege("lange-zeile.eml", Folge.GELESEN, "Anfang", aus -> {
            aus.write(b(KOPF + "\r\nAnfang "));
            wiederhole(aus, "y", 9_000_000);
        });
        lege(
                "base64.eml",
                Folge.GELESEN,
                null,
                KOPF
                        + "Content-Type: multipart/mixed; boundary=Z\r\n\r\n--Z\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n====%%%%\377\377AAA=AAA=\r\n--Z--");
        lege(
                "winmail.eml",
                Folge.GELESEN,
                "winmail.dat",
                KOPF
                        + "Content-Type: multipart/mixed; boundary=Z\r\n\r\n--Z\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEIgAcAGAAAAElQTS5NaWNy\r\n--Z--");
        lege("winmail.dat", Folge.GESCHEITERT, null, aus -> {
            aus.write(new byte[] {0x78, (byte) 0x9f, 0x3e, 0x22, 1, 0, 1, 6, (byte) 0x90, 8, 0, -1, -1, -1, 0x7f, 0});
            aus.write(new byte[500]);
        });
        lege(
                "teil.eml",
                Folge.GELESEN,
                null,
                KOPF + "Content-Type: message/partial; id=\"x\"; number=1; total=2147483647\r\n\r\nText");
        lege(
                "aussen.eml",
                Folge.GELESEN,
                null,
                KOPF + "Content-Type: message/external-body; access-type=URL; URL=\"" + draussen
                        + "/e\"\r\n\r\nContent-Type: text/plain\r\n\r\n");
        lege(
                "verfolgung.eml",
                Folge.GELESEN,
                "Rechnung",
                KOPF + "List-Unsubscribe: <" + draussen
                        + "/ab>\r\nDisposition-Notification-To: x@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                        + "<html><head><meta http-equiv=refresh content=\"0;url=" + draussen + "/r\"><style>@import '"
                        + draussen + "/i.css'; body{background:url(" + draussen + "/b.png)}</style>"
                        + "<script>window.xss=1;fetch('" + draussen
                        + "/s')</script></head><body onload=\"window.xss=1\">Rechnung<img src=\"" + draussen
                        + "/pixel.gif?wer=4711\" width=1 height=1>"
                        + "<form action=\"" + draussen
                        + "/f\" method=post><input type=password name=p><button>Ok</button></form><a href=\"javascript:window.xss=1\">Hier</a></body></html>");
    }
}
