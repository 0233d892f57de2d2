import { gunzipSync } from 'node:zlib';
import { listen, type LoopbackServer } from '../../../local/loopback-server';

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A span in the transfer format: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface OtlpTraces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** An OpenTelemetry collector that only listens. */
export class OtlpReceiver {
  readonly bodies: string[] = [];
  /** The answer of the collector. */
  status = 200;
  #server: LoopbackServer | undefined;

  static async start(): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver();
    receiver.#server = await listen(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      receiver.bodies.push(text.toString('utf8'));
      response.writeHead(receiver.status, { 'content-type': 'application/json' }).end('{}');
    });
    return receiver;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  get resources(): readonly OtlpTraces['resourceSpans'][number]['resource'][] {
    return this.#traces.flatMap(({ resourceSpans }) =>
      resourceSpans.map(({ resource }) => resource),
    );
  }

  get spans(): readonly OtlpSpan[] {
    return this.#traces.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  get #traces(): readonly OtlpTraces[] {
    return this.bodies.map((body) => JSON.parse(body) as OtlpTraces);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }
}

/** Returns the attributes of a span by name, without their types. */
export const attributesOf = ({
  attributes,
}: Pick<OtlpSpan, 'attributes'>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
