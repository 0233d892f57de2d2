import type { Label } from './labels';

/**
 * A dropdown that another operation fills. Old and new designers read different forms:
 * https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions#x-ms-dynamic-values
 */
export const dynamicValues = ({ choices: operationId }: Label): object =>
  operationId === undefined
    ? {}
    : {
        'x-ms-dynamic-values': {
          operationId,
          parameters: {},
          'value-collection': 'value',
          'value-path': 'value',
          'value-title': 'title',
        },
        'x-ms-dynamic-list': {
          operationId,
          parameters: {},
          itemsPath: 'value',
          itemValuePath: 'value',
          itemTitlePath: 'title',
        },
      };
