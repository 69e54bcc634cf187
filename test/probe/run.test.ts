import { expect, test } from "@jest/globals";
import { type Check, failed, passed } from "../../probe/check.ts";
import { runChecks } from "../../probe/run.ts";
import { probePlan } from "../support/probe.ts";

test("a check waits for those that it comes after, whatever they found, and is skipped for those that it needs alone", async () => {
  const running = new Set<string>();
  const overlapped: string[] = [];
  const check = (name: string, more: Partial<Check>): Check => ({
    name,
    category: "database",
    needs: [],
    seconds: 60,
    run: async () => {
      overlapped.push(...running);
      running.add(name);
      await new Promise((resolve) => setImmediate(resolve));
      running.delete(name);
      return name === "first" ? failed("infrastructure", "broken") : passed("fine");
    },
    ...more,
  });
  const results = await runChecks(
    [
      check("third", { after: ["second", "not chosen"] }),
      check("second", { after: ["first"] }),
      check("first", {}),
      check("needs", { needs: ["first"] }),
    ],
    { plan: probePlan(), id: undefined, hide: (text) => text },
    new AbortController().signal,
    () => {},
  );
  expect(overlapped).toEqual([]);
  expect(results.map(({ check: name, status }) => [name, status])).toEqual([
    ["third", "passed"],
    ["second", "passed"],
    ["first", "failed"],
    ["needs", "skipped"],
  ]);
});
