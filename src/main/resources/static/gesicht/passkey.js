// A form that asks the browser for a passkey before it is sent. The server has put its question into data-passkey-frage; the answer goes
// into the hidden field "antwort". Until this script is there the button rests: without it nothing good would be sent.

const nachBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (z) => z.charCodeAt(0));
const nachText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const mitBytes = (liste = []) => liste.map((eintrag) => ({ ...eintrag, id: nachBytes(eintrag.id) }));

/** @param {HTMLFormElement} form */
export function passkey(form) {
  // Islands are started anew when htmx has looked at the page: asked twice at once, a device makes two passkeys or refuses both.
  if (form.dataset.passkeyBereit) return;
  form.dataset.passkeyBereit = "ja";
  const meldung = form.querySelector("[data-passkey-meldung]");
  const sage = (text) => meldung.replaceChildren(text);
  if (!window.PublicKeyCredential) {
    sage(isSecureContext ? "Dieser Browser kennt keine Passkeys." : "Passkeys gibt es nur über eine verschlüsselte Verbindung (https).");
    return;
  }
  sage("");
  const knopf = form.querySelector("[data-passkey-knopf]");
  knopf.disabled = false;
  if (knopf.dataset.passkeyKnopf === "fokus") knopf.focus();
  const frage = JSON.parse(form.dataset.passkeyFrage);
  let laeuft = false;
  form.addEventListener("submit", async (e) => {
    if (form.elements.antwort.value) return;
    e.preventDefault();
    if (laeuft) return;
    laeuft = true;
    sage("Folgen Sie den Anweisungen Ihres Geräts.");
    try {
      form.elements.antwort.value = JSON.stringify(form.dataset.passkey === "anlegen" ? await lege(frage) : await hole(frage));
      sage("");
      form.requestSubmit();
    } catch (grund) {
      sage(warum(grund));
    } finally {
      laeuft = false;
    }
  });
  // Back from the next page: what was answered is spent.
  addEventListener("pageshow", () => (form.elements.antwort.value = ""));
}

async function lege(frage) {
  const schluessel = await navigator.credentials.create({
    publicKey: { ...frage, challenge: nachBytes(frage.challenge), user: { ...frage.user, id: nachBytes(frage.user.id) }, excludeCredentials: mitBytes(frage.excludeCredentials) },
  });
  const { clientDataJSON, attestationObject } = schluessel.response;
  return umschlag(schluessel, {
    clientDataJSON: nachText(clientDataJSON),
    attestationObject: nachText(attestationObject),
    transports: schluessel.response.getTransports?.() ?? [],
  });
}

async function hole(frage) {
  const schluessel = await navigator.credentials.get({
    publicKey: { ...frage, challenge: nachBytes(frage.challenge), allowCredentials: mitBytes(frage.allowCredentials) },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = schluessel.response;
  return umschlag(schluessel, {
    clientDataJSON: nachText(clientDataJSON),
    authenticatorData: nachText(authenticatorData),
    signature: nachText(signature),
    ...(userHandle && { userHandle: nachText(userHandle) }),
  });
}

const umschlag = (schluessel, response) => ({ id: schluessel.id, rawId: nachText(schluessel.rawId), type: schluessel.type, response, clientExtensionResults: {} });

function warum(grund) {
  if (grund.name === "InvalidStateError") return "Auf diesem Gerät gibt es schon einen Passkey für Sie.";
  if (grund.name === "NotAllowedError") return "Abgebrochen, oder es gibt hier keinen passenden Passkey. Sie können es noch einmal versuchen.";
  if (grund.name === "SecurityError") return "Passkeys gelten nicht für diese Adresse. Bitte fragen Sie Ihre Administration.";
  return "Ihr Gerät hat keinen Passkey geliefert. Sie können es noch einmal versuchen.";
}
