import { readFile } from 'node:fs/promises';

/**
 * Library files that this app never executes, which the bundler cannot know, each by the end of its path. Their exports
 * are replaced by functions that throw, or by `contents` if other code reads them at load time.
 */
const unreachable = [
  // Kubernetes' workload identity, which brings all of MSAL's interactive flows; App Service never offers it.
  {
    path: '@azure/identity/dist/esm/credentials/managedIdentityCredential/tokenExchangeMsi.js',
    contents: `export const tokenExchangeMsi = { name: 'tokenExchangeMsi', isAvailable: async () => false };`,
  },
  // MSAL uses it to sign with a certificate; a managed identity has none.
  { path: 'jsonwebtoken/index.js', contents: 'module.exports = {};' },
  // A WebAssembly checksum of blobs, computed only for callers who ask for it, and the format that carries it.
  { path: '@azure/storage-common/dist/esm/crc64.js', contents: 'export default undefined;' },
  { path: '@azure/storage-common/dist/esm/StructuredMessageEncodingStream.js' },
  { path: '@azure/storage-common/dist/esm/StructuredMessageDecodingStream.js' },
  // Shared access signatures: the app has no key to sign with.
  { path: '@azure/storage-blob/dist/esm/sas/BlobSASSignatureValues.js' },
  { path: '@azure/storage-blob/dist/esm/sas/AccountSASSignatureValues.js' },
  { path: '@azure/storage-queue/dist/esm/QueueSASSignatureValues.js' },
  { path: '@azure/storage-queue/dist/esm/AccountSASSignatureValues.js' },
  // Queries in blobs, and batches of blobs.
  { path: '@azure/storage-blob/dist/esm/utils/BlobQuickQueryStream.js' },
  { path: '@azure/storage-blob/dist/esm/utils/blobListArrowParser.js' },
  { path: '@azure/storage-blob/dist/esm/BlobBatch.js' },
  // Leases of blobs, and copies from one to another.
  { path: '@azure/storage-blob/dist/esm/BlobLeaseClient.js' },
  { path: '@azure/storage-blob/dist/esm/pollers/BlobStartCopyFromUrlPoller.js' },
  // Page and append blobs. Every client creates one of each, so the classes stay, without methods.
  {
    path: '@azure/storage-blob/dist/esm/generated/src/operations/pageBlob.js',
    contents: 'export class PageBlobImpl {}',
  },
  {
    path: '@azure/storage-blob/dist/esm/generated/src/operations/appendBlob.js',
    contents: 'export class AppendBlobImpl {}',
  },
  // Model Context Protocol library: validation of clients' answers, and schemas of zod 3.
  {
    path: '@modelcontextprotocol/sdk/dist/esm/validation/ajv-provider.js',
  },
  {
    path: 'zod-to-json-schema/dist/esm/index.js',
    contents: 'export const zodToJsonSchema = undefined;',
  },
  // For browsers.
  { path: 'debug/src/browser.js', contents: '' },
  // Microsoft's Graph client: batches, uploads and paging.
  { path: '@microsoft/microsoft-graph-client/lib/es/src/content/BatchRequestContent.js' },
  { path: '@microsoft/microsoft-graph-client/lib/es/src/content/BatchResponseContent.js' },
  { path: '@microsoft/microsoft-graph-client/lib/es/src/tasks/LargeFileUploadTask.js' },
  { path: '@microsoft/microsoft-graph-client/lib/es/src/tasks/OneDriveLargeFileUploadTask.js' },
  { path: '@microsoft/microsoft-graph-client/lib/es/src/tasks/PageIterator.js' },
];

const declaration = /^export (?:async )?(?:function|class|const|let|var) (\w+)/gm;

/** The same exports, each of which throws when called. */
async function refusing(file) {
  const code = await readFile(file, 'utf8');
  return [...code.matchAll(declaration)]
    .map(
      ([, name]) =>
        `export function ${name}() { throw new Error('${name} is not in this package.'); }`,
    )
    .join('\n');
}

/** A plugin for esbuild. Packaging fails if a file is not found any more, so that its entry here is removed. */
export const withoutUnreachable = {
  name: 'without-unreachable',
  setup(bundler) {
    const missing = new Set(unreachable.map(({ path }) => path));
    bundler.onLoad({ filter: /node_modules/ }, async ({ path: file }) => {
      const part = unreachable.find(({ path }) => file.replaceAll('\\', '/').endsWith(path));
      if (part === undefined) return undefined;
      missing.delete(part.path);
      return { contents: part.contents ?? (await refusing(file)), loader: 'js' };
    });
    bundler.onEnd(() => ({
      errors: [...missing].map((path) => ({ text: `${path} was not found.` })),
    }));
  },
};
