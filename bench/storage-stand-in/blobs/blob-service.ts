import { randomUUID } from 'node:crypto';
import { StorageFault, unsupported, type Answer, type Call } from '../protocol';
import { acquire, checkLease, hasLease, makeBlob, release, renew, type Blob } from './blob';
import { listBlobs } from './list-blobs';

type Container = Map<string, Blob>;

/** https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api */
export function makeBlobService(): (call: Call) => Answer {
  const containers = new Map<string, Container>();

  function find(name: string): Container {
    const container = containers.get(name);
    if (container === undefined) throw new StorageFault(404, 'ContainerNotFound');
    return container;
  }

  function onContainer(call: Call, name: string): Answer {
    if (call.method === 'PUT') {
      if (containers.has(name)) throw new StorageFault(409, 'ContainerAlreadyExists');
      containers.set(name, new Map());
      return { status: 201 };
    }
    const container = find(name);
    if (call.query.get('comp') === 'list') return listBlobs(call, container);
    if (call.method === 'GET' || call.method === 'HEAD') return { status: 200 };
    throw unsupported(call);
  }

  return (call) => {
    const [name = '', ...path] = call.path;
    return call.query.get('restype') === 'container'
      ? onContainer(call, name)
      : onBlob(call, find(name), path.join('/'));
  };
}

function onBlob(call: Call, container: Container, name: string): Answer {
  if (call.method === 'PUT' && call.query.get('comp') === null) return put(call, container, name);
  const blob = container.get(name);
  if (blob === undefined) throw new StorageFault(404, 'BlobNotFound');
  if (call.method === 'PUT' && call.query.get('comp') === 'lease') return onLease(call, blob);
  if (call.method === 'HEAD')
    return {
      status: 200,
      headers: { ...propertiesOf(blob), 'content-length': `${blob.content.length}` },
    };
  if (call.method === 'GET') return read(call, blob);
  if (call.method !== 'DELETE') throw unsupported(call);
  checkLease(blob, headerOf(call, 'x-ms-lease-id'));
  container.delete(name);
  return { status: 202 };
}

function put(call: Call, container: Container, name: string): Answer {
  const before = container.get(name);
  if (before !== undefined && call.headers['if-none-match'] === '*')
    throw new StorageFault(409, 'BlobAlreadyExists');
  if (before !== undefined) checkLease(before, headerOf(call, 'x-ms-lease-id'));
  const contentType = headerOf(call, 'x-ms-blob-content-type') ?? 'application/octet-stream';
  const blob = makeBlob(call.body, contentType, before?.lease);
  container.set(name, blob);
  return { status: 201, headers: propertiesOf(blob) };
}

/** https://learn.microsoft.com/rest/api/storageservices/get-blob */
function read(call: Call, blob: Blob): Answer {
  const { content } = blob;
  const range = headerOf(call, 'x-ms-range') ?? headerOf(call, 'range');
  if (range === undefined) return { status: 200, headers: propertiesOf(blob), body: content };
  const [, from = 0, to = content.length - 1] = /^bytes=(\d+)-(\d+)?$/.exec(range) ?? [];
  const piece = content.subarray(Number(from), Number(to) + 1);
  if (piece.length === 0) throw new StorageFault(416, 'InvalidRange');
  const last = Number(from) + piece.length - 1;
  const headers = { 'content-range': `bytes ${from}-${last}/${content.length}` };
  return { status: 206, headers: { ...propertiesOf(blob), ...headers }, body: piece };
}

function onLease(call: Call, blob: Blob): Answer {
  const given = headerOf(call, 'x-ms-lease-id');
  const id = given ?? headerOf(call, 'x-ms-proposed-lease-id') ?? randomUUID();
  const action = headerOf(call, 'x-ms-lease-action');
  const headers = { 'x-ms-lease-id': id };
  if (action === 'acquire') {
    acquire(blob, id, Number(headerOf(call, 'x-ms-lease-duration')));
    return { status: 201, headers };
  }
  if (action === 'renew') renew(blob, given);
  else if (action === 'release') release(blob, given);
  else throw unsupported(call);
  return { status: 200, headers };
}

const propertiesOf = (blob: Blob): Readonly<Record<string, string>> => ({
  'content-type': blob.contentType,
  'last-modified': blob.lastModified.toUTCString(),
  etag: blob.etag,
  'x-ms-blob-type': 'BlockBlob',
  'x-ms-lease-state': hasLease(blob) ? 'leased' : 'available',
});

function headerOf({ headers }: Call, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
