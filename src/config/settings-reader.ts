import type { SettingName } from './settings';

/** The environment variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** As in `requests/identity.ts`: the settings import nothing, because everything else may import them. */
export const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A setting with a wrong value. The message never quotes the value. */
export interface SettingProblem {
  readonly code: 'wrongSetting';
  /** The setting's name. */
  readonly target: SettingName;
  readonly message: string;
}

/** Reads settings one by one and collects their problems. */
export class SettingsReader {
  readonly problems: SettingProblem[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  refuse(name: SettingName, why: string): void {
    this.problems.push({ code: 'wrongSetting', target: name, message: `${name} ${why}.` });
  }

  text(name: SettingName): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  number(name: SettingName, limits: { default: number; minimum: number; maximum: number }): number {
    const text = this.text(name);
    if (text === undefined) return limits.default;
    const value = Number(text);
    if (value >= limits.minimum && value <= limits.maximum) return value;
    this.refuse(name, `must be a number from ${limits.minimum} to ${limits.maximum}`);
    return limits.default;
  }

  oneOf<T extends string>(name: SettingName, allowed: readonly [T, ...T[]]): T {
    const text = this.text(name)?.toLowerCase();
    const value = text === undefined ? allowed[0] : allowed.find((candidate) => candidate === text);
    if (value !== undefined) return value;
    this.refuse(name, `must be one of: ${allowed.join(', ')}`);
    return allowed[0];
  }

  /** An https URL. Allows plain http only to the local machine, so that no token crosses a network unencrypted. */
  url(name: SettingName): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !isSafe(url)) {
      this.refuse(name, 'must be an https URL (http only for 127.0.0.1, [::1] or localhost)');
    } else if (`${url.username}${url.password}${url.search}${url.hash}` !== '') {
      this.refuse(name, 'must be a URL without credentials, query and fragment');
    }
    return text.replace(/\/+$/, '');
  }

  guid(name: SettingName): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !guid.test(text)) {
      this.refuse(name, 'must be a GUID');
    }
    return text;
  }
}

const isSafe = (url: URL): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
