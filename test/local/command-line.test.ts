import { readCommandLine, readPort, UsageError } from '../../local/command-line';

const usage = 'Usage: npm start -- [options]\n';
const config = { options: { port: { type: 'string' } } } as const;

test('an option that does not exist is named, with the usage', () => {
  expect(() => readCommandLine(usage, config, ['--prot', '1'])).toThrow(
    new UsageError("Unknown option '--prot'.\n\nUsage: npm start -- [options]"),
  );
});

test('an option without its value is named', () => {
  expect(() => readCommandLine(usage, config, ['--port'])).toThrow(
    /^Option '--port <value>' argument missing\.\n\nUsage/,
  );
});

test('options are read', () => {
  expect(readCommandLine(usage, config, ['--port', '7099']).values.port).toBe('7099');
});

test.each(['abc', '-1', '65536', '7.5', ''])('a port is a whole number, not %j', (text) => {
  expect(() => readPort('--port', text)).toThrow(
    new UsageError(`--port must be a whole number from 0 to 65535, got "${text}".`),
  );
});
