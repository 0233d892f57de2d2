import { Command as Program, CommanderError, Option } from 'commander';
import { exitCodeOf, UsageError } from '../local/command-line';
import { batch } from './commands/batch';
import { cancel } from './commands/cancel';
import { doctor } from './commands/doctor';
import { invitation } from './commands/invitation';
import { open } from './commands/open';
import { redrive } from './commands/redrive';
import { results } from './commands/results';
import { send } from './commands/send';
import { status } from './commands/status';
import { update } from './commands/update';
import { actions } from '../src/requests/meeting-request';
import { makeContext, type Command, type Surroundings } from './context';
import type { Terminal } from './output';

const epilogue = `
Environment:
  CONVOKE_URL                    the app (http://127.0.0.1:7071, the local stack)
  CONVOKE_KEY                    its function key; for the doctor its master key
  CONVOKE_SIGN_IN_CLIENT_ID      instead of the key: client id of the app's sign-in; az provides the token
  CONVOKE_STORAGE_ACCOUNT_NAME   its storage account, for the queues; az provides the token
  CONVOKE_STORAGE                instead of the account: a connection string

Exit codes: 0 all went well, 1 something failed, 2 the command was not valid, 3 status: not ended yet.`;

/** Runs one command line. @returns the exit code */
export const runProgram = (args: readonly string[], surroundings: Surroundings): Promise<number> =>
  exitCodeOf(() => runCommandLine(args, surroundings), surroundings.terminal);

async function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  let exitCode = 0;
  const run = async <Options>(command: Command<Options>, options: Options): Promise<void> => {
    exitCode = await command(
      options,
      makeContext(surroundings, program.opts<{ json?: true }>().json === true),
    );
  };
  const program = makeProgram(run, surroundings.terminal);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0 ? 0 : 2;
  }
}

type Run = <Options>(command: Command<Options>, options: Options) => Promise<void>;

function makeProgram(run: Run, { stdout, stderr }: Terminal): Program {
  const program = new Program('convoke')
    .description('Sends requests for meetings to Convoke, and shows their results.')
    .option('--json', 'print only JSON, one value per line')
    .addHelpText('after', epilogue)
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .exitOverride();
  addRequests(program, run);
  addBatches(program, run);
  addOperations(program, run);
  return program;
}

function addRequests(program: Program, run: Run): void {
  program
    .command('send [file]')
    .description('send requests: a JSON file ("-" is standard input), or one request by options')
    .option('--queue', 'put the requests on the queue instead of calling the app')
    .option('--preview', 'only show what would happen')
    .option('--organizer <user>', 'address or object id')
    .option(
      '--organizer-pool <name>',
      'a pool to choose the organizer from, instead of --organizer',
    )
    .option('--subject <text>')
    .option('--start <time>', 'for example 2030-01-15T14:30:00')
    .option('--end <time>')
    .option('--minutes <n>', 'duration of the meeting, instead of --end')
    .option('--time-zone <name>', 'for times without an offset, such as Europe/Lisbon')
    .option('--id <requestId>', 'id of the request; the same id always means the same meeting')
    .action((file: string | undefined, options: object) =>
      run(send, { ...options, ...(file !== undefined && { file }) }),
    );
  program
    .command('invitation <requestId>')
    .description('show the invitation to a meeting, for your own email')
    .addOption(new Option('--format <form>', 'text by default').choices(['text', 'html', 'ics']))
    .option('--language <tag>', 'such as pt-BR')
    .option('--time-zone <name>', 'zone of the written time, such as Europe/Lisbon')
    .option('--out <file>', 'write the invitation to a file')
    .action((id: string, options: object) => run(invitation, { ...options, id }));
  program
    .command('results')
    .description('show the results on the queue; they stay there')
    .option('--take', 'remove each result after showing it')
    .option('--follow', 'wait for more, until Ctrl+C')
    .action((options: object) => run(results, options));
}

function addBatches(program: Program, run: Run): void {
  program
    .command('batch <file>')
    .description(
      'send a sheet (.xlsx, .csv) or a list (.json; "-" is standard input), wait until it is done, and show each row',
    )
    .option('--organizer <user>', 'for rows without one')
    .option('--organizer-pool <name>', 'for rows with neither a pool nor an organizer')
    .option('--time-zone <name>', 'for rows without one')
    .option('--minutes <n>', 'duration of the meetings, for rows without one')
    .addOption(
      new Option('--date-order <order>', 'how dates such as 01/02/2030 are read').choices([
        'dmy',
        'mdy',
        'ymd',
      ]),
    )
    .addOption(new Option('--action <name>', 'for rows without one').choices([...actions]))
    .option('--refresh', 'revert changes that people made in Teams')
    .option('--sheet <name>', 'which sheet of a workbook to send')
    .option('--out <file>', 'also write the results to a file: .xlsx, .csv, .json or .ndjson')
    .option('--preview', 'only show what would happen to each row')
    .option('--again', 'create a new batch, even if the file was sent before')
    .action((file: string, options: object) => run(batch, { ...options, file }));
  program
    .command('status <id>')
    .description('show the state of a request or a batch; the exit code tells it to scripts')
    .action((id: string) => run(status, { id }));
  program
    .command('update <id>')
    .description('change the meeting of a request; options you leave out stay as they are')
    .option('--subject <text>')
    .option('--start <time>', 'for example 2030-01-15T14:30:00')
    .option('--end <time>')
    .option('--minutes <n>', 'duration of the meeting, instead of --end')
    .option('--time-zone <name>', 'for times without an offset')
    .option('--revision <n>', 'the change with the higher number wins')
    .option('--file <file>', 'a JSON file with the whole change; "-" is standard input')
    .action((id: string, options: object) => run(update, { ...options, id }));
  program
    .command('cancel <id>')
    .description('cancel the meeting of a request permanently, or stop a batch')
    .option(
      '--batch',
      'the id is a batch id: stop rows that have not started, and wait for the others',
    )
    .option(
      '--meetings',
      'the id is that of a finished batch: cancel the meetings that it created, and show each',
    )
    .option('--comment <text>', 'message to the people who were invited')
    .action((id: string, options: object) => run(cancel, { ...options, id }));
}

function addOperations(program: Program, run: Run): void {
  program
    .command('redrive')
    .description('make the app retry the messages in a poison queue')
    .addOption(
      new Option('--queue <name>')
        .choices(['meeting-requests-poison', 'meeting-batches-poison'])
        .default('meeting-requests-poison'),
    )
    .option('--dry-run', 'only count the messages')
    .action((options: { queue: string }) => run(redrive, options));
  program
    .command('doctor [organizer]')
    .description('check the app, and whether it can create meetings for an organizer')
    .option('--probe', 'create one meeting for the organizer, and delete it again')
    .action((organizer: string | undefined, options: { probe?: boolean }) => {
      if (options.probe === true && organizer === undefined)
        throw new UsageError('--probe requires an organizer.');
      return run(doctor, { ...options, ...(organizer !== undefined && { organizer }) });
    });
  program
    .command('open')
    .description('open the app in a browser')
    .action(() => run(open, {}));
}
