import { newEtag, StorageFault } from '../protocol';

/** A blob and its lease. A write makes another blob with another ETag. */
export interface Blob {
  readonly content: Buffer;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified: Date;
  lease: Lease | undefined;
}

interface Lease {
  readonly id: string;
  /** In milliseconds since 1970. */
  until: number;
  readonly seconds: number;
}

/** Makes a blob that is written now, and keeps the lease of the old one if it is given. */
export const makeBlob = (content: Buffer, contentType: string, lease?: Lease): Blob => ({
  content,
  contentType,
  etag: newEtag(),
  lastModified: new Date(),
  lease,
});

/** Whether somebody has a lease that has not run out. */
export const hasLease = ({ lease }: Blob): boolean =>
  lease !== undefined && lease.until > Date.now();

/** @throws StorageFault when somebody else has it */
export function checkLease(blob: Blob, leaseId: string | undefined): void {
  if (!hasLease(blob)) return;
  if (leaseId === undefined) throw new StorageFault(412, 'LeaseIdMissing');
  if (leaseId !== blob.lease?.id) throw new StorageFault(412, 'LeaseIdMismatchWithBlobOperation');
}

/** https://learn.microsoft.com/rest/api/storageservices/lease-blob */
export function acquire(blob: Blob, id: string, seconds: number): void {
  if (hasLease(blob) && blob.lease?.id !== id) throw new StorageFault(409, 'LeaseAlreadyPresent');
  blob.lease = { id, seconds, until: seconds < 0 ? Infinity : Date.now() + seconds * 1000 };
}

/** Also one that has run out, as long as nobody else has had it since. */
export function renew(blob: Blob, id: string | undefined): void {
  const { seconds } = find(blob, id);
  acquire(blob, id ?? '', seconds);
}

/** Ends the lease with this id. @throws StorageFault when it is another one */
export function release(blob: Blob, id: string | undefined): void {
  find(blob, id);
  blob.lease = undefined;
}

function find({ lease }: Blob, id: string | undefined): Lease {
  if (lease === undefined || lease.id !== id)
    throw new StorageFault(409, 'LeaseIdMismatchWithLeaseOperation');
  return lease;
}
