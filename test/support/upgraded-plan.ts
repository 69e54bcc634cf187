import { type AttributeFacts, factsOf } from "../../resources/facts/index.ts";
import { BINDINGS_PROVIDER, NEWEST_PROVIDER } from "../../resources/versions.ts";
import { BASE, plan } from "./plans.ts";
import type { Json } from "./synthesized.ts";

/**
 * The plan of the platform that 6.50.0 applied, as 8.0.0 makes it: `resource_drift` has every resource of which it reads
 * what 6.50.0 did not know. No provider runs here, so that the attributes are those of the facts, with the values that
 * the provider and the API fill in.
 */
export function upgradedPlan(name: string = BASE, change: (plan: Json) => void = () => {}): Json {
  return plan(name, (whole) => {
    whole.configuration.provider_config.google.version_constraint = NEWEST_PROVIDER;
    const drifted = new Map<string, Json>(
      (whole.resource_drift ?? []).map((item: Json) => [item.address, item]),
    );
    whole.resource_drift = whole.prior_state.values.root_module.resources.flatMap((resource: Json) => {
      const known = drifted.get(resource.address);
      const before = known?.change.before ?? resource.values;
      const after = asReadBy(NEWEST_PROVIDER, resource.type, known?.change.after ?? resource.values);
      resource.values = after;
      if (resource.mode === "data") return [];
      return [
        {
          ...resource,
          ...known,
          change: {
            before_sensitive: {},
            after_sensitive: {},
            ...known?.change,
            actions: ["update"],
            before,
            after,
          },
        },
      ];
    });
    change(whole);
  });
}

/** The same of a synthesized stack: what 6.50.0 has applied of it, as a refresh by 8.0.0 reads it. */
export function upgradedStack(json: Json): Json {
  const resources = Object.entries<Json>(json.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries<Json>(byName).map(([name, { "//": _, lifecycle, depends_on, ...values }]) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_name: "registry.terraform.io/hashicorp/google",
      schema_version: 0,
      values,
    })),
  );
  const read = resources.map((resource) => ({
    ...resource,
    values: asReadBy(NEWEST_PROVIDER, resource.type, resource.values),
  }));
  const values = { root_module: { resources: read } };
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: values,
    prior_state: { format_version: "1.0", terraform_version: "1.11.4", values },
    configuration: {
      provider_config: {
        google: {
          name: "google",
          full_name: "registry.terraform.io/hashicorp/google",
          version_constraint: NEWEST_PROVIDER,
        },
      },
      root_module: {},
    },
    resource_drift: resources.map((resource, index) => ({
      ...resource,
      change: {
        actions: ["update"],
        before: resource.values,
        after: read[index]?.values,
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
  };
}

/** The entry of `resource_drift` for an address. */
export function driftOf(plan: Json, address: string): Json {
  const found = plan.resource_drift.find((item: Json) => item.address === address);
  if (found === undefined) throw new Error(`${address} did not drift`);
  return found;
}

function asReadBy(release: string, type: string, values: Json, block = ""): Json {
  const facts = factsOf(type);
  if (facts === undefined) return values;
  const read = { ...values };
  for (const name of facts.names(block)) {
    const path = block === "" ? name : `${block}.${name}`;
    const known = facts.at(path, release);
    if (known === undefined || known.writeOnly) continue;
    if (known.nested === "block" && Array.isArray(values[name]))
      read[name] = values[name].map((inner: Json) => asReadBy(release, type, inner, path));
    if (facts.at(path, BINDINGS_PROVIDER) !== undefined || (values[name] ?? null) !== null) continue;
    if (name === "deletion_policy") read[name] = "DELETE";
    else if (known.default !== undefined) read[name] = known.default;
    else if (known.computed) read[name] = answered(release, type, path, known);
    else if (known.type === "bool" && known.in === undefined) read[name] = false;
  }
  return read;
}

/** What the API may answer. */
function answered(release: string, type: string, path: string, known: AttributeFacts): Json {
  if (known.nested !== undefined) return [asReadBy(release, type, {}, path)];
  const scalar =
    known.type === "number" ? 7 : known.type === "bool" ? false : (known.enum?.[0] ?? "answered");
  if (known.in === "map") return { "goog-managed": scalar };
  return known.in === undefined ? scalar : [scalar];
}
