/** The stand-in for storage in a process of its own, so that its CPU time is not that of who uses it. */
import { serveStorage } from './server';

process.once('disconnect', () => process.exit());

serveStorage().then(
  ({ endpoints, connectionString }) => process.send?.({ endpoints, connectionString }),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
