// Runs the command lines that its parent sends, one after another, as `main.ts` does with its own.
import { on } from 'node:events';
import { runProgram } from '../../dist/cli/program.js';

for await (const [{ args, env }] of on(process, 'message')) {
  let [stdout, stderr] = ['', ''];
  const terminal = {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    paint: (_, text) => text,
  };
  const exitCode = await runProgram(args, { env, terminal });
  process.send({ exitCode, stdout, stderr });
}
