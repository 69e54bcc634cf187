import { type App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { KubernetesManifest, KubernetesProvider } from "../constructs/kubernetes-manifest.ts";
import { manifests } from "../mesh/manifests.ts";
import { clusterContext } from "../platform/mesh-plan.ts";
import type { MeshEnvironment } from "../platform/schema/mesh.ts";
import { stateBackend } from "./state-backend.ts";

/** The ingress of an environment behind Istio: the objects of the YAML, each as a Terraform resource. */
class MeshStack extends TerraformStack {
  constructor(scope: Construct, environment: MeshEnvironment) {
    const { prefix, protection } = environment;
    const id = `${prefix}-mesh`;
    super(scope, id);
    // An explicit context, so that the current context of kubectl has no effect.
    new KubernetesProvider(this, "kubernetes", { context: clusterContext(environment) });
    stateBackend(this, id, environment.state?.bucket);
    for (const object of manifests(environment)) {
      new KubernetesManifest(this, `${object.kind}-${object.metadata.name}`, { object, protection });
    }
  }
}

/** The stacks of environments behind Istio, one each. */
export function addMeshStacks(app: App, environments: readonly MeshEnvironment[]): void {
  for (const environment of environments) new MeshStack(app, environment);
}
