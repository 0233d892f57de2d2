import type { IncomingMessage } from 'node:http';

export interface AccessKeyOptions {
  readonly functionKey?: string | undefined;
  readonly masterKey?: string | undefined;
}

/** Decides who may call what. Without options everyone may call everything, as under `func start`. */
export class AccessKeys {
  readonly #options: AccessKeyOptions | undefined;

  constructor(options: AccessKeyOptions | undefined) {
    this.#options = options;
  }

  /** `level` is `anonymous`, `function` or `admin`. */
  allow(level: string, request: IncomingMessage, url: URL): boolean {
    if (this.#options === undefined || level === 'anonymous') return true;
    const given = request.headers['x-functions-key'] ?? url.searchParams.get('code') ?? '';
    if (given === '') return false;
    const { functionKey, masterKey } = this.#options;
    return given === masterKey || (level === 'function' && given === functionKey);
  }
}
