package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands on the keys: after each stroke something has the focus, and one sees what. */
final class Tastatur {

    private Tastatur() {}

    /** Presses a key that must leave the focus somewhere, visibly. */
    static void druecke(Page seite, String taste) {
        seite.keyboard().press(taste);
        fokus(seite);
    }

    /** Presses it until that has the focus. */
    static void gehe(Page seite, String taste, String ziel) {
        for (int i = 0; i < 80; i++) {
            druecke(seite, taste);
            if ((Boolean) seite.evaluate("z => document.activeElement.matches(z)", ziel)) {
                return;
            }
        }
        throw new AssertionError(ziel + " ist mit " + taste + " nicht zu erreichen");
    }

    /** @return the words of what has the focus */
    static String fokus(Page seite) {
        var stand = fokusstand(seite);
        assertThat(stand).as("etwas hat den Fokus").isNotNull();
        assertThat(stand).containsEntry("sichtbar", true);
        return String.valueOf(stand.get("was"));
    }

    /** Null: the focus is nowhere. Visible: something is drawn around it, it lies inside the window and nothing lies over it. */
    @SuppressWarnings("unchecked")
    static @Nullable Map<String, Object> fokusstand(Page seite) {
        return (Map<String, Object>) seite.evaluate("""
                () => {
                  const e = document.activeElement;
                  if (!e || e === document.body || e === document.documentElement) return null;
                  const stil = getComputedStyle(e);
                  const rahmen = stil.outlineStyle !== 'none' && parseFloat(stil.outlineWidth) >= 2;
                  const teiler = e.matches('.fw-teiler') && getComputedStyle(e, '::after').content !== 'none';
                  const r = e.getBoundingClientRect();
                  const x = Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), y = Math.min(Math.max(r.top + Math.min(r.height / 2, 20), 0), innerHeight - 1);
                  const oben = document.elementFromPoint(x, y);
                  const frei = e.matches('.fw-teiler') || (oben && (e.contains(oben) || oben.contains(e) || oben.closest('label')?.control === e));
                  return {was: e.tagName + '.' + e.className + '#' + e.id + ' ' + e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 200), sichtbar: Boolean((rahmen || teiler) && frei && r.bottom > 0 && r.top < innerHeight)};
                }""");
    }
}
