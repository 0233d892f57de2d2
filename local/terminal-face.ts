import { styleText } from 'node:util';
import type { HostEvent } from './functions-host/events';
import type { Stack } from './stack';

type Style = Parameters<typeof styleText>[0];

/** What a person sees: what started where, one line for each invocation, problems. Coloured on a terminal only. */
export class TerminalFace {
  readonly #quiet: boolean;
  readonly #verbose: boolean;

  constructor({ quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean }) {
    this.#quiet = quiet;
    this.#verbose = verbose;
  }

  say(text: string): void {
    if (!this.#quiet) process.stdout.write(`${text}\n`);
  }

  problem(text: string): void {
    process.stderr.write(`${this.#paint('red', text)}\n`);
  }

  show(event: HostEvent): void {
    if (event.type === 'problem') this.problem(event.message);
    else if (event.type === 'invocation') this.#invocation(event);
    else if (event.type === 'log' && this.#verbose)
      this.say(this.#paint('dim', `    ${event.message}`));
  }

  started(stack: Stack): void {
    const row = (name: string, value: string): void =>
      this.say(`  ${this.#paint('bold', name.padEnd(10))} ${value}`);
    this.say('');
    row('Page', `${stack.url}/api/app  (for people with a sheet: open it, and sign in as Anna)`);
    row('Functions', stack.url);
    for (const { name, trigger, methods, route, queueName } of stack.host.functions) {
      const endpoint =
        trigger === 'http'
          ? `${methods?.join(',') ?? ''} /${route ?? name}`
          : (queueName ?? trigger);
      this.say(this.#paint('dim', `             ${name}: ${endpoint}`));
    }
    row('Graph', `${stack.graph.url} (simulated; meetings at /_simulator/meetings)`);
    row('Identity', `${stack.identity.url} (simulated)`);
    row('Storage', stack.storage.endpoints.queue);
    row(
      'Organizers',
      stack.graph.tenant.organizers.map((user) => user.userPrincipalName).join(', '),
    );
    this.say('');
  }

  #invocation({
    functionName,
    outcome,
    status,
    durationMs,
  }: Extract<HostEvent, { type: 'invocation' }>): void {
    const good = outcome === 'ok' && (status ?? 200) < 400;
    const label = status === undefined ? outcome : String(status);
    this.say(
      `${this.#paint(good ? 'green' : 'red', good ? '✓' : '✗')} ${functionName} ${label} ${Math.round(durationMs)} ms`,
    );
  }

  #paint(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }
}
