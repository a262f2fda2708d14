package de.federwerk.webdav;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An address below {@code /webdav}, taken apart. No part of it is ever a path of the machine.
 *
 * @param teile names of folders and at last of the thing itself, decoded and composed (NFC); empty for the root
 */
record Pfad(List<String> teile) {

    static final String BEGINN = "/webdav";

    private static final int TIEFE = 30;
    private static final int NAME = 255;
    private static final String OFFEN = "-._~!$()*+,=@";

    Pfad {
        teile = List.copyOf(teile);
    }

    /**
     * @param roh as it stands in the request line, percent-encoded, without query
     * @throws Webdavfehler (400) for what is no such address
     */
    static Pfad aus(String roh) {
        if (!roh.equals(BEGINN) && !roh.startsWith(BEGINN + "/")) {
            throw unlesbar();
        }
        var teile = new ArrayList<String>();
        for (var teil : roh.substring(BEGINN.length()).split("/", -1)) {
            if (teil.isEmpty()) {
                continue;
            }
            var name = Normalizer.normalize(entziffert(teil), Normalizer.Form.NFC);
            if (name.equals(".")
                    || name.equals("..")
                    || name.getBytes(StandardCharsets.UTF_8).length > NAME
                    || name.chars().anyMatch(c -> c < 32 || c == 127 || c == '/' || c == '\\')) {
                throw unlesbar();
            }
            teile.add(name);
        }
        if (teile.size() > TIEFE) {
            throw unlesbar();
        }
        return new Pfad(teile);
    }

    /**
     * Of a header Destination or If: an address of this house, whole or without its beginning.
     *
     * @param haus host and port as the request names them
     * @throws Webdavfehler (502) for another house
     */
    static Pfad ausAdresse(String adresse, String haus) {
        try {
            var uri = new URI(adresse.strip());
            // Behind a proxy the scheme is another one, and the port may go without saying.
            if (uri.getRawAuthority() != null
                    && !ohneVorgabe(uri.getRawAuthority()).equalsIgnoreCase(ohneVorgabe(haus))) {
                throw Webdavfehler.mit(502, "Das Ziel liegt in einem anderen Haus.");
            }
            return aus(String.valueOf(uri.getRawPath()));
        } catch (URISyntaxException e) {
            throw unlesbar();
        }
    }

    private static String ohneVorgabe(String haus) {
        return haus.substring(haus.lastIndexOf('@') + 1).replaceFirst(":(80|443)$", "");
    }

    String name() {
        return teile.getLast();
    }

    Pfad mit(String name) {
        var alle = new ArrayList<>(teile);
        alle.add(name);
        return new Pfad(alle);
    }

    /** The first {@code zahl} parts. */
    Pfad bis(int zahl) {
        return new Pfad(teile.subList(0, zahl));
    }

    boolean unter(Pfad anderer) {
        return teile.size() > anderer.teile.size()
                && teile.subList(0, anderer.teile.size()).equals(anderer.teile);
    }

    /** As it stands in an answer. */
    String href(boolean ordner) {
        var text = new StringBuilder(BEGINN);
        teile.forEach(teil -> text.append('/').append(verschluesselt(teil)));
        if (ordner) {
            text.append('/');
        }
        return text.toString();
    }

    static String verschluesselt(String name) {
        var text = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || OFFEN.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static String entziffert(String teil) {
        var bytes = ByteBuffer.allocate(3 * teil.length());
        for (int i = 0; i < teil.length(); i++) {
            char c = teil.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < teil.length() && hex(teil.charAt(i + 1)) && hex(teil.charAt(i + 2))) {
                bytes.put((byte) HexFormat.fromHexDigits(teil, i + 1, i + 3));
                i += 2;
            } else {
                throw unlesbar();
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw unlesbar();
        }
    }

    private static boolean hex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static Webdavfehler unlesbar() {
        return Webdavfehler.mit(400, "Diese Adresse lässt sich nicht lesen.");
    }
}
