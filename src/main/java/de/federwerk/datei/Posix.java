package de.federwerk.datei;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** System calls that Java does not offer; only the worker uses them. */
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

    /**
     * Calls a function of the C library; {@code Integer}, {@code Long} and {@code MemorySegment} are passed on as such.
     *
     * @return what it returns, -1 if it failed
     */
    @SuppressWarnings("restricted") // --enable-native-access is given
    static int ruf(String name, Object... werte) {
        Linker linker = Linker.nativeLinker();
        var form = FunctionDescriptor.of(ValueLayout.JAVA_INT);
        for (Object wert : werte) {
            form = form.appendArgumentLayouts(
                    switch (wert) {
                        case Integer zahl -> ValueLayout.JAVA_INT;
                        case Long zahl -> ValueLayout.JAVA_LONG;
                        default -> ValueLayout.ADDRESS;
                    });
        }
        MethodHandle griff = linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form);
        try {
            return (int) griff.invokeWithArguments(werte);
        } catch (Throwable fehler) {
            throw new IllegalStateException(name, fehler);
        }
    }
}
