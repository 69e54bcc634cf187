import type { Manifest } from "../../mesh/manifest.ts";
import { manifests } from "../../mesh/manifests.ts";
import { change, planOf } from "../review/support.ts";
import { type Draft, meshEnvironment } from "./environments.ts";
import type { Json } from "./synthesized.ts";

/**
 * Plans of kubernetes_manifest, made by hand in Terraform's format: no cluster is at hand, and the provider asks one while it
 * plans. The objects in them are those that the stack deploys. `manifest` holds what is written; `object` what the cluster
 * holds, with what only it knows, and with null for every field that nobody set.
 */

/** A change of the draft of meta-studio. */
export type MeshChange = (draft: Draft) => void;

/** The objects of meta-studio with a change, by their names in the stack. */
export function objectsOf(edit: MeshChange = () => {}): Map<string, Manifest> {
  return new Map(
    manifests(meshEnvironment(edit)).map((object) => [`${object.kind}-${object.metadata.name}`, object]),
  );
}

/** What the state holds of an object. */
export function applied(object: Manifest | undefined, generation: number): Json {
  if (object === undefined) return null;
  const metadata = { annotations: null, generateName: null, generation, ...object.metadata };
  return {
    computed_fields: null,
    field_manager: [],
    manifest: object,
    object: { ...object, metadata },
    timeouts: [],
    wait: [],
    wait_for: null,
  };
}

function planned(name: string, before: Manifest | undefined, after: Manifest | undefined): Json {
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const json = change("kubernetes_manifest", applied(before, 1), applied(after, 1), {
    name,
    provider_name: "registry.terraform.io/hashicorp/kubernetes",
    ...(after === undefined ? { action_reason: "delete_because_no_resource_config" } : {}),
  });
  if (isSame) json.change.actions = ["no-op"];
  else if (after !== undefined) {
    delete json.change.after.object.metadata.generation;
    json.change.after_unknown = { object: { metadata: { generation: true } } };
  }
  return json;
}

/** The plan that leads from the environment with one change to that with another. */
export function meshPlan(from: Map<string, Manifest>, to: Map<string, Manifest>): Json {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return planOf(...names.map((name) => planned(name, from.get(name), to.get(name))));
}
