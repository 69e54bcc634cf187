import { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { AssertedConstruct } from "../assertions/asserted-construct.ts";
import { protectedFromDestroy } from "./protection.ts";

/** What every Kubernetes object has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Version of hashicorp/kubernetes that the stack requires. */
const PROVIDER_VERSION = "~> 2.38";
const PROVIDER_SOURCE = "hashicorp/kubernetes";

export interface KubernetesProviderProps {
  /** Context of the kubeconfig. @default the current one */
  readonly context?: string;
}

/**
 * The provider, used for manifests only: the generated bindings of all kinds take 145 MB, and this project has typed
 * models of its objects.
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
    // kubectl's default path; `gcloud container clusters get-credentials` writes the login there.
    return { config_path: "~/.kube/config", config_context: this.#props.context };
  }
}

export interface KubernetesManifestProps {
  readonly object: KubernetesObject;
  /** Terraform refuses to delete it. @default false */
  readonly protection?: boolean;
}

/** One Kubernetes object, applied unchanged. Its custom resource definitions must exist in the cluster at plan time. */
export class KubernetesManifest extends AssertedConstruct {
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
