#!/usr/bin/env node
import { styleText } from 'node:util';
import { runProgram } from './program';

const { stdout, stderr } = process;
// The reader may close the pipe early, as in `convoke … | head`.
stdout.on('error', () => process.exit());
const terminal = {
  stdout,
  stderr,
  /** Colours text only on a terminal. */
  paint: (style: 'green' | 'red', text: string): string =>
    styleText(style, text, { stream: stdout }),
};
void runProgram(process.argv.slice(2), { env: process.env, terminal }).then(
  (exitCode) => (process.exitCode = exitCode),
);
