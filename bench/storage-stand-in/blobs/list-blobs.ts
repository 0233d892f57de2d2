import { escapeXml, xmlDeclaration, type Answer, type Call } from '../protocol';
import type { Blob } from './blob';

/** All on one page: https://learn.microsoft.com/rest/api/storageservices/list-blobs */
export function listBlobs({ query }: Call, container: ReadonlyMap<string, Blob>): Answer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const blobs: string[] = [];
  const folders = new Set<string>();
  for (const [name, blob] of [...container].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!name.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    if (end === -1) blobs.push(blobXml(name, blob));
    else folders.add(name.slice(0, end + delimiter.length));
  }
  const prefixes = [...folders].map(
    (folder) => `<BlobPrefix><Name>${escapeXml(folder)}</Name></BlobPrefix>`,
  );
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `${xmlDeclaration}<EnumerationResults><Blobs>${prefixes.join('')}${blobs.join('')}</Blobs><NextMarker /></EnumerationResults>`,
  };
}

const blobXml = (name: string, { etag, lastModified, content, contentType }: Blob): string =>
  `<Blob><Name>${escapeXml(name)}</Name><Properties><Last-Modified>${lastModified.toUTCString()}</Last-Modified><Etag>${escapeXml(etag)}</Etag><Content-Length>${content.length}</Content-Length><Content-Type>${escapeXml(contentType)}</Content-Type><BlobType>BlockBlob</BlobType></Properties></Blob>`;
