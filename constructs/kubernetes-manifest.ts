import { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { protectedFromDestroy } from "./protection.ts";

/** What every Kubernetes object has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Version of hashicorp/kubernetes that the stack asks for. */
const PROVIDER_VERSION = "~> 2.38";
const PROVIDER_SOURCE = "hashicorp/kubernetes";

export interface KubernetesProviderProps {
  /** Context of the kubeconfig. @default the current one */
  readonly context?: string;
}

/**
 * The provider, of which only manifests are used: the generated bindings hold 145 MB for all kinds of objects, and
 * this project has typed models for its own.
 */
export class KubernetesProvider extends TerraformProvider {
  readonly #props: KubernetesProviderProps;

  constructor(scope: Construct, id: string, props: KubernetesProviderProps = {}) {
    super(scope, id, {
      terraformResourceType: "kubernetes",
      terraformGeneratorMetadata: { providerName: "kubernetes", providerVersionConstraint: PROVIDER_VERSION },
      terraformProviderSource: PROVIDER_SOURCE,
    });
    this.#props = props;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    // The path is where kubectl has it; whoever deploys logs in with `gcloud container clusters get-credentials`.
    return { config_path: "~/.kube/config", config_context: this.#props.context };
  }
}

export interface KubernetesManifestProps {
  readonly object: KubernetesObject;
  /** Terraform refuses to delete it. @default false */
  readonly protection?: boolean;
}

/** One Kubernetes object, applied as it is written. Its custom resource definitions must be in the cluster when it is planned. */
export class KubernetesManifest extends Construct {
  readonly resource: TerraformResource;

  constructor(scope: Construct, id: string, props: KubernetesManifestProps) {
    super(scope, id);
    this.resource = new ManifestResource(this, "Resource", props);
  }
}

class ManifestResource extends TerraformResource {
  readonly #object: KubernetesObject;

  constructor(scope: Construct, id: string, { object, protection }: KubernetesManifestProps) {
    super(scope, id, {
      terraformResourceType: "kubernetes_manifest",
      terraformGeneratorMetadata: { providerName: "kubernetes", providerVersionConstraint: PROVIDER_VERSION },
      ...protectedFromDestroy(protection),
    });
    this.#object = object;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { manifest: this.#object };
  }
}
