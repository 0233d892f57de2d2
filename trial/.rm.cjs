"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key2 of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key2) && key2 !== except)
        __defProp(to, key2, { get: () => from[key2], enumerable: !(desc = __getOwnPropDesc(from, key2)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// trial/mutants.ts
var mutants = {
  "the ledger is skipped": {
    file: "adapters/storage/etag-row.js",
    find: "value: found.value, inserted: false",
    replace: "value: found.value, inserted: true"
  },
  "the result is written before Graph is asked": {
    file: "meetings/attempt.js",
    find: "const made = await",
    replace: "await (0, record_outcome_1.recordOutcome)({ ...attempt, deps: { ...deps, ledger: { replace: async () => stored } } }, { stored, step: { kind: 'arrived' } }, { status: 'created' }); const made = await"
  },
  "a create that broke off is repeated": {
    file: "meetings/calls/make-meeting.js",
    find: "repeatable: false",
    replace: "repeatable: true"
  },
  "a create that an instance left behind is taken over": {
    file: "meetings/ledger.js",
    find: "if (plan !== 'createOnce' || ifUnknown === 'retry')",
    replace: "if (true)"
  },
  "every request has a key of its own": {
    file: "meetings/calls/make-meeting.js",
    find: "requestId, 'base64url'",
    replace: "requestId + Math.random(), 'base64url'"
  },
  "a finished request does not send its result again": {
    file: "meetings/record-outcome.js",
    find: "const result = addressedTo(metadata, recorded);\n    await deps.results.publish(result);",
    replace: "const result = addressedTo(metadata, recorded);"
  },
  "a request that is put back is not sent": {
    file: "meetings/messages/process-request.js",
    find: "await requests.send((0, queue_message_1.toMessage)(input, requestId, { ...metadata, attempts }), delayMs);",
    replace: ""
  },
  "a create that broke off is called failed": {
    file: "meetings/ledger.js",
    find: "brokeOff || isInDoubt ? 'unknown' : 'failed'",
    replace: "'failed'"
  },
  "a time-out at Graph had no effect": {
    file: "adapters/graph/errors.js",
    find: "if (!notExecuted.has(status)) {",
    replace: "if (!notExecuted.has(status) && status !== 408) {"
  },
  "an answer without a meeting had no effect": {
    file: "adapters/graph/meetings.js",
    find: "'Microsoft Graph answered without a meeting.', {\n        executed: 'unknown',",
    replace: "'Microsoft Graph answered without a meeting.', {"
  },
  "a retry that may make a second meeting needs no confirmation": {
    file: "meetings/retry-request.js",
    find: "throw confirmationNeeded();",
    replace: ";"
  },
  "a cancellation is not recorded with the request": {
    file: "meetings/refuse-cancelled.js",
    find: "const { entry, etag } = await ledger.begin(cancelledEntry(row, clock.now()));",
    replace: "const found = await ledger.read(row.request.requestId); if (found === undefined) return cancelledEntry(row, clock.now()); const { entry, etag } = found;"
  },
  "a cancelled row is forgotten once another sender has begun its request": {
    file: "meetings/take-over.js",
    find: "...(cancelledFor !== undefined && { cancelledFor })",
    replace: ""
  },
  "a row counts as done before its result is sent": {
    file: "batches/run/record-progress.js",
    find: "await results.publish(result);\n            const { batchId, index } = result;",
    replace: "const { batchId, index } = result; setTimeout(() => results.publish(result).catch(() => undefined), 1_500);"
  },
  "a chunk counts as sent before it is": {
    file: "batches/run/run-batch.js",
    find: "await sendMissing(closed, chunk, deps);",
    replace: "void sendMissing(closed, chunk, deps).catch(() => undefined);"
  },
  "the clean-up takes a batch off its list first": {
    file: "retention/clean-up.js",
    find: "await rows.remove(batch.rows.blob);",
    replace: "await index.removeFinished(finished); await rows.remove(batch.rows.blob);"
  }
};

// trial/report.ts
function brokenPromises(report2) {
  const { duplicates, withoutResult, contradictions, strays, batchProblems } = report2;
  const { poisonLeft, messagesLeft, leftByCleanUp, madeByCleanUp } = report2;
  const counts = [
    [duplicates.length, "meetings too many"],
    [withoutResult.length, "requests and changes without a result"],
    [contradictions.length, "requests whose results contradict each other or Graph"],
    [strays.length, "results of no request"],
    [batchProblems.length, "things wrong with batches"],
    [unknownWithoutCause(report2), "unknown results without a cause"],
    [poisonLeft, "messages left on the poison queue"],
    [messagesLeft, "messages left on other queues"],
    [leftByCleanUp, "rows and blobs left by the clean-up"],
    [madeByCleanUp, "meetings and results made during the clean-up"]
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}
function unknownWithoutCause({
  kills: kills2,
  storageRestarts,
  storageFaults,
  unknown
}) {
  const troubles = [kills2, storageRestarts, ...Object.values(storageFaults)];
  return troubles.some((count) => count > 0) ? 0 : unknown.notRecorded + unknown.neverAsked;
}

// trial/safeguards.ts
var changes = "meetings/changes/protocol.test.ts";
var calendar = "meetings/calendar/protocol.test.ts";
var batches = "batches/batch-protocol.test.ts";
var ofChanges = {
  "a change is not written down before Graph is called": {
    file: "meetings/changes/change-meeting.ts",
    find: "const claimed = await deps.ledger.replace(stored.etag, claim);",
    replace: "const claimed = await Promise.resolve({ etag: stored.etag });",
    test: changes,
    name: "a caller who changes, beside a change"
  },
  "a change does not wait for the lease of another": {
    file: "meetings/changes/decide-change.ts",
    find: "if (now < pending.leaseUntil) return { kind: 'wait', until: pending.leaseUntil };",
    replace: "",
    test: changes,
    name: "two changes at once"
  },
  "what another left behind is not finished first": {
    file: "meetings/changes/decide-change.ts",
    find: "if (!overtakes) return { kind: 'claim', pending };",
    replace: "",
    test: changes,
    name: "every order, one crash"
  },
  "a lower revision is made after a higher one": {
    file: "meetings/changes/decide-change.ts",
    find: "if (change.revision < current) return { kind: 'superseded' };",
    replace: "",
    test: changes,
    name: "every order, one switch"
  },
  "how a change ended is not recorded with the row": {
    file: "meetings/changes/end-change.ts",
    find: "const written = await ledger.replaceWithChange(stored.etag, next, ended);",
    replace: "const written = await ledger.replace(stored.etag, next);",
    test: changes,
    name: "an old change again"
  },
  "a cancel is not final": {
    file: "meetings/changes/change-row.ts",
    find: "return { ...others, revision, isCancelled: true };",
    replace: "return { ...others, revision };",
    test: changes,
    name: "every order, one switch"
  },
  "a create does not see that it was cancelled": {
    file: "meetings/ledger.ts",
    find: "if (entry.isCancelled === true && !isRepeat(entry, event))",
    replace: "if (entry.isCancelled === undefined && entry.isCancelled)",
    test: changes,
    name: "every order, one switch"
  },
  "a change that broke off is taken out of the row": {
    file: "meetings/changes/change-row.ts",
    find: "return executed === 'unknown' || pending.mayHaveEffect === true\n    ? { ...others, pending: {",
    replace: "return executed === 'never'\n    ? { ...others, pending: {",
    test: "meetings/changes/change-meeting.test.ts",
    name: "after it took effect"
  },
  "a change calls Graph after its lease has ended": {
    file: "meetings/changes/call-graph.ts",
    find: "const deadline = pending.leaseUntil - recordingMs - deps.callTimeoutMs;",
    replace: "const deadline = pending.leaseUntil * recordingMs;",
    test: changes,
    name: "any trouble"
  }
};
var ofCalendars = {
  "every attempt has a key of its own in Exchange": {
    file: "meetings/calendar/recorded-event.ts",
    find: "`event ${number} of ${requestId}`",
    replace: "`event ${number} of ${requestId} ${Math.random()}`",
    test: calendar,
    name: "the event is made"
  },
  "what may be there is not looked for": {
    file: "meetings/calendar/ensure-event.ts",
    find: "planned.mayHaveMeeting ? await find() : undefined",
    replace: "undefined",
    test: "meetings/calendar/calendar.test.ts",
    name: ""
  },
  "the event is not recorded before its invitations": {
    file: "meetings/calendar/ensure-event.ts",
    find: "await work.record(toRecord(event, next));",
    replace: "",
    test: "meetings/calendar/calendar.test.ts",
    name: "the event is in the ledger before anybody is invited"
  },
  "people are invited before the options are set": {
    file: "meetings/calendar/make-event.ts",
    find: "return await inviteTo(work, linked, await setOptionsOf(work, meeting));",
    replace: "await invite(work, linked); return await inviteTo(work, linked, await setOptionsOf(work, meeting));",
    test: calendar,
    name: "the event is made"
  },
  "an attempt that has lost its row invites people": {
    file: "meetings/attempt.ts",
    find: "if (next === undefined) throw stillInProgress(0);",
    replace: "if (next === undefined) return;",
    test: "meetings/calendar/calendar.test.ts",
    name: "an attempt that has lost its row invites nobody"
  },
  "a meeting is made in the calendar and left when its request was cancelled meanwhile": {
    file: "meetings/attempt.ts",
    find: "await withdraw(attempt, step);",
    replace: "",
    test: "meetings/changes/protocol.test.ts",
    name: "a cancel beside its create"
  }
};
var ofBatches = {
  "a retry begins while its batch is being removed": {
    file: "batches/run/start-pass.ts",
    find: "if (batch.isBeingRemoved === true) throw batchNotFound();",
    replace: "",
    test: batches,
    name: "beside a retry"
  },
  "the clean-up does not look at the queues": {
    file: "retention/clean-up.ts",
    find: "if (await mayHaveOldMessages(deps)) return deps.log.warn('clean-up.postponed');",
    replace: "void mayHaveOldMessages;",
    test: "retention/clean-up.test.ts",
    name: "forgets nothing while"
  },
  "the clean-up takes a batch that has gone on": {
    file: "retention/clean-up.ts",
    find: "if (batch.state !== 'finished' || batch.completedDateTime !== completedDateTime)",
    replace: "if (completedDateTime === undefined)",
    test: batches,
    name: "beside a retry"
  },
  "a message that is older than the ledger makes its meeting": {
    file: "meetings/forgotten-request.ts",
    find: "if (ageMs < retentionMs - clockMarginMs) return",
    replace: "if (ageMs < Infinity) return",
    test: batches,
    name: "beside late copies of its messages"
  },
  "an undo says cancelled of a request that was forgotten": {
    file: "meetings/changes/decide-change.ts",
    find: "return change.isOfPass && entry === undefined",
    replace: "return change.isOfPass && entry !== undefined",
    test: batches,
    name: "beside an undo"
  },
  "rows are tried again before their results are marked as out of date": {
    file: "batches/run/send-pass.ts",
    find: "if (indexes.length > 0) await deps.progress.reopen(batchId, chunk, { pass, indexes });",
    replace: "",
    test: batches,
    name: "after a undo"
  },
  "a second pass begins while one runs": {
    file: "batches/run/start-pass.ts",
    find: "if (!hasEnded(batch)) return goOn(batch, request, deps);",
    replace: "",
    test: batches,
    name: "after a undo"
  },
  "a pass is not listed before it begins": {
    file: "batches/run/start-pass.ts",
    find: "await deps.index.addActive(activeEntryOf(next), next.movedDateTime);",
    replace: "",
    test: batches,
    name: "after a retry,"
  },
  "a retry that may make a second meeting needs no confirmation": {
    file: "meetings/retry-request.ts",
    find: "if (needsConfirmation(stored) && !confirmed) throw confirmationNeeded();",
    replace: "",
    test: "meetings/retry-request.test.ts",
    name: "needs a confirmation"
  }
};
var safeguards = {
  ...ofChanges,
  ...ofCalendars,
  ...ofBatches
};

// trial/short-times.ts
var shortLeases = {
  file: "meetings/attempt.js",
  find: "recordingMs = 30_000;",
  replace: "recordingMs = 4_000;"
};
var quickTimers = [
  {
    file: "functions/resume-stalled-batches.js",
    find: "0 */5 * * * *",
    replace: "*/4 * * * * *"
  },
  { file: "functions/clean-up.js", find: "0 17 * * * *", replace: "*/7 * * * * *" },
  { file: "functions/measure-queues.js", find: "30 2-59/5 * * * *", replace: "*/5 * * * * *" }
];
var silenceFor = (seconds) => ({
  file: "batches/run/resume-stalled-batches.js",
  find: "const maxSilenceMs = 5 * 60_000;",
  replace: `const maxSilenceMs = ${seconds}_000;`
});
var overtakingFor = (seconds) => ({
  file: "meetings/messages/process-request.js",
  find: "const maxOvertakingMs = 10 * 60_000;",
  replace: `const maxOvertakingMs = ${seconds}_000;`
});
var smallChunks = {
  file: "batches/batch.js",
  find: "exports.chunkSize = 100;",
  replace: "exports.chunkSize = 10;"
};
var shortRetention = {
  file: "config/config.js",
  find: "readRetentionDays(read, maxAgeHours) * 86_400_000",
  replace: "readRetentionDays(read, maxAgeHours)"
};
var shortWaits = [
  {
    file: "meetings/calls/retry.js",
    find: "maxWaitInPlaceMs = 5_000;",
    replace: "maxWaitInPlaceMs = 500;"
  },
  {
    file: "meetings/calls/retry.js",
    find: "firstBackoffMs = 500;",
    replace: "firstBackoffMs = 50;"
  },
  {
    file: "meetings/messages/process-request.js",
    find: "firstDelayMs = 5_000;",
    replace: "firstDelayMs = 500;"
  },
  { file: "batches/run/chunks.js", find: "minPauseMs = 1_000;", replace: "minPauseMs = 100;" },
  { file: "batches/run/chunks.js", find: "maxPauseMs = 15_000;", replace: "maxPauseMs = 1_500;" },
  {
    file: "batches/results/finished-batches.js",
    find: "clockSkewMs = 10_000;",
    replace: "clockSkewMs = 1_000;"
  }
];

// trial/short-trial.ts
var shortTrial = {
  requests: 100,
  seed: 1,
  hosts: 2,
  kills: { everySeconds: 3, atMost: 3 },
  storageRestarts: { everySeconds: 5, atMost: 1 },
  graphTimeoutSeconds: 1,
  leaseSeconds: 3,
  maxPauseMs: 1e3,
  storageFaults: 3e-3,
  limitSeconds: 1200,
  changes: [
    ...quickTimers,
    ...shortWaits,
    overtakingFor(8),
    silenceFor(8),
    shortLeases,
    smallChunks
  ]
};

// trial/source-variant.ts
var import_node_child_process = require("node:child_process");
var import_node_fs2 = require("node:fs");
var import_node_os = require("node:os");
var import_node_path2 = require("node:path");

// local/project-folder.ts
var import_node_fs = require("node:fs");
var import_node_path = require("node:path");
function projectFolder(from = __dirname) {
  return (0, import_node_fs.existsSync)((0, import_node_path.join)(from, "package.json")) ? from : projectFolder((0, import_node_path.dirname)(from));
}

// trial/source-variant.ts
var copied = ["package.json", "jest.config.js", "src", "test", "local", "page", "trial"];
var SourceVariant = class {
  #folder = (0, import_node_fs2.mkdtempSync)((0, import_node_path2.join)((0, import_node_os.tmpdir)(), "convoke-source-"));
  constructor() {
    const project = projectFolder();
    for (const name of copied)
      (0, import_node_fs2.cpSync)((0, import_node_path2.join)(project, name), (0, import_node_path2.join)(this.#folder, name), { recursive: true });
    (0, import_node_fs2.symlinkSync)((0, import_node_path2.join)(project, "node_modules"), (0, import_node_path2.join)(this.#folder, "node_modules"), "dir");
  }
  /** Why the test fails once the safeguard is gone; undefined when it passes. */
  failureWithout({ test, name, ...change }) {
    const path = (0, import_node_path2.join)(this.#folder, "src", change.file);
    const text = (0, import_node_fs2.readFileSync)(path, "utf8");
    (0, import_node_fs2.writeFileSync)(path, changed(text, change));
    try {
      return this.#run(test, name);
    } finally {
      (0, import_node_fs2.writeFileSync)(path, text);
    }
  }
  remove() {
    (0, import_node_fs2.rmSync)(this.#folder, { recursive: true, force: true });
  }
  #run(test, name) {
    const jest = (0, import_node_path2.join)(this.#folder, "node_modules/jest/bin/jest.js");
    const one2 = ["--runInBand", "--bail", "--testNamePattern", escaped(name)];
    const given = [jest, (0, import_node_path2.join)("test", test), ...one2, "--selectProjects", "unit"];
    const { status: status2, stderr } = (0, import_node_child_process.spawnSync)(process.execPath, given, {
      cwd: this.#folder,
      encoding: "utf8"
    });
    return status2 === 0 ? void 0 : /(?:AssertionError.*?|Error): (.*)/.exec(stderr)?.[1] ?? stderr.slice(0, 500);
  }
};
var escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
function changed(text, { file, find, replace: replace2 }) {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} times, and not once: ${find}`);
  return text.replace(find, () => replace2);
}

// trial/trial.ts
var import_promises11 = require("node:timers/promises");

// trial/app-variant.ts
var import_node_fs3 = require("node:fs");
var import_node_os2 = require("node:os");
var import_node_path3 = require("node:path");
var AppVariant = class {
  folder;
  constructor(changes2) {
    const project = projectFolder();
    this.folder = (0, import_node_fs3.mkdtempSync)((0, import_node_path3.join)((0, import_node_os2.tmpdir)(), "convoke-variant-"));
    for (const name of ["package.json", "host.json", "dist/src"]) {
      (0, import_node_fs3.cpSync)((0, import_node_path3.join)(project, name), (0, import_node_path3.join)(this.folder, name), { recursive: true });
    }
    (0, import_node_fs3.symlinkSync)((0, import_node_path3.join)(project, "node_modules"), (0, import_node_path3.join)(this.folder, "node_modules"), "dir");
    for (const change of changes2) this.#apply(change);
  }
  #apply({ file, find, replace: replace2 }) {
    const path = (0, import_node_path3.join)(this.folder, "dist/src", file);
    const text = (0, import_node_fs3.readFileSync)(path, "utf8");
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`${file} has ${times} times, and not once: ${find}`);
    (0, import_node_fs3.writeFileSync)(
      path,
      text.replace(find, () => replace2)
    );
  }
  remove() {
    (0, import_node_fs3.rmSync)(this.folder, { recursive: true, force: true });
  }
};

// trial/clean-up-phase.ts
var import_promises = require("node:timers/promises");

// trial/stored-state.ts
var import_data_tables4 = require("@azure/data-tables");
var import_storage_blob = require("@azure/storage-blob");

// src/adapters/storage/batches/batch-index.ts
var import_data_tables = require("@azure/data-tables");

// src/results/meeting-result.ts
var meetingStatuses = [
  "created",
  "existing",
  "updated",
  "unchanged",
  "superseded",
  "cancelled",
  "failed",
  "unknown",
  "preview"
];
var previewOutcomes = ["create", "update", "unchanged", "cancel", "refuse"];

// src/batches/batch.ts
var noOutcomes = Object.fromEntries(
  previewOutcomes.map((outcome) => [outcome, 0])
);
var batchIdOf = (activeEntry) => activeEntry.split("~", 1)[0] ?? "";
var noRows = Object.fromEntries(meetingStatuses.map((status2) => [status2, 0]));
var countOf = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

// src/errors/catalogue.ts
var catalogue = {
  invalidRequest: {
    retryable: false,
    remedy: "Fix the problems listed in details, then send the request again."
  },
  invalidMessage: {
    retryable: false,
    remedy: "Send one JSON object, or an array of them, as UTF-8 text (base64 of it is fine too)."
  },
  requestTooLarge: {
    retryable: false,
    remedy: "Send fewer or smaller requests in one call."
  },
  unsupportedEncoding: {
    retryable: false,
    remedy: "Send the body as it is or compressed with gzip."
  },
  endpointNotFound: {
    retryable: false,
    remedy: "Compare the address with /api/openapi.json, which lists every endpoint."
  },
  methodNotAllowed: {
    retryable: false,
    remedy: "Use one of the methods in the header Allow."
  },
  notImplemented: {
    retryable: false,
    remedy: "Send each request of the batch alone, or a list of meetings to POST /api/batches."
  },
  requestIdReused: {
    retryable: false,
    remedy: "Give the other meeting a requestId of its own."
  },
  meetingExpired: {
    retryable: false,
    remedy: "Send the request under a new requestId to get a new meeting."
  },
  requestInProgress: {
    retryable: true,
    remedy: "Wait as long as Retry-After says and send the same request again to get its result."
  },
  requestNotFound: {
    retryable: false,
    remedy: "Check the requestId; requests are forgotten some time after they are finished."
  },
  meetingNotFound: {
    retryable: true,
    remedy: "Check the id and the organizer. Graph can take seconds to find a new meeting, and forgets one that was deleted or has expired."
  },
  batchNotFound: {
    retryable: false,
    remedy: "Check the address; batches are forgotten some time after they are finished."
  },
  batchFinished: {
    retryable: false,
    remedy: "Read the results of the batch; there is nothing left to cancel."
  },
  batchNotFinished: {
    retryable: false,
    remedy: "Wait until the batch is finished, then call again."
  },
  batchCancelled: {
    retryable: false,
    remedy: "Send the rows again as a new batch."
  },
  cancelled: {
    retryable: false,
    remedy: "Send the request again if the meeting is wanted after all."
  },
  requestCancelled: {
    retryable: false,
    remedy: "Send the meeting under a new requestId if it is wanted after all."
  },
  revisionReused: {
    retryable: false,
    remedy: "Give each change of a request a higher revision than the one before."
  },
  noMeeting: {
    retryable: false,
    remedy: "Get the request to see why it has no meeting. Retry it, or send the whole meeting with the action upsert."
  },
  confirmationNeeded: {
    retryable: false,
    remedy: "The meeting cannot be looked up, and its link is lost. To create it, possibly a second time, add ?confirm=true."
  },
  unauthenticated: {
    retryable: false,
    remedy: "Sign in with Microsoft Entra ID; App Service authentication must be on for this app."
  },
  forbidden: {
    retryable: false,
    remedy: "Ask the operator of this app for the role that the message names."
  },
  organizerNotFound: {
    retryable: false,
    remedy: "Name a user of this tenant by object id, user principal name or e-mail address; a group or a guest cannot organize."
  },
  organizerNotLicensed: {
    retryable: false,
    remedy: "Assign the organizer a licence that includes Microsoft Teams, or name another organizer."
  },
  accessPolicyMissing: {
    retryable: false,
    remedy: "Grant the organizer a Teams application access policy that lists the client id of this app\u2019s identity; it takes up to 30 minutes to take effect."
  },
  applicationRoleMissing: {
    retryable: false,
    remedy: "Grant the app\u2019s identity the application permission OnlineMeetings.ReadWrite.All; a token from before the grant is kept for up to 24 hours."
  },
  calendarNotEnabled: {
    retryable: false,
    remedy: "Leave out calendar, or ask the operator of this app to set up calendars."
  },
  mailboxOutOfScope: {
    retryable: false,
    remedy: "Ask the operator of this app to add the organizer to the group of CALENDAR_GROUP; Exchange follows within two hours."
  },
  teamsNotInMailbox: {
    retryable: false,
    remedy: "Allow Teams meetings in the organizer\u2019s mailbox, then retry the request; or leave out calendar."
  },
  eventDeleted: {
    retryable: false,
    remedy: "Retry the request if the meeting is wanted after all."
  },
  invitationsWithheld: {
    retryable: false,
    remedy: "Nobody has been invited. Open the event in Outlook, set what notApplied names, and invite people there; or cancel it and send it without these options."
  },
  accessDenied: {
    retryable: false,
    remedy: "Check the application permission OnlineMeetings.ReadWrite.All, the application access policy and the organizer\u2019s Teams licence; /api/doctor tells which."
  },
  directoryPermissionMissing: {
    retryable: false,
    remedy: "Send object ids instead of names, or grant the app\u2019s identity the application permission User.Read.All."
  },
  graphRejected: {
    retryable: false,
    remedy: "Compare the request with the documentation of Create onlineMeeting; Graph\u2019s own words are in the message."
  },
  graphAuthenticationFailed: {
    retryable: true,
    remedy: "Check that GRAPH_SCOPE and the identity belong to the cloud that GRAPH_BASE_URL names."
  },
  identityUnavailable: {
    retryable: true,
    remedy: "Check that the managed identity is assigned to the app and that AZURE_CLIENT_ID is its client id."
  },
  throttled: {
    retryable: true,
    remedy: "Wait as long as Retry-After says; spread meetings over more organizers if it happens often."
  },
  graphUnavailable: {
    retryable: true,
    remedy: "Send the same request again later; a request with a requestId makes no second meeting."
  },
  outcomeUnknown: {
    retryable: false,
    remedy: "The meeting cannot be looked up, and its link is lost. Ask for it again (a retry needs ?confirm=true). At worst, one meeting stays unused."
  },
  storageUnavailable: {
    retryable: true,
    remedy: "Send the same request again; if it lasts, check the app\u2019s storage account and its role assignments."
  },
  processingFailed: {
    retryable: false,
    remedy: "Look up the logs by this requestId, fix the cause, and send the request again."
  },
  misconfigured: {
    retryable: false,
    remedy: "Fix the app settings listed in details, then restart the app."
  },
  internalError: {
    retryable: false,
    remedy: "Report the request-id to the operator of this app."
  }
};

// src/errors/meeting-error.ts
var meetingErrorCodes = Object.keys(catalogue);
var MeetingError = class extends Error {
  name = "MeetingError";
  code;
  remedy;
  retryable;
  executed;
  target;
  details;
  /** The wait that the other side asked for, in milliseconds. */
  retryAfterMs;
  graphRequestId;
  constructor(code, message, options = {}) {
    super(message, options);
    this.code = code;
    this.remedy = options.remedy ?? catalogue[code].remedy;
    this.retryable = catalogue[code].retryable;
    this.executed = options.executed ?? "no";
    this.target = options.target;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
    this.graphRequestId = options.graphRequestId;
  }
};

// src/adapters/storage/errors.ts
var failureOf = (thrown) => typeof thrown === "object" && thrown !== null ? thrown : {};
var isNotFound = (thrown) => failureOf(thrown).statusCode === 404;
var isAlreadyThere = (thrown) => failureOf(thrown).statusCode === 409;
var isChangedMeanwhile = (thrown) => failureOf(thrown).statusCode === 412;
function toStorageError(thrown, what) {
  if (thrown instanceof MeetingError) return thrown;
  const { statusCode, code } = failureOf(thrown);
  const cause = statusCode === 403 ? "refused the app\u2019s identity" : `did not answer as it should (${code ?? statusCode ?? "no answer"})`;
  return new MeetingError("storageUnavailable", `Storage ${cause}: ${what}.`, { cause: thrown });
}
async function creatingWhenMissing(call, create) {
  try {
    return await call();
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    await create();
    return call();
  }
}

// src/adapters/storage/batches/batch-index.ts
var active = "active";
var finished = "finished";
function makeBatchIndex(table) {
  const what = `table ${table.tableName}`;
  async function remove(partitionKey, rowKey2, etag = "*") {
    try {
      await table.deleteEntity(partitionKey, rowKey2, { etag });
    } catch (thrown) {
      if (!isNotFound(thrown) && !isChangedMeanwhile(thrown)) throw toStorageError(thrown, what);
    }
  }
  async function markEnding(entry, time3) {
    try {
      const { etag, endingDateTime } = await table.getEntity(active, entry);
      if (endingDateTime !== void 0) return;
      const change = { partitionKey: active, rowKey: entry, endingDateTime: time3 };
      await table.updateEntity(change, "Merge", { etag });
    } catch (thrown) {
      if (isChangedMeanwhile(thrown)) return markEnding(entry, time3);
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }
  async function put(partitionKey, rowKey2, columns) {
    try {
      await creatingWhenMissing(
        () => table.upsertEntity({ partitionKey, rowKey: rowKey2, ...columns }, "Merge"),
        () => table.createTable()
      );
    } catch (thrown) {
      throw toStorageError(thrown, what);
    }
  }
  async function* list(filter) {
    try {
      yield* table.listEntities({ queryOptions: { filter } });
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
  }
  return {
    addActive: (entry, acceptedDateTime) => put(active, entry, { acceptedDateTime }),
    removeActive: ({ entry, etag }) => remove(active, entry, etag),
    markEnding,
    async *listActive() {
      for await (const { rowKey: rowKey2 = "", acceptedDateTime, etag } of list(
        import_data_tables.odata`PartitionKey eq ${active}`
      )) {
        yield { entry: rowKey2, batchId: batchIdOf(rowKey2), acceptedDateTime, etag };
      }
    },
    async moveToFinished(entry, completedDateTime) {
      await put(finished, `${completedDateTime} ${batchIdOf(entry)}`, {});
      await remove(active, entry);
    },
    async *listFinished(before) {
      for await (const { rowKey: rowKey2 = "" } of list(
        import_data_tables.odata`PartitionKey eq ${finished} and RowKey lt ${before}`
      )) {
        const [completedDateTime = "", batchId = ""] = rowKey2.split(" ");
        yield { batchId, completedDateTime };
      }
    },
    removeFinished: ({ batchId, completedDateTime }) => remove(finished, `${completedDateTime} ${batchId}`)
  };
}

// src/results/result-message.ts
var maximumMessageBytes = 48 * 1024;
var toAsciiJson = (value) => JSON.stringify(value).replace(
  /[\u007f-\uffff]/g,
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
);

// src/adapters/storage/columns.ts
var columnLength = 32e3;
function toColumns(name, text) {
  const count = Math.max(1, Math.ceil(text.length / columnLength));
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${name}${index}`,
      text.slice(index * columnLength, (index + 1) * columnLength)
    ])
  );
}
function fromColumns(name, row) {
  let text = "";
  for (let index = 0; typeof row[`${name}${index}`] === "string"; index += 1)
    text += String(row[`${name}${index}`]);
  return text;
}

// src/adapters/storage/etag-row.ts
var import_node_crypto = require("node:crypto");
var import_data_tables2 = require("@azure/data-tables");
var maxInserts = 3;
function makeEtagRows(table, format) {
  const what = `table ${table.tableName}`;
  const { rowKey: rowKey2 } = format;
  async function find(id) {
    try {
      const row = await table.getEntity(format.partitionKeyOf(id), rowKey2);
      return { etag: row.etag, value: format.fromColumns({ ...row }), write: row.write };
    } catch (thrown) {
      if (isNotFound(thrown)) return void 0;
      throw toStorageError(thrown, what);
    }
  }
  const toRow2 = (value, id) => ({
    ...format.toColumns(value),
    partitionKey: format.partitionKeyOf(format.idOf(value)),
    rowKey: rowKey2,
    write: id
  });
  async function write3(value, send2) {
    const id = (0, import_node_crypto.randomUUID)();
    try {
      const { etag } = await send2(toRow2(value, id));
      if (etag !== void 0) return { etag, value };
    } catch (thrown) {
      if (!isAlreadyThere(thrown) && !isChangedMeanwhile(thrown) && !isNotFound(thrown))
        throw toStorageError(thrown, what);
    }
    const found = await find(format.idOf(value));
    return found?.write === id ? { etag: found.etag, value: found.value } : void 0;
  }
  async function insert(value, inserts = 1) {
    const inserted = await write3(
      value,
      (row) => creatingWhenMissing(
        () => table.createEntity(row),
        () => table.createTable()
      )
    );
    if (inserted !== void 0) return { ...inserted, inserted: true };
    const found = await find(format.idOf(value));
    if (found !== void 0) return { etag: found.etag, value: found.value, inserted: false };
    if (inserts < maxInserts) return insert(value, inserts + 1);
    throw new MeetingError("storageUnavailable", `Storage keeps nothing: ${what}.`);
  }
  async function readWith(id, filter) {
    const partition = import_data_tables2.odata`PartitionKey eq ${format.partitionKeyOf(id)}`;
    const others = [];
    let row;
    try {
      const found = table.listEntities({
        queryOptions: { filter: `${partition} and (${import_data_tables2.odata`RowKey eq ${rowKey2}`} or ${filter})` }
      });
      for await (const entity of found)
        if (entity.rowKey === rowKey2)
          row = { etag: entity.etag, value: format.fromColumns({ ...entity }) };
        else others.push(entity);
    } catch (thrown) {
      if (!isNotFound(thrown)) throw toStorageError(thrown, what);
    }
    return { row, others };
  }
  async function replaceBoth(row, etag, beside) {
    const { partitionKey } = row;
    const { subResponses } = await table.submitTransaction([
      ["update", row, "Replace", { etag }],
      ["create", { ...beside.columns, partitionKey, rowKey: beside.rowKey }]
    ]);
    const written = subResponses[0]?.etag?.trim();
    return written === void 0 ? {} : { etag: written };
  }
  return {
    read: find,
    insert: (value) => insert(value),
    replace: (etag, next, beside) => write3(
      next,
      (row) => beside === void 0 ? table.updateEntity(row, "Replace", { etag }) : replaceBoth(row, etag, beside)
    ),
    readWith
  };
}

// src/adapters/storage/batches/batch-table.ts
var rowKey = "batch";
function makeBatchTable(table) {
  const rows = makeEtagRows(table, {
    rowKey,
    partitionKeyOf: (batchId) => batchId,
    idOf: ({ batchId }) => batchId,
    // The state stands alone for people who look at the table; the truth is in the columns of `batch`.
    toColumns: (batch2) => ({ state: batch2.state, ...toColumns("batch", toAsciiJson(batch2)) }),
    fromColumns: (row) => JSON.parse(fromColumns("batch", row))
  });
  return {
    read: async (batchId) => toStored(await rows.read(batchId)),
    async insert(batch2) {
      const { value, ...stored } = await rows.insert(batch2);
      return { ...stored, batch: value };
    },
    replace: async (etag, next) => toStored(await rows.replace(etag, next)),
    async remove(batchId) {
      try {
        await table.deleteEntity(batchId, rowKey);
      } catch (thrown) {
        if (!isNotFound(thrown)) throw toStorageError(thrown, `table ${table.tableName}`);
      }
    }
  };
}
var toStored = (row) => row && { etag: row.etag, batch: row.value };

// src/adapters/storage/request-table.ts
var import_node_crypto2 = require("node:crypto");
var import_data_tables3 = require("@azure/data-tables");
var maxRequestLength = 96e3;
function askedColumns(name, value) {
  if (value === void 0) return {};
  const text = toAsciiJson(value);
  return text.length > maxRequestLength ? {} : toColumns(name, text);
}
function toRow(entry) {
  const { organizer, ...fingerprint } = entry.fingerprint;
  return {
    requestId: entry.requestId,
    organizer,
    ...entry.organizerId !== void 0 && { organizerId: entry.organizerId },
    fingerprint: JSON.stringify(fingerprint),
    plan: entry.plan,
    attempts: entry.attempts,
    acceptedDateTime: entry.acceptedDateTime,
    ...progressColumns(entry.progress),
    ...entry.mayHaveMeeting === true && { mayHaveMeeting: true },
    ...entry.cancelledFor !== void 0 && { cancelledFor: entry.cancelledFor.join(" ") },
    ...entry.batchRow !== void 0 && {
      batchId: entry.batchRow.batchId,
      batchIndex: entry.batchRow.index
    },
    ...entry.revision !== void 0 && { revision: String(entry.revision) },
    ...entry.begunBy !== void 0 && { begunBy: entry.begunBy },
    ...entry.isCancelled === true && { isCancelled: true },
    ...entry.ifUnknown !== void 0 && { ifUnknown: entry.ifUnknown },
    ...askedColumns("request", entry.request),
    ...askedColumns("asked", entry.asked),
    ...askedColumns("askedCalendar", entry.askedCalendar),
    ...entry.event !== void 0 && { event: toAsciiJson(entry.event) },
    ...entry.pending !== void 0 && toColumns("pending", toAsciiJson(entry.pending))
  };
}
function progressColumns(progress) {
  switch (progress.state) {
    case "waiting":
      return { state: "waiting" };
    case "inProgress":
      return { state: "inProgress", leaseUntil: new Date(progress.leaseUntil).toISOString() };
    case "finished":
      return { state: "finished", ...toColumns("result", toAsciiJson(progress.result)) };
  }
}
function fromRow(row) {
  const fingerprint = JSON.parse(row.fingerprint);
  return {
    requestId: row.requestId,
    fingerprint: { organizer: row.organizer, ...fingerprint },
    ...row.organizerId !== void 0 && { organizerId: row.organizerId },
    plan: row.plan,
    attempts: row.attempts,
    acceptedDateTime: row.acceptedDateTime,
    progress: progressOf(row),
    ...row.mayHaveMeeting === true && { mayHaveMeeting: true },
    ...row.cancelledFor !== void 0 && { cancelledFor: row.cancelledFor.split(" ") },
    ...row.batchId !== void 0 && {
      batchRow: { batchId: row.batchId, index: row.batchIndex ?? 0 }
    },
    ...row.revision !== void 0 && { revision: Number(row.revision) },
    ...row.begunBy !== void 0 && { begunBy: row.begunBy },
    ...row.isCancelled === true && { isCancelled: true },
    ...row.ifUnknown !== void 0 && { ifUnknown: row.ifUnknown },
    ...row.request0 !== void 0 && {
      request: JSON.parse(fromColumns("request", row))
    },
    ...row.asked0 !== void 0 && {
      asked: JSON.parse(fromColumns("asked", row))
    },
    ...row.askedCalendar0 !== void 0 && {
      askedCalendar: JSON.parse(fromColumns("askedCalendar", row))
    },
    ...row.event !== void 0 && { event: JSON.parse(row.event) },
    ...row.pending0 !== void 0 && {
      pending: JSON.parse(fromColumns("pending", row))
    }
  };
}
function progressOf(row) {
  if (row.state === "waiting") return { state: "waiting" };
  if (row.state === "inProgress")
    return { state: "inProgress", leaseUntil: Date.parse(row.leaseUntil ?? "") };
  return { state: "finished", result: JSON.parse(fromColumns("result", row)) };
}
var changePrefix = "change-";
var allChanges = import_data_tables3.odata`(RowKey gt ${changePrefix} and RowKey lt ${"change."})`;
var toChangeRow = ({ key: key2, action, result }) => ({
  rowKey: `${changePrefix}${key2}`,
  columns: { state: "finished", action, ...toColumns("result", toAsciiJson(result)) }
});
var toEnded = (row) => ({
  key: (row.rowKey ?? "").slice(changePrefix.length),
  action: row["action"],
  result: JSON.parse(fromColumns("result", row))
});
function makeRequestTable(table) {
  const rows = makeEtagRows(table, {
    rowKey: "request",
    partitionKeyOf: (requestId) => (0, import_node_crypto2.hash)("sha256", requestId, "base64url"),
    idOf: ({ requestId }) => requestId,
    toColumns: toRow,
    fromColumns: (row) => fromRow(row)
  });
  return {
    read: async (requestId) => toStored2(await rows.read(requestId)),
    async begin(entry) {
      const { value, ...stored } = await rows.insert(entry);
      return { ...stored, entry: value };
    },
    replace: async (etag, next) => toStored2(await rows.replace(etag, next)),
    async readWithChange(requestId, key2) {
      const { row, others } = await rows.readWith(
        requestId,
        import_data_tables3.odata`RowKey eq ${changePrefix + key2}`
      );
      return { stored: toStored2(row), ended: others.map(toEnded)[0] };
    },
    replaceWithChange: async (etag, next, change) => toStored2(await rows.replace(etag, next, toChangeRow(change))),
    async readWithChanges(requestId) {
      const { row, others } = await rows.readWith(requestId, allChanges);
      return { stored: toStored2(row), changes: others.map(toEnded) };
    }
  };
}
var toStored2 = (row) => row && { etag: row.etag, entry: row.value };

// src/config/resource-names.ts
var requestsTable = "MeetingRequests";
var batchesTable = "MeetingBatches";
var batchesContainer = "meeting-batches";

// trial/stored-state.ts
var readsAtATime = 32;
async function readStoredState(connectionString, requestIds) {
  const table = openTable(connectionString, batchesTable);
  const batches2 = /* @__PURE__ */ new Map();
  for (const batchId of await batchIdsIn(table)) {
    const stored = await makeBatchTable(table).read(batchId);
    if (stored !== void 0) batches2.set(batchId, stored.batch);
  }
  const active2 = [];
  for await (const { batchId } of makeBatchIndex(table).listActive()) active2.push(batchId);
  return { requests: await readRequests(connectionString, requestIds), batches: batches2, active: active2 };
}
async function readRequests(connectionString, requestIds) {
  const ledger = makeRequestTable(openTable(connectionString, requestsTable));
  const found = /* @__PURE__ */ new Map();
  const pending = requestIds.values();
  const reader = async () => {
    for (const requestId of pending) {
      const stored = await ledger.read(requestId);
      if (stored !== void 0) found.set(requestId, stored.entry);
    }
  };
  await Promise.all(Array.from({ length: readsAtATime }, reader));
  return found;
}
async function countStored(connectionString, blobs) {
  let count = 0;
  for (const name of [requestsTable, batchesTable])
    for await (const { partitionKey } of openTable(connectionString, name).listEntities({
      queryOptions: { select: ["partitionKey"] }
    }))
      if (partitionKey !== "clean-up") count += 1;
  const service = import_storage_blob.BlobServiceClient.fromConnectionString(connectionString);
  const container = service.getContainerClient(batchesContainer);
  if (blobs.size > 0) {
    for await (const { name } of container.listBlobsFlat()) if (blobs.has(name)) count += 1;
  }
  return count;
}
async function batchIdsIn(table) {
  const ids = [];
  const queryOptions = { filter: "RowKey eq 'batch'", select: ["PartitionKey"] };
  for await (const { partitionKey = "" } of table.listEntities({ queryOptions }))
    ids.push(partitionKey);
  return ids;
}
var openTable = (connectionString, name) => import_data_tables4.TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });

// trial/clean-up-phase.ts
var pauseMs = 1e3;
var kills = 2;
var limitMs = 5 * 6e4;
async function runCleanUp(harness, { changes: changes2, blobs }) {
  const variant = new AppVariant([...changes2, shortRetention]);
  try {
    await harness.replaceApp(variant.folder);
    const end = Date.now() + limitMs;
    for (let calls2 = 1; ; calls2 += 1) {
      await startCleanUp(harness);
      await (0, import_promises.setTimeout)(pauseMs);
      if (calls2 <= kills) await harness.killOne();
      const left = await countStored(harness.connectionString, blobs);
      if (left === 0 || Date.now() > end) return left;
    }
  } finally {
    variant.remove();
  }
}
async function startCleanUp({ urls }) {
  const call = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ input: "" })
  };
  await Promise.allSettled(urls.map((url) => fetch(`${url}/admin/functions/cleanUp`, call)));
}

// trial/plan/pick.ts
var pick = (values, random) => values[Math.floor(random() * values.length)] ?? values[0];

// trial/plan/trial-request.ts
var organizers = [
  "dc17674c-81d9-4adb-bfb2-8f6a442e4601",
  "dc17674c-81d9-4adb-bfb2-8f6a442e4602",
  "chloe@contoso.onmicrosoft.com"
];
var chances = { createOrGet: 0.1, calendar: 0.08, createOnly: 0.2, options: 0.5 };
var nextYear = (/* @__PURE__ */ new Date()).getUTCFullYear() + 1;
function makeRequest(name, random) {
  const organizer = pick(organizers, random);
  const hasOptions = random() < chances.options;
  const meeting = {
    subject: `Meeting ${name}`,
    startDateTime: `${nextYear}-12-01T14:30:00Z`,
    endDateTime: `${nextYear}-12-01T15:00:00Z`,
    ...hasOptions && lobby("everyone")
  };
  if (random() < chances.createOrGet) {
    const requestId = `createOrGet:${organizer}:${name}`;
    return { requestId, organizer, externalId: name, meeting, createOnly: false };
  }
  if (random() < chances.calendar) {
    const calendar2 = { invite: [`one.${name}@fabrikam.com`, `other.${name}@fabrikam.com`] };
    const open = { ...meeting, ...lobby("everyone") };
    return { requestId: name, organizer, meeting: open, calendar: calendar2, createOnly: false };
  }
  const createOnly = random() < chances.createOnly / (1 - chances.createOrGet - chances.calendar);
  const passcode = { joinMeetingIdSettings: { isPasscodeRequired: true } };
  return {
    requestId: name,
    organizer,
    meeting: { ...meeting, ...createOnly && passcode },
    createOnly
  };
}
var lobby = (scope) => ({ lobbyBypassSettings: { scope } });
var nameOf = (subject) => (subject ?? "").split(",")[0] ?? "";

// trial/plan/changes.ts
var chance = 0.35;
var sequences = [
  ["update"],
  ["update", "update"],
  ["upsert"],
  ["upsert", "update", "upsert"],
  ["cancel"],
  ["update", "cancel"],
  ["upsert", "cancel"],
  ["update", "cancel", "update"]
];
var scopes = ["organizer", "organizationAndFederated", "everyone"];
function changesOf({ meeting, externalId }, random) {
  if (externalId !== void 0 || random() >= chance) return [];
  return pick(sequences, random).map((action, index) => {
    const revision = index + 1;
    if (action === "cancel") return { action, revision, sets: {} };
    const renames = action === "upsert" || random() < 0.7;
    const subject = `${meeting.subject}, revision ${revision}`;
    const opens = !renames || random() < 0.4;
    return {
      action,
      revision,
      sets: { ...renames && { subject }, ...opens && lobby(pick(scopes, random)) }
    };
  });
}
var keyOf = (requestId, revision) => revision === void 0 ? requestId : `${requestId} revision ${revision}`;
function bodyOf({ request, change }) {
  const { requestId, organizer, meeting, calendar: calendar2 } = request;
  const whole = { organizer, meeting, ...calendar2 !== void 0 && { calendar: calendar2 } };
  if (change === void 0) return { requestId, ...whole };
  const { action, revision, sets } = change;
  const said = { requestId, action, revision };
  if (action === "cancel") return said;
  if (action === "update") return { ...said, meeting: sets };
  return { ...said, ...whole, meeting: { ...meeting, ...sets } };
}

// local/graph-simulator/random.ts
function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = state + 1831565813 >>> 0;
    return toFraction(state);
  };
}
function hashToFraction(text) {
  let hash2 = 2166136261;
  for (let index = 0; index < text.length; index += 1) {
    hash2 = Math.imul(hash2 ^ text.charCodeAt(index), 16777619);
  }
  return toFraction(hash2 >>> 0);
}
function toFraction(state) {
  let mixed = Math.imul(state ^ state >>> 15, state | 1);
  mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
  return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
}
function randomText(random, alphabet, length) {
  let text = "";
  while (text.length < length) text += alphabet.charAt(Math.floor(random() * alphabet.length));
  return text;
}
function randomGuid(random) {
  const hex = randomText(random, "0123456789abcdef", 30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18)}`;
}

// trial/plan/trial-plan.ts
var forAll = ["createMeeting", "queue", "queueArray", "batch", "sheet"];
var forNew = [...forAll, "largeBatch"];
var forPlain = [...forNew, "createOnlineMeeting"];
var forChanges = [...forAll, "byAction"];
var sentAgain = 0.2;
var maxWindow = 60;
function planTrial(count, seed) {
  const random = seededRandom(seed);
  const window = Math.min(maxWindow, count / 5);
  const items = [];
  const placed = [];
  const place = (item, from) => {
    items.push(item);
    for (let copy = copiesOf(random); copy > 0; copy -= 1) {
      const at = from + (copy === 1 ? 0 : random() * window);
      placed.push({ at, sending: { ...item, endpoint: endpointFor(item, random) } });
    }
  };
  const requests = Array.from(
    { length: count },
    (_, index) => makeRequest(`trial-${seed}-${index}`, random)
  );
  for (const [index, request] of requests.entries()) {
    place({ request }, index);
    for (const change of changesOf(request, random))
      place({ request, change }, index + window * (change.revision / 2 + random()));
  }
  placed.sort((one2, other) => one2.at - other.at);
  return { requests, items, sendings: placed.map(({ sending }) => sending) };
}
var copiesOf = (random) => random() < sentAgain ? 2 + Math.floor(random() * 3) : 1;
function endpointFor({ request, change }, random) {
  if (change !== void 0) return pick([...forChanges, ownAddress[change.action]], random);
  if (request.externalId !== void 0) return "createOrGetOnlineMeeting";
  return pick(request.calendar === void 0 ? forPlain : forNew, random);
}
var ownAddress = {
  update: "patch",
  upsert: "createMeeting",
  cancel: "delete"
};
var keyOfItem = ({ request, change }) => keyOf(request.requestId, change?.revision);

// trial/queues.ts
var import_storage_queue = require("@azure/storage-queue");
var workQueues = ["meeting-requests", "meeting-batches", "meeting-results"];
var poisonQueues = ["meeting-requests-poison", "meeting-batches-poison"];
var Queues = class {
  #service;
  constructor(connectionString) {
    this.#service = import_storage_queue.QueueServiceClient.fromConnectionString(connectionString, {
      retryOptions: { maxTries: 10, retryDelayInMs: 200, maxRetryDelayInMs: 2e3 }
    });
  }
  client(name) {
    return this.#service.getQueueClient(name);
  }
  async create() {
    const names = [...workQueues, ...poisonQueues];
    await Promise.all(names.map((name) => this.client(name).createIfNotExists()));
  }
  async left() {
    const count = async (name) => (await this.client(name).getProperties()).approximateMessagesCount ?? 0;
    const sum = async (names) => (await Promise.all(names.map(count))).reduce((total, left) => total + left, 0);
    return { poisonLeft: await sum(poisonQueues), messagesLeft: await sum(workQueues) };
  }
  /** False also when storage does not say. */
  async areEmpty() {
    try {
      const { poisonLeft, messagesLeft } = await this.left();
      return poisonLeft + messagesLeft === 0;
    } catch {
      return false;
    }
  }
};

// trial/result-collector.ts
var import_promises2 = require("node:timers/promises");
var rowName = (batchId, index) => `${batchId}:${index}`;
var toCollected = ({
  requestId,
  batchId,
  index,
  revision,
  pass,
  status: status2,
  meeting,
  error,
  attempts,
  notApplied,
  completedDateTime
}) => ({
  requestId,
  row: batchId === void 0 || index === void 0 ? void 0 : rowName(batchId, index),
  revision,
  pass,
  status: status2,
  meetingId: meeting?.id ?? void 0,
  code: error?.code,
  attempts,
  notApplied: notApplied.length,
  completedDateTime
});
var pauseMs2 = 200;
var ResultCollector = class {
  results = [];
  completions = [];
  #queue;
  #on;
  #stopping = new AbortController();
  #loop;
  constructor(queue, on) {
    this.#queue = queue;
    this.#on = on;
  }
  start() {
    this.#loop = this.#run();
  }
  async stop() {
    this.#stopping.abort();
    await this.#loop;
  }
  async #run() {
    while (!this.#stopping.signal.aborted) {
      const found = await this.#takeSome().catch(() => 0);
      if (found === 0) await (0, import_promises2.setTimeout)(pauseMs2);
    }
  }
  async #takeSome() {
    const { receivedMessageItems: items } = await this.#queue.receiveMessages({
      numberOfMessages: 32,
      // Seconds. Messages of a lost answer become visible again soon.
      visibilityTimeout: 5
    });
    for (const { messageText } of items) this.#keep(JSON.parse(messageText));
    await Promise.all(
      items.map(({ messageId, popReceipt }) => this.#queue.deleteMessage(messageId, popReceipt))
    );
    return items.length;
  }
  #keep(message) {
    if (message.type === "batchCompleted") {
      this.completions.push(message);
      return this.#on.completed(message);
    }
    const result = toCollected(message);
    this.results.push(result);
    this.#on.result(result);
  }
};

// trial/sending/people.ts
var import_promises4 = require("node:timers/promises");

// src/meetings/ledger.ts
var withMeeting = /* @__PURE__ */ new Set([
  "created",
  "existing",
  "updated",
  "unchanged",
  "superseded"
]);
var hasMeeting = (status2) => withMeeting.has(status2);

// trial/sending/http-client.ts
var import_promises3 = require("node:timers/promises");
var firstPauseMs = 300;
var maxPauseMs = 1e4;
var timeoutMs = 3e4;
var mayComeAgain = ({ status: status2, body }) => status2 === 429 || status2 >= 500 && status2 !== 501 || status2 === 409 && JSON.stringify(body).includes("requestInProgress");
async function callUntilAnswered(call, { url, signal, onTry }) {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, maxPauseMs)) {
    signal.throwIfAborted();
    onTry?.();
    const tried = await tryOnce(call, url());
    if (tried !== void 0 && !mayComeAgain(tried.answer)) return tried.answer;
    await (0, import_promises3.setTimeout)(tried?.retryAfterMs ?? pause, void 0, { signal });
  }
}
async function tryOnce({ method = "POST", path, body, text = JSON.stringify(body), headers }, url) {
  try {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      ...text !== void 0 && { body: text },
      signal: AbortSignal.timeout(timeoutMs)
    });
    const retryAfter = response.headers.get("Retry-After");
    const content = await response.text();
    return {
      answer: { status: response.status, body: content === "" ? void 0 : JSON.parse(content) },
      retryAfterMs: retryAfter === null ? void 0 : Number(retryAfter) * 1e3
    };
  } catch {
    return void 0;
  }
}

// trial/sending/told.ts
var meetingIdIn = (value) => textAt(value, "id");
var toTold = (subject, { status: status2, body }) => ({
  ...subject,
  status: status2,
  meetingId: meetingIdIn(propertyOf(body, "meeting")),
  code: textAt(propertyOf(body, "error"), "code")
});
var toldByGraph = (requestId, { status: status2, body }) => ({
  requestId,
  status: status2,
  meetingId: meetingIdIn(body),
  code: textAt(propertyOf(body, "error"), "code")
});
var propertyOf = (value, name) => typeof value === "object" && value !== null ? value[name] : void 0;
function textAt(value, name) {
  const text = propertyOf(value, name);
  return typeof text === "string" ? text : void 0;
}

// trial/sending/people.ts
var chances2 = { cancel: 0.25, undo: 0.25, retry: 0.6, confirm: 0.5 };
var People = class {
  /** Batches that somebody has asked to cancel, by whether that was done. */
  cancelled = /* @__PURE__ */ new Map();
  /** Batches whose meetings somebody has asked to cancel, by whether that was accepted. */
  undone = /* @__PURE__ */ new Map();
  /** Requests that somebody retried, by the number of calls that accept a second meeting. */
  retried = /* @__PURE__ */ new Map();
  #deps;
  #seen = /* @__PURE__ */ new Set();
  #names = /* @__PURE__ */ new Map();
  #underWay = 0;
  constructor(deps) {
    this.#deps = deps;
  }
  /** Whether nobody waits for an answer. */
  get areIdle() {
    return this.#underWay === 0;
  }
  /** A batch was accepted. */
  onBatch({ batchId, requestIds: [first = ""] }) {
    if (this.#names.has(batchId)) return;
    this.#names.set(batchId, first);
    this.#maybe("cancel", first, () => {
      this.cancelled.set(batchId, false);
      return this.#delete(`api/batches/${batchId}`, (done) => this.cancelled.set(batchId, done));
    });
  }
  /** A batch was called complete. */
  onCompleted({ batchId, pass }) {
    const name = this.#names.get(batchId);
    if (name === void 0 || pass !== void 0 || this.undone.has(batchId)) return;
    this.#maybe("undo", name, () => {
      this.undone.set(batchId, false);
      const path = `api/batches/${batchId}?meetings=true`;
      return this.#delete(path, (done) => this.undone.set(batchId, done));
    });
  }
  /** A result came. Each request is retried once at most; changes are not retried. */
  onResult({ requestId, status: status2, code, revision }) {
    if (revision !== void 0 || hasMeeting(status2) || status2 === "cancelled") return;
    if (code === "requestIdReused" || this.#seen.has(requestId)) return;
    this.#seen.add(requestId);
    this.#maybe("retry", requestId, () => {
      this.retried.set(requestId, 0);
      return this.#retry(requestId);
    });
  }
  /** Somebody does this, or does not. */
  #maybe(what, name, act) {
    if (!this.#happens(`${what} ${name}`, chances2[what])) return;
    this.#underWay += 1;
    const pauseMs4 = hashToFraction(`${this.#deps.seed} pause ${what} ${name}`);
    void (0, import_promises4.setTimeout)(pauseMs4 * this.#deps.maxPauseMs, void 0, { signal: this.#deps.signal }).then(act).catch(() => void 0).finally(() => this.#underWay -= 1);
  }
  #happens(what, chance2) {
    return hashToFraction(`${this.#deps.seed} ${what}`) < chance2;
  }
  async #delete(path, note) {
    const { status: status2 } = await callUntilAnswered({ method: "DELETE", path }, this.#deps);
    note(status2 < 300);
  }
  async #retry(requestId) {
    const isConfirmed = this.#happens(`confirm ${requestId}`, chances2.confirm);
    const path = `api/requests/${encodeURIComponent(requestId)}/retry?confirm=${isConfirmed}`;
    const onTry = () => {
      if (isConfirmed) this.retried.set(requestId, (this.retried.get(requestId) ?? 0) + 1);
    };
    const answer2 = await callUntilAnswered({ path }, { ...this.#deps, onTry });
    this.#deps.tell(toTold({ requestId, isRetry: true }, answer2));
  }
};

