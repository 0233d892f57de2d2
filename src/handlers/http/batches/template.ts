import { templateCsv, templateSheet } from '../../../batches/template';
import type { Workbooks } from '../../../batches/ports';
import { MeetingError } from '../../../errors/meeting-error';
import type { HttpHandler } from '../response';
import { workbookType } from '../../../batches/workbook-type';

/** `GET /api/templates/{format}`: a sheet with an example row, the same for everybody. */
export function makeGetTemplateHandler({
  workbooks,
}: {
  readonly workbooks: Workbooks;
}): HttpHandler {
  return (request) => {
    const format = request.params['format']?.toLowerCase();
    if (format !== 'xlsx' && format !== 'csv') throw wrongFormat();
    const isWorkbook = format === 'xlsx';
    return Promise.resolve({
      body: isWorkbook ? workbooks.create(templateSheet()) : templateCsv(),
      headers: {
        'Content-Type': isWorkbook ? workbookType : 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="meetings.${format}"`,
        'Cache-Control': 'public, max-age=3600',
      },
    });
  };
}

const wrongFormat = (): MeetingError =>
  new MeetingError('invalidRequest', 'The template is available as xlsx and as csv.', {
    target: 'format',
    remedy: 'Get /api/templates/xlsx or /api/templates/csv.',
  });
