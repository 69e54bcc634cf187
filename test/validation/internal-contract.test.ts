import { expect, test } from "@jest/globals";
import type { PreflightResult } from "../../platform/preflight/preflight-result.ts";
import { type Inside, internalContractTasks } from "../../validation/checks/internal-contract.ts";
import type { Draft } from "../support/environments.ts";
import { run, shown, staging } from "./support.ts";

/** Whoever is inside finds this of the frontend. */
const finding = (status: PreflightResult["status"], why: string): Inside => ({
  address: async () => "https://frontend-abc.a.run.app",
  contracts: async (_, contracts) =>
    contracts.map(({ service }) => ({
      environment: "staging",
      service: "backend",
      check: `contract/${service}`,
      category: "contract",
      status,
      critical: true,
      fault: status === "failed" ? "application" : null,
      why,
      seconds: 0.2,
    })),
});

const look = async (inside: Inside, change: (draft: Draft) => void = () => {}) =>
  (await run(internalContractTasks(staging(change), inside))).map(shown);

test("the job of the service that sends all its traffic through the network asks", async () => {
  const from: string[] = [];
  const inside = finding("passed", "what is in force is what is written");
  const tasks = internalContractTasks(staging(), {
    ...inside,
    contracts: (service, contracts, signal) => {
      from.push(service);
      return inside.contracts(service, contracts, signal);
    },
  });
  expect((await run(tasks)).map(shown)).toEqual([
    "passed contract frontend: what is in force is what is written",
  ]);
  expect(from).toEqual(["backend"]);
});

test("what is not as written fails, and the application is at fault", async () => {
  const why = "request timeout: 20 s in force where 60 s is written";
  expect(await run(internalContractTasks(staging(), finding("failed", why)))).toEqual([
    {
      category: "contract",
      subject: "frontend",
      status: "failed",
      why,
      fault: "application",
      symptom: "start-up-timeouts",
      seconds: 0.2,
    },
  ]);
});

test("what cannot be asked is told as skipped, with the reason", async () => {
  const inside = finding("passed", "");
  expect(await look({ ...inside, address: async () => undefined })).toEqual([
    expect.stringContaining("and it requires authentication"),
  ]);
  expect(await look({ ...inside, contracts: async () => [] })).toEqual([
    expect.stringContaining("its image is older than this checkout"),
  ]);
  const noNat = (draft: Draft): void => {
    for (const dependency of draft.externalDependencies) delete dependency.source;
  };
  expect(await look(inside, noNat)).toEqual([
    expect.stringContaining("no service sends all its traffic through the network"),
  ]);
});
