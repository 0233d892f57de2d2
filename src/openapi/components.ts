import * as z from 'zod';
import { reportSchema } from '../doctor/finding';
import { meetingRequestSchema } from '../requests/meeting-request-schema';
import { onlineMeetingSchema } from '../requests/online-meeting';
import {
  errorAnswerSchema,
  healthSchema,
  meetingResultSchema,
  onlineMeetingsSchema,
  redrivenSchema,
  requestStateSchema,
} from './answer-schemas';
import {
  batchResultsSchema,
  batchRowSchema,
  batchStatusSchema,
  choicesSchema,
  endedRowsSchema,
  finishedBatchesSchema,
} from './batch-answer-schemas';
import {
  batchItemSchema,
  batchSchema,
  createOrGetSchema,
  graphMeetingSchema,
  meetingChangeSchema,
  requestChangeSchema,
} from './request-schemas';

const schemas = {
  MeetingRequest: meetingRequestSchema,
  MeetingResult: meetingResultSchema,
  OnlineMeeting: onlineMeetingSchema,
  OnlineMeetings: onlineMeetingsSchema,
  OnlineMeetingChange: meetingChangeSchema,
  OnlineMeetingInput: graphMeetingSchema,
  CreateOrGetInput: createOrGetSchema,
  BatchItem: batchItemSchema,
  Batch: batchSchema,
  BatchStatus: batchStatusSchema,
  BatchRow: batchRowSchema,
  BatchResults: batchResultsSchema,
  FinishedBatches: finishedBatchesSchema,
  EndedRows: endedRowsSchema,
  Choices: choicesSchema,
  RequestChange: requestChangeSchema,
  RequestState: requestStateSchema,
  ErrorAnswer: errorAnswerSchema,
  Health: healthSchema,
  DoctorReport: reportSchema,
  Redriven: redrivenSchema,
} as const;

/** The name of a schema in the document. Names are part of the public contract: clients are generated from them. */
export type SchemaName = keyof typeof schemas;

/** A JSON Schema, as far as this folder inspects it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const path = '#/components/schemas/';

/** Returns a reference to a schema of the document. */
export const ref = (name: SchemaName): JsonSchema => ({ $ref: `${path}${name}` });

/** Every schema of the API as JSON Schema, generated from the schemas that validate requests and type answers. */
export function schemaComponents(): Readonly<Record<SchemaName, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const made = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `${path}${id}`,
    override: ({ jsonSchema }) => writeNullable(jsonSchema),
  });
  const entries = Object.entries(made.schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [
    name,
    schema,
  ]);
  return Object.fromEntries(entries) as Record<SchemaName, JsonSchema>;
}

interface Mutable {
  anyOf?: object[];
  oneOf?: object[];
  type?: unknown;
  [keyword: string]: unknown;
}

/**
 * Writes "or null" in the form that client generators understand: beside a type as another type, beside a reference as
 * `oneOf`. From `anyOf`, NSwag and Kiota generate a separate class for each such property.
 */
function writeNullable(schema: Mutable): void {
  const [form, nothing, ...others] = (schema.anyOf ?? []) as Mutable[];
  if (form === undefined || nothing?.type !== 'null' || others.length > 0) return;
  delete schema.anyOf;
  if (typeof form.type === 'string' && form['$ref'] === undefined)
    Object.assign(schema, { ...form, ...schema, type: [form.type, 'null'] });
  else schema.oneOf = [form, nothing];
}
