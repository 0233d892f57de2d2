// Reads a JSON list of Mermaid diagrams from standard input and writes a list with Mermaid's error for each, or null. A
// separate process, because Mermaid is an ES module and jest loads CommonJS.
import { readFileSync } from 'node:fs';
import sanitizer from 'dompurify';

// Labels are sanitized while a diagram is parsed. Without a browser DOMPurify has no such function, and parsing needs none.
Object.assign(sanitizer, { addHook: () => undefined, sanitize: (text) => text });
const { default: mermaid } = await import('mermaid');

const complaints = [];
for (const diagram of JSON.parse(readFileSync(0, 'utf8'))) {
  complaints.push(
    await mermaid.parse(diagram).then(
      () => null,
      (error) => error.message,
    ),
  );
}
console.log(JSON.stringify(complaints));
