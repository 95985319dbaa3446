// A virus scanner that speaks clamd's protocol on a socket in the file system; it knows one virus, EICAR.
import { once } from 'node:events';
import { createServer } from 'node:net';

export class Scanner {
  static async open(place) {
    const scanner = new Scanner();
    scanner.server = createServer({ allowHalfOpen: true }, (line) => scanner.answer(line));
    scanner.server.listen(place);
    await once(scanner.server, 'listening');
    return scanner;
  }

  answer(line) {
    let heard = Buffer.alloc(0);
    line.on('error', () => {});
    line.on('data', (part) => {
      heard = Buffer.concat([heard, part]);
      const reply = this.reply(heard);
      if (reply) line.end(`${reply}\0`);
    });
  }

  reply(heard) {
    if (heard.toString('latin1').startsWith('zVERSION\0')) {
      const [day, date, month, year, clock] = new Date().toUTCString().replace(',', '').split(' ');
      return `ClamAV 1.4.6/27123/${day} ${month} ${date.replace(/^0/, ' ')} ${clock} ${year}`;
    }
    let found = false;
    for (let at = 10; at + 4 <= heard.length;) {
      const length = heard.readUInt32BE(at);
      if (length === 0) return found ? 'stream: Eicar-Signature FOUND' : 'stream: OK';
      found ||= heard.subarray(at + 4, at + 4 + length).includes('EICAR-STANDARD-');
      at += 4 + length;
    }
    return undefined;
  }

  async close() {
    this.server.close();
    await once(this.server, 'close');
  }
}
