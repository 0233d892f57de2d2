import { posix, relative } from 'node:path';

/** For oxlint: a file of `src` or `page` names only modules that import-rules.json lets it import, in whatever way. */
export default {
  meta: { name: 'convoke' },
  rules: { 'import-rules': { meta: { schema: [{ type: 'object' }] }, create } },
};

function create(context) {
  const path = relative(context.cwd, context.filename).replaceAll('\\', '/');
  const home = homeOf(path);
  const rule = ruleOf(home, context.options[0]);
  const report = (node, message) =>
    context.report({ node, message: `${message} See import-rules.json.` });
  const check = (node) => {
    const name = textOf(node);
    if (name === undefined) report(node, 'Name the module in plain text, where it is loaded.');
    else if (!isAllowed(path, name, rule)) report(node, `${home} may not import ${name}.`);
  };
  return {
    ImportDeclaration: ({ source }) => check(source),
    ExportAllDeclaration: ({ source }) => check(source),
    ExportNamedDeclaration: ({ source }) => source !== null && check(source),
    ImportExpression: ({ source }) => check(source),
    TSImportType: ({ source }) => check(source),
    TSExternalModuleReference: ({ expression }) => check(expression),
    // Those of files of another kind, such as `*.css`, import nothing.
    TSModuleDeclaration: ({ id }) =>
      id.type === 'Literal' && !id.value.startsWith('*') && check(id),
    Identifier(node) {
      const { name, parent } = node;
      if (name === 'require' && parent.type === 'CallExpression' && parent.callee === node)
        check(parent.arguments[0]);
      else if (loaders.has(name))
        report(node, `Load a module by import or require, not by ${name}.`);
    },
    Program({ comments }) {
      for (const comment of comments)
        if (comment.value.startsWith('/ <reference')) report(comment, 'Import what you refer to.');
    },
  };
}

/** Whatever else gives a module to its caller, and `require` under another name. */
const loaders = new Set(['require', 'createRequire', 'getBuiltinModule']);

/** The folder of `src` that a path is in, as `src/folder`, or its top folder. */
const homeOf = (path) => /^src\/[^/]+|^[^/]+/.exec(path)?.[0];

/** What a home may import besides itself: other homes, and packages, whose names may end in `*`. */
function ruleOf(home, { mayImport, page }) {
  const text = home === 'page' ? page : (mayImport[home.replace('src/', '')] ?? '|');
  const [folders, packages] = text.split('|').map((list) => list.match(/\S+/g) ?? []);
  return { homes: [home, ...folders.map((folder) => `src/${folder}`)], packages };
}

function isAllowed(path, name, { homes, packages }) {
  if (name.startsWith('.')) return homes.includes(homeOf(posix.join(posix.dirname(path), name)));
  return packages.some((each) =>
    each.endsWith('*')
      ? name.startsWith(each.slice(0, -1))
      : name === each || name.startsWith(`${each}/`),
  );
}

function textOf(node) {
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0].value.cooked;
  return typeof node?.value === 'string' ? node.value : undefined;
}
