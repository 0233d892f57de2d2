import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** One processor for what is measured, so that it does not pay for the cold caches that others leave behind. */
interface ReservedProcessor {
  /** Moves a process there. */
  take(pid: number): void;
  release(): void;
}

/**
 * Keeps this process, and all that it starts from now on, off the last processor. Needs `taskset` (Linux) and two
 * processors; without them every process runs anywhere.
 * @see https://man7.org/linux/man-pages/man1/taskset.1.html
 */
export function reserveProcessor(): ReservedProcessor {
  const last = availableParallelism() - 1;
  const reserved = last > 0 && pin(process.pid, `0-${last - 1}`);
  return {
    take: (pid) => {
      if (reserved) pin(pid, String(last));
    },
    release: () => {
      if (reserved) pin(process.pid, `0-${last}`);
    },
  };
}

/** All threads of a process. False if that is impossible here. */
function pin(pid: number, processors: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', processors, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
