package de.federwerk.datei;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel forbids the worker before it sees the first foreign byte, for itself and whatever it starts (LibreOffice): any
 * socket but those within the machine ({@code AF_UNIX}), looking into or steering other processes, files of more than 2 GiB, core
 * dumps, more than 3 GiB of memory per process. So "nothing is fetched" does not depend on what a parser or its settings promise.
 * Cannot be taken back by the process.
 */
final class Zwinger {

    /** Told on standard error where the kernel does not go along; the server then says so in its log. */
    static final String OFFEN = "Zwinger offen";

    static final long DATEI_HOECHSTENS = 2L << 30;
    private static final long SPEICHER_HOECHSTENS = 3L << 30;

    // linux/resource.h, linux/prctl.h, linux/seccomp.h, linux/bpf_common.h
    private static final int RLIMIT_FSIZE = 1;
    private static final int RLIMIT_DATA = 2;
    private static final int RLIMIT_CORE = 4;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int SECCOMP_SET_MODE_FILTER = 1;
    /** All threads of the JVM, not only the one that asks. */
    private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;

    private static final int AF_UNIX = 1;
    private static final int ERLAUBT = 0x7fff0000;
    private static final int ABGELEHNT = 0x00050000;
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int LADE = 0x20;
    private static final int GLEICH = 0x15;
    private static final int MINDESTENS = 0x35;
    private static final int ANTWORTE = 0x06;

    /**
     * Numbers of system calls differ by processor (asm/unistd.h).
     *
     * @param fremdab calls from here on belong to another calling convention of the same kernel (x32) and are refused
     * @param verboten ptrace, process_vm_readv/-writev, pidfd_getfd, io_uring_setup (opens sockets past this filter), bpf,
     *     perf_event_open, userfaultfd, open_by_handle_at, add_key, request_key, keyctl, mount, umount2, pivot_root, chroot, unshare,
     *     setns, init_module, finit_module, kexec_load, reboot, swapon, acct
     * @param starten execve, execveat
     */
    private record Bauart(int kennung, int seccomp, int socket, int fremdab, int[] verboten, int[] starten) {}

    private static final Bauart X86_64 = new Bauart(
            0xC000003E,
            317,
            41,
            0x40000000,
            new int[] {
                101, 310, 311, 438, 425, 321, 298, 323, 304, 248, 249, 250, 165, 166, 155, 161, 272, 308, 175, 313, 246,
                169, 167, 163
            },
            new int[] {59, 322});
    private static final Bauart AARCH64 = new Bauart(
            0xC00000B7,
            277,
            198,
            Integer.MAX_VALUE,
            new int[] {
                117, 270, 271, 438, 425, 280, 241, 282, 265, 217, 218, 219, 40, 39, 41, 51, 97, 268, 105, 273, 104, 142,
                224, 89
            },
            new int[] {221, 281});

    private Zwinger() {}

    /**
     * Shuts the door behind this process.
     *
     * @param startetProgramme whether it must still be able to start LibreOffice; otherwise it can start nothing at all
     * @return whether the kernel took the filter; the limits hold in any case
     */
    static boolean schliesse(boolean startetProgramme) {
        begrenze(RLIMIT_CORE, 0);
        begrenze(RLIMIT_FSIZE, DATEI_HOECHSTENS);
        begrenze(RLIMIT_DATA, SPEICHER_HOECHSTENS);
        Bauart bauart = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> null;
        };
        return bauart != null
                && Posix.ruf("prctl", (long) PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0
                && lade(bauart, filter(bauart, startetProgramme));
    }

    private static void begrenze(int was, long wert) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment grenze = arena.allocateFrom(ValueLayout.JAVA_LONG, wert, wert);
            Posix.ruf("setrlimit", was, grenze);
        }
    }

    /** A BPF program over (number, processor, arguments) of each system call; each row is {code, argument, then, else}. */
    private static List<int[]> filter(Bauart b, boolean startetProgramme) {
        var regeln = new ArrayList<int[]>();
        regeln.add(new int[] {LADE, 4, 0, 0});
        regeln.add(new int[] {GLEICH, b.kennung, 1, 0});
        regeln.add(new int[] {ANTWORTE, ABGELEHNT | EPERM, 0, 0});
        regeln.add(new int[] {LADE, 0, 0, 0});
        regeln.add(new int[] {MINDESTENS, b.fremdab, 0, 1});
        regeln.add(new int[] {ANTWORTE, ABGELEHNT | EPERM, 0, 0});
        for (int ruf : b.verboten) {
            verbiete(regeln, ruf);
        }
        if (!startetProgramme) {
            for (int ruf : b.starten) {
                verbiete(regeln, ruf);
            }
        }
        regeln.add(new int[] {GLEICH, b.socket, 0, 3});
        regeln.add(new int[] {LADE, 16, 0, 0});
        regeln.add(new int[] {GLEICH, AF_UNIX, 1, 0});
        regeln.add(new int[] {ANTWORTE, ABGELEHNT | EACCES, 0, 0});
        regeln.add(new int[] {ANTWORTE, ERLAUBT, 0, 0});
        return regeln;
    }

    private static void verbiete(List<int[]> regeln, int ruf) {
        regeln.add(new int[] {GLEICH, ruf, 0, 1});
        regeln.add(new int[] {ANTWORTE, ABGELEHNT | EPERM, 0, 0});
    }

    private static boolean lade(Bauart bauart, List<int[]> regeln) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment programm = arena.allocate(8L * regeln.size(), 8);
            for (int i = 0; i < regeln.size(); i++) {
                int[] regel = regeln.get(i);
                programm.set(ValueLayout.JAVA_SHORT, 8L * i, (short) regel[0]);
                programm.set(ValueLayout.JAVA_BYTE, 8L * i + 2, (byte) regel[2]);
                programm.set(ValueLayout.JAVA_BYTE, 8L * i + 3, (byte) regel[3]);
                programm.set(ValueLayout.JAVA_INT, 8L * i + 4, regel[1]);
            }
            MemorySegment kopf = arena.allocate(16, 8);
            kopf.set(ValueLayout.JAVA_SHORT, 0, (short) regeln.size());
            kopf.set(ValueLayout.ADDRESS, 8, programm);
            return Posix.ruf(
                            "syscall",
                            (long) bauart.seccomp,
                            (long) SECCOMP_SET_MODE_FILTER,
                            (long) SECCOMP_FILTER_FLAG_TSYNC,
                            kopf)
                    == 0;
        }
    }
}
