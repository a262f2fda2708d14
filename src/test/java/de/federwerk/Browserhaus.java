package de.federwerk;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One browser for the whole run, closed after the last test. Without Chromium the tests are skipped with the reason, except where
 * {@code CI=true} says that everything must run. {@code FEDERWERK_CHROMIUM} names another executable.
 */
public final class Browserhaus implements BeforeAllCallback {

    private record Laufend(Playwright playwright, Browser browser) implements AutoCloseable {
        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    static Browser browser;

    /** For tests of other packages, which name this class in {@code @ExtendWith}. */
    public static Browser browser() {
        return browser;
    }

    @Override
    public void beforeAll(ExtensionContext test) {
        var programm = programm();
        if (Files.isExecutable(programm)) {
            browser = test.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent("browser", n -> starte(programm), Laufend.class)
                    .browser;
            return;
        }
        var grund = "Kein Chromium unter " + programm
                + ": apt-get install chromium, oder FEDERWERK_CHROMIUM nennt das Programm.";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail(grund);
        }
        Assumptions.abort(grund);
    }

    private static Path programm() {
        var genannt = System.getenv("FEDERWERK_CHROMIUM");
        return Path.of(genannt == null || genannt.isBlank() ? "/usr/bin/chromium" : genannt);
    }

    private static Laufend starte(Path programm) {
        var playwright = Playwright.create();
        // Patience costs nothing where the page is there; a busy machine must not make a test fail.
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
        // No sandbox: tests run as root in containers, and see only our own pages.
        var wie = new BrowserType.LaunchOptions()
                .setExecutablePath(programm)
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        return new Laufend(playwright, playwright.chromium().launch(wie));
    }
}
