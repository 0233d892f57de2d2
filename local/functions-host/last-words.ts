const flushLimitMs = 500;

/** Ends this process with exit code 1 after sending its last message, or after half a second. */
export function makeCrash(
  send: (message: string, done: () => void) => void,
): (message: string) => void {
  let crashing = false;
  const exit = (): never => process.exit(1);
  return (message) => {
    if (crashing) return;
    crashing = true;
    setTimeout(exit, flushLimitMs);
    send(message, exit);
  };
}

/** Returns the stack of an error, or the text of anything else that was thrown. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
