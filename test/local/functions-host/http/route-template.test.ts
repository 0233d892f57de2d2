import { RouteTemplate } from '../../../../local/functions-host/http/route-template';

describe('a route template', () => {
  test.each<[string, string, Record<string, string> | undefined]>([
    ['api/items', '/api/items', {}],
    ['api/items', '/API/Items/', {}],
    ['api/items', '/api/items/7', undefined],
    ['api/items', '/api', undefined],
    ['', '/', {}],
    ['', '/x', undefined],
    ['api/{id}', '/api/a%20b', { id: 'a b' }],
    ['api/{id}', '/api/a%2Fb%20c', { id: 'a%2Fb c' }],
    ['api/{id}', '/api/100%', { id: '100%' }],
    ['api/{id}', '/api', undefined],
    ['api/{id?}', '/api', {}],
    ['api/{id?}', '/api/7', { id: '7' }],
    ['api/{id=5}', '/api', { id: '5' }],
    ['api/{id:int=5}', '/api/x', undefined],
    ['api/{a}/{b?}', '/api/1', { a: '1' }],
    ['api/{a}/{b?}', '/api/1/2', { a: '1', b: '2' }],
    ['api/{a}/{b?}', '/api/1/2/3', undefined],
    ['api/{*rest}', '/api', {}],
    ['api/{*rest}', '/api/a/b%20c', { rest: 'a/b c' }],
    ['api/{*rest:alpha}', '/api/a/b', undefined],
    ['api/{name}.{format}', '/api/a.b.csv', { name: 'a.b', format: 'csv' }],
    ['api/{name}.csv', '/api/report.CSV', { name: 'report' }],
    ['api/{name}.csv', '/api/.csv', undefined],
    ['api/v1.0/x', '/api/v1x0/x', undefined],
  ])('%s matches %s with %j', (template, path, values) => {
    expect(new RouteTemplate(template).match(path)).toEqual(values);
  });

  test.each<[string, string[], string[]]>([
    ['int', ['7', '-7', '2147483647'], ['7.5', 'x', '2147483648']],
    ['long', ['2147483648'], ['9223372036854775808', 'x']],
    ['bool', ['true', 'False'], ['1', 'yes']],
    ['guid', ['0ffa2d15-6c74-4d3c-8f5b-0a8ff2f6d6a1'], ['0ffa2d15']],
    ['decimal', ['1.5', '-3'], ['x']],
    ['double', ['1e3', '.5'], ['1.']],
    ['float', ['1.5'], ['one']],
    ['datetime', ['2026-12-01', '2026-12-01T10:00'], ['soon']],
    ['alpha', ['abc', 'ABC'], ['a1']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(2,3)', ['ab', 'abc'], ['a', 'abcd']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['min(18)', ['18'], ['17', 'x']],
    ['max(18)', ['18'], ['19']],
    ['range(1,5)', ['1', '5'], ['0', '6']],
    ['regex(^(a|b)\\d{{2}}$)', ['a12', 'B34'], ['a1', 'c12']],
    ['required', ['x'], []],
    ['int:min(3):max(5)', ['4'], ['2', '6']],
  ])('{p:%s} takes %j and refuses %j', (constraint, taken, refused) => {
    const template = new RouteTemplate(`{p:${constraint}}`);
    for (const value of taken) expect(template.match(`/${value}`)).toEqual({ p: value });
    for (const value of refused) expect(template.match(`/${value}`)).toBeUndefined();
  });

  test.each(['api/{id', 'api/id}', 'a//b', 'api/{}', 'api/{id:prime}'])(
    'refuses %s',
    (template) => {
      expect(() => new RouteTemplate(template)).toThrow(/route/);
    },
  );
});
