import { expect, test } from "@jest/globals";
import { UserError } from "../../platform/user-error.ts";
import { passed, type Task } from "../../validation/check.ts";
import { type Progress, runTasks } from "../../validation/run-tasks.ts";

const result = (subject: string) => passed({ category: "endpoints", subject, seconds: 0 }, "fine");
const told = (progress: readonly Progress[]): string[] =>
  progress.map(({ task, state }) => `${task.title} ${state}`);

test("tasks run side by side, and results keep their order", async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const tasks: Task[] = [
    { title: "first", run: async () => gate.then(() => [result("first")]) },
    {
      title: "second",
      run: async () => {
        release();
        return [result("second")];
      },
    },
  ];
  const progress: Progress[] = [];
  const results = await runTasks(tasks, new AbortController().signal, (one) => progress.push(one));
  expect(results.map(({ subject }) => subject)).toEqual(["first", "second"]);
  expect(told(progress)).toEqual(["first started", "second started", "second finished", "first finished"]);
});

test("the first that could not check is told; the others stop, and what they find then is not shown", async () => {
  const stopped: string[] = [];
  const waits = (title: string, end: () => Promise<never[]>): Task => ({
    title,
    run: (signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => {
          stopped.push(title);
          end().then(resolve, reject);
        });
      }),
  });
  const progress: Progress[] = [];
  const done = runTasks(
    [
      waits("early", async () => []),
      waits("in turn", async () => {
        throw new UserError("interrupted");
      }),
      {
        title: "blind",
        run: async () => {
          throw new UserError("Cloud Monitoring does not answer.");
        },
      },
    ],
    new AbortController().signal,
    (one) => progress.push(one),
  );
  await expect(done).rejects.toThrow("Cloud Monitoring does not answer.");
  expect(stopped).toEqual(["early", "in turn"]);
  expect(told(progress)).toEqual(["early started", "in turn started", "blind started"]);
});

test("an interruption is no failure to look, whatever the tasks make of it", async () => {
  const stop = new AbortController();
  const broken: Task = {
    title: "broken",
    run: async () => {
      stop.abort();
      throw new UserError("monitoring.googleapis.com does not answer (AbortError).");
    },
  };
  expect(await runTasks([broken], stop.signal, () => {})).toEqual([]);
});
