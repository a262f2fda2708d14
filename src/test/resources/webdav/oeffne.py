# Opens a file over WebDAV in LibreOffice, appends a sentence, and saves it where it lies: what a person does, without the person.
import re
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

kanal, adresse, name, kennwort, satz = sys.argv[1:6]


def wert(schluessel, inhalt):
    eigenschaft = PropertyValue()
    eigenschaft.Name = schluessel
    eigenschaft.Value = inhalt
    return eigenschaft


lokal = uno.getComponentContext()
finder = lokal.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", lokal)
for versuch in range(120):
    try:
        fern = finder.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % kanal)
        break
    except Exception:
        time.sleep(0.5)
else:
    sys.exit("LibreOffice antwortet nicht")


def dienst(welcher):
    return fern.ServiceManager.createInstanceWithContext(welcher, fern)


# As if the person had typed name and password into the window that asks for them.
fenster = dienst("com.sun.star.task.InteractionHandler")
fenster.initialize((wert("Parent", None),))
haus = re.match(r"https?://[^/]+", adresse).group(0)
for bereich in (adresse, haus, haus + "/"):
    dienst("com.sun.star.task.PasswordContainer").add(bereich, name, (kennwort,), fenster)

tisch = dienst("com.sun.star.frame.Desktop")
text = tisch.loadComponentFromURL(
    adresse,
    "_blank",
    0,
    (wert("Hidden", True), wert("InteractionHandler", fenster), wert("AuthenticationHandler", fenster)),
)
if text.isReadonly():
    sys.exit("Nur zum Lesen geöffnet")
text.Text.insertString(text.Text.getEnd(), satz, False)
text.store()
text.close(True)
print("gespeichert")
try:
    tisch.terminate()
except Exception:
    pass
