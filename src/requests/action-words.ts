import type { Action } from './meeting-request';

const cancel = [
  ...['cancelled', 'canceled', 'absagen', 'abgesagt', 'absage', 'stornieren', 'storniert'],
  ...['annuler', 'annulé', 'annulée', 'cancelar', 'cancelado', 'cancelada', 'anular'],
  ...['anulado', 'anulada'],
];

/** Words for actions that people write into sheets, besides the names of the actions, in five languages and lower case. */
export const actionWords: ReadonlyMap<string, Action> = new Map(
  cancel.map((word) => [word, 'cancel']),
);
