import { crc32, deflateSync } from 'node:zlib';
import { brandColor } from './properties';

/** Pixels on each side; Power Automate takes 100 to 230. */
const size = 160;
const white = [255, 255, 255] as const;

const background = [1, 3, 5].map((at) => Number.parseInt(brandColor.slice(at, at + 2), 16));

/** Three people in a row: heads, and shoulders below. */
const isFigure = (x: number, y: number): boolean =>
  [
    { center: 80, scale: 1 },
    { center: 40, scale: 0.7 },
    { center: 120, scale: 0.7 },
  ].some(({ center, scale }) => {
    const [dx, head, body] = [(x - center) / scale, (y - 58) / scale, (y - 118) / scale];
    const isHead = dx ** 2 + head ** 2 < 16 ** 2;
    const isBody = body < 0 && (dx / 26) ** 2 + (body / 38) ** 2 < 1;
    return isHead || isBody;
  });

/** One chunk of a PNG file: https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** The connector's icon as a PNG file: eight bits for each of red, green and blue. */
export function icon(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8);
  const rows = Array.from({ length: size }, (_, y) => [
    0,
    ...Array.from({ length: size }, (__, x) => (isFigure(x, y) ? white : background)).flat(),
  ]);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
