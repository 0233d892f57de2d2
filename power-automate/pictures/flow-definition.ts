/** The drawn parts of a trigger or action in a workflow definition. */
export interface Step {
  readonly type: string;
  readonly kind?: string;
  readonly runAfter?: Readonly<Record<string, readonly string[]>>;
  readonly recurrence?: { readonly frequency: string; readonly interval: number };
  readonly splitOn?: string;
  readonly inputs?: unknown;
  readonly foreach?: string;
  readonly expression?: unknown;
  readonly actions?: Steps;
  readonly else?: { readonly actions: Steps };
  readonly runtimeConfiguration?: {
    readonly paginationPolicy?: { readonly minimumItemCount: number };
    readonly concurrency?: { readonly repetitions?: number; readonly runs?: number };
    readonly secureData?: { readonly properties: readonly string[] };
  };
}

export type Steps = Readonly<Record<string, Step>>;

/** https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language */
export interface FlowDefinition {
  readonly triggers: Steps;
  readonly actions: Steps;
}

/** The clipboard of a designer: one action, here a scope with other actions. */
export interface PastedAction {
  readonly operationName: string;
  readonly operationDefinition: Step;
}

export type Json = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object: neither null nor a list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
