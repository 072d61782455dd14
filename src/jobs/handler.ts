export type Progress = { done: number; total: number }
export type Tell = (progress: Progress) => Promise<void>

/**
 * What a job does. Long ones tell how far they are and ask between their steps whether to stop; what they answer with is
 * shown as what the run did. A job may run again after a failure or a power cut: each run goes on from what is there.
 */
export type Handler = (payload: unknown, tell: Tell, stopped: () => boolean) => Promise<object | void>

/** Thrown by a handler: it failed, and trying again by itself would be of no use. `cause` says why. */
export class GivenUp extends Error {
  override name = 'GivenUp'
}
