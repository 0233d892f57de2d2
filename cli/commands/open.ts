import { spawn } from 'node:child_process';
import type { Command } from '../context';
import { exitCodes } from '../exit-codes';

const openers: Partial<Readonly<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Prints the address of the app, and opens it in a browser if there is one. */
export const open: Command<object> = async (_, { target, output }) => {
  const { href } = target.url;
  output.json({ url: href });
  output.say(href);
  const [command = 'xdg-open', ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, href], { detached: true, stdio: 'ignore' });
  // Without a browser, the printed address is enough.
  opener.on('error', () => undefined).unref();
  return exitCodes.done;
};
