import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network/index.js";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket/index.js";
import { describe, expect, test } from "@jest/globals";
import {
  App,
  Aspects,
  AssetType,
  Lazy,
  TerraformAsset,
  TerraformElement,
  TerraformResource,
  type TerraformStack,
  Testing,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { synthesisOf } from "../../assertions/asserted-app.ts";
import { VpcNetwork } from "../../constructs/vpc-network.ts";
import { errorOf, stackOf, synthesize } from "../support/other-team.ts";

const wrong = "Net";

describe("errors of an app", () => {
  test("are reported of all stacks at once, and nothing is written", () => {
    const { error, files } = synthesize((app) => {
      new VpcNetwork(stackOf(app, "first"), "network", { name: "first" });
      new VpcNetwork(stackOf(app, "second"), "network", { name: wrong });
      new VpcNetwork(stackOf(app, "third"), "network", { name: `${wrong}s` });
    });
    expect(error).toMatch(/^Refused: 2 errors\. Nothing was written\.\n/);
    expect(error).toContain(
      'second/network/Resource (google_compute_network.network_39EEAA36): the name "Net" is not made of lowercase letters, digits and hyphens, a letter first; rejected by the API: invalid name. Fix: Rename it with lowercase letters, digits and hyphens. [address/name]',
    );
    expect(error).toContain("third/network/Resource");
    expect(files).toEqual([]);
  });

  test("leave the output of an earlier synthesis as it was", () => {
    const outdir = mkdtempSync(path.join(os.tmpdir(), "earlier-"));
    const synthNamed = (...names: readonly string[]) => {
      const app = new App({ outdir, stackTraces: false });
      for (const name of names) new VpcNetwork(stackOf(app, `of-${name}`), "network", { name });
      app.synth();
    };
    try {
      synthNamed("a", "b");
      const file = path.join(outdir, "stacks", "of-a", "cdk.tf.json");
      const before = readFileSync(file, "utf8");
      writeFileSync(path.join(outdir, "stacks", "of-a", "terraform.tfstate"), "{}");
      expect(errorOf(() => synthNamed("a", wrong))).toContain("Refused: 1 error.");
      expect(existsSync(path.join(outdir, "stacks", `of-${wrong}`))).toBe(false);
      synthNamed("a");
      expect(readFileSync(file, "utf8")).toBe(before);
      expect(existsSync(path.join(outdir, "stacks", "of-a", "terraform.tfstate"))).toBe(true);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

  test("include whatever code of the app throws or returns, each with its construct path", () => {
    const throwing = (what: string) => () => {
      throw new TypeError(what);
    };
    const { error, files } = synthesize((app) => {
      const fine = stackOf(app, "fine");
      new VpcNetwork(fine, "network", { name: wrong });
      fine.node.addValidation({ validate: () => ["the team's own rule"] });
      const own = new Construct(fine, "own");
      own.node.addValidation({ validate: throwing("cannot read it") });
      own.node.addValidation({ validate: () => ["the second one of its own"] });
      new Construct(fine, "none").node.addValidation({ validate: () => undefined as unknown as string[] });
      const aspect = stackOf(app, "aspect");
      for (const name of ["one", "two"]) new VpcNetwork(aspect, name, { name });
      Aspects.of(aspect).add({
        visit(construct) {
          if (construct instanceof ComputeNetwork) throw new TypeError("no such tag");
        },
      });
      const lazy = stackOf(app, "lazy");
      for (const id of ["one", "two"])
        new ComputeNetwork(lazy, id, { name: Lazy.stringValue({ produce: throwing("no such name") }) });
      class Unfinished extends TerraformResource {
        protected override synthesizeAttributes = throwing("not finished");
      }
      const attributes = stackOf(app, "attributes");
      new Unfinished(attributes, "element", { terraformResourceType: "google_compute_network" });
      attributes.addOverride("locals.size", Lazy.numberValue({ produce: throwing("no such size") }));
      class Once extends TerraformElement {
        #asked = 0;
        override toTerraform() {
          if (this.#asked++ === 1) throw new Error("asked twice");
          return {};
        }
      }
      new Once(stackOf(app, "once"), "element");
    });
    expect(error.split("\n\n")).toEqual([
      "Refused: 12 errors. Nothing was written.",
      "lazy/one: no such name",
      "lazy/two: no such name",
      "attributes/element: not finished",
      "aspect/one/Resource: an Aspect failed at it: no such tag",
      "aspect/two/Resource: an Aspect failed at it: no such tag",
      "attributes: no such size",
      "once: asked twice",
      "fine: the team's own rule",
      "fine/own: its validation failed: cannot read it",
      "fine/own: the second one of its own",
      "fine/none: its validation returned undefined, and not a list of sentences. Fix: Return [] where nothing is wrong.",
      expect.stringMatching(/^fine\/network\/Resource .*: the name "Net" is not made of/),
    ]);
    expect(files).toEqual([]);
  });

  test("include a construct in the place of a value, and stacks that would wait for each other", () => {
    const { error } = synthesize((app) => {
      const [first, second] = ["first", "second"].map((id) => stackOf(app, id)) as [
        TerraformStack,
        TerraformStack,
      ];
      const { resource } = new VpcNetwork(first, "network", { name: "first" });
      const other = new VpcNetwork(second, "network", { name: "second" });
      new ComputeNetwork(second, "value", { name: resource as unknown as string });
      new ComputeNetwork(second, "waits", { name: "waits", description: resource.id });
      new ComputeNetwork(first, "waits", { name: "waits", description: other.resource.id });
    });
    expect(error.split("\n\n").slice(1)).toEqual([
      "second/value: name is a construct, and not a value; rejected at synth. Fix: Pass one of its values, for example network.resource.id of a VpcNetwork; from another stack of the app, too.",
      "second/waits: the stack second would wait for the stack first, which waits for second already; rejected at synth: one of them must be applied first. Fix: Put what needs each other into one stack, or pass a name in place of a reference.",
    ]);
  });

  test("include numbers that JSON has not, in lists and blocks, too", () => {
    const { error } = synthesize((app) => {
      const stack = stackOf(app, "stack");
      new VpcNetwork(stack, "network", { name: "net" });
      new ComputeNetwork(stack, "raw", { name: "raw", mtu: Number("") / 0 });
      new StorageBucket(stack, "bucket", {
        name: "bucket",
        location: "EU",
        lifecycleRule: [{ action: { type: "Delete" }, condition: { age: Number.POSITIVE_INFINITY } }],
      });
    });
    const sentence =
      "rejected at synth: it is no number, and would be left out. Fix: Look where it is computed, for example from a variable of the environment that is not set.";
    expect(error.split("\n\n").slice(1)).toEqual([
      `stack/raw: mtu is NaN; ${sentence}`,
      `stack/bucket: lifecycle_rule.condition.age is Infinity; ${sentence}`,
    ]);
  });

  test("have no stack frames of this package", () => {
    const app = Testing.app();
    new VpcNetwork(stackOf(app, "stack"), "network", { name: wrong });
    let thrown: unknown;
    try {
      app.synth();
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof Error && thrown.stack).not.toMatch(/^\s+at /m);
  });
});

describe("an app whose output is right", () => {
  test("is written as CDKTF writes it", () => {
    const build = (app: App) => {
      const stack = stackOf(app, "one");
      new VpcNetwork(stack, "network", { name: "net" });
      stackOf(app, "two").addDependency(stack);
    };
    const staged = synthesize(build);
    const plain = synthesize((app) => {
      build(app);
      synthesisOf(app).check = undefined;
    });
    expect(staged).toEqual(plain);
    expect(staged.files).toEqual(["manifest.json", "stacks/one/cdk.tf.json", "stacks/two/cdk.tf.json"]);
  });

  test("with 100 stacks is written whole", () => {
    const { error, files } = synthesize((app) => {
      for (let number = 0; number < 100; number++)
        new VpcNetwork(stackOf(app, `stack-${number}`), "network", { name: `net-${number}` });
    });
    expect([error, files.length]).toEqual(["", 101]);
  });

  test("keeps its assets, and no earlier ones", () => {
    const { error, files } = synthesize((app) => {
      const stack = stackOf(app, "stack");
      new VpcNetwork(stack, "network", { name: "net" });
      new TerraformAsset(stack, "asset", { path: __filename, type: AssetType.FILE });
    });
    expect(error).toBe("");
    expect(files.filter((file) => file.endsWith("app-synthesis.test.ts"))).toHaveLength(1);
  });
});

test("an Aspect is judged by what it makes of the resources, and is applied once", () => {
  let visits = 0;
  const rename = (name: string) => (app: App) => {
    const stack = stackOf(app, "stack");
    const { resource } = new VpcNetwork(stack, "network", { name: wrong });
    Aspects.of(stack).add({
      visit(construct: IConstruct) {
        if (construct !== resource) return;
        visits++;
        resource.name = name;
      },
    });
  };
  expect(synthesize(rename("net")).error).toBe("");
  expect(visits).toBe(1);
  expect(synthesize(rename("NET")).error).toContain('the name "NET"');
});

test("stacks of one id, which would be written into one folder, are refused", () => {
  const { error } = synthesize((app) => {
    for (const scope of ["blue", "green"]) {
      const parent = new Construct(app, scope);
      new VpcNetwork(stackOf(parent as App, "network"), "network", { name: scope });
    }
  });
  expect(error).toContain(
    'green/network: its id "network" is that of the stack blue/network, which is written into the same folder; the later one would replace it. Fix: give each stack of the app an id of its own.',
  );
});

test("resources that no construct of this package made are left to the rule book", () => {
  const { error, files } = synthesize((app) => {
    const stack = stackOf(app, "stack");
    new VpcNetwork(stack, "network", { name: "net" });
    new StorageBucket(stack, "bucket", { name: "NOT A BUCKET", location: "EU" });
  });
  expect([error, files.length]).toEqual(["", 2]);
});

describe("Testing of CDKTF", () => {
  const stack = () => {
    const made = stackOf(Testing.app(), "stack");
    new VpcNetwork(made, "network", { name: wrong });
    return made;
  };

  test("validates the stack, where validations are asked for", () => {
    expect(errorOf(() => Testing.synth(stack()))).toBe("");
    expect(errorOf(() => Testing.synth(stack(), true))).toContain('the name "Net" is not made of');
  });

  test("validates in a full synthesis", () =>
    expect(errorOf(() => Testing.fullSynth(stack()))).toContain('the name "Net" is not made of'));
});

test("skipValidation of an app skips all of it", () => {
  const app = new App({ outdir: mkdtempSync(path.join(os.tmpdir(), "skipped-")), skipValidation: true });
  new VpcNetwork(stackOf(app, "stack"), "network", { name: wrong });
  expect(errorOf(() => app.synth())).toBe("");
  rmSync(app.outdir, { recursive: true });
});
