import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { GcsBackend, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type PlatformNames, platformNames } from "../platform/names.ts";
import type { Environment } from "../platform/schema/environment.ts";

/** What every stack of an environment has: its provider, its own state, and the computed names. */
export abstract class PlatformStack extends TerraformStack {
  protected readonly names: PlatformNames;

  constructor(scope: Construct, environment: Environment, part: string) {
    const names = platformNames(environment);
    const id = names.stack(part);
    super(scope, id);
    this.names = names;
    new GoogleProvider(this, "google", {
      project: environment.project,
      region: environment.region,
      defaultLabels: { ...environment.labels },
    });
    if (environment.state === undefined) {
      // Relative to the stack's folder in the output, so that the JSON is the same in every checkout.
      new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    } else {
      new GcsBackend(this, { bucket: environment.state.bucket, prefix: id });
    }
  }
}
