package de.federwerk.datei;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Three system calls that Java does not offer; only the worker uses them. */
final class Posix {

    private Posix() {}

    /**
     * Moves the real standard output to another descriptor and lets descriptor 1 point to standard error, so that native
     * libraries that print cannot break the protocol.
     *
     * @return the real standard output
     */
    static OutputStream nimmStandardausgabe() throws IOException {
        int kopie = ruf("dup", 1);
        if (kopie < 0 || ruf("dup2", 2, 1) < 0) {
            throw new IOException("dup fehlgeschlagen");
        }
        // Appending: opening it anew would cut off a file, should standard output be one.
        return new FileOutputStream("/proc/self/fd/" + kopie, true);
    }

    /** Lowers the priority of this process by up to 19 steps: a person's click goes before reading. */
    static void trittZurueck(int stufen) {
        ruf("nice", stufen);
    }

    @SuppressWarnings("restricted") // --enable-native-access is given
    private static int ruf(String name, int... werte) {
        Linker linker = Linker.nativeLinker();
        var form = FunctionDescriptor.of(ValueLayout.JAVA_INT);
        for (int i = 0; i < werte.length; i++) {
            form = form.appendArgumentLayouts(ValueLayout.JAVA_INT);
        }
        MethodHandle griff = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form);
        try {
            Object[] alle = new Object[werte.length];
            for (int i = 0; i < werte.length; i++) {
                alle[i] = werte[i];
            }
            return (int) griff.invokeWithArguments(alle);
        } catch (Throwable fehler) {
            throw new IllegalStateException(name, fehler);
        }
    }
}