// trial/sending/sender.ts
var import_promises6 = require("node:timers/promises");

// trial/sending/endpoints.ts
var import_node_crypto3 = require("node:crypto");
var import_promises5 = require("node:timers/promises");

// trial/sending/batch-bodies.ts
var toList = (items) => ({
  path: "api/batches",
  body: { requests: items.map(bodyOf) }
});
var toListOfAction = (items) => ({
  path: `api/batches?action=${items[0]?.change?.action ?? "create"}`,
  body: { requests: items.map(bodyOf).map(({ action: _, ...row }) => row) }
});
function toSheet(items) {
  const rows = items.map((item) => toCells(bodyOf(item)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = rows.map((row) => columns.map((column) => quoted(row.get(column) ?? "")));
  return {
    path: "api/batches",
    headers: { "Content-Type": "text/csv" },
    text: [columns, ...lines].map((cells) => cells.join(",")).join("\r\n")
  };
}
var toCells = (row, path = "") => new Map(
  Object.entries(row).flatMap(([name, value]) => {
    if (Array.isArray(value)) return [[path + name, value.join(";")]];
    if (typeof value !== "object" || value === null) return [[path + name, String(value)]];
    return [...toCells(value, `${path}${name}.`)];
  })
);
var quoted = (text) => `"${text.replaceAll('"', '""')}"`;

// trial/sending/endpoints.ts
var one = (toCall, tell = tellOurs) => ({
  atOnce: 1,
  send: async ([item], deps) => tell(item, await callOnceThere(toCall(item), deps), deps)
});
var batch = (atOnce, toCall) => ({
  atOnce,
  send: (items, deps) => sendBatch(items, toCall(items), deps)
});
var endpoints = {
  createMeeting: one((item) => ({ path: "api/createMeeting", body: bodyOf(item) })),
  patch: one(({ request, change }) => {
    const { revision, sets: meeting } = change ?? {};
    return { method: "PATCH", path: addressOf(request), body: { revision, meeting } };
  }),
  delete: one(({ request, change }) => {
    const path = `${addressOf(request)}?revision=${change?.revision}`;
    return { method: "DELETE", path };
  }),
  createOnlineMeeting: one(({ request }) => {
    const headers = { "Idempotency-Key": request.requestId };
    return { path: meetingsOf(request), body: request.meeting, headers };
  }, tellGraphs),
  createOrGetOnlineMeeting: one(({ request }) => {
    const { meeting, externalId } = request;
    return { path: `${meetingsOf(request)}/createOrGet`, body: { ...meeting, externalId } };
  }, tellGraphs),
  queue: { atOnce: 1, send: ([item], deps) => sendToQueue(bodyOf(item), deps) },
  queueArray: { atOnce: 8, send: (items, deps) => sendToQueue(items.map(bodyOf), deps) },
  batch: batch(20, toList),
  sheet: batch(20, toSheet),
  byAction: batch(10, toListOfAction),
  largeBatch: batch(250, toList)
};
var addressOf = ({ requestId }) => `api/requests/${encodeURIComponent(requestId)}`;
var meetingsOf = ({ organizer }) => `api/v1.0/users/${encodeURIComponent(organizer)}/onlineMeetings`;
function tellOurs({ request, change }, answer2, deps) {
  deps.tell(toTold({ requestId: request.requestId, revision: change?.revision }, answer2));
}
function tellGraphs({ request }, answer2, deps) {
  deps.tell(toldByGraph(request.requestId, answer2));
}
var triesBefore = 4;
var beforeMs = 1e3;
async function callOnceThere(call, deps) {
  for (let tries = 1; ; tries += 1) {
    const answer2 = await callUntilAnswered(call, deps);
    if (answer2.status !== 404 || tries === triesBefore) return answer2;
    await (0, import_promises5.setTimeout)(beforeMs, void 0, { signal: deps.signal });
  }
}
var pauseMs3 = 500;
async function sendToQueue(message, { requests, signal }) {
  for (; ; ) {
    signal.throwIfAborted();
    try {
      await requests.sendMessage(JSON.stringify(message), { messageTimeToLive: -1 });
      return;
    } catch {
      await (0, import_promises5.setTimeout)(pauseMs3, void 0, { signal });
    }
  }
}
async function sendBatch(items, call, deps) {
  const headers = { ...call.headers, "Idempotency-Key": (0, import_node_crypto3.randomUUID)() };
  const { status: status2, body } = await callUntilAnswered({ ...call, headers }, deps);
  const { batchId } = body ?? {};
  if (![200, 202].includes(status2) || typeof batchId !== "string")
    throw new Error(`A batch was answered with ${status2}: ${JSON.stringify(body)}`);
  deps.onBatch({ batchId, requestIds: items.map(({ request }) => request.requestId) });
}

// trial/sending/groups.ts
var maxShareAtOnce = 0.18;
var Groups = class {
  #waiting = /* @__PURE__ */ new Map();
  #maxAtOnce;
  /** `total`: requests of the trial. */
  constructor(total) {
    this.#maxAtOnce = Math.ceil(total * maxShareAtOnce);
  }
  /** What is to be sent now. Rows of one batch with one requestId would have to be one request. */
  add(sending) {
    const name = nameOf2(sending);
    const isThere = this.#waiting.get(name)?.some(({ request }) => request === sending.request);
    const full = isThere === true ? this.#take(name) : [];
    const [first = sending, ...others] = [...this.#waiting.get(name) ?? [], sending];
    const group = [first, ...others];
    this.#waiting.set(name, group);
    return [...full, ...this.#isFull(sending.endpoint, group) ? this.#take(name) : []];
  }
  /** All that is still waiting. */
  rest() {
    return [...this.#waiting.keys()].flatMap((name) => this.#take(name));
  }
  #take(name) {
    const group = this.#waiting.get(name);
    this.#waiting.delete(name);
    return group === void 0 ? [] : [group];
  }
  #isFull(endpoint, { length }) {
    return length >= Math.min(endpoints[endpoint].atOnce, this.#maxAtOnce);
  }
};
var nameOf2 = ({ endpoint, change }) => endpoint === "byAction" ? `${endpoint} ${change?.action}` : endpoint;

// trial/sending/sender.ts
var callers = 128;
var maxInFlight = 160;
var maxHeldMs = 2e4;
var lookEveryMs = 100;
var Sender = class {
  /** Keys of items. */
  sent = /* @__PURE__ */ new Set();
  /** When those were sent that may still be under way. */
  #open = /* @__PURE__ */ new Map();
  #plan;
  #deps;
  constructor(plan, deps) {
    this.#plan = plan;
    this.#deps = deps;
  }
  async sendAll() {
    const groups = new Groups(this.#plan.requests.length);
    const pending = this.#plan.sendings.toReversed();
    const take = async (index) => {
      while (pending.length > 0 && !this.#hasRoomFor(index)) await (0, import_promises6.setTimeout)(lookEveryMs);
      return pending.pop();
    };
    const caller = async (_, index) => {
      for (let sending = await take(index); sending !== void 0; sending = await take(index))
        await this.#sendAll(groups.add(sending));
      await this.#sendAll(groups.rest());
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }
  /** On a slow machine there is less under way, and some callers do nothing. At the end nobody waits. */
  #hasRoomFor(caller) {
    const { deps, pace } = this.#deps;
    if (deps.signal.aborted) return true;
    return caller < pace.underWay(callers) && this.#inFlight <= pace.underWay(maxInFlight);
  }
  get #inFlight() {
    const since = Date.now() - maxHeldMs;
    for (const [key2, at] of this.#open)
      if (at < since || this.#deps.ended.has(key2)) this.#open.delete(key2);
    return this.#open.size;
  }
  async #sendAll(groups) {
    for (const group of groups) {
      for (const sending of group) {
        const key2 = keyOfItem(sending);
        this.sent.add(key2);
        this.#open.set(key2, Date.now());
      }
      await endpoints[group[0].endpoint].send(group, this.#deps.deps);
    }
  }
};

// trial/trial-faults.ts
var status = (code, when2, probability, more = {}) => ({
  probability,
  fault: { kind: "status", status: code, when: when2, ...more }
});
var graphFaults = (seed) => ({
  seed,
  enforceRetryAfter: "off",
  rules: [
    status(429, "before", 0.03),
    status(429, "before", 0.03, { retryAfterSeconds: 1 }),
    status(429, "before", 5e-3, { retryAfterSeconds: 7 }),
    status(503, "before", 0.01, { retryAfterDate: 2 }),
    status(500, "before", 0.01),
    status(502, "before", 0.01),
    status(408, "before", 5e-3),
    status(408, "after", 5e-3),
    status(504, "after", 0.01),
    status(503, "after", 0.01, { retryAfterSeconds: 1 }),
    // An answer that reports success and holds no meeting.
    status(200, "after", 5e-3, { body: {} }),
    { probability: 0.01, fault: { kind: "drop", when: "before" } },
    { probability: 0.02, fault: { kind: "drop", when: "after" } },
    { probability: 0.01, fault: { kind: "truncate", when: "after" } },
    { probability: 3e-3, fault: { kind: "hang", when: "before" } },
    { probability: 3e-3, fault: { kind: "hang", when: "after" } },
    { fault: { kind: "latency", when: "before", ms: { median: 20, p95: 120 } } },
    // Slow answers to finished calls, so that an instance may be killed in between.
    { probability: 0.3, fault: { kind: "latency", when: "after", ms: { median: 150, p95: 500 } } }
  ]
});
var StorageFaults = class {
  #probability;
  #random;
  requestsLost = 0;
  answersLost = 0;
  constructor(probability, random) {
    this.#probability = probability;
    this.#random = random;
  }
  interfere = (_call, phase) => {
    if (this.#random() >= this.#probability) return "pass";
    if (phase === "before") this.requestsLost += 1;
    else this.answersLost += 1;
    return "break";
  };
};
function faultsByKind(report2) {
  const counts = {};
  for (const { fault: fault2, fired } of report2.rules) {
    if (fault2.kind === "latency") continue;
    const told = "retryAfterSeconds" in fault2 || "retryAfterDate" in fault2 ? " with Retry-After" : "";
    const name = `${fault2.status ?? fault2.kind}${told} ${fault2.when} commit`;
    counts[name] = (counts[name] ?? 0) + fired;
  }
  return counts;
}

// trial/trial-harness.ts
var import_node_fs5 = require("node:fs");
var import_node_os3 = require("node:os");
var import_node_path7 = require("node:path");
var import_promises9 = require("node:timers/promises");

// local/functions-host-process.ts
var import_node_child_process2 = require("node:child_process");
var import_node_events = require("node:events");
var import_node_path4 = require("node:path");

// local/port-taken.ts
var PortTakenError = class extends Error {
  port;
  constructor(port) {
    super(`Port ${port} is in use.`);
    this.port = port;
  }
};
function portTakenIn(text) {
  const [, port] = /EADDRINUSE.*?:(\d+)/.exec(text) ?? /Port (\d+) is in use/.exec(text) ?? [];
  return port === void 0 ? void 0 : new PortTakenError(Number(port));
}

// local/functions-host-process.ts
var FunctionsHostProcess = class _FunctionsHostProcess {
  #child;
  url;
  functions;
  #workerPid;
  constructor(child, ready, workerPid) {
    this.#child = child;
    this.url = ready.url;
    this.functions = ready.functions;
    this.#workerPid = workerPid;
    child.on("message", (message) => {
      const event = message;
      if (event.type === "worker") this.#workerPid = event.pid;
    });
  }
  static async start(options) {
    const child = (0, import_node_child_process2.fork)(
      (0, import_node_path4.join)(projectFolder(), "dist/local/functions-host/main.js"),
      toArguments(options),
      {
        cwd: options.appFolder ?? projectFolder(),
        env: { PATH: process.env["PATH"], ...options.environment },
        stdio: ["ignore", "ignore", "pipe", "ipc"]
      }
    );
    let workerPid = 0;
    const ready = await serving(child, (event) => {
      if (event.type === "worker") workerPid = event.pid;
      options.onEvent?.(event);
    });
    return new _FunctionsHostProcess(child, ready, workerPid);
  }
  /** Of the process that runs the app; another one after it has died. */
  get workerPid() {
    return this.#workerPid;
  }
  get running() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }
  /** Resolves with the exit code once the process has ended; null after a signal. */
  async exited() {
    if (this.running) await (0, import_node_events.once)(this.#child, "exit");
    return this.#child.exitCode;
  }
  onExit(listener) {
    this.#child.once("exit", listener);
  }
  /** Stops as the platform does: no new work, what is running is finished. */
  async close() {
    await this.#end("SIGTERM");
  }
  /** Stops at once, as the loss of the machine would: the app runs nothing more either. */
  async kill() {
    const ended = this.#end("SIGKILL");
    this.killWorker();
    await ended;
  }
  /** Kills the process that runs the app, as lack of memory would. The host starts it again. */
  killWorker() {
    try {
      process.kill(this.#workerPid, "SIGKILL");
    } catch {
    }
  }
  async #end(signal) {
    if (!this.running) return;
    const ended = this.exited();
    this.#child.kill(signal);
    await ended;
  }
};
var toArguments = ({
  appFolder,
  port,
  leaseSeconds,
  users,
  inspectPort,
  arguments: more
}) => [
  ...["--app", appFolder ?? projectFolder()],
  ...["--port", String(port ?? 0)],
  ...leaseSeconds === void 0 ? [] : ["--lease-seconds", String(leaseSeconds)],
  ...users === void 0 ? [] : ["--users", JSON.stringify(users)],
  ...inspectPort === void 0 ? [] : ["--inspect", String(inspectPort)],
  ...more ?? []
];
function serving(child, onEvent) {
  return new Promise((resolve, reject) => {
    const said = [];
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      said.push(text.trim());
      onEvent({ type: "log", level: "error", message: text.trim() });
    });
    const early = [];
    let isReady = false;
    child.on("message", (message) => {
      const event = message;
      if (event.type === "problem") said.push(event.message);
      if (event.type === "problem" && !isReady) early.push(event);
      else onEvent(event);
      if (event.type !== "ready") return;
      isReady = true;
      early.forEach(onEvent);
      resolve(event);
    });
    child.once("exit", () => reject(startFailure(said.join("\n"))));
  });
}
var startFailure = (said) => portTakenIn(said) ?? new Error(`The Functions host did not start. ${said}`);

// local/graph-simulator/index.ts
var import_node_crypto4 = require("node:crypto");
var import_promises8 = require("node:timers/promises");

// local/loopback-server.ts
var import_node_events2 = require("node:events");
var import_node_http = require("node:http");
var keepAliveMs = 6e4;
async function listen(handler, port = 0) {
  const server = (0, import_node_http.createServer)((request, response) => {
    handler(request, response).catch((error) => {
      if (!response.headersSent && !response.destroyed) {
        sendJson(response, 500, { error: { code: "simulatorFailed", message: String(error) } });
      }
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, "127.0.0.1");
  await (0, import_node_events2.once)(server, "listening").catch((error) => {
    throw error.code === "EADDRINUSE" ? new PortTakenError(port) : error;
  });
  const { port: actualPort } = server.address();
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: async () => {
      const closed = (0, import_node_events2.once)(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    }
  };
}
async function readText(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function sendJson(response, status2, body) {
  const content = Buffer.from(JSON.stringify(body));
  response.writeHead(status2, {
    "content-type": "application/json",
    "content-length": content.length
  });
  response.end(content);
}

// local/graph-simulator/calendar/event-store.ts
var EventStore = class {
  #byId = /* @__PURE__ */ new Map();
  #byTransaction = /* @__PURE__ */ new Map();
  mails = [];
  add(stored) {
    this.#byId.set(stored.event.id, stored);
    const { transactionId } = stored;
    if (transactionId !== null)
      this.#byTransaction.set(`${stored.organizer.id} ${transactionId}`, stored);
  }
  byId(id) {
    return this.#byId.get(id);
  }
  /** Exchange knows a transactionId also after its event was deleted. */
  byTransaction(organizerId, transactionId) {
    return this.#byTransaction.get(`${organizerId} ${transactionId}`);
  }
  /** All but the deleted ones. */
  list() {
    return [...this.#byId.values()].filter(({ isDeleted }) => !isDeleted);
  }
  clear() {
    this.#byId.clear();
    this.#byTransaction.clear();
    this.mails.length = 0;
  }
};

// local/graph-simulator/graph-error.ts
var GraphError = class extends Error {
  status;
  code;
  headers = {};
  /** Members beside code and message. */
  more = {};
  constructor(status2, code, message = "") {
    super(message);
    this.status = status2;
    this.code = code;
  }
};
var ThrottledError = class extends GraphError {
  headers;
  constructor(seconds) {
    super(429, "TooManyRequests", "Please retry again later.");
    this.headers = { "retry-after": String(Math.ceil(seconds)) };
  }
};
var codes = {
  400: "BadRequest",
  401: "InvalidAuthenticationToken",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  409: "Conflict",
  429: "TooManyRequests",
  500: "InternalServerError",
  502: "BadGateway",
  503: "ServiceUnavailable",
  504: "GatewayTimeout"
};
function genericError(status2) {
  const message = status2 === 429 ? "Please retry again later." : "An error has occurred.";
  return new GraphError(status2, codes[status2] ?? "UnknownError", message);
}
function badRequest(message = "An error has occurred.") {
  return new GraphError(400, "BadRequest", message);
}
function schemaMismatch(property) {
  return badRequest(`Property ${property} in payload has a value that does not match schema.`);
}
function toErrorBody(error, context) {
  const innerError = {
    date: context.now.toISOString().slice(0, 19),
    "request-id": context.requestId,
    "client-request-id": context.clientRequestId,
    ...error.status === 429 ? { code: "429", message: "Please retry after", status: "429" } : {}
  };
  return { error: { code: error.code, message: error.message, ...error.more, innerError } };
}

// local/graph-simulator/calendar/mailbox-limit.ts
var maxConcurrent = 4;
var ofMailbox = /^\/v1\.0\/users\/([^/]+)\/(?:events|calendar)(?:\/|$)/i;
var MailboxLimit = class {
  #underWay = /* @__PURE__ */ new Map();
  /** The most calls that were under way at once for one mailbox. */
  maxUnderWay = 0;
  /** Calls that were refused. */
  refused = 0;
  async run({ path }, serve) {
    const mailbox = ofMailbox.exec(path)?.[1];
    if (mailbox === void 0) return serve(void 0);
    const count = (this.#underWay.get(mailbox) ?? 0) + 1;
    this.#underWay.set(mailbox, count);
    this.maxUnderWay = Math.max(this.maxUnderWay, count);
    try {
      await serve(count > maxConcurrent ? this.#refusal() : void 0);
    } finally {
      this.#underWay.set(mailbox, (this.#underWay.get(mailbox) ?? 1) - 1);
    }
  }
  clear() {
    this.maxUnderWay = 0;
    this.refused = 0;
  }
  #refusal() {
    this.refused += 1;
    const message = "Application is over its MailboxConcurrency limit.";
    const error = new GraphError(429, "ApplicationThrottled", message);
    return { status: 429, headers: { "retry-after": "1" }, error };
  }
};

// local/graph-simulator/call.ts
function header(request, name) {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

// local/graph-simulator/control.ts
var import_zod3 = require("zod");

// local/graph-simulator/meetings/join-information.ts
var phrases = {
  "en-US": {
    join: "Join the meeting now",
    meetingId: "Meeting ID",
    passcode: "Passcode",
    options: "Meeting options"
  },
  "de-DE": {
    join: "Jetzt an der Besprechung teilnehmen",
    meetingId: "Besprechungs-ID",
    passcode: "Passcode",
    options: "Besprechungsoptionen"
  },
  "es-ES": {
    join: "Unirse a la reuni\xF3n ahora",
    meetingId: "Id. de reuni\xF3n",
    passcode: "C\xF3digo de acceso",
    options: "Opciones de reuni\xF3n"
  },
  "fr-FR": {
    join: "Rejoindre la r\xE9union maintenant",
    meetingId: "ID de r\xE9union",
    passcode: "Code secret",
    options: "Options de r\xE9union"
  },
  "ja-JP": {
    join: "\u4ECA\u3059\u3050\u4F1A\u8B70\u306B\u53C2\u52A0\u3059\u308B",
    meetingId: "\u4F1A\u8B70 ID",
    passcode: "\u30D1\u30B9\u30B3\u30FC\u30C9",
    options: "\u4F1A\u8B70\u306E\u30AA\u30D7\u30B7\u30E7\u30F3"
  },
  "pt-BR": {
    join: "Ingressar na reuni\xE3o agora",
    meetingId: "ID da reuni\xE3o",
    passcode: "Senha",
    options: "Op\xE7\xF5es de reuni\xE3o"
  }
};
var fallback = "en-US";
var templates = new Map(
  Object.entries(phrases).map(([tag, text]) => [tag, encode(toHtml(tag, text))])
);
function makeJoinInformation(meeting, acceptLanguage) {
  const { joinMeetingId, passcode } = meeting.joinMeetingIdSettings;
  const content = (templates.get(chooseLanguage(acceptLanguage)) ?? "").replace("JOINURL", () => encode(meeting.joinWebUrl)).replace("OPTIONSURL", () => encode(meeting.meetingOptionsWebUrl.replaceAll("&", "&amp;"))).replace("MEETINGID", () => encode(joinMeetingId.replace(/\d{3}(?=\d)/g, "$& "))).replace("PASSCODE", () => passcode ?? "");
  return { content: `data:text/html,${content}`, contentType: "html" };
}
function chooseLanguage(acceptLanguage = "") {
  for (const wanted2 of toRanking(acceptLanguage)) {
    const found = findLanguage(wanted2);
    if (found !== void 0) return found;
  }
  return fallback;
}
function findLanguage(wanted2) {
  const tags = [...templates.keys()];
  const sameLanguage = (tag) => tag.split("-")[0] === wanted2.split("-")[0];
  return tags.find((tag) => tag.toLowerCase() === wanted2) ?? tags.find(sameLanguage);
}
function toRanking(acceptLanguage) {
  return acceptLanguage.split(",").map((item) => {
    const [tag = "", quality = "q=1"] = item.trim().toLowerCase().split(/\s*;\s*/);
    return { tag, quality: Number(quality.slice(2)) };
  }).filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality).map(({ tag }) => tag);
}
function toHtml(tag, text) {
  return [
    '<div style="max-width: 520px; color: #242424" class="me-email-text">',
    `  <a href="JOINURL" target="_blank" rel="noreferrer noopener">${text.join}</a>`,
    `  <div><span>${text.meetingId}: </span><span>MEETINGID</span></div>`,
    `  <div><span>${text.passcode}: </span><span>PASSCODE</span></div>`,
    `  <a href="OPTIONSURL&amp;language=${tag}" target="_blank">${text.options}</a>`,
    "</div>"
  ].join("\r\n");
}
function encode(text) {
  return encodeURIComponent(text).replace(/['~]/g, (character) => `%${character.charCodeAt(0).toString(16)}`).replaceAll("%20", "+").replace(/%[0-9A-F]{2}/g, (escape2) => escape2.toLowerCase());
}

// local/graph-simulator/meetings/times.ts
var ticksPerMillisecond = 10000n;
var ticksPerSecond = 10000000n;
var ticksPerHour = 3600n * ticksPerSecond;
var ticksPerDay = 24n * ticksPerHour;
var dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:\d\d)?$/i;
function parseTime(text) {
  const [, minute, second = "00", fraction = "", offset = "Z"] = dateTime.exec(text) ?? [];
  if (minute === void 0 || !isCalendarDate(minute.slice(0, 10))) return void 0;
  const milliseconds = Date.parse(`${minute}:${second}${offset.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return void 0;
  return BigInt(milliseconds) * ticksPerMillisecond + BigInt(fraction.slice(0, 7).padEnd(7, "0"));
}
function formatTime(ticks) {
  const seconds = new Date(Number(ticks / ticksPerMillisecond)).toISOString().slice(0, 19);
  const fraction = String(ticks % ticksPerSecond).padStart(7, "0").replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}
function toTicks(date, below) {
  return BigInt(date.getTime()) * ticksPerMillisecond + BigInt(Math.floor(below * 1e4));
}
function isCalendarDate(date) {
  const parsed = /* @__PURE__ */ new Date(`${date}T00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

// local/graph-simulator/calendar/event.ts
function makeEvent({ organizer, body, meeting }, { now, random }) {
  const id = `AAMk${randomText(random, idCharacters, 148)}=`;
  const created = `${now().toISOString().slice(0, 23)}0000Z`;
  const { contentType = "html", content = "" } = body.body ?? {};
  return {
    id,
    createdDateTime: created,
    lastModifiedDateTime: created,
    transactionId: body.transactionId ?? null,
    iCalUId: `040000008200E00074C5B7101A82E008${randomGuid(random).replaceAll("-", "").toUpperCase()}`,
    subject: body.subject ?? null,
    body: { contentType, content: `${content}${joinBlock(meeting)}` },
    start: toTime(body.start),
    end: toTime(body.end),
    location: { displayName: body.location?.displayName ?? "" },
    attendees: toAttendees(body.attendees),
    organizer: {
      emailAddress: { name: organizer.displayName, address: organizer.mail ?? "" }
    },
    reminderMinutesBeforeStart: body.reminderMinutesBeforeStart ?? 15,
    isReminderOn: body.isReminderOn ?? true,
    showAs: body.showAs ?? "busy",
    categories: body.categories ?? [],
    hideAttendees: body.hideAttendees ?? false,
    responseRequested: body.responseRequested ?? true,
    allowNewTimeProposals: body.allowNewTimeProposals ?? true,
    isCancelled: false,
    isOrganizer: true,
    type: "singleInstance",
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`
  };
}
var idCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
var blockStart = '<div class="me-email-text"';
var joinBlock = (stored) => {
  if (stored === void 0) return "";
  const { content } = makeJoinInformation(stored.meeting, void 0);
  const html = decodeURIComponent(content.replace("data:text/html,", "").replaceAll("+", " "));
  return `${blockStart}>${html}</div>`;
};
function withChange(event, change) {
  const { start, end, attendees, body, location, subject } = change;
  const plain = Object.fromEntries(
    plainNames.filter((name) => change[name] !== void 0).map((name) => [name, change[name]])
  );
  return {
    ...event,
    ...plain,
    ...subject !== void 0 && { subject },
    ...start !== void 0 && { start: toTime(start) },
    ...end !== void 0 && { end: toTime(end) },
    ...attendees !== void 0 && { attendees: toAttendees(attendees) },
    ...body !== void 0 && { body: { contentType: body.contentType, content: body.content } },
    ...location !== void 0 && { location: { displayName: location.displayName } }
  };
}
var plainNames = [
  "reminderMinutesBeforeStart",
  "isReminderOn",
  "showAs",
  "categories",
  "hideAttendees",
  "responseRequested",
  "allowNewTimeProposals"
];
function toEventBody({ event, meeting }, { tenant, now }) {
  const { joinLinkAfterMs } = tenant.state.switches;
  const isLinked = now().getTime() >= Date.parse(event.createdDateTime) + joinLinkAfterMs;
  return {
    ...event,
    isOnlineMeeting: meeting !== void 0,
    onlineMeetingProvider: meeting === void 0 ? "unknown" : "teamsForBusiness",
    onlineMeeting: meeting !== void 0 && isLinked ? { joinUrl: meeting.meeting.joinWebUrl } : null,
    onlineMeetingUrl: null
  };
}
var toTime = ({ dateTime: dateTime2 }) => ({
  dateTime: `${formatTime(parseTime(dateTime2) ?? 0n).slice(0, 19)}.0000000`,
  timeZone: "UTC"
});
var toAttendees = (attendees = []) => attendees.map(({ type, emailAddress: { address, name } }) => ({
  type,
  status: { response: "none", time: "0001-01-01T00:00:00Z" },
  emailAddress: { name: name ?? address, address }
}));

// local/graph-simulator/calendar/event-schema.ts
var import_zod = require("zod");
var time = import_zod.z.looseObject({
  dateTime: import_zod.z.string().refine((text) => parseTime(text) !== void 0),
  timeZone: import_zod.z.enum(["UTC", "Etc/UTC"])
});
var attendee = import_zod.z.looseObject({
  type: import_zod.z.enum(["required", "optional", "resource"]).default("required"),
  emailAddress: import_zod.z.looseObject({ address: import_zod.z.string().includes("@"), name: import_zod.z.string().nullish() })
});
var properties = {
  subject: import_zod.z.string().nullish(),
  start: time,
  end: time,
  attendees: import_zod.z.array(attendee).max(500),
  body: import_zod.z.looseObject({ contentType: import_zod.z.enum(["text", "html"]), content: import_zod.z.string() }),
  location: import_zod.z.looseObject({ displayName: import_zod.z.string() }),
  reminderMinutesBeforeStart: import_zod.z.int().min(0),
  isReminderOn: import_zod.z.boolean(),
  showAs: import_zod.z.enum(["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]),
  categories: import_zod.z.array(import_zod.z.string()),
  hideAttendees: import_zod.z.boolean(),
  responseRequested: import_zod.z.boolean(),
  allowNewTimeProposals: import_zod.z.boolean(),
  isOnlineMeeting: import_zod.z.boolean(),
  onlineMeetingProvider: import_zod.z.enum(["unknown", "teamsForBusiness"])
};
var newEventBody = import_zod.z.looseObject({
  ...import_zod.z.object(properties).partial().shape,
  start: properties.start,
  end: properties.end,
  transactionId: import_zod.z.string().nullish(),
  singleValueExtendedProperties: import_zod.z.array(import_zod.z.looseObject({ id: import_zod.z.string(), value: import_zod.z.string() })).optional()
});
var eventChangeBody = import_zod.z.looseObject(properties).partial();
var cancelBody = import_zod.z.looseObject({ comment: import_zod.z.string().optional() });

// local/graph-simulator/odata.ts
function selectProperties(entity, query) {
  const names = query.get("$select")?.split(",").map((name) => name.trim());
  if (names === void 0) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([name]) => names.includes(name)));
}
var comparison = /^\s*([A-Za-z/]+) +eq +'((?:[^']|'')*)'\s*(?:or(?=\s)|$)/i;
function parseFilter(filter) {
  const comparisons = [];
  let rest = filter;
  do {
    const [matched, property, value] = comparison.exec(rest) ?? [];
    if (matched === void 0 || property === void 0 || value === void 0) {
      throw badRequest("Unsupported or invalid query filter clause specified.");
    }
    comparisons.push({ property, value: value.replaceAll("''", "'") });
    rest = rest.slice(matched.length);
  } while (rest !== "");
  return comparisons;
}
function matches(entity, comparisons) {
  const properties2 = new Map(Object.entries(entity));
  return comparisons.some(({ property, value }) => {
    const actual = properties2.get(property);
    return typeof actual === "string" && actual.toLowerCase() === value.toLowerCase();
  });
}

// local/graph-simulator/payload.ts
function readObject(request) {
  if (request.text === "") throw badRequest("Request payload cannot be null.");
  const isJson = /\bjson\b/i.test(header(request, "content-type") ?? "");
  const { json } = request;
  if (!isJson || typeof json !== "object" || json === null || Array.isArray(json)) {
    throw badRequest(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."
    );
  }
  return json;
}
function readBody(request, schema) {
  const result = schema.safeParse(readObject(request));
  if (result.success) return result.data;
  throw schemaMismatch(String(result.error.issues[0]?.path[0] ?? ""));
}

// local/graph-simulator/meetings/meeting-properties.ts
var import_zod2 = require("zod");
var time2 = import_zod2.z.string().refine((text) => parseTime(text) !== void 0);
var flag = import_zod2.z.boolean().nullish();
var role = import_zod2.z.enum(["attendee", "presenter", "producer", "coorganizer"]);
var user = import_zod2.z.looseObject({ id: import_zod2.z.string().nullish() });
var participant = import_zod2.z.looseObject({
  upn: import_zod2.z.string().nullish(),
  role: role.nullish(),
  identity: import_zod2.z.looseObject({ user: user.nullish() }).nullish()
});
var flags = {
  allowAttendeeToEnableCamera: flag,
  allowAttendeeToEnableMic: flag,
  allowBreakoutRooms: flag,
  allowCopyingAndSharingMeetingContent: flag,
  allowPowerPointSharing: flag,
  allowRecording: flag,
  allowTeamworkReactions: flag,
  allowTranscription: flag,
  allowWhiteboard: flag,
  isEndToEndEncryptionEnabled: flag,
  isEntryExitAnnounced: flag,
  recordAutomatically: flag
};
var settings = {
  ...flags,
  allowedLobbyAdmitters: import_zod2.z.enum(["organizerAndCoOrganizersAndPresenters", "organizerAndCoOrganizers"]).nullish(),
  allowedPresenters: import_zod2.z.enum(["everyone", "organization", "roleIsPresenter", "organizer"]).nullish(),
  allowLiveShare: import_zod2.z.enum(["enabled", "disabled"]).nullish(),
  allowMeetingChat: import_zod2.z.enum(["enabled", "disabled", "limited"]).nullish(),
  anonymizeIdentityForRoles: import_zod2.z.array(role).nullish(),
  lobbyBypassSettings: import_zod2.z.looseObject({
    scope: import_zod2.z.enum([
      "organizer",
      "organization",
      "organizationAndFederated",
      "everyone",
      "invited",
      "organizationExcludingGuests"
    ]).nullish(),
    isDialInBypassEnabled: flag
  }).nullish(),
  meetingSpokenLanguageTag: import_zod2.z.string().nullish(),
  sensitivityLabelAssignment: import_zod2.z.looseObject({ sensitivityLabelId: import_zod2.z.string().nullish() }).nullish(),
  watermarkProtection: import_zod2.z.looseObject({ isEnabledForContentSharing: flag, isEnabledForVideo: flag }).nullish()
};
var creationSettings = {
  allowParticipantsToChangeName: flag,
  meetingTemplateId: import_zod2.z.string().nullish(),
  shareMeetingChatHistoryDefault: import_zod2.z.enum(["none", "all"]).nullish()
};
var basics = {
  subject: import_zod2.z.string().nullish(),
  startDateTime: time2.nullish(),
  endDateTime: time2.nullish(),
  participants: import_zod2.z.looseObject({ attendees: import_zod2.z.array(participant).nullish() }).nullish()
};
var createBody = import_zod2.z.looseObject({
  ...basics,
  ...settings,
  ...creationSettings,
  externalId: import_zod2.z.string().nullish(),
  isBroadcast: flag,
  chatInfo: import_zod2.z.looseObject({ threadId: import_zod2.z.string().nullish() }).nullish(),
  joinMeetingIdSettings: import_zod2.z.looseObject({ isPasscodeRequired: flag }).nullish()
});
var createOrGetBody = import_zod2.z.object({ ...basics, externalId: import_zod2.z.string().min(1) });
var updateBody = import_zod2.z.object({ ...basics, ...settings });
var teamsChange = import_zod2.z.strictObject({
  ...updateBody.shape,
  expiryDateTime: time2.optional()
});
var updatable = /* @__PURE__ */ new Set([...Object.keys(updateBody.shape), "broadcastSettings"]);
function isUpdatable(property) {
  return updatable.has(property);
}
var settingNames = Object.keys({ ...settings, ...creationSettings });
function pickSettings(body) {
  return Object.fromEntries(
    settingNames.filter((name) => body[name] !== void 0 && body[name] !== null).map((name) => [name, body[name]])
  );
}

// local/graph-simulator/meetings/meeting.ts
var alphanumeric = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
var keptFor = 60n * ticksPerDay;
function makeMeeting(given) {
  const { organizer, tenant, body, random } = given;
  const threadId = `19:meeting_${Buffer.from(randomGuid(random)).toString("base64url")}@thread.v2`;
  const joinWebUrl = toJoinWebUrl(threadId, tenant.state.id, organizer.id);
  const joinMeetingId = randomText(random, "0123456789", 14);
  return {
    id: Buffer.from(`1*${organizer.id}*0**${threadId}`).toString("base64"),
    creationDateTime: formatTime(given.created),
    ...toTimes(given.times),
    expiryDateTime: toExpiry(given.times.end, given.created),
    joinUrl: joinWebUrl,
    joinWebUrl,
    meetingCode: joinMeetingId,
    subject: body.subject ?? null,
    isBroadcast: false,
    ...undeclared,
    ...toSettings(body),
    externalId: given.externalId,
    meetingOptionsWebUrl: `https://teams.microsoft.com/meetingOptions/?organizerId=${organizer.id}&tenantId=${tenant.state.id}&threadId=${encodeURIComponent(threadId)}&messageId=0`,
    participants: {
      organizer: toParticipant({ upn: organizer.userPrincipalName, role: "presenter" }, tenant),
      attendees: toAttendees2(body.participants?.attendees, tenant)
    },
    joinMeetingIdSettings: {
      isPasscodeRequired: given.isPasscodeRequired,
      joinMeetingId,
      passcode: given.isPasscodeRequired ? randomText(random, alphanumeric, 8) : null
    },
    chatInfo: { threadId, messageId: "0", replyChainMessageId: null }
  };
}
var undeclared = {
  outerMeetingAutoAdmittedUsers: null,
  capabilities: [],
  videoTeleconferenceId: null,
  iCalUid: null,
  meetingType: null,
  meetingMigrationMode: null,
  broadcastSettings: null,
  audioConferencing: null,
  meetingInfo: null,
  chatRestrictions: null
};
var defaultLobby = { scope: "organization", isDialInBypassEnabled: false };
var defaultWatermark = { isEnabledForContentSharing: false, isEnabledForVideo: false };
var defaultSettings = {
  isEntryExitAnnounced: false,
  allowedPresenters: "everyone",
  allowedLobbyAdmitters: "organizerAndCoOrganizersAndPresenters",
  allowMeetingChat: "enabled",
  allowLiveShare: "enabled",
  shareMeetingChatHistoryDefault: "none",
  allowTeamworkReactions: true,
  allowAttendeeToEnableMic: true,
  allowAttendeeToEnableCamera: true,
  allowBreakoutRooms: true,
  allowCopyingAndSharingMeetingContent: true,
  allowPowerPointSharing: true,
  allowWhiteboard: true,
  allowRecording: true,
  allowTranscription: true,
  allowParticipantsToChangeName: false,
  isEndToEndEncryptionEnabled: false,
  recordAutomatically: false,
  anonymizeIdentityForRoles: [],
  meetingTemplateId: null,
  meetingSpokenLanguageTag: "en-US",
  sensitivityLabelAssignment: null
};
function toSettings(body) {
  const { lobbyBypassSettings, watermarkProtection, ...rest } = pickSettings(body);
  return {
    ...defaultSettings,
    ...rest,
    lobbyBypassSettings: overlay(defaultLobby, lobbyBypassSettings),
    watermarkProtection: overlay(defaultWatermark, watermarkProtection)
  };
}
function withSettings(meeting, body) {
  const { lobbyBypassSettings, watermarkProtection, ...rest } = pickSettings(body);
  return {
    ...meeting,
    ...rest,
    lobbyBypassSettings: overlay(meeting.lobbyBypassSettings, lobbyBypassSettings),
    watermarkProtection: overlay(meeting.watermarkProtection, watermarkProtection)
  };
}
function overlay(whole, given) {
  const changes2 = Object.entries(given ?? {}).filter(
    ([name, value]) => name in whole && value !== null && value !== void 0
  );
  return { ...whole, ...Object.fromEntries(changes2) };
}
function toTimes({ start, end }) {
  return {
    startDateTime: formatTime(start),
    endDateTime: formatTime(end)
  };
}
function toExpiry(end, now) {
  return formatTime((end > now ? end : now) + keptFor);
}
function toAttendees2(given, tenant) {
  return (given ?? []).map((participant2) => toParticipant(participant2, tenant));
}
function toParticipant({ upn, role: role3, identity: identity2 }, tenant) {
  const id = identity2?.user?.id ?? tenant.findUser(upn ?? "")?.id ?? null;
  const user3 = { id, displayName: null, tenantId: tenant.state.id, identityProvider: "AAD" };
  return {
    upn: upn ?? null,
    role: role3 ?? "attendee",
    identity: { application: null, device: null, user: id === null ? null : user3 }
  };
}
function toJoinWebUrl(threadId, tenantId, organizerId) {
  const thread = threadId.replace(":", "%3a").replace("@", "%40");
  const context = `%7b%22Tid%22%3a%22${tenantId}%22%2c%22Oid%22%3a%22${organizerId}%22%7d`;
  return `https://teams.microsoft.com/l/meetup-join/${thread}/0?context=${context}`;
}

// local/graph-simulator/meetings/meeting-answer.ts
var laterMembers = /* @__PURE__ */ new Set(["invited", "organizationExcludingGuests", "producer", "coorganizer"]);
var autoAdmittedUsers = {
  organizer: "organizerOnly",
  organization: "everyoneInCompany",
  organizationAndFederated: "everyoneInSameAndFederatedCompany",
  everyone: "everyone",
  invited: "invitedUsers",
  organizationExcludingGuests: "everyoneInCompanyExcludingGuests"
};
function toMeetingBody(meeting, request) {
  const asksForAll = /include-unknown-enum-members/i.test(header(request, "prefer") ?? "");
  const read2 = (value) => asksForAll || !laterMembers.has(value) ? value : "unknownFutureValue";
  const { lobbyBypassSettings, participants } = meeting;
  const scope = read2(lobbyBypassSettings.scope ?? "organization");
  const body = {
    ...meeting,
    autoAdmittedUsers: autoAdmittedUsers[scope] ?? scope,
    lobbyBypassSettings: { ...lobbyBypassSettings, scope },
    participants: {
      ...participants,
      attendees: participants.attendees.map((attendee2) => ({
        ...attendee2,
        role: read2(attendee2.role)
      }))
    },
    joinInformation: makeJoinInformation(meeting, header(request, "accept-language"))
  };
  return selectProperties(body, request.query);
}
function meetingContext(organizerId) {
  return `https://graph.microsoft.com/v1.0/$metadata#users('${organizerId}')/onlineMeetings/$entity`;
}

// local/graph-simulator/meetings/meeting-store.ts
function isDead({ isDeleted, meeting }, now) {
  return isDeleted || (parseTime(meeting.expiryDateTime) ?? 0n) <= toTicks(now, 0);
}
var MeetingStore = class {
  #byId = /* @__PURE__ */ new Map();
  #byJoinWebUrl = /* @__PURE__ */ new Map();
  #byJoinMeetingId = /* @__PURE__ */ new Map();
  #byExternalId = /* @__PURE__ */ new Map();
  #createdInMonth = /* @__PURE__ */ new Map();
  add(stored) {
    const { meeting, organizerId } = stored;
    this.#byId.set(meeting.id, stored);
    this.#byJoinWebUrl.set(toUrlKey(meeting.joinWebUrl), stored);
    this.#byJoinMeetingId.set(meeting.joinMeetingIdSettings.joinMeetingId, stored);
    if (meeting.externalId !== null) {
      this.#byExternalId.set(toExternalKey(organizerId, meeting.externalId), stored);
    }
    const month = toMonthKey(organizerId, meeting.creationDateTime);
    this.#createdInMonth.set(month, (this.#createdInMonth.get(month) ?? 0) + 1);
  }
  byId(id) {
    return this.#byId.get(id);
  }
  byJoinWebUrl(url) {
    return this.#byJoinWebUrl.get(toUrlKey(url));
  }
  byJoinMeetingId(joinMeetingId) {
    return this.#byJoinMeetingId.get(joinMeetingId);
  }
  /** The newest under this key, also when it is dead. */
  byExternalId(organizerId, externalId) {
    return this.#byExternalId.get(toExternalKey(organizerId, externalId));
  }
  /** How many the organizer has made in the calendar month of this time, deleted ones included. */
  countInMonth(organizerId, time3) {
    return this.#createdInMonth.get(toMonthKey(organizerId, time3)) ?? 0;
  }
  /** Only createOrGet still knows a deleted meeting. */
  delete(stored) {
    const { meeting } = stored;
    stored.isDeleted = true;
    this.#byId.delete(meeting.id);
    this.#byJoinWebUrl.delete(toUrlKey(meeting.joinWebUrl));
    this.#byJoinMeetingId.delete(meeting.joinMeetingIdSettings.joinMeetingId);
  }
  /** All but the deleted ones. */
  list() {
    return [...this.#byId.values()];
  }
  /** With the deleted ones that createOrGet still knows. */
  all() {
    return [.../* @__PURE__ */ new Set([...this.#byId.values(), ...this.#byExternalId.values()])];
  }
  clear() {
    this.#byId.clear();
    this.#byJoinWebUrl.clear();
    this.#byJoinMeetingId.clear();
    this.#byExternalId.clear();
    this.#createdInMonth.clear();
  }
};
function toUrlKey(url) {
  try {
    const decoded = decodeURIComponent(url);
    return decoded === url ? url : toUrlKey(decoded);
  } catch {
    return url;
  }
}
function toExternalKey(organizerId, externalId) {
  return `${organizerId} ${externalId}`;
}
function toMonthKey(organizerId, time3) {
  return `${organizerId} ${time3.slice(0, 7)}`;
}

// local/graph-simulator/tenant/licences.ts
var teams = {
  servicePlanId: "57ff2da0-773e-42df-b2af-ffb7a2317929",
  servicePlanName: "TEAMS1"
};
var skus = {
  SPE_E3: { skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", plans: [teams] },
  EXCHANGESTANDARD: {
    skuId: "4b9405b0-7788-4568-add1-99614e613b69",
    plans: [
      {
        servicePlanId: "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
        servicePlanName: "EXCHANGE_S_STANDARD"
      }
    ]
  }
};
var unknownSku = { skuId: "00000000-0000-0000-0000-000000000000", plans: [] };
function includesTeams(skuPartNumbers) {
  return skuPartNumbers.some((name) => (skus[name] ?? unknownSku).plans.includes(teams));
}
function toLicenseDetails(skuPartNumber) {
  const { skuId, plans } = skus[skuPartNumber] ?? unknownSku;
  return {
    id: Buffer.from(skuId).toString("base64url"),
    skuId,
    skuPartNumber,
    servicePlans: plans.map((plan) => ({
      ...plan,
      provisioningStatus: "Success",
      appliesTo: "User"
    }))
  };
}

// local/graph-simulator/tenant/organizer.ts
var guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
var write = "OnlineMeetings.ReadWrite.All";
function requireOrganizer(call, service, access) {
  const { caller, parameters } = call;
  const userId = parameters[0] ?? "";
  if (!guid.test(userId)) throw notGuid(service);
  const reads = access === "read" && caller.permissions.has("OnlineMeetings.Read.All");
  if (!reads && !caller.permissions.has(write)) throw forbidden();
  const user3 = service.tenant.userById(userId);
  if (user3 === void 0) throw new GraphError(404, "UnknownError");
  if (user3.userType === "Guest") throw forbidden();
  if (!service.tenant.hasAccessPolicy(caller.clientId, user3)) {
    throw forbidden(
      `No application access policy found for this app ${caller.clientId} on the user.`
    );
  }
  if (!includesTeams(user3.licences)) throw forbidden("9024: TeamsMeetingProcessorException");
  return user3;
}
function forbidden(message = "") {
  return new GraphError(403, "Forbidden", message);
}
function notGuid({ tenant }) {
  return tenant.state.switches.nonGuidUserId === "notFound" ? new GraphError(404, "UnknownError") : new GraphError(400, "BadRequest", "The userId in request URL is not a GUID.");
}

// local/graph-simulator/meetings/create-meeting.ts
function createMeeting(call, service) {
  const organizer = requireOrganizer(call, service, "write");
  const body = readBody(call.request, createBody);
  refuseUnsupported(body);
  const { requireSubjectAndEnd, passcodeByDefault } = service.tenant.state.switches;
  if (requireSubjectAndEnd && (!body.subject || !body.endDateTime)) throw badRequest();
  const isPasscodeRequired = body.joinMeetingIdSettings?.isPasscodeRequired ?? passcodeByDefault;
  const stored = addMeeting({ call, service, organizer, body, isPasscodeRequired });
  return toAnswer(201, stored, call);
}
function createOrGetMeeting(call, service) {
  const organizer = requireOrganizer(call, service, "write");
  const body = readBody(call.request, createOrGetBody);
  const found = service.meetings.byExternalId(organizer.id, body.externalId);
  if (found !== void 0 && isFound(found, service)) {
    found.creationRequests.push(call.entry);
    return toAnswer(200, found, call);
  }
  return toAnswer(
    201,
    addMeeting({ call, service, organizer, body, isPasscodeRequired: false }),
    call
  );
}
function isFound(stored, { tenant, now }) {
  return tenant.state.switches.createOrGetAfterEnd === "findsDead" || !isDead(stored, now());
}
function addMeeting({
  call,
  service,
  organizer,
  body,
  isPasscodeRequired
}) {
  const { tenant, meetings, random } = service;
  const now = service.now();
  enforceMonthlyLimit(organizer, service, now);
  const start = toTicks(now, random());
  const meeting = makeMeeting({
    organizer,
    tenant,
    body,
    isPasscodeRequired,
    random,
    times: resolveTimes(body, start),
    externalId: body.externalId ?? null,
    created: toTicks(now, random())
  });
  const stored = {
    organizerId: organizer.id,
    meeting,
    creationRequests: [call.entry],
    changes: 0,
    isDeleted: false
  };
  meetings.add(stored);
  call.entry.committed = true;
  return stored;
}
function toAnswer(status2, { meeting, organizerId }, call) {
  const context = { "@odata.context": meetingContext(organizerId) };
  return { status: status2, body: { ...context, ...toMeetingBody(meeting, call.request) } };
}
function refuseUnsupported({ externalId, chatInfo, isBroadcast }) {
  if (isBroadcast === true) throw genericError(405);
  if (typeof externalId === "string" || typeof chatInfo?.threadId === "string") throw badRequest();
}
function resolveTimes({ startDateTime, endDateTime }, now) {
  const start = readTime(startDateTime);
  const end = readTime(endDateTime);
  if (start === void 0 && end !== void 0) throw badRequest();
  const times = { start: start ?? now, end: end ?? (start ?? now) + ticksPerHour };
  if (times.end < times.start) throw badRequest();
  return times;
}
function readTime(text) {
  return typeof text === "string" ? parseTime(text) : void 0;
}
function enforceMonthlyLimit({ id }, { tenant, meetings }, now) {
  const limit = tenant.state.switches.monthlyMeetingLimit;
  if (limit === null || meetings.countInMonth(id, now.toISOString()) < limit) return;
  const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
  throw new ThrottledError((nextMonth - now.getTime()) / 1e3);
}

// local/graph-simulator/meetings/stored-meetings.ts
function getMeeting(call, service) {
  return toAnswer2(requireMeeting(call, service, "read"), call);
}
function findMeetings(call, service) {
  const organizer = requireOrganizer(call, service, "read");
  const [comparison2, ...others] = parseFilter(call.request.query.get("$filter") ?? "");
  if (comparison2 === void 0 || others.length > 0) throw badRequest();
  const found = findBy(comparison2, service);
  const context = meetingContext(organizer.id).replace("/$entity", "");
  if (found?.organizerId !== organizer.id || !isKnown(found, service) || !isIndexed(found, service)) {
    if (service.tenant.state.switches.notFoundByLink === "notFound") throw meetingNotFound();
    return { status: 200, body: { "@odata.context": context, value: [] } };
  }
  const value = [toMeetingBody(found.meeting, call.request)];
  return { status: 200, body: { "@odata.context": context, value } };
}
function findBy({ property, value }, { meetings }) {
  switch (property.toLowerCase()) {
    case "joinweburl":
      return meetings.byJoinWebUrl(value);
    case "joinmeetingidsettings/joinmeetingid":
      return meetings.byJoinMeetingId(value);
    default:
      throw badRequest();
  }
}
function updateMeeting(call, service) {
  const stored = requireMeeting(call, service, "write");
  const body = readObject(call.request);
  const names = Object.keys(body);
  if (names.includes("meetingType"))
    throw invalidArgument("Updating meeting type is not supported.");
  if (!names.every(isUpdatable) || namesOrganizer(body)) throw notUpdatable();
  const change = readBody(call.request, updateBody);
  if (isSet(change.startDateTime) !== isSet(change.endDateTime)) throw badRequest();
  if (removesAnonymity(change, stored)) throw notUpdatable();
  changeMeeting(stored, change, service);
  call.entry.committed = true;
  return toAnswer2(stored, call);
}
function deleteMeeting(call, service) {
  service.meetings.delete(requireMeeting(call, service, "write"));
  call.entry.committed = true;
  return { status: 204 };
}
function changeMeeting(stored, change, { tenant, now }) {
  const { subject, participants } = change;
  const moment = toTicks(now(), 0);
  const times = resolveTimes(isSet(change.startDateTime) ? change : stored.meeting, moment);
  const attendees = participants?.attendees;
  stored.meeting = {
    ...withSettings(stored.meeting, change),
    ...subject === void 0 ? {} : { subject },
    ...toTimes(times),
    expiryDateTime: change.expiryDateTime ?? toExpiry(times.end, moment),
    participants: {
      ...stored.meeting.participants,
      ...isSet(attendees) ? { attendees: toAttendees2(attendees, tenant) } : {}
    }
  };
  stored.changes += 1;
}
function namesOrganizer(body) {
  const participants = new Map(Object.entries(body)).get("participants");
  return typeof participants === "object" && participants !== null && "organizer" in participants;
}
function removesAnonymity({ anonymizeIdentityForRoles: asked }, stored) {
  const hidden = stored.meeting.anonymizeIdentityForRoles ?? [];
  return isSet(asked) && hidden.some((role3) => !asked.some((each) => each === role3));
}
function requireMeeting(call, service, access) {
  const organizer = requireOrganizer(call, service, access);
  const id = call.parameters[1] ?? "";
  if (!/^1\*.+\*0\*\*19:/.test(Buffer.from(id, "base64").toString("latin1"))) {
    throw invalidArgument("Invalid meeting id");
  }
  const stored = service.meetings.byId(id);
  if (stored === void 0 || !isKnown(stored, service)) throw meetingNotFound();
  if (stored.organizerId !== organizer.id) {
    throw new GraphError(403, "Forbidden", "3003: User does not have access to lookup meeting");
  }
  return stored;
}
function isIndexed({ meeting }, { tenant, now }) {
  const made = Date.parse(meeting.creationDateTime);
  return now().getTime() >= made + tenant.state.switches.foundByLinkAfterMs;
}
function isKnown(stored, { tenant, now }) {
  const made = Date.parse(stored.meeting.creationDateTime);
  const isSettled = now().getTime() >= made + tenant.state.switches.meetingKnownAfterMs;
  return isSettled && !isDead(stored, now());
}
function toAnswer2({ meeting, organizerId }, { request }) {
  const context = { "@odata.context": meetingContext(organizerId) };
  return { status: 200, body: { ...context, ...toMeetingBody(meeting, request) } };
}
function isSet(value) {
  return value !== null && value !== void 0;
}
function meetingNotFound() {
  return new GraphError(404, "NotFound", "3004: Specified meeting is not found");
}
function notUpdatable() {
  return invalidArgument(
    "One or more properties do not support updating. Please refer to Microsoft Graph documentation for more information."
  );
}
function invalidArgument(message) {
  return new GraphError(400, "InvalidArgument", message);
}

// local/graph-simulator/calendar/mailbox.ts
var role2 = "Calendars.ReadWrite";
function requireMailbox(call, { tenant }) {
  const user3 = tenant.findUser(call.parameters[0] ?? "");
  if (user3 === void 0) throw new GraphError(404, "ErrorInvalidUser", "The user was not found.");
  const mayUse = call.caller.permissions.has(role2) || isInScope(call.caller.clientId, user3, tenant);
  if (!mayUse) {
    throw new GraphError(
      403,
      "ErrorAccessDenied",
      "Access is denied. Check credentials and try again."
    );
  }
  if (user3.mailbox === null) {
    throw new GraphError(
      404,
      "MailboxNotEnabledForRESTAPI",
      "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
    );
  }
  return user3;
}
function isInScope(clientId, { id }, { state }) {
  return state.calendarAssignments.some(
    (assignment) => assignment.clientId === clientId && state.groups.find((group) => group.id === assignment.groupId)?.members.includes(id) === true
  );
}
var allowsTeams = ({ mailbox, licences: licences2 }) => mailbox?.allowsTeams === true && includesTeams(licences2);
function itemNotFound() {
  return new GraphError(
    404,
    "ErrorItemNotFound",
    "The specified object was not found in the store."
  );
}

// local/graph-simulator/calendar/mails.ts
function sendMails(stored, letter, { events, now }) {
  const { event, meeting, organizer } = stored;
  for (const to of letter.to)
    events.mails.push({
      kind: letter.kind,
      to,
      from: organizer.mail ?? organizer.userPrincipalName,
      subject: event.subject,
      eventId: event.id,
      sentDateTime: now().toISOString(),
      comment: letter.comment ?? null,
      lobby: meeting?.meeting.lobbyBypassSettings.scope ?? null,
      joinUrl: meeting?.meeting.joinWebUrl ?? null
    });
}
function sendMailsAfterChange(stored, before, service) {
  const [old, now] = [addressesOf(before), addressesOf(stored.event)];
  const added = now.filter((address) => !old.includes(address));
  const removed = old.filter((address) => !now.includes(address));
  const kept = now.filter((address) => old.includes(address));
  sendMails(stored, { kind: "invitation", to: added }, service);
  sendMails(stored, { kind: "cancellation", to: removed }, service);
  if (mattersToAll(before, stored.event)) sendMails(stored, { kind: "update", to: kept }, service);
}
var addressesOf = ({ attendees }) => attendees.map(({ emailAddress }) => emailAddress.address.toLowerCase());
var mattersToAll = (before, after) => ["subject", "start", "end", "location", "body"].some(
  (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])
);

// local/graph-simulator/calendar/stored-events.ts
function getEvent(call, service) {
  const body = toEventBody(requireEvent(call, service), service);
  return { status: 200, body: selectProperties(body, call.request.query) };
}
var byExtendedProperty = /^singleValueExtendedProperties\/Any\(ep: ?ep\/id eq '((?:[^']|'')*)' and ep\/value eq '((?:[^']|'')*)'\)$/i;
function listEvents(call, service) {
  const organizer = requireMailbox(call, service);
  const { query } = call.request;
  const [matched, id, value] = byExtendedProperty.exec(query.get("$filter") ?? "") ?? [];
  if (matched === void 0) throw badRequest("Unsupported or invalid query filter clause.");
  const found = service.events.list().filter((stored) => stored.organizer.id === organizer.id).filter(
    ({ extendedProperties }) => extendedProperties.some((property) => property.id === id && property.value === value)
  );
  return {
    status: 200,
    body: {
      value: found.map((stored) => selectProperties(toEventBody(stored, service), query))
    }
  };
}
function updateEvent(call, service) {
  const stored = requireEvent(call, service);
  changeEvent(stored, readBody(call.request, eventChangeBody), service);
  call.entry.committed = true;
  return { status: 200, body: toEventBody(stored, service) };
}
function changeEvent(stored, change, service) {
  const before = stored.event;
  stored.event = withChange(before, change);
  stored.changes += 1;
  const losesBlock = change.body !== void 0 && !change.body.content.includes(blockStart);
  if (losesBlock || change.isOnlineMeeting === false) stored.meeting = void 0;
  if (stored.meeting !== void 0) {
    const { subject, start, end } = stored.event;
    changeMeeting(
      stored.meeting,
      { subject, startDateTime: `${start.dateTime}Z`, endDateTime: `${end.dateTime}Z` },
      service
    );
  }
  sendMailsAfterChange(stored, before, service);
}
function cancelEvent(call, service) {
  const stored = requireEvent(call, service);
  const { comment } = readBody(call.request, cancelBody);
  removeEvent(stored, service, comment);
  call.entry.committed = true;
  return { status: 202 };
}
function deleteEvent(call, service) {
  removeEvent(requireEvent(call, service), service);
  call.entry.committed = true;
  return { status: 204 };
}
function removeEvent(stored, service, comment) {
  stored.isDeleted = true;
  if (stored.meeting !== void 0) service.meetings.delete(stored.meeting);
  const to = addressesOf(stored.event);
  sendMails(
    stored,
    { kind: "cancellation", to, ...comment !== void 0 && { comment } },
    service
  );
}
function getCalendar(call, service) {
  const { mailbox } = requireMailbox(call, service);
  const allowed = mailbox?.allowsTeams === true;
  const body = {
    id: "AAMkCalendar=",
    name: "Calendar",
    isDefaultCalendar: true,
    canEdit: true,
    allowedOnlineMeetingProviders: allowed ? ["teamsForBusiness"] : [],
    defaultOnlineMeetingProvider: allowed ? "teamsForBusiness" : "unknown"
  };
  return { status: 200, body: selectProperties(body, call.request.query) };
}
function requireEvent(call, service) {
  const organizer = requireMailbox(call, service);
  const id = call.parameters[1] ?? "";
  if (!/^AAMk[\w+/-]+=*$/.test(id)) {
    throw new GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.");
  }
  const stored = service.events.byId(id);
  if (stored === void 0 || stored.isDeleted || stored.organizer.id !== organizer.id)
    throw itemNotFound();
  return stored;
}

// local/graph-simulator/calendar/control.ts
function listEvents2(service) {
  return service.events.list().map((stored) => describeEvent(stored, service));
}
function changeInOutlook(id, json, service) {
  const stored = requireEvent2(id, service);
  changeEvent(stored, eventChangeBody.parse(json), service);
  return describeEvent(stored, service);
}
function deleteInOutlook(id, service) {
  removeEvent(requireEvent2(id, service), service);
  return {};
}
function describeEvent(stored, service) {
  const { organizer, meeting, changes: changes2, creationRequests } = stored;
  return {
    ...toEventBody(stored, service),
    organizerId: organizer.id,
    meetingId: meeting?.meeting.id ?? null,
    lobby: meeting?.meeting.lobbyBypassSettings.scope ?? null,
    changes: changes2,
    creationRequests
  };
}
function requireEvent2(id, { events }) {
  const stored = events.byId(id);
  if (stored === void 0 || stored.isDeleted)
    throw new Error(`There is no event ${JSON.stringify(id)}.`);
  return stored;
}

// local/graph-simulator/control.ts
function control(command, simulator) {
  try {
    return [200, execute(command, simulator)];
  } catch (error) {
    if (error instanceof UnknownCommand) return [404, { error: { message: error.message } }];
    const message = error instanceof import_zod3.z.ZodError ? import_zod3.z.prettifyError(error) : String(error);
    return [400, { error: { message } }];
  }
}
var UnknownCommand = class extends Error {
};
function execute(command, simulator) {
  const { method, url, json } = command;
  const [, , area = "", ...place] = url.pathname.split("/").map(decodeURIComponent);
  const [kind = "", key2 = ""] = area === "meetings" || area === "events" ? ["", ...place] : place;
  switch (`${method} ${area}${kind === "" ? "" : `/${kind}`}`) {
    case "GET tenant":
      return simulator.tenant.state;
    case "PUT tenant":
      simulator.tenant.update(requireObject(json));
      return simulator.tenant.state;
    case "PUT tenant/users":
      simulator.tenant.updateUser(key2, requireObject(json));
      return simulator.tenant.findUser(key2) ?? simulator.tenant.state;
    case "PUT tenant/identities":
      simulator.tenant.updateIdentity(key2, requireObject(json));
      return simulator.tenant.state;
    case "GET meetings":
      return listMeetings(simulator, url.searchParams);
    case "PATCH meetings":
      return changeInTeams(requireMeeting2(key2, simulator), json, simulator);
    case "DELETE meetings":
      simulator.meetings.delete(requireMeeting2(key2, simulator));
      return {};
    case "GET events":
      return listEvents2(simulator);
    case "PATCH events":
      return changeInOutlook(key2, json, simulator);
    case "DELETE events":
      return deleteInOutlook(key2, simulator);
    case "GET mails":
      return simulator.events.mails;
    case "GET mailboxes":
      return { maxUnderWay: simulator.mailboxes.maxUnderWay, refused: simulator.mailboxes.refused };
    case "GET requests":
      return simulator.log.list();
    case "GET faults":
      return simulator.faultReport();
    case "PUT faults":
      simulator.setFaults(json);
      return simulator.faultReport();
    case "POST reset":
      simulator.reset();
      return {};
    default:
      throw new UnknownCommand(`There is no ${method} ${url.pathname}.`);
  }
}
function changeInTeams(stored, json, simulator) {
  changeMeeting(stored, teamsChange.parse(json), simulator);
  return describeMeeting(stored, simulator);
}
function listMeetings(simulator, query) {
  return simulator.meetings.list().filter((stored) => !isDead(stored, simulator.now())).map((stored) => selectProperties(describeMeeting(stored, simulator), query));
}
function describeMeeting(stored, { tenant }) {
  const { meeting, organizerId, creationRequests, changes: changes2 } = stored;
  const organizer = tenant.userById(organizerId)?.userPrincipalName ?? null;
  return { ...meeting, organizerId, organizer, changes: changes2, creationRequests };
}
function requireMeeting2(id, { meetings, now }) {
  const found = meetings.byId(id);
  if (found === void 0 || isDead(found, now()))
    throw new UnknownCommand(`There is no meeting ${JSON.stringify(id)}.`);
  return found;
}
function requireObject(json) {
  if (typeof json === "object" && json !== null) return json;
  throw new Error("The body must be a JSON object.");
}

// local/graph-simulator/faults/delivery.ts
var import_node_events3 = require("node:events");
var import_promises7 = require("node:timers/promises");
var diagnostic = JSON.stringify({
  ServerInfo: {
    DataCenter: "Simulator",
    Slice: "E",
    Ring: "5",
    ScaleUnit: "000",
    RoleInstance: "SIM00000000"
  }
});
function send(answer2, exchange) {
  const { response, entry } = exchange;
  const content = toContent(answer2, exchange);
  writeHead(answer2, content, exchange);
  entry.status = answer2.status;
  response.end(content);
}
async function sendBroken(fault2, answer2, exchange) {
  switch (fault2.kind) {
    case "drop":
      exchange.response.destroy();
      return void 0;
    case "truncate":
      return truncate(answer2 ?? noAnswer, exchange);
    case "hang":
      return hang(fault2.ms, exchange);
  }
}
var noAnswer = { status: 200, body: { "@odata.context": "" } };
function toFaultAnswer(fault2, now) {
  const { status: status2, body, text, retryAfterSeconds, retryAfterDate } = fault2;
  const headers = {};
  if (retryAfterSeconds !== void 0) headers["retry-after"] = String(retryAfterSeconds);
  if (retryAfterDate !== void 0) {
    headers["retry-after"] = new Date(now.getTime() + retryAfterDate * 1e3).toUTCString();
  }
  if (text !== void 0) return { status: status2, headers, text };
  const isGiven = typeof body === "object" && body !== null;
  return { status: status2, headers, ...isGiven ? { body } : { error: genericError(status2) } };
}
function withoutSome(answer2, { properties: properties2 = [], allBut }) {
  const isKept = (name) => allBut === void 0 ? !properties2.includes(name) : allBut.includes(name);
  const entries = Object.entries(answer2.body ?? {}).filter(([name]) => isKept(name));
  return answer2.error === void 0 ? { ...answer2, body: Object.fromEntries(entries) } : answer2;
}
function truncate(answer2, exchange) {
  const { response, entry } = exchange;
  const content = toContent(answer2, exchange);
  writeHead(answer2, content, exchange);
  entry.status = answer2.status;
  response.write(content.subarray(0, content.length / 2), () => response.destroy());
}
async function hang(ms, { response, signal }) {
  const closed = (0, import_node_events3.once)(response, "close");
  const limit = new AbortController();
  const waits = [closed];
  if (ms !== void 0) {
    waits.push((0, import_promises7.setTimeout)(ms, void 0, { signal: AbortSignal.any([signal, limit.signal]) }));
  }
  await Promise.race(waits).catch(() => void 0);
  limit.abort();
  response.destroy();
}
function toContent({ body, text, error }, { entry, now }) {
  if (text !== void 0) return Buffer.from(text);
  const value = error === void 0 ? body : toErrorBody(error, { now, ...entry });
  return Buffer.from(value === void 0 ? "" : JSON.stringify(value));
}
function writeHead(answer2, content, { response, entry, now }) {
  response.writeHead(answer2.status, {
    date: now.toUTCString(),
    "strict-transport-security": "max-age=31536000",
    "request-id": entry.requestId,
    "client-request-id": entry.clientRequestId,
    "x-ms-ags-diagnostic": diagnostic,
    ...content.length > 0 ? { "content-type": "application/json" } : {},
    ...answer2.status === 204 ? {} : { "content-length": content.length },
    ...answer2.headers
  });
}

// local/graph-simulator/faults/fault-plan.ts
var import_zod4 = require("zod");
var when = import_zod4.z.enum(["before", "after"]).default("before");
var duration = import_zod4.z.union([
  import_zod4.z.number().min(0),
  import_zod4.z.strictObject({ median: import_zod4.z.number().positive(), p95: import_zod4.z.number().positive() })
]);
var fault = import_zod4.z.discriminatedUnion("kind", [
  import_zod4.z.strictObject({
    kind: import_zod4.z.literal("status"),
    /** May be a success, for answers that report one and hold no meeting. */
    status: import_zod4.z.int().min(200).max(599),
    retryAfterSeconds: import_zod4.z.number().min(0).optional(),
    /** Retry-After as a date, this many seconds from now. */
    retryAfterDate: import_zod4.z.number().min(0).optional(),
    /** Instead of the usual error body. */
    body: import_zod4.z.unknown().optional(),
    /** Sent as it is, instead of JSON. */
    text: import_zod4.z.string().optional(),
    when
  }),
  /** A success whose answer leaves out these properties, or all others. */
  import_zod4.z.strictObject({
    kind: import_zod4.z.literal("omit"),
    properties: import_zod4.z.array(import_zod4.z.string()).optional(),
    allBut: import_zod4.z.array(import_zod4.z.string()).optional(),
    when: import_zod4.z.literal("after").default("after")
  }),
  /** The connection breaks without an answer. */
  import_zod4.z.strictObject({ kind: import_zod4.z.literal("drop"), when }),
  /** The connection breaks in the middle of the answer. */
  import_zod4.z.strictObject({ kind: import_zod4.z.literal("truncate"), when }),
  /** No answer; the connection breaks after `ms`, or stays open. */
  import_zod4.z.strictObject({ kind: import_zod4.z.literal("hang"), ms: import_zod4.z.number().min(0).optional(), when }),
  /** The answer comes late; with a median and a 95th percentile the delay is log-normal. */
  import_zod4.z.strictObject({ kind: import_zod4.z.literal("latency"), ms: duration, when })
]);
var rule = import_zod4.z.strictObject({
  match: import_zod4.z.strictObject({
    method: import_zod4.z.string().optional(),
    /** A regular expression, looked for anywhere in the path without the query. */
    path: import_zod4.z.string().refine(isPattern, { error: "is not a regular expression" }).optional(),
    bodyIncludes: import_zod4.z.string().optional(),
    externalId: import_zod4.z.string().optional(),
    subject: import_zod4.z.string().optional()
  }).prefault({}),
  probability: import_zod4.z.number().min(0).max(1).default(1),
  /** How often it happens at most. */
  count: import_zod4.z.int().min(0).optional(),
  /** How many matching requests go by first. */
  after: import_zod4.z.int().min(0).default(0),
  seed: import_zod4.z.int().optional(),
  fault
});
var faultPlan = import_zod4.z.strictObject({
  seed: import_zod4.z.int().default(1),
  rules: import_zod4.z.array(rule).default([]),
  /**
   * Throttles calls that come before the time that a Retry-After named:
   * the same request, any for the same organizer, or the whole app.
   */
  enforceRetryAfter: import_zod4.z.enum(["off", "request", "organizer", "app"]).default("off")
});
function isPattern(text) {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

// local/graph-simulator/faults/faults.ts
var Faults = class {
  #plan;
  #states;
  /** Throws on a plan that is not one. */
  constructor(plan = {}) {
    this.#plan = faultPlan.parse(plan);
    this.#states = this.#plan.rules.map((rule2) => ({
      rule: rule2,
      pattern: rule2.match.path === void 0 ? void 0 : new RegExp(rule2.match.path),
      attempts: /* @__PURE__ */ new Map(),
      matched: 0,
      fired: 0
    }));
  }
  get plan() {
    return this.#plan;
  }
  /** The rules and how often each matched and fired. */
  report() {
    return this.#states.map(({ rule: rule2, matched, fired }) => ({ ...rule2, matched, fired }));
  }
  draw(target) {
    let fault2;
    const delays = { before: 0, after: 0 };
    for (const [index, state] of this.#states.entries()) {
      const isDecided = fault2 !== void 0 && state.rule.fault.kind !== "latency";
      if (isDecided || !isMatch(state, target)) continue;
      const random = this.#randomFor(state, index, target.key);
      if (!fires(state, random)) continue;
      if (state.rule.fault.kind === "latency") addDelay(delays, state.rule.fault, random);
      else fault2 = state.rule.fault;
    }
    return { fault: fault2, delayBefore: delays.before, delayAfter: delays.after };
  }
  #randomFor({ rule: rule2, attempts }, index, key2) {
    const attempt = (attempts.get(key2) ?? 0) + 1;
    attempts.set(key2, attempt);
    let drawn = 0;
    return () => {
      drawn += 1;
      return hashToFraction(`${rule2.seed ?? this.#plan.seed}|${index}|${key2}|${attempt}|${drawn}`);
    };
  }
};
function isMatch({ rule: { match }, pattern }, target) {
  return (match.method === void 0 || match.method.toUpperCase() === target.method) && (pattern === void 0 || pattern.test(target.path)) && (match.bodyIncludes === void 0 || target.text.includes(match.bodyIncludes)) && (match.externalId === void 0 || match.externalId === target.externalId) && (match.subject === void 0 || match.subject === target.subject);
}
function fires(state, random) {
  const { after, count = Infinity, probability } = state.rule;
  state.matched += 1;
  if (state.matched <= after || state.fired >= count || random() >= probability) return false;
  state.fired += 1;
  return true;
}
function addDelay(delays, { when: when2, ms }, random) {
  delays[when2] += drawDuration(ms, random);
}
var z95 = 1.645;
function drawDuration(duration2, random) {
  if (typeof duration2 === "number") return duration2;
  const { median, p95 } = duration2;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return median * Math.exp(Math.log(p95 / median) / z95 * normal);
}

// local/graph-simulator/faults/fault-target.ts
var oneMeeting = /(\/onlineMeetings)\/([^/]+)$/i;
var oneEvent = /(\/events)\/([^/]+)/i;
function toFaultTarget(request, stores) {
  const { method, path, text, json } = request;
  const known = findKnown(path, stores);
  const externalId = known?.externalId ?? readString(json, "externalId");
  const subject = known?.subject ?? readString(json, "subject");
  const key2 = `${method} ${known?.place ?? path} ${externalId ?? subject ?? ""}`;
  return { method, path, text, externalId, subject, key: key2 };
}
function findKnown(path, { meetings, events }) {
  const meeting = meetings.byId(oneMeeting.exec(path)?.[2] ?? "")?.meeting;
  if (meeting !== void 0) return { ...meeting, place: path.replace(oneMeeting, "$1/*") };
  const event = events.byId(decode(oneEvent.exec(path)?.[2] ?? ""))?.event;
  if (event === void 0) return void 0;
  return { externalId: null, subject: event.subject, place: path.replace(oneEvent, "$1/*") };
}
function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
function readString(json, name) {
  if (typeof json !== "object" || json === null) return null;
  const value = new Map(Object.entries(json)).get(name);
  return typeof value === "string" ? value : null;
}

// local/graph-simulator/request-log.ts
var RequestLog = class {
  #capacity;
  #entries = [];
  #oldest = 0;
  constructor(capacity) {
    this.#capacity = capacity;
  }
  add(entry) {
    if (this.#entries.length < this.#capacity) {
      this.#entries.push(entry);
      return;
    }
    this.#entries[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
  }
  list() {
    return [...this.#entries.slice(this.#oldest), ...this.#entries.slice(0, this.#oldest)];
  }
  clear() {
    this.#entries = [];
    this.#oldest = 0;
  }
};

// local/graph-simulator/calendar/create-event.ts
function createEvent(call, service) {
  const organizer = requireMailbox(call, service);
  const body = readBody(call.request, newEventBody);
  if (toTicks2(body.end) < toTicks2(body.start))
    throw badRequest("The start time of the event should occur before its end time.");
  const known = findKnown2(organizer.id, body, service);
  if (known !== void 0) return duplicate(known, service);
  const meeting = body.isOnlineMeeting === true && allowsTeams(organizer) ? addMeeting({ call, service, organizer, body: toMeeting(body), isPasscodeRequired: true }) : void 0;
  const stored = {
    organizer,
    event: makeEvent({ organizer, body, meeting }, service),
    meeting,
    transactionId: body.transactionId ?? null,
    extendedProperties: body.singleValueExtendedProperties ?? [],
    creationRequests: [call.entry],
    changes: 0,
    isDeleted: false
  };
  service.events.add(stored);
  call.entry.committed = true;
  sendMails(stored, { kind: "invitation", to: addressesOf(stored.event) }, service);
  return { status: 201, body: toEventBody(stored, service) };
}
function findKnown2(organizerId, { transactionId }, { events, tenant }) {
  if (typeof transactionId !== "string" || !tenant.state.switches.transactionIdsKept)
    return void 0;
  return events.byTransaction(organizerId, transactionId);
}
var toTicks2 = ({ dateTime: dateTime2 }) => parseTime(dateTime2) ?? 0n;
var toMeeting = ({ subject, start, end }) => ({
  subject,
  startDateTime: `${start.dateTime.replace(/Z$/i, "")}Z`,
  endDateTime: `${end.dateTime.replace(/Z$/i, "")}Z`
});
function duplicate(known, service) {
  const form = service.tenant.state.switches.duplicateTransaction;
  if (form === "sameEvent" && !known.isDeleted)
    return { status: 201, body: toEventBody(known, service) };
  const status2 = form.startsWith("conflict") ? 409 : 400;
  const named = form.endsWith("WithId") || form === "sameEvent";
  throw new DuplicateTransactionError(status2, named ? known.event.id : void 0);
}
var DuplicateTransactionError = class extends GraphError {
  more;
  constructor(status2, existingEventId) {
    super(
      status2,
      "ErrorDuplicateTransactionId",
      "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event."
    );
    this.more = existingEventId === void 0 ? {} : { "@event.existingEventId": existingEventId };
  }
};

// local/graph-simulator/tenant/app-roles.ts
var graphServicePrincipalId = "7ea9e944-71ce-443d-811c-71e8047b557a";
var graphAppId = "00000003-0000-0000-c000-000000000000";
var appRoleIds = {
  "OnlineMeetings.ReadWrite.All": "b8bb2037-6e08-44ac-a4ea-4674e010e2a4",
  "OnlineMeetings.Read.All": "c1684f21-1984-47fa-9d61-2dc8c296bb70",
  "User.Read.All": "df021288-bdef-4463-88db-98f22de89214",
  "User.ReadBasic.All": "97235f07-e226-4f63-ace3-39588e11d3a1",
  "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "Organization.Read.All": "498476ce-e0fe-48b0-b801-37ba7e2685c6",
  "Application.Read.All": "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30",
  "AppRoleAssignment.ReadWrite.All": "06b708a9-e830-4db3-a914-8e69da51d44f"
};

// local/graph-simulator/tenant/authentication.ts
var audiences = [
  "https://graph.microsoft.com",
  "https://graph.microsoft.com/",
  graphAppId
];
function authenticate(authorization, tenant, now) {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  if (token === void 0) throw unauthenticated("Access token is empty.");
  const claims = readClaims(token);
  if (claims === void 0) throw unauthenticated();
  if (!audiences.includes(claims.aud)) {
    throw unauthenticated("Access token validation failure. Invalid audience.");
  }
  if (claims.tid !== tenant.state.id) throw unauthenticated();
  if (Number(claims.exp) * 1e3 <= now.getTime()) {
    throw unauthenticated("Lifetime validation failed, the token is expired.");
  }
  return { clientId: String(claims.appid ?? claims.azp), permissions: readPermissions(claims) };
}
function unauthenticated(message = "Access token validation failure.") {
  return new GraphError(401, "InvalidAuthenticationToken", message);
}
function readClaims(token) {
  const parts = token.split(".");
  const payload = parseJson(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
  return parts.length === 3 && typeof payload === "object" && payload !== null ? payload : void 0;
}
function readPermissions({ roles: roles2, scp }) {
  return /* @__PURE__ */ new Set([
    ...Array.isArray(roles2) ? roles2.map(String) : [],
    ...typeof scp === "string" ? scp.split(" ") : []
  ]);
}

// local/graph-simulator/tenant/directory.ts
function requirePermission(call, anyOf) {
  if (anyOf.some((permission) => call.caller.permissions.has(permission))) return;
  throw new GraphError(
    403,
    "Authorization_RequestDenied",
    "Insufficient privileges to complete the operation."
  );
}
function resourceNotFound(id) {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`
  );
}
function toCollection(name, value) {
  const context = `https://graph.microsoft.com/v1.0/$metadata#${name}`;
  return { status: 200, body: { "@odata.context": context, value } };
}
var readUsers = ["User.Read.All", "User.ReadBasic.All", "Directory.Read.All"];
function getUser(call, service) {
  const user3 = toUserBody(requireUser(call, service), call);
  const context = "https://graph.microsoft.com/v1.0/$metadata#users/$entity";
  return { status: 200, body: { "@odata.context": context, ...user3 } };
}
function listUsers(call, { tenant }) {
  requirePermission(call, readUsers);
  const { query } = call.request;
  const filter = query.get("$filter");
  const comparisons = filter === null ? void 0 : parseFilter(filter);
  const found = tenant.state.users.filter((user3) => comparisons === void 0 || matches(user3, comparisons)).slice(0, Number(query.get("$top") ?? 100));
  return toCollection(
    "users",
    found.map((user3) => toUserBody(user3, call))
  );
}
function listLicenseDetails(call, service) {
  const user3 = requireUser(call, service);
  return toCollection(`users('${user3.id}')/licenseDetails`, user3.licences.map(toLicenseDetails));
}
function listOrganization(call, { tenant }) {
  requirePermission(call, ["Organization.Read.All", "Directory.Read.All"]);
  const { id, displayName } = tenant.state;
  return toCollection("organization", [{ id, displayName }]);
}
function requireUser(call, { tenant }) {
  requirePermission(call, readUsers);
  const key2 = call.parameters[0] ?? "";
  const user3 = tenant.findUser(key2);
  const isKey = [user3?.id, user3?.userPrincipalName].some(
    (value) => value?.toLowerCase() === key2.toLowerCase()
  );
  if (user3 === void 0 || !isKey) throw resourceNotFound(key2);
  return user3;
}
function toUserBody(user3, { request }) {
  const { id, userPrincipalName, mail, displayName, userType } = user3;
  const always = { id, userPrincipalName, mail, displayName };
  if (!request.query.has("$select")) return always;
  const hasLicence = user3.licences.length > 0;
  return selectProperties(
    {
      ...always,
      userType,
      accountEnabled: true,
      assignedLicenses: hasLicence ? user3.licences.map(toAssignedLicense) : []
    },
    request.query
  );
}
function toAssignedLicense(skuPartNumber) {
  const { skuId } = toLicenseDetails(skuPartNumber);
  return { skuId, disabledPlans: [] };
}

// local/graph-simulator/tenant/service-principals.ts
var import_zod5 = require("zod");
var write2 = "AppRoleAssignment.ReadWrite.All";
var read = ["Application.Read.All", "Directory.Read.All", write2];
var microsoftGraph = {
  id: graphServicePrincipalId,
  appId: graphAppId,
  displayName: "Microsoft Graph",
  servicePrincipalType: "Application",
  appRoles: Object.entries(appRoleIds).map(([value, id]) => ({
    id,
    value,
    displayName: value,
    isEnabled: true,
    allowedMemberTypes: ["Application"]
  }))
};
function listServicePrincipals(call, service) {
  requirePermission(call, read);
  const { query } = call.request;
  const comparisons = parseFilter(query.get("$filter") ?? "");
  const all = [microsoftGraph, ...service.tenant.state.identities.map(toServicePrincipal)];
  const found = all.filter((principal) => matches(principal, comparisons));
  return toCollection(
    "servicePrincipals",
    found.map((principal) => selectProperties(principal, query))
  );
}
function listAppRoleAssignments(call, service) {
  requirePermission(call, read);
  const identity2 = requireIdentity(call.parameters[0] ?? "", service);
  const assignments = identity2.roles.map((role3) => toAssignment(identity2, role3));
  return toCollection("appRoleAssignments", assignments);
}
var assignmentBody = import_zod5.z.looseObject({
  principalId: import_zod5.z.guid(),
  resourceId: import_zod5.z.guid(),
  appRoleId: import_zod5.z.guid()
});
function createAppRoleAssignment(call, service) {
  requirePermission(call, [write2]);
  const { principalId, resourceId, appRoleId } = readBody(call.request, assignmentBody);
  const role3 = Object.keys(appRoleIds).find((name) => appRoleIds[name] === appRoleId);
  if (resourceId !== graphServicePrincipalId || role3 === void 0) throw requestRefused();
  const identity2 = requireIdentity(principalId, service);
  if (![principalId, resourceId].includes(call.parameters[0] ?? "")) throw requestRefused();
  if (identity2.roles.includes(role3)) throw requestRefused();
  service.tenant.updateIdentity(identity2.clientId, { roles: [...identity2.roles, role3] });
  call.entry.committed = true;
  return { status: 201, body: toAssignment(identity2, role3) };
}
function deleteAppRoleAssignment(call, service) {
  requirePermission(call, [write2]);
  const [principalId = "", assignmentId = ""] = call.parameters;
  const identity2 = requireIdentity(principalId, service);
  const roles2 = identity2.roles.filter((role3) => toAssignment(identity2, role3).id !== assignmentId);
  if (roles2.length === identity2.roles.length) throw resourceNotFound(assignmentId);
  service.tenant.updateIdentity(identity2.clientId, { roles: roles2 });
  call.entry.committed = true;
  return { status: 204 };
}
function toServicePrincipal(identity2) {
  return {
    id: identity2.objectId,
    appId: identity2.clientId,
    displayName: identity2.displayName,
    servicePrincipalType: "ManagedIdentity",
    appRoles: []
  };
}
function toAssignment(identity2, role3) {
  return {
    id: Buffer.from(`${identity2.objectId} ${role3}`).toString("base64url"),
    appRoleId: appRoleIds[role3] ?? null,
    principalId: identity2.objectId,
    principalDisplayName: identity2.displayName,
    principalType: "ServicePrincipal",
    resourceId: graphServicePrincipalId,
    resourceDisplayName: microsoftGraph.displayName
  };
}
function requireIdentity(objectId, { tenant }) {
  const identity2 = tenant.identityByObjectId(objectId);
  if (identity2 === void 0) throw resourceNotFound(objectId);
  return identity2;
}
function requestRefused() {
  return new GraphError(400, "Request_BadRequest", "An error has occurred.");
}

// local/graph-simulator/routes.ts
var refuseMe = () => {
  throw badRequest("/me request is only valid with delegated authentication flow.");
};
var routes = [
  ["users/*/onlineMeetings", { POST: createMeeting, GET: findMeetings }],
  ["users/*/onlineMeetings/createOrGet", { POST: createOrGetMeeting }],
  ["users/*/onlineMeetings/*", { GET: getMeeting, PATCH: updateMeeting, DELETE: deleteMeeting }],
  ["me/onlineMeetings", { POST: refuseMe, GET: refuseMe }],
  ["me/onlineMeetings/createOrGet", { POST: refuseMe }],
  ["me/onlineMeetings/*", { GET: refuseMe, PATCH: refuseMe, DELETE: refuseMe }],
  ["users/*/calendar", { GET: getCalendar }],
  ["users/*/events", { POST: createEvent, GET: listEvents }],
  ["users/*/events/*", { GET: getEvent, PATCH: updateEvent, DELETE: deleteEvent }],
  ["users/*/events/*/cancel", { POST: cancelEvent }],
  ["users", { GET: listUsers }],
  ["users/*", { GET: getUser }],
  ["users/*/licenseDetails", { GET: listLicenseDetails }],
  ["organization", { GET: listOrganization }],
  ["servicePrincipals", { GET: listServicePrincipals }],
  [
    "servicePrincipals/*/appRoleAssignments",
    { GET: listAppRoleAssignments, POST: createAppRoleAssignment }
  ],
  ["servicePrincipals/*/appRoleAssignedTo", { POST: createAppRoleAssignment }],
  ["servicePrincipals/*/appRoleAssignments/*", { DELETE: deleteAppRoleAssignment }]
];
var patterns = routes.map(([path, methods]) => ({
  pattern: new RegExp(`^/v1\\.0/${path.replaceAll("*", "([^/]+)")}/?$`, "i"),
  methods
}));
function answer(request, entry, service) {
  try {
    const authorization = header(request, "authorization");
    const caller = authenticate(authorization, service.tenant, service.now());
    const { handler, parameters } = findRoute(request);
    return handler({ request, caller, parameters, entry }, service);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { status: error.status, headers: error.headers, error };
  }
}
function findRoute({ method, path }) {
  for (const { pattern, methods } of patterns) {
    const found = pattern.exec(path);
    if (found === null) continue;
    const handler = methods[method];
    if (handler === void 0) throw genericError(405);
    return { handler, parameters: found.slice(1).map(decode2) };
  }
  throw badRequest("Resource not found for the segment.");
}
function decode2(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest();
  }
}

// local/graph-simulator/saved-state.ts
var import_node_fs4 = require("node:fs");
var import_node_path5 = require("node:path");
function saveState(file, { tenant, meetings }) {
  const content = {
    tenant: tenant.state,
    meetings: meetings.all().map(({ creationRequests: _, ...stored }) => stored)
  };
  (0, import_node_fs4.mkdirSync)((0, import_node_path5.dirname)(file), { recursive: true });
  (0, import_node_fs4.writeFileSync)(`${file}.new`, JSON.stringify(content));
  (0, import_node_fs4.renameSync)(`${file}.new`, file);
}
function loadState(file, { tenant, meetings }) {
  if (!(0, import_node_fs4.existsSync)(file)) return;
  const content = JSON.parse((0, import_node_fs4.readFileSync)(file, "utf8"));
  tenant.update(content.tenant);
  for (const meeting of content.meetings) {
    const stored = { ...meeting, creationRequests: [] };
    meetings.add(stored);
    if (stored.isDeleted) meetings.delete(stored);
  }
}

// local/graph-simulator/start-page.ts
function startPage(simulator) {
  const { tenant, meetings, log } = simulator;
  const { displayName, users } = tenant.state;
  const organizers3 = new Set(tenant.organizers.map(({ id }) => id));
  const living = meetings.list().filter((stored) => !isDead(stored, simulator.now()));
  return page(
    `Simulated Microsoft Graph: ${displayName}`,
    [
      section("Users", "tenant", {
        heads: ["Name", "Address", "Licences", "May have meetings made"],
        rows: users.map((user3) => [
          user3.displayName,
          user3.userPrincipalName,
          user3.licences.join(", "),
          organizers3.has(user3.id) ? "yes" : "no"
        ])
      }),
      section("Meetings", "meetings", {
        heads: ["Subject", "Start", "Organizer", "Changes", "Link"],
        rows: living.map(({ meeting, organizerId, changes: changes2 }) => [
          meeting.subject ?? "",
          meeting.startDateTime,
          tenant.userById(organizerId)?.userPrincipalName ?? organizerId,
          String(changes2),
          meeting.joinWebUrl
        ])
      }),
      section("Latest calls", "requests", {
        heads: ["Time", "Call", "Status", "Fault"],
        rows: log.list().slice(-maxCalls).toReversed().map(({ at, method, path, status: status2, fault: fault2 }) => [
          at,
          `${method} ${path}`,
          String(status2 ?? "\u2026"),
          fault2 ?? ""
        ])
      }),
      `<h2>Faults</h2><p><a href="/_simulator/faults">As JSON</a></p><pre>${escape(JSON.stringify(simulator.faultReport(), null, 2))}</pre>`
    ].join("\n")
  );
}
var maxCalls = 50;
var section = (title, area, { heads, rows }) => [
  `<h2>${title} (${rows.length})</h2><p><a href="/_simulator/${area}">As JSON</a></p>`,
  `<table><tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr>`,
  ...rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`),
  "</table>"
].join("\n");
var page = (title, body) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font:15px system-ui,sans-serif;margin:2em;color-scheme:light dark}td,th{text-align:left;padding:.2em 1em .2em 0;max-width:30em;overflow-wrap:anywhere}</style>
</head><body><h1>${escape(title)}</h1>
${body}
</body></html>
`;
var escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

// local/graph-simulator/tenant/default-tenant.ts
var roles = ["OnlineMeetings.ReadWrite.All", "User.Read.All"];
var systemAssigned = "5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b01";
var userAssigned = "5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b02";
var administrator = "5a6cfd4e-6a1d-4c2e-9f55-0d1f3c7a1b03";
var accessPolicy = [systemAssigned, userAssigned];
var licences = ["SPE_E3"];
var organizers2 = "dc17674c-81d9-4adb-bfb2-8f6a442e46fe";
var defaultTenant = {
  id: "909c6581-5130-43e9-88f3-fcb3582cde37",
  displayName: "Contoso",
  identities: [
    {
      objectId: "8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c01",
      clientId: systemAssigned,
      displayName: "convoke",
      assignment: "system",
      roles
    },
    {
      objectId: "8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c02",
      clientId: userAssigned,
      displayName: "convoke-identity",
      assignment: "user",
      roles
    },
    {
      objectId: "8d1f6a10-3b57-4c0e-8a2b-6f1f0e5d2c03",
      clientId: administrator,
      displayName: "tenant-administration",
      assignment: "user",
      roles: ["Application.Read.All", "AppRoleAssignment.ReadWrite.All", "Directory.Read.All"]
    }
  ],
  users: [
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4601",
      userPrincipalName: "anna@contoso.com",
      mail: "anna@contoso.com",
      displayName: "Anna Alves",
      licences,
      accessPolicy
    },
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4602",
      userPrincipalName: "ben@contoso.com",
      mail: "ben@contoso.com",
      displayName: "Ben Okafor",
      licences,
      accessPolicy
    },
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4603",
      userPrincipalName: "chloe@contoso.onmicrosoft.com",
      mail: "chloe.martin@contoso.com",
      displayName: "Chlo\xE9 Martin",
      licences,
      accessPolicy
    },
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4604",
      userPrincipalName: "no-policy@contoso.com",
      mail: "no-policy@contoso.com",
      displayName: "Dana (no access policy)",
      licences
    },
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4605",
      userPrincipalName: "no-licence@contoso.com",
      mail: "no-licence@contoso.com",
      displayName: "Emil (mailbox only)",
      licences: ["EXCHANGESTANDARD"],
      accessPolicy
    },
    {
      id: "dc17674c-81d9-4adb-bfb2-8f6a442e4606",
      userPrincipalName: "guest_fabrikam.com#EXT#@contoso.onmicrosoft.com",
      mail: "guest@fabrikam.com",
      displayName: "Farid (guest)",
      userType: "Guest",
      mailbox: null,
      accessPolicy
    }
  ],
  groups: [
    { id: "dc17674c-81d9-4adb-bfb2-8f6a442e46ff", displayName: "Parents" },
    {
      id: organizers2,
      displayName: "Convoke organizers",
      members: [
        "dc17674c-81d9-4adb-bfb2-8f6a442e4601",
        "dc17674c-81d9-4adb-bfb2-8f6a442e4602",
        "dc17674c-81d9-4adb-bfb2-8f6a442e4603"
      ]
    }
  ],
  calendarAssignments: [
    { clientId: systemAssigned, groupId: organizers2 },
    { clientId: userAssigned, groupId: organizers2 }
  ]
};

// local/graph-simulator/tenant/tenant-state.ts
var import_zod6 = require("zod");
var user2 = import_zod6.z.strictObject({
  id: import_zod6.z.guid(),
  userPrincipalName: import_zod6.z.string(),
  mail: import_zod6.z.string().nullable().default(null),
  displayName: import_zod6.z.string(),
  userType: import_zod6.z.enum(["Member", "Guest"]).default("Member"),
  /** SKU part numbers, e.g. SPE_E3. */
  licences: import_zod6.z.array(import_zod6.z.string()).default([]),
  /** Client ids that the user's own application access policy lists; null: the tenant's global policy holds. */
  accessPolicy: import_zod6.z.array(import_zod6.z.guid()).nullable().default(null),
  /** null: the user has none in Exchange Online. */
  mailbox: import_zod6.z.strictObject({ allowsTeams: import_zod6.z.boolean().default(true) }).nullable().prefault({})
});
var identity = import_zod6.z.strictObject({
  objectId: import_zod6.z.guid(),
  clientId: import_zod6.z.guid(),
  displayName: import_zod6.z.string(),
  assignment: import_zod6.z.enum(["system", "user"]),
  resourceId: import_zod6.z.string().optional(),
  /** Application permissions of Microsoft Graph that the identity has now. */
  roles: import_zod6.z.array(import_zod6.z.string())
});
var switches = import_zod6.z.strictObject({
  /** Both answers to a user principal name in the address have been seen. */
  nonGuidUserId: import_zod6.z.enum(["badRequest", "notFound"]).default("badRequest"),
  /** Some tenants give every meeting a passcode. */
  passcodeByDefault: import_zod6.z.boolean().default(false),
  /** The documentation calls both required; Graph has been seen to do without. */
  requireSubjectAndEnd: import_zod6.z.boolean().default(false),
  /** Documented as 2,000 for each user; null: no limit. */
  monthlyMeetingLimit: import_zod6.z.int().min(0).nullable().default(null),
  /**
   * What createOrGet does with the externalId of a meeting that was deleted or has expired, which Microsoft does not document:
   * make a new meeting, or give the dead one back.
   */
  createOrGetAfterEnd: import_zod6.z.enum(["makesNew", "findsDead"]).default("makesNew"),
  /** For this long after a meeting was made, reading, updating and deleting it answer 404. */
  meetingKnownAfterMs: import_zod6.z.int().min(0).default(0),
  /** Azure keeps a managed identity's token, and the roles in it, for about a day. */
  tokenCaching: import_zod6.z.boolean().default(true),
  tokenLifetimeSeconds: import_zod6.z.int().positive().default(86400),
  /** For this long a new event has no join link. */
  joinLinkAfterMs: import_zod6.z.int().min(0).default(0),
  /** For this long a new meeting is not found by its join link, though it is by its id. */
  foundByLinkAfterMs: import_zod6.z.int().min(0).default(0),
  /** Both answers to a link that Graph does not find are thought possible. */
  notFoundByLink: import_zod6.z.enum(["notFound", "emptyList"]).default("notFound"),
  /** How a second event under one transactionId is answered: 400 or 409, with or without the id, or 201 with the first one. */
  duplicateTransaction: import_zod6.z.enum(["badRequestWithId", "badRequest", "conflictWithId", "conflict", "sameEvent"]).default("badRequestWithId"),
  /** Whether Exchange still knows the transactionId of an event when it comes again; how long is not documented. */
  transactionIdsKept: import_zod6.z.boolean().default(true)
});
var tenantState = import_zod6.z.strictObject({
  id: import_zod6.z.guid(),
  displayName: import_zod6.z.string(),
  identities: import_zod6.z.array(identity),
  users: import_zod6.z.array(user2),
  groups: import_zod6.z.array(
    import_zod6.z.strictObject({
      id: import_zod6.z.guid(),
      displayName: import_zod6.z.string(),
      members: import_zod6.z.array(import_zod6.z.guid()).default([])
    })
  ).default([]),
  /** Exchange's role Application Calendars.ReadWrite for an identity, limited to the mailboxes of one group. */
  calendarAssignments: import_zod6.z.array(import_zod6.z.strictObject({ clientId: import_zod6.z.guid(), groupId: import_zod6.z.guid() })).default([]),
  /** Client ids of the access policy that holds for users without one of their own. */
  globalAccessPolicy: import_zod6.z.array(import_zod6.z.guid()).default([]),
  switches: switches.prefault({})
});

// local/graph-simulator/tenant/tenant.ts
var Tenant = class {
  #initial;
  #usersById = /* @__PURE__ */ new Map();
  #usersByName = /* @__PURE__ */ new Map();
  #state;
  /** Azure's own cache of managed identity tokens, by identity and resource. */
  tokens = /* @__PURE__ */ new Map();
  /** Starts from the default tenant, changed as told. */
  constructor(change = {}) {
    this.#initial = merge(tenantState.parse(defaultTenant), change);
    this.#state = this.#initial;
    this.#index();
  }
  get state() {
    return this.#state;
  }
  /** Changes what is named and leaves the rest; throws on a value that is not a tenant's. */
  update(change) {
    this.#state = merge(this.#state, change);
    this.#index();
  }
  updateUser(idOrName, change) {
    const found = this.findUser(idOrName);
    if (found === void 0) throw new Error(`There is no user ${idOrName}.`);
    this.update({ users: replace(this.#state.users, found, change) });
  }
  updateIdentity(clientId, change) {
    const found = this.#state.identities.find((identity2) => identity2.clientId === clientId);
    if (found === void 0) throw new Error(`There is no identity ${clientId}.`);
    this.update({ identities: replace(this.#state.identities, found, change) });
  }
  reset() {
    this.#state = this.#initial;
    this.tokens.clear();
    this.#index();
  }
  /** By object id, user principal name or mail. */
  findUser(idOrName) {
    const key2 = idOrName.toLowerCase();
    return this.#usersById.get(key2) ?? this.#usersByName.get(key2);
  }
  userById(id) {
    return this.#usersById.get(id.toLowerCase());
  }
  /** A user's own policy replaces the global one; the two are not added up. */
  hasAccessPolicy(clientId, user3) {
    return (user3.accessPolicy ?? this.#state.globalAccessPolicy).includes(clientId);
  }
  /** The users for whom some identity can make meetings. */
  get organizers() {
    const { users, identities } = this.#state;
    return users.filter(
      (user3) => user3.userType === "Member" && includesTeams(user3.licences) && identities.some(({ clientId }) => this.hasAccessPolicy(clientId, user3))
    );
  }
  identityByObjectId(objectId) {
    return this.#state.identities.find((identity2) => identity2.objectId === objectId);
  }
  #index() {
    this.#usersById.clear();
    this.#usersByName.clear();
    for (const user3 of this.#state.users) {
      this.#usersById.set(user3.id.toLowerCase(), user3);
      if (user3.mail !== null) this.#usersByName.set(user3.mail.toLowerCase(), user3);
      this.#usersByName.set(user3.userPrincipalName.toLowerCase(), user3);
    }
  }
};
function merge(state, change) {
  const switches2 = "switches" in change ? change.switches : void 0;
  return tenantState.parse({
    ...state,
    ...change,
    switches: { ...state.switches, ...typeof switches2 === "object" ? switches2 : {} }
  });
}
function replace(items, found, change) {
  return items.map((item) => item === found ? { ...found, ...change } : item);
}

// local/graph-simulator/faults/throttle.ts
var onTheWayMs = 200;
var Throttle = class {
  #scope;
  #closed = /* @__PURE__ */ new Map();
  /** How many calls came back too early, by callers who knew. */
  earlyCalls = 0;
  constructor(scope) {
    this.#scope = scope;
  }
  /** The refusal of a call that comes too early; undefined when the way is free. */
  refuse(target, now) {
    const closed = this.#closed.get(this.#keyOf(target));
    if (closed === void 0 || closed.until <= now.getTime()) return void 0;
    if (now.getTime() - closed.since > onTheWayMs) this.earlyCalls += 1;
    const error = new ThrottledError((closed.until - now.getTime()) / 1e3);
    return { status: error.status, headers: error.headers, error };
  }
  /** Takes note of an answer's Retry-After. */
  observe({ headers }, target, now) {
    const retryAfter = headers?.["retry-after"];
    if (this.#scope === "off" || retryAfter === void 0) return;
    const until = toInstant(retryAfter, now);
    this.#closed.set(this.#keyOf(target), { since: now.getTime(), until });
  }
  #keyOf({ key: key2, path }) {
    const keys = { off: "", request: key2, organizer: path.split("/")[3] ?? "", app: "" };
    return keys[this.#scope];
  }
};
function toInstant(retryAfter, now) {
  const seconds = Number(retryAfter);
  return Number.isNaN(seconds) ? Date.parse(retryAfter) : now.getTime() + seconds * 1e3;
}

// local/graph-simulator/index.ts
var saveAfterMs = 200;
var GraphSimulator = class _GraphSimulator {
  tenant;
  meetings = new MeetingStore();
  events = new EventStore();
  mailboxes = new MailboxLimit();
  log;
  now;
  random;
  #options;
  #closing = new AbortController();
  #faults;
  #throttle;
  #server;
  #saving;
  constructor(options) {
    const { tenant, now, random, seed, logCapacity } = options;
    this.#options = options;
    this.tenant = tenant ?? new Tenant();
    this.now = now ?? (() => /* @__PURE__ */ new Date());
    this.random = random ?? (seed === void 0 ? Math.random : seededRandom(seed));
    this.log = new RequestLog(logCapacity ?? 2e4);
    this.#faults = new Faults(options.faults);
    this.#throttle = new Throttle(this.#faults.plan.enforceRetryAfter);
  }
  static async start(options = {}) {
    const simulator = new _GraphSimulator(options);
    if (options.stateFile !== void 0) loadState(options.stateFile, simulator);
    simulator.#server = await listen(
      (request, response) => simulator.#handle(request, response),
      options.port
    );
    return simulator;
  }
  get url() {
    return this.#server?.url ?? "";
  }
  async close() {
    this.#closing.abort();
    await this.#server?.close();
    this.#save();
  }
  /** Replaces the rules; what the old ones counted is forgotten. */
  setFaults(plan) {
    this.#faults = new Faults(plan);
    this.#throttle = new Throttle(this.#faults.plan.enforceRetryAfter);
  }
  /** After a call that may have changed something. Writing it all takes time, so calls that follow each other share it. */
  #saveSoon() {
    if (this.#options.stateFile === void 0) return;
    this.#saving ??= setTimeout(() => this.#save(), saveAfterMs);
  }
  #save() {
    clearTimeout(this.#saving);
    this.#saving = void 0;
    if (this.#options.stateFile !== void 0) saveState(this.#options.stateFile, this);
  }
  faultReport() {
    const { seed, enforceRetryAfter } = this.#faults.plan;
    const { earlyCalls } = this.#throttle;
    return { seed, enforceRetryAfter, earlyCalls, rules: this.#faults.report() };
  }
  /** Back to the state after start. */
  reset() {
    this.tenant.reset();
    this.meetings.clear();
    this.events.clear();
    this.mailboxes.clear();
    this.log.clear();
    this.setFaults(this.#options.faults ?? {});
  }
  async #handle(incoming, response) {
    const text = await readText(incoming);
    const url = new URL(incoming.url ?? "/", this.url);
    const json = parseJson(text);
    const method = incoming.method ?? "GET";
    if (url.pathname === "/") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return void response.end(startPage(this));
    }
    if (url.pathname.startsWith("/_simulator/")) {
      const controlled = control({ method, url, json }, this);
      if (method !== "GET") this.#saveSoon();
      return sendJson(response, ...controlled);
    }
    const { pathname: path, searchParams: query } = url;
    const request = { method, path, query, headers: incoming.headers, text, json };
    const entry = this.#note(request, incoming.url ?? "");
    return this.mailboxes.run(
      request,
      (refusal) => this.#serve({ request, entry, refusal }, response)
    );
  }
  #note(request, path) {
    const requestId = (0, import_node_crypto4.randomUUID)();
    const entry = {
      at: this.now().toISOString(),
      method: request.method,
      path,
      requestId,
      clientRequestId: header(request, "client-request-id") ?? requestId,
      acceptLanguage: header(request, "accept-language") ?? null,
      prefer: header(request, "prefer") ?? null,
      traceparent: header(request, "traceparent") ?? null,
      body: request.json ?? request.text,
      status: null,
      fault: null,
      committed: false
    };
    this.log.add(entry);
    return entry;
  }
  async #serve({ request, entry, refusal }, response) {
    const target = toFaultTarget(request, this);
    await this.#pause(drawDuration(this.#options.latencyMs ?? 0, this.random));
    const early = refusal ?? this.#throttle.refuse(target, this.now());
    if (early !== void 0) return send(early, this.#toExchange(response, entry));
    const { fault: fault2, delayBefore, delayAfter } = this.#faults.draw(target);
    entry.fault = fault2?.kind ?? null;
    await this.#pause(delayBefore);
    const executed = fault2?.when === "before" ? void 0 : answer(request, entry, this);
    if (request.method !== "GET") this.#saveSoon();
    await this.#pause(delayAfter);
    const exchange = this.#toExchange(response, entry);
    if (fault2?.kind === "omit") return send(withoutSome(executed ?? noAnswer, fault2), exchange);
    if (fault2 !== void 0 && fault2.kind !== "status")
      return sendBroken(fault2, executed, exchange);
    const final = fault2 === void 0 ? executed : toFaultAnswer(fault2, exchange.now);
    if (final === void 0) return void 0;
    this.#throttle.observe(final, target, exchange.now);
    return send(final, exchange);
  }
  #toExchange(response, entry) {
    return { response, entry, now: this.now(), signal: this.#closing.signal };
  }
  async #pause(ms) {
    if (ms > 0) await (0, import_promises8.setTimeout)(ms, void 0, { signal: this.#closing.signal });
  }
};

// local/identity-simulator.ts
var import_node_crypto5 = require("node:crypto");
var graphResource = /^https:\/\/graph\.microsoft\.com\/?$/;
var renewalMs = 5 * 6e4;
var IdentitySimulator = class _IdentitySimulator {
  #tenant;
  #now;
  #header = (0, import_node_crypto5.randomUUID)();
  #server;
  #counts = { requests: 0, refused: 0, issued: 0 };
  constructor({ tenant = new Tenant(), now = () => /* @__PURE__ */ new Date() }) {
    this.#tenant = tenant;
    this.#now = now;
  }
  static async start(options = {}) {
    const simulator = new _IdentitySimulator(options);
    simulator.#server = await listen(
      (request, response) => simulator.#handle(request, response),
      options.port
    );
    return simulator;
  }
  get url() {
    return this.#server?.url ?? "";
  }
  /** The settings that App Service gives to an app which has an identity. */
  get environment() {
    return { IDENTITY_ENDPOINT: `${this.url}/msi/token`, IDENTITY_HEADER: this.#header };
  }
  async close() {
    await this.#server?.close();
  }
  async #handle(request, response) {
    request.resume();
    sendJson(response, ...this.#route(request, new URL(request.url ?? "/", this.url)));
  }
  #route(request, { pathname, searchParams }) {
    switch (`${request.method} ${pathname}`) {
      case "GET /msi/token":
        return this.#count(this.#token(request, searchParams));
      case "GET /_simulator/tokens":
        return [200, this.#counts];
      case "POST /_simulator/reset":
        this.#tenant.tokens.clear();
        this.#counts = { requests: 0, refused: 0, issued: 0 };
        return [200, this.#counts];
      default:
        return failure(404, "There is nothing at this address.");
    }
  }
  #count(answer2) {
    this.#counts.requests += 1;
    if (answer2[0] !== 200) this.#counts.refused += 1;
    return answer2;
  }
  #token(request, query) {
    if (request.headers["x-identity-header"] !== this.#header) {
      return failure(401, "The X-IDENTITY-HEADER is missing or wrong.");
    }
    const resource = query.get("resource");
    if (resource === null || query.get("api-version") !== "2019-08-01") {
      return failure(400, "The resource or the api-version is missing or not supported.");
    }
    const identity2 = this.#findIdentity(query);
    if (identity2 === void 0) return failure(400, "No managed identity matches the request.");
    const { token, expiresAt } = this.#obtain(identity2, resource);
    return [
      200,
      {
        access_token: token,
        expires_on: String(expiresAt / 1e3),
        resource,
        token_type: "Bearer",
        client_id: identity2.clientId
      }
    ];
  }
  /** A request that names no identity means the system-assigned one. */
  #findIdentity(query) {
    const clientId = query.get("client_id");
    const objectId = query.get("object_id") ?? query.get("principal_id");
    const resourceId = query.get("mi_res_id");
    return this.#tenant.state.identities.find((identity2) => {
      if (clientId !== null) return identity2.clientId === clientId;
      if (objectId !== null) return identity2.objectId === objectId;
      if (resourceId !== null) return identity2.resourceId === resourceId;
      return identity2.assignment === "system";
    });
  }
  #obtain(identity2, resource) {
    const { tokenCaching, tokenLifetimeSeconds } = this.#tenant.state.switches;
    const key2 = `${identity2.clientId} ${resource}`;
    const now = this.#now().getTime();
    const cached = this.#tenant.tokens.get(key2);
    if (tokenCaching && cached !== void 0 && cached.expiresAt - now > renewalMs) return cached;
    const issuedAt = Math.floor(now / 1e3);
    const claims = this.#toClaims(identity2, resource);
    const expiresAt = issuedAt + tokenLifetimeSeconds;
    const token = toToken({ ...claims, iat: issuedAt, nbf: issuedAt, exp: expiresAt });
    const issued = { token, expiresAt: expiresAt * 1e3 };
    this.#tenant.tokens.set(key2, issued);
    this.#counts.issued += 1;
    return issued;
  }
  #toClaims(identity2, resource) {
    const tenantId = this.#tenant.state.id;
    const isGraph = graphResource.test(resource) || resource === graphAppId;
    return {
      aud: resource,
      iss: `https://sts.windows.net/${tenantId}/`,
      appid: identity2.clientId,
      azp: identity2.clientId,
      oid: identity2.objectId,
      sub: identity2.objectId,
      tid: tenantId,
      idtyp: "app",
      ver: "1.0",
      ...isGraph && identity2.roles.length > 0 ? { roles: identity2.roles } : {}
    };
  }
};
function failure(statusCode, message) {
  return [statusCode, { statusCode, message }];
}
function toToken(claims) {
  return `${encode2({ typ: "JWT", alg: "none" })}.${encode2(claims)}.unsigned`;
}
function encode2(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

// local/storage.ts
var import_node_child_process3 = require("node:child_process");
var import_node_events4 = require("node:events");
var import_node_path6 = require("node:path");
var developmentAccount = "devstoreaccount1";
var key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
var services = ["blob", "queue", "table"];
var startLimitMs = 6e4;
var Azurite = class _Azurite {
  #child;
  #origins;
  endpoints;
  connectionString;
  pid;
  constructor(child, origins) {
    this.#child = child;
    this.#origins = origins;
    this.pid = child.pid ?? 0;
    ({ endpoints: this.endpoints, connectionString: this.connectionString } = this.account(developmentAccount));
  }
  static async start(options = {}) {
    const { accountNames = [developmentAccount] } = options;
    const child = (0, import_node_child_process3.spawn)(process.execPath, toArguments2(options), {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        ...process.env,
        AZURITE_ACCOUNTS: accountNames.map((name) => `${name}:${key}`).join(";")
      }
    });
    try {
      return new _Azurite(child, await readOrigins(child));
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }
  /** One of the accounts it was started with. */
  account(name) {
    const { blob, queue, table } = this.#origins;
    const endpoints2 = {
      blob: `${blob}/${name}`,
      queue: `${queue}/${name}`,
      table: `${table}/${name}`
    };
    return { endpoints: endpoints2, connectionString: toConnectionString(name, endpoints2) };
  }
  /** Stops after what is in memory has been written to the folder. */
  async close() {
    await this.#end("SIGTERM");
  }
  /** Stops at once, as a crash would. */
  async kill() {
    await this.#end("SIGKILL");
  }
  async #end(signal) {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = (0, import_node_events4.once)(this.#child, "exit");
    this.#child.kill(signal);
    await exited;
  }
};
function toArguments2({ folder, ports, oauth }) {
  return [
    // The IPC channel breaks when the parent ends; unref, so that it does not outlive the servers.
    "--import",
    'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel.unref()',
    (0, import_node_path6.join)((0, import_node_path6.dirname)(require.resolve("azurite/package.json")), "dist/src/azurite.js"),
    "--silent",
    "--disableTelemetry",
    "--skipApiVersionCheck",
    ...folder === void 0 ? ["--inMemoryPersistence"] : ["--location", folder],
    ...services.flatMap((name) => [`--${name}Host`, "127.0.0.1"]),
    ...services.flatMap((name) => [`--${name}Port`, String(ports?.[name] ?? 0)]),
    ...oauth === void 0 ? [] : ["--oauth", "basic", "--cert", oauth.certificatePath, "--key", oauth.keyPath]
  ];
}
async function readOrigins(child) {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("Azurite runs without its output");
  return new Promise((resolve, reject) => {
    let output = "";
    const giveUp = setTimeout(() => reject(startFailure2(output)), startLimitMs);
    const fail = () => {
      clearTimeout(giveUp);
      reject(startFailure2(output));
    };
    const read2 = (text) => {
      output += text;
      const origins = findOrigins(output);
      if (origins === void 0) return;
      clearTimeout(giveUp);
      child.off("close", fail);
      discard(stdout, read2);
      discard(stderr, read2);
      resolve(origins);
    };
    stdout.setEncoding("utf8").on("data", read2);
    stderr.setEncoding("utf8").on("data", read2);
    child.once("close", fail).once("error", fail);
  });
}
function discard(stream, reader) {
  stream.off("data", reader).resume();
}
function findOrigins(output) {
  const find = (service) => new RegExp(`${service} service is successfully listening at (\\S+)`).exec(output)?.[1];
  const [blob, queue, table] = [find("Blob"), find("Queue"), find("Table")];
  if (blob === void 0 || queue === void 0 || table === void 0) return void 0;
  return { blob, queue, table };
}
var startFailure2 = (output) => portTakenIn(output) ?? new Error(`Azurite did not start: ${output.trim()}`);
function toConnectionString(name, { blob, queue, table }) {
  return [
    `DefaultEndpointsProtocol=${new URL(blob).protocol.slice(0, -1)}`,
    `AccountName=${name}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${blob}`,
    `QueueEndpoint=${queue}`,
    `TableEndpoint=${table}`,
    ""
  ].join(";");
}

// trial/pace.ts
var memoryMs = 3e4;
var freshMs = 500;
var slowShare = 0.95;
var callsInLease = 4;
var callsInGraphTimeout = 2;
var maxLeaseSeconds = 60;
var maxGraphTimeoutSeconds = 15;
var minUnderWay = 16;
var Pace = class {
  #now;
  #calls = [];
  #slow = { at: -Infinity, seconds: 0 };
  /** The slowest call of the whole time, in milliseconds. */
  slowestMs = 0;
  constructor(now) {
    this.#now = now;
  }
  /** A call to storage took so long. */
  note(milliseconds) {
    this.slowestMs = Math.max(this.slowestMs, milliseconds);
    this.#calls.push({ at: this.#now(), milliseconds });
  }
  /** What an instance that starts now is given: never less than on an idle machine. */
  timesFor({ leaseSeconds, graphTimeoutSeconds }) {
    const between = (least, calls2, most) => Math.max(least, Math.min(Math.ceil(this.#slowSeconds * calls2), most));
    return {
      leaseSeconds: between(leaseSeconds, callsInLease, maxLeaseSeconds),
      graphTimeoutSeconds: between(
        graphTimeoutSeconds,
        callsInGraphTimeout,
        maxGraphTimeoutSeconds
      )
    };
  }
  /**
   * How many requests may be under way, where an idle machine could have `most`. With more, leases would run out before
   * requests end, and all would be worked on again.
   */
  underWay(most) {
    return Math.max(minUnderWay, Math.floor(most / Math.max(1, this.#slowSeconds)));
  }
  /** How long a slow call of the last half minute took. */
  get #slowSeconds() {
    const now = this.#now();
    if (now - this.#slow.at < freshMs) return this.#slow.seconds;
    this.#calls = this.#calls.filter(({ at }) => now - at < memoryMs);
    const sorted = this.#calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const slowMs = sorted[Math.floor(sorted.length * slowShare)] ?? 0;
    this.#slow = { at: now, seconds: slowMs / 1e3 };
    return this.#slow.seconds;
  }
};

// trial/warm-up.ts
var import_storage_queue2 = require("@azure/storage-queue");
var calls = 200;
var callsAtATime = 32;
async function warmUp(connectionString) {
  const queue = import_storage_queue2.QueueServiceClient.fromConnectionString(connectionString).getQueueClient("warm-up");
  await queue.create();
  const pending = Array.from({ length: calls }, (_, index) => String(index)).values();
  const caller = async () => {
    for (const text of pending) await queue.sendMessage(text);
  };
  await Promise.all(Array.from({ length: callsAtATime }, caller));
  await queue.delete();
}

// trial/storage-proxy.ts
var import_node_http2 = require("node:http");
var import_consumers = require("node:stream/consumers");
var services2 = ["blob", "queue", "table"];
var StorageProxy = class _StorageProxy {
  #agent = new import_node_http2.Agent({ keepAlive: true });
  #servers = [];
  interfere = () => "pass";
  connectionString = "";
  static async start({ endpoints: endpoints2, connectionString }) {
    const proxy = new _StorageProxy();
    proxy.#servers = await Promise.all(
      services2.map((service) => {
        const target = new URL(endpoints2[service]).origin;
        return listen((incoming, response) => proxy.#pass({ incoming, response, service, target }));
      })
    );
    proxy.connectionString = services2.reduce(
      (text, service, index) => text.replace(new URL(endpoints2[service]).origin, proxy.#servers[index]?.url ?? ""),
      connectionString
    );
    return proxy;
  }
  async close() {
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#agent.destroy();
  }
  async #pass({ incoming, response, service, target }) {
    try {
      const body = await (0, import_consumers.buffer)(incoming);
      const path = (incoming.url ?? "").replace(/^\/[^/]+/, "").replace(/\?.*$/s, "");
      const call = { service, method: incoming.method ?? "", path, body: body.toString() };
      if (await this.interfere(call, "before") === "break" || response.destroyed) {
        return void response.destroy();
      }
      const answer2 = await this.#forward(incoming, body, target);
      const content = await (0, import_consumers.buffer)(answer2);
      if (await this.interfere(call, "after") === "break") return void response.destroy();
      response.writeHead(answer2.statusCode ?? 500, answer2.headers).end(content);
    } catch {
      response.destroy();
    }
  }
  #forward(incoming, body, target) {
    const { method, headers, url = "" } = incoming;
    return new Promise((resolve, reject) => {
      const outgoing = (0, import_node_http2.request)(target + url, { agent: this.#agent, method, headers }, resolve);
      outgoing.once("error", reject).end(body);
    });
  }
};

// trial/result-order.ts
var ResultOrder = class {
  /** Batches that were called complete before each of their rows had a result. */
  tooEarly = /* @__PURE__ */ new Set();
  #rows = /* @__PURE__ */ new Map();
  note({ method, path, body }, phase) {
    if (method !== "POST" || path !== "/meeting-results/messages") return;
    const message = messageIn(body);
    const { batchId } = message;
    if (batchId === void 0) return;
    const rows = this.#rows.get(batchId) ?? /* @__PURE__ */ new Set();
    this.#rows.set(batchId, rows);
    if (message.type !== "batchCompleted") {
      if (phase === "after" && message.index !== void 0) rows.add(message.index);
    } else if (phase === "before" && rows.size < message.counts.total) {
      this.tooEarly.add(batchId);
    }
  }
};
var characters = { quot: '"', amp: "&", lt: "<", gt: ">", apos: "'" };
function messageIn(body) {
  const [, text = "{}"] = /<MessageText>(.*)<\/MessageText>/s.exec(body) ?? [];
  const json = text.replaceAll(
    /&(quot|amp|lt|gt|apos);/g,
    (_, name) => characters[name]
  );
  return JSON.parse(json);
}

// trial/storage-watch.ts
var StorageWatch = class {
  order = new ResultOrder();
  /** Messages that storage took, by queue. */
  messages = /* @__PURE__ */ new Map();
  #pace;
  #begun = /* @__PURE__ */ new WeakMap();
  constructor(pace) {
    this.#pace = pace;
  }
  watching(interfere) {
    return (call, phase) => {
      this.order.note(call, phase);
      if (phase === "before") this.#begun.set(call, { at: performance.now(), interfere });
      else this.#noteEnd(call, interfere);
      return interfere(call, phase);
    };
  }
  /** A call that was under way when storage went away says nothing about the pace. */
  #noteEnd(call, interfere) {
    const begun = this.#begun.get(call);
    if (begun?.interfere === interfere) this.#pace.note(performance.now() - begun.at);
    const [, queue] = /^\/([^/]+)\/messages$/.exec(call.path) ?? [];
    if (call.method === "POST" && queue !== void 0)
      this.messages.set(queue, (this.messages.get(queue) ?? 0) + 1);
  }
};

// trial/trial-harness.ts
var azuriteWritesMs = 5500;
var portsOf = ({
  endpoints: { blob, queue, table }
}) => {
  const port = (url) => Number(new URL(url).port);
  return { blob: port(blob), queue: port(queue), table: port(table) };
};
var TrialHarness = class _TrialHarness {
  graph;
  faults;
  kills = 0;
  storageRestarts = 0;
  timerRuns = 0;
  pace = new Pace(Date.now);
  watch = new StorageWatch(this.pace);
  /** Calls to Graph whose whole answer reached an instance. */
  answered = /* @__PURE__ */ new Set();
  #options;
  #folder;
  #identity;
  #proxy;
  #storage;
  #storageIsThere = Promise.resolve();
  #hosts = [];
  #appFolder;
  constructor(options, parts) {
    this.#options = options;
    this.#folder = parts.folder;
    this.#storage = parts.storage;
    this.#identity = parts.identity;
    this.#proxy = parts.proxy;
    this.graph = parts.graph;
    this.faults = new StorageFaults(options.storageFaults, seededRandom(options.seed + 1));
    this.#appFolder = options.appFolder;
    this.#proxy.interfere = this.watch.watching(() => "pass");
  }
  static async start(options) {
    const folder = (0, import_node_fs5.mkdtempSync)((0, import_node_path7.join)((0, import_node_os3.tmpdir)(), "convoke-trial-"));
    const tenant = new Tenant();
    const { seed, logCapacity } = options;
    const storage = await Azurite.start({ folder });
    const [identity2, graph, proxy] = await Promise.all([
      IdentitySimulator.start({ tenant }),
      GraphSimulator.start({ tenant, seed, logCapacity, faults: graphFaults(seed) }),
      StorageProxy.start(storage)
    ]);
    const harness = new _TrialHarness(options, { folder, storage, identity: identity2, graph, proxy });
    await warmUp(proxy.connectionString);
    harness.#loseSomeCalls();
    await Promise.all(Array.from({ length: options.hosts }, () => harness.#addHost()));
    return harness;
  }
  /** For reading results, without faults. */
  get connectionString() {
    return this.#storage.connectionString;
  }
  /** For the app and those who send it messages. */
  get appConnectionString() {
    return this.#proxy.connectionString;
  }
  /** Base URLs of the instances that run. */
  get urls() {
    return this.#hosts.map(({ url }) => url);
  }
  #loseSomeCalls() {
    this.#proxy.interfere = this.watch.watching(this.faults.interfere);
  }
  /** From now on instances run this build; those that run another are killed. */
  async replaceApp(folder) {
    this.#appFolder = folder;
    await Promise.all(this.#hosts.map(() => this.killOne()));
  }
  /** Kills the instance that has run longest, in the middle of its work, and starts another. */
  async killOne() {
    const [oldest, ...others] = this.#hosts;
    this.#hosts = others;
    await oldest?.kill();
    this.kills += 1;
    await this.#storageIsThere;
    await this.#addHost();
  }
  /** Storage is unavailable for some seconds. It keeps what it has confirmed, as the real one does. */
  async restartStorage() {
    this.#storageIsThere = this.#restartStorage();
    await this.#storageIsThere;
  }
  async #restartStorage() {
    this.#proxy.interfere = this.watch.watching(() => "break");
    await (0, import_promises9.setTimeout)(azuriteWritesMs);
    await this.#storage.close();
    this.#storage = await Azurite.start({ folder: this.#folder, ports: portsOf(this.#storage) });
    this.storageRestarts += 1;
    this.#loseSomeCalls();
  }
  async #addHost() {
    const { leaseSeconds, graphTimeoutSeconds } = this.pace.timesFor(this.#options);
    const host = await FunctionsHostProcess.start({
      appFolder: this.#appFolder,
      leaseSeconds,
      environment: {
        AZURE_FUNCTIONS_ENVIRONMENT: "Development",
        AzureWebJobsStorage: this.#proxy.connectionString,
        GRAPH_BASE_URL: this.graph.url,
        GRAPH_SCOPE: "https://graph.microsoft.com/.default",
        CALENDAR_GROUP: "Convoke organizers",
        GRAPH_TIMEOUT_SECONDS: String(graphTimeoutSeconds),
        BATCH_WINDOW: "100",
        ...this.#identity.environment
      },
      onEvent: (event) => this.#note(event)
    });
    this.#hosts.push(host);
    host.onExit(() => this.#replace(host));
  }
  /** An instance that ended by itself, as it does when storage is away for long, is started again by the platform. */
  #replace(host) {
    if (!this.#hosts.includes(host)) return;
    this.#hosts = this.#hosts.filter((other) => other !== host);
    void this.#storageIsThere.then(() => this.#addHost());
  }
  #note(event) {
    if (event.type === "invocation" && event.trigger === "timer" && event.outcome === "ok")
      this.timerRuns += 1;
    if (event.type !== "log" || !event.message.includes('"graph.called"')) return;
    const { clientRequestId, status: status2 } = JSON.parse(event.message);
    if (clientRequestId !== void 0 && status2 === 201) this.answered.add(clientRequestId);
  }
  async close() {
    const hosts = this.#hosts;
    this.#hosts = [];
    await Promise.all(hosts.map((host) => host.kill()));
    await Promise.all([this.graph.close(), this.#identity.close(), this.#proxy.close()]);
    await this.#storage.kill();
    (0, import_node_fs5.rmSync)(this.#folder, { recursive: true, force: true });
  }
};

// trial/trouble.ts
var import_promises10 = require("node:timers/promises");
var busyShare = 0.98;
var leastBetween = 64;
var leastShareBetween = 0.08;
var lookEveryMs2 = 100;
async function makeTrouble({ everySeconds, atMost }, { total, done, signal }, make) {
  if (everySeconds === 0) return;
  const goesOn = () => !signal.aborted && done() < busyShare * total;
  const between = Math.min(leastBetween, leastShareBetween * total);
  for (let made = 0; made < atMost && goesOn(); made += 1) {
    const before = done();
    await (0, import_promises10.setTimeout)(everySeconds * 1e3, void 0, { signal }).catch(() => void 0);
    while (goesOn() && done() < before + between) await (0, import_promises10.setTimeout)(lookEveryMs2);
    if (goesOn()) await make();
  }
}

// trial/verdict/agreement.ts
var isRefusedRow = ({ code }) => code === "cancelled";
var cameTooLate = ({ status: status2, code }) => status2 === "cancelled" && code === "requestCancelled";
var isOtherRequest = ({ revision, code }) => revision === void 0 && code === "requestIdReused";
var ownResults = ({ results }, revision) => results.filter(
  (result) => result.revision === revision && !isRefusedRow(result) && !cameTooLate(result) && !isOtherRequest(result)
);
function disagreement(history) {
  const { results, told, changes: changes2 } = history;
  const ids = new Set(results.flatMap(({ meetingId }) => meetingId ?? []));
  if (ids.size > 1) return `it was given ${ids.size} meetings`;
  for (const revision of [void 0, ...changes2.map((change) => change.revision)]) {
    const own = ownResults(history, revision);
    if (!own.every((one2) => own.every((other) => agreeWithEachOther(one2, other, history))))
      return `${nameOf3(revision)}: results differ: ${own.map(describe).join(", ")}`;
  }
  const liar = told.find((answer2) => !isTrue(answer2, results));
  return liar === void 0 ? cancelledWrongly(history) : `${nameOf3(liar.revision)}: a caller was told ${describe(liar)}, and the results are ${results.map(describe).join(", ")}`;
}
function agreeWithEachOther(one2, other, { isRetried }) {
  if (isRetried && one2.attempts !== other.attempts) return true;
  const isElsewhere = one2.row !== other.row && hasMeeting(one2.status) && hasMeeting(other.status);
  return one2.meetingId === other.meetingId && (isElsewhere || one2.status === other.status);
}
var untraced = /* @__PURE__ */ new Set([
  "requestNotFound",
  "requestIdReused",
  "requestCancelled",
  "confirmationNeeded"
]);
function isTrue(told, results) {
  if (told.code !== void 0 && untraced.has(told.code)) return true;
  return results.some(
    (result) => (told.isRetry === true || result.revision === told.revision) && agrees(told, result)
  );
}
function agrees(told, { status: status2, meetingId }) {
  if (told.status < 300)
    return told.meetingId === meetingId && status2 !== "failed" && status2 !== "unknown";
  return told.status === 424 ? status2 === "unknown" : status2 === "failed";
}
function cancelledWrongly({ results, cancelled, isRetried }) {
  for (const { row = "" } of results.filter(isRefusedRow)) {
    if (!cancelled.has(row.split(":")[0] ?? "")) return `${row} is cancelled, and its batch is not`;
    const others = results.filter((other) => other.row === row && !isRefusedRow(other));
    if (others.length > 0 && !isRetried)
      return `${row} is cancelled, and ${others.map(describe).join(", ")}`;
  }
  return void 0;
}
var nameOf3 = (revision) => revision === void 0 ? "the request itself" : `revision ${revision}`;
var describe = ({ status: status2, meetingId, code, revision }) => [revision ?? "itself", status2, code, meetingId?.slice(-12)].filter(Boolean).join(" ");

// trial/verdict/grouped.ts
function grouped(items, keyOf2) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const group = groups.get(keyOf2(item));
    if (group === void 0) groups.set(keyOf2(item), [item]);
    else group.push(item);
  }
  return (key2) => groups.get(key2) ?? [];
}

// trial/verdict/undo-verdict.ts
function wrongUndo({ batchId, requestIds, rows, completions }, { undone, retried, state }) {
  const isUndone = undone.get(batchId) === true;
  const again = rows.flat().find(({ pass }) => pass !== void 0);
  if (!undone.has(batchId))
    return again === void 0 ? void 0 : `nobody undid it, and row ${again.row} came again`;
  for (const [index, results] of rows.entries()) {
    const requestId = requestIds[index] ?? "";
    if (retried.has(requestId)) continue;
    const isOwn2 = results.some(isOwnMeeting);
    const answers = results.filter(({ pass }) => pass !== void 0);
    if (!isOwn2 && answers.length > 0)
      return `it was undone, and with it row ${index}, which it did not make`;
    const isGone = state.requests.get(requestId)?.isCancelled === true || answers.some(({ status: status2 }) => status2 === "failed");
    if (isUndone && isOwn2 && !isGone) return `it was undone, and row ${index} has its meeting`;
  }
  const isOwn = rows.flat().some(isOwnMeeting);
  const ends = completions.filter(({ pass }) => pass?.kind === "undo");
  const said = new Set(ends.map((completion) => JSON.stringify(completion))).size;
  return isUndone && isOwn && said !== 1 ? `${said} things were said of its undoing` : void 0;
}
var isOwnMeeting = ({ pass, status: status2 }) => pass === void 0 && status2 === "created";

// trial/verdict/batch-verdict.ts
function judgeBatches(evidence) {
  const { sent, stored, active: active2, tooEarly } = evidence;
  const known = new Map(sent.map((batch2) => [batch2.batchId, batch2]));
  const resultsOf = grouped(evidence.results, ({ row = "" }) => row);
  const saidOf = grouped(evidence.completions, ({ batchId }) => batchId);
  return [
    ...[...stored.keys()].filter((id) => !known.has(id)).map((id) => `${id}: nobody sent it`),
    ...active2.map((id) => `${id}: it is listed as active`),
    ...[...tooEarly].map((id) => `${id}: it was called complete before its last result`),
    ...[...known.values()].flatMap(({ batchId, requestIds }) => {
      const rows = requestIds.map((_, index) => resultsOf(rowName(batchId, index)));
      const batch2 = { batchId, requestIds, rows, completions: saidOf(batchId) };
      const problem = problemOf(batch2, evidence);
      return problem === void 0 ? [] : [`${batchId}: ${problem}`];
    })
  ];
}
function problemOf(judged, evidence) {
  const { batchId, rows, completions } = judged;
  const { stored, cancelled } = evidence;
  const missing = rows.flatMap((results, index) => results.length === 0 ? [index] : []);
  if (missing.length > 0) return `rows ${missing.join(", ")} have no result`;
  const batch2 = stored.get(batchId);
  if (batch2?.state !== "finished") return `it is ${batch2?.state ?? "gone"}`;
  const first = completions.filter(({ pass }) => pass === void 0);
  const [only] = first;
  const said = new Set(first.map((completion) => JSON.stringify(completion))).size;
  if (only === void 0 || said > 1) return `${said} things were said of its end`;
  if (cancelled.get(batchId) === true && !only.cancelled) return "it was cancelled, and is not";
  return wrongCounts(judged, only, evidence) ?? wrongUndo(judged, evidence);
}
function wrongCounts({ requestIds, rows }, { counts: said }, { retried }) {
  const { total, rejected, ...counts } = said;
  const own = rows.map((results) => results.filter(({ pass }) => pass === void 0));
  const isFixed = !requestIds.some((id) => retried.has(id)) && !own.flat().some(cameTooLate);
  const isCounted = isFixed ? JSON.stringify({ ...noRows, ...counts }) === JSON.stringify(countsOf(own)) : countOf(counts) === requestIds.length;
  return isCounted && total === requestIds.length && rejected === 0 ? void 0 : `it counts ${JSON.stringify(said)}, and not ${JSON.stringify(countsOf(own))}`;
}
function countsOf(rows) {
  const counts = { ...noRows };
  for (const results of rows) {
    const status2 = results.at(-1)?.status;
    if (status2 !== void 0) counts[status2] += 1;
  }
  return counts;
}

// trial/verdict/history.ts
function historiesOf(evidence) {
  const { items, graph, results, told, state, retried, cancelled } = evidence;
  const changesOf2 = grouped(items, ({ request }) => request.requestId);
  const made = grouped(graph.meetings.list(), ({ meeting }) => nameOf(meeting.subject));
  const events = grouped(graph.events.list(), ({ event }) => nameOf(event.subject));
  const mails = grouped(graph.events.mails, ({ to }) => to);
  const makings = grouped(graph.log.list().filter(isMaking), ({ body }) => nameOf(subjectIn(body)));
  const resultsOf = grouped(results, ({ requestId }) => requestId);
  const toldOf = grouped(told, ({ requestId }) => requestId);
  return items.flatMap(({ request, change }) => {
    if (change !== void 0) return [];
    const { requestId, meeting, calendar: calendar2 } = request;
    return [
      {
        request,
        changes: changesOf2(requestId).flatMap((item) => item.change ?? []),
        made: made(meeting.subject).map(toMade),
        madeAt: makings(meeting.subject).map(({ at }) => at),
        events: events(meeting.subject).length,
        mails: (calendar2?.invite ?? []).flatMap((address) => mails(address.toLowerCase())),
        results: resultsOf(requestId),
        told: toldOf(requestId),
        entry: state.requests.get(requestId),
        isRetried: retried.has(requestId),
        cancelled
      }
    ];
  });
}
var toMade = ({ meeting }) => ({
  id: meeting.id,
  subject: meeting.subject,
  lobby: meeting.lobbyBypassSettings.scope
});
var isMaking = ({ method, path, committed }) => method === "POST" && committed && !path.endsWith("/cancel");
var subjectIn = (body) => {
  const subject = body?.subject;
  return typeof subject === "string" ? subject : "";
};

// trial/verdict/doubts.ts
function doubtOf(creates, answered) {
  if (creates.length === 0) return "neverAsked";
  return creates.every(({ clientRequestId }) => answered.has(clientRequestId)) ? "notRecorded" : "answerLost";
}
function createsBySubject({ log }) {
  const calls2 = /* @__PURE__ */ new Map();
  for (const { method, body, status: status2, clientRequestId } of log.list()) {
    const subject = nameOf(subjectIn(body));
    const isRefused = status2 !== null && status2 >= 400 && status2 < 500 && status2 !== 408;
    if (method !== "POST" || subject === "" || isRefused) continue;
    calls2.set(subject, [...calls2.get(subject) ?? [], { clientRequestId }]);
  }
  return calls2;
}

// trial/verdict/final-state.ts
function wrongEnd(history) {
  const { entry, made } = history;
  if (entry === void 0) return "its row is gone";
  if (entry.progress.state !== "finished") return `its row is ${entry.progress.state}`;
  if (entry.pending !== void 0) return `revision ${entry.pending.revision} is left open`;
  if (wasCancelled(history) !== (entry.isCancelled === true))
    return entry.isCancelled === true ? "it is cancelled, and nobody was told" : "its cancel was confirmed, and it is not cancelled";
  if (entry.isCancelled === true) return afterCancel(history);
  const given = meetingIdOf(history);
  const kept = toCollected(entry.progress.result);
  if (kept.meetingId !== given)
    return `its row says ${describe(kept)}, and its results ${given?.slice(-12) ?? "nothing"}`;
  if (given === void 0) return withoutMeeting(history, kept);
  const meeting = made.find(({ id }) => id === given);
  return meeting === void 0 ? "it has its meeting, and Graph does not" : wrongProperty(history, meeting);
}
var wasCancelled = ({ results }) => results.some(isCancel);
var isCancel = ({ status: status2, code }) => status2 === "cancelled" && code === void 0;
var meetingIdOf = ({ results }) => results.find(({ meetingId }) => meetingId !== void 0)?.meetingId;
var mayBeLost = ({ request, results }) => request.createOnly && results.some(({ status: status2 }) => status2 === "unknown");
function withoutMeeting(history, kept) {
  const { made, results } = history;
  if (made.length > 0 && !results.some(({ status: status2 }) => status2 === "unknown"))
    return `${describe(kept)}, and there is a meeting`;
  const last = lastAttempt(ownResults(history, kept.revision));
  return last === void 0 || last.status === kept.status ? void 0 : `its row says ${describe(kept)}, and its result ${describe(last)}`;
}
var lastAttempt = (results) => results.reduce(
  (last, next) => last === void 0 || next.attempts > last.attempts ? next : last,
  void 0
);
function afterCancel(history) {
  const { made, madeAt, results } = history;
  if (mayBeLost(history)) return void 0;
  if (made.length > 0) return "it is cancelled, and there is a meeting";
  const ended = results.filter(isCancel).map(({ completedDateTime }) => completedDateTime);
  const first = ended.toSorted()[0] ?? "";
  return madeAt.some((at) => at > first) ? "a meeting was made after it was cancelled" : void 0;
}
var withoutEffect = /* @__PURE__ */ new Set([
  "cancelled",
  "noMeeting",
  "invalidRequest",
  "requestIdReused",
  "requestNotFound",
  "revisionReused"
]);
function wrongProperty(history, meeting) {
  const names = ["subject", "lobby"];
  for (const name of names) {
    const [certain, doubtful] = [wanted(history, name, isMade), wanted(history, name, isInDoubt)];
    const newest = certain.at(-1);
    if (newest === void 0 || [newest, ...doubtful].includes(meeting[name] ?? "")) continue;
    return `its ${name} is ${meeting[name]}, and not ${newest}`;
  }
  return void 0;
}
function wanted(history, name, counts) {
  const { request, changes: changes2 } = history;
  const said = [
    { revision: void 0, wants: request.meeting },
    ...changes2.map(({ revision, action, sets }) => ({
      revision,
      wants: action === "upsert" ? { ...request.meeting, ...sets } : sets
    }))
  ];
  return said.filter(({ revision }) => counts(ownResults(history, revision))).flatMap(({ wants }) => valueOf(wants, name) ?? []);
}
function valueOf(wants, name) {
  const { subject, lobbyBypassSettings } = wants;
  return name === "subject" ? subject : lobbyBypassSettings?.scope;
}
var isMade = (results) => results.some(
  ({ status: status2, notApplied }) => hasMeeting(status2) && status2 !== "superseded" && notApplied === 0
);
var isInDoubt = (results) => results.some(
  ({ status: status2, code, notApplied }) => notApplied > 0 || status2 === "failed" && !withoutEffect.has(code ?? "")
);

// trial/verdict/calendar-verdict.ts
function wrongEvent(history) {
  const { request, events, mails, entry, results } = history;
  if (request.calendar === void 0) return void 0;
  const early = mails.find((mail) => mail.kind === "invitation" && !wasAskedFor(mail, history));
  if (early !== void 0) return `${early.to} was invited while the lobby was ${early.lobby}`;
  for (const person of request.calendar.invite) {
    const [invited, cancelled] = ["invitation", "cancellation"].map(
      (kind) => mails.filter((mail) => mail.kind === kind && mail.to === person).length
    );
    if (invited !== void 0 && invited > 1) return `${person} was invited ${invited} times`;
    if (cancelled !== (results.some(isCancel) ? invited : 0))
      return `${person} was invited ${invited} times, and told of ${cancelled} cancellations`;
    if (events === 1 && invited !== 1 && entry !== void 0 && !isWithheld(entry.progress))
      return `${person} was not invited`;
  }
  return events > 1 ? `it has ${events} events` : void 0;
}
var wasAskedFor = ({ lobby: lobby2 }, { request, changes: changes2 }) => [request.meeting, ...changes2.map(({ sets }) => sets)].some(
  ({ lobbyBypassSettings }) => lobbyBypassSettings?.scope === lobby2
);
var isWithheld = (progress) => progress.state === "finished" && progress.result.error !== null;

// trial/verdict/request-verdict.ts
var contradiction = (history) => disagreement(history) ?? wrongEnd(history) ?? wrongEvent(history);

// trial/verdict/verdict.ts
function judge(evidence) {
  const { graph, state, results, told, items } = evidence;
  const histories = historiesOf(evidence);
  const ended = new Set([...results, ...told].map((each) => keyOf(each.requestId, each.revision)));
  return {
    meetings: histories.reduce((sum, { madeAt }) => sum + madeAt.length, 0),
    duplicates: histories.flatMap((history) => duplicatesOf(history, evidence)),
    withoutResult: items.map(keyOfItem).filter((key2) => !ended.has(key2)),
    contradictions: histories.filter(({ results: own, told: answers }) => own.length + answers.length > 0).flatMap((history) => {
      const wrong = contradiction(history);
      return wrong === void 0 ? [] : [`${history.request.requestId}: ${wrong}`];
    }),
    strays: straysOf(evidence),
    batchProblems: judgeBatches({ ...evidence, stored: state.batches, active: state.active }),
    ...countEnds(histories, evidence),
    events: graph.events.list().length,
    invitations: graph.events.mails.filter(({ kind }) => kind === "invitation").length
  };
}
function duplicatesOf({ request, made }, { retried }) {
  const accepted = request.createOnly ? retried.get(request.requestId) ?? 0 : 0;
  return made.slice(1 + accepted).map(({ id }) => `${request.requestId}: ${id}`);
}
function straysOf({ items, results }) {
  const known = new Set(items.map(({ request }) => request.requestId));
  return results.filter(({ requestId }) => !known.has(requestId)).map((result) => JSON.stringify(result));
}
function countEnds(histories, { graph, answered }) {
  const creates = createsBySubject(graph);
  const statuses = {};
  const changeStatuses = {};
  const failures = {};
  const unknown = { answerLost: 0, notRecorded: 0, neverAsked: 0 };
  const count = (result, counts) => {
    const { status: status2 = "refused", code = "" } = result ?? {};
    counts[status2] = (counts[status2] ?? 0) + 1;
    if (status2 === "failed") failures[code] = (failures[code] ?? 0) + 1;
  };
  for (const history of histories) {
    const { request, changes: changes2, results } = history;
    const own = lastAttempt(ownResults(history, void 0));
    count(own ?? results.find(({ revision }) => revision === void 0), statuses);
    if (own?.status === "unknown")
      unknown[doubtOf(creates.get(request.meeting.subject) ?? [], answered)] += 1;
    for (const { revision } of changes2)
      count(
        results.find((result) => result.revision === revision),
        changeStatuses
      );
  }
  return { statuses, changeStatuses, failures, unknown };
}

// trial/trial.ts
var lookEveryMs3 = 250;
var maxStillMs = 9e4;
var maxStillLeases = 4;
async function runTrial(options) {
  const variant = new AppVariant(options.changes);
  const harness = await TrialHarness.start({
    ...options,
    appFolder: variant.folder,
    logCapacity: options.requests * 40
  });
  try {
    return await new Trial(options, harness).run();
  } finally {
    await harness.close();
    variant.remove();
  }
}
var Trial = class {
  #options;
  #harness;
  #plan;
  #queues;
  #collector;
  #people;
  #sender;
  #started = Date.now();
  #end = new AbortController();
  #keys;
  /** Keys of the items that have a result or an answer. */
  #ended = /* @__PURE__ */ new Set();
  #told = [];
  #batches = [];
  #urls = 0;
  constructor(options, harness) {
    this.#options = options;
    this.#harness = harness;
    this.#plan = planTrial(options.requests, options.seed);
    this.#keys = new Set(this.#plan.items.map(keyOfItem));
    this.#queues = new Queues(harness.connectionString);
    const deps = this.#endpointDependencies();
    this.#people = new People({ ...deps, ...options });
    this.#collector = new ResultCollector(this.#queues.client("meeting-results"), {
      result: (result) => {
        this.#noteEnd(result);
        this.#people.onResult(result);
      },
      completed: (message) => this.#people.onCompleted(message)
    });
    const { pace } = harness;
    this.#sender = new Sender(this.#plan, { deps, pace, ended: this.#ended });
  }
  async run() {
    const { kills: kills2, storageRestarts } = this.#options;
    await this.#queues.create();
    this.#collector.start();
    const course = {
      total: this.#plan.items.length,
      done: () => this.#ended.size,
      signal: this.#end.signal
    };
    const trouble = [
      makeTrouble(kills2, course, () => this.#harness.killOne()),
      makeTrouble(storageRestarts, course, () => this.#harness.restartStorage())
    ];
    const sending = this.#sender.sendAll();
    await this.#untilStill(sending);
    this.#end.abort();
    await Promise.all([...trouble, sending.catch(this.#noteFailure)]);
    const left = await this.#queues.left();
    const state = await this.#readState();
    const verdict = this.#judge(state);
    const before = this.#made;
    const leftByCleanUp = await runCleanUp(this.#harness, {
      changes: this.#options.changes,
      blobs: new Set([...state.batches.values()].map(({ rows }) => rows.blob))
    });
    await this.#collector.stop();
    return this.#report(verdict, { ...left, leftByCleanUp, madeByCleanUp: this.#made - before });
  }
  #noteFailure = (thrown) => {
    if (!this.#end.signal.aborted || !isAbort(thrown)) this.#options.onFailure?.(String(thrown));
  };
  /** Undoing a batch brings results that belong to no item. */
  #noteEnd({ requestId, revision }) {
    const key2 = keyOf(requestId, revision);
    if (this.#keys.has(key2)) this.#ended.add(key2);
  }
  /** Meetings and results so far. */
  get #made() {
    return this.#harness.graph.meetings.list().length + this.#collector.results.length;
  }
  #endpointDependencies() {
    return {
      requests: new Queues(this.#harness.appConnectionString).client("meeting-requests"),
      url: () => {
        const { urls } = this.#harness;
        return urls[(this.#urls += 1) % urls.length] ?? "http://127.0.0.1:1";
      },
      signal: this.#end.signal,
      tell: (told) => {
        if (told.isRetry !== true) this.#noteEnd(told);
        this.#told.push(told);
      },
      onBatch: (batch2) => {
        this.#batches.push(batch2);
        this.#people.onBatch(batch2);
      }
    };
  }
  /** Everything is sent, every item has a result and no message is left; or nothing has changed for a long time. */
  async #untilStill(sending) {
    let allSent = false;
    sending.then(
      () => allSent = true,
      () => void 0
    );
    let latest = "";
    const limit = this.#started + this.#options.limitSeconds * 1e3;
    let since = Date.now();
    for (; Date.now() < Math.min(limit, since + this.#maxStillMs); await (0, import_promises11.setTimeout)(lookEveryMs3)) {
      this.#options.onProgress?.(this.#progress());
      const isDone = allSent && this.#people.areIdle && this.#allHaveResults;
      if (isDone && await this.#queues.areEmpty()) return;
      const state = JSON.stringify([this.#made, this.#told.length]);
      if (state !== latest) since = Date.now();
      latest = state;
    }
  }
  get #allHaveResults() {
    return this.#ended.size >= this.#plan.items.length;
  }
  get #maxStillMs() {
    const { leaseSeconds } = this.#harness.pace.timesFor(this.#options);
    return Math.max(maxStillMs, leaseSeconds * maxStillLeases * 1e3);
  }
  #progress() {
    return {
      seconds: this.#seconds,
      sent: this.#sender.sent.size,
      total: this.#plan.items.length,
      withResult: this.#ended.size,
      meetings: this.#harness.graph.meetings.list().length,
      kills: this.#harness.kills
    };
  }
  get #seconds() {
    return Math.round((Date.now() - this.#started) / 1e3);
  }
  #readState() {
    const ids = this.#plan.requests.map(({ requestId }) => requestId);
    return readStoredState(this.#harness.connectionString, ids);
  }
  #judge(state) {
    const { graph, answered, watch } = this.#harness;
    const { results, completions } = this.#collector;
    const { cancelled, undone, retried } = this.#people;
    return judge({
      ...{ state, graph, answered, results, completions, cancelled, undone, retried },
      items: this.#plan.items,
      told: this.#told,
      sent: this.#batches,
      tooEarly: watch.order.tooEarly
    });
  }
  #report(verdict, ends) {
    const { graph, faults, kills: kills2, storageRestarts, timerRuns, watch, pace } = this.#harness;
    const { requests, items, sendings } = this.#plan;
    const { cancelled, undone, retried } = this.#people;
    return {
      ...verdict,
      ...ends,
      requests: requests.length,
      changes: items.length - requests.length,
      sendings: sendings.length,
      resultMessages: this.#collector.results.length,
      batches: this.#batches.length,
      cancelledBatches: [...cancelled.values()].filter(Boolean).length,
      undoneBatches: [...undone.values()].filter(Boolean).length,
      retriedRequests: retried.size,
      kills: kills2,
      storageRestarts,
      timerRuns,
      graphFaults: faultsByKind(graph.faultReport()),
      storageFaults: { "request lost": faults.requestsLost, "answer lost": faults.answersLost },
      messages: Object.fromEntries(watch.messages),
      slowestCallMs: Math.round(pace.slowestMs),
      seconds: this.#seconds
    };
  }
};
var isAbort = (thrown) => thrown instanceof Error && thrown.name === "AbortError";

// trial/run-mutants.ts
var deadlyTrial = {
  ...shortTrial,
  requests: 400,
  kills: { everySeconds: 1, atMost: Infinity },
  storageRestarts: { everySeconds: 0, atMost: 0 }
};
var seeds = [1, 2, 3];
async function promisesBrokenBy(changes2, seed) {
  const options = { ...deadlyTrial, seed, changes: [...deadlyTrial.changes, ...changes2] };
  return brokenPromises(await runTrial(options));
}
async function noticed(change) {
  for (const seed of seeds) {
    const broken = await promisesBrokenBy([change], seed);
    if (broken.length > 0) return [...broken, `seed ${seed}`];
  }
  return [];
}
function report(verdict, name, broken) {
  process.stdout.write(`${verdict.padEnd(11)}  ${name}: ${broken.join("; ") || "\u2013"}
`);
}
function runTests() {
  const variant = new SourceVariant();
  try {
    for (const [name, safeguard] of Object.entries(safeguards)) {
      const failure2 = variant.failureWithout(safeguard);
      report(failure2 === void 0 ? "NOT NOTICED" : "noticed", name, [failure2 ?? safeguard.test]);
      if (failure2 === void 0) process.exitCode = 1;
    }
  } finally {
    variant.remove();
  }
}
async function runTrials() {
  for (const seed of seeds) {
    const sound = await promisesBrokenBy([], seed);
    report(sound.length === 0 ? "kept" : "BROKEN", `the app as it is, seed ${seed}`, sound);
    if (sound.length > 0) process.exitCode = 1;
  }
  for (const [name, change] of Object.entries(mutants)) {
    const broken = await noticed(change);
    report(broken.length > 0 ? "noticed" : "NOT NOTICED", name, broken);
    if (broken.length === 0) process.exitCode = 1;
  }
}
async function main(only) {
  if (only !== "trials") runTests();
  if (only !== "tests") await runTrials();
}
void main(process.argv[2]);
