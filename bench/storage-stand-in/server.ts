import type { IncomingMessage } from 'node:http';
import { listen, type LoopbackServer } from '../../local/loopback-server';
import { accountAt, type StorageAccount } from '../../local/storage';
import { makeBlobService } from './blobs/blob-service';
import { StorageFault, xmlFault, type Answer, type Call } from './protocol';
import { makeQueueService } from './queues/queue-service';
import { jsonFault } from './tables/table-fault';
import { makeTableService } from './tables/table-service';

/** Answers at once, so that no other call comes between. @throws StorageFault */
type Service = (call: Call) => Answer;

/**
 * Queues, tables and blobs in memory: the part of Azure Storage that the app, the loops beside it and the local host use, and
 * no more. It costs next to nothing, so that what is measured is the app.
 */
export async function serveStorage(): Promise<
  StorageAccount & { readonly close: () => Promise<void> }
> {
  const servers = {
    blob: await serve(makeBlobService(), xmlFault),
    queue: await serve(makeQueueService(), xmlFault),
    table: await serve(makeTableService(), jsonFault),
  };
  const { blob, queue, table } = servers;
  return {
    // Signatures are not looked at.
    ...accountAt({ blob: blob.url, queue: queue.url, table: table.url }),
    close: async () => {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}

function serve(
  service: Service,
  toAnswer: (fault: StorageFault) => Answer,
): Promise<LoopbackServer> {
  const answerTo = (call: Call): Answer => {
    try {
      return service(call);
    } catch (thrown) {
      if (thrown instanceof StorageFault) return toAnswer(thrown);
      throw thrown;
    }
  };
  return listen(async (request, response) => {
    const { status, headers, body = '' } = answerTo(toCall(request, await bodyOf(request)));
    const length = request.method === 'HEAD' ? {} : { 'content-length': Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length, 'x-ms-version': '2021-12-02' }).end(body);
  });
}

function toCall({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Call {
  const [path = '', query = ''] = url.split('?', 2);
  return {
    method,
    path: path.split('/').slice(2).map(decodeURIComponent),
    query: new URLSearchParams(query),
    headers,
    body,
  };
}

/** Without the stream's asynchronous iterator, which costs more than all the rest. */
function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const pieces: Buffer[] = [];
  request
    .on('data', (piece: Buffer) => pieces.push(piece))
    .on('end', () => resolve(Buffer.concat(pieces)))
    .on('error', reject);
  return promise;
}
