import { isObject, type Json, listOf, objectOf, own } from "../../graph/index.ts";
import { KUBERNETES_MANIFEST } from "../plan/kubernetes-object.ts";

/**
 * The plan with each Kubernetes object as the cluster holds it. Terraform also keeps the configured manifest, which drift
 * does not change and which rules read.
 */
export function asInCluster(plan: Json): Json {
  const prior = objectOf(plan.prior_state);
  return {
    ...plan,
    planned_values: withModules(objectOf(plan.planned_values)),
    prior_state: { ...prior, values: withModules(objectOf(prior.values)) },
  };
}

function withModules(values: Json): Json {
  return isObject(values.root_module) ? { ...values, root_module: inModule(values.root_module) } : values;
}

function inModule(module: Json): Json {
  return {
    ...module,
    ...("resources" in module ? { resources: listOf(module.resources).map(inResource) } : {}),
    ...("child_modules" in module
      ? { child_modules: listOf(module.child_modules).map((child) => inModule(objectOf(child))) }
      : {}),
  };
}

function inResource(resource: unknown): unknown {
  const values = objectOf(own(objectOf(resource), "values"));
  if (own(objectOf(resource), "type") !== KUBERNETES_MANIFEST || !isObject(values.object)) return resource;
  return { ...objectOf(resource), values: { ...values, manifest: values.object } };
}
