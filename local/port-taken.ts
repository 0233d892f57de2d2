/** The error of a requested port that is in use. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number) {
    super(`Port ${port} is in use.`);
    this.port = port;
  }
}

/** The error in the output of another process, if it says that a port is in use. */
export function portTakenIn(text: string): PortTakenError | undefined {
  const [, port] = /EADDRINUSE.*?:(\d+)/.exec(text) ?? /Port (\d+) is in use/.exec(text) ?? [];
  return port === undefined ? undefined : new PortTakenError(Number(port));
}
