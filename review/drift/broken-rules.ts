import { isObject, type Json, listOf, objectOf, own, ResourceGraph, readPlan } from "../../graph/index.ts";
import { externalResources } from "../../platform/external-resources.ts";
import type { Finding } from "../../rules/rule.ts";
import { runRules } from "../../rules/run.ts";
import { applyWaivers } from "../../rules/waivers.ts";
import { withoutSecrets } from "../plan/mask-plan.ts";
import type { ReviewedEnvironment } from "../review.ts";
import { asInCluster } from "./cluster-objects.ts";

/** A stack with its refresh-only plan. */
export interface Refreshed {
  readonly name: string;
  readonly plan: Json;
}

/** Selects drifts by stack and address. */
export type Counts = (stack: string, address: string) => boolean;

/**
 * Findings of the platform with some of its drifts that the platform as deployed does not have.
 * Each run takes some hundredths of a second; drifts are few.
 */
export class BrokenRules {
  readonly #stacks: readonly Refreshed[];
  readonly #environment: ReviewedEnvironment;
  readonly #today: string;
  readonly #before: ReadonlySet<string>;

  constructor(stacks: readonly Refreshed[], environment: ReviewedEnvironment, today: string) {
    this.#stacks = stacks;
    this.#environment = environment;
    this.#today = today;
    this.#before = new Set(this.#findings(() => false).map(identity));
  }

  by(counts: Counts): Finding[] {
    return this.#findings(counts).filter((finding) => !this.#before.has(identity(finding)));
  }

  #findings(counts: Counts): Finding[] {
    const { waivers } = this.#environment;
    const graph = new ResourceGraph(
      this.#stacks.map(({ name, plan }) =>
        readPlan(name, forRules(asInCluster(withDrifts(name, plan, counts)))),
      ),
      { external: externalResources(this.#environment) },
    );
    const { findings } = applyWaivers(runRules(graph), waivers, this.#today);
    // What is unknown in a plan was unknown before; waivers are checked at synth.
    return findings.filter(({ severity, rule }) => severity !== "unknown" && !rule.startsWith("waiver/"));
  }
}

function identity({ rule, address, origin, message }: Finding & { origin?: string }): string {
  return JSON.stringify([rule, address, origin, message]);
}

/** Rules quote values in their sentences: marked ones are taken out. */
function forRules(plan: Json): Json {
  // A plan that has this key, even without a value, is read as one that changes something.
  const { resource_changes, ...safe } = withoutSecrets(plan);
  return resource_changes === undefined ? safe : { ...safe, resource_changes };
}

/** The plan as if only the drifts that count had happened. */
function withDrifts(stack: string, plan: Json, counts: Counts): Json {
  const undone = new Map(
    listOf(own(plan, "resource_drift")).flatMap((item) => {
      const resource = objectOf(item);
      const address = String(resource.address);
      return counts(stack, address) ? [] : [[address, resource] as const];
    }),
  );
  if (undone.size === 0) return plan;
  const prior = objectOf(plan.prior_state);
  const values = objectOf(prior.values);
  return {
    ...plan,
    planned_values: withModule(objectOf(plan.planned_values), undone),
    prior_state: { ...prior, values: withModule(values, undone) },
  };
}

type Undone = ReadonlyMap<string, Json>;

function withModule(values: Json, undone: Undone): Json {
  return isObject(values.root_module)
    ? { ...values, root_module: before(values.root_module, undone, "") }
    : values;
}

/** A module whose resources have the values from before; those that were deleted are there again. */
function before(module: Json, undone: Undone, address: string): Json {
  const resources = listOf(module.resources).map(objectOf);
  const there = new Set(resources.map((resource) => String(resource.address)));
  if (resources.length === 0 && !("child_modules" in module)) return module;
  const restored = [...undone.values()].filter(
    ({ address: lost, module_address = "" }) => module_address === address && !there.has(String(lost)),
  );
  return {
    ...module,
    resources: [
      ...resources.map((resource) => {
        const drift = undone.get(String(resource.address));
        return drift === undefined ? resource : { ...resource, ...asBefore(drift) };
      }),
      ...restored.map((drift) => ({ ...drift, ...asBefore(drift) })),
    ],
    child_modules: listOf(module.child_modules).map((child) =>
      before(objectOf(child), undone, String(objectOf(child).address)),
    ),
  };
}

function asBefore(drift: Json): Json {
  const { before, before_sensitive } = objectOf(drift.change);
  return { values: before, sensitive_values: before_sensitive };
}
