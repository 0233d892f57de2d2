import { RestError, type ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';

const statusSchema = z.object({ Last: z.string(), Next: z.string(), LastUpdated: z.string() });

/** The last and next time of a timer, as ISO times in UTC, with the names of the function's `scheduleStatus`. */
export type ScheduleStatus = Readonly<z.infer<typeof statusSchema>>;

/** Stores when timers fired, across restarts of the host. */
export interface StatusStore {
  read(functionName: string): Promise<ScheduleStatus | undefined>;
  write(functionName: string, status: ScheduleStatus): Promise<void>;
}

/** Stores it like the real host: in a blob for each function. */
export class BlobStatusStore implements StatusStore {
  readonly #container: ContainerClient;
  readonly #hostId: string;

  constructor(container: ContainerClient, hostId: string) {
    this.#container = container;
    this.#hostId = hostId;
  }

  async read(functionName: string): Promise<ScheduleStatus | undefined> {
    try {
      const text = await this.#blob(functionName).downloadToBuffer();
      return statusSchema.parse(JSON.parse(text.toString()));
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) return undefined;
      throw error;
    }
  }

  async write(functionName: string, status: ScheduleStatus): Promise<void> {
    const text = JSON.stringify(status);
    await this.#blob(functionName).upload(text, Buffer.byteLength(text));
  }

  #blob(functionName: string) {
    const name = `timers/${this.#hostId}/Host.Functions.${functionName}/status`;
    return this.#container.getBlockBlobClient(name);
  }
}
