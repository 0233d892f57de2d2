/** Something else listens on a port that was asked for. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is in use.`);
    this.port = port;
  }
}

/** What another process said, if it said that a port was taken. */
export function portTakenIn(text: string): PortTakenError | undefined {
  const [, port] = /EADDRINUSE.*?:(\d+)/.exec(text) ?? /Port (\d+) is in use/.exec(text) ?? [];
  return port === undefined ? undefined : new PortTakenError(Number(port));
}
