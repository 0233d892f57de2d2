import type { default as Ajv, ValidateFunction } from 'ajv/dist/core';
import addFormats from 'ajv-formats';

/** Checks values against schemas whose references point into one document. */
export class SchemaChecks {
  readonly #ajv: Ajv;
  /** By the text of their schemas: compiling takes longer than a call. */
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(ajv: Ajv, document: object) {
    this.#ajv = ajv;
    addFormats(ajv);
    ajv.addSchema(document, 'document');
  }

  /** The problems of a value, in words; empty if there are none. */
  problemsWith(schema: object, value: unknown): string[] {
    const validate = this.#compiled(schema);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #compiled(schema: object): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
    const validate = this.#validators.get(text) ?? this.#ajv.compile(JSON.parse(text) as object);
    this.#validators.set(text, validate);
    return validate;
  }
}
