import type { IncomingMessage } from 'node:http';
import { queryValue, type Target } from './target';

/** The keys that callers may use. A key that is absent cannot be used. */
export interface AccessKeyOptions {
  readonly functionKey?: string | undefined;
  readonly masterKey?: string | undefined;
}

/** The result for one key. `wrong level`: a function key where the master key is needed. */
type Access = 'allowed' | 'unknown caller' | 'wrong level';

/** Checks access keys. Without options, everyone may call everything, as under `func start`. */
export class AccessKeys {
  readonly #options: AccessKeyOptions | undefined;

  constructor(options: AccessKeyOptions | undefined) {
    this.#options = options;
  }

  /** `level` is `anonymous`, `function` or `admin`. */
  check(level: string, request: IncomingMessage, target: Target): Access {
    if (this.#options === undefined || level === 'anonymous') return 'allowed';
    const given = request.headers['x-functions-key'] ?? queryValue(target, 'code') ?? '';
    if (given === '') return 'unknown caller';
    const { functionKey, masterKey } = this.#options;
    if (given === masterKey) return 'allowed';
    if (given !== functionKey) return 'unknown caller';
    return level === 'function' ? 'allowed' : 'wrong level';
  }
}
