package de.federwerk.ablage;

import static java.nio.file.StandardOpenOption.WRITE;

import de.federwerk.basis.Kennung;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * A run of records at the end of one pack. The first record's header stays open until all others are written: whoever is
 * killed in between leaves one open header, and the next start cuts off the whole run. Small files are gathered in memory, so
 * that thousands of them cost a few large writes instead of two each.
 */
final class Packstapel implements Ablage.Stapel {

    private static final int KLEIN = 64 * 1024;
    private static final int PUFFER = 1 << 20;

    private final Packablage ablage;
    private final UUID mandant;
    private final Packordner packs;
    private final Packordner.Pack pack;
    private final FileChannel datei;
    private final MessageDigest sha256 = Packablage.sha256();
    private final byte[] stueck = new byte[KLEIN + 1];
    private final ByteBuffer puffer = ByteBuffer.allocate(PUFFER);
    /** Where the next record begins; what lies in {@code puffer} counts. */
    private long ende;

    private Kopf ersterKopf = Kopf.offen(new UUID(0, 0), new UUID(0, 0));
    private boolean gesichert;

    Packstapel(Packablage ablage, UUID mandant, Packordner packs, Packordner.Pack pack) throws IOException {
        this.ablage = ablage;
        this.mandant = mandant;
        this.packs = packs;
        this.pack = pack;
        this.ende = pack.ende();
        ablage.pruefeFrei();
        this.datei = FileChannel.open(packs.datei(pack), WRITE);
    }

    @Override
    public Blob nimm(InputStream inhalt, long hoechstens) throws IOException {
        if (gesichert) throw new IllegalStateException("Der Stapel ist schon gesichert");
        var id = Kennung.neu();
        int n = inhalt.readNBytes(stueck, 0, stueck.length);
        if (n > hoechstens) throw Packablage.zuGross(hoechstens);
        sha256.reset();
        sha256.update(stueck, 0, n);
        var kopf = n <= KLEIN ? klein(new Kopf(mandant, id, 0, n, sha256.digest())) : gross(id, n, inhalt, hoechstens);
        var ort = new Ort(pack.nummer(), ende);
        if (ende == pack.ende()) ersterKopf = kopf;
        ende += kopf.platz();
        return new Blob(id, kopf.laenge(), kopf.sha256(), ort.toString());
    }

    private Kopf klein(Kopf kopf) throws IOException {
        if (puffer.remaining() < kopf.platz()) leere();
        puffer.put((ende == pack.ende() ? Kopf.offen(mandant, kopf.id()) : kopf).bytes());
        puffer.put(stueck, 0, (int) kopf.laenge());
        return kopf;
    }

    /** Straight into the pack; if it fails, the next record overwrites it. */
    private Kopf gross(UUID id, int gelesen, InputStream inhalt, long hoechstens) throws IOException {
        leere();
        var offen = Kopf.offen(mandant, id);
        offen.schreibe(datei, ende);
        datei.position(ende + Kopf.GROESSE);
        long laenge = 0;
        for (int n = gelesen; n > 0; n = inhalt.readNBytes(stueck, 0, stueck.length)) {
            laenge += n;
            if (laenge > hoechstens) throw Packablage.zuGross(hoechstens);
            ablage.pruefeFrei();
            if (laenge > n) sha256.update(stueck, 0, n);
            for (var bytes = ByteBuffer.wrap(stueck, 0, n); bytes.hasRemaining(); ) ablage.schreibe(datei, bytes);
        }
        var kopf = new Kopf(mandant, id, 0, laenge, sha256.digest());
        if (ende > pack.ende()) kopf.schreibe(datei, ende);
        return kopf;
    }

    private void leere() throws IOException {
        ablage.pruefeFrei();
        puffer.flip();
        datei.position(ende - puffer.limit());
        while (puffer.hasRemaining()) ablage.schreibe(datei, puffer);
        puffer.clear();
    }

    @Override
    public void sichere() throws IOException {
        if (ende == pack.ende()) return;
        leere();
        // A large file that failed may have reached further than the last good record.
        datei.truncate(ende);
        ersterKopf.schreibe(datei, pack.ende());
        datei.force(false);
        gesichert = true;
    }

    @Override
    public void close() throws IOException {
        datei.close();
        if (gesichert) packs.zurueck(new Packordner.Pack(pack.nummer(), ende));
        else if (Packablage.schneideAb(packs.datei(pack), pack.ende())) packs.zurueck(pack);
    }
}
