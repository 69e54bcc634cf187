import process from "node:process";

/**
 * Aborted when somebody wants the program to end. Every signal is taken, not the first alone: at a terminal Ctrl-C reaches
 * a command twice, from the terminal and from the npm script around it, and the second would end it before it has
 * cancelled what it started.
 */
export function interruption(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}
