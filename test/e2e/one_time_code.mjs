// One-time codes (RFC 6238: six digits, SHA-1, 30 seconds), each used once, as the server demands.
import { createHmac } from 'node:crypto';

const STEP = 30;
const lastStep = new Map();

function fromBase32(text) {
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  }
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

export function codeAt(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

// The next code that was not used yet; waits for the clock when one was used within this step.
export async function freshCode(secret) {
  const now = () => Math.floor(Date.now() / 1000 / STEP);
  const step = Math.max(now(), (lastStep.get(secret) ?? 0) + 1);
  while (step > now()) await new Promise((done) => setTimeout(done, 500));
  lastStep.set(secret, step);
  return codeAt(secret, step);
}
