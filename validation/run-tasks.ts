import type { Result, Task } from "./check.ts";

/** Progress of a task. */
export type Progress =
  | { readonly task: Task; readonly state: "started" }
  | { readonly task: Task; readonly state: "finished"; readonly results: readonly Result[] };

/**
 * Runs all tasks concurrently. Results are in the order of the tasks.
 *
 * @param signal aborted where the user interrupts; what is returned then is not complete
 * @throws UserError of the first task that could not check; the others are aborted, and have ended
 */
export async function runTasks(
  tasks: readonly Task[],
  signal: AbortSignal,
  emit: (progress: Progress) => void,
): Promise<Result[]> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const errors: unknown[] = [];
  const results = await Promise.all(
    tasks.map(async (task): Promise<readonly Result[]> => {
      emit({ task, state: "started" });
      try {
        const found = await task.run(both);
        // Results after an abort say nothing about the platform.
        if (!both.aborted) emit({ task, state: "finished", results: found });
        return found;
      } catch (error) {
        // Errors after an interruption follow from it: the caller reports the interruption only.
        if (!signal.aborted) errors.push(error);
        stop.abort();
        return [];
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
  return results.flat();
}
