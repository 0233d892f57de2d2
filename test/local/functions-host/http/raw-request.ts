import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** In lower case, one a line. */
  readonly head: string;
  readonly body: string;
}

/**
 * Sends exactly these bytes and reads until the server closes the connection, so the request should ask for that. Each
 * character is one byte.
 */
export async function sendRaw(url: string, text: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk));
  socket.write(text, 'latin1');
  await once(socket, 'close');
  const end = answer.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
    head: answer.slice(0, end).toLowerCase(),
    body: answer.slice(end + 4),
  };
}

/** A GET with these header lines beside `Connection: close`; without a Host among them, one is added. */
export function rawGet(target: string, headers: readonly string[] = []): string {
  const hasHost = headers.some((line) => /^host:/i.test(line));
  const lines = [...(hasHost ? [] : ['Host: localhost']), ...headers, 'Connection: close'];
  return `GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
