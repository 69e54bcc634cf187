import timers from "node:timers/promises";
import { afterEach, beforeEach, jest } from "@jest/globals";

/** The time of this process, which passes only when a test says so. */
export interface HeldTime {
  /** Lets so many milliseconds pass: pauses and deadlines that end within them end in their order. */
  pass(milliseconds: number): Promise<void>;
}

/**
 * Holds clocks, timers, pauses and `AbortSignal.timeout` of this process in every test of the file, while sockets and
 * files are real: no answer is late, however slow the machine is, and nobody waits for a deadline.
 */
export function holdTime(): HeldTime {
  beforeEach(() => {
    jest.useFakeTimers({
      doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "clearImmediate", "hrtime"],
    });
    jest.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      const deadline = new AbortController();
      setTimeout(
        () => deadline.abort(new DOMException("The deadline has passed.", "TimeoutError")),
        milliseconds,
      );
      return deadline.signal;
    });
    jest.spyOn(timers, "setTimeout").mockImplementation(
      (milliseconds, value, { signal } = {}) =>
        new Promise((resolve, reject) => {
          const abort = (): void => reject(signal?.reason);
          if (signal?.aborted) return abort();
          signal?.addEventListener("abort", abort, { once: true });
          setTimeout(() => resolve(value as never), milliseconds);
        }),
    );
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });
  return { pass: (milliseconds) => jest.advanceTimersByTimeAsync(milliseconds) };
}
