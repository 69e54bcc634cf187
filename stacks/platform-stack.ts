import { GoogleProvider } from "@cdktf/provider-google/lib/provider/index.js";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type PlatformNames, platformNames } from "../platform/names.ts";
import type { Environment } from "../platform/schema/environment.ts";
import { stateBackend } from "./state-backend.ts";

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
    stateBackend(this, id, environment.state);
  }
}
