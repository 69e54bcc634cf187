import { Listr } from "listr2";
import type { Result, Task } from "../../validation/check.ts";
import type { Progress } from "../../validation/run-tasks.ts";
import { plural } from "../../values/words.ts";

export interface ProgressView {
  emit(progress: Progress): void;
  /** To be called at the end, also after a failure. */
  end(): Promise<void>;
}

/** One line for each task when it ends, for CI and pipes. */
export function plainProgress(write: (line: string) => void): ProgressView {
  return {
    emit: (progress) => {
      if (progress.state === "finished") write(`${progress.task.title}: ${summary(progress.results)}`);
    },
    end: async () => {},
  };
}

/** All tasks at once with spinners, for a terminal. */
export function liveProgress(tasks: readonly Task[]): ProgressView {
  const endings = new Map<Task, (results: readonly Result[] | undefined) => void>();
  const finished = new Map<Task, readonly Result[]>();
  let ended = false;
  const shown = new Listr(
    tasks.map((task) => ({
      title: task.title,
      task: async (_, line) => {
        const results = await new Promise<readonly Result[] | undefined>((resolve) => {
          const early = finished.get(task);
          if (ended || early !== undefined) resolve(early);
          else endings.set(task, resolve);
        });
        if (results === undefined) return line.skip(`${task.title}: not finished`);
        line.title = `${task.title}: ${summary(results)}`;
        if (results.some(({ status }) => status === "failed")) throw new Error(line.title);
      },
    })),
    { concurrent: true, exitOnError: false, rendererOptions: { collapseErrors: false } },
  ).run();
  return {
    emit: (progress) => {
      if (progress.state !== "finished") return;
      finished.set(progress.task, progress.results);
      endings.get(progress.task)?.(progress.results);
    },
    end: async () => {
      ended = true;
      for (const [task, resolve] of endings) resolve(finished.get(task));
      await shown;
    },
  };
}

function summary(results: readonly Result[]): string {
  const failures = results.filter(({ status }) => status === "failed");
  const [first] = failures;
  const passed = results.filter(({ status }) => status === "passed").length;
  if (first !== undefined) {
    const more = failures.length === 1 ? "" : ` (and ${plural(failures.length - 1, "more failure")})`;
    return `failed: ${first.subject === "" ? "" : `${first.subject}: `}${first.why}${more}`;
  }
  return passed === results.length
    ? `${plural(passed, "check")} passed`
    : `${passed} of ${plural(results.length, "check")} passed, the others were skipped`;
}
