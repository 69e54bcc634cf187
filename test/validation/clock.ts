import type { Clock } from "../../validation/check.ts";

/** A clock that a test turns: sleeping moves it on at once. */
export function clock(start = Date.now()): Clock & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}
