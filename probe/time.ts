/** A deadline of this program passed; `what` completes "... did not end within". */
export class TimedOut extends Error {
  readonly what: string;
  readonly seconds: number;

  constructor(what: string, seconds: number) {
    super(`${what} did not end within ${seconds} s`);
    this.what = what;
    this.seconds = seconds;
  }
}

/** The program was told to stop. */
export class Interrupted extends Error {}

/**
 * Runs something with a signal that says stop after so many seconds, or when the outer one does. It returns then even
 * where the work does not listen. AbortSignal.timeout would let Node end before it: its timer holds nothing.
 */
export async function within<T>(
  what: string,
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new TimedOut(what, seconds)), seconds * 1000);
  const follow = (): void => stop.abort(outer.reason);
  outer.addEventListener("abort", follow, { once: true });
  try {
    return await abortable(stop.signal, work(stop.signal));
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", follow);
    // What was left behind on success or failure ends, too.
    stop.abort(new Interrupted("ended"));
  }
}

function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

export function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export function milliseconds(since: number): number {
  return Math.round((performance.now() - since) * 10) / 10;
}

export function seconds(since: number): number {
  return Math.round(performance.now() - since) / 1000;
}
