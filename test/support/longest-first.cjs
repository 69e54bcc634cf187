/**
 * Order of the test files. Jest starts first what took longest in the last run, and without one, as on a clean checkout, what
 * is largest; the longest test of all would then be the last one, on one core. Here what is known to take longest comes first,
 * then what starts processes or servers or synthesizes apps, and then the fast lane.
 */
const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");
const fastLane = require("./fast-lane.cjs");

/** Those that take more than ten seconds of a core, the longest one first. */
const LONGEST = [
  "package/package.test.ts",
  "rollout/killed-everywhere.test.ts",
  "stacks/provider.test.ts",
  "delivery/in-flight.test.ts",
  "commands/bootstrap/bootstrap.test.ts",
  "page/pages.test.ts",
  "rollout/cases/05-killed.test.ts",
  "docs/api.test.ts",
  "hostile/giving-up.test.ts",
  "hostile/time-and-memory.test.ts",
  "commands/synth.test.ts",
  "reference/reference.test.ts",
  "gate/terraform.test.ts",
  "bench/results.test.ts",
  "delivery/gitlab/pipeline.test.ts",
  "rollout/cases/04-no-data.test.ts",
  "environments/combined-shapes.test.ts",
  "platform/names-of-parts.test.ts",
  "platform/properties.test.ts",
  "stacks/output.test.ts",
].map((name) => path.join(__dirname, "..", name));

module.exports = class LongestFirst extends Sequencer {
  static LONGEST = LONGEST;

  sort(tests) {
    const sorted = super.sort(tests);
    // Measured on this machine, in the last run.
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const fast = new Set(fastLane(sorted.map((test) => test.path)).filtered);
    const place = (test) => {
      const listed = LONGEST.indexOf(test.path);
      if (listed >= 0) return listed;
      return LONGEST.length + (fast.has(test.path) ? 1 : 0);
    };
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
};
