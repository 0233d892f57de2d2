import { ask, doctorUrl } from '../../local/doctor/ask';
import { reportTable } from '../../local/doctor/report-table';
import type { Command } from '../context';
import { exitCodes } from '../exit-codes';

interface DoctorOptions {
  readonly organizer?: string;
  /** Make one meeting for the organizer and delete it. */
  readonly probe?: boolean;
}

/** Runs the app's checks. In Azure, this needs the master key. */
export const doctor: Command<DoctorOptions> = async ({ organizer, probe }, context) => {
  const { target, env, output, terminal } = context;
  const url = doctorUrl(target.url.href, organizer, probe === true);
  output.notice(`Asking ${url.origin} …`);
  const report = await ask(url, env['CONVOKE_KEY'] ?? '');
  const { isTTY = false, columns = 0 } = terminal.stdout;
  output.json(report);
  output.say(reportTable(report, { width: columns || 100, colours: isTTY }));
  return report.status === 'failed' ? exitCodes.failed : exitCodes.done;
};
