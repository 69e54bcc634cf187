import type { Acknowledgement, Review, ReviewedChange, ReviewInput } from "../../review/review.ts";
import { reviewPlans } from "../../review/review-plans.ts";
import { TODAY } from "../support/environments.ts";
import { plan } from "../support/plans.ts";
import type { Json } from "../support/synthesized.ts";

export interface Circumstances {
  readonly acknowledgements?: readonly Acknowledgement[];
  readonly waivers?: ReviewInput["environment"]["waivers"];
}

/** The review of plans by the names of their stacks. */
export function reviewOf(
  plans: Readonly<Record<string, unknown>>,
  circumstances: Circumstances = {},
): Review {
  const { acknowledgements = [], waivers = [] } = circumstances;
  return reviewPlans({
    environment: { name: "dev", acknowledgements: [...acknowledgements], waivers: [...waivers] },
    stacks: Object.entries(plans).map(([name, json]) => ({ name, plan: json })),
    today: TODAY,
  });
}

/** The review of one of the real plans, perhaps changed. */
export function reviewOfReal(
  name: string,
  change?: (plan: Json) => void,
  circumstances?: Circumstances,
): Review {
  return reviewOf({ dev: plan(name, change) }, circumstances);
}

export function changeAt(review: Review, address: string): ReviewedChange {
  const found = review.stacks.flatMap(({ changes }) => changes).find((change) => change.address === address);
  if (found === undefined) throw new Error(`nothing is told of ${address}`);
  return found;
}

/** "replace google_sql_database_instance.orders" of everything destructive that is not acknowledged. */
export function open(review: Review): string[] {
  return review.destructive
    .filter(({ acknowledgement }) => acknowledgement === undefined)
    .map(({ action, address }) => `${action} ${address}`);
}

export function errors(review: Review): string[] {
  return review.findings
    .filter(({ severity }) => severity === "error")
    .map(({ since, rule, address }) => `${since} ${rule} ${address}`);
}

/** A plan with one resource only, made from nothing but what Terraform writes. */
export function planOf(...changes: readonly Json[]): Json {
  const values = (side: "before" | "after") =>
    changes
      .filter(({ change }) => change[side] !== null && change[side] !== undefined)
      .map(({ address, type, name, change }) => ({
        address,
        mode: "managed",
        type,
        name,
        values: change[side],
        sensitive_values: {},
      }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { resources: values("after") } },
    prior_state: { format_version: "1.0", values: { root_module: { resources: values("before") } } },
    resource_changes: changes,
    configuration: { root_module: {} },
    complete: true,
    errored: false,
  };
}

const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  create: ["create"],
  update: ["update"],
  destroy: ["delete"],
  replace: ["delete", "create"],
};

/** One resource change; the action follows from what is there before and after, unless it is given. */
export function change(type: string, before: Json, after: Json, more: Json = {}): Json {
  const implied = before === null ? "create" : after === null ? "destroy" : "update";
  const { action = implied, name = "it", ...rest } = more;
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/google",
    ...rest,
    change: {
      actions: ACTIONS[action],
      before,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      ...rest.change,
    },
  };
}
