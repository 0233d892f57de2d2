import { styleText } from 'node:util';
import type { HostEvent } from '../functions-host/events';
import type { Stack } from '../stack';
import { formatLog, parseLogLine, type LogEvent } from './log-line';
import { outcomesOf, type InvocationEvent, type Mark } from './outcomes';

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<Mark, Style>> = { '✓': 'green', '✗': 'red', '…': 'yellow' };

/** Shows people the addresses, the outcome of each request, and problems. Uses colours only on a terminal. */
export class TerminalFace {
  readonly #quiet: boolean;
  readonly #verbose: boolean;
  /** Log lines of invocations that have not ended. */
  readonly #lines = new Map<string, LogEvent[]>();
  readonly #shown = new Map<string, PromiseWithResolvers<void>>();

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
    else if (event.type === 'log') this.#log(event);
  }

  /** Resolves once the next invocation of this function has been shown. */
  shown(functionName: string): Promise<void> {
    const waiting = this.#shown.get(functionName) ?? Promise.withResolvers<void>();
    this.#shown.set(functionName, waiting);
    return waiting.promise;
  }

  started(stack: Stack): void {
    this.say('');
    this.#row('Page', `${stack.url}/api/app (for people with a sheet; sign in as Anna)`);
    this.#row('Functions', stack.url);
    if (this.#verbose) this.#functions(stack);
    this.#row('Graph', `${stack.graph.url} (simulated; open it in a browser)`);
    this.#row('Identity', `${stack.identity.url} (simulated)`);
    this.#row('Storage', stack.storage.endpoints.queue);
    this.#row(
      'Organizers',
      stack.graph.tenant.organizers.map((user) => user.userPrincipalName).join(', '),
    );
    this.say('');
  }

  #row(name: string, value: string): void {
    this.say(`  ${this.#paint('bold', name.padEnd(10))} ${value}`);
  }

  #functions({ host }: Stack): void {
    for (const { name, trigger, methods, route, queueName } of host.functions) {
      const endpoint =
        trigger === 'http'
          ? `${methods?.join(',') ?? ''} /${route ?? name}`
          : (queueName ?? trigger);
      this.say(this.#paint('dim', `             ${name}: ${endpoint}`));
    }
  }

  #log(event: LogEvent): void {
    const { invocationId, level, message } = event;
    const isProblem = level === 'error' || level === 'critical';
    // Wrong settings are also in the answer to the first call, with their remedies.
    const isRepeated = parseLogLine(message)?.event === 'app.start-failed' && !this.#verbose;
    if (isProblem && !isRepeated) this.problem(formatLog(event));
    else if (this.#verbose) this.say(this.#paint('dim', `    ${formatLog(event)}`));
    if (invocationId === undefined || parseLogLine(message) === undefined) return;
    this.#lines.set(invocationId, [...(this.#lines.get(invocationId) ?? []), event]);
  }

  #invocation(event: InvocationEvent): void {
    const logged = this.#lines.get(event.invocationId) ?? [];
    this.#lines.delete(event.invocationId);
    const lines = logged.flatMap(({ message }) => parseLogLine(message) ?? []);
    for (const { mark, text } of outcomesOf(event, lines))
      this.say(
        `${this.#paint(styles[mark], mark)} ${mark === '✗' ? this.#paint('red', text) : text}`,
      );
    this.#shown.get(event.functionName)?.resolve();
    this.#shown.delete(event.functionName);
  }

  #paint(style: Style, text: string): string {
    return styleText(style, text, { stream: process.stdout });
  }
}
