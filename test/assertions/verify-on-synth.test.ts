import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network/index.js";
import { RedisInstance } from "@cdktf/provider-google/lib/redis-instance/index.js";
import { VpcAccessConnector } from "@cdktf/provider-google/lib/vpc-access-connector/index.js";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { App, Aspects, Testing } from "cdktf";
import { Construct } from "constructs";
import { type VerifyOnSynthOptions, verifyOnSynth } from "../../assertions/verify-on-synth.ts";
import { waive } from "../../assertions/waive.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { errorOf, type Outcome, stackOf, synthesize } from "../support/other-team.ts";

const today = "2026-11-30";
const waiver = { rule: "capacity/connector-instances", reason: "ticket 1278", expires: "2026-12-31" };

/** A connector of a raw class whose maximum the API refuses. */
function connector(
  scope: Construct,
  maxInstances = 15,
  ipCidrRange = "10.8.0.0/28",
  name = "main",
): VpcAccessConnector {
  return new VpcAccessConnector(scope, "connector", {
    name,
    network: "default",
    ipCidrRange,
    minInstances: 2,
    maxInstances,
  });
}

interface Verified extends Outcome {
  /** What was printed of an app that is not refused. */
  readonly printed: string;
}

function verified(build: (app: App) => void, options: VerifyOnSynthOptions = {}): Verified {
  const printed: string[] = [];
  const outcome = synthesize((app) => {
    verifyOnSynth(app, { today, report: (text) => printed.push(text), ...options });
    build(app);
  });
  return { ...outcome, printed: printed.join("\n") };
}

describe("an app of raw resources", () => {
  test("is refused with the report of verify, and nothing is written", () => {
    const { error, files } = verified((app) => {
      connector(stackOf(app, "network"));
      connector(stackOf(app, "other"), 15, "10.9.0.0/28", "other");
    });
    expect(error).toMatch(
      /^Refused: 2 errors\. Nothing was written\.\n\nErrors \(2\)\n\n {2}google_vpc_access_connector\.connector {2}network\/connector\n/,
    );
    expect(error).toContain("max_instances");
    expect(error).toMatch(
      /\n2 errors\.\n\d+ checks were made\.\nRead 2 resources of the stacks network, other\.\n/,
    );
    expect(files).toEqual([]);
  });

  test("is written where the rules hold, and says nothing", () => {
    const { error, printed, files } = verified((app) => void connector(stackOf(app, "network"), 10));
    expect({ error, printed }).toEqual({ error: "", printed: "" });
    expect(files).toEqual(["manifest.json", "stacks/network/cdk.tf.json"]);
  });

  test("is judged as overrides and Aspects have left it", () => {
    const { error } = verified((app) => {
      const stack = stackOf(app, "network");
      connector(stack, 10).addOverride("max_instances", 15);
      const network = new ComputeNetwork(stack, "vpc", { name: "main" });
      Aspects.of(stack).add({
        visit(node) {
          if (node === network) network.name = "Main";
        },
      });
    });
    expect(error).toContain("Refused: 2 errors.");
    expect(error).toContain("network/connector");
    expect(error).toContain('the name "Main"');
  });

  test("may be verified before or after its stacks are made", () => {
    const { error } = synthesize((app) => {
      connector(stackOf(app, "network"));
      verifyOnSynth(app);
    });
    expect(error).toContain("Refused: 1 error.");
  });

  test("without any resource is written, and says that nothing was checked", () => {
    const { error, printed } = verified((app) => void stackOf(app, "empty"));
    expect(error).toBe("");
    expect(printed).toContain("No resource was found in the stack empty.");
  });

  test("whose validation is skipped is not judged", () => {
    const app = new App({ outdir: mkdtempSync(path.join(os.tmpdir(), "skipped-")), skipValidation: true });
    verifyOnSynth(app);
    connector(stackOf(app, "network"));
    expect(errorOf(() => app.synth())).toBe("");
    rmSync(app.outdir, { recursive: true });
  });
});

test("a finding at a construct that checks itself is reported once", () => {
  const { error } = verified((app) => void new VpcNetwork(stackOf(app, "one"), "network", { name: "Net" }));
  expect(error).toContain("Refused: 1 error.");
  expect(error.match(/the name "Net"/g)).toHaveLength(1);
});

/** Its network may exist elsewhere, unless the app is complete. */
function cacheInSharedNetwork(app: App): void {
  const stack = stackOf(app, "data");
  new ComputeNetwork(stack, "vpc", { name: "main" });
  new RedisInstance(stack, "cache", {
    name: "cache",
    memorySizeGb: 1,
    region: "europe-west1",
    authorizedNetwork: "shared",
  });
}

