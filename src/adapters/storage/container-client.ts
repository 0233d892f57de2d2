/**
 * The blob library, a fifth of all code, in a separate file: it is loaded with the first batch or long message.
 * https://www.npmjs.com/package/@azure/storage-blob
 */
export { ContainerClient } from '@azure/storage-blob';
