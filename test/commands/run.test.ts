import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { MAIN, ROOT } from "../support/project.ts";

const main = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...MAIN, ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
};

test("the overview lists every command that is an npm script, in lines that fit a terminal", () => {
  const { status, stdout, stderr } = main("help");
  expect([status, stderr]).toEqual([0, ""]);
  const listed = [...stdout.matchAll(/^ {4}([a-z-]+) {2}/gm)].map(([, name]) => name);
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  for (const name of listed) expect([name, scripts[name ?? ""]]).toEqual([name, expect.any(String)]);
  expect(listed).toEqual(expect.arrayContaining(["synth", "verify", "review", "deploy", "rollout", "drift"]));
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
});

test("usage lines are what people type", () => {
  expect(main("deploy", "--help").stdout).toMatch(/^Usage: npm run deploy -- \[options\] <environment>\n/);
});

test("an unknown command is one sentence with the nearest one", () => {
  expect(main("depoly", "staging")).toEqual({
    status: 2,
    stdout: "",
    stderr:
      'There is no command "depoly". Did you mean "deploy"? "npm run help" lists all of them; "npm start -- ENVIRONMENT" synthesizes one environment.\n',
  });
});
