package de.federwerk.betrieb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of one PostgreSQL folder. {@code postmaster.pid} alone proves nothing: after a crash or a restart of the machine
 * another program may have that number, and {@code pg_ctl stop} would send its signal there. A process belongs to the folder if it
 * is a {@code postgres} that works in it.
 */
record Clusterprozesse(Path ordner) {

    private static final Duration GEDULD = Duration.ofSeconds(10);

    /** The postmaster that {@code postmaster.pid} names, if it is one and lives. */
    Optional<ProcessHandle> postmaster() throws IOException {
        var datei = ordner.resolve("postmaster.pid");
        if (!Files.exists(datei)) return Optional.empty();
        try (var zeilen = Files.lines(datei)) {
            return zeilen.findFirst()
                    .filter(z -> z.strip().matches("\\d{1,10}"))
                    .flatMap(z -> ProcessHandle.of(Long.parseLong(z.strip())))
                    .filter(this::gehoertDazu);
        }
    }

    /**
     * What a postmaster leaves behind that was killed: its children end by themselves within moments; one that does not would keep
     * the folder's shared memory in use, and no new postmaster could start. A file {@code postmaster.pid} that names a stranger goes.
     */
    void raeumeAuf() throws IOException {
        long bis = System.nanoTime() + GEDULD.toNanos();
        for (var rest = alle(); !rest.isEmpty(); rest = alle()) {
            if (System.nanoTime() > bis) rest.forEach(ProcessHandle::destroyForcibly);
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("unterbrochen", e);
            }
        }
        Files.deleteIfExists(ordner.resolve("postmaster.pid"));
    }

    private List<ProcessHandle> alle() {
        return ProcessHandle.allProcesses().filter(this::gehoertDazu).toList();
    }

    private boolean gehoertDazu(ProcessHandle prozess) {
        try {
            var proc = Path.of("/proc", String.valueOf(prozess.pid()));
            return Files.readString(proc.resolve("comm")).strip().equals("postgres")
                    && Files.readSymbolicLink(proc.resolve("cwd")).equals(ordner.toRealPath())
                    && !istZombie(proc);
        } catch (IOException fremdOderFort) {
            return false;
        }
    }

    /** Killed and not yet collected: holds nothing any more. */
    private static boolean istZombie(Path proc) throws IOException {
        return Files.readString(proc.resolve("stat")).contains(") Z ");
    }
}
