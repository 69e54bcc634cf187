/**
 * Preloaded into a program that a test starts (`node --import`): its pauses pass at once and move its clocks, nothing
 * else takes time, and deadlines never pass. What it says then does not depend on how fast the machine is.
 */
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";

const started = Date.now();
let passed = 0;

performance.now = () => passed;
Date.now = () => started + passed;
AbortSignal.timeout = () => new AbortController().signal;
timers.setTimeout = async (milliseconds, value, { signal } = {}) => {
  signal?.throwIfAborted();
  passed += milliseconds;
  // Sockets and signals have their turn.
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  return value;
};
syncBuiltinESMExports();
