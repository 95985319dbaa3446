// Forms that nobody filled in, drawn by the browser itself: as a PDF, a photograph, and a fax of two pages.
const FORM = `<!doctype html><meta charset="utf-8"><style>
  body { font: 18px "Noto Sans CJK JP", "IPAexGothic", sans-serif; margin: 48px; color: #111; background: #fff; }
  h1 { font-size: 28px; text-align: center; letter-spacing: .2em; } table { width: 100%; border-collapse: collapse; }
  td, th { border: 2px solid #222; padding: 14px; text-align: left; } th { width: 28%; background: #eee; }</style>
  <h1>講座申込書（見本）</h1><p>見本区長　あて</p>
  <table><tr><th>氏名</th><td>架空 十和</td></tr><tr><th>ふりがな</th><td>かくう とわ</td></tr>
  <tr><th>電話番号</th><td>03-0000-0020</td></tr><tr><th>希望する日</th><td>令和8年12月5日（土）午前</td></tr>
  <tr><th>託児</th><td>□ 希望する　☑ 希望しない</td></tr></table><p>この書類は見本です。実在の方のものではありません。</p>`;

async function drawn(browser, work) {
  const context = await browser.newContext({ viewport: { width: 900, height: 1200 } });
  const page = await context.newPage();
  await page.setContent(FORM);
  const made = await work(page);
  await context.close();
  return made;
}

export const pdfForm = (browser) => drawn(browser, (page) => page.pdf({ format: 'A4' }));
export const photograph = (browser) => drawn(browser, (page) => page.screenshot({ type: 'jpeg', quality: 80 }));

// Black and white without compression, as the simplest fax software writes it (TIFF 6.0, class B).
export async function fax(browser, pages) {
  const png = await drawn(browser, (page) => page.screenshot());
  const { width, height, bits } = await drawn(browser, (page) => page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    const row = Math.ceil(image.width / 8);
    const packed = new Array(row * image.height).fill(0);
    for (let y = 0; y < image.height; y += 1)
      for (let x = 0; x < image.width; x += 1)
        if (data[4 * (y * image.width + x)] < 128) packed[y * row + (x >> 3)] |= 0x80 >> (x & 7);
    return { width: image.width, height: image.height, bits: packed };
  }, png.toString('base64')));

  const strip = Buffer.from(bits);
  const entries = [[256, 4, width], [257, 4, height], [258, 3, 1], [259, 3, 1], [262, 3, 0], [273, 4, 0], [277, 3, 1],
    [278, 4, height], [279, 4, strip.length]];
  const size = 2 + 12 * entries.length + 4;
  const parts = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let at = 8;
  for (let number = 1; number <= pages; number += 1) {
    const directory = Buffer.alloc(size);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, type, value], index) => {
      directory.writeUInt16LE(tag, 2 + 12 * index);
      directory.writeUInt16LE(type, 4 + 12 * index);
      directory.writeUInt32LE(1, 6 + 12 * index);
      directory.writeUInt32LE(tag === 273 ? at + size : value, 10 + 12 * index);
    });
    at += size + strip.length;
    directory.writeUInt32LE(number < pages ? at : 0, size - 4);
    parts.push(directory, strip);
  }
  return Buffer.concat(parts);
}
