import { HttpRequest, InvocationContext } from '@azure/functions';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeApp, type HttpFunction } from '../../src/app/app';

const root = join(__dirname, '..', '..');
const sources = globSync('src/functions/*.ts', { cwd: root }).map((file) =>
  readFileSync(join(root, file), 'utf8'),
);
const workWithoutSettings = ['doctor', 'openApi', 'zzNotServed'];
/** HTTP functions with the key that they are registered to want. */
const functions = sources.flatMap((text) => {
  const name = /app\.http\('(\w+)'/.exec(text)?.[1];
  const level = /authLevel: '(\w+)'/.exec(text)?.[1];
  return name === undefined || workWithoutSettings.includes(name)
    ? []
    : [{ name: name as HttpFunction, level }];
});

const app = makeApp({ GRAPH_TIMEOUT_SECONDS: 'soon', AzureWebJobsStorage__accountName: 'store' });
const call = (name: HttpFunction) =>
  app.http(name)(
    new HttpRequest({ method: 'GET', url: 'http://127.0.0.1/api' }),
    new InvocationContext({ functionName: name, logHandler: () => undefined }),
  );

describe('an app whose settings are wrong', () => {
  test.each(functions.filter(({ level }) => level === 'anonymous'))(
    '$name does not tell callers without a key which they are',
    async ({ name }) => {
      const answer = await call(name);
      expect(answer.status).toBe(500);
      expect(answer.jsonBody).toMatchObject({
        error: { code: 'misconfigured', message: 'The app settings are not valid.' },
      });
      expect(JSON.stringify(answer)).not.toContain('GRAPH_TIMEOUT_SECONDS');
    },
  );

  test.each(functions.filter(({ level }) => level === 'function'))(
    '$name names the wrong settings only to callers with a key',
    async ({ name }) => {
      expect((await call(name)).jsonBody).toMatchObject({
        error: { code: 'misconfigured', details: [{ target: 'GRAPH_TIMEOUT_SECONDS' }] },
      });
    },
  );
});
