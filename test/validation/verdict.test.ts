import { expect, test } from "@jest/globals";
import { type Category, failed, passed, type Result, skipped } from "../../validation/check.ts";
import { verdict } from "../../validation/verdict.ts";

const about = (category: Category, subject: string) => ({ category, subject, seconds: 0 });
const ok = (category: Category, count: number): Result[] =>
  Array.from({ length: count }, (_, index) => passed(about(category, `ok ${index}`), "fine"));
const bad = (category: Category, count: number): Result[] =>
  Array.from({ length: count }, (_, index) =>
    failed(about(category, `bad ${index}`), "broken", "infrastructure", "endpoint-down"),
  );
const not = (category: Category, count: number): Result[] =>
  Array.from({ length: count }, (_, index) => skipped(about(category, `not ${index}`), "nobody looked"));

test("exactly at the bound passes, one below fails", () => {
  expect(verdict([...ok("endpoints", 8), ...bad("latency", 2)], 0.8)).toMatchObject({
    passed: true,
    why: "8 of 10 checks passed (80 %, required 80 %); every critical category passed.",
  });
  expect(verdict([...ok("endpoints", 79), ...bad("latency", 21)], 0.8).passed).toBe(false);
});

test("one failure in a critical category fails, however many others passed", () => {
  expect(verdict([...ok("endpoints", 99), ...bad("agents", 1)], 0.8)).toMatchObject({
    passed: false,
    why: "99 of 100 checks passed (99 %, required 80 %); critical category not passed: agents (1 failed).",
  });
});

test("skipped checks count among all, and not as passed", () => {
  expect(verdict([...ok("endpoints", 7), ...not("advice", 3)], 0.8)).toMatchObject({
    passed: false,
    share: 0.7,
  });
});

test("a critical category of which all was skipped has not passed", () => {
  expect(verdict([...ok("endpoints", 9), ...not("start-up", 1)], 0.8)).toMatchObject({
    passed: false,
    why: "9 of 10 checks passed (90 %, required 80 %); critical category not passed: start-up (1 skipped, none passed).",
  });
});

test("nothing looked at is not passed", () => {
  expect(verdict([], 0.8).passed).toBe(false);
});

test("79.9 % is not told as 80 %", () => {
  expect(verdict([...ok("endpoints", 7999), ...bad("latency", 2001)], 0.8).why).toContain(
    "(79.9 %, required 80 %)",
  );
});
