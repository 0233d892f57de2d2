import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './predictions';

const { logging } = JSON.parse(readFileSync(join(root, 'host.json'), 'utf8'));

describe('host.json', () => {
  test('sends the lines of the app, and of the host warnings only', () => {
    expect(logging.logLevel).toEqual({ default: 'Warning', Function: 'Information' });
  });

  // With an exporter, the host adds rules for these categories, and only rules of the same provider override them:
  // https://github.com/Azure/azure-functions-host/issues/10456
  test('says the same again for OpenTelemetry, by each category that the host opens there', () => {
    expect(logging.OpenTelemetry.logLevel).toEqual({
      ...logging.logLevel,
      'Azure.Core': 'Warning',
      'Microsoft.Azure.WebJobs.Extensions': 'Warning',
      'Microsoft.Azure.WebJobs.Host': 'Warning',
      'Microsoft.Azure.WebJobs.Hosting': 'Warning',
      'Microsoft.Azure.WebJobs.Script': 'Warning',
    });
  });
});
