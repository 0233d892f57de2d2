import type { Answer, StorageFault } from '../protocol';

/** https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes */
export const jsonFault = ({ status, code }: StorageFault): Answer => ({
  status,
  headers: { 'x-ms-error-code': code, 'content-type': 'application/json' },
  body: faultBody(code),
});

/** Returns the JSON of a fault, in which the message is only its code. */
export const faultBody = (code: string): string =>
  JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: code } } });
