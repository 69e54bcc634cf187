import type { Result, Task } from "./check.ts";

/** How a task goes, for the progress. */
export type Progress =
  | { readonly task: Task; readonly state: "started" }
  | { readonly task: Task; readonly state: "finished"; readonly results: readonly Result[] };

/**
 * Runs all tasks side by side. Results come in the order of the tasks, whichever finished first.
 *
 * @throws UserError of the first task that could not look; the others are told to stop, and have stopped
 */
export async function runTasks(
  tasks: readonly Task[],
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<Result[]> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const settled = await Promise.allSettled(
    tasks.map(async (task) => {
      tell({ task, state: "started" });
      try {
        const results = await task.run(both);
        tell({ task, state: "finished", results });
        return results;
      } catch (error) {
        stop.abort();
        throw error;
      }
    }),
  );
  const [first] = settled.flatMap((end) => (end.status === "rejected" ? [end.reason as unknown] : []));
  if (first !== undefined) throw first;
  return settled.flatMap((end) => (end.status === "fulfilled" ? end.value : []));
}
