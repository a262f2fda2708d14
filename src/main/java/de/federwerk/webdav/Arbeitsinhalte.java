package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Bytes of drafts, in pieces. Written before a row names them, and gone when none does any more. */
@Component
class Arbeitsinhalte {

    static final int BLOCK = 256 << 10;

    /** @param laenge bytes */
    record Inhalt(UUID id, long laenge) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;

    Arbeitsinhalte(JdbcClient datenbank, TransactionTemplate transaktion) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
    }

    /**
     * Takes what comes, piece by piece; no connection is held while it is waited for.
     *
     * @throws Abgelehnt (GRENZE) if there is more than {@code hoechstens}; nothing of it stays
     */
    Inhalt schreibe(UUID person, InputStream strom, long hoechstens) throws IOException {
        var id = Kennung.neu();
        lege("INSERT INTO arbeitsinhalt (mandant_id, id, person_id) VALUES (?, ?, ?)", mandant(), id, person);
        boolean fertig = false;
        try {
            long laenge = 0;
            int nr = 0;
            for (var block = strom.readNBytes(BLOCK); block.length > 0; block = strom.readNBytes(BLOCK)) {
                laenge += block.length;
                if (laenge > hoechstens) {
                    throw new Abgelehnt(
                            Abgelehnt.Art.GRENZE,
                            "In den Arbeitsbereich passen Dateien bis %d MB. Es wurde nichts gespeichert."
                                    .formatted(hoechstens >> 20));
                }
                lege(
                        "INSERT INTO arbeitsblock (mandant_id, inhalt_id, nr, bytes) VALUES (?, ?, ?, ?)",
                        mandant(),
                        id,
                        nr++,
                        block);
            }
            fertig = true;
            return new Inhalt(id, laenge);
        } finally {
            if (!fertig) {
                verwirf(id);
            }
        }
    }

    /** What nobody has named. */
    void verwirf(UUID id) {
        lege("DELETE FROM arbeitsinhalt WHERE mandant_id = ? AND id = ? AND NOT fertig", mandant(), id);
    }

    private void lege(String was, Object... werte) {
        transaktion.executeWithoutResult(t -> datenbank.sql(was).params(werte).update());
    }

    /** The bytes {@code [von, von + laenge)}. */
    void sende(UUID inhalt, long von, long laenge, OutputStream ziel) throws IOException {
        long rest = laenge;
        int nr = (int) (von / BLOCK);
        int versatz = (int) (von % BLOCK);
        while (rest > 0) {
            var block = block(inhalt, nr++);
            int teil = (int) Math.min(rest, block.length - (long) versatz);
            if (teil <= 0) {
                throw new IOException("Der Inhalt " + inhalt + " endet zu früh");
            }
            ziel.write(block, versatz, teil);
            rest -= teil;
            versatz = 0;
        }
    }

    /** As a stream, for what is taken over among the Dokumente. */
    InputStream lies(UUID inhalt, long laenge) {
        return new Strom(inhalt, laenge);
    }

    private byte[] block(UUID inhalt, int nr) {
        var block = transaktion.execute(t -> datenbank
                .sql("SELECT bytes FROM arbeitsblock WHERE mandant_id = ? AND inhalt_id = ? AND nr = ?")
                .params(mandant(), inhalt, nr)
                .query(byte[].class)
                .optional()
                .orElse(new byte[0]));
        return block == null ? new byte[0] : block;
    }

    private final class Strom extends InputStream {

        private final UUID inhalt;
        private long rest;
        private int nr;
        private byte[] block = {};
        private int stelle;

        Strom(UUID inhalt, long laenge) {
            this.inhalt = inhalt;
            this.rest = laenge;
        }

        @Override
        public int read() throws IOException {
            var eines = new byte[1];
            return read(eines, 0, 1) < 0 ? -1 : eines[0] & 0xff;
        }

        @Override
        public int read(byte[] ziel, int ab, int hoechstens) throws IOException {
            if (rest == 0) {
                return -1;
            }
            if (stelle == block.length) {
                block = block(inhalt, nr++);
                stelle = 0;
                if (block.length == 0) {
                    throw new IOException("Der Inhalt " + inhalt + " endet zu früh");
                }
            }
            int teil = Math.min(hoechstens, block.length - stelle);
            System.arraycopy(block, stelle, ziel, ab, teil);
            stelle += teil;
            rest -= teil;
            return teil;
        }
    }
}
