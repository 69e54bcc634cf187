import type { Result, Task } from "./check.ts";

/** How a task goes, for the progress. */
export type Progress =
  | { readonly task: Task; readonly state: "started" }
  | { readonly task: Task; readonly state: "finished"; readonly results: readonly Result[] };

/**
 * Runs all tasks side by side. Results come in the order of the tasks, whichever finished first.
 *
 * @param signal aborted where the user interrupts; what is returned then is not complete
 * @throws UserError of the first task that could not check; the others are told to stop, and have stopped
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
        // What a task found after it was told to stop says nothing of the platform.
        if (!both.aborted) emit({ task, state: "finished", results: found });
        return found;
      } catch (error) {
        // Whatever breaks after an interruption breaks because of it: the caller tells that, not its echoes.
        if (!signal.aborted) errors.push(error);
        stop.abort();
        return [];
      }
    }),
  );
  if (errors.length > 0) throw errors[0];
  return results.flat();
}
