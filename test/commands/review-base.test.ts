import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { runWithoutProviders, withoutProviders } from "../support/no-provider.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "review-base-"));
  withoutProviders(folder);
  // Every service has a known good revision, so that Cloud Run is not asked.
  const record = (stable: string) => ({ stable, image: null, blocked: [] });
  const services = { auth: record("auth-1"), backend: record("backend-1"), frontend: record("frontend-1") };
  mkdirSync(path.join(folder, "rollout.staging"));
  writeFileSync(
    path.join(folder, "rollout.staging", "1.json"),
    JSON.stringify({ version: 2, environment: "staging", services }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The kind of fault: a stack that a change reaches is left out of the plans, or one that is left out is not named.
test("review --base plans what differs from the base and what comes after it, and names the rest", async () => {
  const base = path.join(folder, "base");
  expect(
    (await runWithoutProviders("synth", ["staging", "--output", base, "--quiet"], { folder })).status,
  ).toBe(0);
  cpSync(base, path.join(folder, "cdktf.out"), { recursive: true });
  const edge = path.join(base, "stacks/staging-edge/cdk.tf.json");
  writeFileSync(edge, readFileSync(edge, "utf8").replace("TLS_1_2", "TLS_1_3"));

  const { status, stdout, stderr } = await runWithoutProviders("review", ["staging", "--base", base], {
    folder,
  });
  // Terraform was asked for these alone; it has no provider here.
  const planned = [...new Set([...stderr.matchAll(/^(staging-[a-z-]+): /gm)].map(([, stack]) => stack))];
  expect(planned).toEqual(["staging-edge", "staging-operations"]);
  expect(status).toBe(2);
  expect(stdout).toContain(
    "Not planned: staging-foundation, staging-network, staging-data, staging-preflight, staging-service-auth, staging-service-backend, staging-service-frontend, because neither their Terraform nor that of a stack they come after differs from the base.",
  );
});

test("review --base of a folder without stacks is refused with what to do", async () => {
  const { status, stderr } = await runWithoutProviders("review", ["staging", "--base", folder], { folder });
  expect(status).toBe(2);
  expect(stderr).toContain(`${folder} holds no synthesized stacks: check out the base, and run npm start`);
});

test("review --base of the folder that the review writes itself is refused: it would be compared with itself", async () => {
  const output = path.join(folder, "cdktf.out");
  const { status, stderr } = await runWithoutProviders("review", ["staging", "--base", output], { folder });
  expect(status).toBe(2);
  expect(stderr).toContain(`${output} is where this review synthesizes: give the base a folder of its own`);
});
