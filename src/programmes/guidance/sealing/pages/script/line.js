// The desk without loading pages: what is scanned goes to the same addresses, the answer takes the desk's place. Scans
// that arrive before an answer wait their turn; an Enter or a command that nobody can have meant for the next stage is
// dropped.
"use strict";

const line = document.getElementById("line");
const COMMANDS = ["AZUKARI-SEAL", "AZUKARI-BACK"];
const waiting = [];
let busy = false;

// Sounds: two rising tones, a long low one, a click. No file, no other host.
const sound = { box: document.getElementById("sound"), context: null };
const TONES = { yes: [[660, 0, 0.12, "sine"], [990, 0.13, 0.2, "sine"]],
  no: [[150, 0, 0.35, "square"], [110, 0.4, 0.6, "square"]],
  tick: [[520, 0, 0.06, "sine"]], done: [[440, 0, 0.08, "sine"], [440, 0.12, 0.08, "sine"]] };
document.getElementById("line-sound").hidden = !window.AudioContext;
try { sound.box.checked = localStorage.getItem("azukari-line-sound") !== "off"; } catch { /* a browser that keeps nothing */ }
sound.box.addEventListener("change", () => {
  try { localStorage.setItem("azukari-line-sound", sound.box.checked ? "on" : "off"); } catch { /* the same */ }
  play("tick");
});

function play(name) {
  if (!TONES[name] || !window.AudioContext || !sound.box.checked || !navigator.userActivation?.hasBeenActive) return;
  sound.context ??= new AudioContext();
  const now = sound.context.currentTime;
  for (const [pitch, after, length, shape] of TONES[name]) {
    const tone = sound.context.createOscillator();
    const volume = sound.context.createGain();
    tone.type = shape;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, now + after);
    volume.gain.exponentialRampToValueAtTime(0.001, now + after + length);
    tone.connect(volume).connect(sound.context.destination);
    tone.start(now + after);
    tone.stop(now + after + length);
  }
}

const field = () => line.querySelector("#scan");

function show(answer) {
  const begun = field().value; // the scanner may be typing already
  line.dataset.stage = answer.stage;
  line.innerHTML = answer.html;
  field().value = begun;
  field().focus({ preventScroll: true });
  if (answer.stage !== "reading") line.scrollIntoView({ block: "nearest" });
  play(answer.sound);
}

async function send(address, fields) {
  const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" },
    redirect: "error" });
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(String(answer.status));
  show(await answer.json());
}

async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const { scan, button, stage } = waiting.shift();
    const meant = scan === "" || COMMANDS.includes(scan.toUpperCase());
    if (meant && stage !== line.dataset.stage) continue;
    const form = line.querySelector("form");
    const fields = new URLSearchParams(new FormData(form));
    fields.set("scan", scan);
    if (button?.name) fields.set(button.name, button.value);
    try {
      await send(button?.hasAttribute("formaction") ? button.formAction : form.action, fields);
    } catch {
      // Signed out, or the server is away: the page itself says so.
      waiting.length = 0;
      location.reload();
      return;
    }
  }
  busy = false;
}

line.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  const scan = field().value.trim();
  field().value = "";
  const button = event.submitter;
  waiting.push({ scan, button: button?.name || button?.hasAttribute("formaction") ? button : null, stage: line.dataset.stage });
  work();
}, { capture: true });

// Whatever was touched last, a scan goes into its field.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.("a, button, input, select, textarea, video")) return;
  if (event.key.length === 1) field().focus({ preventScroll: true });
  if (event.key === "Enter") { event.preventDefault(); line.querySelector("form").requestSubmit(); }
});
field().focus({ preventScroll: true });

// The camera, where the browser itself can read these codes.
async function offerCamera() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  if (!(await BarcodeDetector.getSupportedFormats()).includes("data_matrix")) return;
  const button = document.getElementById("line-camera");
  const video = document.getElementById("line-video");
  const detector = new BarcodeDetector({ formats: ["data_matrix"] });
  let last = "";
  const look = async () => {
    if (video.hidden) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (code && code.rawValue !== last) {
      last = code.rawValue;
      field().value = code.rawValue;
      line.querySelector("form").requestSubmit();
    }
    if (!code) last = "";
    setTimeout(look, 200);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!video.hidden) {
      for (const track of video.srcObject.getTracks()) track.stop();
      video.hidden = true;
      button.textContent = "カメラで読み取る";
      return;
    }
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.hidden = false;
      button.textContent = "カメラを止める";
      await video.play();
      look();
    } catch {
      button.textContent = "カメラを使えませんでした";
    }
  });
}
offerCamera();
