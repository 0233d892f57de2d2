import type { OnlineMeeting, OnlineMeetingInput } from '../requests/online-meeting';
import type { MeetingResult } from '../results/meeting-result';

/** Options of every call to Graph. */
export interface CallOptions {
  readonly language?: string | undefined;
  /** Milliseconds since 1970 after which the caller no longer waits. */
  readonly deadline: number;
  /** The request on whose behalf the call is made, for the log. */
  readonly requestId?: string | undefined;
}

/** A meeting stored in Graph. */
export type StoredMeeting = OnlineMeeting & { readonly id: string };

/** The answer to a create or createOrGet. */
export interface CreatedMeeting {
  readonly meeting: StoredMeeting;
  /** False if Graph had this meeting before the call. */
  readonly created: boolean;
}

/** A key of a meeting besides its id: https://learn.microsoft.com/graph/api/onlinemeeting-get */
export interface MeetingKey {
  readonly property: 'JoinWebUrl' | 'joinMeetingIdSettings/joinMeetingId';
  readonly value: string;
}

/** A list of meetings, as Graph returns it. */
export interface FoundMeetings {
  readonly value: readonly StoredMeeting[];
  readonly [annotation: `@odata.${string}`]: unknown;
}

/** Microsoft Graph's online meetings. Throws `MeetingError`, whose `executed` says whether the call may have had effect. */
export interface MeetingProvider {
  create(
    organizerId: string,
    meeting: OnlineMeetingInput,
    options: CallOptions,
  ): Promise<CreatedMeeting>;
  createOrGet(
    organizerId: string,
    meeting: OnlineMeetingInput & { readonly externalId: string },
    options: CallOptions,
  ): Promise<CreatedMeeting>;
  /** @throws MeetingError `meetingNotFound` if there is none, or if Graph does not find it yet. */
  get(organizerId: string, meetingId: string, options: CallOptions): Promise<StoredMeeting>;
  /** @throws MeetingError as `get`. */
  find(organizerId: string, key: MeetingKey, options: CallOptions): Promise<FoundMeetings>;
  update(
    organizerId: string,
    meetingId: string,
    change: { readonly properties: OnlineMeetingInput; readonly options: CallOptions },
  ): Promise<StoredMeeting>;
  /** @throws MeetingError as `get`. */
  delete(organizerId: string, meetingId: string, options: CallOptions): Promise<void>;
}

/** Finds people. Throws `MeetingError` (`organizerNotFound`, `directoryPermissionMissing`, …). */
export interface Directory {
  /** The object id of a user given by object id, user principal name or email address; undefined if there is none. */
  findUserId(given: string, options: CallOptions): Promise<string | undefined>;
}

/** Checks an organizer before anything is made for them. */
export interface OrganizerRights {
  /** @throws MeetingError for every reason to refuse their meetings, such as `accessPolicyMissing` and `organizerNotLicensed`. */
  check(organizerId: string, options: CallOptions): Promise<void>;
}

/** Publishes results on the results queue. @throws MeetingError `storageUnavailable`. */
export interface ResultPublisher {
  publish(result: MeetingResult): Promise<void>;
}

/** Texts that are too large for a queue message. */
export interface MessageStore {
  /** Returns the name under which the text can be loaded. */
  save(text: string): Promise<string>;
  /** Undefined if there is no such text. */
  load(name: string): Promise<string | undefined>;
}

/** Puts request messages on the requests queue. */
export interface RequestSender {
  /** `delayMs`: how long the message stays invisible, in milliseconds. */
  send(message: object, delayMs?: number): Promise<void>;
}

/** The time, and waits. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

/** Chance and new ids. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  random(): number;
  newId(): string;
}
