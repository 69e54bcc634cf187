import { expect, test } from "@jest/globals";
import { ruleById } from "../../../rules/index.ts";
import { check } from "../support.ts";

const reported = (available_cpu: unknown, available_memory: unknown) =>
  check(ruleById("capacity/cpu-memory"), {
    google_cloudfunctions2_function: {
      f: { name: "f", service_config: { available_cpu, available_memory } },
    },
  }).map(({ message }) => message);

test("memory of a function goes with its CPU, in binary and decimal units", () => {
  for (const [cpu, memory] of [
    ["1", "4Gi"],
    ["2", "8G"],
    ["4", "2G"],
    ["0.5", "512M"],
    ["0.333", "512Mi"],
    [undefined, "16G"],
    ["1", undefined],
    ["${var.cpu}", "16G"],
  ])
    expect([cpu, memory, ...reported(cpu, memory)]).toEqual([cpu, memory]);
});

test("more or less than Cloud Run takes is rejected", () => {
  expect(reported("1", "8G")).toEqual([
    "memory is 8G with 1 CPU; rejected by the API: for 1 CPU, memory must be between 128Mi and 4096Mi.",
  ]);
  for (const [cpu, memory] of [
    ["1", "8Gi"],
    ["4", "1G"],
    ["0.333", "1G"],
    ["8", "2G"],
  ])
    expect(reported(cpu, memory)).toHaveLength(1);
  expect(reported("3", "4Gi")).toHaveLength(1);
});
