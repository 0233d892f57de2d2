#!/usr/bin/env node
import { styleText } from 'node:util';
import { runProgram } from './program';

const { stdout, stderr } = process;
// `convoke … | head` has read enough.
stdout.on('error', () => process.exit());
const terminal = {
  stdout,
  stderr,
  /** Coloured on a terminal only. */
  paint: (style: 'green' | 'red', text: string): string =>
    styleText(style, text, { stream: stdout }),
};
void runProgram(process.argv.slice(2), { env: process.env, terminal }).then(
  (exitCode) => (process.exitCode = exitCode),
);