test("warnings refuse the app where that is asked for, and are printed where not", () => {
  const lenient = verified(cacheInSharedNetwork);
  expect([lenient.error, lenient.printed]).toEqual(["", expect.stringMatching(/^Warnings \(1\)\n/)]);
  const strict = verified(cacheInSharedNetwork, { failOn: "warning" });
  expect(strict.error).toMatch(/^Refused: 1 warning\. Nothing was written\.\n\nWarnings \(1\)/);
  expect(strict.files).toEqual([]);
});

describe("a waiver of a construct", () => {
  test("covers it and everything in it, and stays in the report", () => {
    const { error, printed } = verified((app) => {
      const own = new Construct(stackOf(app, "network"), "own");
      connector(own);
      waive(own, waiver);
    });
    expect(error).toBe("");
    expect(printed).toContain(
      "Waived (1)\n  capacity/connector-instances at google_vpc_access_connector.own_connector_92248AD3 until 2026-12-31: ticket 1278\n",
    );
  });

  test("covers nothing next to it, and is then a warning at its construct", () => {
    const { error } = verified((app) => {
      const stack = stackOf(app, "network");
      connector(stack);
      waive(new Construct(stack, "own"), waiver);
    });
    expect(error).toContain("Refused: 1 error.");
    expect(error).toContain(
      "network/own\n    ! The waiver of capacity/connector-instances until 2026-12-31 covers nothing: there is no such finding in this construct.",
    );
  });

  test("is an error after its last day", () => {
    const { error } = verified((app) => waive(connector(stackOf(app, "network")), waiver), {
      today: "2027-01-01",
    });
    expect(error).toContain("Refused: 2 errors.");
    expect(error).toContain(
      "The waiver of capacity/connector-instances expired on 2026-12-31 (its reason was: ticket 1278).",
    );
  });

  test("that is not valid is refused, with all others", () => {
    const { error } = verified((app) => {
      const stack = stackOf(app, "network");
      waive(app, { ...waiver, rule: "capacity/conector-instances" });
      waive(connector(stack, 10), { ...waiver, reason: " " }, { ...waiver, rule: "", expires: "tomorrow" });
    });
    expect(error.split("\n\n").slice(0, 5)).toEqual([
      "Refused: 4 errors. Nothing was written.",
      'app: a waiver: There is no rule "capacity/conector-instances": did you mean "capacity/connector-instances"?',
      'network/connector: a waiver gives no "reason".',
      'network/connector: a waiver names no "rule".',
      'network/connector: a waiver has no "expires" date, written as YYYY-MM-DD.',
    ]);
  });
});

describe("options", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "waivers-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("a file of waivers covers by address", () => {
    const file = path.join(folder, "accepted.json");
    const address = "google_vpc_access_connector.connector";
    writeFileSync(file, JSON.stringify({ waivers: [{ ...waiver, address }] }));
    const { error, printed } = verified((app) => void connector(stackOf(app, "network")), { waivers: file });
    expect(error).toBe("");
    expect(printed).toContain(`capacity/connector-instances at ${address} until 2026-12-31`);
  });

  test("that are wrong are refused, with what is allowed", () => {
    const { error } = verified((app) => void connector(stackOf(app, "network"), 10), {
      failOn: "warn" as "warning",
      external: ["shared"],
      waivers: path.join(folder, "nowhere.json"),
    });
    expect(error.split("\n\n").slice(0, 4)).toEqual([
      "Refused: 3 errors. Nothing was written.",
      'failOn is "warn": "error" and "warning" are allowed.',
      'external has "shared": write KIND:NAME, for example "network:shared".',
      `The waiver file ${folder}/nowhere.json does not exist.`,
    ]);
  });

  test("what the app does not define exists or not, as they say", () => {
    const complete = verified(cacheInSharedNetwork, { complete: true });
    expect(complete.error).toContain(
      'authorized_network names the compute network "shared", which is not defined;',
    );
    const external = verified(cacheInSharedNetwork, { complete: true, external: ["network:shared"] });
    expect([external.error, external.printed]).toEqual(["", ""]);
  });
});

test("Testing.synth judges the one stack, where validations are asked for", () => {
  const app = Testing.app();
  verifyOnSynth(app, { report: () => {} });
  const stack = stackOf(app, "network");
  new VpcNetwork(stack, "vpc", { name: "main" });
  connector(stack);
  expect(errorOf(() => Testing.synth(stack, true))).toContain("max_instances");
});
