import process from "node:process";

/**
 * Aborted by a signal to end. Every signal is handled, not only the first: Ctrl-C at a terminal reaches a command twice,
 * from the terminal and from the npm script around it, and the second one would end it before it has cancelled its jobs.
 */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}
