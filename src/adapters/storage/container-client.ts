/**
 * The blob library, a quarter of all code, in a module of its own: it is loaded when the first batch or long message comes.
 * https://www.npmjs.com/package/@azure/storage-blob
 */
export { ContainerClient } from '@azure/storage-blob';
