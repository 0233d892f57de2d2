/** https://learn.microsoft.com/previous-versions/office/office-2007-resource-kit/ee309278(v=office.12) */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Media types by file extension. */
export const workbookTypes: Readonly<Record<string, string>> = {
  xlsx: workbookType,
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  xltx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.template',
  xltm: 'application/vnd.ms-excel.template.macroEnabled.12',
};
