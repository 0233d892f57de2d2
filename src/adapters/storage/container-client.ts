/**
 * The blob library, a fifth of all code, in a file of its own: it is loaded when the first batch or long message comes.
 * https://www.npmjs.com/package/@azure/storage-blob
 */
export { ContainerClient } from '@azure/storage-blob';
