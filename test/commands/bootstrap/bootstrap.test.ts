import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { MAIN } from "../../support/project.ts";

jest.setTimeout(60_000);

/** Remembers a bucket and the APIs in a file as the Storage API would describe them, and records every call. */
const GCLOUD = `#!/usr/bin/env node
const fs = require("node:fs");
const file = process.env.FAKE_CLOUD;
const cloud = JSON.parse(fs.readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const said = args.join(" ");
const end = (code, text = "") => {
  fs.writeFileSync(file, JSON.stringify(cloud));
  fs.writeSync(code === 0 ? 1 : 2, text);
  process.exit(code);
};
if (cloud.refuses) end(1, "ERROR: (gcloud.storage.buckets.describe) [me] does not have permission");
if (said.startsWith("services list")) end(0, cloud.apis.join("\\n"));
if (said.startsWith("storage buckets describe"))
  cloud.bucket ? end(0, JSON.stringify(cloud.bucket)) : end(1, "ERROR: gs://x not found: 404.");
cloud.calls.push(args);
const flag = (name) => args.find((arg) => arg === name || arg.startsWith(name + "="));
const value = (name) => flag(name)?.split("=")[1];
if (said.startsWith("services enable")) cloud.apis.push(...args.slice(2).filter((arg) => !arg.startsWith("--")));
if (said.startsWith("storage buckets create")) cloud.bucket = {};
if (said.startsWith("storage buckets")) {
  const bucket = cloud.bucket;
  bucket.iamConfiguration ??= {};
  if (flag("--uniform-bucket-level-access")) bucket.iamConfiguration.uniformBucketLevelAccess = { enabled: true };
  if (flag("--public-access-prevention")) bucket.iamConfiguration.publicAccessPrevention = "enforced";
  if (flag("--versioning")) bucket.versioning = { enabled: true };
  if (flag("--soft-delete-duration"))
    bucket.softDeletePolicy = { retentionDurationSeconds: String(parseInt(value("--soft-delete-duration")) * 86400) };
  if (flag("--lifecycle-file")) bucket.lifecycle = JSON.parse(fs.readFileSync(value("--lifecycle-file"), "utf8"));
}
end(0);
`;

let folder = "";
const cloud = () => path.join(folder, "cloud.json");
const state = () => JSON.parse(readFileSync(cloud(), "utf8"));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "bootstrap-test-"));
  writeFileSync(path.join(folder, "gcloud"), GCLOUD);
  chmodSync(path.join(folder, "gcloud"), 0o755);
  writeFileSync(cloud(), JSON.stringify({ apis: [], calls: [] }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function bootstrap(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...MAIN, "bootstrap", ...args], {
    encoding: "utf8",
    env: {
      PATH: [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
      FAKE_CLOUD: cloud(),
      NODE_NO_WARNINGS: "1",
    },
  });
  return { code: status, out: stdout, err: stderr };
}

describe("bootstrap", () => {
  test("prints what is missing, and does nothing", () => {
    const { code, out } = bootstrap("production");
    expect(code).toBe(1);
    expect(out).toContain(
      "gcloud storage buckets create gs://netra-production-terraform-state --project=netra-production --location=us-central1 --uniform-bucket-level-access --public-access-prevention --soft-delete-duration=30d",
    );
    expect(out).toContain("gcloud storage buckets update gs://netra-production-terraform-state --versioning");
    expect(out).toContain("4 steps missing. Do them with: npm run bootstrap -- production --run");
    expect(state().calls).toEqual([]);
  });

  test("does it once, and finds nothing missing the second time", () => {
    expect(bootstrap("production", "--run")).toMatchObject({ code: 0, err: "" });
    expect(state().bucket).toEqual({
      iamConfiguration: { uniformBucketLevelAccess: { enabled: true }, publicAccessPrevention: "enforced" },
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: "2592000" },
      lifecycle: {
        rule: [
          { action: { type: "Delete" }, condition: { numNewerVersions: 50, daysSinceNoncurrentTime: 90 } },
        ],
      },
    });
    const { calls } = state();
    expect(bootstrap("production", "--run")).toEqual({
      code: 0,
      out: "Nothing is missing: netra-production-terraform-state can hold the state of production.\n",
      err: "",
    });
    expect(state().calls).toEqual(calls);
  });

  test("adds to an older bucket what it lacks, and takes nothing away", () => {
    const own = { rule: [{ action: { type: "Delete" }, condition: { age: 3650 } }] };
    bootstrap("production", "--run");
    const { bucket } = state();
    writeFileSync(
      cloud(),
      JSON.stringify({
        ...state(),
        calls: [],
        bucket: {
          ...bucket,
          lifecycle: own,
          versioning: undefined,
          softDeletePolicy: { retentionDurationSeconds: "7776000" },
        },
      }),
    );
    expect(bootstrap("production", "--run").out).toContain("Done: 1 step.");
    expect(state().calls).toEqual([
      ["storage", "buckets", "update", "gs://netra-production-terraform-state", "--versioning"],
    ]);
    expect(state().bucket.lifecycle).toEqual(own);
  });

  test("refuses a bucket that lets nothing be replaced", () => {
    writeFileSync(
      cloud(),
      JSON.stringify({ apis: [], calls: [], bucket: { retentionPolicy: { retentionPeriod: "86400" } } }),
    );
    const { code, err } = bootstrap("production");
    expect(code).toBe(2);
    expect(err).toContain("Terraform could neither replace its state nor delete its lock");
  });

  test("tells in one sentence what it cannot look at", () => {
    expect(bootstrap("staging").err).toContain("environments/staging.ts names no state.bucket");
    writeFileSync(cloud(), JSON.stringify({ refuses: true }));
    expect(bootstrap("production")).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not have permission"),
    });
    rmSync(path.join(folder, "gcloud"));
    if (
      !(process.env.PATH ?? "").split(path.delimiter).some((place) => existsSync(path.join(place, "gcloud")))
    )
      expect(bootstrap("production").err).toContain("install the Google Cloud CLI");
  });
});
