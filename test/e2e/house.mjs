// The real server on a copy of the demonstration, for one story file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Visitor } from './visitor.mjs';

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

export class House {
  static async open() {
    const house = new House();
    house.sessions = new Map();
    const { AZUKARI_WORK: work } = process.env;
    house.data = await mkdtemp(path.join(work, 'house-'));
    await cp(path.join(work, 'template'), house.data, { recursive: true });
    house.accounts = JSON.parse(await readFile(path.join(house.data, 'demo-accounts.json'), 'utf8'));
    await house.start(await freePort());
    house.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    });
    return house;
  }

  async start(port) {
    this.address = `http://localhost:${port}`; // passkeys are bound to a name, never to a number
    this.words = '';
    this.server = spawn(process.env.AZUKARI_PROGRAM, ['serve', '--data', this.data, '--listen', `127.0.0.1:${port}`]);
    for (const stream of [this.server.stdout, this.server.stderr]) stream.on('data', (part) => (this.words += part));
    for (let patience = 0; patience < 200; patience += 1) {
      if (this.server.exitCode !== null) break;
      try {
        if ((await fetch(`${this.address}/`, { redirect: 'manual' })).status < 500) return;
      } catch {
        await new Promise((done) => setTimeout(done, 50));
      }
    }
    throw new Error(`the server did not open: ${this.words}`);
  }

  async stop() {
    if (this.server.exitCode !== null || this.server.signalCode !== null) return;
    this.server.kill('SIGTERM');
    await once(this.server, 'exit');
  }

  // By role (the first who holds it) or by login.
  account(who) {
    const found = this.accounts.find((each) => each.login === who) ?? this.accounts.find((each) => each.role === who);
    if (!found) throw new Error(`no demonstration account for ${who}`);
    return found;
  }

  // Somebody at a browser of their own who is not signed in. Options are Playwright's for a context.
  async visitor(options = {}) {
    return Visitor.arrive(this, options);
  }

  // The person, signed in. Another window of somebody who came in before shares their session, as in one browser: the
  // server takes each one-time code once, and a story should not wait half a minute for the next.
  async person(who, options = {}) {
    const account = this.account(who);
    const known = this.sessions.get(account.login);
    const visitor = await this.visitor({ ...options, storageState: known });
    visitor.account = account;
    if (known) await visitor.page.goto('/');
    else await visitor.signIn(account);
    this.sessions.set(account.login, await visitor.context.storageState());
    return visitor;
  }

  async close() {
    await this.browser?.close();
    await this.stop();
    if (this.server.exitCode !== 0) throw new Error(`the server ended with ${this.server.exitCode}: ${this.words}`);
    await rm(this.data, { recursive: true, force: true });
  }
}
